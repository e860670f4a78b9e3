"""A case of many events, loaded: Suivi's store beside the library's repository."""

from __future__ import annotations

from functools import partial

from bench import library
from bench.figures import Figure, median, ratio
from bench.ground import Ground
from bench.load import pace
from domain.case.case import Case
from services.store import Store

LENGTHS = {10: None, 100: 2.0, 1_000: None}  # events, and how many times the library's pace is asked
TURNS, SECONDS = 5, 0.5


def measure(ground: Ground) -> list[Figure]:
    """By length of history, one history read again and again."""
    library.prepare(ground.other_url)
    app = library.Resolutions(env=library.environment(ground.other_url, CREATE_TABLE="n"))
    figures = []
    with Store(ground.home.urls.writer) as store:
        for events, bar in LENGTHS.items():
            key = ground.adopt(1, events)[0]
            id = library.adopt(ground.other_url, 1, events)[0]
            case = store.find(Case, "case", key)
            assert case and case.version == events and app.repository.get(id).version == events
            ours, theirs = [], []
            for _ in range(TURNS):
                ours.append(pace(partial(store.load, Case, case.id), SECONDS))
                theirs.append(pace(partial(app.repository.get, id), SECONDS))
            figures += [
                median(f"{events} events: the case", ours, "loads/s"),
                median(f"{events} events: the library's aggregate", theirs, "loads/s"),
                ratio(f"{events} events: the case ÷ the library's", ours, theirs, bar),
            ]
    app.close()
    return figures
