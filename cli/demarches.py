"""`demarches`, `demarche`: the threads with offices, and what is asked of them together."""

from __future__ import annotations

from typing import Annotated, Any

import typer

from cli.layout import table, width, wrapped
from cli.options import AsOf, Json, KnownAt
from cli.reading import as_file
from cli.terminal import Terminal, here
from cli.thread_cards import thread_card
from cli.thread_views import VIEWS, columns, file_of, lines_of
from cli.usage import NotTogether, one_of
from projections.phrases.catalogue import N_
from projections.phrases.rows import Row, joined
from projections.phrases.threads import number_of, thread_line

PATH = "suivi demarches"
ROOM = 100  # columns of a terminal where the list is a table; else a paragraph each
TURNS = {"us": "us", "nous": "us", "them": "them", "eux": "them", "nobody": "nobody", "personne": "nobody"}

Unanswered = Annotated[bool, typer.Option("--unanswered", help=N_("Only those that nothing came back to, the oldest first."))]
Declined = Annotated[bool, typer.Option("--declined", help=N_("Who declined, and why."))]
ByOffice = Annotated[bool, typer.Option("--by-office", help=N_("The unanswered, office by office, counts added up."))]
Redirections = Annotated[bool, typer.Option("--redirections", help=N_("From office to office: each chain."))]
Meetings = Annotated[bool, typer.Option("--meetings", help=N_("Meetings ahead: fixed, then hoped for."))]
MetOnes = Annotated[bool, typer.Option("--met", help=N_("Who was met: in person, then the staff only."))]
TurnsOf = Annotated[bool, typer.Option("--turns", help=N_("What waits on whom, by who sees to it."))]
Responsive = Annotated[bool, typer.Option("--responsiveness", help=N_("How each office answers, year by year."))]
Turn = Annotated[str | None, typer.Option(metavar="us|them|nobody", help=N_("Only those where it is our turn, theirs…"))]
Office = Annotated[str | None, typer.Option(metavar=N_("NAME"), help=N_("Only those with an office."))]
Case = Annotated[str | None, typer.Option(metavar="REF", help=N_("Only those that serve a case."))]
Owner = Annotated[str | None, typer.Option(metavar=N_("NAME"), help=N_("Only those that someone sees to."))]
Format = Annotated[
    str | None, typer.Option("--format", metavar="csv|xlsx", help=N_("As a file for a spreadsheet, on standard output."))
]


def demarches(
    context: typer.Context, unanswered: Unanswered = False, by_office: ByOffice = False, declined: Declined = False,
    redirections: Redirections = False, meetings: Meetings = False, met: MetOnes = False, turns: TurnsOf = False,
    responsiveness: Responsive = False, turn: Turn = None, office: Office = None, case: Case = None, owner: Owner = None,
    form: Format = None, as_of: AsOf = None, known_at: KnownAt = None, as_json: Json = False,
) -> None:  # fmt: skip
    """Lists the threads, or answers a question about them."""
    from services.reading import When
    from services.reading.demarches import Asked

    terminal = here(context)
    form = None if form is None else as_file(form, as_json)
    wanted = None if turn is None else one_of(turn, TURNS, "--turn", PATH, list(dict.fromkeys(TURNS.values())))
    view = _view({"--by-office": by_office, "--declined": declined, "--redirections": redirections,
                  "--meetings": meetings, "--met": met, "--turns": turns, "--responsiveness": responsiveness},
                 unanswered, wanted)  # fmt: skip
    asked = Asked(unanswered, "declined" if declined else None, wanted, office, case, owner)
    with terminal.reading() as home:
        rows = VIEWS[view].read(home, When(as_of, known_at), asked)
    if form:
        from services.spreadsheet import FILES

        return terminal.bytes(FILES[form](file_of(terminal, view, rows)))
    narrowed = view != "list" or any((unanswered, wanted, office, case, owner, as_of, known_at))
    return terminal.answer({"items": rows}, as_json, lambda: show(terminal, view, rows, narrowed))


def _view(flags: dict[str, bool], unanswered: bool, turn: str | None) -> str:
    """The question that is asked; one at a time."""
    asked = [flag for flag, given in flags.items() if given]
    narrowing = [flag for flag, given in (("--unanswered", unanswered), ("--turn", turn)) if given]
    if unanswered and asked == ["--by-office"]:
        narrowing.remove("--unanswered")  # it says so
    if len(asked + narrowing) > 1 and asked:
        first, second, *_ = narrowing + asked
        raise NotTogether(PATH, first=first, second=second)
    return asked[0].removeprefix("--") if asked else "list"


def show(terminal: Terminal, view: str, rows: list[Row], narrowed: bool) -> None:
    """The answer, and what to type next."""
    if not rows:
        nothing = N_("No thread with an office yet. To write a letter down: suivi act demarche:new send --set cases=REF")
        return terminal.print(terminal.say(N_("Nothing is as asked.") if narrowed else nothing))
    if view == "list" and width() < ROOM:
        terminal.print(*(line for row in rows for line in wrapped(_in_short(terminal, row))))
    else:
        terminal.print(*table(columns(terminal, view), [line for row in rows for line in lines_of(terminal, view, row)]))
    if view in ("list", "declined"):
        count = terminal.count(N_("{n} thread"), "{n} threads", len(rows))
        hint = terminal.say(N_("To see one: suivi demarche {ref}"), ref=number_of(rows[0]["ref"]))
        terminal.print("", count, hint)
    return None


def _in_short(terminal: Terminal, row: Row) -> str:
    return joined((thread_line(row, terminal.lang), ", ".join(row["cases"])))


def demarche(
    context: typer.Context,
    ref: Annotated[str, typer.Argument(metavar="REF", help=N_("A thread: 12, or demarche:12."))],
    as_of: AsOf = None, known_at: KnownAt = None, as_json: Json = False,
) -> None:  # fmt: skip
    """Shows one thread."""
    from services.reading import When
    from services.reading.demarches import demarche as read
    from services.reading.demarches import thread_ref

    terminal, when = here(context), When(as_of, known_at)
    with terminal.reading() as home:
        found: dict[str, Any] = read(home, thread_ref(ref), when)
    terminal.answer(found, as_json, lambda: terminal.print(*thread_card(terminal, found, acting=when.now)))
