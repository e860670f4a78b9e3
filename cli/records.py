"""`records`, `record`: what the organisation did beside its cases and its threads."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated

import typer

from cli.layout import Column, bold, card, table, wrapped
from cli.options import AsOf, Json, KnownAt
from cli.terminal import Terminal, here
from projections.phrases.annals import FORMS, KINDS, RELATIONS, facts_of
from projections.phrases.catalogue import N_
from projections.phrases.rows import Row, date_of, joined, who
from projections.phrases.threads import how_many

Kind = Annotated[
    str | None, typer.Option(metavar=N_("KIND"), help=N_("Only those of a kind: activity, alliance, figure…"))
]
Query = Annotated[str | None, typer.Option(metavar=N_("WORDS"), help=N_("Only those that hold all of these words."))]
Since = Annotated[str | None, typer.Option(metavar="DATE", help=N_("Only those of that day or later."))]
Until = Annotated[str | None, typer.Option(metavar="DATE", help=N_("Only those of that day or earlier."))]


def records(
    context: typer.Context, kind: Kind = None, query: Query = None, since: Since = None, until: Until = None,
    as_of: AsOf = None, known_at: KnownAt = None, as_json: Json = False,
) -> None:  # fmt: skip
    """Lists the records."""
    from services.reading import When
    from services.reading.records import asked_of
    from services.reading.records import records as read

    terminal = here(context)
    with terminal.reading() as home:
        rows = read(home, When(as_of, known_at), asked_of(home, kind, query, since, until))
    narrowed = any((kind, query, since, until, as_of, known_at))
    terminal.answer({"items": rows}, as_json, lambda: show(terminal, rows, narrowed))


def show(terminal: Terminal, rows: list[Row], narrowed: bool) -> None:
    """The records by kind, and what to type next."""
    if not rows:
        nothing = N_("No record yet. To write one down: suivi act record:new create --set kind=activity --set title=…")
        return terminal.print(terminal.say(N_("Nothing is as asked.") if narrowed else nothing))
    lang = terminal.lang
    columns = [Column(terminal.say(head), most) for head, most in
               ((N_("No."), 6), (N_("Kind"), 24), (N_("Date"), 24), (N_("Title"), None), (N_("Facts"), 40))]  # fmt: skip
    listed = [(str(row["number"]), terminal.say(KINDS[row["kind"]]), date_of(row["date"], lang), row["title"],
               joined(facts_of(row, lang))) for row in rows]  # fmt: skip
    terminal.print(*table(columns, listed))
    count = terminal.count(N_("{n} record"), "{n} records", len(rows))
    return terminal.print("", count, terminal.say(N_("To see one: suivi record {ref}"), ref=str(rows[0]["number"])))


def record(
    context: typer.Context,
    ref: Annotated[str, typer.Argument(metavar="REF", help=N_("A record: 12, or record:12."))],
    as_of: AsOf = None, known_at: KnownAt = None, as_json: Json = False,
) -> None:  # fmt: skip
    """Shows one record."""
    from services.reading import When
    from services.reading.records import record as read
    from services.reading.records import record_ref

    terminal = here(context)
    with terminal.reading() as home:
        found = read(home, record_ref(ref), When(as_of, known_at))
    terminal.answer(found, as_json, lambda: terminal.print(*record_card(terminal, found)))


def record_card(terminal: Terminal, row: Row) -> list[str]:
    """One record, whole."""
    heading = f"{row['ref']} · {row['title']}"
    lines = [*(bold(line) for line in wrapped(heading)), "", *card(facts(terminal, row))]
    if row["text"]:
        lines += ["", bold(terminal.say(N_("Text"))), *wrapped(row["text"], 2)]
    return [*lines, "", terminal.say(N_("Its whole history: suivi history {ref}"), ref=row["ref"])]


def facts(terminal: Terminal, row: Row) -> Iterator[tuple[str, str]]:
    """What there is to say of it, label and words."""
    say, lang = terminal.say, terminal.lang
    yield say(N_("Kind")), say(KINDS[row["kind"]])
    yield say(N_("Date")), joined((date_of(row["date"], lang), row["date_words"] or ""))
    yield say(N_("Place")), row["place"] or ""
    yield say(N_("What was written")), say(FORMS[row["form"]]) if row["form"] else ""
    yield say(N_("Addressed to")), ", ".join(who(one) for one in row["addressees"])
    yield say(N_("With")), ", ".join(who(one) for one in row["parties"])
    yield say(N_("Co-signers")), how_many(row["cosigners"], lang) if row["cosigners"] else ""
    yield say(N_("What we are in it")), say(RELATIONS[row["relation"]]) if row["relation"] else ""
    yield say(N_("Figures")), "\n".join(f"– {one['words']}" for one in row["figures"])
    yield say(N_("Published in")), row["published"] or ""
    yield say(N_("Goes with")), ", ".join(row["links"])
    yield say(N_("Source")), _source(terminal, row)
    yield say(N_("State")), say(N_("withdrawn")) if row["withdrawn"] else ""


def _source(terminal: Terminal, row: Row) -> str:
    if not (source := row["source"]):
        return ""
    lines = {"key": source["document"] or "", "first": source["first_line"], "last": source["last_line"]}
    return terminal.say(N_("import {key}, lines {first} to {last}"), **lines)
