"""The help of a command in the reader's language, and the classes that give it to typer.

The texts that a command is declared with are English messages of the catalogues; they are said when help is shown.
A paragraph with indented lines is kept as it is, line by line."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from inspect import cleandoc
from shutil import get_terminal_size
from textwrap import indent, wrap
from typing import Any

from typer._click import Command, Context, HelpFormatter  # what typer's own classes are made of
from typer.core import TyperArgument, TyperCommand, TyperGroup, TyperOption

from cli.usage import CommandMissing, unknown
from projections.phrases.catalogue import N_, translator

WIDEST = 100
ASIDE = 26
USAGE = N_("Usage:")
ARGUMENTS = N_("What you give")
OPTIONS = N_("Options")
COMMANDS = N_("Commands")
EXAMPLES = N_("Examples")
SHOW_HELP = N_("Show this help.")
WITH_OPTIONS = N_("[OPTIONS]")
WITH_COMMAND = N_("COMMAND …")
MORE = N_("For the help of one command: {command} COMMAND --help")


class Help:
    """The parts of one command's help, each a block of lines."""

    def __init__(self, command: Command, context: Context) -> None:
        self.command, self.context = command, context
        self._say = translator(context.obj.lang).gettext
        self._width = min(get_terminal_size().columns, WIDEST) - 2

    def __str__(self) -> str:
        return "\n\n".join(["\n".join(block) for block in self.blocks() if block])

    def blocks(self) -> Iterator[list[str]]:
        """Usage, text, arguments, options, commands, examples."""
        params = self.command.get_params(self.context)
        yield [f"{self._say(USAGE)} {self.usage()}"]
        yield self.text()
        yield from self.section(ARGUMENTS, (self.argument(p) for p in params if isinstance(p, TyperArgument)))
        if isinstance(self.command, TyperGroup):
            yield from self.commands(self.command)
        yield from self.section(OPTIONS, (self.option(p) for p in params if isinstance(p, TyperOption)))
        if self.command.epilog:
            yield [self._say(EXAMPLES), indent(self._say(cleandoc(self.command.epilog)), "  ")]
        if isinstance(self.command, TyperGroup):
            yield [self._say(MORE).format(command=self.context.command_path)]

    def usage(self) -> str:
        arguments = [self.name(p) for p in self.command.get_params(self.context) if isinstance(p, TyperArgument)]
        last = [self._say(WITH_COMMAND)] if isinstance(self.command, TyperGroup) else []
        return " ".join([self.context.command_path, *arguments, self._say(WITH_OPTIONS), *last])

    def name(self, param: TyperArgument) -> str:
        """How an argument is written in a usage line."""
        word = self._say(param.metavar or param.name.upper())
        return word if param.required else f"[{word}]"

    def text(self) -> list[str]:
        said = self._say(cleandoc(self.command.help or ""))
        return "\n\n".join(self._paragraph(each) for each in said.split("\n\n")).splitlines()

    def argument(self, param: TyperArgument) -> tuple[str, str]:
        return self.name(param), self._say(param.help or "")

    def option(self, param: TyperOption) -> tuple[str, str]:
        said = SHOW_HELP if param.name == "help" else param.help or ""
        value = "" if param.is_flag else f" {self._say(param.metavar or '')}"
        return ", ".join(sorted(param.opts, key=len)) + value, self._say(said)

    def commands(self, group: TyperGroup) -> Iterator[list[str]]:
        """The commands under their headings, in the order in which they were declared."""
        rows: dict[str, list[tuple[str, str]]] = {}
        for word, command in group.commands.items():
            heading = getattr(command, "rich_help_panel", None) or COMMANDS
            said = self._say(cleandoc(command.help or "")).split("\n\n")[0]
            rows.setdefault(heading, []).append((word, said))
        for heading, listed in rows.items():
            yield from self.section(heading, listed)

    def section(self, heading: str, rows: Iterable[tuple[str, str]]) -> Iterator[list[str]]:
        lines = [line for term, said in rows for line in self._row(term, said)]
        if lines:
            yield [self._say(heading), *lines]

    def _row(self, term: str, said: str) -> Iterator[str]:
        lines = wrap(said, self._width - ASIDE)
        if len(term) + 4 > ASIDE or not lines:
            yield f"  {term}"
        else:
            yield f"  {term:{ASIDE - 2}}{lines.pop(0)}"
        yield from (" " * ASIDE + line for line in lines)

    def _paragraph(self, text: str) -> str:
        return text if "\n " in text else "\n".join(wrap(text, self._width))


class Verb(TyperCommand):
    """One command."""

    def format_help(self, ctx: Context, formatter: HelpFormatter) -> None:
        formatter.write(str(Help(self, ctx)))


class Verbs(TyperGroup):
    """Commands under one word, or all of them."""

    def format_help(self, ctx: Context, formatter: HelpFormatter) -> None:
        formatter.write(str(Help(self, ctx)))

    def resolve_command(self, ctx: Context, args: list[str]) -> tuple[str | None, Command | None, list[str]]:
        if not args[0].startswith("-") and args[0] not in self.commands:
            raise unknown(args[0], list(self.commands), ctx.command_path)
        return super().resolve_command(ctx, args)

    def invoke(self, ctx: Context) -> Any:
        if not ctx._protected_args:
            raise CommandMissing(ctx.command_path, shown=str(Help(self, ctx)))
        return super().invoke(ctx)
