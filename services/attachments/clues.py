"""What an office’s e-mail seems to say: that the letter came, that it is declined, or something to be read."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Literal, NamedTuple

from domain.words import plain

Confidence = Literal["high", "medium", "low"]
SHORT = 900  # characters of an acknowledgement that says nothing else
FEW = 3  # that are cited
MOST = 300  # of the words that are cited

_APOSTROPHE = str.maketrans({"’": "'", "‘": "'"})
_DECLINED = re.compile(
    r"\bdeclin(?:e|es|er|ons|ent|ant)\b|\bne (?:pourra|pourrait|pourront|pourrons)\b|faute de disponibilite|\bpas disponible"
    r"|\bagenda (?:tres |trop )?charge"
    r"|n'est (?:malheureusement )?pas en mesure|ne sommes (?:malheureusement )?pas en mesure|dans l'impossibilite"
    r"|ne (?:peut|pouvons) (?:malheureusement )?(?:pas )?(?:vous rencontrer|accepter|participer|donner suite)"
    r"|\bmust decline|\bunable to\b|will not be able|\bcannot (?:meet|accept|attend)"
)
_CAME = re.compile(
    r"\baccus(?:e|er|ons|ant) (?:bonne )?(?:de )?reception|\baccuse de reception|\b(?:avons|ai|a) bien recu"
    r"|\bbien recu (?:votre|vos)|\b(?:avons|ai) recu votre|reponse automatique|\backnowledge (?:the )?receipt"
    r"|\bhave (?:well )?received your|automatic reply"
)
_QUOTED = re.compile(
    r"^\s*>|^\s*-{2,} ?(?:message d.origine|original message|message transfere|forwarded)"
    r"|^(?:le|on) .{4,120} (?:a ecrit|wrote) ?:"
    r"|^(?:de|from) ?: .{3,200}$"
)


class Clue(NamedTuple):
    """Words of the mail, with their lines (from 1)."""

    text: str
    first_line: int
    last_line: int


class Reading(NamedTuple):
    """The verb that the words suggest, the words, and how sure it is."""

    verb: Literal["acknowledge", "answer", "decline"]
    clues: list[Clue]
    confidence: Confidence


def read_clues(text: str, automatic: bool = False) -> Reading:
    """What the newest words say; what they quote of ours is not looked at."""
    said = list(paragraphs(text.splitlines()))
    long = sum(len(clue.text) for clue in said)
    if declined := [clue for clue in said if _DECLINED.search(_plain(clue.text))]:
        return Reading("decline", _cited(declined), "high" if len(declined) == 1 else "medium")
    came = [clue for clue in said if _CAME.search(_plain(clue.text))]
    if came or automatic:
        return Reading("acknowledge", _cited(came or said[:1]), "high" if automatic or long <= SHORT else "medium")
    return Reading("answer", _cited(said), "low")


def _cited(clues: Sequence[Clue]) -> list[Clue]:
    """The first of them, as far as they are cited."""
    return [clue._replace(text=cited(clue.text)) for clue in clues[:FEW]]


def paragraphs(lines: Sequence[str]) -> Iterator[Clue]:
    """The lines that follow each other, as one text each, until those that are quoted begin."""
    held: list[str] = []
    for number, line in enumerate([*lines, ""], start=1):
        quoted = bool(_QUOTED.search(_plain(line[:400])))
        if line.strip() and not quoted:
            held.append(line)
        elif held:
            yield Clue(" ".join(held), number - len(held), number - 1)
            held = []
        if quoted:
            return


def cited(text: str) -> str:
    """Words on one line, without what cannot be seen; of many, the first."""
    words = " ".join("".join(each if each.isprintable() else " " for each in text).split())
    return words if len(words) <= MOST else words[:MOST].rpartition(" ")[0] + " […]"


def _plain(text: str) -> str:
    return plain(text).translate(_APOSTROPHE)
