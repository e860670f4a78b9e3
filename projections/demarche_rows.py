"""A thread with an office as its row tells it, with ids where a reader sees names."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any

from msgspec import to_builtins

from domain.amendments import standing
from domain.base import Event, Recorded
from domain.demarche.demarche import Demarche
from domain.demarche.events import DemarcheAnswered, DemarcheDeclined, DemarcheRedirected, DemarcheSent, ThreadMoved
from domain.demarche.meetings import Meeting, MeetingFixed, MeetingHeld
from domain.time import latest
from domain.values import Count
from projections.case_rows import party


def shape(demarche: Demarche, as_of: date | None = None) -> dict[str, Any]:
    """The thread in the contract's shape, and beside it what the questions about threads need. Empty before it began.
    `as_of`: the day up to which it was folded."""
    if demarche.sent is None:
        return {}
    history = [entry for entry in standing(demarche.history) if as_of is None or entry.day() <= as_of]
    who = {
        "ref": demarche.ref,
        "number": demarche.sent.number,
        "cases": [str(case) for case in demarche.cases],
        "office": _id(demarche.office),
        "redirected_to": _id(demarche.redirected_office),
        "goes_on_as": _id(demarche.redirected_to),
        "redirected_from": _id(demarche.redirected_from),
        "former_offices": [str(office) for office in demarche.former_offices],
        "holder": _id(demarche.holder),
        "legislature": demarche.legislature,
        "owner": party(demarche.owner),
    }
    return who | _asked(demarche.sent) | _standing(demarche) | _times(demarche, history) | {"version": demarche.version}


def _asked(sent: DemarcheSent) -> dict[str, Any]:
    """What was sent, and in whose name."""
    return {
        "kind": sent.kind,
        "workflow": sent.workflow,
        "expects_reply": sent.expects_reply,
        "channel": sent.channel,
        "by": party(sent.by),
        "behalf": party(sent.behalf),
        "cosigners": count(sent.cosigners) if sent.cosigners else None,
        "subject": sent.subject,
        "text": sent.text,
        "mailing": _id(sent.mailing),
    }


def _standing(demarche: Demarche) -> dict[str, Any]:
    """Where it stands, and what came of it."""
    return {
        "state": demarche.state,
        "final": demarche.final,
        "result": demarche.result,
        "answer": demarche.answer,
        "reason": demarche.reason,
        "attempts": count(demarche.attempts),
        "reminders": count(demarche.reminders),
        "meetings": [meeting(each) for each in demarche.meetings],
        "whose_turn": demarche.whose_turn,
        "unanswered": demarche.unanswered,
        "awaits": demarche.awaits,
        "wait_until": demarche.wait_until,
        "paused": demarche.paused,
        "pauses": [{"since": p.since, "reason": p.reason, "until": p.until, "upon": _id(p.upon), "over": p.over}
                   for p in demarche.pauses],
    }  # fmt: skip


def _times(demarche: Demarche, history: Sequence[Recorded]) -> dict[str, Any]:
    """`since`: the day from which the days are counted that we wait, null if nobody knows it; `counted_from`: that from
    which the delay of an answer runs. `response`: whether the office ever reacted but by a receipt, and when (EDTF, or
    null); `ended`: when the thread ended, as told."""
    return {
        "first_sent": demarche.first_sent,
        "last_contact": demarche.last_contact,
        "since": _since(demarche),
        "counted_from": _counted_from(demarche).isoformat(),
        "response": _response(history),
        "ended": _ended(history) if demarche.final else None,
    }


def count(one: Count) -> dict[str, Any]:
    """How many, as an interval; `max` is null where nobody knows."""
    return {"min": one.min, "max": one.max, "text": one.text}


def meeting(one: Meeting) -> dict[str, Any]:
    """A meeting, or a link of its chain."""
    keys = ("date", "state", "met", "place", "holder", "delegation", "reason")
    facts = to_builtins(one)
    return {key: facts[key] for key in keys}


def _id(id: Any) -> str | None:
    return None if id is None else str(id)


def _since(demarche: Demarche) -> str | None:
    """The latest day of the first letter, else of the redirection that opened the thread."""
    assert demarche.sent
    begun = demarche.first_sent or (demarche.sent.occurred if demarche.sent.redirected_from else None)
    return _id(latest(begun)) if begun else None


def _counted_from(demarche: Demarche) -> date:
    """The same, or where nobody knows it the day by which it had begun; the days of pauses do not count."""
    began = _since(demarche)
    day = date.fromisoformat(began) if began else demarche.history[0].limit()
    for pause in demarche.pauses:
        since, over = latest(pause.since), latest(pause.over) if pause.over else None
        day += max(over - since, timedelta()) if since and over else timedelta()
    return day


def _response(history: Sequence[Recorded]) -> dict[str, Any] | None:
    """The first sign from the office that is more than a receipt."""
    return next(({"occurred": entry.event.occurred} for entry in history if _responds(entry.event)), None)


def _responds(event: Event) -> bool:
    match event:
        case DemarcheAnswered():
            return event.answer != "acknowledges_only"
        case MeetingFixed():
            return event.confirmed
        case DemarcheDeclined() | DemarcheRedirected() | MeetingHeld():
            return True
    return False


def _ended(history: Sequence[Recorded]) -> str | None:
    """The date of what last moved the thread."""
    return next((e.event.occurred for e in reversed(history) if isinstance(e.event, ThreadMoved)), None)
