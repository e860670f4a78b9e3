"""EDTF: what is accepted, the days it means, and the day of an event."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.time import BadDate, day_of, earliest, edtf, latest

DAYS = [
    ("2024-06-26", date(2024, 6, 26), date(2024, 6, 26)),
    ("2024-02", date(2024, 2, 1), date(2024, 2, 29)),
    ("2024", date(2024, 1, 1), date(2024, 12, 31)),
    ("201X", date(2010, 1, 1), date(2019, 12, 31)),
    ("2004-XX", date(2004, 1, 1), date(2004, 12, 31)),
    ("2004-06-XX", date(2004, 6, 1), date(2004, 6, 30)),
    ("2024-21", date(2024, 3, 20), date(2024, 6, 20)),
    ("2024-22", date(2024, 6, 21), date(2024, 9, 21)),
    ("2024-23", date(2024, 9, 22), date(2024, 12, 20)),
    ("2012-24", date(2012, 12, 21), date(2013, 3, 19)),
    ("2024-09~", date(2024, 9, 1), date(2024, 9, 30)),
    ("2024-09-24?", date(2024, 9, 24), date(2024, 9, 24)),
    ("1974~/2024%", date(1974, 1, 1), date(2024, 12, 31)),
    ("2024-06-26/..", date(2024, 6, 26), None),
    ("../2024-12-31", None, date(2024, 12, 31)),
    ("2024-11/2024-12", date(2024, 11, 1), date(2024, 12, 31)),
    ("2024-06/2024-06-10", date(2024, 6, 1), date(2024, 6, 10)),
    ("{2024-06-17,2024-06-21}", date(2024, 6, 17), date(2024, 6, 21)),
    ("XXXX-09", None, None),
    ("XXXX-02-29", None, None),
    ("XXXX-23", None, None),
    ("{2024-06,XXXX-09}", None, None),
    ("9999-12-31", date(9999, 12, 31), date(9999, 12, 31)),
]


@pytest.mark.parametrize(("text", "first", "last"), DAYS)
def test_first_and_last_day(text: str, first: date | None, last: date | None) -> None:
    assert edtf(text) == text
    assert (earliest(text), latest(text)) == (first, last)


@pytest.mark.parametrize(
    ("text", "normal"),
    [
        (" 2024-06-26 ", "2024-06-26"),
        ("xxxx-09", "XXXX-09"),
        ("2024-06-26 / ..", "2024-06-26/.."),
        ("2024-06-26/", "2024-06-26/.."),
        ("/2024", "../2024"),
        ("{2024-06-21, 2024-06-17, 2024-06-21}", "{2024-06-17,2024-06-21}"),
    ],
)
def test_normal_form(text: str, normal: str) -> None:
    assert edtf(text) == normal


@pytest.mark.parametrize(
    "text",
    [
        *[
            "",
            "..",
            "../..",
            "/",
            "{}",
            "{2024,}",
            "2024-02-30",
            "2023-02-29",
            "XXXX-02-30",
            "2024-13",
            "2024-25",
        ],
        *[
            "2024-6",
            "24-06-26",
            "0000",
            "9999-24",
            "2024-23-01",
            "2024-XX-14",
            "201X-05",
            "XXXX-13",
            "2024~~",
        ],
        *["2024-06-16/2024-06-10", "2024/2025/2026", "2024-06-26T10:00", "26/06/2024", "٢٠٢٤", "juin 2024"],
    ],
)
def test_anything_else_is_refused(text: str) -> None:
    with pytest.raises(BadDate) as refusal:
        edtf(text)
    assert refusal.value.facts["words"] == text
    assert "2024-06-26" in str(refusal.value)


def test_the_days_of_a_bad_date_are_refused() -> None:
    with pytest.raises(BadDate):
        latest("2024-02-30")


@pytest.mark.parametrize(
    ("occurred", "day"),
    [
        ("2024-06-26", date(2024, 6, 26)),
        ("2024-06", date(2024, 6, 30)),
        ("2024-09~", date(2024, 9, 15)),
        ("2024-06-26/..", date(2024, 9, 15)),
        ("../2024-05", date(2024, 5, 31)),
        ("XXXX-06", date(2024, 9, 15)),
        ("2026", date(2024, 9, 15)),
        (None, date(2024, 9, 15)),
    ],
)
def test_the_day_of_an_event_is_the_latest_of_its_date_within_its_limit(
    occurred: str | None, day: date
) -> None:
    assert day_of(occurred, limit=date(2024, 9, 15)) == day


days = st.dates(date(1000, 1, 1), date(9998, 12, 31))
elements = st.one_of(
    days.map(date.isoformat),
    days.map(lambda day: day.isoformat()[:7]),
    days.map(lambda day: day.isoformat()[:4]),
    st.builds("{:04}-{}".format, st.integers(1000, 9998), st.integers(21, 24)),
    st.builds("XXXX-{:02}".format, st.integers(1, 12)),
)
qualified = st.builds(str.__add__, elements, st.sampled_from(["", "~", "?", "%"]))
sets = st.lists(qualified, min_size=1, max_size=4).map(lambda members: "{" + ",".join(members) + "}")
intervals = st.tuples(qualified, st.just("..")).map("/".join) | st.tuples(st.just(".."), qualified).map(
    "/".join
)
dates = qualified | sets | intervals


@given(dates)
def test_the_last_day_is_never_before_the_first(text: str) -> None:
    normal = edtf(text)
    first, last = earliest(normal), latest(normal)
    assert first is None or last is None or first <= last
    assert edtf(normal) == normal


@given(qualified, qualified)
def test_an_interval_either_runs_forward_or_is_refused(begin: str, end: str) -> None:
    first, last = earliest(begin), latest(end)
    if first and last and first > last:
        with pytest.raises(BadDate):
            edtf(f"{begin}/{end}")
    else:
        assert (earliest(f"{begin}/{end}"), latest(f"{begin}/{end}")) == (first, last)


@given(dates | st.none(), days)
def test_the_day_of_an_event_is_never_after_its_limit(occurred: str | None, limit: date) -> None:
    assert day_of(occurred, limit) <= limit


@given(st.text(alphabet="0123456789X-/.~?%{}, ", max_size=24))
def test_any_text_is_a_date_or_a_refusal(text: str) -> None:
    try:
        normal = edtf(text)
    except BadDate:
        return
    assert edtf(normal) == normal


@given(qualified)
def test_the_edtf_package_agrees_but_for_seasons(text: str) -> None:
    package = pytest.importorskip("edtf", reason="the reference implementation is a tool of the tests only")
    season = text[5:7] in ("21", "22", "23", "24") and len(text) <= 8
    if not season and not text.startswith("X"):
        plain = package.parse_edtf(text.rstrip("~?%"))
        assert (earliest(text), latest(text)) == (
            date(*plain.lower_strict()[:3]),
            date(*plain.upper_strict()[:3]),
        )
