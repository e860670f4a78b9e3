"""What a schedule means, written out; and read again."""

from __future__ import annotations

from datetime import date

import pytest
from dateutil.rrule import rrulestr
from edtf import parse_edtf
from hypothesis import given
from hypothesis import strategies as st

from domain.time import BadDate, edtf
from domain.time.schedules import Context, Rhythm, Schedule, Upon, read_schedule
from domain.values import Count
from projections.phrases.schedules import write_schedule
from tests.domain.expressions import ALL, CONTEXTS
from tests.domain.table_of_time import TABLE, Row

WRITTEN = [
    ("Annuellement", "chaque année", "each year"),
    ("aux trois mois", "tous les 3 mois", "every 3 months"),
    ("toutes les deux semaines", "toutes les 2 semaines", "every 2 weeks"),
    ("au moins deux fois par mois", "au moins 2 fois par mois", "at least 2 times per month"),
    ("deux à trois fois par année", "2 à 3 fois par année", "2 to 3 times per year"),
    ("deux fois tous les 3 ans", "2 fois tous les 3 ans", "2 times every 3 years"),
    ("Automne, annuellement", "chaque année, à l’automne", "each year, in fall"),
    ("chaque 1er mai", "chaque année, le 1er mai", "each year, on 1 May"),
    ("le premier lundi du mois", "le premier lundi du mois", "the first Monday of the month"),
    ("le 15 de chaque mois", "le 15 de chaque mois", "on the 15 of each month"),
    ("chaque année jusqu'en 2015", "chaque année, au plus tard en 2015", "each year, by 2015"),
    ("par année sur 4 ans", "chaque année, pendant 4 ans", "each year, for 4 years"),
    ("Périodiquement", "périodiquement", "periodically"),
    ("Au besoin", "au besoin", "as needed"),
    ("En continu", "en continu", "continuously"),
    ("À compter de l'automne 2013", "en continu, à partir de l’automne 2013", "continuously, from fall 2013 on"),
    ("À chacun des CA", "à chaque CA", "at each CA"),
    ("avant chacune des assemblées générales", "avant chaque assemblée générale", "before each assemblée générale"),
    ("deux semaines avant chaque CA", "2 semaines avant chaque CA", "2 weeks before each CA"),
    ("sur 2 ans", "pendant 2 ans", "for 2 years"),
    ("une journée de 1 jour", "pendant 1 jour", "for 1 day"),
    ("Après la réponse", "Après la réponse", "Après la réponse"),
    ("progressivement", "progressivement", "progressivement"),
    ("11 et 12 mai 2012", "du 11 au 12 mai 2012", "from 11 to 12 May 2012"),
    ("Congrès 2022", "Congrès (en 2022)", "Congrès (in 2022)"),
    ("à trois reprises en 2024", "à 3 reprises en 2024", "on 3 occasions in 2024"),
    ("au printemps 2026, dates à confirmer", "au printemps 2026, à confirmer", "in spring 2026, to be confirmed"),
]


@pytest.mark.parametrize(("words", "french", "english"), WRITTEN)
def test_each_kind_is_written(words: str, french: str, english: str) -> None:
    meant = read_schedule(words)[0].schedule
    assert (write_schedule(meant, "fr"), write_schedule(meant, "en")) == (french, english)


@pytest.mark.parametrize(("document", "words", "meaning"), ALL)
@pytest.mark.parametrize("lang", ["fr", "en"])
def test_what_the_documents_mean_is_written_and_read_again(document: str, words: str, meaning: str, lang: str) -> None:
    for each in read_schedule(words, CONTEXTS[document]):
        again = read_schedule(write_schedule(each.schedule, lang))
        assert again[0].schedule.meaning == each.schedule.meaning


@pytest.mark.parametrize("lang", ["fr", "en"])
@pytest.mark.parametrize("context, row", [(context, row) for context, rows in TABLE.values() for row in rows])
def test_what_the_requirements_list_is_written_and_read_again(context: Context, row: Row, lang: str) -> None:
    for each in read_schedule(row.words, context._replace(**row.around)):
        again = read_schedule(write_schedule(each.schedule, lang))
        assert each.schedule.meaning in [one.schedule.meaning for one in again]


days = st.dates(date(1900, 1, 1), date(2100, 12, 31)).map(date.isoformat)
months = days.map(lambda day: day[:7])
seasons = st.builds("{}-{}".format, st.integers(1900, 2100), st.integers(21, 24))
dates = days | months | seasons | st.integers(1900, 2100).map(str)
intervals = st.tuples(dates, dates).map("/".join) | dates.map("{}/..".format) | dates.map("../{}".format)
sets = st.lists(days, min_size=2, max_size=4, unique=True).map(lambda members: edtf("{" + ",".join(members) + "}"))
yearly = st.builds(
    lambda interval, said: Rhythm("YEARLY", interval).within(said),
    st.integers(1, 5),
    st.integers(1, 12).map("XXXX-{:02}".format)
    | st.integers(21, 24).map("XXXX-{}".format)
    | st.sampled_from(["XXXX-05-01", "{XXXX-03,XXXX-09}", "{XXXX-21,XXXX-23}", "XXXX-04/XXXX-07"]),
)
plain = st.builds(
    lambda freq, interval: Rhythm(freq, interval), st.sampled_from(["DAILY", "WEEKLY", "MONTHLY", "YEARLY"]), st.integers(1, 12)
)
on_days = st.sampled_from(["MO", "TU", "WE", "TH", "FR", "SA", "SU"]).map(lambda day: Rhythm("WEEKLY", weekday=day))
on_days |= st.sampled_from(["1MO", "2TU", "3WE", "4TH", "-1FR"]).map(lambda day: Rhythm("MONTHLY", weekday=day))
on_days |= st.integers(1, 31).map(lambda day: Rhythm("MONTHLY", day=day))
counted = st.none() | st.integers(2, 20).map(lambda n: Count(n, n)) | st.integers(1, 20).map(Count)
counted |= st.integers(1, 20).map(lambda n: Count(0, n)) | st.integers(1, 20).map(lambda n: Count(n, n + 3))
periods = st.none() | intervals
lengths = st.builds("P{}{}".format, st.integers(1, 99), st.sampled_from("DWMY"))
meetings = st.builds(
    Upon, st.sampled_from(["before", "at", "after"]), st.sampled_from(["CA", "AG", "congrès", "assemblée générale", "comité"])
)


def _stretch(rhythm: Rhythm, times: Count | None) -> Count | None:
    """What comes back in a stretch of months does so once, unless another count is said."""
    return times or (Count(1, 1) if len(rhythm.months) > 1 and rhythm.months not in ((3, 9), (3, 4, 5, 9, 10, 11)) else None)


schedules = st.one_of(
    st.builds(
        lambda rhythm, times, period: Schedule(
            words="", kind="recurring", rrule=rhythm.text(), times=_stretch(rhythm, times), edtf=period
        ),
        yearly | plain,
        counted,
        periods,
    ),
    st.builds(lambda rhythm: Schedule(words="", kind="recurring", rrule=rhythm.text()), on_days),
    st.builds(lambda when: Schedule(words="", kind="once", edtf=when), dates | intervals | sets),
    st.builds(lambda when: Schedule(words="", kind="once", edtf=when), dates.map("{}~".format) | dates.map("{}?".format)),
    st.builds(lambda when: Schedule(words="", kind="continuous", edtf=when), periods),
    st.builds(lambda when: Schedule(words="", kind="as_needed", edtf=when), periods),
    st.builds(lambda upon, when: Schedule(words="", kind="per_meeting", upon=upon, edtf=when), meetings, periods),
    st.builds(lambda length: Schedule(words="", kind="duration", duration=length), lengths),
)


@given(schedules, st.sampled_from(["fr", "en"]))
def test_what_is_written_reads_again_as_the_same(schedule: Schedule, lang: str) -> None:
    try:
        edtf(schedule.edtf or "2024")
    except BadDate:  # an interval that runs backwards
        return
    again = read_schedule(write_schedule(schedule, lang))
    assert schedule.meaning in [each.schedule.meaning for each in again]


@pytest.mark.parametrize(("document", "words", "meaning"), ALL)
def test_other_libraries_accept_what_is_read(document: str, words: str, meaning: str) -> None:
    for each in read_schedule(words, CONTEXTS[document]):
        said = each.schedule
        if said.edtf:
            assert parse_edtf(said.edtf)
        if said.rrule:
            assert rrulestr(said.rrule)


@given(yearly | plain | on_days)
def test_every_rhythm_is_one_of_rfc_5545(rhythm: Rhythm) -> None:
    first = date(2024, 1, 1).strftime("DTSTART:%Y%m%dT000000\n")
    assert next(iter(rrulestr(first + "RRULE:" + rhythm.text())), None)
    assert Rhythm.of(rhythm.text()) == rhythm


def test_a_list_has_its_members_and_the_context_does_not_change_them() -> None:
    for context in (Context(), Context("2024-09~", period="2019/2022", ahead=False)):
        (only,) = read_schedule("(26 mai et 12 novembre 2020 et 1er octobre 2021)", context)
        assert (only.schedule.edtf or "").strip("{}").split(",") == ["2020-05-26", "2020-11-12", "2021-10-01"]
