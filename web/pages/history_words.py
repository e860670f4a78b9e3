"""The particulars of a case in words: what each is called, and what it says."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from domain.time import Edtf
from projections.phrases.catalogue import N_
from projections.phrases.rows import AUDIENCE, LINK, VISIBILITY, Row, joined, label_of, state_word_of, who
from projections.phrases.threads import ANSWERS, UNADDRESSED, how_many, meeting_line, reason_of
from services.reading.names import is_id
from web.rendering import Page

SIGNS = {"added": ("+", N_("Added")), "changed": ("~", N_("Changed")), "removed": ("−", N_("Removed"))}
LABELS = {
    "case": N_("Case"),
    "title": N_("Title"),
    "text": N_("Text"),
    "state": N_("State"),
    "part": N_("Part {about}"),
    "proposal": N_("Proposed state"),
    "owner": N_("Followed by"),
    "due": N_("Due"),
    "waiting": N_("Waiting for"),
    "referral": N_("Referred to"),
    "residual": N_("Remains to be done"),
    "task": N_("Task {about}"),
    "thread": N_("Thread {about}"),
    "letters": N_("Letters"),
    "reminders": N_("Reminders"),
    "meeting": N_("Meeting"),
    "pause": N_("Pause"),
    "thread-note": N_("Note of a thread"),
    "note": N_("Note"),
    "paragraph": N_("Paragraph of the report"),
    "link": N_("Link"),
    "file": N_("File"),
    "visibility": N_("May be read by"),
}
PLANNED = N_("Planned meeting")
FOR_ASSEMBLY = N_("Note for the assembly")
MOST = 900  # letters of a text beside another


def change_model(page: Page, change: Row) -> dict[str, Any]:
    """A change as a row: its sign, what it is of, the old and the new in words."""
    sign, word = SIGNS[change["sign"]]
    return {
        "kind": change["sign"], "sign": sign, "word": page.say(word), "label": label(page, change),
        "old": words(page, change, "old"), "new": words(page, change, "new"),
        "long": change["kind"] in ("text", "note", "paragraph"),
    }  # fmt: skip


def label(page: Page, change: Row) -> str:
    """What the particular is called."""
    kind, row = change["kind"], change["new"] or change["old"]
    if kind == "note" and row["audience"] == "assembly":
        return page.say(FOR_ASSEMBLY)
    if kind == "meeting" and row["state"] in ("hoped", "fixed"):
        return page.say(PLANNED)
    if kind == "title" and change["about"]:
        return page.say(N_("Title of {number}"), number=change["about"])
    return page.say(LABELS[kind], about=change["about"])


def words(page: Page, change: Row, side: str) -> str:
    """What one side of a change says; nothing where it is not there."""
    row = change[side]
    if row is None:
        return ""
    said = _SAID[change["kind"]](page, row)
    return said if len(said) <= MOST else said[:MOST].rpartition(" ")[0] + " […]"


def _state(page: Page, row: Row) -> str:
    state = state_word_of(row, page.lang, row["kind"])
    state = state[:1].upper() + state[1:]
    until = row.get("until") and page.say(N_("until: {day}"), day=Edtf(row["until"]))
    return joined((state, until or "", page.say(N_("by: {who}"), who=who(row["on"])) if row.get("on") else ""))


def _case(page: Page, row: Row) -> str:
    return page.say(
        N_("Resolution {numbers}: {state}"), numbers=" – ".join(row["numbers"]), state=_state(page, row).lower()
    )


def _waiting(page: Page, row: Row) -> str:
    since = page.say(N_("waiting began {day.placed}"), day=Edtf(row["since"])) if row["since"] else ""
    return joined((who(row["who"]), row["condition"] or "", since))


def _referral(page: Page, row: Row) -> str:
    body = who(row["who"])
    return page.say(N_("{body}, report due: {day}"), body=body, day=Edtf(row["due"])) if row["due"] else body


def _task(page: Page, row: Row) -> str:
    done = page.say(N_("done")) if row["done"] else page.day(row["due"]) if row["due"] else ""
    return joined((row["text"], who(row["who"]), done))


def _note(page: Page, row: Row) -> str:
    day = f"({page.day(row['occurred'])})" if row["occurred"] else ""
    audience = page.say(AUDIENCE["internal"]) if row["audience"] == "internal" else ""
    return " ".join(filter(None, (" ".join(row["text"].split()), day, f"· {audience}" if audience else "")))


def _link(page: Page, row: Row) -> str:
    to = page.say(N_("another case")) if is_id(row["to"]) else row["to"]
    return f"{page.say(LINK[row['kind']]) if row['kind'] in LINK else row['kind']} {to}"


def _visibility(page: Page, row: Row) -> str:
    people = ", ".join(who(person) for person in row["people"])
    return joined((page.say(VISIBILITY[row["to"]]), people))


def _thread(page: Page, row: Row) -> str:
    state = label_of(row["state"], page.lang, "demarche")
    state = page.say(N_("{state}, no answer"), state=state) if row["result"] == "no_answer" else state
    answer = page.say(ANSWERS[row["answer"]]) if row["answer"] in ANSWERS else ""
    until = page.say(N_("until: {day}"), day=Edtf(row["until"])) if row["until"] else ""
    return joined((_of(page, row, state), answer, reason_of(row, page.lang), until, who(row["who"])))


def _counted(page: Page, row: Row) -> str:
    return _of(page, row, how_many(row["count"], page.lang))


def _meeting(page: Page, row: Row) -> str:
    holder = row["holder"] | {"former": False} if isinstance(row["holder"], dict) else None
    return _of(page, row, meeting_line(row | {"holder": holder}, page.lang))


def _pause(page: Page, row: Row) -> str:
    until = page.say(N_("until: {day}"), day=Edtf(row["until"])) if row["until"] else ""
    return _of(page, row, joined((row["reason"], until)))


def _of(page: Page, row: Row, said: str) -> str:
    """Of which thread: « Éducation : 3 »."""
    office = row["office"]["name"] if isinstance(row["office"], dict) else page.say(UNADDRESSED[row["sent"]])
    return page.say(N_("{office}: {said}"), office=office, said=said)


_SAID: dict[str, Callable[[Page, Row], str]] = {
    "case": _case,
    "state": _state, "part": _state, "proposal": _state,
    "title": lambda page, row: str(row["text"]),
    "text": lambda page, row: " ".join(row["text"].split()),
    "residual": lambda page, row: str(row["text"]),
    "paragraph": lambda page, row: " ".join(row["text"].split()),
    "file": lambda page, row: str(row["text"]),
    "owner": lambda page, row: who(row["who"]),
    "due": lambda page, row: page.day(row["date"]),
    "waiting": _waiting, "referral": _referral, "task": _task, "note": _note, "thread-note": _note, "link": _link,
    "visibility": _visibility, "thread": _thread, "letters": _counted, "reminders": _counted, "meeting": _meeting,
    "pause": _pause,
}  # fmt: skip
