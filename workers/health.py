"""Whether a kind of pass (`sweep`, `deliver`) is still being made, for whoever watches over processes:
`python -m workers.health deliver` ends with 0, or with 1 and a sentence."""

from __future__ import annotations

import sys
from contextlib import ExitStack

from domain.errors import Unavailable
from services.home import connect, reachable
from services.processes import beginning, tell
from services.settings import Settings
from services.store import Store
from services.watching import STILL, beat_of


class PassMissing(Unavailable):
    """No pass “{name}” was made for {minutes} minutes or more."""


def check(settings: Settings, name: str) -> None:
    """Raises `PassMissing`, or why the database cannot be asked."""
    with ExitStack() as stack, reachable():
        urls = connect(settings, lambda message: tell(message, settings.lang), stack)
        silence = beat_of(stack.enter_context(Store(urls.writer)).connection, name)
    if silence is None or silence > STILL:
        raise PassMissing(name=name, minutes=STILL.seconds // 60)


def main() -> None:
    """Exit code 0: it is being made."""
    settings = Settings.from_environment()
    with beginning(settings.lang):
        check(settings, sys.argv[1])


if __name__ == "__main__":
    main()
