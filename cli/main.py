"""The entry of the terminal: runs one command, and says in a sentence what kept it from being done.

Exit codes: 0 done, 1 refused or not found, 2 wrong usage, 130 interrupted."""

from __future__ import annotations

import errno
import os
import sys
from collections.abc import Callable, Sequence
from typing import NoReturn

import typer

from cli.app import command
from cli.terminal import Terminal
from cli.usage import CommandMissing, Usage, in_words
from domain.errors import Invalid, SuiviError
from projections.phrases.catalogue import N_, say
from services.failures import record
from services.settings import Settings

INTERRUPTED = 130
FORBIDDEN = N_("Your account may not open “{file}”: ask for permission, or give another file or folder.")
DISK_FULL = N_("The disk is full. Free some space, then try again; nothing recorded is lost.")
UNEXPECTED = N_("Something went wrong that was not foreseen. What was recorded before is safe; details: {file}")
UNWRITTEN = N_("Something went wrong that was not foreseen, and its details could not be written down: {kind}.")
STOPPED = N_("Interrupted.")
FOR_HELP = N_("For help: {path} --help")


def main(args: Sequence[str] | None = None) -> NoReturn:
    """`suivi`."""
    given = sys.argv[1:] if args is None else args
    terminal = opened()
    sys.exit(guarded(terminal, given, lambda: _run(terminal, given)))


def opened() -> Terminal:
    """The terminal that the environment asks for."""
    try:
        return Terminal(Settings.from_environment())
    except Invalid as error:
        print(say(error, "en" if os.environ.get("SUIVI_LANG", "").lower() == "en" else "fr"), file=sys.stderr)
        sys.exit(2)


def guarded(terminal: Terminal, args: Sequence[str], work: Callable[[], int | None]) -> int:
    """Does the work; whatever keeps it from being done is said in a sentence, and gives the exit code."""
    try:
        return work() or 0
    except CommandMissing as error:
        terminal.tell("{shown}", **error.facts)
        return 2
    except Usage as error:
        return _misused(terminal, error)
    except typer.TyperException as error:
        return _misused(terminal, in_words(error, " ".join(["suivi", *(a for a in args[:1] if a.isalpha())])))
    except SuiviError as error:
        terminal.tell(error)
        return 1
    except KeyboardInterrupt:
        terminal.tell(STOPPED)
        return INTERRUPTED
    except Exception as error:
        return _unforeseen(terminal, args, error)


def _run(terminal: Terminal, args: Sequence[str]) -> int:
    code = command().main([*args], prog_name="suivi", standalone_mode=False, obj=terminal)
    if code == INTERRUPTED:  # what typer makes of an interruption
        terminal.tell(STOPPED)
    return code if isinstance(code, int) else 0


def _misused(terminal: Terminal, error: Usage) -> int:
    terminal.tell(error)
    terminal.tell(FOR_HELP, path=error.path)
    return 2


def _unforeseen(terminal: Terminal, args: Sequence[str], error: Exception) -> int:
    if isinstance(error, OSError) and error.errno in (errno.ENOSPC, errno.EDQUOT):
        terminal.tell(DISK_FULL)
    elif isinstance(error, PermissionError) and error.filename:
        terminal.tell(FORBIDDEN, file=error.filename)
    elif file := record(terminal.settings.home, _named(args), error):
        terminal.tell(UNEXPECTED, file=file)
    else:
        terminal.tell(UNWRITTEN, kind=type(error).__name__)
    return 1


def _named(args: Sequence[str]) -> str:
    """The command without what was given to it, which may be personal."""
    return " ".join(["suivi", next((arg for arg in args if not arg.startswith("-")), "")])


if __name__ == "__main__":
    main()
