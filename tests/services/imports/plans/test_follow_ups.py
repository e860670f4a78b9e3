"""What follow-ups tell: days whose year is left out, verdicts and what they bear on, and the state they suggest."""

from __future__ import annotations

import pytest

from domain.values import Proposal
from services.imports.plans.reading import FollowUp, PlanReading
from tests.services.imports.plans.pages import Words, plan, told

HEADS: list[Words] = ["QUOI", "COMMENT et QUAND", "QUI", "SUIVI"]
ENDED = "- Faire (mars 2021)"
WHOLE = "- Faire (mandat complet)"


def followed(bullets: list[str], steps: str | list[str] = ENDED) -> PlanReading:
    return plan("Plan de travail 2020-2023", [HEADS, ["1.1 Agir", steps, "Luc", bullets]])


def days(*bullets: str) -> list[FollowUp]:
    return list(followed(list(bullets)).follow_ups["1.1"])


def state(*bullets: str, steps: str | list[str] = ENDED) -> Proposal:
    return followed(list(bullets), steps).proposals["1.1"]


@pytest.mark.parametrize(
    ("text", "occurred", "planned"),
    [
        ("- Présenté à l’AG du 4 mai 2021", "2021-05-04", None),
        ("- Rencontre prévue le 4 mai 2021", None, "2021-05-04"),
        ("- Bilan des événements du 3 avril 2021 à l’assemblée générale du 4 mai 2021", "2021-05-04", None),
        ("- Tenues le 4 mai 2021 (à distance), le 6 juin 2021 et le 1er mars 2022", "{2021-05-04,2021-06-06,2022-03-01}", None),
        ("- Retour sur les événements du 3 avril 2021, présenté le 4 mai 2021", "2021-05-04", None),
        ("- Appliqué à partir de l’AG du 4 mai 2021", "2021-05-04/..", None),
        ("- Prêt dès mai 2021", "2021-05", None),
        ("- Cible 2020-2023 : vingt personnes", None, None),
        ("- Statistiques du mandat 2017-2020 : exécutif 4 mai 2021", "2021-05-04", None),
        ("- Adopted by the council on May 4, 2021", "2021-05-04", None),
        ("- Held in fall 2021", "2021-23", None),
    ],
)  # fmt: skip
def test_when_it_happened(text: str, occurred: str | None, planned: str | None) -> None:
    (only,) = days(text)
    assert (only.occurred, only.planned) == (occurred, planned)


def test_a_year_from_elsewhere_in_the_document() -> None:
    read = plan(
        "Plan de travail 2020-2023",
        [
            HEADS,
            ["1.1 A", ENDED, "Luc", ["- Dit à l’AG du 4 mai", "- Fini en mars 2022"]],
            ["1.2 B", ENDED, "Luc", "- Redit à l’AG du 4 mai 2021"],
        ],
    )
    first = read.follow_ups["1.1"][0]
    assert (first.occurred, first.sure, first.words) == ("2021-05-04", "medium", "4 mai")
    assert told(read) == [(3, "DayInferred")]


def test_a_year_from_the_neighbours() -> None:
    found = days("- Ouvert le 2 décembre 2021", "- Suite donnée le 10 janvier", "- Fermé le 3 mars 2022")
    assert [each.occurred for each in found] == ["2021-12-02", "2022-01-10", "2022-03-03"]


def test_a_year_from_the_steps_and_none_at_all() -> None:
    assert days("- Salle réservée le 3 mai")[0].occurred == "2021-05-03"
    read = followed(["- Salle réservée le 3 mai"], WHOLE)
    assert read.follow_ups["1.1"][0].occurred is None
    assert told(read) == [(3, "DayUndated")]


BACK = "- Retour sur les événements du 27 septembre 2021 à l’AG du 4 mai 2022"


@pytest.mark.parametrize(
    ("above", "day"),
    [("- Participation d’une délégation à la marche", "2021-09-27"), ("- Marche du 3 avril 2021", "2021-04-03"),
     ("- Rédaction d’une lettre", None), ("- Participation à la marche le 3 mai", "2021-05-03")],
)  # fmt: skip
def test_a_day_from_the_follow_up_that_comes_back_to_it(above: str, day: str | None) -> None:
    read = followed([above, BACK])
    first, second = read.follow_ups["1.1"]
    assert (first.occurred, second.occurred) == (day, "2022-05-04")
    assert ("DayFromBelow" in [name for _, name in told(read)]) == (first.words is None and day is not None)


def test_a_verdict_stands_by_itself() -> None:
    found = days("- Guide écrit. _Action non réalisée (pandémie)._", "- _Remis au prochain mandat_")
    assert [(each.text, each.verdict) for each in found] == [
        ("Guide écrit.", None),
        ("Action non réalisée (pandémie).", "Action non réalisée (pandémie)."),
        ("Remis au prochain mandat", "Remis au prochain mandat"),
    ]


@pytest.mark.parametrize(
    ("bullets", "expected"),
    [
        (["- _Action réalisée_"], ("done", "full")),
        (["_Action non réalisée (pandémie)_"], ("not_done", None)),
        (
            ["- Idées réunies. _Action non réalisée, faute de temps. Reportée au prochain mandat._"],
            ("carried_over", None),
        ),
        (
            ["- Salle aménagée (mars 2021)", "- _La formation sera offerte dans le prochain mandat._"],
            ("done", "partial"),
        ),
        (["- Tournée lancée le 3 mai 2021", "- Publier une liste. _Action non réalisée._"], ("done", "partial")),
        (["- Objectif partiellement réalisé, vu la grève"], ("done", "partial")),
        (["- _En continu_"], ("in_progress", None)),
        (["- _Completed_"], ("done", "full")),
        (["- _Not done (lack of time)_"], ("not_done", None)),
        (["- Draft ready. _Carried over to the next term._"], ("carried_over", None)),
        (["- Inventaire effectué", "- Guide publié"], ("done", "full")),
        (["- Discussions avec les membres"], ("in_progress", None)),
    ],
)
def test_the_state_that_is_proposed(bullets: list[str], expected: tuple[str, str | None]) -> None:
    proposal = state(*bullets)
    assert (proposal.state, proposal.completion) == expected
    assert proposal.evidence and proposal.evidence[0].first_line == 3


def test_what_lasts_all_the_mandate_is_not_done_because_something_was() -> None:
    assert state("- Guide publié", steps=WHOLE).state == "in_progress"
    assert state("- Bilan : dix activités", steps=WHOLE).state == "done"
    assert state("- Cahier 1 : eau", "- Cahier 2 : air", "- Cahier 3 : terre", steps=WHOLE).state == "done"
    assert state("- Guide publié", "- Appliqué à partir de mai 2021").state == "in_progress"


def test_fewer_meetings_than_were_asked() -> None:
    asked = "- Tenir au moins deux rencontres par année (mandat complet)"
    held = "- Rencontres tenues le 4 mai 2021, le 6 juin 2021{}"
    few = state(held.format(" et le 1er octobre 2022"), steps=asked)
    enough = state(held.format(", le 7 mai 2022 et le 1er octobre 2022"), steps=asked)
    assert (few.state, few.completion, few.confidence) == ("done", "partial", "low")
    assert enough.state == "in_progress"


def test_no_reason_is_told() -> None:
    read = followed(["_Action non réalisée_"])
    assert read.proposals["1.1"].confidence == "medium"
    assert told(read) == [(3, "ReasonMissing")]


def test_nothing_told_is_nothing_proposed() -> None:
    assert followed([""]).proposals == {}
