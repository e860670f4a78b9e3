"""The facts of a letter, from threads as people record them."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from domain.case.case import Case
from domain.demarche.demarche import Demarche
from services.letters.drafting import draft
from services.letters.facts import Holder, Reminder, Resolution, Since
from services.letters.gathering import NothingAwaited, as_open, gathered
from services.schema import Urls
from tests.services.desk import Desk, furnished, opened
from tests.services.letters.reminding import text_of

DAY = date(2025, 5, 12)


class Letters(Desk):
    """A desk with two offices and their holders; threads are numbered as they are sent."""

    def thread(self, ref: str) -> Demarche:
        return self.store.load(Demarche, self.refs.demarche(ref))

    def facts(self, ref: str = "demarche:1", day: date = DAY) -> Reminder:
        thread = self.thread(ref)
        return gathered(self.store, thread, self.store.load_all(Case, thread.cases), day)


@pytest.fixture
def desk(database: Urls) -> Iterator[Letters]:
    with opened(database) as plain:
        desk = Letters(furnished(plain).store)
        desk.act_all(
            desk.ask("person:anne", "create", name="Anne Brodeur", gender="f"),
            desk.ask("person:jean", "create", name="Jean Lafleur", gender="m"),
            desk.ask("person:marie", "create", name="Marie Tremblay"),
            desk.ask("office:edu", "create", name="ministre de l’Éducation", legislature="QC", address=["1, rue A", "Québec"]),
            desk.ask("office:fam", "create", name="ministre de la Famille", legislature="QC"),
            desk.ask("office:edu", "appoint", person="person:anne", occurred="2022-10-20"),
            desk.ask("2023:18", "adopt", title="Des écoles bien aérées"),
        )
        desk.settle()
        yield desk


def sent(desk: Letters, occurred: str | None = "2024-06-26", **facts: Any) -> None:
    desk.act("demarche:new", "send", occurred=occurred, **{"cases": ["2023:17"], "office": ["office:edu"]} | facts)
    desk.settle()


def test_a_thread_and_its_office(desk: Letters) -> None:
    sent(desk, cases=["2023:18", "2023:17"], subject="L’air", text="Un plan.", cosigners="3", owner="person:marie")
    desk.act("demarche:1", "remind", occurred="2024-09-03")
    desk.act("demarche:1", "remind", count="au moins 2", occurred="2024-10")
    facts = desk.facts()
    assert (facts.number, facts.signatory, facts.to.office) == (1, "Marie Tremblay", "ministre de l’Éducation")
    assert (facts.to.holder, facts.to.address) == (Holder("Anne Brodeur", "f"), ("1, rue A", "Québec"))
    assert facts.resolutions == (
        Resolution("17", "Des vélos pour les quartiers", "2023-05-13"), Resolution("18", "Des écoles bien aérées", "2023-05-13"),
    )  # fmt: skip
    assert (facts.sent.kind, facts.sent.day, facts.sent.subject, facts.sent.text) == ("letter", "2024-06-26", "L’air", "Un plan.")
    assert facts.sent.cosigners and facts.sent.cosigners.exact
    assert (facts.sent.predecessor, facts.sent.elsewhere) == (None, None)
    assert (facts.since.reminders.min, facts.since.reminders.max) == (3, None)
    assert facts.since.reminded == ()


def test_days_of_reminders_are_told_as_far_as_the_last_is_known(desk: Letters) -> None:
    sent(desk)
    for occurred, count, days in (
        ("2024-07-10/..", "1", ()), ("2024-08", "1", ("2024-08",)), ("2024-09-03", "1", ("2024-08", "2024-09-03")),
        ("2024-10-01/..", "1", ()), ("2024-11-05", "2", ()), ("2024-12-02", "1", ("2024-08", "2024-09-03", "2024-12-02")),
    ):  # fmt: skip
        desk.act("demarche:1", "remind", occurred=occurred, count=count)
        assert desk.facts().since.reminded == days


def test_how_often_it_was_sent(desk: Letters) -> None:
    sent(desk, count="au moins 2")
    assert (desk.facts().sent.count.min, desk.facts().sent.count.max) == (2, None)


def test_who_was_written_to_first_is_named_once_somebody_else_is_there(desk: Letters) -> None:
    sent(desk)
    desk.act("office:edu", "end-term", person="person:anne", occurred="2024-11-01")
    desk.act("office:edu", "appoint", person="person:jean", charge="interim", occurred="2024-11-02")
    assert desk.facts().to.holder == Holder("Jean Lafleur", "m", interim=True)
    assert desk.facts().sent.predecessor == Holder("Anne Brodeur", "f")
    assert desk.facts(day=date(2024, 10, 1)).sent.predecessor is None


def test_an_office_that_nobody_is_known_to_hold(desk: Letters) -> None:
    sent(desk, office=["office:fam"])
    assert desk.facts().to.holder is None
    assert desk.facts().sent.predecessor is None


def test_what_was_said_of_no_day_happened_when_it_was_recorded(desk: Letters) -> None:
    sent(desk, occurred=None)
    recorded = desk.thread("demarche:1").history[0].recorded_at
    assert recorded and desk.facts().sent.day == desk.store.present.calendar.today(recorded).isoformat()


def test_what_was_sent_several_times_did_not_begin_when_it_was_recorded(desk: Letters) -> None:
    sent(desk, occurred=None, count="plusieurs")
    assert desk.facts().sent.day is None


def test_the_thread_from_which_we_were_sent_here(desk: Letters) -> None:
    sent(desk, subject="L’air")
    desk.act("demarche:1", "redirect", office="office:fam", occurred="2024-08-01")
    facts = desk.facts("demarche:2")
    assert (facts.sent.elsewhere, facts.sent.referred) == ("ministre de l’Éducation", True)
    assert (facts.sent.day, facts.sent.subject, facts.to.office) == ("2024-06-26", "L’air", "ministre de la Famille")
    with pytest.raises(NothingAwaited):
        desk.facts("demarche:1")


def test_a_matter_that_moved_to_another_office(desk: Letters) -> None:
    sent(desk)
    desk.act("office:edu", "move-portfolio", to="office:fam", what="Les garderies", occurred="2024-09-01")
    facts = desk.facts()
    assert (facts.to.office, facts.sent.elsewhere, facts.sent.referred) == (
        "ministre de la Famille", "ministre de l’Éducation", False,
    )  # fmt: skip
    assert facts.sent.predecessor is None


def test_a_date_that_the_office_gave_counts_once_it_is_over(desk: Letters) -> None:
    sent(desk)
    desk.act("demarche:1", "acknowledge", occurred="2024-07-03", wait_until="2024-09-30")
    assert desk.facts().since == Since(desk.facts().since.reminders, (), "2024-07-03", "2024-09-30")
    assert desk.facts(day=date(2024, 9, 30)).since.promised is None


@pytest.mark.parametrize(
    ("verb", "facts"),
    [
        ("answer", {"answer": "accepts"}),
        ("answer", {"answer": "asks_precision"}),
        ("decline", {"reason": "Pas cette année."}),
        ("close", {"reason": "overtaken"}),
        ("fix-meeting", {"date": "2099-01-10"}),
    ],
)
def test_where_no_answer_is_awaited_there_is_nothing_to_write(desk: Letters, verb: str, facts: dict[str, str]) -> None:
    sent(desk)
    desk.facts()
    desk.act("demarche:1", verb, **facts)
    with pytest.raises(NothingAwaited):
        desk.facts()


def test_what_awaits_no_answer_from_the_start(desk: Letters) -> None:
    sent(desk, kind="congratulations")
    with pytest.raises(NothingAwaited):
        desk.facts()


def test_what_is_attached_names_the_most_open_cases_alone(desk: Letters) -> None:
    desk.act("2023:18", "restrict", visibility="officers")
    cases = [desk.case("2023:17"), desk.case("2023:18")]
    assert as_open(cases) == cases[:1]
    assert as_open(cases[1:]) == cases[1:]
    desk.act("2023:17", "restrict", visibility="named", people=["person:anne"])
    desk.act("2023:18", "restrict", visibility="named", people=["person:jean"])
    assert as_open(hidden := [desk.case("2023:17"), desk.case("2023:18")]) == hidden[:1]
    assert as_open([]) == []


@pytest.mark.parametrize(
    ("office", "name"),
    [
        ("ministre de l’Éducation", "Relance – Éducation – 2025-05-12.docx"),
        ("ministre responsable des Services sociaux", "Relance – Services sociaux – 2025-05-12.docx"),
        ("premier ministre", "Relance – Premier ministre – 2025-05-12.docx"),
        ("bureau du coroner", "Relance – Bureau du coroner – 2025-05-12.docx"),
        ("../../etc: <x>|*?", "Relance – .. .. etc x – 2025-05-12.docx"),
    ],
)
def test_the_name_of_the_file_says_to_whom_and_when(desk: Letters, tmp_path: Path, office: str, name: str) -> None:
    desk.act("office:other", "create", name=office)
    sent(desk, office=["office:other"])
    made = draft(desk.store, tmp_path, desk.thread("demarche:1"), [desk.case("2023:17")], day=DAY)
    assert made.name == name
    assert "Des vélos pour les quartiers" in text_of(made.content)


def test_the_language_asked_for(desk: Letters, tmp_path: Path) -> None:
    sent(desk)
    made = draft(desk.store, tmp_path, desk.thread("demarche:1"), [desk.case("2023:17")], day=DAY, lang="en")
    assert made.name == "Reminder – Éducation – 2025-05-12.docx"
    assert "Dear Minister," in text_of(made.content)
