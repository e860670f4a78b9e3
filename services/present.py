"""The present, as commands and clocks see it: the store's time, and the organisation with its working days.

The time is the database's, or that of a simulated store. Between two looks a process counts on by itself."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from domain.organisation import ORGANISATION, Organisation
from domain.time import use_seasons
from domain.time.working import Calendar

if TYPE_CHECKING:
    from services.store import Store

KEEP = 5.0  # seconds that a look at the database's time and at the organisation serves for

_LOOK = """SELECT suivi.now(), (SELECT simulated_at IS NOT NULL FROM suivi.clock),
                  coalesce((SELECT max(version) FROM suivi.events WHERE stream = %s), 0)"""


class Present:
    """Of one store; cheap to ask for each command. A configuration changed meanwhile elsewhere is seen after `KEEP`
    seconds: what was reckoned with the former one bears its version, and the sweep reckons it anew."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._seen: float | None = None  # when the database was last asked, on this process's own clock
        self._instant = datetime.min
        self._simulated = False
        self._held = False
        self._organisation: Organisation | None = None

    def look(self) -> None:
        """Asks the database, whatever was seen before."""
        row = self._store.connection.execute(_LOOK, (ORGANISATION,), prepare=True).fetchone()
        assert row
        self._instant, self._simulated, version = row
        self._seen = time.monotonic()
        if self._organisation is None or self._organisation.version != version:
            self._organisation = self._read(version)
        use_seasons(self._organisation.seasons)

    @contextmanager
    def held(self) -> Iterator[None]:
        """Meanwhile, as long as a request takes, a simulated time too is asked for once."""
        self._held, self._seen = True, None if self._simulated else self._seen
        try:
            yield
        finally:
            self._held = False

    def _read(self, version: int) -> Organisation:
        return self._store.load(Organisation, ORGANISATION) if version else Organisation()

    def look_again(self) -> None:
        """Asks the database if the last look was too long ago."""
        self._look_at_times()

    def _look_at_times(self) -> float:
        """Seconds since the last look, after another one if that is too long or cannot be."""
        unseen = self._seen is None or (self._simulated and not self._held)
        passed = -1.0 if self._seen is None or unseen else time.monotonic() - self._seen
        if 0 <= passed <= KEEP:
            return passed
        self.look()
        return 0.0

    @property
    def now(self) -> datetime:
        """The instant, in UTC."""
        passed = self._look_at_times()
        return self._instant if self._simulated else self._instant + timedelta(seconds=passed)

    @property
    def simulated(self) -> bool:
        """Whether the time stands still until someone moves it."""
        self._look_at_times()
        return self._simulated

    @property
    def organisation(self) -> Organisation:
        """The organisation, with its settings."""
        self._look_at_times()
        assert self._organisation
        return self._organisation

    @property
    def calendar(self) -> Calendar:
        """Its working days."""
        return self.organisation.calendar
