"""What happens to a register: a Party is new, one is asked, and one is late."""

from common.clock import uk_date
from common.files import Upload
from common.pdf import PrintedPaper, fingerprint, render_pdf, stylesheet
from dccportal.demo.people import CALDER, FENLAND, GRACE
from dccportal.demo.sites import PDF
from dccportal.demo.world import World
from parties.commands import (
    Naming,
    NewParty,
    NewPerson,
    ask_about_nominations,
    correct_party,
    correct_person,
    register_whole_party,
    remind_of_nominations,
)
from parties.models import Party, User
from parties.states import Purpose, Standing

LETTER = """<!DOCTYPE html><html lang="en-GB"><head><title>Nominations</title></head>
<body><main><h1>Nominations of Wharfe Valley Energy Ltd</h1><p>We nominate Amara Cole to
authorise orders, and Ben Thackray to submit requests and to receive the invoices.</p>
<p>Ellen Moor, company secretary. All of it is made up for the trial.</p></main></body>
</html>"""
AMARA, BEN = "amara.cole@wharfevalley.example", "ben.thackray@wharfevalley.example"


def registered(world: World) -> None:
    """A new Party, by its letter: one address and its name were typed wrongly at first.

    Neither of its people has used the invitation yet.
    """
    by, at = world.people[GRACE], world.days_ago(3, 10)
    paper = PrintedPaper(LETTER, stylesheet("quote"))
    day = uk_date(at)
    content = render_pdf(lambda _pages: paper, identifier=fingerprint({}), day=day)
    letter = Upload(content, "Nominations.pdf", PDF, "not_scanned", pages=1)
    submits = (Purpose.SUBMIT, Purpose.BILLING)
    new = NewParty(
        name="Warfe Valley Energy Ltd",
        standing=Standing.SEC_PARTY,
        from_on=day,
        address="Mill House, 3 Weir Lane, Otley LS97 5QX",
        people=(
            NewPerson(
                "amara.cole@warfevalley.example",
                "Amara Cole",
                purposes=(Purpose.AUTHORISE,),
            ),
            NewPerson(BEN, "Ben Thackray", purposes=submits),
        ),
        naming=Naming(day, named_by="Ellen Moor, company secretary", letter=letter),
    )
    party = register_whole_party(new, by=by, at=at)
    amara = User.objects.get(email="amara.cole@warfevalley.example")
    why, at = "Typed wrongly from the letter", world.days_ago(2, 11)
    facts = {"name": "Wharfe Valley Energy Ltd"}
    correct_party(party.pk, by=by, why=why, facts=facts, at=at)
    correct_person(amara.pk, by=by, why=why, facts={"email": AMARA}, at=at)


def asked(world: World) -> None:
    """A Party that still has time to say who is nominated."""
    party = Party.objects.get(name=FENLAND.name)
    ask_about_nominations(party.pk, now=world.days_ago(9, 6))


def overdue(world: World) -> None:
    """A Party that did not answer: nobody of it may, so the Service Desk phones it."""
    party = Party.objects.get(name=CALDER.name)
    ask_about_nominations(party.pk, now=world.days_ago(38, 6))
    remind_of_nominations(party.pk, now=world.days_ago(38 - 23, 6))


STORIES = (registered, asked, overdue)
