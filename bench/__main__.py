"""`python -m bench [NAME…]`: measures, tells, and keeps the figures in var/bench.json."""

from __future__ import annotations

import argparse
import signal
import sys
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

from bench import (
    batches,
    beside,
    commands,
    decoding,
    figures,
    http,
    idle,
    leaving,
    loading,
    machine,
    pages,
    rebuilding,
    reports,
    starting,
    sweeping,
)
from bench.figures import Figure
from bench.ground import Ground, ground

MEASURES: dict[str, Callable[[Ground], list[Figure]]] = {
    "commands": commands.measure,
    "batches": batches.measure,
    "loading": loading.measure,
    "decoding": decoding.measure,
    "starting": starting.measure,
    "rebuilding": rebuilding.measure,
    "sweeping": sweeping.measure,
    "beside": beside.measure,
    "http": http.measure,
    "pages": pages.measure,
    "reports": reports.measure,
    "leaving": leaving.measure,
    "idle": idle.measure,
}
KEPT = Path(__file__).resolve().parents[1] / "var" / "bench.json"


def main() -> None:
    """Prints and keeps the figures; a bar that is not cleared is said, not asserted."""
    parser = argparse.ArgumentParser(prog="python -m bench", description=__doc__)
    parser.add_argument("names", nargs="*", metavar="NAME", help=f"only these, of: {', '.join(MEASURES)}")
    parser.add_argument(
        "--cases", type=int, default=pages.MANY, metavar="N", help="how many, for the pages (%(default)s)"
    )
    given = parser.parse_args()
    names = given.names or list(MEASURES)
    MEASURES["pages"] = partial(pages.measure, cases=given.cases)
    if unknown := set(names) - MEASURES.keys():
        parser.error(f"no measure is called {', '.join(sorted(unknown))}: there are {', '.join(MEASURES)}")
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))  # what was started is stopped and erased all the same
    where: dict[str, Any] = {}
    found = {name: _measured(name, where) for name in names}
    figures.keep(KEPT, where, found)
    missed = [f"{name}: {figure.what}" for name, some in found.items() for figure in some if figure.held is False]
    print("\n  ".join(["Not cleared:", *missed]) if missed else "Every bar is cleared.")


def _measured(name: str, where: dict[str, Any]) -> list[Figure]:
    """One measure, on a ground of its own, between two looks at the disk."""
    start = time.perf_counter()
    with ground() as place:
        if not where:
            where |= machine.described(place.server.superuser_url)
            print("\n".join(f"{fact + ':':<22}{value}" for fact, value in where.items()) + "\n", flush=True)
        before = machine.syncs(place.home.settings.home)
        found = MEASURES[name](place)
        after = machine.syncs(place.home.settings.home)
    disk = "disk: 8 kB write + fdatasync"
    found += [Figure(f"{disk}, before", before, "a second"), Figure(f"{disk}, after", after, "a second")]
    print(figures.table(f"{name} ({time.perf_counter() - start:.0f} s)", found), flush=True)
    return found


if __name__ == "__main__":
    main()
