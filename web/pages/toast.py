"""What was just done, said at the foot of the page that follows, with the way back."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any
from uuid import UUID

from domain.amendments import FactRetracted
from domain.case.events import Wish
from domain.case.moves import (
    CaseConfirmed,
    CaseMoved,
    CasePostponed,
    CaseResumed,
    CaseStarted,
    Moved,
    ReportReceived,
)
from domain.time import Edtf
from projections.phrases.catalogue import N_
from services.reading.names import words_of
from services.refs import Refs
from services.undoing import Deed, Did, deed
from web.entering import WRITE, Desk
from web.rendering import Page

DONE = "fait"  # in the address of the page that follows an act: the id of its command
LONGEST = 140  # characters of what a sentence quotes
ONE = {
    "case": N_("Resolution {name}"), "item": N_("Item {name}"), "demarche": N_("Thread {name}"),
    "record": N_("Record {name}"),
}  # fmt: skip
MOVED = N_("{name} {said}")  # where what is said agrees with it: “bloquée”, “rouverte”
POSTPONED = (
    (re.compile(r"\d{4}(-(0\d|1[0-2]))?"), N_("{name} postponed to {day}.")),
    (re.compile(r"\d{4}-(0\d|1[0-2])-\d\d"), N_("{name} postponed until {day}.")),
)
OTHERWISE = N_("{name} postponed: {day}.")
APART = (CaseConfirmed, CaseMoved, CaseResumed, CaseStarted, ReportReceived)  # whose words do not agree with it
UNDONE = N_("undone. What was recorded stays in the history.")
NAMED = N_("{name}: {said}")
SEVERAL = N_("Recorded for {n} cases: {said}")


def toast_of(page: Page, desk: Desk) -> Mapping[str, Any] | None:
    """The sentence, and what would undo it; null where nothing was just done."""
    id = _read(page.asked.get(DONE, ""))
    found = deed(desk.home, desk.entered.actor, id, page.lang) if id else None
    if found is None:
        return None
    undoes = found.undoable and page.may(WRITE.name)
    n = len(found.each) if _alike(found) else 1
    return {
        "said": _sentence(page, desk, found), "id": str(found.id) if undoes else "",
        "undo": page.say(N_("Undo all {n}"), n=n) if n > 1 else page.say(N_("Undo")),
    }  # fmt: skip


def _read(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None


def _alike(found: Deed) -> bool:
    """Whether the same was recorded for several cases."""
    return len({type(did.first.event) for did in found.each}) == 1 and all(_kind(did.ref) == "case" for did in found.each)


def _kind(ref: str) -> str:
    kind = ref.partition(":")[0]
    return kind if kind in ("demarche", "office", "body", "person", "assembly", "plan", "record") else "case"


def _sentence(page: Page, desk: Desk, found: Deed) -> str:
    """« Résolution 7 remise à 2025. »"""
    first = found.each[0]
    said = page.say(UNDONE) if isinstance(first.first.event, FactRetracted) else brief(first)
    if len(found.each) > 1 and _alike(found):
        return page.say(SEVERAL, n=len(found.each), said=said)
    kind, event = _kind(first.ref), first.first.event
    name = _called(page, desk, first) if kind in ONE else _name(desk, first)
    if isinstance(event, CasePostponed):
        template = next((words for form, words in POSTPONED if form.fullmatch(event.until)), OTHERWISE)
        return page.say(template, name=name, day=Edtf(event.until))
    if isinstance(event, Moved) and not isinstance(event, APART):
        return page.say(MOVED, name=name, said=said)
    return page.say(NAMED, name=name, said=said)


def _called(page: Page, desk: Desk, did: Did) -> str:
    """« Résolution 7 », « Action 1.3 », « Démarche 12 »."""
    kind, (home, _, number) = _kind(did.ref), did.ref.partition(":")
    if kind == "case" and Refs(desk.home.store).key("plan", home):
        kind = "item"
    return page.say(ONE[kind], name=number)


def _name(desk: Desk, did: Did) -> str:
    stream = did.first.originator_id
    return words_of(desk.home, [str(stream)]).get(stream, did.ref)


def brief(did: Did) -> str:
    """The first clause of an entry of the history, as the end of a sentence. A name keeps its capital."""
    said = did.said.partition("; ")[0].rstrip(".")
    said = said if len(said) <= LONGEST else said[: LONGEST - 1].rstrip() + "…"
    named = _kind(did.ref) not in ONE or isinstance(did.first.event, Wish)
    return (said if named else said[:1].lower() + said[1:]) + ("" if said.endswith("…") else ".")
