"""What anybody reads: contents, search, sections, questions, versions, downloads."""

import re

import pytest
from django.urls import reverse

from guidance import commands
from tests.cast import NOW
from tests.guidance.conftest import APPROVAL, a_pdf
from tests.reading import read_to_the_end


@pytest.fixture
def words_of(client, in_force):
    """Return the words at an address: `words_of("/guidance/")`."""

    def words(address, **asked):
        answer = client.get(address, asked)
        assert answer.status_code == 200
        return " ".join(answer.content.decode().split())

    return words


@pytest.fixture
def second(changed_draft, operator):
    return commands.publish_version(changed_draft.pk, by=operator, at=NOW, **APPROVAL)


@pytest.mark.guidance("R-0-6", "R-1-3")
def test_the_contents_lead_to_every_section(words_of, in_force):
    words = words_of("/guidance/")

    for page in in_force.pages.all():
        assert f'href="/guidance/{page.section}/">{page}</a>' in words


@pytest.mark.guidance("R-0-6", "R-0-2", "R-0-3")
def test_a_section_says_its_number_version_date_and_who_approved_it(words_of):
    words = words_of("/guidance/2.5/")

    assert "version 1.0, section 2.5" in words
    assert "issued 19 January 2015 by Operations" in words
    assert "approved by Dave Broady, Operations Director" in words


def test_a_section_leads_to_those_before_after_and_below(words_of):
    words = words_of("/guidance/2.1/")

    assert 'href="/guidance/2/" rel="prev"' in words
    assert 'href="/guidance/2.1.1/" rel="next"' in words
    assert 'href="/guidance/2.1.2/"' in words


@pytest.mark.guidance("R-8-1")
def test_terms_of_a_section_lead_to_the_glossary(words_of):
    assert 'href="/guidance/glossary/#duis"' in words_of("/guidance/2.1.1/")


@pytest.mark.guidance("R-8-1", "R-8-2")
def test_the_glossary_gives_the_expansions(words_of):
    words = words_of("/guidance/glossary/")

    assert '<div id="pep"><dt>PEP</dt><dd><strong>Policy Enforcement Point.' in words
    assert "Data Service Provider.</strong> CGI: configures" in words


OF_THE_GUIDANCE = {"DR", "DUIS", "HV", "LV", "PEP", "RDP", "SEC", "SSI", "TLS"}
USED_THERE = {"CoCo", "DCC", "DCCKI", "DSP", "MPLS", "NTE", "RAMS", "U"}


@pytest.mark.guidance("R-8-2")
def test_a_term_that_is_not_of_the_guidances_glossary_says_where_it_comes_from(
    words_of,
):
    parts = re.findall(r"<dt>(\w+)</dt>(.*?)</dd>", words_of("/guidance/glossary/"))
    said = {
        "Used by the guidance, but not in its glossary": USED_THERE,
        "Added by us: the guidance writes it out": {"BCDR"},
    }

    for words, names in said.items():
        assert {name for name, text in parts if words in text} == names
    assert {name for name, _ in parts} == OF_THE_GUIDANCE | USED_THERE | {"BCDR"}


@pytest.mark.guidance("R-1-4")
def test_questions_are_answered_with_their_sections(words_of):
    words = words_of("/guidance/questions/")

    assert "My time to accept is over. Can I still accept?" in words
    assert 'sections <a href="/guidance/3.4/">3.4</a> and' in words
    assert "Ask the Service Desk" in words


@pytest.mark.parametrize(
    ("asked", "title"),
    [
        ("hazard pay", "Nothing with hazard pay"),
        ("enough power", "5.2.1"),
        ("RENEWAL notice", "2.5 How long you commit"),
        ("2.14", "2.14 Diverse routing"),
        ("when am I committed to pay?", "When am I committed to pay?"),
    ],
)
def test_search_finds_where_all_the_words_stand(words_of, asked, title):
    words = words_of("/guidance/", q=asked)

    assert title in words.split('id="found"')[1].split("</section>")[0]


def test_what_is_searched_for_is_shown_as_text(words_of):
    assert "<b>x" not in words_of("/guidance/", q="<b>x")


@pytest.mark.parametrize(
    "address",
    ["/guidance/9.9/", "/guidance/versions/0.1/", "/guidance/versions/1.1/2.5/"],
)
def test_what_was_never_issued_or_is_a_draft_is_not_there(client, draft, address):
    assert client.get(address).status_code == 404


@pytest.mark.guidance("R-0-4")
@pytest.mark.parametrize("who", ["submitter", "rdp_submitter"])
def test_both_kinds_of_organisation_read_it(request, client, who):
    client.force_login(request.getfixturevalue(who))

    assert client.get("/guidance/2.5/").status_code == 200


@pytest.mark.guidance("R-0-2", "R-0-3")
def test_the_history_shows_each_version_with_its_approval(words_of, second):
    words = words_of("/guidance/versions/")

    assert "15 January 2015" in words
    assert "Dave Broady, Operations Director" in words
    assert "Ann Prover, Director of Operations" in words
    assert APPROVAL["summary"] in words


@pytest.mark.guidance("R-0-2")
def test_an_older_version_says_so_and_shows_what_changed(words_of, second):
    words = words_of("/guidance/versions/1.0/2.5/")

    assert "This version is no longer in force" in words
    assert '<del><span class="govuk-visually-hidden">Taken out: </span>1' in words
    assert "Put in: </span>12" in words
    assert "12 or 36 months" in words_of("/guidance/2.5/")


def test_a_section_that_did_not_change_says_so(words_of, second):
    words = words_of("/guidance/versions/1.0/2.6/")

    assert "Nothing: version 1.1 says the same here." in words


def test_the_list_of_an_older_version_marks_what_differs(words_of, second):
    words = words_of("/guidance/versions/1.0/")

    assert words.count("Differs") == 1


def test_dcc_looks_at_a_draft_as_readers_will(client, changed_draft, desk):
    client.force_login(desk)
    words = client.get("/guidance/versions/1.1/2.5/").content.decode()

    assert "This is a draft, which only DCC sees" in words
    assert "What this draft changes" in words
    assert "1.1" not in client.get("/guidance/versions/").content.decode()


@pytest.mark.guidance("R-1.3-5")
def test_the_manual_is_offered_once_there_is_one_and_to_anybody(
    client, words_of, operator
):
    assert "Operations Manual</a>" not in words_of("/guidance/")
    assert client.get(reverse("guidance-manual")).status_code == 404

    commands.publish_manual(a_pdf(), by=operator)

    assert "Operations Manual</a> (PDF, " in words_of("/guidance/")
    answer = client.get(reverse("guidance-manual"))
    assert read_to_the_end(answer) == a_pdf()
    assert "attachment" in answer["Content-Disposition"]


@pytest.mark.parametrize(
    ("address", "queries"),
    [
        ("/guidance/", 4),
        ("/guidance/?q=survey", 6),
        ("/guidance/2.5/", 4),
        ("/guidance/questions/", 3),
        ("/guidance/glossary/", 1),
        ("/guidance/versions/", 3),
        ("/guidance/versions/1.0/", 5),
        ("/guidance/versions/1.0/2.5/", 7),
    ],
)
def test_a_page_asks_no_more_than_it_needs(
    client, in_force, address, queries, django_assert_num_queries
):
    with django_assert_num_queries(queries):
        client.get(address)


@pytest.mark.guidance("R-1.3-10")
def test_the_contents_offer_our_downloads_before_the_website(words_of, settings):
    settings.SMART_DCC_URL = "https://dcc.example/forms"

    words = words_of("/guidance/")

    ours, theirs = (
        words.index(reverse("request-form-blank")),
        words.index("dcc.example"),
    )
    assert ours < theirs
    assert 'href="https://dcc.example/forms"' in words
