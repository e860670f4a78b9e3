"""Every command of the terminal, in the order and under the headings of `suivi --help`."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from typing import Any

import typer

from cli import (
    acting,
    attaching,
    calendars,
    clocks,
    demarches,
    demonstrating,
    entries,
    importing,
    inbox,
    inviting,
    keeping,
    leaving,
    letters,
    offices,
    organisation,
    plans,
    reading,
    records,
    reporting,
    sending,
    tabling,
    tokens,
    up,
    users,
    workflows,
)
from cli.examples import EXAMPLES
from cli.help import Verb, Verbs
from cli.options import As
from cli.texts import HELP, SUIVI, TOP

FOLLOWING, DOCUMENTS, DIRECTORY, KEEPING, RULES = TOP

Function = Callable[..., Any]
LAID_OUT: dict[str, dict[str, Function | dict[str, Function]]] = {
    FOLLOWING: {"cases": reading.cases, "case": reading.case, "history": reading.history,
                "demarches": demarches.demarches, "demarche": demarches.demarche,
                "plans": plans.plans, "plan": plans.plan,
                "records": records.records, "record": records.record,
                "attachments": attaching.attachments, "attachment": attaching.attachment,
                "read-mail": attaching.read_mail, "act": acting.act,
                "confirm": acting.confirm, "inbox": inbox.inbox, "deadlines": clocks.deadlines, "letter": letters.letter,
                "calendar": calendars.calendar, "meetings": calendars.meetings},
    DOCUMENTS: {"import": importing.import_, "report": reporting.report, "draft": tabling.draft,
                "table": tabling.table, "tabled": tabling.tabled, "assemblies": reading.assemblies,
                "demo": demonstrating.demo},
    DIRECTORY: {"bodies": entries.bodies, "people": entries.people, "offices": offices.offices,
                "user": {"invite": inviting.invite, "add": users.add, "list": users.list_, "reset": inviting.reset,
                         "disable": users.disable},
                "token": {"add": tokens.add, "list": tokens.list_, "revoke": tokens.revoke},
                "organisation": organisation.organisation},
    KEEPING: {"up": up.up, "doctor": keeping.doctor, "sweep": clocks.sweep, "backup": keeping.backup, "restore": keeping.restore,
              "outbox": sending.outbox, "deliver": sending.deliver, "bounce": sending.bounce,
              "rebuild": keeping.rebuild, "export": leaving.export,
              "projections": keeping.projections, "version": keeping.version},
    RULES: {"workflow": {"list": workflows.list_, "check": workflows.check, "diagram": workflows.diagram,
                         "vocabulary": workflows.vocabulary, "schema": workflows.schema, "migrate": workflows.migrate}},
}  # fmt: skip
CONTEXT = {"help_option_names": ["-h", "--help"]}


def suivi(context: typer.Context, login: As = None) -> None:
    """The program itself, before any command."""


@cache
def command() -> Verbs:
    """The program with all its commands."""
    made = typer.main.get_command(_build())
    assert isinstance(made, Verbs)
    return made


def _build() -> typer.Typer:
    top = _typer(SUIVI)
    top.callback()(suivi)
    for heading, commands in LAID_OUT.items():
        for name, command in commands.items():
            if isinstance(command, dict):
                group = _typer(HELP[name])
                top.add_typer(group, name=name, rich_help_panel=heading)
                for word, function in command.items():
                    _add(group, f"{name} {word}", function)
            else:
                _add(top, name, command, heading)
    return top


def _typer(text: str) -> typer.Typer:
    return typer.Typer(
        cls=Verbs,
        help=text,
        add_completion=False,
        rich_markup_mode=None,
        context_settings=CONTEXT,
        no_args_is_help=False,
    )


def _add(to: typer.Typer, path: str, function: Function, heading: str | None = None) -> None:
    word = path.rpartition(" ")[2]
    to.command(
        word, cls=Verb, help=HELP[path], epilog=EXAMPLES[path], rich_help_panel=heading, context_settings=CONTEXT
    )(function)
