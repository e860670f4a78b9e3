"""`bodies`, `people`: the directory, at a date."""

from __future__ import annotations

from typing import Any

import typer

from cli.layout import Column, bold, card, table
from cli.options import AsOf, Json, KnownAt
from cli.terminal import Terminal, here
from projections.phrases.catalogue import N_
from projections.phrases.choices import LANGUAGES, LEGISLATURES
from projections.phrases.dates import write_date
from projections.phrases.rows import Row, date_of, span, who
from services.wording import CHARGES

KINDS = {
    "assembly": N_("assembly"),
    "congress": N_("congress"),
    "council": N_("council"),
    "executive": N_("executive"),
    "emergency": N_("emergency meeting"),
}


def bodies(context: typer.Context, as_of: AsOf = None, known_at: KnownAt = None, as_json: Json = False) -> None:
    """Lists the bodies."""
    from services.reading import bodies as read

    show(context, read, as_of, known_at, as_json)


def people(context: typer.Context, as_of: AsOf = None, known_at: KnownAt = None, as_json: Json = False) -> None:
    """Lists the people."""
    from services.reading import people as read

    show(context, read, as_of, known_at, as_json)


def show(context: typer.Context, read: Any, as_of: str | None, known_at: str | None, as_json: bool) -> None:
    """One list of the directory."""
    from services.reading import When

    terminal = here(context)
    with terminal.reading() as home:
        rows = read(home, When(as_of, known_at))
    terminal.answer({"items": rows}, as_json, lambda: show_entries(terminal, rows))


def show_entries(terminal: Terminal, rows: list[Row]) -> None:
    """Reference, name, address, who holds which charge."""
    if not rows:
        return terminal.print(terminal.say(N_("Nobody and nothing here yet.")))
    columns = [Column(terminal.say(head), most) for head, most in
               ((N_("Reference"), 34), (N_("Name"), None), (N_("Address"), 30), (N_("Language"), 12),
                (N_("Charges"), 40))]  # fmt: skip
    listed = [
        (row["ref"], row["name"], row.get("mail") or "", _language(terminal, row),
         "\n".join((*_terms(terminal, row), *_away(terminal, row))))
        for row in rows
    ]  # fmt: skip
    terminal.print(*table(columns, listed))
    return None


def entry_card(terminal: Terminal, row: Row) -> list[str]:
    """One entry as it now stands."""
    say, lang = terminal.say, terminal.lang
    facts = [
        (say(N_("Name")), row["name"]),
        (say(N_("Date")), date_of(row.get("date"), lang)),
        (say(N_("Kind")), say(KINDS[row["kind"]]) if row.get("kind") in KINDS else row.get("kind") or ""),
        (say(N_("Title of a woman")), row.get("feminine") or ""),
        (say(N_("Legislature")), say(LEGISLATURES[row["legislature"]]) if row.get("legislature") else ""),
        (say(N_("Address")), "\n".join(filter(None, [*row.get("address", ()), row.get("phone"), row.get("mail")]))),
        (say(N_("Ended")), date_of(row.get("closed"), lang)),
        (say(N_("Gave way to")), "\n".join(who(heir) for heir in row.get("successors", ()))),
        (say(N_("Language")), _language(terminal, row)),
        (say(N_("Charges")), "\n".join((*_terms(terminal, row, past=True), *_away(terminal, row)))),
    ]
    return [bold(say("{ref}", ref=row["ref"])), *card(facts)]


def _language(terminal: Terminal, row: Row) -> str:
    return terminal.say(LANGUAGES[row["lang"]]) if row.get("lang") else ""


def _terms(terminal: Terminal, row: Row, past: bool = False) -> list[str]:
    return [_term(terminal, term) for term in row.get("terms", ()) if past or not term["over"]]


def _away(terminal: Terminal, row: Row) -> list[str]:
    """When a person is away, and who stands in."""
    if not (away := row.get("away")):
        return []
    days = away["since"] if away["until"] == away["since"] else f"{away['since']}/{away['until'] or '..'}"
    said = terminal.say(N_("away {when}"), when=write_date(days, terminal.lang, placed=True))
    instead = away["replaced_by"] and terminal.say(N_("in their place: {person}"), person=who(away["replaced_by"]))
    return [said, instead] if instead else [said]


def _term(terminal: Terminal, term: Row) -> str:
    charge = CHARGES.get(term["charge"])
    held = terminal.say(N_("{person}, {charge}"), person=who(term["person"]),
                        charge=terminal.say(charge) if charge else term["charge"])  # fmt: skip
    time = span(term["since"], term["until"] if term["over"] else "..", terminal.lang)
    over = terminal.say(N_("over")) if term["over"] else ""
    return f"{held} ({time or over})" if time or over else held
