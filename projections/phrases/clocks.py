"""The words of a clock as a list or a card shows it: what is due, how it stands, which reminder comes next."""

from __future__ import annotations

from datetime import datetime

from projections.phrases.catalogue import N_, plural, say
from projections.phrases.dates import write_date, write_instant
from projections.phrases.nouns import body_noun, person_noun, subject_noun
from projections.phrases.rows import Row

DEADLINES = {
    "due": N_("due date"),
    "report": N_("report {body}"),
    "task": N_("task {number}"),
    "until": N_("end of the postponement"),
    "review": N_("review of the result"),
    "answer": N_("answer to the letter"),
    "reminder": N_("answer to the reminder"),
    "announced": N_("announced answer"),
    "ours": N_("our turn to act"),
    "meeting": N_("meeting fixed"),
    "pause": N_("end of the pause"),
    "personal": N_("reminder asked for by {person}"),
}
STATES = {
    "running": N_("followed"),
    "acknowledged": N_("acknowledged"),
    "lapsed": N_("past before it was recorded"),
    "spent": N_("no reminder left"),
}


def deadline_name(row: Row, lang: str) -> str:
    """« Échéance », « Rapport du comité », « Tâche 2 »."""
    name = row["about"]["name"] if isinstance(row["about"], dict) else None
    whose = {"body": body_noun(name, lang).of, "person": person_noun(name, lang)}
    words = say(DEADLINES[row["kind"]], lang, number=str(row["about"]), **whose)
    return words[:1].upper() + words[1:]


def clock_said(row: Row, lang: str, zone: str) -> str:
    """The instant of the next reminder, or why there is none."""
    at = row["next"]["at"] if row.get("next") else row.get("next_at")
    return write_instant(datetime.fromisoformat(at), lang, zone) if at else say(STATES[row["state"]], lang)


def clock_line(row: Row, lang: str, zone: str) -> str:
    """« Échéance, 30 septembre 2024 (rappel : 1er octobre 2024, 8 h 00) »."""
    facts = {"name": deadline_name(row, lang), "date": write_date(row["due"], lang), "told": clock_said(row, lang, zone)}
    return say(N_("{name}, {date} (reminder: {told})") if row["next"] else N_("{name}, {date} ({told})"), lang, **facts)


def wait_said(task: Row, lang: str) -> str:
    """« Dans les 10 jours ouvrables suivant la fin de la démarche 3 »: of a task that waits."""
    template = N_("within {n} working day of the end {what}"), "within {n} working days of the end {what}"
    return plural(*template, task["within"], lang, what=subject_noun(task["upon"], lang).of)
