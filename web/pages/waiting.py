"""What the marks of a thread show: how long it has waited, whose turn it is, what came of it, what was sent.

Each function gives a small mapping for the macro of the same name in `waiting.html`."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any, NamedTuple

from domain.time import earliest
from projections.phrases.catalogue import N_
from projections.phrases.offices import short_title
from projections.phrases.rows import Row, who
from services.home import Home
from web.rendering import Page

Model = dict[str, Any]


class Thresholds(NamedTuple):
    """The days after which a wait is late, and very late."""

    late: int
    very: int


USUAL = Thresholds(30, 60)
LEVELS = {"attente": N_("waiting so far"), "retard": N_("late"), "tres": N_("very late")}
THICK = {"attente": 3, "retard": 5, "tres": 7}
PX = 100  # the length of the axis

TURNS = {"us": N_("Ours"), "them": N_("Theirs"), "nobody": N_("Nobody’s")}
SENT = {
    "letter": (N_("{n} letter"), "{n} letters"),
    "request": (N_("{n} request"), "{n} requests"),
    "meeting_request": (N_("{n} request"), "{n} requests"),
}
MAILED = N_("{n} sending"), "{n} sendings"
REMINDED = N_("{n} reminder"), "{n} reminders"
ANSWERED = {
    "accepts": ("accepte", N_("Accepted")),
    "in_part": ("accepte", N_("Accepted in part")),
    "in_principle": ("accepte", N_("Agreed in principle")),
    "refuses": ("decline", N_("Request refused")),
    "no_promise": ("reponse", N_("Answer without a promise")),
}
MOST_STROKES = 15


def waiting_model(page: Page, rows: Row | Sequence[Row], limits: Thresholds = USUAL) -> Model | None:
    """The meter of a thread, or of several: that which has waited longest; null where nobody is awaited."""
    several: Sequence[Row] = [rows] if isinstance(rows, Mapping) else rows
    awaited = [row for row in several if row["whose_turn"] == "them" or row["paused"]]
    if not awaited:
        return None
    row = max(awaited, key=lambda one: (not one["paused"], one["days_waiting"] is not None, one["days_waiting"] or 0))
    least = row["days_waiting"]
    return meter_model(page, least, _most(row), paused=row["paused"], limits=limits)


def meter_model(
    page: Page, least: int | None, most: int | None, *, paused: bool = False, limits: Thresholds = USUAL
) -> Model:
    """A meter: at least so many days; at most so many, null where nobody knows. No least: their number is not known."""
    if paused:
        return {"min": least, "max": most, "unknown": least is None, "paused": True, "level": "attente",
                "words": page.say(N_("count suspended")), "said": "", **_drawn(least or 0, least or 0, limits)}  # fmt: skip
    if least is None:
        return {"min": None, "max": None, "unknown": True, "paused": False, "level": "attente",
                "words": page.say(N_("date not told")), "said": "", **_drawn(0, 0, limits)}  # fmt: skip
    level = "tres" if least >= limits.very else "retard" if least >= limits.late else "attente"
    return {
        "min": least,
        "max": most,
        "unknown": False,
        "paused": False,
        "level": level,
        "words": _days(page, least, most),
        "said": page.say(LEVELS[level]),
        "thick": THICK[level],
        **_drawn(least, most, limits),
    }


def _most(row: Row) -> int | None:
    """The days since the earliest day that the first letter can have; null where it may be any."""
    if row["days_waiting"] is None or not row["since"]:
        return None
    first = earliest(row["first_sent"]) if row["first_sent"] else date.fromisoformat(row["since"])
    return row["days_waiting"] + (date.fromisoformat(row["since"]) - first).days if first else None


def _days(page: Page, least: int, most: int | None) -> str:
    """« 84 j », « 94 à 100 j », « 94 j ou plus »."""
    if most == least:
        return page.say(N_("{n} d"), n=least)
    if most is None:
        return page.say(N_("{n} d or more"), n=least)
    return page.say(N_("{least} to {most} d"), least=least, most=most)


def _drawn(least: int, most: int | None, limits: Thresholds) -> Model:
    """Lengths on an axis that is full half as far again as what is very late."""
    full = max(limits.very, 1) * 3 // 2

    def px(days: int) -> int:
        return min(round(days * PX / full), PX)

    return {
        "solid": max(px(least), 2),
        "dashed": px(full if most is None else most),
        "beyond": least > full or (most or 0) > full,
        "ticks": [px(limits.late), px(limits.very)],
    }


def turn_model(page: Page, whose: str, name: str = "") -> Model:
    """Whose turn it is: `name` is whom we wait for, or what is ours to do."""
    if whose == "us" and name:
        return {"whose": whose, "words": page.say(N_("Ours: {what}"), what=name)}
    return {"whose": whose, "words": name or page.say(TURNS[whose])}


def thread_turn(page: Page, row: Row) -> Model:
    """Whose turn a thread waits for."""
    return turn_model(page, row["whose_turn"], short_title(who(row["office"])) if row["whose_turn"] == "them" else "")


def outcome_model(page: Page, row: Row) -> Model:
    """What has come of a thread so far: the name of its square mark, and the words."""
    key, words = _outcome(row)
    return {"key": key, "words": page.say(words)}


def _outcome(row: Row) -> tuple[str, str]:
    if row["paused"]:
        return "suspendu", N_("Suspended")
    match row["result"]:
        case "no_answer":
            return "sans-reponse", N_("No answer")
        case "declined":
            return "decline", N_("Meeting declined") if row["kind"] == "meeting_request" else N_("Request declined")
        case "redirected":
            return "renvoi", N_("Sent elsewhere")
        case "overtaken":
            return "depasse", N_("Overtaken by events")
        case "answered":
            return ANSWERED.get(row["answer"], ("reponse", N_("An answer came")))
        case "met":
            staff = not any(one["met"] == "holder" for one in row["meetings"] if one["state"] == "held")
            return "rencontre", N_("Staff met") if staff else N_("Holder met")
        case "meeting_planned":
            return "fixee", N_("Meeting is fixed")
    return _underway(row)


def _underway(row: Row) -> tuple[str, str]:
    """What nothing has come of yet."""
    if row["whose_turn"] == "us":
        return "a-nous", N_("Ours to follow")
    if row["whose_turn"] == "them":
        return ("recu", N_("Receipt acknowledged")) if row["state"] == "acknowledged" else ("attente", N_("Awaited"))
    return "envoye", N_("Sent, no answer expected")


def tally_model(page: Page, row: Row) -> Model:
    """What was sent, letters and reminders: a stroke for each, and the words."""
    letters, reminders = row["attempts"], row["reminders"]
    told = [_counted(page, SENT.get(row["kind"], MAILED), letters), _counted(page, REMINDED, reminders)]
    if not letters["min"] and letters["max"] is None:
        told[0] = page.say(N_("number of letters not told"))
    if not reminders["min"] and reminders["max"] is None:
        told[1] = page.say(N_("reminders not told"))
    least = letters["min"] + reminders["min"]
    more = letters["max"] is None or reminders["max"] is None or least > MOST_STROKES
    return {"strokes": min(least, MOST_STROKES), "more": more, "words": "; ".join(filter(None, told))}


def _counted(page: Page, noun: tuple[str, str], count: Row) -> str:
    """« 2 demandes ou plus (« plusieurs ») »; nothing for none."""
    if count["max"] == 0 or not (count["min"] or count["max"]):
        return ""
    words = page.count(*noun, count["min"] or count["max"])
    if count["max"] is None:
        words = page.say(N_("{counted} or more"), counted=words)
    elif count["max"] != count["min"]:
        words = page.say(N_("{least} to {counted}"), least=count["min"], counted=page.count(*noun, count["max"]))
    text = count["text"]
    quoted = text and not any(letter.isdigit() for letter in text)
    return page.say(N_("{counted} (“{words}”)"), counted=words, words=text) if quoted else words


def limits_of(home: Home) -> Thresholds:
    """The thresholds of the organisation."""
    organisation = home.store.present.organisation
    return Thresholds(organisation.late_after, organisation.very_late_after)
