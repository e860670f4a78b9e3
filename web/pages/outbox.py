"""What goes out: what waits, what was sent, what was set aside and why; one message as its reader gets it."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from projections.phrases.catalogue import N_, plural
from projections.phrases.dates import write_instant
from projections.phrases.rows import Row
from services.home import Home
from services.mail.outbox import letter, listing
from web.pages.listing import PATH as CASES
from web.rendering import Page

PATH = "/envois"
SECTIONS = {
    "bounced": N_("Came back"),
    "parked": N_("Set aside"),
    "waiting": N_("Waiting"),
    "sent": N_("Sent"),
}
RETURN_ON = N_("Waits for its reader to come back: to go from {instant} on")
RETURN = N_("Waits for its reader to come back")
IN_APP = N_("In the inbox since {instant}")
GATHERED = N_("Gathered into one mail on {instant}")


def outbox_model(page: Page, home: Home) -> dict[str, Any]:
    """The messages by where they stand, those that ask for someone first."""
    zone = home.store.present.calendar.zone
    rows = [message(page, row, zone) for row in listing(home, lang=page.lang)]
    sections = [
        {"name": page.say(name), "state": state, "rows": [row for row in rows if row["state"] == state]}
        for state, name in SECTIONS.items()
    ]
    return {
        "sections": [section for section in sections if section["rows"]],
        "sends": home.settings.smtp_url is not None,
        "counted": page.count(N_("{n} message"), "{n} messages", len(rows)),
    }


def message(page: Page, row: Row, zone: str) -> dict[str, Any]:
    """One message, in words. A thread has no page of its own; the subject names it."""
    case = None if (row["case"] or "").startswith("demarche:") else row["case"]
    return {
        "state": row["state"],
        "href": page.link(f"{PATH}/{row['id']}"),
        "case": case,
        "case_href": page.link(f"{CASES}/{case}") if case else "",
        "subject": row["subject"] or page.say(N_("(a case that you may not see)")),
        "recipient": row["recipient"]["name"] if row["recipient"] else page.say(N_("(someone who is not in the directory)")),
        "when": _when(page, row, zone),
        "reason": row["reason"] or "",
        "tries": plural(N_("tried {n} time"), "tried {n} times", row["tries"], page.lang) if row["tries"] else "",
    }


def _when(page: Page, row: Row, zone: str) -> str:
    if row["state"] == "bounced":
        return page.say(N_("Came back on {instant}"), instant=datetime.fromisoformat(row["bounced_at"]), zone=zone)
    if row["held"] and row["state"] == "waiting":
        back = row["next_try"] and datetime.fromisoformat(row["next_try"])
        return page.say(RETURN_ON, instant=back, zone=zone) if back else page.say(RETURN)
    if row["channel"] != "mail" and row["sent_at"]:
        at = datetime.fromisoformat(row["sent_at"])
        return page.say(IN_APP if row["channel"] == "inbox" else GATHERED, instant=at, zone=zone)
    if row["sent_at"]:
        return page.say(N_("Sent on {instant}"), instant=datetime.fromisoformat(row["sent_at"]), zone=zone)
    if row["state"] == "waiting":
        return page.say(N_("To go from {instant} on"), instant=datetime.fromisoformat(row["next_try"]), zone=zone)
    return page.say(N_("Written on {instant}"), instant=datetime.fromisoformat(row["created_at"]), zone=zone)


def letter_model(page: Page, home: Home, id: str) -> dict[str, Any]:
    """One message with its text, where it has one."""
    zone = home.store.present.calendar.zone
    row = letter(home, id, page.lang)
    return {
        "message": message(page, row, zone),
        "written": write_instant(datetime.fromisoformat(row["created_at"]), page.lang, zone),
        "text": row["text"],
        "tongue": row["lang"],
        "state": page.say(SECTIONS[row["state"]]),
        "list": page.link(PATH),
    }
