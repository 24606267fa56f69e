"""The sum of the worksheet: one that a reader can repeat, and that never shrinks."""

from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from planner.sizing import Forecast, Traffic, figure, suggest, work_out
from tools.paths import ROOT

EXAMPLE = Forecast(
    parties=3,
    meters=40_000,
    growth=Decimal(25),
    traffic=(
        Traffic("Routine requests", Decimal(4), 2_000),
        Traffic("Complex requests", Decimal("0.05"), 30_000),
    ),
    peak_share=Decimal(40),
    peak_hours=2,
    headroom=Decimal(80),
    testing_mbps=Decimal("1.5"),
)
PAGE = Path(ROOT) / "docs" / "planner.md"


def amounts(most):
    return st.decimals(0, most, places=4, allow_nan=False, allow_infinity=False)


FORECASTS = st.builds(
    Forecast,
    parties=st.integers(1, 1_000),
    meters=st.integers(1, 100_000_000),
    growth=amounts(1_000),
    traffic=st.lists(
        st.builds(
            Traffic,
            words=st.just("Requests"),
            a_day=amounts(10_000),
            size_bytes=st.integers(1, 100_000_000),
        ),
        min_size=1,
        max_size=3,
    ).map(tuple),
    peak_share=amounts(100),
    peak_hours=st.integers(1, 24),
    headroom=amounts(1_000),
    testing_mbps=amounts(10_000),
)


def need(forecast):
    return work_out(forecast, 100).suggestion.need_mbps


@pytest.mark.guidance(
    "R-2.8-1", "R-2.8-2", "R-2.8-3", "R-2.8-4", "R-2.8-5", "R-2.8-6", "R-2.8-7"
)
def test_the_example_on_paper_is_the_sum_line_by_line():
    worked = work_out(EXAMPLE, 100)

    rows = [row for row in PAGE.read_text().splitlines() if row.startswith("| ")]
    lines = [f"| {line.words} | {line.how} | {line.result} |" for line in worked.lines]
    assert rows[2:] == lines
    assert "Suggested: HV, 10 Mbps. Without the testing: LV." in PAGE.read_text()
    assert worked.suggestion.words == "HV, 10 Mbps"
    assert worked.without_testing.words == "LV"


@pytest.mark.guidance("R-2.6-2", "R-2.6-3", "R-2.6-12", "T14")
@pytest.mark.parametrize(
    ("mbps", "ceiling", "kind", "rating"),
    [
        ("0.01", 100, "lv", None),
        ("2", 100, "lv", None),
        ("2.01", 100, "hv", 10),
        ("2.49", 100, "hv", 10),
        ("10", 100, "hv", 10),
        ("10.01", 100, "hv", 20),
        ("100", 100, "hv", 100),
        ("100.01", 100, None, None),
        ("100.01", 200, "hv", 110),
        ("12", 15, None, None),
    ],
)
def test_a_need_suggests_lv_or_the_next_step_of_hv_or_nothing(
    mbps, ceiling, kind, rating
):
    found = suggest(Decimal(mbps), ceiling)

    assert (found.connection_type, found.rating_mbps) == (kind, rating)


@given(FORECASTS, st.sampled_from([10, 50, 100, 200]))
def test_a_suggested_rating_is_a_step_that_carries_the_need_and_no_more(
    forecast, ceiling
):
    found = work_out(forecast, ceiling).suggestion

    if found.rating_mbps is None:
        assert found.need_mbps <= Decimal(2) or found.need_mbps > ceiling
    else:
        assert found.rating_mbps % 10 == 0
        assert 0 <= found.rating_mbps - found.need_mbps < 10
        assert found.rating_mbps <= ceiling


@pytest.mark.parametrize(
    "name", ["parties", "meters", "growth", "peak_share", "headroom", "testing_mbps"]
)
@given(forecast=FORECASTS, more=st.integers(1, 1_000))
def test_more_of_a_factor_never_needs_less(name, forecast, more):
    raised = replace(forecast, **{name: getattr(forecast, name) + more})

    assert need(raised) >= need(forecast)


@given(FORECASTS, st.integers(1, 1_000))
def test_more_or_larger_messages_never_need_less(forecast, more):
    first, *rest = forecast.traffic
    oftener = replace(first, a_day=first.a_day + more)
    larger = replace(first, size_bytes=first.size_bytes + more)

    for changed in (oftener, larger):
        assert need(replace(forecast, traffic=(changed, *rest))) >= need(forecast)


@given(FORECASTS)
def test_longer_busy_hours_with_the_same_share_never_need_more(forecast):
    longer = replace(forecast, peak_hours=forecast.peak_hours + 1)

    assert need(longer) <= need(forecast)


@pytest.mark.parametrize(
    ("number", "words"),
    [
        (Decimal("1.10"), "1.1"),
        (Decimal("1E+3"), "1,000"),
        (Decimal("2.00"), "2"),
        (1_234_567, "1,234,567"),
        (Decimal(0), "0"),
        (Decimal(100), "100"),
    ],
)
def test_a_figure_is_written_without_needless_noughts(number, words):
    assert figure(number) == words
