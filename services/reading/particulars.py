"""A case as a list of particulars, each under a name that stays: what two times are compared by, and two entries."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from typing import Any, NamedTuple

from msgspec import to_builtins

from domain.base import Recorded
from domain.case.case import Case
from domain.case.events import Part
from domain.demarche.demarche import Demarche
from projections.case_rows import party
from projections.demarche_rows import count, meeting

Row = dict[str, Any]


class Name(NamedTuple):
    """What a particular is of: its kind (`KINDS`), and of which part, task, note, thread… where there are several."""

    kind: str
    about: str = ""


KINDS = (
    "case", "title", "text", "state", "part", "proposal", "owner", "due", "waiting", "referral", "residual", "task",
    "thread", "letters", "reminders", "meeting", "pause", "thread-note", "note", "paragraph", "link", "file", "visibility",
)  # fmt: skip
"""In the order in which they are told."""

OF_THREADS = frozenset(("thread", "letters", "reminders", "meeting", "pause", "thread-note"))

Particulars = dict[Name, Row]


def particulars(case: Case | None, threads: Iterable[Demarche]) -> Particulars:
    """The case and its threads as they stand; nothing of a case that is not there. Ids stand where a reader sees names."""
    if case is None or case.adopted is None or case.withdrawn:
        return {}
    found = dict(_of_case(case))
    for thread in threads:
        if thread.sent and case.id in thread.cases:
            found |= dict(_of_thread(thread))
    return found


def folded(histories: Sequence[Sequence[Recorded]], day: date | None) -> Particulars:
    """The same from histories: the case's first, then those of its threads. A thread that had not begun has none."""
    case, *threads = [list(history) for history in histories]
    if not case:
        return {}
    return particulars(Case.fold(case, day), [Demarche.fold(thread, day) for thread in threads if thread])


def _of_case(case: Case) -> Iterator[tuple[Name, Row]]:
    assert case.adopted
    yield Name("case"), {"numbers": list(case.adopted.numbers)}
    for number, title in case.titles.items():
        yield Name("title", number if len(case.titles) > 1 else ""), {"text": title}
    if case.text:
        yield Name("text"), {"text": case.text}
    yield from _standing(case)
    if case.owner:
        yield Name("owner"), {"who": party(case.owner)}
    if case.due:
        yield Name("due"), {"date": case.due}
    for n, waited in enumerate(case.waiting_on, 1):
        yield Name("waiting", str(n)), {"who": party(waited.on), "since": waited.since, "condition": waited.condition}
    for n, (body, due) in enumerate(case.referrals, 1):
        yield Name("referral", str(n)), {"who": {"kind": "body", "id": str(body), "words": None}, "due": due}
    yield from _told(case)
    if case.visibility != "open":
        yield Name("visibility"), {"to": case.visibility, "people": sorted(str(person) for person in case.people)}


def _standing(case: Case) -> Iterator[tuple[Name, Row]]:
    """Where it stands, whole and part by part, and what an import says of that."""
    kind = case.adopted.kind if case.adopted else ""
    until = {part.until for part in case.parts if part.until}
    blocked = party(case.blocks[-1].on) if case.state == "blocked" and case.blocks else None
    yield Name("state"), {"state": case.state, "completion": case.completion, "kind": kind, "on": blocked,
                          "until": until.pop() if case.state == "postponed" and len(until) == 1 else None}  # fmt: skip
    if len(case.parts) > 1:
        yield from ((Name("part", part.label), _part(part, kind)) for part in case.parts)
    for one in case.proposals:
        yield Name("proposal", one.part or ""), {"state": one.state, "completion": one.completion, "kind": kind}


def _part(part: Part, kind: str) -> Row:
    return {"state": part.state, "completion": part.completion, "kind": kind, "until": part.until}


def _told(case: Case) -> Iterator[tuple[Name, Row]]:
    """What was written down, to be done, or attached."""
    for n, text in enumerate(case.residuals, 1):
        yield Name("residual", str(n)), {"text": text}
    for task in case.tasks.values():
        yield Name("task", str(task.number)), {"text": task.text, "who": party(task.owner), "due": task.due,
                                               "done": task.done}  # fmt: skip
    for version, note in case.notes:
        yield Name("note", str(version)), {"text": note.text, "audience": note.audience, "occurred": note.occurred,
                                           "part": note.part}  # fmt: skip
    for version, approved in case.paragraphs:
        yield Name("paragraph", str(version)), {"text": approved.text}
    for n, (kind, to) in enumerate(case.links, 1):
        yield Name("link", str(n)), {"kind": kind, "to": str(to)}
    for version, file in case.attachments:
        yield Name("file", str(version)), {"text": file.name}


def _of_thread(thread: Demarche) -> Iterator[tuple[Name, Row]]:
    assert thread.sent
    number = str(thread.sent.number)
    of = {"thread": number, "office": str(thread.office) if thread.office else None, "sent": thread.sent.kind}
    yield Name("thread", number), of | {
        "state": thread.state, "answer": thread.answer, "reason": thread.reason, "who": party(thread.owner),
        "until": thread.wait_until, "result": thread.result,
    }  # fmt: skip
    for kind, one in (("letters", thread.attempts), ("reminders", thread.reminders)):
        if one.max != 0:
            yield Name(kind, number), of | {"count": count(one)}
    for n, each in enumerate(thread.meetings, 1):
        yield Name("meeting", f"{number}:{n}"), of | meeting(each)
    if pause := thread.pause:
        yield Name("pause", number), of | {"reason": pause.reason, "until": pause.until}
    for version, note in thread.notes:
        yield Name("thread-note", f"{number}:{version}"), of | {"text": note.text, "audience": note.audience,
                                                                "occurred": note.occurred}  # fmt: skip
    for version, file in thread.attachments:
        yield Name("file", f"{number}:{version}"), of | {"text": file.name}


class Change(NamedTuple):
    """A particular that is not the same: only `old` was removed, only `new` was added."""

    name: Name
    old: Row | None
    new: Row | None

    @property
    def sign(self) -> str:
        return "added" if self.old is None else "removed" if self.new is None else "changed"


def changes(old: Particulars, new: Particulars) -> list[Change]:
    """What differs, in the order of `KINDS`. Of a case that was not there, or is no more, that alone."""
    if not (old and new):
        return [Change(Name("case"), _brief(old), _brief(new))] if old or new else []
    names = ordered(old.keys() | new.keys())
    return [Change(name, old.get(name), new.get(name)) for name in names if old.get(name) != new.get(name)]


def _brief(found: Particulars) -> Row | None:
    """A case in short: its number, and where it stood."""
    return found[Name("case")] | found[Name("state")] if found else None


def ordered(found: Iterable[Name]) -> list[Name]:
    """Particulars as they are told: by kind, those of a thread together."""
    return sorted(found, key=_place)


def _place(name: Name) -> tuple[Any, ...]:
    about = [(int(part) if part.isdecimal() else 0, part) for part in name.about.split(":")]
    if name.kind in OF_THREADS:
        return KINDS.index("thread"), about[:1], KINDS.index(name.kind), about
    return KINDS.index(name.kind), about


def plain(change: Change) -> Row:
    """A change as a row, for names to be put in it."""
    return {"sign": change.sign, "kind": change.name.kind, "about": change.name.about,
            "old": to_builtins(change.old), "new": to_builtins(change.new)}  # fmt: skip
