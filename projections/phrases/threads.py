"""The words of a thread with an office as a list, a card or a page shows it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from domain.values import Count
from projections.phrases.catalogue import N_, plural, say
from projections.phrases.counts import count_words
from projections.phrases.dates import write_date
from projections.phrases.rows import Row, joined, label_of, who

UNADDRESSED = {
    "letter": N_("letter"),
    "request": N_("formal request"),
    "meeting_request": N_("request for a meeting"),
    "petition": N_("petition"),
    "open_letter": N_("open letter"),
    "press_release": N_("press release"),
    "congratulations": N_("congratulations"),
}
CHANNELS = {
    "post": N_("by mail"),
    "email": N_("by e-mail"),
    "phone": N_("by telephone"),
    "in_person": N_("in person"),
    "form": N_("by a form"),
}
TURNS = {"us": N_("ours"), "them": N_("theirs"), "nobody": N_("nobody’s")}
ANSWERS = {
    "accepts": N_("it accepts"),
    "in_part": N_("it accepts in part"),
    "in_principle": N_("it agrees in principle"),
    "refuses": N_("it refuses"),
    "no_promise": N_("it promises nothing"),
    "asks_precision": N_("it asks for details"),
    "acknowledges_only": N_("it only says that the letter came"),
}
MEETINGS = {
    "hoped": N_("hoped for"),
    "fixed": N_("fixed"),
    "moved": N_("moved"),
    "cancelled": N_("cancelled"),
    "held": N_("held"),
}
MET = {"holder": N_("the holder of the office"), "staff": N_("the staff only")}
OVERTAKEN = N_("overtaken by events")


def number_of(ref: str) -> str:
    """« 12 », of « demarche:12 »."""
    return ref.partition(":")[2]


def kind_of(row: Row, lang: str) -> str:
    """« lettre, par la poste »."""
    channel = say(CHANNELS[row["channel"]], lang) if row["channel"] in CHANNELS else ""
    return ", ".join(filter(None, (say(UNADDRESSED[row["kind"]], lang), channel)))


def holder_of(holder: Any, lang: str) -> str:
    """A holder by name, « de l’époque » for one who no longer is."""
    if not isinstance(holder, Mapping):
        return ""
    return say(N_("{name}, then in office"), lang, name=holder["name"]) if holder["former"] else str(holder["name"])


def office_of(row: Row, lang: str) -> str:
    """An office, with its holder."""
    holder = holder_of(row["holder"], lang)
    name = who(row["office"]) or say(UNADDRESSED[row["kind"]], lang)
    return say(N_("{office} ({holder})"), lang, office=name, holder=holder) if holder else name


def standing_of(row: Row, lang: str) -> str:
    """« Envoyée, sans réponse », « Close, refusée »."""
    if row["reason"] == "overtaken":
        return say(N_("Closed, overtaken by events"), lang)
    state = label_of(row["state"], lang, "demarche")
    if row["paused"]:
        return say(N_("{state}, paused"), lang, state=state)
    silent = row["result"] == "no_answer" and not row["final"]
    return say(N_("{state}, no answer"), lang, state=state) if silent else state


def how_many(count: Row, lang: str) -> str:
    """« 9 », « au moins 3 »; nothing for none."""
    return count_words(Count(count["min"], count["max"]), lang) if count["max"] != 0 else ""


def days(n: int | None, lang: str) -> str:
    """« 89 jours »."""
    return "" if n is None else plural(N_("{n} day"), "{n} days", n, lang)


def reason_of(row: Row, lang: str) -> str:
    """Why it was declined or closed."""
    return say(OVERTAKEN, lang) if row["reason"] == "overtaken" else row["reason"] or ""


def meeting_line(one: Row, lang: str) -> str:
    """« 24 septembre 2024, fixée · Québec »."""
    date = write_date(one["date"], lang) if one["date"] else say(N_("date not said"), lang)
    met = say(MET[one["met"]], lang) if one["met"] else ""
    with_whom = say(N_("with {who}"), lang, who=holder_of(one["holder"], lang) or met) if met else ""
    return joined((f"{date}, {say(MEETINGS[one['state']], lang)}", with_whom if one["met"] == "holder" else met,
                   one["place"] or "", one["reason"] or ""))  # fmt: skip


def thread_line(row: Row, lang: str) -> str:
    """A thread in short: number, office, where it stands, letters and reminders, how long it has waited."""
    counted = (
        (N_("letters: {count}"), how_many(row["attempts"], lang)),
        (N_("reminders: {count}"), how_many(row["reminders"], lang)),
        (N_("waiting for {count}"), days(row["days_waiting"], lang)),
    )
    told = [say(template, lang, count=count) for template, count in counted if count]
    return joined((f"{number_of(row['ref'])}. {office_of(row, lang)}", standing_of(row, lang), *told))
