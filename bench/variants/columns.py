"""Variants of tables: other orders, other headings, rows cut by pages, cells that moved."""

from __future__ import annotations

import re
from dataclasses import replace
from random import Random

from bench.variants.draft import Draft, Grid, lines_of

SYNONYMS: dict[str, tuple[str, ...]] = {
    "quoi": ("Action", "Objet", "Dossier", "Mandat"),
    "comment et quand": ("Comment et échéance", "Étapes et échéances", "Moyens et échéancier", "Démarche et calendrier"),
    "qui": ("Responsable", "Porteur", "Personne responsable", "Par qui"),
    "suivi": ("Suivis", "État d'avancement", "Bilan", "Où en sommes-nous"),
    "moyens": ("Stratégies", "Moyens d'action", "Interventions", "Orientations"),
    "description des activités": ("Activités", "Activités prévues", "Actions", "Activités à réaliser"),
    "résultats attendus": ("Résultats escomptés", "Résultats visés", "Retombées attendues", "Livrables"),
    "axe": ("Axe d'intervention", "Axe stratégique", "Volet"),
    "buts": ("But", "Finalités", "Buts poursuivis", "Enjeux"),
    "objectifs": ("Objectif", "Objectifs spécifiques", "Objectifs visés", "Cibles"),
    "actions": ("Action", "Moyens d'action", "Gestes à poser", "Activités"),
    "échéance/fréquence": ("Échéance", "Échéancier", "Quand", "Calendrier", "Fréquence"),
    "no": ("Numéro", "N°", "Rés.", "#"),
    "résolution": ("Titre", "Objet", "Sujet", "Intitulé"),
    "parrain": ("Proposée par", "Présentée par", "Municipalité", "Provenance"),
    "décision": ("Sort", "Vote", "Verdict", "Issue"),
    "réponse": ("Réponse reçue", "Réponse du gouvernement", "Suivi du ministère", "Retour"),
    "statut": ("État", "État du dossier", "Situation", "Avancement"),
    "what": ("Action item", "Item", "Task"),
    "how and when": ("Steps and deadlines", "How and by when", "Steps and due dates"),
    "who": ("Lead", "Responsible", "Person responsible"),
    "follow-up": ("Progress", "Status update", "Update"),
    "goals": ("Goal", "Aims"),
    "objectives": ("Objective", "Targets"),
    "deadline/frequency": ("Timeline", "When", "Schedule"),
    "means": ("Strategies", "Initiatives"),
    "activities": ("Planned activities", "Actions"),
    "expected results": ("Outcomes", "Deliverables", "Results"),
    "title": ("Subject", "Resolution"),
    "sponsor": ("Submitted by", "Moved by"),
    "decision": ("Disposition", "Vote"),
    "response": ("Reply", "Government response"),
    "status": ("State", "Current status"),
}  # fmt: skip


def renamed(draft: Draft, random: Random) -> Draft:
    """Headings by other words, the same in all tables of the document."""
    chosen = {word: random.choice(others) for word, others in SYNONYMS.items()}

    def heading(cell: str) -> str:
        return chosen.get(cell.strip().casefold(), cell)

    def change(grid: Grid) -> tuple[str | Grid, ...]:
        heads = tuple(tuple(heading(cell) for cell in row) for row in grid.rows[: grid.heads])
        return (replace(grid, rows=heads + grid.rows[grid.heads :]),)

    return draft.with_grids(change)


def reordered(draft: Draft, random: Random) -> Draft:
    """The columns in another order; what is filled in the first cell alone keeps its place."""
    orders: dict[int, list[int]] = {}

    def change(grid: Grid) -> tuple[str | Grid, ...]:
        width = grid.width
        if width not in orders:
            orders[width] = list(range(width))
            while width > 1 and orders[width] == sorted(orders[width]):
                random.shuffle(orders[width])
        return (replace(grid, rows=tuple(_reordered(row, orders[width]) for row in grid.rows)),)

    return draft.with_grids(change)


def _reordered(row: tuple[str, ...], order: list[int]) -> tuple[str, ...]:
    if len(row) < len(order) or not any(cell.strip() for cell in row[1:]):
        return row
    return tuple(row[at] for at in order)


def cut(draft: Draft, random: Random) -> Draft:
    """Rows that a page cuts: the first lines of each cell on the one, the others on the next, the headings again or not."""
    again = random.random() < 0.5

    def change(grid: Grid) -> tuple[str | Grid, ...]:
        long = [at for at in range(grid.heads, len(grid.rows)) if max(_length(cell) for cell in grid.rows[at]) > 1]
        if not long:
            return (grid,)
        at = random.choice(long)
        before, after = _halves(grid.rows[at])
        head = grid.rows[: grid.heads] if again else ()
        return (
            replace(grid, rows=(*grid.rows[:at], before)),
            "",
            replace(grid, rows=(*head, after, *grid.rows[at + 1 :]), heads=len(head)),
        )

    return draft.with_grids(change)


def _length(cell: str) -> int:
    return len(lines_of(cell))


def _halves(row: tuple[str, ...]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    before, after = [], []
    for cell in row:
        lines = lines_of(cell)
        middle = (len(lines) + 1) // 2
        before.append("<br>".join(lines[:middle]))
        after.append("<br>".join(lines[middle:]))
    return tuple(before), tuple(after)


def shifted(draft: Draft, random: Random) -> Draft:
    """In each table one row whose cells stand a column to the left or to the right."""

    def change(grid: Grid) -> tuple[str | Grid, ...]:
        full = [at for at in range(grid.heads, len(grid.rows)) if sum(bool(cell.strip()) for cell in grid.rows[at]) > 2]
        if not full:
            return (grid,)
        at = random.choice(full)
        row = grid.rows[at]
        moved = ("", *row[:-1]) if not row[-1].strip() else (*row[:1], "", *row[1:])
        if not row[0].strip() and random.random() < 0.5:
            moved = (*row[1:], "")
        return (replace(grid, rows=(*grid.rows[:at], moved, *grid.rows[at + 1 :])),)

    return draft.with_grids(change)


def in_english(draft: Draft, _random: Random) -> Draft:
    """The headings that a French document has, in English, as those who keep two languages do."""
    words = {"résolution": "resolution", "résolutions": "resolutions", "suivi": "follow-up", "axe": "axis", "quoi": "what",
             "comment et quand": "how and when", "qui": "who", "moyens": "means", "description des activités": "activities",
             "résultats attendus": "expected results", "buts": "goals", "objectifs": "objectives", "actions": "actions",
             "échéance/fréquence": "deadline/frequency", "décision": "decision", "réponse": "response", "statut": "status",
             "parrain": "sponsor", "titre": "title"}  # fmt: skip

    def cell(words_of: str) -> str:
        english = words.get(words_of.strip().casefold(), words_of)
        return english.upper() if words_of.isupper() else english.capitalize() if english != words_of else english

    def change(block: str | Grid) -> str | Grid:
        if isinstance(block, str):
            return re.sub(r"\b(?:SUIVI )?RÉSOLUTION(S?)(?=\s+\d)", r"RESOLUTION\1", block)
        heads = tuple(tuple(cell(one) for one in row) for row in block.rows[: block.heads])
        return replace(block, rows=heads + block.rows[block.heads :])

    return draft.with_blocks(change)
