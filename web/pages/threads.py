"""The threads of a case with offices, in short: who was written to, where it stands, on whom it waits."""

from __future__ import annotations

from typing import Any

from projections.phrases.catalogue import N_
from projections.phrases.rows import Row, who
from projections.phrases.threads import days, holder_of, how_many, kind_of, number_of, reason_of, standing_of
from services.home import Home
from services.reading.demarches import Asked, demarches
from web.rendering import Page

TURNS = {"us": N_("It is our turn."), "them": N_("It is the office’s turn.")}


def threads_model(page: Page, home: Home, ref: str) -> list[dict[str, Any]]:
    """Each thread that serves the case, by number."""
    return [_thread(page, row) for row in demarches(home, page.when, Asked(case=ref))]


def _thread(page: Page, row: Row) -> dict[str, Any]:
    state = standing_of(row, page.lang)
    return {
        "number": number_of(row["ref"]),
        "office": who(row["office"]) or kind_of(row, page.lang),
        "holder": holder_of(row["holder"], page.lang),
        "state": state[:1].upper() + state[1:],
        "reason": reason_of(row, page.lang),
        "said": _said(page, row),
    }


def _said(page: Page, row: Row) -> list[str]:
    """Letters and reminders; whose turn it is, and since when."""
    letters, reminders = how_many(row["attempts"], page.lang), how_many(row["reminders"], page.lang)
    counted = [page.say(N_("letters: {count}"), count=letters) if letters else "",
               page.say(N_("reminders: {count}"), count=reminders) if reminders else ""]  # fmt: skip
    turn = page.say(TURNS[row["whose_turn"]]) if row["whose_turn"] in TURNS else ""
    if row["days_waiting"] is not None:
        turn = page.say(N_("It is the office’s turn, for {days}."), days=days(row["days_waiting"], page.lang))
    return [line for line in (" · ".join(filter(None, counted)), turn) if line]
