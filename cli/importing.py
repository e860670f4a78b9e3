"""`import`: a document read, shown with every problem, recorded all or nothing, and taken back."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from cli.layout import Column, bold, table, wrapped
from cli.options import As, CommandId, Json
from cli.terminal import Terminal, here
from cli.usage import ArgumentMissing, NotTogether, ValueMissing
from domain.errors import Word
from projections.phrases.catalogue import N_
from projections.phrases.lines import after_its_line
from projections.phrases.plans import added_said
from projections.phrases.rows import CONFIDENCE, state_word_of

if TYPE_CHECKING:
    from services.imports.result import Result

PATH = "suivi import"
SEVERITY = {"error": N_("error"), "warning": N_("warning")}
MAP_HELP = N_("What a column of a table holds, by its heading: Objet=title.")
Mapped = Annotated[list[str] | None, typer.Option("--map", metavar=N_("COLUMN=FIELD"), help=MAP_HELP)]
DryRun = Annotated[bool, typer.Option("--dry-run", help=N_("Show what it would do and record nothing."))]
KIND_HELP = N_("auto (the default), follow-up, plan, annual-report, table or directory.")
TAKE_HELP = N_("Also change what a plan that is here words otherwise, as the document has it.")
Take = Annotated[bool, typer.Option("--take-changes", help=TAKE_HELP)]
TAKE = N_("To change what it words otherwise as well, the same command with --take-changes.")
SHOWN = 60  # problems shown to a person; all of them with --json


def import_(
    context: typer.Context,
    file: Annotated[
        Path | None,
        typer.Argument(metavar=N_("FILE"), readable=False, help=N_("The document: text, DOCX, PDF, XLSX, CSV or HTML.")),
    ] = None,
    kind: Annotated[str, typer.Option(metavar=N_("KIND"), help=KIND_HELP)] = "auto",
    assembly: Annotated[
        str | None,
        typer.Option(metavar=N_("KEY"), help=N_("The assembly it reports to, if its title does not say: 2023.")),
    ] = None,
    reference_date: Annotated[
        str | None,
        typer.Option(metavar="DATE", help=N_("The date of the document: what it tells had happened by then.")),
    ] = None,
    mapped: Mapped = None,
    take: Take = False,
    dry_run: DryRun = False,
    undo: Annotated[str | None, typer.Option(metavar="ID", help=N_("Take an import back, by its id."))] = None,
    command_id: CommandId = None,
    login: As = None,
    as_json: Json = False,
) -> None:
    """Brings a document in."""
    if (file is None) == (undo is None):
        name = Word("FILE")
        raise NotTogether(PATH, first=name, second="--undo") if file else ArgumentMissing(PATH, name=name)
    refuse_empty({"--assembly": assembly, "--reference-date": reference_date})
    terminal, columns = here(context), mapping(mapped or [])
    if undo is not None:
        result = take_back(terminal, undo)
    elif file is not None and dry_run:
        result = rehearse(terminal, file, kind, assembly, reference_date, columns, take)
    elif file is not None:
        result = record(terminal, file, kind, assembly, reference_date, command_id, columns, take)
    terminal.answer(result.to_dict(terminal.lang), as_json, lambda: terminal.print(*told(terminal, result, dry_run)))
    if result.refused:
        raise typer.Exit(1)


def refuse_empty(options: dict[str, str | None]) -> None:
    """An option given without a value is not one left out."""
    for option, value in options.items():
        if value is not None and not value.strip():
            raise ValueMissing(PATH, option=option)


def mapping(said: list[str]) -> dict[str, str]:
    """What was said of columns: heading -> what it holds. The last sign “=” parts them: a heading may have one."""
    columns = {}
    for each in said:
        heading, sign, field = each.rpartition("=")
        if not (sign and heading.strip() and field.strip()):
            raise ValueMissing(PATH, option="--map")
        columns[heading.strip()] = field.strip()
    return columns


def rehearse(
    terminal: Terminal, file: Path, kind: str, assembly: str | None, date: str | None, columns: dict[str, str], take: bool
) -> Result:
    """What it would do."""
    from services.imports.service import propose_import

    with terminal.reading() as home:
        return propose_import(home, file, kind, assembly, date, columns, taken(take))


def record(
    terminal: Terminal, file: Path, kind: str, assembly: str | None, date: str | None, command_id: str | None,
    columns: dict[str, str], take: bool,
) -> Result:  # fmt: skip
    """Records all, or nothing."""
    from cli.acting import read_id
    from services.imports.service import record_import

    id = read_id(command_id)
    with terminal.acting() as (home, actor):
        result, outcome = record_import(home, actor, file, kind, assembly, date, id, columns, taken(take))
        home.settle(outcome)
    return result


def taken(every: bool) -> frozenset[str]:
    """Which changes of a plan that is known are to be made: all, or none."""
    from services.plans.recording import EVERY

    return frozenset({EVERY} if every else ())


def take_back(terminal: Terminal, id: str) -> Result:
    """Undoes one import."""
    from services.imports.service import undo_import

    with terminal.acting() as (home, actor):
        result, outcome = undo_import(home, actor, id)
        home.settle(outcome)
    return result


def told(terminal: Terminal, result: Result, dry_run: bool) -> list[str]:
    """What a person reads: what was done, numbers without a case, problems, proposals, what to type next."""
    lines = [bold(verdict(terminal, result, dry_run)), *counts(terminal, result)]
    for block in (
        missing(terminal, result),
        problems(terminal, result),
        proposals(terminal, result),
        facts(terminal, result),
    ):
        lines += ["", *block] if block else []
    if following := next_steps(terminal, result, dry_run):
        lines += ["", *following]
    return lines


def verdict(terminal: Terminal, result: Result, dry_run: bool) -> str:
    """In one sentence."""
    if result.refused:
        return terminal.say(N_("Refused: nothing was recorded. What must be put right first is marked “error” below."))
    if result.undone:
        return terminal.say(N_("The import {id} was taken back."), id=result.id)
    if dry_run:
        return terminal.say(N_("Rehearsal: nothing was recorded. An import would do this."))
    if not result.created and not result.updated:
        if any(problem.change for problem in result.problems):
            return terminal.say(N_("Nothing was recorded: this document only words otherwise what is here already."))
        return terminal.say(N_("Nothing new: what this document says is here already."))
    if result.kind == "directory":
        return terminal.say(N_("Recorded in the directory."))
    if result.kind == "annual-report":
        return terminal.say(N_("Recorded among the records."))
    if result.kind == "plan":
        new = f"plan:{result.assembly}" in result.created
        told = N_("Recorded, as the plan {key}.") if new else N_("Recorded, in the plan {key} that is here already.")
        return terminal.say(told, key=result.assembly)
    return terminal.say(N_("Recorded, for the assembly {key}."), key=result.assembly)


def counts(terminal: Terminal, result: Result) -> list[str]:
    """How many cases, and which; of a plan that is known, what is added to it."""
    known = result.kind == "plan" and not result.undone and f"plan:{result.assembly}" not in result.created
    added = wrapped(added_said(result.added, len(result.unchanged), terminal.lang), 2) if known and result.added else []
    told = [
        (result.created, N_("{n} case created: {refs}"), "{n} cases created: {refs}"),
        (result.updated, N_("{n} case brought up to date: {refs}"), "{n} cases brought up to date: {refs}"),
        (result.unchanged, N_("{n} case unchanged: {refs}"), "{n} cases unchanged: {refs}"),
    ]
    if result.kind == "directory":
        told = [
            (result.created, N_("{n} entry created: {refs}"), "{n} entries created: {refs}"),
            (result.updated, N_("{n} entry brought up to date: {refs}"), "{n} entries brought up to date: {refs}"),
            (result.unchanged, N_("{n} entry unchanged: {refs}"), "{n} entries unchanged: {refs}"),
        ]
    if result.kind == "annual-report":
        told = [
            (result.created, N_("{n} record created: {refs}"), "{n} records created: {refs}"),
            (result.updated, N_("{n} record withdrawn: {refs}"), "{n} records withdrawn: {refs}"),
            (result.unchanged, N_("{n} record unchanged: {refs}"), "{n} records unchanged: {refs}"),
        ]
    elif result.undone:
        told = [
            (
                result.updated,
                N_("{n} case withdrawn or put back: {refs}"),
                "{n} cases withdrawn or put back: {refs}",
            )
        ]
    told = [([ref for ref in refs if not ref.startswith("plan:")], one, many) for refs, one, many in told]
    return added + [line for refs, one, many in told if refs
                    for line in wrapped(terminal.count(one, many, len(refs), refs=short(refs, result.kind)), 2)]  # fmt: skip


def short(refs: list[str], kind: str = "follow-up") -> str:
    """References in order; of cases, without the assembly, which is said once."""
    from domain.words import natural

    if kind == "directory":
        return ", ".join(sorted(refs))
    return ", ".join(sorted((ref.rpartition(":")[2] for ref in refs), key=natural))


def missing(terminal: Terminal, result: Result) -> list[str]:
    """Numbers that the document passes over."""
    if not result.missing_numbers:
        return []
    one, many = N_("No. {numbers} is not in the document."), "Nos. {numbers} are not in the document."
    numbers = list(result.missing_numbers)
    said = terminal.count(one, many, len(numbers), numbers=numbers)
    hint = N_(
        "If you know what became of them: suivi act assembly:{key} settle-numbers --set numbers.{number}=defeated"
    )
    return [*wrapped(said), f"  {terminal.say(hint, key=result.assembly, number=numbers[0])}"]


def problems(terminal: Terminal, result: Result) -> list[str]:
    """Each with its line; errors first."""
    if not result.problems:
        return []
    columns = [Column(terminal.say(N_("Line")), 6), Column("", 16), Column(terminal.say(N_("Problem")))]
    listed = sorted(result.problems, key=lambda p: (p.severity != "error", p.line))
    rows = [
        (str(p.line), terminal.say(SEVERITY[p.severity]), after_its_line(terminal.say(p.notice), p.line, terminal.lang))
        for p in listed[:SHOWN]
    ]
    rest = len(listed) - SHOWN
    more = [terminal.say(N_("… and {n} more; all of them: --json"), n=rest)] if rest > 0 else []
    return [*table(columns, rows), *more]


def proposals(terminal: Terminal, result: Result) -> list[str]:
    """How many states could be read; which numbers, by confidence and state."""
    if not result.proposals:
        return []
    n, lang, rules = len(result.proposals), terminal.lang, "plan_item" if result.kind == "plan" else "resolution"
    total = terminal.count(N_("{n} state proposed, to be confirmed"), "{n} states proposed, to be confirmed", n)
    found: dict[tuple[str, str], list[str]] = {}
    for ref, one in result.proposals:
        state = state_word_of({"state": one.state, "completion": one.completion}, lang, rules)
        found.setdefault((one.confidence, state), []).append(f"{ref} ({one.part})" if one.part else ref)
    heads = (("", 20), (N_("State"), 34), (N_("Nos."), None))
    columns = [Column(terminal.say(head) if head else "", most) for head, most in heads]
    ordered = sorted(found.items(), key=lambda item: list(CONFIDENCE).index(item[0][0]))
    rows = [(terminal.say(CONFIDENCE[level]), state, short(refs)) for (level, state), refs in ordered]
    return [bold(total), "", *table(columns, rows)]


def facts(terminal: Terminal, result: Result) -> list[str]:
    """How many dated facts could be read, and in which cases."""
    if not result.facts:
        return []
    one, many = N_("{n} dated fact read, to be noted: {refs}"), "{n} dated facts read, to be noted: {refs}"
    refs = short(list(dict.fromkeys(ref for ref, _ in result.facts)))
    return wrapped(terminal.count(one, many, len(result.facts), refs=refs))


def next_steps(terminal: Terminal, result: Result, dry_run: bool) -> list[str]:
    """What to type now."""
    from services.imports.register.columns import COLUMN_FAULTS

    if result.refused and any(isinstance(problem.notice, COLUMN_FAULTS) for problem in result.problems):
        hint = N_("To say what a column holds: the same command with --map “HEADING=title”; to leave it aside, =skip.")
        return [terminal.say(hint)]
    if result.refused or result.undone:
        return []
    change = [TAKE] if any(problem.change for problem in result.problems) else []
    if dry_run:
        return [terminal.say(step) for step in [N_("To record it, the same command without --dry-run."), *change]]
    if result.kind == "directory":
        return [terminal.say(N_("To see the offices: suivi offices"))]
    if result.kind == "annual-report":
        seen = [N_("To see the records: suivi records"), N_("To take this import back: suivi import --undo {id}")]
        return [terminal.say(step, id=result.id) for step in (seen if result.created else seen[:1])]
    steps = [*change, N_("To see the cases: suivi cases")]
    if result.proposals:
        steps += [N_("To establish what is sure: suivi confirm --all --confidence high"),
                  N_("One by one: suivi case {ref}, then suivi confirm {ref}")]  # fmt: skip
    if result.created or result.updated:
        steps.append(N_("To take this import back: suivi import --undo {id}"))
    ref = result.proposals[0][0] if result.proposals else ""
    return [terminal.say(step, ref=ref, id=result.id) for step in steps]
