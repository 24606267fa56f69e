"""A Party, its people, their nominations and premises, registered on one page."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from parties.commands import NewParty, NewPerson, register_whole_party
from parties.errors import EmailTaken
from parties.models import Nomination, Party, User
from parties.states import Purpose
from records.models import Document
from tests import journey
from tests.reading import read_to_the_end

ADD = "admin:parties_party_add"
PAGE = {
    "name": "Larkspur Power",
    "standing": "sec_party",
    "from_on": "2026-03-01",
    "address": "2 Mill Lane",
    "people-rows": ["0", "1"],
    "people-0-name": "Una Shaw",
    "people-0-email": "una@larkspur.example",
    "people-0-phone": "0113 496 0000",
    "people-0-purposes": ["submit", "authorise"],
    "people-1-name": "",
    "nominated_from": "2026-03-03",
    "named_by": "Jo Hart, company secretary",
    "centres-rows": ["0"],
    "centres-0-name": "Lark Rise",
    "centres-0-street": "1 Rise Road",
    "centres-0-town": "Leeds",
    "centres-0-postcode": "ls97 1qx",
}


@pytest.fixture
def send(client, desk):
    """Send the page with some answers changed; None leaves one out."""
    client.force_login(desk)

    def sent(**changes):
        answers = {**PAGE, **{k.replace("_0_", "-0-"): v for k, v in changes.items()}}
        kept = {name: said for name, said in answers.items() if said is not None}
        return client.post(reverse(ADD), kept)

    return sent


@pytest.mark.guidance("R-2.2-6")
def test_one_page_registers_a_party_with_all_that_belongs_to_it(client, send):
    letter = SimpleUploadedFile("letter.pdf", journey.tiny_pdf(), "application/pdf")

    assert send(letter=letter).status_code == 302

    party = Party.objects.get(name="Larkspur Power")
    una = party.people.get()
    rows = una.nominations.order_by("purpose")
    assert [row.purpose for row in rows] == [Purpose.AUTHORISE, Purpose.SUBMIT]
    assert {row.named_by for row in rows} == {"Jo Hart, company secretary"}
    assert {row.letter for row in rows} == {Document.objects.get(kind="nomination")}
    assert party.data_centres.get().postcode == "LS97 1QX"
    # Its own people read the letter, and nobody else's do.
    client.force_login(una)
    place = reverse("document", args=[rows[0].letter_id])
    assert read_to_the_end(client.get(place)).startswith(b"%PDF")
    assert f"{place}" in client.get(reverse("account")).content.decode()


def test_nobody_else_reads_the_letter(client, send, outsider):
    send(letter=SimpleUploadedFile("letter.pdf", journey.tiny_pdf(), "application/pdf"))
    client.force_login(outsider)

    paper = Document.objects.get(kind="nomination")

    assert client.get(reverse("document", args=[paper.pk])).status_code == 404


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"people_0_email": "desk@dcc.example"}, "Somebody already signs in with"),
        ({"people_0_name": ""}, "Enter the person’s name"),
        ({"nominated_from": ""}, "Enter from when they are nominated"),
        ({"named_by": ""}, "Enter who at the Gateway Party named them"),
        ({"nominated_from": "2026-03-02"}, "Say why the nomination counts from then"),
        ({"centres_0_postcode": "LS97"}, "Enter a full UK postcode"),
        ({"name": ""}, "Enter the name of the organisation"),
    ],
)
def test_what_is_wrong_is_said_and_nothing_is_lost_or_kept(send, changes, words):
    page = send(**changes).content.decode()

    assert words in page
    assert "2 Mill Lane" in page
    assert "1 Rise Road" in page
    assert not Party.objects.filter(name="Larkspur Power").exists()


@pytest.mark.parametrize(
    ("pressed", "rows"), [({"add": "people"}, 3), ({"remove": "people-0"}, 1)]
)
def test_without_a_script_a_button_adds_a_row_or_takes_one_away(send, pressed, rows):
    page = send(**pressed).content.decode()

    # One more stands in the page, from which a script makes others.
    assert page.count('name="people-rows"') == rows + 1
    assert ("una@larkspur.example" in page) is ("add" in pressed)
    assert "Lark Rise" in page
    assert "errorlist" not in page
    assert not Party.objects.filter(name="Larkspur Power").exists()


def test_a_row_that_says_the_same_twice_is_refused(send):
    again = {"people-1-name": "U. Shaw", "people-1-email": "UNA@larkspur.example"}

    assert "This is on two rows" in send(**again).content.decode()


def test_one_refusal_undoes_all_of_it(desk, submitter):
    people = [
        NewPerson("a@larkspur.example", "Ann"),
        NewPerson(submitter.email, "Sue", purposes=[Purpose.SUBMIT]),
    ]

    with pytest.raises(EmailTaken):
        register_whole_party(NewParty("Larkspur Power", people=people), by=desk)

    assert not Party.objects.filter(name="Larkspur Power").exists()
    assert not User.objects.filter(email="a@larkspur.example").exists()
    assert not Nomination.objects.filter(user__email="a@larkspur.example").exists()
