"""Amounts, figures, days, times and phones as people type and paste them."""

from datetime import UTC, date, datetime, time
from decimal import Decimal

import pytest
from django import forms
from django.core.exceptions import ValidationError
from hypothesis import example, given
from hypothesis import strategies as st

from common.clock import UK
from common.days import read_day, read_moment, read_time
from common.fields import Day, Moment, Number, Pounds, Whole, phone
from common.money import pounds
from common.numbers import read_number, read_pounds, read_whole
from common.phones import read_phone
from common.templatetags.parts import uk_date, uk_day, uk_time
from tests.test_architecture import calls

AMOUNTS = st.decimals(-(10**9), 10**9, places=2)
DAYS = st.dates(date(1900, 1, 1), date(2199, 12, 31))

# Figures and amounts


@pytest.mark.parametrize(
    ("typed", "amount"),
    [
        ("12500", "12500"),
        ("12,500.00", "12500"),
        ("£12,500.00", "12500"),
        ("£ 12 500.50", "12500.5"),
        ("12\u00a0500", "12500"),
        ("12500.5", "12500.5"),
        (" £0.99\n", "0.99"),
        (".5", "0.5"),
        ("1,234,567.89", "1234567.89"),
        ("12,500.00 pounds", "12500"),
        ("GBP 12,500", "12500"),
        ("\u2212£5.00", "-5"),
        ("-5", "-5"),
    ],
)
def test_an_amount_is_read_as_people_write_it(typed, amount):
    assert read_pounds(typed) == Decimal(amount)
    assert Pounds().clean(typed) == Decimal(amount)


NO_AMOUNTS = [
    *("1e3", "1E3", "NaN", "nan", "Infinity", "-inf", "sNaN", "0x10", "1_000"),
    *("\uff11\uff12", "\u0661\u0662", "\u00b2", "12,5", "1,23,456", "1,2345", "12 5"),
    *("1.250,00", "1 234,567", "££5", "5k", "five", "1.2.3", "--5", "£", ",", "."),
    *("9" * 41, "12 pounds 50", "£5 each"),
]


@pytest.mark.parametrize("typed", NO_AMOUNTS)
def test_what_two_people_may_read_in_two_ways_is_no_amount(typed):
    with pytest.raises(ValidationError, match="amount in pounds, such as 12,500"):
        Pounds().clean(typed)
    for field in (Number, Whole):
        with pytest.raises(ValidationError):
            field().clean(typed)


@given(AMOUNTS)
def test_an_amount_that_the_portal_writes_is_read_as_itself(amount):
    assert read_pounds(pounds(amount)) == amount
    assert read_pounds(f"{amount:,}") == read_number(str(amount)) == amount


@given(st.text(max_size=12))
@example("1e5")
def test_no_text_is_read_as_an_amount_that_is_not_written_in_plain_figures(text):
    try:
        amount = read_pounds(text)
    except ValueError:
        return
    plain = "".join(sign for sign in text if sign in "0123456789.")
    assert abs(amount) == Decimal(plain)


@pytest.mark.parametrize(("typed", "count"), [("210,000", 210000), ("4.0", 4)])
def test_a_whole_number_may_have_its_thousands_set_apart(typed, count):
    assert read_whole(typed) == Whole().clean(typed) == count


def test_a_part_of_one_is_no_whole_number():
    with pytest.raises(ValidationError):
        Whole().clean("4.5")


# Days and times

THE_14TH = date(2027, 1, 14)


@pytest.mark.parametrize(
    "typed",
    [
        *("14 January 2027", "14 Jan 27", "14/01/27", "14/1/2027", "2027-01-14"),
        *("14-01-2027", "14\u201301\u20132027", "14.01.27", "14 01 2027", "14 1 27"),
        *("14th January 2027", "14th of January, 2027", "14 JAN. 2027", "14-Jan-27"),
        *("Thursday 14 January 2027", "Thu, 14 Jan 2027", "January 14, 2027"),
        *("14Jan2027", " 14\u00a0January\n2027 "),
    ],
)
def test_a_day_is_read_as_people_write_it(typed):
    assert read_day(typed) == Day().clean(typed) == THE_14TH


@pytest.mark.parametrize(
    "typed",
    [
        *("31 February 2027", "14/13/27", "14/01", "January 2027", "14 J 2027"),
        *("Friday 14 January 2027", "14 January 127", "14 January 20277", "tomorrow"),
        *("\uff11\uff14/01/27", "14/01/-27", "0/1/27", "1e1/01/27", "14//01/27"),
        *("14 Janvier 2027", "01-14-2027", "", "2027", "14 January 1027"),
    ],
)
def test_what_is_no_day_is_refused_with_one_that_is(typed):
    with pytest.raises(ValueError, match=r"."):
        read_day(typed)
    with pytest.raises(ValidationError, match=r"5 March 2026|required"):
        Day().clean(typed)


@given(DAYS)
def test_a_day_that_the_portal_writes_is_read_as_itself(day):
    written = (uk_date(day), uk_day(day), day.isoformat(), f"{day:%d/%m/%Y}")

    assert {read_day(text) for text in written} == {day}


@given(st.dates(date(2000, 1, 1), date(2099, 12, 31)))
def test_a_year_of_two_figures_is_one_of_this_century(day):
    assert read_day(f"{day:%d/%m/%y}") == read_day(f"{day:%-d %b %y}") == day


@pytest.mark.parametrize(
    ("typed", "moment"),
    [("14:30", time(14, 30)), ("2.30pm", time(14, 30)), ("12am", time(0))],
)
def test_a_time_is_read_as_people_write_it(typed, moment):
    assert read_time(typed) == moment


@pytest.mark.parametrize("typed", ["25:00", "13pm", "0am", "14", "2:3", "14:60"])
def test_what_is_no_time_is_refused(typed):
    with pytest.raises(ValueError, match=r"."):
        read_time(typed)


@pytest.mark.parametrize(
    "typed",
    [
        *("2027-01-14T14:30", "2027-01-14 14:30:00", "14 January 2027, 2:30pm"),
        *("14/01/27 14:30", "14 Jan 27 at 2.30 pm", "14 January 2027 14:30"),
    ],
)
def test_a_day_with_a_time_is_read_as_people_write_it(typed):
    assert Moment().clean(typed) == datetime(2027, 1, 14, 14, 30, tzinfo=UTC)


def test_a_day_without_a_time_is_no_moment():
    with pytest.raises(ValidationError, match="real day and time"):
        Moment().clean("14 January 2027")


@given(DAYS, st.integers(0, 23), st.integers(0, 59))
def test_a_moment_that_the_portal_writes_is_read_as_itself(day, hour, minute):
    moment = datetime.combine(day, time(hour, minute), tzinfo=UK)

    assert read_moment(uk_time(moment.astimezone(UTC))).hour in range(24)
    assert read_moment(f"{uk_date(day)}, {hour}:{minute:02}") == moment


# Phones


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("020 7946 0000 ext. 12", "020 7946 0000 ext. 12"),
        ("020 7946 0000 x12", "020 7946 0000 ext. 12"),
        ("020 7946 0000, extension 12", "020 7946 0000 ext. 12"),
        ("020 7946 0000 EXT:12", "020 7946 0000 ext. 12"),
        ("02079460000#12", "02079460000 ext. 12"),
        ("+44 (0)20 7946\u20130000", "+44 (0)20 7946-0000"),
        ("\u202a020\u00a07946  0000\u202c", "020 7946 0000"),
        ("(01332) 496.0123", "(01332) 496.0123"),
    ],
)
def test_a_phone_number_is_read_with_its_extension(typed, kept):
    assert phone(typed) == read_phone(typed) == kept
    assert read_phone(kept) == kept


@pytest.mark.parametrize(
    "typed",
    [
        *("12", "ext. 12", "call 020 7946 0000", "020 7946 0000 ext.", "+", "1" * 16),
        *(
            "\uff10\uff12\uff10 \uff17\uff19\uff14\uff16 0000",
            "020 7946 0000 ext. 1234567",
        ),
    ],
)
def test_what_cannot_be_called_is_no_phone_number(typed):
    with pytest.raises(ValidationError, match="with its area code"):
        phone(typed)


def test_no_phone_number_is_no_mistake():
    assert phone("") == ""


# One reader each


def test_no_form_reads_figures_and_days_in_another_way():
    django = {
        "IntegerField",
        "DecimalField",
        "FloatField",
        "DateField",
        "DateTimeField",
    }
    others = [
        f"{place} {called}"
        for place, called, _ in calls()
        if called.startswith("forms.") and called.removeprefix("forms.") in django
    ]
    assert others == []
    assert issubclass(Pounds, forms.DecimalField)
