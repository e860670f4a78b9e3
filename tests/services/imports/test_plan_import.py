"""A plan brought in: rehearsed, recorded all or nothing, once, and taken back; its key said or taken from the page."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from services.home import Home
from services.imports.plans.service import PlanUnnamed
from services.imports.result import Result
from services.imports.service import propose_import, record_import, undo_import
from services.reading import When, case, cases
from services.schema import Urls
from tests.homes import opened, secretary

WORK = """Plan de travail 2023-2026

Association des veilleurs de nuit (AVN)

QUOI\tCOMMENT et QUAND\tQUI\tSUIVI
1. Une vie syndicale.\t\t\t
1.1 Relancer le journal\t- Trouver une équipe (mars 2023)\tAnaïs\tTrouvée le 4 mai 2023. <u>Action partiellement réalisée</u>
1.2 Former les gens\t- Offrir un cours (mai 2023)\tLuc\t<u>Action non réalisée (faute de salle)</u>
"""
AXES = """Plan d’action 2025

Axe\tMoyens\tActivités\tRésultats attendus
Axe 1 Se connaître\t• Tenir un portrait\t• Sonder • Compiler\t• Un portrait
"""
ORIENTATIONS = """Orientations et plan d’action 2024-2027 (Adopté au Congrès du 11 et 12 mai 2024)
Syndicat des horlogers (SDH)

BUTS\tOBJECTIFS\tACTIONS\tÉCHÉANCE/FRÉQUENCE
1.1 Servir\t3-1.3 Être là\ta. Ouvrir; b. Répondre\ta. Octobre b. Au besoin
"""


@pytest.fixture
def home(database: Urls) -> Iterator[Home]:
    with opened(database) as home:
        secretary(home)
        yield home


def written(folder: Path, text: str) -> Path:
    path = folder / "plan.txt"
    path.write_text(text, encoding="utf-8")
    return path


def bring(home: Home, folder: Path, text: str, key: str | None = None, kind: str = "auto") -> Result:
    result, outcome = record_import(home, secretary(home), written(folder, text), kind, key, "2026-01")
    home.settle(outcome)
    return result


def test_a_work_plan_becomes_cases(home: Home, tmp_path: Path) -> None:
    rehearsed = propose_import(home, written(tmp_path, WORK))
    assert cases(home, When()) == []
    result = bring(home, tmp_path, WORK)
    assert (result.kind, result.id, rehearsed.id) == ("plan", "avn-2023-1", None)
    assert result.created == rehearsed.created == ["plan:avn-2023", "avn-2023:1.1", "avn-2023:1.2"]
    assert [(ref, each.state, each.completion) for ref, each in result.proposals] == [
        ("avn-2023:1.1", "done", "partial"),
        ("avn-2023:1.2", "not_done", None),
    ]
    assert case(home, "avn-2023:1.1", When())["title"] == "Relancer le journal"


def test_the_same_file_creates_nothing(home: Home, tmp_path: Path) -> None:
    first = bring(home, tmp_path, WORK)
    again = bring(home, tmp_path, WORK)
    assert (again.created, again.unchanged, again.id) == ([], first.created, first.id)
    assert len(cases(home, When())) == 2


def test_taken_back_and_brought_again(home: Home, tmp_path: Path) -> None:
    first = bring(home, tmp_path, WORK)
    assert first.id
    _, outcome = undo_import(home, secretary(home), first.id)
    home.settle(outcome)
    assert cases(home, When()) == []
    assert bring(home, tmp_path, WORK).created == first.created


@pytest.mark.parametrize(
    ("text", "key", "refs"),
    [(AXES, "csm-2025", ["plan:csm-2025", "csm-2025:1.1"]), (ORIENTATIONS, None, ["plan:sdh-2024", "sdh-2024:3.1.3"])],
)
def test_the_other_forms(home: Home, tmp_path: Path, text: str, key: str | None, refs: list[str]) -> None:
    assert bring(home, tmp_path, text, key).created == refs


def test_no_name_and_no_key(home: Home, tmp_path: Path) -> None:
    with pytest.raises(PlanUnnamed):
        propose_import(home, written(tmp_path, AXES))


def test_all_or_nothing(home: Home, tmp_path: Path) -> None:
    result = bring(home, tmp_path, WORK.replace("1.2 Former", "1.1 Former"))
    assert result.refused and result.created == [] and result.id is None
    assert cases(home, When()) == []


def test_an_orientations_plan_that_is_asked_for(home: Home, tmp_path: Path) -> None:
    assert bring(home, tmp_path, ORIENTATIONS, kind="plan").kind == "plan"
