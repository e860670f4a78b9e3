"""A plan of axes and one of orientations, as their grammars would read them."""

from __future__ import annotations

from typing import Any

from domain.plan.nodes import Node
from domain.time.schedules import Context, read_schedule
from services.imports.plans.reading import Adoption
from tests.services.plans import reading


def when(words: str, period: str = "2012/2015") -> Any:
    return read_schedule(words, Context(period=period))[0].schedule


def axes_plan() -> Any:
    texts = {"1.1": "Diffuser le diagnostic", "1.2": "Rencontrer les écoles", "2.1": "Attirer la relève"}

    def means(number: str, heading: str | None, *groups: str | None) -> Node:
        lines = tuple(Node("activity", str(n), f"Activité {n} de {number}", group=group) for n, group in enumerate(groups, 1))
        return Node("means", number, texts[number], heading=heading, nodes=lines, results=(f"Un effet {number}",))

    axes = (
        Node("axis", "1", "Bâtir des liens", "Axe 1", nodes=(means("1.1", "CONSCIENCE", None), means("1.2", None, None))),
        Node("axis", "2", "Former", "Axe 2", nodes=(means("2.1", "Main-d’œuvre", "Jeunes", "Jeunes", "Femmes"),)),
    )
    return reading(
        title="Plan d’action 2009-2010", form="axes", period="2009/2010", organisation=None, nodes=axes, follow_ups={},
        proposals={}, lists=(), adoption=(), places={}, objectives=("Être un pôle.", "Attirer des gens."),
    )  # fmt: skip


def orientations_plan() -> Any:
    def action(letter: str, text: str, words: str) -> Node:
        return Node("action", letter, text, f"{letter}.", schedule=when(words))

    objectives = (
        Node("objective", "1.1.1", "Réviser les règles", "1.1.1", nodes=(
            action("a", "Réviser les politiques", "Septembre"), action("b", "Les publier", "Au besoin"))),
        Node("objective", "1.1.2", "Tenir un portrait", "1-1.2", nodes=(action("a", "Compter les membres", "Annuellement"),)),
    )  # fmt: skip
    goal = Node("goal", "1.1", "Assurer le bon fonctionnement", "1.1", nodes=objectives)
    return reading(
        title="LES ORIENTATIONS POUR 2012-2015 ET LE PLAN D’ACTION POUR 2012-2015", form="orientations", period="2012/2015",
        organisation="Syndicat des horlogers (SDH)", nodes=(Node("section", "1", "VIE SYNDICALE", "1", nodes=(goal,)),),
        follow_ups={}, proposals={}, lists=(), places={}, preamble=("Le syndicat entend :", "développer la justice ;", "former."),
        adoption=(Adoption("orientations", "adopted", "Congrès", "2012-05-11/2012-05-12",
                           "Adoptées au Congrès du 11 et 12 mai 2012", 1),
                  Adoption("plan", "proposed", "CD", "2012-11-30", "Pour adoption au CD du 30 novembre 2012", 2)),
    )  # fmt: skip
