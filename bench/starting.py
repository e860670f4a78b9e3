"""What a person waits for: a report brought in, a list shown, a home opened."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

from bench.figures import Figure, median
from bench.ground import Ground
from services.home import open_home
from services.imports.service import record_import

SAMPLE = Path(__file__).parents[1] / "services" / "imports" / "samples" / "suivi_2023.txt"
TURNS = 5


def measure(ground: Ground) -> list[Figure]:
    """In a home that holds the sample; the server runs already."""
    start = time.perf_counter()
    _, outcome = record_import(ground.home, ground.actor, SAMPLE, "follow-up", "sample", "2024-09~")
    ground.home.settle(outcome)
    imported = time.perf_counter() - start
    return [
        Figure("import of the sample, shown in the lists", imported, "s", note=f"{len(outcome.versions)} streams"),
        median("suivi cases (whole process, server running)", _times(lambda: _cases(ground)), "s"),
        median("open a home (in process, server running)", _times(lambda: _open(ground)), "s"),
    ]


def _times(operation: Callable[[], object]) -> list[float]:
    """Seconds of each turn."""
    seconds = []
    for _ in range(TURNS):
        start = time.perf_counter()
        operation()
        seconds.append(time.perf_counter() - start)
    return seconds


def _cases(ground: Ground) -> None:
    settings = ground.home.settings
    environment = os.environ | {"SUIVI_HOME": str(settings.home), "SUIVI_USER": settings.user}
    command = [sys.executable, "-m", "cli.main", "cases"]
    subprocess.run(command, env=environment, stdout=subprocess.DEVNULL, check=True)


def _open(ground: Ground) -> None:
    with open_home(ground.home.settings, print):
        pass
