"""Documents that nobody tuned a grammar to: invented ones of each family, worn in every way, are read at a rate that does not
fall. The floors stand a little below what is reached."""

from __future__ import annotations

from random import Random

import pytest

from bench.readings.scores import Score
from bench.variants.documents import invented
from bench.variants.kinds import AS_IT_IS, make
from bench.variants.measuring import measure
from bench.variants.tables import precision, recall

SEED = 7
DOCUMENTS = [draft for draft in invented(SEED) if draft.name.removeprefix("invented-") in {
    "follow-up-fr", "follow-up-en", "axes-en", "orientations-fr", "work-fr", "annual-fr", "register-en",
}]  # fmt: skip
FLOORS = {
    AS_IT_IS: 0.98, "dashes and bullets": 0.96, "capitals of headings": 0.97, "accents lost": 0.98, "apostrophes": 0.98,
    "accents apart (NFD)": 0.98, "no-break and thin spaces": 0.98, "numbers otherwise": 0.97, "dates otherwise": 0.94,
    "slips of scanners": 0.94, "blank lines lost": 0.97, "blank lines doubled": 0.97, "running heads, page numbers": 0.97,
    "columns in another order": 0.95, "columns by other names": 0.96, "rows cut by pages": 0.97, "cells shifted": 0.95,
    "pdf without rules": 0.9,
}  # fmt: skip


@pytest.fixture(scope="module")
def whole() -> dict[str, tuple[Score, ...]]:
    """The scores of each document as it is."""
    found = {}
    for draft in DOCUMENTS:
        plain = make(draft, AS_IT_IS, Random(0))
        assert plain is not None
        found[draft.name] = measure(draft, plain, AS_IT_IS, ()).scores
    return found


@pytest.mark.parametrize("kind", FLOORS)
def test_invented_documents_are_read(kind: str, whole: dict[str, tuple[Score, ...]]) -> None:
    measured = []
    for draft in DOCUMENTS:
        variant = make(draft, kind, Random(f"{SEED}-{draft.name}-{kind}"))
        if variant:
            measured.append(measure(draft, variant, kind, whole[draft.name]))
    assert recall(measured) >= FLOORS[kind], [(each.document, recall([each])) for each in measured]
    assert precision(measured) >= FLOORS[kind], [(each.document, precision([each])) for each in measured]


def test_the_same_seed_invents_the_same() -> None:
    assert invented(SEED) == invented(SEED)
    assert [draft.blocks for draft in invented(SEED)] != [draft.blocks for draft in invented(SEED + 1)]
