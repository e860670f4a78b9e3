"""What the columns of a register hold: proposed by their headings and by what stands under them, settled by a person where
that is not sure, and known again by the headings."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from domain.errors import Invalid, Word
from domain.words import plain
from projections.phrases.catalogue import N_
from services.imports.register.guessing import SEVERAL, guesses
from services.imports.report import Confidence
from services.wording import meant

SKIP = "skip"
FIELDS = {
    "number": N_("number"), "title": N_("title"), "text": N_("text of the resolution"), "sponsor": N_("sponsor"),
    "decision": N_("decision of the assembly"), "adopted_on": N_("day of the decision"),
    "response": N_("response or follow-up"), "status": N_("status"),
    SKIP: N_("left aside"),
}  # fmt: skip
NEEDED = ("number", "title")

_SAID: dict[str, str] = {
    "number": "no|num|numero|number|no de resolution|no resolution|resolution no|resolution number|numero de resolution|"
    "numero de la resolution|res no|res|resolution num|resolution id|item|item no",
    "title": "titre|title|objet|sujet|subject|intitule|resolution|resolution title|titre de la resolution|"
    "objet de la resolution|name|theme",
    "text": "texte|text|libelle|texte de la resolution|resolution text|operative clause|texte adopte",
    "sponsor": "sponsor|sponsors|sponsored by|sponsor s|proposeur|proposeuse|propose par|proposee par|presentee par|parrain|"
    "parrainee par|mover|moved by|submitted by|soumise par|municipalite|municipality|section locale|local|syndicat|"
    "originating body|instance|provenance",
    "decision": "decision|decisions|sort|decision de l assemblee|decision du congres|action de l assemblee|convention action|"
    "convention decision|disposition|vote|resultat|resultat du vote|result|outcome of the vote",
    "adopted_on": "adoptee le|date d adoption|date de la decision|decided on|adopted on|date adopted|date of adoption",
    "response": "reponse|reponses|response|responses|reply|replies|reponse du gouvernement|reponse gouvernementale|"
    "government response|provincial response|federal response|reponse recue|suivi|suivis|follow up|followup|suites donnees|"
    "suite donnee|actions posees|action taken|actions taken",
    "status": "statut|status|etat|etat d avancement|etat du dossier|avancement|current status|state|progress",
}
_EXACT = {word: field for field, words in _SAID.items() for word in words.split("|")}


class MapUnread(Invalid):
    """“{said}” is not understood. Write the heading of a column, an equals sign and what it holds, for instance “Objet=title”. What a column can hold: {known}."""  # noqa: E501 - one sentence


class ColumnUnknown(Invalid):
    """No column is headed “{heading}”. The headings: {known}."""


class ColumnUnsure(Invalid):
    """What the column “{heading}” holds is not sure: perhaps “{field}”. Say it, or that it is left aside."""


class ColumnUnread(Invalid):
    """What the column “{heading}” holds is not known. Say it, or that it is left aside."""


class ColumnTwice(Invalid):
    """The columns “{first}” and “{heading}” would both hold “{field}”: say which one does."""


class ColumnMissing(Invalid):
    """No column holds “{field}”, without which no resolution can be followed. Say which one does."""


COLUMN_FAULTS = (ColumnUnsure, ColumnUnread, ColumnTwice, ColumnMissing)


@dataclass(frozen=True)
class Column:
    """A column by its place from 0. `field` is null where nothing can be proposed; `sure`: its heading says it, or a person
    did."""

    at: int
    heading: str
    field: str | None
    confidence: Confidence
    sure: bool


def key(heading: str) -> str:
    """A heading as it is compared: without case, accents or punctuation."""
    return (
        " ".join(re.findall(r"[a-z0-9#]+", plain(heading).replace("n°", "no").replace("nº", "no"))) or heading.strip()
    )


def signature(headings: Sequence[str]) -> str:
    """By which the headings of a table are known again."""
    return hashlib.sha256("|".join(key(each) for each in headings).encode()).hexdigest()


def known_heading(heading: str) -> str | None:
    """The field that a heading says; null if none does for sure."""
    said = key(heading)
    return "number" if said == "#" else _EXACT.get(said)


def columns_of(headings: Sequence[str], cells: Sequence[Sequence[str]], said: Mapping[str, str]) -> list[Column]:
    """What each column holds. `cells`: those under each heading; `said`: by a person, by headings or by places from 1.
    Columns without heading nor cells are left out."""
    known = {
        at: said.get(key(heading)) or said.get(str(at + 1)) or known_heading(heading)
        for at, heading in enumerate(headings)
    }
    held = {at: [cell for cell in cells[at] if cell.strip()] for at, field in known.items() if not field}
    asked = {at: (key(headings[at]), under) for at, under in held.items() if under}
    guessed = guesses(asked, [field for field in known.values() if field])
    columns = []
    for at, heading in enumerate(headings):
        name = heading.strip() or str(at + 1)
        if field := known[at]:
            columns.append(Column(at, name, field, "high", True))
        elif guess := guessed.get(at):
            columns.append(Column(at, name, guess.field, guess.confidence, False))
    return columns


def read_mapping(said: Mapping[str, str], headings: Sequence[str]) -> dict[str, str]:
    """What a person said of columns: key of the heading, or place from 1 -> field. Raises `MapUnread`, `ColumnUnknown`."""
    known = {key(heading) for heading in headings} | {str(at) for at in range(1, len(headings) + 1)}
    mapping = {}
    for heading, field in said.items():
        name = field if field in FIELDS else meant(field, FIELDS)
        if name is None:
            raise MapUnread(said=f"{heading}={field}", known=list(FIELDS))
        if (found := key(heading)) not in known:
            raise ColumnUnknown(heading=heading, known=[each for each in headings if each.strip()])
        mapping[found] = name
    return mapping


def faults(columns: Sequence[Column]) -> list[Invalid]:
    """What is to be settled before anything is read."""
    found: list[Invalid] = []
    first: dict[str, Column] = {}
    for column in columns:
        if not column.sure:
            label = Word(FIELDS[column.field]) if column.field else None
            found.append(
                ColumnUnsure(heading=column.heading, field=label) if label else ColumnUnread(heading=column.heading)
            )
        if column.field is None:
            continue
        before = first.setdefault(column.field, column)
        if before is not column and column.field not in (*SEVERAL, SKIP):
            label = Word(FIELDS[column.field])
            found.append(ColumnTwice(first=before.heading, heading=column.heading, field=label))
    found += [ColumnMissing(field=Word(FIELDS[field])) for field in NEEDED if field not in first]
    return found
