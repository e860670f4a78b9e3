"""What comes back from offices, noted at the very instant at which they are to be chased, against sweepers."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from typing import Any

from domain.demarche.demarche import Demarche
from services.schema import Urls
from tests.services.clock_racing import NOTHING, ClockRace, Entry
from tests.services.clockwork import clockwork

ANSWERS: dict[str, dict[str, Any]] = {
    "answer": {"answer": "no_promise"},
    "decline": {"reason": "aucune disponibilité"},
    "redirect": {"office": "office:ailleurs"},
    "acknowledge": {"wait_until": "2290-01-10"},
    "fix-meeting": {"date": "2290-01-10"},
    "hold-meeting": {"met": "staff"},
    "remind": {},
    "close": {"reason": "overtaken"},
    "pause": {"reason": "élections"},
    NOTHING: {},
}
WAIT = 30  # working days until whoever follows a thread up is told that nothing came


@dataclass
class AnswerRace(ClockRace):
    """Batches of ten threads with an office: one for each thing that may come back, one left in silence."""

    days = (1, 0, WAIT)

    def ref(self, number: int) -> str:
        return f"demarche:{number}"

    def prepare(self, verb: str, due: date) -> Entry:
        """A letter of today: its thirtieth working day is the instant."""
        threads = sorted(int(key) for key in self.keys())
        self.number = (threads[-1] if threads else 0) + 1
        ref = self.ref(self.number)
        self.work.do(ref, "send", cases="2023:1", office="office:education", owner="person:lea")
        demarche = self.work.store.load(Demarche, self.work.refs_of("demarche", str(self.number)))
        (clock,) = demarche.clocks
        self.prepared[ref] = verb
        return Entry(ref, verb, demarche.id, clock)

    def __post_init__(self) -> None:
        self.prepared: dict[str, str] = {}

    def keys(self) -> Iterator[str]:
        """The numbers of the threads; those that a redirection opened are among them."""
        rows = self.work.store.connection.execute("SELECT key FROM suivi.keys WHERE scope = 'demarche'").fetchall()
        return (key for (key,) in rows)

    @property
    def refs(self) -> Iterator[tuple[str, str]]:
        yield from self.prepared.items()

    def steps_of(self, ref: str) -> list[Any]:
        stream = self.work.refs_of("demarche", ref.partition(":")[2])
        history = self.work.store.load_history(stream)
        return [r.event for r in history if type(r.event).__name__ == "EscalationStepTaken"]

    def forget(self, ref: str) -> None:
        self.work.do(ref, "close", reason="réglé autrement")


@contextmanager
def answer_race(urls: Urls, seed: int) -> Iterator[AnswerRace]:
    """In a simulated store of its own, with one case and two offices."""
    print(f"SUIVI_SEED={seed}")
    with clockwork(urls) as work:
        work.adopt(1)
        for key in ("education", "ailleurs"):
            work.do(f"office:{key}", "create", name=f"ministre ({key})")
        yield AnswerRace(work, urls, seed, acts=ANSWERS)
