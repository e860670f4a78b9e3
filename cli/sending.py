"""`deliver`, `outbox`: the messages that go out, and those that do not."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated
from uuid import UUID

import typer

from cli.layout import Column, bold, card, table
from cli.options import As, Json
from cli.terminal import Terminal, here
from cli.usage import NotTogether, one_of
from projections.phrases.catalogue import N_
from projections.phrases.rows import Row, day_of_instant, who

if TYPE_CHECKING:
    from services.mail import Delivered
    from services.mail.bounces import Recorded

PATH = "suivi outbox"
STATES = {
    "waiting": "waiting", "en attente": "waiting", "attente": "waiting",
    "sent": "sent", "parti": "sent", "partie": "sent", "envoye": "sent",
    "bounced": "bounced", "came back": "bounced", "revenu": "bounced", "revenue": "bounced",
    "parked": "parked", "set aside": "parked", "mis de cote": "parked", "de cote": "parked",
}  # fmt: skip
ASIDE = ("parked", "bounced")  # what somebody is to see to
ID = 8  # letters of an id that a list shows: enough to tell one from the others


def deliver(context: typer.Context, as_json: Json = False) -> None:
    """Sends what is to go."""
    from services.mail import deliver as send
    from services.mail import react, react_to_moves

    terminal = here(context)
    with terminal.reading() as home:
        written = react_to_moves(home.store, terminal.settings) + react(home.store, terminal.settings)
        done = send(home.store, terminal.settings)
    trouble = terminal.say(done.trouble) if done.trouble else None
    shape = {"written": written, "sent": done.sent, "postponed": done.postponed, "parked": done.parked,
             "purged": done.purged, "trouble": trouble}  # fmt: skip
    terminal.answer(shape, as_json, lambda: show_delivery(terminal, written, done))
    if trouble:
        terminal.tell("{trouble}", trouble=trouble)
        raise typer.Exit(1)


def show_delivery(terminal: Terminal, written: int, done: Delivered) -> None:
    """What was done, in a line each; nothing is said of nothing."""
    lines = [
        terminal.count(N_("{n} message written."), "{n} messages written.", written) if written else "",
        terminal.count(N_("{n} message sent."), "{n} messages sent.", done.sent) if done.sent else "",
        terminal.count(N_("{n} message will be tried again."), "{n} messages will be tried again.", done.postponed)
        if done.postponed else "",
        terminal.count(N_("{n} message set aside: see suivi outbox --state parked"),
                       "{n} messages set aside: see suivi outbox --state parked", done.parked) if done.parked else "",
    ]  # fmt: skip
    if terminal.settings.smtp_url is None:
        lines.append(terminal.say(N_("There is no mail server (SMTP_URL): messages wait. To read them: suivi outbox")))
    terminal.print(*(filter(None, lines) if any(lines) else [terminal.say(N_("Nothing to send."))]))


def bounce(
    context: typer.Context,
    file: Annotated[str, typer.Argument(metavar="FILE", help=N_("The notice as it came (.eml); - reads it from the input."))],
    login: As = None,
    as_json: Json = False,
) -> None:
    """Records that a message came back."""
    from services.mail import record_bounce

    terminal, content = here(context), _content(file)
    with terminal.reading() as home:
        done = record_bounce(home.store, terminal.settings, terminal.actor(home), content)
    shape = {"id": str(done.id), "state": done.state, "answer": done.answer, "told": done.told}
    terminal.answer(shape, as_json, lambda: show_bounce(terminal, done))


def show_bounce(terminal: Terminal, done: Recorded) -> None:
    """What was made of the notice."""
    said = (N_("The message {id} came back, and is set aside: {answer}") if done.state == "bounced" else
            N_("The message {id} is not delivered yet; the mail servers are still trying: {answer}"))  # fmt: skip
    terminal.print(terminal.say(said, id=str(done.id)[:ID], answer=done.answer))
    if done.told:
        terminal.print(terminal.count(N_("{n} person will be told."), "{n} people will be told.", done.told))


def _content(file: str) -> bytes:
    """A little more than a notice may have, at the most."""
    from services.imports.notices import FileMissing, NotAllowedToRead
    from services.mail.returned import LARGEST

    try:
        if file == "-":
            return sys.stdin.buffer.read(LARGEST + 1)
        with Path(file).open("rb") as opened:
            return opened.read(LARGEST + 1)
    except PermissionError as error:
        raise NotAllowedToRead(name=file) from error
    except OSError as error:
        raise FileMissing(name=file) from error


def outbox(
    context: typer.Context,
    id: Annotated[
        str | None, typer.Argument(metavar="ID", help=N_("One message, with its text: the beginning of its id will do."))
    ] = None,
    state: Annotated[
        str | None,
        typer.Option(metavar=N_("STATE"), help=N_("Only these: waiting, sent, parked (set aside) or bounced (came back).")),
    ] = None,
    retry: Annotated[
        str | None, typer.Option(metavar="ID", help=N_("Send a message that was set aside again, when mail may next go."))
    ] = None,
    login: As = None,
    as_json: Json = False,
) -> None:
    """Shows the outbox."""
    from services.mail import letter, listing
    from services.mail import retry as send_again

    terminal = here(context)
    given = [name for name, value in (("ID", id), ("--state", state), ("--retry", retry)) if value is not None]
    if len(given) > 1:
        raise NotTogether(PATH, first=given[0], second=given[1])
    wanted = None if state is None else one_of(state, STATES, "--state", PATH)
    with terminal.reading() as home:
        if retry is not None:
            actor = terminal.actor(home)
            send_again(home.store, actor, UUID(letter(home, retry)["id"]))
        one = id or retry
        shown = [letter(home, one)] if one is not None else listing(home, wanted)
    if one is None:
        terminal.answer({"items": shown}, as_json, lambda: show_outbox(terminal, shown, wanted))
    else:
        terminal.answer(shown[0], as_json, lambda: show_letter(terminal, shown[0]))


def show_outbox(terminal: Terminal, rows: list[Row], state: str | None) -> None:
    """When, to whom, what, where it stands, and why it was set aside, where there is room for a sentence."""
    if not rows:
        none = N_("No message is in that state.") if state else N_("No message yet: reminders go out when a date has passed.")
        return terminal.print(terminal.say(none))
    heads = ((N_("Id"), ID), (N_("Written"), 20), (N_("Recipient"), 26), (N_("Subject"), None), (N_("State"), 46))
    columns = [Column(terminal.say(head), most) for head, most in heads]
    listed = [
        (
            row["id"][:ID],
            day_of_instant(row["created_at"], terminal.lang, terminal.zone),
            who(row["recipient"]),
            "\n".join(filter(None, (row["subject"], row["reason"] if row["state"] in ASIDE else ""))),
            _state(terminal, row),
        )
        for row in rows
    ]
    hint = terminal.say(N_("To read one: suivi outbox {id}"), id=rows[0]["id"][:ID])
    return terminal.print(*table(columns, listed), "", hint)


def show_letter(terminal: Terminal, row: Row) -> None:
    """One message, as it is or was sent."""
    say = terminal.say
    facts = [
        (say(N_("Recipient")), who(row["recipient"])),
        (say(N_("Case")), row["case"] or ""),
        (say(N_("Written")), _when(terminal, row["created_at"])),
        (say(N_("State")), _state(terminal, row)),
        (say(N_("Reason")) if row["state"] in ASIDE else say(N_("Last answer")), row["reason"] or ""),
    ]
    text = row["text"] or say(N_("The text is not kept, or is not for you to read."))
    terminal.print(bold(say("{subject}", subject=row["subject"] or "Suivi")), *card(facts), "", *lines_of(terminal, text))


def lines_of(terminal: Terminal, text: str) -> list[str]:
    """The plain text, as it was laid out."""
    return [terminal.say("{line}", line=line) for line in text.splitlines()]


def _state(terminal: Terminal, row: Row) -> str:
    """Since when it is gone, from when it goes, or that it does not."""
    if row["held"] and row["state"] == "waiting":
        return terminal.say(N_("waits for a return"))
    if row["channel"] == "inbox" and row["state"] == "sent":
        return terminal.say(N_("in the inbox"))
    if row["channel"] == "digest" and row["state"] == "sent":
        return terminal.say(N_("gathered: {when}"), when=_when(terminal, row["sent_at"]))
    if row["state"] == "sent":
        return terminal.say(N_("gone: {when}"), when=_when(terminal, row["sent_at"]))
    if row["state"] == "parked":
        return terminal.say(N_("set aside"))
    if row["state"] == "bounced":
        return terminal.say(N_("came back: {when}"), when=_when(terminal, row["bounced_at"]))
    return terminal.say(N_("goes from: {when}"), when=_when(terminal, row["next_try"]))


def _when(terminal: Terminal, instant: str) -> str:
    """An instant in words."""
    from datetime import datetime

    return terminal.say("{at}", at=datetime.fromisoformat(instant))
