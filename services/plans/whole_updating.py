"""What a document says of a plan that is known as a whole: its title, its period, its adoption, the lists beside it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from msgspec.structs import replace

from domain.base import blank
from domain.directory import Rename
from domain.errors import Word
from domain.plan import commands
from domain.words import comparable
from projections.phrases.catalogue import N_
from services.imports.plans.reading import Adoption
from services.plans import notices
from services.plans.changing import Changing
from services.plans.wordings import among, beginnings_of, lists_of, names_of

WHOLE = {
    "period": N_("the years"), "author": N_("the organisation"), "objectives": N_("the strategic objectives"),
    "preamble": N_("the text above the tables"),
}  # fmt: skip
TITLE = "/title"  # the key of a change of the title: no number of a place


def update_whole(changing: Changing) -> None:
    """Adds what is new, tells what is said otherwise."""
    _title(changing)
    _facts(changing)
    for part in changing.reading.adoption:
        _adoption(changing, part)
    for told in changing.reading.lists:
        _list(changing, told.title, [entry for column in told.columns for entry in column], told.line)


def _title(changing: Changing) -> None:
    told = changing.reading.title
    if not told or among(told, names_of(changing.to)):
        return
    if changing.takes(TITLE, notices.PlanTitleOtherwise(line=1, told=told, known=changing.to.name)):
        changing.to.handle(Rename(name=told), changing.act())


def _facts(changing: Changing) -> None:
    """What was said of the plan when it was entered; what a document leaves out, it does not deny."""
    reading = changing.reading
    told = {"period": reading.period, "author": reading.organisation, "objectives": reading.objectives,
            "preamble": reading.preamble}  # fmt: skip
    for name, value in told.items():
        known = [getattr(event, name) for event in beginnings_of(changing.to)]
        if not blank(value) and _plain(value) not in map(_plain, known):
            notice = notices.PlanOtherwise(line=1, what=Word(WHOLE[name]), told=_shown(value), known=_shown(known[-1]))
            changing.warn(notice)


def _plain(value: Any) -> Any:
    return comparable(value) if isinstance(value, str) else tuple(map(comparable, value or ()))


def _shown(value: Any) -> str:
    return value if isinstance(value, str) else " / ".join(value or ()) or "—"


def _adoption(changing: Changing, told: Adoption) -> None:
    """A part that was proposed is adopted, once the document says so."""
    known = changing.to.adoption.get(told.what)
    if told.state == "adopted" and (known.state == "proposed" if known else not changing.to.adoption and told.what == "plan"):
        command = commands.AdoptPart(what=told.what, body=changing.body(told.by), by=told.by, on=told.on, said=told.words)
        changing.to.handle(command, replace(changing.act(line=told.line), occurred=None, words={}))
        changing.recorded.added["adoptions"] += 1
    elif known is None or (told.state == known.state and told.on and told.on != known.on):
        said = (known.words or known.on) if known else None
        changing.warn(notices.AdoptionOtherwise(line=told.line, told=told.words, known=said or "—"))


def _list(changing: Changing, title: str, entries: Sequence[str], line: int) -> None:
    """A list that is new stands with the plan from now on."""
    told = [comparable(entry) for entry in entries]
    known = [one for one in lists_of(changing.to) if comparable(one.title) == comparable(title)]
    if not known:
        changing.to.handle(commands.ListEntries(title=title, entries=tuple(entries)), changing.act(line=line))
        changing.recorded.added["lists"] += 1
    elif told not in [[comparable(entry) for entry in one.entries] for one in known]:
        changing.warn(notices.ListOtherwise(line=line, title=title))
