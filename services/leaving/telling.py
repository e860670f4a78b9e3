"""What fills the tables: page by page of cases, of threads and of records, of what the viewer may see."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any

from domain.attachments import FileAttached
from domain.base import Recorded
from domain.case.case import Case
from domain.case.subscriptions import wishes
from domain.demarche.demarche import Demarche
from domain.directory import ReportTabled
from domain.figures import Target
from projections import log
from projections.case_lists import Known
from projections.case_pages import Sought, cases_found
from projections.case_rows import party, shape
from projections.demarche_lists import FIRST, Wanted, page_of_threads, streams_of_threads
from projections.demarche_rows import count as count_of
from projections.records import listed
from services.attachments.contents import Attached
from services.home import Home
from services.leaving.archive import Archive
from services.reading.demarches import told
from services.reading.histories import utc
from services.reading.lists import reading_of
from services.reading.names import named
from services.reading.plans import plan, plans
from services.reading.records import with_names
from services.reading.when import When
from services.reports.selecting import assemblies_of

PAGE = 100  # cases, threads or records that are held at once
Row = dict[str, Any]
Done = Callable[[int], None]

_COUNT = """SELECT (SELECT count(*) FROM read.cases) + (SELECT count(*) FROM read.demarches)
                 + (SELECT count(*) FROM read.records)"""
_ENTRIES = "SELECT kind, facts FROM read.directory WHERE kind <> 'plan' ORDER BY kind, sort, key"


def count(home: Home) -> int:
    """How many steps `tell` takes, at most."""
    row = home.reader.execute(_COUNT).fetchone()
    return int(row[0]) if row else 0


def tell(home: Home, archive: Archive, progress: Done) -> None:
    """Fills every table, and puts the files in. `progress` is told how many steps are done."""
    done = 0
    for pages in (_cases, _threads, _records):
        for page in pages(home, archive):
            done += page
            progress(done)
    _plans(home, archive)
    _directory(home, archive)
    for assembly in assemblies_of(home, Known()).values():
        _files(home, archive, f"assembly:{assembly.key}", assembly.history, assembly.tabled)


def _cases(home: Home, archive: Archive) -> Iterator[int]:
    after: list[str] | None = None
    while found := cases_found(home.reader, reading_of(home), Sought(), after, PAGE):
        histories = {each[0].originator_id: each for each in log.histories(home.reader, [one.id for one in found])}
        folded = [Case.fold(histories[one.id]) for one in found]
        for case, row in zip(folded, named(home, [_case(case) for case in folded]), strict=True):
            archive.row("cases", row)
            for table in ("tasks", "turns", "notes"):
                for each in row[table]:
                    archive.row(table, each)
            _files(home, archive, case.ref, case.history, case.attachments)
        yield len(found)
        after = found[-1].key


def _case(case: Case) -> Row:
    """A case with its tasks and its notes, ids where a reader sees names."""
    row, adopted = shape(case), case.adopted
    assert adopted
    standing = row["standing"] or {}
    paragraphs = [{"about": case.ref, "event": version, "kind": "paragraph", "occurred": each.occurred, "text": each.text,
                   "audience": "assembly", "planned": None, "verdict": None} for version, each in case.paragraphs]  # fmt: skip
    return row | {
        "who": adopted.who, "results": adopted.results, "targets": [_target(each) for each in case.targets.values()],
        "mover": party(adopted.mover), "seconder": party(adopted.seconder), "vote": adopted.vote,
        "minutes_ref": adopted.minutes_ref, "owner_ref": row["owner"], "final": case.workflow.is_final(case.state),
        "parts": [_words(part["label"], part) for part in row["parts"]],
        "proposed": [_words(one["part"], one) for one in row["proposals"]],
        "cadence": standing.get("cadence"), "next_review": standing.get("review"),
        "waiting_on": [each["on"] for each in row["waiting_on"]],
        "residuals": case.residuals, "links": [str(to) for _, to in case.links],
        "threads": [str(thread) for thread in case.threads], "people": list(map(str, case.people)),
        "followers": [str(person) for person, wanted in wishes(case).items() if wanted],
        "tasks": list(_tasks(case)), "turns": list(_turns(case)),
        "notes": [*_notes(case.ref, case.notes), *paragraphs],
    }  # fmt: skip


def _words(label: str | None, of: Row) -> str:
    return " ".join(filter(None, (label, of["state"], of["completion"])))


def _tasks(case: Case) -> Iterator[Row]:
    for task in case.tasks.values():
        schedule, owner = task.schedule, party(task.owner)
        yield {
            "case": case.ref, "task": task.number, "kind": task.kind or "task", "heading": task.heading, "group": task.group,
            "text": task.text, "who": list(task.who), "owner": owner, "owner_ref": owner, "due": task.due, "done": task.done,
            "upon": str(task.upon) if task.upon else None, "schedule": schedule and schedule.words,
            "schedule_rrule": schedule and schedule.rrule,
        }  # fmt: skip


def _turns(case: Case) -> Iterator[Row]:
    for task, turns in case.turns.items():
        for turn in turns.values():
            yield {"case": case.ref, "task": task, "period": turn.period, "due": turn.due, "times_done": turn.done,
                   "times_wanted": _many(count_of(turn.wanted))}  # fmt: skip


def _target(target: Target) -> str:
    return f"{target.figure.measures}: {target.figure.words}"


def _notes(about: str, notes: Iterable[tuple[int, Any]]) -> Iterator[Row]:
    for version, note in notes:
        yield {"about": about, "event": version, "kind": "note", "occurred": note.occurred, "audience": note.audience,
               "planned": getattr(note, "planned", None), "verdict": getattr(note, "verdict", None),  # of plans alone
               "text": note.text}  # fmt: skip


def _threads(home: Home, archive: Archive) -> Iterator[int]:
    viewer, after = home.viewer(), FIRST
    while found := page_of_threads(home.reader, Wanted(), viewer.person, sorted(viewer.roles), after, PAGE):
        streams = streams_of_threads(home.reader, [one.row["number"] for one in found])
        folded = {each[0].originator_id: each for each in log.histories(home.reader, streams.values())}
        for row in told(home, found, When()):
            archive.row("threads", _thread(row))
            thread = Demarche.fold(folded[streams[row["number"]]])
            for each in _notes(row["ref"], thread.notes):
                archive.row("notes", each)
            _files(home, archive, row["ref"], thread.history, thread.attachments)
        yield len(found)
        after = (found[-1].since, found[-1].row["number"])


def _thread(row: Row) -> Row:
    return row | {
        "owner_ref": row["owner"], "office_name": row["office"],
        "meetings": [f"{each['date']} {each['state']}" if each["date"] else each["state"] for each in row["meetings"]],
        **{name: _many(row[name]) for name in ("cosigners", "attempts", "reminders")},
    }  # fmt: skip


def _records(home: Home, archive: Archive) -> Iterator[int]:
    after = 0
    while found := listed(home.reader, after=after, limit=PAGE):
        for row in with_names(home, found):
            archive.row("records", row | {
                "document": (row["source"] or {}).get("document"), "cosigners": _many(row["cosigners"]),
                "figures": [f"{each['measures']}: {each['words']}" for each in row["figures"]],
            })  # fmt: skip
        yield len(found)
        after = found[-1]["number"]


def _plans(home: Home, archive: Archive) -> None:
    for row in plans(home, When()):
        whole = plan(home, row["ref"], When())
        archive.row("plans", whole | {
            "lists": [f"{each['title']}: {', '.join(' '.join(column) for column in each['columns'])}" for each in whole["lists"]],
        })  # fmt: skip
        for place in _places(whole["nodes"]):
            archive.row("places", place | {"plan": row["key"]})


def _places(nodes: Iterable[Row], under: str | None = None) -> Iterator[Row]:
    """Every place that is no line, each before what stands below it."""
    for node in nodes:
        if node["task"] is None:
            yield node | {"number": node["called"], "under": under, "case": None if node["hidden"] else node["ref"]}
            yield from _places(node["nodes"], node["called"])


def _directory(home: Home, archive: Archive) -> None:
    """It is small, and read one entry after the other."""
    with home.reader.cursor("leaving") as entries:
        for kind, facts in entries.execute(_ENTRIES):
            (row,) = named(home, [facts])
            archive.row("directory", _NOTHING | row | {"type": kind})
            for term in row.get("terms", ()):
                archive.row("charges", term | {"of": row["ref"], "person_name": term["person"]})
            for meeting in row.get("meetings", ()):
                archive.row("meetings", meeting | {"body": row["ref"]})
            for number, fate in row.get("numbers", {}).items():
                archive.row("numbers", {"assembly": row["key"], "number": number, "fate": fate})


_NOTHING = dict.fromkeys(("kind", "date", "quorum", "legislature", "address", "mail", "phone", "lang", "gender", "closed"))


def _files(
    home: Home, archive: Archive, about: str, history: Iterable[Recorded],
    files: Iterable[tuple[int, FileAttached | ReportTabled]],
) -> None:  # fmt: skip
    """The files that came with something, each with its content."""
    if not (files := list(files)):
        return
    entries = {entry.originator_version: entry for entry in history}
    for version, event in files:
        at = entries[version]
        archive.row("files", {
            "about": about, "event": version, "name": event.name, "type": event.type, "size": event.size,
            "sha256": event.file, "path": archive.keep(home.reader, about, Attached(at.originator_id, version, event)),
            "kind": event.kind if isinstance(event, FileAttached) else event.report,
            "note": event.note if isinstance(event, FileAttached) else None, "occurred": event.occurred,
            "recorded_at": utc(at.recorded_at),
        })  # fmt: skip


def _many(one: Mapping[str, Any] | None) -> str | None:
    """How many, in the words of who counted, else from how many to how many; “..” where nobody knows."""
    if one is None:
        return None
    most = ".." if one["max"] is None else one["max"]
    return one["text"] or (str(one["min"]) if one["min"] == most else f"{one['min']}/{most}")
