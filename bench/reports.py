"""What a document of many cases takes: its memory must not grow with them. Each is written by a process of its own, from
blocks that are made as they are asked for; and the register of a store, in this one."""

from __future__ import annotations

import io
import json
import os
import resource
import subprocess
import sys
import time
import tracemalloc
from collections.abc import Iterator
from datetime import date
from itertools import pairwise
from pathlib import Path
from tempfile import TemporaryFile
from typing import BinaryIO, NamedTuple

from bench.figures import Figure
from bench.ground import Ground
from bench.machine import peak_memory
from services.reports import registry
from services.reports.asked import Asked
from services.reports.printed import Block, Cell, Heading, Item, Items, Printed, Row, Run, Table, Text
from services.reports.writing import write

CASES = (100, 1_000, 5_000)
FORMATS = ("html", "csv", "xlsx", "docx", "pdf")
GROWTH = 1.25  # times what 100 cases take, at most
STORED = (500, 2_500)
WORDS = "Nous avons écrit au ministère, qui promet une réponse avant la fin de la session; le comité en reparlera. "


class Taken(NamedTuple):
    """By one document: MB of its process, and of the process that lays it out; seconds; MB of the file."""

    memory: float
    child: float
    seconds: float
    size: float


def document(format: str, cases: int) -> Printed:
    """A follow-up of so many cases; for CSV, which has no prose, a register."""
    blocks = _register(cases) if format == "csv" else _follow_up(cases)
    return Printed(
        "bench", ("Suivi des résolutions",), "fr", date(2024, 9, 18), blocks, "Fédération des essais", steps=cases
    )


def _follow_up(cases: int) -> Iterator[Block]:
    for n in range(1, cases + 1):
        yield Heading((Run(f"RÉSOLUTION {n}\nDes soins à domicile, partout et pour toutes et tous"),), 3)
        yield Text((Run(WORDS * 3), Run("Action non réalisée", underlined=True)))
        yield Items(tuple(Item((Run(f"Que {WORDS.lower()}"),)) for _ in range(2)))


def _register(cases: int) -> Iterator[Block]:
    def words(text: str) -> Cell:
        return Cell((Text((Run(text),)),))

    rows = (Row((words(str(n)), words(WORDS), words("en cours"))) for n in range(1, cases + 1))
    yield Table("Registre", (Row((words("No"), words("Titre"), words("État"))),), rows, (1, 6, 2))


def measure(ground: Ground) -> list[Figure]:
    """Every format at every size, then the register of two stores."""
    figures: list[Figure] = []
    for format in FORMATS:
        taken = {cases: _taken(format, cases) for cases in CASES}
        for cases, one in taken.items():
            note = f"{one.seconds:.1f} s, {one.size:.2f} MB of file"
            figures.append(Figure(f"{format}, {cases:,} cases: memory", one.memory, "MB", note=note))
        figures += _growth(format, {cases: one.memory for cases, one in taken.items()})
        laid_out = {cases: one.child for cases, one in taken.items() if one.child}
        what = f"{format}, process that lays it out"
        figures += [Figure(f"{what}, {cases:,} cases", mb, "MB") for cases, mb in laid_out.items()]
        figures += _growth(what, laid_out) if laid_out else []
    return figures + _registers(ground)


def _growth(what: str, memory: dict[int, float]) -> list[Figure]:
    """What each number of cases takes against the one before it."""
    return [Figure(f"{what}: {many:,} ÷ {few:,} cases", memory[many] / memory[few], "×", GROWTH, most=True)
            for few, many in pairwise(memory)]  # fmt: skip


def _taken(format: str, cases: int) -> Taken:
    command = [sys.executable, "-m", "bench.reports", format, str(cases)]
    done = subprocess.run(command, check=True, capture_output=True, cwd=Path(__file__).parents[1])
    return Taken(*json.loads(done.stdout))


def _registers(ground: Ground) -> list[Figure]:
    """What Python holds while the register of a store is written, from the lists of the database."""
    held, told = [], list[Figure]()
    for cases in STORED:
        with ground.another(f"reports{cases}") as place:
            place.adopt(cases, 3)
            place.settle()
            held.append(_held(place, Asked()))
            then = _held(place, Asked(as_of=place.home.store.present.now.date().isoformat()))
        told.append(Figure(f"register of a store of {cases:,}: held by Python", held[-1], "MB"))
        told.append(Figure(f"the same as of a day, of {cases:,}", then, "MB"))
    growth = Figure(f"register of a store: {STORED[1]:,} ÷ {STORED[0]:,} cases", held[1] / held[0], "×", 1.5, most=True)
    return [*told, growth]


def _held(ground: Ground, asked: Asked) -> float:
    with io.BytesIO() as first:  # what is loaded once
        registry.write(ground.home, "register", asked, "html", first)
    tracemalloc.start()
    with open(os.devnull, "wb") as out:
        registry.write(ground.home, "register", asked, "html", out)
    held = tracemalloc.get_traced_memory()[1] / 2**20
    tracemalloc.stop()
    return held


def _one(format: str, cases: int, out: BinaryIO) -> Taken:
    """In the process of its own."""
    start = time.perf_counter()
    write(document(format, cases), format, out)
    seconds = time.perf_counter() - start
    child = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024
    return Taken(peak_memory(), child, seconds, out.tell() / 2**20)


def main(arguments: list[str]) -> None:
    """`python -m bench.reports FORMAT CASES`: what one document takes, as JSON."""
    with TemporaryFile() as out:
        print(json.dumps(_one(arguments[0], int(arguments[1]), out)))


if __name__ == "__main__":
    main(sys.argv[1:])
