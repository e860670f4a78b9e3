"""`attachments`, `attachment`: the files that came with a case or a thread; what `act REF attach` reads; and `read-mail`,
which proposes what to record of an e-mail."""

from __future__ import annotations

from pathlib import Path
from shlex import quote
from typing import TYPE_CHECKING, Annotated, Any

import typer

from cli.cards import cited
from cli.layout import Column, card, table
from cli.options import AsOf, Json, KnownAt, Ref
from cli.terminal import Terminal, here
from projections.phrases.catalogue import N_
from projections.phrases.files import size_words, type_word
from projections.phrases.rows import CONFIDENCE, Row, date_of, joined
from workflows.vocabulary import VERBS

if TYPE_CHECKING:
    from services.act import Ask


def with_file(ask: Ask) -> Ask:
    """What is asked, with the file of this machine that the fact “file” names."""
    from services.act import AskWithFile
    from services.attachments.paths import read

    if not isinstance(path := ask.facts.get("file"), str):
        return ask
    facts = {name: value for name, value in ask.facts.items() if name != "file"}
    return AskWithFile(
        ref=ask.ref, verb=ask.verb, facts=facts, part=ask.part, occurred=ask.occurred, if_version=ask.if_version,
        upload=read(Path(path).expanduser()),
    )  # fmt: skip


def attachments(
    context: typer.Context, ref: Ref, as_of: AsOf = None, known_at: KnownAt = None, as_json: Json = False
) -> None:
    """Lists the files of one case or thread."""
    from services.reading import When
    from services.reading.attachments import attachments as listed

    terminal = here(context)
    with terminal.reading() as home:
        rows = listed(home, ref, When(as_of, known_at))
    terminal.answer({"items": rows}, as_json, lambda: show(terminal, ref, rows))


def show(terminal: Terminal, ref: str, rows: list[Row]) -> None:
    """Name, what it is to the reader, what it is by its content, size, when it came, the beginning of its SHA-256."""
    if not rows:
        return terminal.print(terminal.say(N_("No file was attached to {ref}."), ref=ref))
    heads = ((N_("File"), None), (N_("Sort"), 16), (N_("Type"), 18), (N_("Size"), 12), (N_("When"), 16),
             (N_("Fingerprint"), 16))  # fmt: skip
    columns = [Column(terminal.say(head), most) for head, most in heads]
    listed = [(row["name"], row["kind"], _type(terminal, row), size_words(row["size"], terminal.lang),
               date_of(row["occurred"] or row["recorded_at"][:10], terminal.lang), row["sha256"][:12])
              for row in rows]  # fmt: skip
    hint = terminal.say(N_("To save one: suivi attachment {ref} NAME"), ref=ref)
    return terminal.print(*table(columns, listed), "", hint)


def _type(terminal: Terminal, row: Row) -> str:
    word = type_word(row["type"], terminal.lang)
    return word if row["as_named"] else terminal.say(N_("{type} (its name says otherwise)"), type=word)


def attachment(
    context: typer.Context,
    ref: Ref,
    name: Annotated[
        str, typer.Argument(metavar=N_("NAME"), help=N_("The name of the file, or the beginning of its fingerprint."))
    ],
    out: Annotated[
        Path | None,
        typer.Option(metavar=N_("FILE"), help=N_("Where to write it; by default here, under its own name. - is the screen.")),
    ] = None,
    as_json: Json = False,
) -> None:
    """Saves one attached file."""
    from services.attachments.contents import pieces
    from services.attachments.paths import write
    from services.reading import When
    from services.reading.attachments import attachment as found

    terminal = here(context)
    with terminal.reading() as home:
        file = found(home, ref, name, When())
        if out == Path("-"):
            return terminal.bytes(b"".join(pieces(home.reader, file)))
        place = out or Path(file.event.name)
        size = write(pieces(home.reader, file), place)
    shape: dict[str, Any] = {"file": str(place), "bytes": size, "sha256": file.event.file, "type": file.event.type}
    done = terminal.say(N_("“{file}” is written ({size}); its content is what was attached."), file=place,
                        size=size_words(size, terminal.lang))  # fmt: skip
    return terminal.answer(shape, as_json, lambda: terminal.print(done))


def read_mail(
    context: typer.Context,
    file: Annotated[Path, typer.Argument(metavar=N_("FILE"), readable=False, help=N_("An e-mail, as it was saved: .eml."))],
    thread: Annotated[
        str | None, typer.Option(metavar="REF", help=N_("The thread that it answers, if you know: demarche:12."))
    ] = None,
    as_json: Json = False,
) -> None:
    """Proposes what to record of an e-mail."""
    from services.attachments.paths import content_of
    from services.attachments.proposals import propose

    terminal = here(context)
    with terminal.reading() as home:
        found = propose(home, content_of(file), thread)
    remarks = [terminal.say(remark) for remark in found["remarks"]]
    attach = f"suivi act {found['ref'] or 'demarche:…'} attach --set file={quote(str(file))} --set kind=…"
    lines = [*proposal_lines(terminal, found), "", *remarks, "", terminal.say(N_("Nothing is recorded. To confirm it:")),
             f"  {found['command']}", f"  {attach}"]  # fmt: skip
    terminal.answer(found | {"remarks": remarks}, as_json, lambda: terminal.print(*lines))


def proposal_lines(terminal: Terminal, found: Row) -> list[str]:
    """What the mail is, what it seems to say, and in which words."""
    say, sender = terminal.say, found["sender"]
    facts = (
        (say(N_("Sender")), f"{sender['name']} <{sender['address']}>".strip()),
        (say(N_("Office")), found["office"]["name"] if found["office"] else ""),
        (say(N_("Thread")), found["ref"] or ", ".join(found["alternatives"])),
        (say(N_("When")), date_of(found["occurred"], terminal.lang)),
        (say(N_("It seems to be")), joined([say(VERBS[found["verb"]]), say(CONFIDENCE[found["confidence"]])])),
        (say(N_("In these words")), "\n".join(cited(terminal, clue) for clue in found["evidence"])),
        (say(N_("Attached files")), ", ".join(found["files"])),
    )
    return card(facts)
