"""Reports written for tests, and how to read them."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from services.imports.follow_up import parse
from services.imports.reading import Source, decode
from services.imports.report import Block, Report

SAMPLE = Path(__file__).resolve().parents[3] / "services" / "imports" / "samples" / "suivi_2023.txt"


def source(text: str) -> Source:
    return decode("suivi.txt", text.encode())


def parsed(text: str) -> Report:
    return parse(source(text))


def texts(block: Block) -> list[str]:
    return [paragraph.text for paragraph in block.paragraphs]


def without_lines(report: Report) -> Report:
    """The report with every line number 0 and no heading as printed: what must be the same in every layout."""
    blocks = tuple(
        replace(
            block,
            heading="",
            line=0,
            paragraphs=tuple(replace(item, first_line=0, last_line=0) for item in block.paragraphs),
        )
        for block in report.blocks
    )
    return replace(report, blocks=blocks)


def said(report: Report) -> list[tuple[str, int, str]]:
    """The problems: their kind, line and severity."""
    return [(type(problem.notice).__name__, problem.line, problem.severity) for problem in report.problems]
