"""All writes about organisations, people, nominations and premises."""

from parties.commands.access import require_desk
from parties.commands.confirmations import (
    ask_about_nominations,
    close_question,
    remind_of_nominations,
)
from parties.commands.correct import (
    correct_data_centre,
    correct_party,
    correct_person,
)
from parties.commands.invitations import accept_invitation, invite
from parties.commands.nominations import (
    annul_nomination,
    confirm_nominations,
    end_nomination,
    nominate,
)
from parties.commands.register import (
    add_data_centre,
    add_person,
    add_standing,
    appoint_provider,
    ask_for_new_password,
    end_shared_calendar,
    end_standing,
    make_calendar_feed,
    register_party,
    revoke_calendar_feed,
    set_sign_in,
    share_calendar,
)
from parties.commands.whole_party import (
    Naming,
    NewParty,
    NewPerson,
    register_whole_party,
)

__all__ = [
    "Naming",
    "NewParty",
    "NewPerson",
    "accept_invitation",
    "add_data_centre",
    "add_person",
    "add_standing",
    "annul_nomination",
    "appoint_provider",
    "ask_about_nominations",
    "ask_for_new_password",
    "close_question",
    "confirm_nominations",
    "correct_data_centre",
    "correct_party",
    "correct_person",
    "end_nomination",
    "end_shared_calendar",
    "end_standing",
    "invite",
    "make_calendar_feed",
    "nominate",
    "register_party",
    "register_whole_party",
    "remind_of_nominations",
    "require_desk",
    "revoke_calendar_feed",
    "set_sign_in",
    "share_calendar",
]
