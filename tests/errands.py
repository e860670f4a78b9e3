"""Rules of an organisation's own, in two versions: between them a state goes, one comes, and the reminders change."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from workflows import library

FIRST = """workflow: errand
version: 1
label: {fr: Course, en: Errand}
initial: asked
states:
  asked: {label: {fr: Demandée, en: Asked}}
  running: {label: {fr: Lancée, en: Running}}
  waiting: {label: {fr: En attente, en: Waiting}}
  over: {final: true, label: {fr: Finie, en: Over}}
moves:
  - verb: adopt
    from: nothing
    to: asked
    roles: [officer, secretary]
    facts: {assembly: required, numbers: required, titles: required}
  - {verb: move, name: run, label: {fr: lancer, en: run}, from: [asked], to: running, roles: [officer, secretary]}
  - {verb: move, name: hold, label: {fr: suspendre, en: hold}, from: [running], to: waiting, roles: [officer, secretary]}
  - {verb: move, name: end, label: {fr: finir, en: end}, from: open, to: over, roles: [officer, secretary]}
  - {verb: set-due, from: open, to: unchanged, roles: [officer, secretary], facts: {due: optional}}
  - {verb: note, from: any, to: unchanged, roles: [officer, secretary], facts: {text: required}}
  - {verb: retract, from: any, to: restored, roles: [officer, secretary], facts: {event: required, reason: required}}
clocks: {due: slow}
ladders: {slow: [{after: 5, tell: [owner]}]}
"""
SECOND = (
    FIRST.replace("version: 1", "version: 2")
    .replace("  waiting: {label: {fr: En attente, en: Waiting}}\n", "  paused: {label: {fr: Suspendue, en: Paused}}\n")
    .replace("to: waiting", "to: paused").replace("after: 5", "after: 2")
)  # fmt: skip


@contextmanager
def in_use(folder: Path) -> Iterator[Path]:
    """The first version is in the folder, which this process uses."""
    (folder / "errand.v1.yaml").write_text(FIRST, encoding="utf-8")
    library.use(folder)
    library._read.cache_clear()
    try:
        yield folder
    finally:
        library.use(None)
        library._read.cache_clear()


def second(folder: Path) -> None:
    """The second version is there too."""
    (folder / "errand.v2.yaml").write_text(SECOND, encoding="utf-8")
    library._read.cache_clear()
