"""`python -m bench.readings [NAME…] [--seeds DIR]`: reads the real documents and compares them with their facts."""

from __future__ import annotations

import argparse
import importlib
import pkgutil
import sys
from collections.abc import Callable
from pathlib import Path

from bench.readings import __path__ as here
from bench.readings.scores import SHARED, Absent, Score, table


def measures() -> dict[str, Callable[[Path], list[Score]]]:
    """Name -> measure, of each module of this package that has one: a module per document."""
    found = {}
    for module in sorted(each.name for each in pkgutil.iter_modules(here) if not each.name.startswith("_")):
        measure = getattr(importlib.import_module(f"bench.readings.{module}"), "measure", None)
        if measure:
            found[module] = measure
    return found


def main() -> int:
    """Prints the table and what was missed, by name; fails only if nothing at all could be read."""
    known = measures()
    parser = argparse.ArgumentParser(prog="python -m bench.readings", description=__doc__)
    parser.add_argument("names", nargs="*", metavar="NAME", help=f"only these, of: {', '.join(known)}")
    parser.add_argument("--seeds", type=Path, default=SHARED / "seeds", metavar="DIR", help="where the documents are")
    given = parser.parse_args()
    if unknown := set(given.names) - known.keys():
        parser.error(f"no measure is called {', '.join(sorted(unknown))}: there are {', '.join(known)}")
    scores: list[Score] = []
    for name in given.names or known:
        try:
            scores += known[name](given.seeds)
        except Absent as absent:
            print(f"SKIPPED: {absent}", file=sys.stderr)
    if not scores:
        print("Nothing was measured.", file=sys.stderr)
        return 1
    print(table(scores))
    short = [each for each in scores if not each.whole]
    print(f"\n{len(scores) - len(short)} of {len(scores)} measures are whole; those marked * are not.")
    return 0


if __name__ == "__main__":
    sys.exit(main())
