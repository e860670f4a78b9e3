"""`inbox`: what one was told, read here whatever way it went."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated
from uuid import UUID

import typer

from cli.layout import Column, bold, card, table
from cli.options import As, Json
from cli.sending import ID, lines_of
from cli.terminal import Terminal, here
from cli.usage import NotTogether
from projections.phrases.catalogue import N_
from projections.phrases.rows import Row, day_of_instant

PATH = "suivi inbox"
ALL = frozenset({"all", "tout", "tous"})


def inbox(
    context: typer.Context,
    id: Annotated[
        str | None, typer.Argument(metavar="ID", help=N_("One notice, with its text: the beginning of its id will do."))
    ] = None,
    unread: Annotated[bool, typer.Option("--unread", help=N_("Only those that were not read yet."))] = False,
    read: Annotated[
        str | None, typer.Option("--read", metavar="ID|all", help=N_("Mark one as read, or all of them."))
    ] = None,
    acting_as: As = None,
    as_json: Json = False,
) -> None:
    """Shows one's own inbox."""
    from services.mail.inbox import inbox as own
    from services.mail.inbox import mark_read, notice

    terminal = here(context)
    if id is not None and read is not None:
        raise NotTogether(PATH, first="ID", second="--read")
    with terminal.acting() as (home, actor):
        if read is not None:
            mark_read(home.store, actor, None if read.lower() in ALL else UUID(notice(home, read)["id"]))
        shown = [notice(home, id)] if id is not None else own(home, unread)
    if id is not None:
        return terminal.answer(shown[0], as_json, lambda: show_notice(terminal, shown[0]))
    return terminal.answer({"items": shown}, as_json, lambda: show_inbox(terminal, shown))


def show_inbox(terminal: Terminal, rows: list[Row]) -> None:
    """Unread ones first: when, what, and whether it was read."""
    if not rows:
        return terminal.print(terminal.say(N_("Nothing in your inbox.")))
    heads = ((N_("Id"), ID), (N_("Written"), 20), (N_("Subject"), None), (N_("State"), 20))
    columns = [Column(terminal.say(head), most) for head, most in heads]
    listed = [
        (row["id"][:ID], day_of_instant(row["created_at"], terminal.lang, terminal.zone),
         "\n".join(filter(None, (row["subject"], row["summary"]))), _state(terminal, row))
        for row in rows
    ]  # fmt: skip
    hint = terminal.say(N_("To read one: suivi inbox {id}; to mark it as read: suivi inbox --read {id}"), id=rows[0]["id"][:ID])
    return terminal.print(*table(columns, listed), "", hint)


def show_notice(terminal: Terminal, row: Row) -> None:
    """One notice, as it was written."""
    say = terminal.say
    written = say("{at}", at=datetime.fromisoformat(row["created_at"]))
    facts = [(say(N_("Written")), written), (say(N_("State")), _state(terminal, row))]
    terminal.print(bold(say("{subject}", subject=row["subject"])), *card(facts), "", *lines_of(terminal, row["text"]))


def _state(terminal: Terminal, row: Row) -> str:
    return terminal.say(N_("already read")) if row["read_at"] else terminal.say(N_("not read yet"))
