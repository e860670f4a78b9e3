"""`act` and `confirm`: what an officer records."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING, Annotated, Any
from uuid import UUID

import typer

from cli.attaching import with_file
from cli.cards import possible, short_card
from cli.entries import entry_card
from cli.given import PATH, read_given
from cli.layout import wrapped
from cli.options import As, CommandId, Json, Occurred, Part, Ref
from cli.plans import short_plan
from cli.records import record_card
from cli.terminal import Terminal, here
from cli.thread_cards import short_thread
from cli.usage import ArgumentMissing, NotTogether, Usage, one_of
from domain.errors import Word
from projections.phrases.catalogue import N_
from projections.phrases.rows import state_of, typed

if TYPE_CHECKING:
    from domain.base import Command
    from services.execute import Outcome
    from services.home import Home

CONFIDENCES = {"high": "high", "medium": "medium", "low": "low",
               "elevee": "high", "moyenne": "medium", "faible": "low"}  # fmt: skip


class NotAnId(Usage):
    """“{given}” is not a command id: give a UUID, such as 5f0c7a52-6d0b-4a2e-9c55-0d8f2b7f3f11."""


class VerbMissing(Usage):
    """Say what happens to {ref}: suivi act {ref} VERB. Here is what is possible now."""


def act(
    context: typer.Context,
    ref: Ref,
    verb: Annotated[
        str | None,
        typer.Argument(metavar=N_("VERB"), help=N_("What happens to it; without one, what is possible is listed.")),
    ] = None,
    given: Annotated[
        list[str] | None, typer.Option("--set", metavar=N_("NAME=VALUE"), help=N_("A fact; as many as needed."))
    ] = None,
    part: Part = None,
    occurred: Occurred = None,
    if_version: Annotated[
        int | None, typer.Option(metavar="N", help=N_("Refuse if it has changed since that version was read."))
    ] = None,
    command_id: CommandId = None,
    login: As = None,
    as_json: Json = False,
) -> None:
    """Records something."""
    from services.act import Ask
    from services.act import act as record

    terminal = here(context)
    if verb is None:
        return refuse_without_verb(terminal, ref)
    facts, id = read_given(given or ()), read_id(command_id)
    ask = Ask(ref=ref, verb=verb, facts=facts, part=part, occurred=occurred, if_version=if_version)
    if verb == "attach":
        ask = with_file(ask)
    with terminal.acting() as (home, actor):
        with hinting(terminal, ref):
            outcome = record(home.store, actor, ask, id)
        home.settle(outcome)
        tell(terminal, outcome)
        refs = changed(home, ref, verb, outcome)
        shown = [standing(home, each) for each in refs]
        said = [sentence for each in refs for sentence in sentences(home, each, outcome, terminal.lang)]
    document = shown[0] if len(shown) == 1 else {"items": shown}
    return terminal.answer(document, as_json, lambda: terminal.print(*told(terminal, shown, said)))


def changed(home: Home, ref: str, verb: str, outcome: Outcome) -> list[str]:
    """What the act was about; a letter to several offices is about several threads."""
    from services.reading import records
    from services.reading.demarches import made_by
    from services.refs import read_ref

    kind = read_ref(ref).kind
    if kind == "record" and verb == "create":
        return [records.made_by(home, outcome)]
    return made_by(home, outcome) if verb == "send" and kind == "demarche" else [ref]


@contextmanager
def hinting(terminal: Terminal, ref: str) -> Iterator[None]:
    """A refusal names what is possible in words; this says where to find the words to type."""
    from domain.case.refusals import FactsMissing, GuardUnmet, NotFromHere
    from services.act import VerbUnknown
    from services.facts import FactMissing

    try:
        yield
    except (FactMissing, FactsMissing, GuardUnmet, NotFromHere, VerbUnknown) as refusal:
        terminal.tell(refusal)
        terminal.tell(N_("What is possible now, and how to type it: suivi act {ref}"), ref=ref)
        raise typer.Exit(1) from refusal


def read_id(text: str | None) -> UUID | None:
    """The command id, if one is given."""
    try:
        return None if text is None else UUID(text)
    except ValueError as error:
        raise NotAnId(PATH, given=text) from error


def refuse_without_verb(terminal: Terminal, ref: str) -> None:
    """What is possible now, on standard error: it is not an answer, nothing was asked."""
    from domain.record.commands import COMMANDS as RECORD_VERBS
    from services.act import ENTRIES
    from services.refs import Refs, read_ref

    address = read_ref(ref)
    terminal.tell(VerbMissing(PATH, ref=ref))
    commands = {"record": RECORD_VERBS} | {each: entry.commands for each, entry in ENTRIES.items()}
    with terminal.reading() as home:
        if address.kind in commands:
            there = Refs(home.store).key(address.kind, address.key) is not None
            able = {verb: kind for verb, kind in commands[address.kind].items() if (verb == "create") != there}
            lines = entry_commands(terminal, ref, able)
        else:
            lines = possible(terminal, standing(home, ref))
    terminal.tell("{lines}", lines="\n".join(lines))
    raise typer.Exit(2)


def entry_commands(terminal: Terminal, ref: str, commands: Mapping[str, type[Command]]) -> list[str]:
    """What may be typed of an entry of the directory."""
    from services.facts import fields_of

    needed = {verb: [f.name for f in fields_of(kind).values() if f.required] for verb, kind in commands.items()}
    return [f"  {typed(ref, verb, required, terminal.lang)}" for verb, required in needed.items()]


def standing(home: Home, ref: str) -> dict[str, Any]:
    """The case, the thread or the entry of the directory, as it now stands."""
    from services.reading import When, case, entry
    from services.reading.demarches import demarche
    from services.reading.plans import plan
    from services.reading.records import record
    from services.refs import read_ref

    kind = read_ref(ref).kind
    if kind == "demarche":
        return demarche(home, ref, When())
    if kind == "record":
        return record(home, ref, When())
    if kind == "plan":
        return plan(home, ref, When(), home.settings.lang or "fr")
    return case(home, ref, When()) if kind == "case" else entry(home, ref)


def tell(terminal: Terminal, outcome: Outcome) -> None:
    """What the act did beside what was asked."""
    if outcome.repeated:
        terminal.tell(N_("This was recorded already, under the same id: nothing was added."))
    for body in outcome.entered:
        message = N_(
            "{body} was not in the directory and was entered there. To put its name right: suivi act {body} rename --set name=…"
        )
        terminal.tell(message, body=body)


def sentences(home: Home, ref: str, outcome: Outcome, lang: str) -> list[str]:
    """What the history now says of the act, and of the clocks that it started or stopped."""
    from services.reading import When, history

    new = {str(stream): range(version + 1, outcome.versions[stream] + 1) for stream, version in outcome.before.items()}
    return [entry["text"] for entry in history(home, ref, When(), lang) if entry["version"] in new.get(entry["stream"], ())]


def told(terminal: Terminal, shown: Sequence[dict[str, Any]], said: Iterable[str]) -> list[str]:
    """What a person reads of what they changed."""
    lines = [terminal.say(N_("Recorded.")), *(line for sentence in said for line in wrapped(sentence, 2))]
    for each in shown:
        lines += ["", *_card(terminal, each)]
        lines += ["", terminal.say(N_("Its whole history: suivi history {ref}"), ref=each["ref"])]
    return lines


def _card(terminal: Terminal, shown: dict[str, Any]) -> list[str]:
    if "awaits_reply" in shown:
        return record_card(terminal, shown)[:-2]
    if "nodes" in shown:
        return short_plan(terminal, shown)
    if "parts" in shown:
        return short_card(terminal, shown)
    return short_thread(terminal, shown) if "whose_turn" in shown else entry_card(terminal, shown)


def confirm(
    context: typer.Context,
    ref: Annotated[
        str | None, typer.Argument(metavar="REF", help=N_("The case whose proposed state is right."))
    ] = None,
    every: Annotated[bool, typer.Option("--all", help=N_("Every case that has a proposed state."))] = False,
    confidence: Annotated[
        str | None,
        typer.Option(metavar="high|medium|low", help=N_("With --all: only the proposals of that confidence.")),
    ] = None,
    part: Part = None,
    occurred: Occurred = None,
    command_id: CommandId = None,
    login: As = None,
    as_json: Json = False,
) -> None:
    """Establishes proposed states."""
    terminal = here(context)
    path = "suivi confirm"
    if ref is not None and every:
        raise NotTogether(path, first="REF", second="--all")
    if ref is not None and confidence is not None:
        raise NotTogether(path, first="REF", second="--confidence")
    if every and part is not None:
        raise NotTogether(path, first="--all", second="--part")
    if ref is not None:
        return act(context, ref, "confirm", None, part, occurred, None, command_id, login, as_json)
    if not every:
        raise ArgumentMissing(path, name=Word(N_("REF or --all")))
    level = None if confidence is None else one_of(confidence, CONFIDENCES, "--confidence", path)
    return confirm_every(terminal, level, occurred, read_id(command_id), as_json)


def confirm_every(
    terminal: Terminal, confidence: str | None, occurred: str | None, id: UUID | None, as_json: bool
) -> None:
    """All proposals, or those of a confidence, in one transaction."""
    from services.confirming import confirm_all

    with terminal.acting() as (home, actor):
        home.catch_up()
        refs, outcome = confirm_all(home, actor, confidence, occurred, id)
        home.settle(outcome)
        shown = [standing(home, ref) for ref in refs]
    terminal.answer({"items": shown}, as_json, lambda: show_confirmed(terminal, shown))


def show_confirmed(terminal: Terminal, shown: Sequence[dict[str, Any]]) -> None:
    """How many, and each with its state."""
    if not shown:
        return terminal.print(terminal.say(N_("Nothing to establish: no proposed state matches.")))
    for row in shown:
        terminal.print(terminal.say("{ref} · {state}", ref=row["ref"], state=state_of(row, terminal.lang)))
    count = terminal.count(N_("{n} case established."), "{n} cases established.", len(shown))
    hint = N_("If one is wrong: suivi history REF, then suivi act REF retract --set event=… --set reason=…")
    terminal.print("", count, terminal.say(hint))
    return None
