"""The follow-up report (000): its cases, their titles, the states proposed and the dated facts."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from bench.readings.scores import Score, counted, document, facts, texts
from services.imports.documents.document import Document
from services.imports.facts.reading import read_facts
from services.imports.follow_up import parse
from services.imports.proposals import propose
from services.imports.reading import decode
from services.imports.report import Report

NUMBER = "000"


def measure(seeds: Path) -> list[Score]:
    """Every number with its title, every case with its state, every (case, date) pair and its role, of the real document."""
    return compare(facts(NUMBER), document(NUMBER, seeds))


def compare(known: dict[str, Any], read_from: Document) -> list[Score]:
    """The same of any document of this family, against its facts."""
    cases = known["cases"]
    report = parse(decode(f"{read_from.name}.txt", read_from.text.encode()))
    dated = [(case["numbers"][0], event) for case in cases for event in case["events"] if event.get("date")]
    read_dates = read_facts(report, known["meta"]["as_of"])
    return [
        texts(NUMBER, "cases", [" ".join(case["numbers"]) for case in cases], [" ".join(b.numbers) for b in report.blocks]),
        texts(NUMBER, "numbers and titles", _titles(cases), [f"{n} {t}" for b in report.blocks for n, t in b.titles.items()]),
        counted(NUMBER, "states proposed", [f"{case['numbers'][0]} {case['status']}" for case in cases], _states(report)),
        counted(NUMBER, "dated facts", [f"{n} {one['date']}" for n, one in dated], [f"{f.number} {f.edtf}" for f in read_dates]),
        counted(NUMBER, "dated facts, done or to come", [f"{n} {one['date']} {one['date_role']}" for n, one in dated],
              [f"{f.number} {f.edtf} {f.role}" for f in read_dates]),
    ]  # fmt: skip


def _titles(cases: list[dict[str, Any]]) -> list[str]:
    return [
        f"{number} {title}"
        for case in cases
        for number, title in (case.get("titles_by_number") or {case["numbers"][0]: case["title"]}).items()
    ]


def _states(report: Report) -> list[str]:
    """One for each case: of one with limbs, that of the limb that moves."""
    states = []
    for block in report.blocks:
        proposed = [one.state for one in propose(block)]
        states.append(f"{block.numbers[0]} {'in_progress' if 'in_progress' in proposed else (proposed or ['none'])[0]}")
    return states
