"""A day that no calendar has, or that depends on a day which nobody said, at every door of the terminal where a date is typed."""

from __future__ import annotations

from pathlib import Path

from tests.cli.conftest import SAMPLE, Suivi

DAY = "32 novembre"
DOORS: dict[str, tuple[str, ...]] = {
    "as of": ("cases", "--as-of", DAY),
    "known at": ("cases", "--known-at", DAY),
    "since": ("records", "--since", DAY),
    "until": ("records", "--until", DAY),
    "deadlines": ("deadlines", "--before", DAY),
    "happened": ("act", "2023:17", "note", "--set", "text=Vu", "--occurred", DAY),
    "a date": ("act", "record:new", "create", "--set", "kind=activity", "--set", "title=Fête", "--set", f"date={DAY}"),
    "put off": ("act", "2023:17", "postpone", "--set", f"until={DAY}", "--set", "reason=La neige"),
    "a holiday": ("organisation", "--set", f"days_off={DAY}"),
    "a document": ("import", str(SAMPLE), "--assembly", "2022", "--reference-date", DAY),
}


def test_a_day_that_no_calendar_has_is_refused_in_a_sentence(cases: Suivi) -> None:
    before = cases.done("history", "2023:17", "--json").raw
    answers = {door: cases(*typed) for door, typed in DOORS.items()}
    assert {door for door, answer in answers.items() if answer.code in (0, 70)} == set()
    assert {door: answer.words for door, answer in answers.items() if DAY not in answer.words} == {}
    assert cases.done("history", "2023:17", "--json").raw == before


PLAN = """Plan de travail 2024-2026

QUOI\tCOMMENT et QUAND\tQUI\tSUIVI
1.1 Agir\t- Ouvrir ({words})\tLuc\t
"""


def test_what_depends_on_a_day_that_nobody_said_is_kept_as_words(suivi: Suivi, tmp_path: Path) -> None:
    file = tmp_path / "plan.txt"
    for words, said in (("l’an prochain", "date de référence"), (DAY, "novembre compte 30 jours")):
        file.write_text(PLAN.format(words=words), encoding="utf-8")
        looked = suivi("import", str(file), "--kind", "plan", "--assembly", "x-2024", "--dry-run")
        assert looked.code == 0 and words in looked.words and said in looked.words, looked.words
    file.write_text(PLAN.format(words="l’an prochain"), encoding="utf-8")
    known = suivi(
        "import", str(file), "--kind", "plan", "--assembly", "x-2024", "--dry-run", "--reference-date", "2024-05-01"
    )
    assert known.code == 0 and "2025" in known.words, known.words
