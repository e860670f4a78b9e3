"""Cases, as lists and one by one."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date
from typing import Any
from uuid import UUID

from msgspec import to_builtins

from domain.base import Recorded
from domain.case.case import Case
from domain.case.events import CaseNoted
from domain.case.rules import name_of, words
from domain.case.told import pending_facts
from domain.time import latest
from domain.words import natural, sort_key
from projections.case_lists import Known, Outline, current_cases, known_cases
from projections.case_lists import outlines as outlined
from projections.case_rows import party, shape
from projections.phrases.catalogue import say
from services import access
from services.home import Home
from services.reading.attachments import rows_of
from services.reading.clocks import clocks_of
from services.reading.members import for_members
from services.reading.names import is_id, named
from services.reading.paragraphs import paragraphs_of
from services.reading.when import When, placed, today
from services.refs import CaseUnknown, EntryUnknown, Refs, read_ref
from services.subjects import Subject, fold


class NotACase(CaseUnknown):
    """{ref} is not a case. What is known of it: suivi history {ref}"""


def cases(
    home: Home, when: When, *, state: str | None = None, overdue: bool = False, owner: str | None = None,
    body: str | None = None, query: str | None = None, standing: bool = False, only: Sequence[UUID] | None = None,
) -> list[dict[str, Any]]:  # fmt: skip
    """The cases that the viewer may see, by assembly and number. `owner` and `body`: a REF or an exact name; `only`: of
    these, as they stood."""
    known = when.known(home)
    rows = _listed(home, when, known, only)
    if state is not None:
        rows = [row for row in rows if row["state"] == state]
    if overdue:
        day = known.day or date.fromisoformat(today(home))
        rows = [row for row in rows if is_overdue(row, day)]
    if standing:
        rows = [row for row in rows if row["standing"] and not row["final"]]
    if owner is not None:
        id = entry_id(home, owner, "person", "body")
        rows = [row for row in rows if row["owner"] and row["owner"]["id"] == id]
    if body is not None:
        id = entry_id(home, body, "body")
        rows = [row for row in rows if id in row["bodies"]]
    if query is not None:
        rows = list(filter(having(query), rows))
    rows.sort(key=lambda row: _place(row["home"], row["numbers"]))
    access.note_named(home, rows)
    return named(home, rows)


def outlines(home: Home, when: When) -> list[Outline]:
    """The same cases, in the same order, of which little is held."""
    viewer = home.viewer()
    found = list(outlined(home.reader, when.known(home), viewer.person, sorted(viewer.roles)))
    access.note_named(home, [{"ref": one.ref, "visibility": "named"} for one in found if one.named])
    return sorted(found, key=lambda one: _place(one.home, one.numbers))


def _place(home: str, numbers: Sequence[str]) -> tuple[Any, ...]:
    return sort_key(home), natural(numbers[0])


def is_overdue(row: dict[str, Any], day: date) -> bool:
    """Open, and its due date is over, to its last day."""
    due = latest(row["due"]) if row["due"] else None
    return not row["final"] and due is not None and due < day


def having(query: str) -> Callable[[dict[str, Any]], bool]:
    """Whether the numbers, the titles or the text of a row have every word of the query, accents or not."""
    wanted = sort_key(query).split()

    def has_words(row: dict[str, Any]) -> bool:
        found = sort_key(" ".join([*row["numbers"], row["title"], row["text"] or ""]))
        return all(word in found for word in wanted)

    return has_words


def case(home: Home, ref: str, when: When) -> dict[str, Any]:
    """One case, folded from its events, with what its list leaves out and what is possible now."""
    known = when.known(home)
    if read_ref(ref).kind != "case":
        raise NotACase(ref=ref)
    entries = placed(home, ref, known)
    folded = Case.fold(entries, known.day)
    if folded.adopted is None or folded.withdrawn:
        raise CaseUnknown(ref=ref)
    row = shown(named(home, [particulars(home, folded, entries, known) | {"clocks": clocks_of(home, folded)}])[0])
    return row if home.viewer().works_here else for_members(row)


def particulars(home: Home, folded: Case, entries: list[Recorded], known: Known) -> dict[str, Any]:
    """The case with what its list leaves out, with ids where a reader sees names."""
    told = {"paragraphs": paragraphs_of(home, folded, entries, known), "actions": actions(home, folded)}
    return shape(folded) | _more(folded, entries) | told


def shown(row: dict[str, Any]) -> dict[str, Any]:
    """A case with its names, without what is linked to it and not shown to the viewer."""
    tasks = [task | {"upon": None if is_id(task["upon"] or "") else task["upon"]} for task in row["tasks"]]
    return row | {"tasks": tasks, "links": [link for link in row["links"] if not is_id(link["to"])]}


def _more(folded: Case, entries: list[Recorded]) -> dict[str, Any]:
    positions = {entry.originator_version: entry.position for entry in entries}
    return {
        "final": folded.workflow.is_final(folded.state),
        "referrals": [{"body": str(body), "due": due} for body, due in folded.referrals],
        "postponed_until": folded.postponements,
        "residuals": folded.residuals,
        "tasks": [{"task": t.number, "text": t.text, "owner": party(t.owner), "due": t.due, "done": t.done,
                   "waits": t.waits, "upon": str(t.upon) if t.upon else None, "within": t.within}
                  for t in folded.tasks.values()],
        "notes": [_note(note) | {"position": positions[version]} for version, note in folded.notes],
        "links": [{"kind": kind, "to": str(to)} for kind, to in folded.links],
        "blocked_on": [{"on": party(b.on), "reason": b.reason, "since": b.since, "condition": b.condition}
                       for b in folded.blocks],
        "facts": [to_builtins(fact) for fact in pending_facts(folded)],
        "people": [str(person) for person in folded.people],
        "attachments": rows_of(folded.attachments, entries),
    }  # fmt: skip


def _note(note: CaseNoted) -> dict[str, Any]:
    lines = [note.source.first_line, note.source.last_line] if note.source else None
    return {"text": note.text, "audience": note.audience, "occurred": note.occurred, "part": note.part, "lines": lines}


def possible(home: Home, ref: str, lang: str) -> list[dict[str, Any]]:
    """Every verb for the viewer, now, and of those that are refused why, in a sentence."""
    folded = fold(placed(home, ref, Known()))
    roles = home.viewer().roles
    choices = folded.choices(roles)
    can = tuple(dict.fromkeys(choice.verb for choice in choices if choice.allowed))
    return [
        action | {
            "label": say("{verb}", lang, verb=name_of(choice.verb, folded.workflow)),
            "why_not": choice.refusal and say(
                words(folded.ref, replace(choice.refusal, possible=can), folded.workflow, roles), lang),
        }
        for action, choice in zip(actions(home, folded), choices, strict=True)
    ]  # fmt: skip


def actions(home: Home, folded: Subject) -> list[dict[str, Any]]:
    """Every verb for the viewer: where it leads and what it needs, or the kind of its refusal."""
    return [
        {"verb": c.verb, "allowed": c.allowed, "to": c.to, "required": list(c.required), "optional": list(c.optional),
         "refusal": c.refusal.kind if c.refusal else None}
        for c in folded.choices(home.viewer().roles)
    ]  # fmt: skip


def _listed(home: Home, when: When, known: Known, only: Sequence[UUID] | None) -> list[dict[str, Any]]:
    viewer = home.viewer()
    roles = sorted(viewer.roles)
    if when.now:
        return current_cases(home.reader, viewer.person, roles)
    return known_cases(home.reader, known, viewer.person, roles, only)


def entry_id(home: Home, text: str, *kinds: str) -> str:
    """The id of the entry that a REF or an exact name means."""
    found: tuple[str, UUID] | None = Refs(home.store).entry(text, kinds)
    if found is None:
        raise EntryUnknown(ref=text, kind=kinds[0])
    return str(found[1])
