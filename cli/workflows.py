"""`workflow list|check|diagram|vocabulary`: the rules that cases follow."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated
from uuid import uuid4

import typer

from cli.layout import Column, bold, card, table
from cli.options import As, CommandId, Json
from cli.terminal import Terminal, clean, here
from projections.phrases.catalogue import N_

if TYPE_CHECKING:
    from services.migrating import Migration
    from workflows.errors import DefinitionError
    from workflows.library import Library


def list_(context: typer.Context, as_json: Json = False) -> None:
    """Lists the workflows."""
    terminal = here(context)
    workflows = list(known(terminal))
    rows = [
        {"name": w.name, "label": w.definition.label[terminal.lang], "states": list(w.states), "verbs": list(w.verbs)}
        for w in workflows
    ]
    heads = (N_("Name"), N_("Title"), N_("States"), N_("Verbs"))
    cells = [[w.name, w.definition.label[terminal.lang], str(len(w.states)), str(len(w.verbs))] for w in workflows]
    lines = table([Column(terminal.say(head), 30) for head in heads], cells)
    hint = terminal.say(N_("To see one: suivi workflow diagram {name}"), name=workflows[0].name)
    terminal.answer({"items": rows}, as_json, lambda: terminal.print(*lines, "", hint))


def check(
    context: typer.Context,
    files: Annotated[
        list[Path] | None,
        typer.Argument(metavar=N_("FILE…"), readable=False, help=N_("Definitions; without any, those in use here.")),
    ] = None,
    as_json: Json = False,
) -> None:
    """Checks definitions."""
    from workflows.library import SHIPPED, files_of
    from workflows.reading import problems

    terminal = here(context)
    chosen = files or [file for folder in (SHIPPED, own(terminal)) for file in files_of(folder)]
    found = [problem for file in chosen for problem in problems(file)]
    terminal.answer(
        {"items": [_shape(terminal, problem) for problem in found]},
        as_json,
        lambda: terminal.print(
            *(_said(terminal, p) for p in found), *([] if found else [_sound(terminal, len(chosen))])
        ),
    )
    if found:
        raise typer.Exit(1)


def own(terminal: Terminal) -> Path:
    """The organisation's own folder of definitions."""
    return terminal.settings.home / "workflows"


def known(terminal: Terminal) -> Library:
    """The workflows of this home, whose database nobody needs for that."""
    from workflows.library import library, use

    use(own(terminal))
    return library()


def migrate(
    context: typer.Context,
    kind: Annotated[str, typer.Argument(metavar=N_("KIND"), help=N_("Of which rules: resolution, plan_item, one of your own."))],
    old: Annotated[int, typer.Option("--from", metavar=N_("VERSION"), help=N_("The version that the cases follow."))],
    new: Annotated[int, typer.Option("--to", metavar=N_("VERSION"), help=N_("The version that they are to follow."))],
    state: Annotated[
        list[str] | None,
        typer.Option(metavar=N_("OLD=NEW"), help=N_("The state that takes the place of one that is no more.")),
    ] = None,
    dry_run: Annotated[bool, typer.Option("--dry-run", help=N_("Show what it would do and record nothing."))] = False,
    command_id: CommandId = None,
    login: As = None,
    as_json: Json = False,
) -> None:
    """Moves the cases of a kind to another version of their rules."""
    from cli.acting import read_id
    from services.migrating import migrate_all

    terminal, id = here(context), read_id(command_id) or uuid4()
    pairs = dict(pair.partition("=")[::2] for pair in state or ())
    with terminal.acting() as (home, actor):
        home.catch_up()
        done = migrate_all(home, actor, kind, (old, new), pairs, id, dry_run)
        home.catch_up()
    refused = [{"ref": ref, "message": terminal.say(why)} for ref, why in done.refused]
    document = {"from": done.old.name, "to": done.new.name, "dry_run": dry_run, "changes": done.changes._asdict(),
                "moved": list(done.moved), "refused": refused}  # fmt: skip
    terminal.answer(document, as_json, lambda: terminal.print(*_migrated(terminal, done, dry_run)))
    if done.refused:
        raise typer.Exit(1)


def _migrated(terminal: Terminal, done: Migration, dry_run: bool) -> list[str]:
    """What changes, which cases go on under it, and which do not."""
    from projections.phrases.rules import changes_said

    lines = [terminal.say(N_("Rehearsal: nothing was recorded."))] if dry_run else []
    lines += map(clean, changes_said(done.changes, done.old, done.new, terminal.lang, ids=True))
    one, many = N_("{n} case goes on under {name}: {refs}"), "{n} cases go on under {name}: {refs}"
    if done.moved:
        lines.append(terminal.count(one, many, len(done.moved), name=done.new.name, refs=list(done.moved)))
    elif not done.refused:
        lines.append(terminal.say(N_("No case follows {name}."), name=done.old.name))
    return [*lines, *(f"{ref} · {terminal.say(why)}" for ref, why in done.refused)]


def schema(context: typer.Context) -> None:
    """Prints the JSON Schema of a definition."""
    from workflows.definition import schema as published

    here(context).print(*published().rstrip().splitlines())


def _said(terminal: Terminal, problem: DefinitionError) -> str:
    return terminal.say(problem.message, **problem.facts)


def _shape(terminal: Terminal, problem: DefinitionError) -> dict[str, object]:
    place = {name: problem.facts[name] for name in ("line", "column")}
    return {"file": str(problem.facts["file"]), **place, "message": _said(terminal, problem)}


def _sound(terminal: Terminal, n: int) -> str:
    return terminal.count(N_("{n} definition checked: nothing wrong."), "{n} definitions checked: nothing wrong.", n)


def diagram(
    context: typer.Context,
    name: Annotated[str, typer.Argument(metavar=N_("NAME"), help=N_("A workflow: resolution.v1"))] = "resolution.v1",
    as_json: Json = False,
) -> None:
    """Draws a workflow, in Mermaid."""
    from workflows.diagram import mermaid

    terminal = here(context)
    workflow = known(terminal)[name]
    drawing = mermaid(workflow, terminal.lang, terminal.say)
    document = {"name": workflow.name, "mermaid": drawing}
    terminal.answer(document, as_json, lambda: terminal.print(*drawing.rstrip().splitlines()))


def vocabulary(context: typer.Context, as_json: Json = False) -> None:
    """Lists the words of definitions."""
    from workflows.vocabulary import CLOCKS, FACTS, GUARDS, ROLES, SOURCES, TARGETS, TELL, VERBS

    terminal = here(context)
    words = {
        "verbs": (N_("Verbs"), VERBS),
        "facts": (N_("Facts"), FACTS),
        "roles": (N_("Roles"), ROLES),
        "guards": (N_("Guards"), GUARDS),
        "sources": (N_("Words of “from”"), SOURCES),
        "targets": (N_("Words of “to”"), TARGETS),
        "clocks": (N_("Deadlines"), CLOCKS),
        "tell": (N_("Whom a reminder tells"), TELL),
    }
    said = {name: {word: terminal.say(text) for word, text in known.items()} for name, (_, known) in words.items()}
    lines: list[str] = []
    for name, (heading, _) in words.items():
        rows = (f"  {line}" for line in card(said[name].items()))
        lines += [bold(terminal.say(heading)), *rows, ""]
    terminal.answer(said, as_json, lambda: terminal.print(*lines[:-1]))
