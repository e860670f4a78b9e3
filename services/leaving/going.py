"""Leaving with what the viewer may read; or with everything, by the hand of whoever holds the machine."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import asdict, dataclass, replace
from typing import BinaryIO, Literal

from domain.errors import Forbidden
from domain.values import Lang
from services import access
from services.home import Home
from services.leaving.archive import Archive
from services.leaving.events import Events, Progress
from services.leaving.explaining import explain
from services.leaving.telling import count, tell
from services.reading.when import today

Form = Literal["zip", "jsonl"]
FORMS: Mapping[str, str] = {"zip": "application/zip", "jsonl": "application/jsonl"}
"""What leaves, with its media type: an archive of all, or the log alone."""

FORMAT = "suivi.archive/1"
_NAMED = "SELECT ref, visibility FROM read.cases WHERE visibility = 'named'"


class ForAdministrators(Forbidden):
    """What the organisation holds leaves by the hand of an administrator only. Ask the one of yours."""


@dataclass(frozen=True)
class Left:
    """`entries` of the log were written; `withheld` were not: the viewer may not see them. Of an archive, how many `files`
    came with it, and the names of those that did not, their content being `damaged`."""

    entries: int
    withheld: int
    files: int = 0
    damaged: tuple[str, ...] = ()


def export(
    home: Home, out: BinaryIO, form: Form = "jsonl", *, everything: bool = False, lang: Lang = "fr",
    progress: Progress = lambda done, of: None,
) -> Left:  # fmt: skip
    """Writes what the viewer, an administrator, may read; `everything`: what is shown to named people only as well, for
    whoever holds the database itself, as with a backup. The access log is told first. All of it is of one instant, and
    what is held at once does not grow with it. Raises `ForAdministrators`."""
    viewer = home.viewer()
    if "administrator" not in viewer.roles:
        raise ForAdministrators()
    access.record(home.store, "taken-whole" if everything else "taken", viewer.person)
    if everything:
        home = replace(home, known_viewer=replace(viewer, roles=viewer.roles | {"secretary"}))
    return _archive(home, out, everything, lang, progress) if form == "zip" else _log(home, out, progress)


def named_for(home: Home, form: Form) -> str:
    """What the file is called today."""
    return f"suivi-{today(home)}.{form}"


def _log(home: Home, out: BinaryIO, progress: Progress) -> Left:
    with _at_one_instant(home):
        events = Events(home)
        out.writelines(events.lines(progress))
    return Left(events.entries, events.withheld)


def _archive(home: Home, out: BinaryIO, everything: bool, lang: Lang, progress: Progress) -> Left:
    with Archive(out, home.store.present.now, lang) as archive:
        with _at_one_instant(home):
            events, more = Events(home), count(home)
            steps = events.size + more
            archive.add("events.jsonl", events.lines(lambda done, of: progress(done, steps)))
            tell(home, archive, lambda done: progress(min(events.size + done, steps), steps))
        left = Left(events.entries, events.withheld, archive.files, tuple(archive.damaged))
        archive.document("manifest.json", {
            "format": FORMAT, "made_at": archive.now.isoformat(), "everything": everything, "log_size": events.size,
            "tables": archive.tables(), **asdict(left),
        })  # fmt: skip
        explain(home, archive)
        archive.seal()
    return left


@contextmanager
def _at_one_instant(home: Home) -> Iterator[None]:
    """All that is read within is of one instant, whatever is recorded meanwhile. What an auditor alone may read of it is
    written down."""
    with home.reader.transaction():
        home.reader.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
        rows = [{"ref": ref, "visibility": visibility} for ref, visibility in home.reader.execute(_NAMED)]
        access.note_named(home, rows)
        yield
