"""What a measure gives: figures, some with a bar to clear."""

from __future__ import annotations

import json
import statistics
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any


@dataclass(frozen=True)
class Figure:
    """One line of the table. `bar`: at least this (or at most, if `most`); without one it is only told."""

    what: str
    value: float
    unit: str
    bar: float | None = None
    most: bool = False
    note: str = ""

    @property
    def held(self) -> bool | None:
        """Whether the bar is cleared; null without one."""
        if self.bar is None:
            return None
        return self.value <= self.bar if self.most else self.value >= self.bar


def ratio(what: str, over: Sequence[float], under: Sequence[float], bar: float | None = None, **more: Any) -> Figure:
    """The median of the ratios, turn by turn: what moves the machine moves both sides of a turn."""
    return Figure(what, statistics.median(a / b for a, b in zip(over, under, strict=True)), "×", bar, **more)


def median(what: str, values: Iterable[float], unit: str, **more: Any) -> Figure:
    """The median of a few turns."""
    return Figure(what, statistics.median(values), unit, **more)


def table(title: str, figures: Iterable[Figure]) -> str:
    """The figures as plain text, aligned."""
    lines = [title, "-" * len(title)]
    return "\n".join(lines + [_line(figure) for figure in figures]) + "\n"


def _line(figure: Figure) -> str:
    sign = {True: "✓", False: "✗", None: " "}[figure.held]
    bar = f"{'≤' if figure.most else '≥'} {figure.bar:g}" if figure.bar is not None else ""
    return f"{sign} {figure.what:<66} {_number(figure.value):>10} {figure.unit:<11} {bar:<8} {figure.note}".rstrip()


def _number(value: float) -> str:
    return f"{value:,.0f}" if value >= 100 else f"{value:.2f}" if value >= 0.1 else f"{value:.3f}"


def keep(file: Path, machine: dict[str, Any], figures: dict[str, list[Figure]]) -> None:
    """Everything as JSON, for comparing runs."""
    told = {name: [asdict(figure) | {"held": figure.held} for figure in some] for name, some in figures.items()}
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(json.dumps({"machine": machine, "figures": told}, indent=1, ensure_ascii=False) + "\n")
