"""`python -m bench.variants [--seed N] [--count K] [--kind NAME]… [--document NAME]… [--out DIR] [--missed]`: variants of the
real documents and invented ones, read and compared with their facts."""

from __future__ import annotations

import argparse
import sys
from collections import defaultdict
from collections.abc import Iterable
from pathlib import Path
from random import Random

from bench.readings.scores import table
from bench.variants.documents import invented, real
from bench.variants.draft import Draft
from bench.variants.kinds import AS_IT_IS, Variant, make, names
from bench.variants.measuring import Measured, measure
from bench.variants.tables import by_class, by_kind


def run(drafts: Iterable[tuple[int, Draft]], kinds: list[str], out: Path | None = None) -> list[Measured]:
    """Every kind of every document; `drafts` with the seed of each."""
    measured = []
    for seed, draft in drafts:
        plain = make(draft, AS_IT_IS, Random(0))
        assert plain is not None
        whole = measure(draft, plain, AS_IT_IS, ()).scores
        for kind in kinds:
            variant = make(draft, kind, Random(f"{seed}-{draft.name}-{kind}"))
            if variant:
                measured.append(measure(draft, variant, kind, whole))
                if out:
                    _keep(out, seed, kind, variant)
    return measured


def _keep(out: Path, seed: int, kind: str, variant: Variant) -> None:
    folder = out / f"{seed}-{kind.replace(' ', '-')}"
    folder.mkdir(parents=True, exist_ok=True)
    (folder / variant.name).write_bytes(variant.content)


def main() -> int:
    """Prints the tables; with --missed, what was not read as the facts have it."""
    parser = argparse.ArgumentParser(prog="python -m bench.variants", description=__doc__)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument(
        "--count", type=int, default=3, metavar="K", help="how many variants of each kind of each document"
    )
    parser.add_argument("--kind", action="append", choices=names(), metavar="NAME", help=", ".join(names()))
    parser.add_argument("--document", action="append", metavar="NAME", help="only the documents whose name begins so")
    parser.add_argument("--out", type=Path, metavar="DIR", help="keep the variants there")
    parser.add_argument("--missed", action="store_true", help="tell what was missed")
    parser.add_argument("--classes", action="store_true", help="also a table of the fact classes")
    given = parser.parse_args()
    seeds = range(given.seed, given.seed + given.count)
    found = real()
    drafts = [(seed, draft) for seed in seeds for draft in [*found, *invented(seed)]]
    if given.document:
        drafts = [(seed, draft) for seed, draft in drafts if draft.name.startswith(tuple(given.document))]
    measured = run(drafts, given.kind or names(), given.out)
    if given.missed:
        _tell(measured)
    print(by_kind(measured), *([by_class(measured)] if given.classes else []), sep="\n\n")
    return 0


def _tell(measured: list[Measured]) -> None:
    grouped: dict[tuple[str, str], list[Measured]] = defaultdict(list)
    for each in measured:
        grouped[each.document, each.kind].append(each)
    for (document, kind), all_of in grouped.items():
        for each in all_of:
            print(f"== {document}, {kind} {each.refused}")
            print(table(score for score in each.scores if not score.whole))


if __name__ == "__main__":
    sys.exit(main())
