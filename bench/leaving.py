"""What leaving with everything takes: the memory must not grow with the store."""

from __future__ import annotations

import io
import os
import time
import tracemalloc

from bench.figures import Figure
from bench.ground import Ground
from services.act import AskWithFile, act
from services.attachments.files import upload
from services.leaving import Form, export

CASES = (500, 2_500)
EVENTS = 8  # of a case
WITH_FILE = 25  # one case in so many has a file
SIZE = 200_000  # bytes of a file
GROWTH = 1.25  # times what the small store takes, at most


def measure(ground: Ground) -> list[Figure]:
    """The archive, and the log alone, of two stores."""
    found: dict[Form, list[float]] = {"zip": [], "jsonl": []}
    figures: list[Figure] = []
    for cases in CASES:
        with ground.another(f"leaving{cases}") as place:
            _fill(place, cases)
            for form, held in found.items():
                seconds, size = _timed(place, form)
                held.append(_held(place, form))
                note = f"{seconds:.1f} s, {size / 2**20:.1f} MB of file"
                figures.append(Figure(f"{form}, {cases:,} cases: held by Python", held[-1], "MB", note=note))
    return figures + [
        Figure(f"{form}: {CASES[1]:,} ÷ {CASES[0]:,} cases", many / few, "×", GROWTH, most=True)
        for form, (few, many) in found.items()
    ]


def _fill(place: Ground, cases: int) -> None:
    refs = place.adopt(cases, EVENTS)
    for ref in refs[::WITH_FILE]:
        sent = upload("lettre.bin", os.urandom(SIZE))
        act(place.home.store, place.actor, AskWithFile(ref=ref, verb="attach", facts={"kind": "letter"}, upload=sent))
    place.settle()


def _timed(place: Ground, form: Form) -> tuple[float, int]:
    """Seconds, and bytes of the file."""
    with io.BytesIO() as out:
        start = time.perf_counter()
        export(place.home, out, form, everything=True)
        return time.perf_counter() - start, out.tell()


def _held(place: Ground, form: Form) -> float:
    """The most that Python holds at once, in MB, once all is loaded."""
    tracemalloc.start()
    with open(os.devnull, "wb") as out:
        export(place.home, out, form, everything=True)
    held = tracemalloc.get_traced_memory()[1] / 2**20
    tracemalloc.stop()
    return held
