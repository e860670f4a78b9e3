"""What the processes of Suivi say to whoever started them, in the reader's language."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from domain.errors import SuiviError
from projections.phrases.catalogue import N_, say

READY = N_("Ready.")


def tell(said: SuiviError | str, lang: str, **facts: Any) -> None:
    """A sentence for the log."""
    print(say(said, lang, **facts), file=sys.stderr, flush=True)


@contextmanager
def beginning(lang: str) -> Iterator[None]:
    """What keeps a process from its work is a sentence, and exit code 1."""
    try:
        yield
    except SuiviError as error:
        tell(error, lang)
        sys.exit(1)


def tell_ready(lang: str) -> None:
    """Says, on standard output, that the work has begun."""
    print(say(READY, lang), flush=True)
