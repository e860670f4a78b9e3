"""`workflow list|check|diagram|vocabulary`: the rules that cases follow."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from cli.layout import Column, bold, card, table
from cli.options import Json
from cli.terminal import Terminal, here
from projections.phrases.catalogue import N_

if TYPE_CHECKING:
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
    from workflows.library import SHIPPED

    terminal = here(context)
    chosen = files or [file for folder in (SHIPPED, own(terminal)) for file in sorted(folder.glob("*.yaml"))]
    found = [problem for file in chosen for problem in looked_at(file)]
    terminal.answer(
        {"items": [_shape(terminal, problem) for problem in found]},
        as_json,
        lambda: terminal.print(
            *(_said(terminal, p) for p in found), *([] if found else [_sound(terminal, len(chosen))])
        ),
    )
    if found:
        raise typer.Exit(1)


def looked_at(file: Path) -> list[DefinitionError]:
    """What is wrong with a definition. Raises what is said of a file that is no text at all."""
    from services.imports.reading import read
    from workflows.reading import problems

    read(file)
    return problems(file)


def own(terminal: Terminal) -> Path:
    """The organisation's own folder of definitions."""
    return terminal.settings.home / "workflows"


def known(terminal: Terminal) -> Library:
    """The workflows of this home, whose database nobody needs for that."""
    from workflows.library import library, use

    use(own(terminal))
    return library()


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
