"""Wrong usage of the terminal, said in the reader's language: our own sentences in place of the parser's."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from difflib import get_close_matches
from typing import Any, TypeVar

import typer
from typer._click import exceptions as raised  # the parser's errors, of which typer re-exports only one
from typer.core import TyperArgument, TyperOption

from domain.errors import Invalid, Word

W = TypeVar("W", bound=str)
_EXTRA = re.compile(r"Got unexpected extra argument\(s\) \((.*)\)", re.DOTALL)


class Usage(Invalid):
    """This is not how this command is written."""

    def __init__(self, path: str = "suivi", **facts: Any) -> None:
        """`path`: the command that was being written, whose help may serve."""
        super().__init__(**facts)
        self.path = path


class CommandMissing(Usage):
    """Say which command."""


class CommandUnknown(Usage):
    """“{name}” is not a command of Suivi."""


class CommandMisspelt(Usage):
    """“{name}” is not a command of Suivi. Perhaps: {close}."""


class OptionUnknown(Usage):
    """There is no option {option} here."""


class OptionMisspelt(Usage):
    """There is no option {option} here. Perhaps: {close}."""


class ArgumentMissing(Usage):
    """{name} is missing."""


class ValueMissing(Usage):
    """The option {option} needs a value."""


class ValueUnneeded(Usage):
    """The option {option} takes no value."""


class TooMuch(Usage):
    """“{words}” is not expected here. A text of several words goes between quotes."""


class NotANumber(Usage):
    """{option} takes a whole number."""


class NotWithin(Usage):
    """{option} takes a whole number from {least} to {most}."""


class NotOneOf(Usage):
    """{option} cannot be “{value}”. Accepted: {accepted}."""


class NotTogether(Usage):
    """{first} and {second} do not go together: choose one."""


def in_words(error: typer.TyperException, path: str) -> Usage:
    """What the parser refuses, as one of ours. What it was not known to say becomes the bare `Usage`."""
    context = getattr(error, "ctx", None)
    path = context.command_path if context else path
    match error:
        case raised.NoSuchOption(option_name=option, possibilities=close) if close:
            return OptionMisspelt(path, option=option, close=list(close))
        case raised.NoSuchOption(option_name=option):
            return OptionUnknown(path, option=option)
        case raised.MissingParameter(param=TyperArgument(metavar=str(name))):
            return ArgumentMissing(path, name=Word(name))
        case raised.MissingParameter(param=TyperOption(opts=[name, *_])):
            return ArgumentMissing(path, name=name)
        case raised.BadOptionUsage(option_name=option) if "does not take" in error.message:
            return ValueUnneeded(path, option=option)
        case raised.BadOptionUsage(option_name=option):
            return ValueMissing(path, option=option)
        case raised.BadParameter(param=TyperOption(opts=[name, *_], min=int(least), max=int(most))):
            return NotWithin(path, option=name, least=str(least), most=str(most))
        case raised.BadParameter(param=TyperOption(opts=[name, *_])):
            return NotANumber(path, option=name)  # the one type that we ask of it
    extra = _EXTRA.fullmatch(error.message)
    return TooMuch(path, words=extra[1]) if extra else Usage(path)


def unknown(name: str, known: list[str], path: str) -> Usage:
    """A command that does not exist, with the closest ones."""
    close = get_close_matches(name, known)
    return CommandMisspelt(path, name=name, close=close) if close else CommandUnknown(path, name=name)


def one_of(value: str, accepted: Mapping[str, W], option: str, path: str, said: Sequence[str] = ()) -> W:
    """What the word stands for, whatever its case and accents (`accepted` has them plain). `said`: what a refusal
    names, else what the words stand for."""
    from domain.words import plain

    if (word := plain(value.strip())) not in accepted:
        names = list(said) or list(dict.fromkeys(accepted.values()))
        raise NotOneOf(path, option=option, value=value, accepted=names)
    return accepted[word]
