"""The dated facts of a report: each rule on sentences of our own, then the real report, fact by fact."""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from typing import Any

import pytest
import yaml

from services.imports.facts import dated
from services.imports.facts.reading import read_facts
from services.imports.follow_up import parse
from services.imports.reading import read
from tests.services.imports.reports import SAMPLE, parsed
from tests.services.imports.test_real_report import SHARED, document

REFERENCE = "2024-09~"

Told = list[tuple[str, str, str]]  # number, EDTF, role

DOCUMENTS: dict[str, tuple[str, Told]] = {
    "a date is that of its sentence": (
        "RÉSOLUTION 3\n\nSentiers\n\nLe comité a tenu une corvée le 4 mai 2024. Une autre aura lieu en octobre.\n",
        [("3", "2024-05-04", "occurred"), ("3", "2024-10", "target")],
    ),
    "the same date twice in a sentence is told once": (
        "RÉSOLUTION 3\n\nSentiers\n\nLe 4 mai 2024, on a marché, et le 4 mai 2024 on a mangé.\n",
        [("3", "2024-05-04", "occurred")],
    ),
    "the ground of a decision has no date of ours": (
        "RÉSOLUTION 3\n\nSentiers\n\nCompte tenu des travaux prévus pour 2024, le comité a reporté la corvée à 2025.\n",
        [("3", "2025", "target")],
    ),
    "nor has the resolution itself, nor an accident": (
        "RÉSOLUTION 3\n\nSentiers\n\nÀ la suite de la résolution adoptée l’année dernière, un sentier a été tracé. "
        "Depuis un accident survenu le 3 mars 2021, il est fermé.\n",
        [],
    ),
    "a request comes before the meeting it led to": (
        "RÉSOLUTION 4\n\nBancs\n\nNous avons sollicité une rencontre avec le maire. Nous avons rencontré son attachée "
        "le 5 juin 2024.\n",
        [("4", "../2024-06-05", "occurred"), ("4", "2024-06-05", "occurred")],
    ),
    "a meeting to come was not yet led to": (
        "RÉSOLUTION 4\n\nBancs\n\nNous avons sollicité une rencontre avec le maire. Elle est prévue le 5 octobre 2024.\n",
        [("4", "2024-10-05", "target")],
    ),
    "what came of a meeting has its date, once": (
        "RÉSOLUTION 4\n\nBancs\n\nNous avons rencontré la mairesse le 5 juin 2024. Elle nous a promis deux bancs. "
        "Elle nous a aussi parlé des sentiers.\n",
        [("4", "2024-06-05", "occurred"), ("4", "2024-06-05", "occurred")],
    ),
    "reminders come after the letter": (
        "RÉSOLUTION 5\n\nLampes\n\nUne lettre a été envoyée au maire le 2 mai 2024, et trois relances.\n",
        [("5", "2024-05-02", "occurred"), ("5", "2024-05-02/..", "occurred")],
    ),
    "reminders in a sentence of their own": (
        "RÉSOLUTION 5\n\nLampes\n\nUne lettre a été envoyée au maire le 2 mai 2024. Deux relances ont suivi.\n",
        [("5", "2024-05-02", "occurred"), ("5", "2024-05-02/..", "occurred")],
    ),
    "reminders of no letter have no date": (
        "RÉSOLUTION 5\n\nLampes\n\nLe comité a marché le 2 mai 2024. Deux relances ont suivi.\n",
        [("5", "2024-05-02", "occurred")],
    ),
    "what follows from a day": (
        "RÉSOLUTION 6\n\nCarte\n\nUne journée de réflexion a eu lieu en mars 2024. À la suite de cette journée, une carte "
        "a été dessinée.\n",
        [("6", "2024-03", "occurred"), ("6", "2024-03/..", "occurred")],
    ),
    "an occasion that another case dates": (
        "RÉSOLUTION 7\n\nChant\n\nLors des soirées chantantes de 2024, le chœur a grandi.\n\n"
        "RÉSOLUTION 8\n\nDanse\n\nLa danse a été présentée lors des soirées chantantes.\n",
        [("7", "2024", "occurred"), ("8", "2024", "occurred")],
    ),
    "not when it is dated twice": (
        "RÉSOLUTION 7\n\nChant\n\nLors des soirées chantantes de 2023, rien. Lors des soirées chantantes de 2024, tout.\n\n"
        "RÉSOLUTION 8\n\nDanse\n\nLa danse a été présentée lors des soirées chantantes.\n",
        [("7", "2023", "occurred"), ("7", "2024", "occurred")],
    ),
    "a meeting with an office that another case dates": (
        "RÉSOLUTION 7\n\nChant\n\nNous avons eu une rencontre le 3 mai 2024 avec le ministre des Orchestres, M. Untel.\n\n"
        "RÉSOLUTION 8\n\nDanse\n\nLa danse fut abordée à la rencontre avec le ministre des Orchestres.\n",
        [("7", "2024-05-03", "occurred"), ("8", "2024-05-03", "occurred")],
    ),
}


@pytest.mark.parametrize("name", DOCUMENTS)
def test_of_a_small_report(name: str) -> None:
    text, told = DOCUMENTS[name]
    facts = read_facts(parsed(f"Suivi des résolutions de l’assemblée annuelle 2023\n\n{text}"), REFERENCE)
    assert [(fact.number, fact.edtf, fact.role) for fact in facts] == told


def test_a_date_that_needs_the_date_of_the_document_is_left_out_without_it() -> None:
    text = "RÉSOLUTION 3\n\nSentiers\n\nUne corvée a eu lieu en juin dernier, une autre le 4 mai 2024.\n"
    report = parsed(f"Suivi des résolutions de l’assemblée annuelle 2023\n\n{text}")
    assert [fact.edtf for fact in read_facts(report, None)] == ["2024-05-04"]


def test_each_says_its_words_its_sentence_and_its_lines() -> None:
    report = parse(read(SAMPLE))
    facts = read_facts(report, "2024-03")
    assert facts
    lines = SAMPLE.read_text(encoding="utf-8").splitlines()
    for fact in facts:
        said = " ".join(" ".join(lines[fact.first_line - 1 : fact.last_line]).split())
        assert " ".join(fact.text.split())[:40] in said
        assert bool(fact.words) == (fact.because == dated.STATED)
        assert fact.words in fact.text


def test_the_real_report() -> None:
    """Recall and precision over the 43 pairs of a case and a date, and the role of each."""
    report = parse(read(document("000")))
    golden = Path(SHARED / "golden" / "000_suivi_resolutions.yaml")
    if not golden.exists():
        pytest.skip("the facts of the real report are not beside this checkout")
    known: dict[str, Any] = yaml.safe_load(golden.read_text(encoding="utf-8"))
    wanted = Counter(
        (case["numbers"][0], event["date"], event["date_role"])
        for case in known["cases"]
        for event in case["events"]
        if event.get("date")
    )
    found = Counter((fact.number, fact.edtf, fact.role) for fact in read_facts(report, known["meta"]["as_of"]))
    assert wanted.total() == 43
    assert found == wanted
