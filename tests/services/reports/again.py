"""What was printed, brought in again: the document that a file is, the cases that it becomes, and what is compared of them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from projections.phrases.typography import NO_BREAK
from services.home import Home
from services.imports.result import Result
from services.imports.service import record_import
from services.reading import When
from services.reading.cases import case, cases
from services.reports import registry
from services.reports.asked import Asked
from tests.homes import secretary


def printed(home: Home, name: str, asked: Asked, format: str, folder: Path) -> Path:
    """A report in a format, as a file."""
    home.catch_up()
    path = folder / f"{name}-{(asked.to or 'tout').replace(':', '-')}.{format}"
    with path.open("wb") as out:
        registry.write(home, name, asked, format, out)
    return path


def brought(home: Home, path: Path, kind: str, key: str) -> Result:
    """A file brought in under a key; what it became is in the lists."""
    result, outcome = record_import(home, secretary(home), path, kind, key, None)
    assert not result.refused, [str(problem.notice) for problem in result.problems]
    home.settle(outcome)
    home.catch_up()
    return result


def places(row: Mapping[str, Any], within: str = "") -> Iterator[tuple[str, tuple[Any, ...]]]:
    """Each place of a tree by its path, with all that a page says of it."""
    for node in row["nodes"]:
        path = f"{within}/{node['called']}"
        schedule = node["schedule"] or {}
        told = [(each["text"], each["level"], each["verdict"]) for each in node["follow_ups"]]
        proposal = ((node["case"] or {}).get("proposal") or {}).get("state")
        yield path, spoken((
            node["kind"], node["number"], node["heading"], node["group"], node["text"], schedule.get("words"),
            schedule.get("kind"), node["who"], node["results"], told, proposal,
        ))  # fmt: skip
        yield from places(node, path)


def spoken(said: Any) -> Any:
    """Words as they are compared, wherever they stand: a space that does not break is a space."""
    if isinstance(said, str):
        return said.replace(NO_BREAK, " ").replace("\u202f", " ")
    return type(said)(map(spoken, said)) if isinstance(said, list | tuple) else said


Told = dict[str, Any]


def told_of(home: Home, key: str) -> dict[str, Told]:
    """What each case of an assembly is, by its first number."""
    found = {}
    for row in cases(home, When()):
        if row["home"] != key:
            continue
        whole = case(home, row["ref"], When())
        found[row["numbers"][0]] = {
            "numbers": row["numbers"],
            "titles": {number: spoken(title) for number, title in row["titles"].items()},
            "parts": [(part["label"], part["numbers"]) for part in row["parts"]],
            "notes": [(spoken(note["text"]), note["part"]) for note in whole["notes"]],
            "proposals": [(one["state"], one["completion"], one["part"]) for one in row["proposals"]],
            "facts": [(one["occurred"], one["role"], one["words"]) for one in whole["facts"]],
        }
    return found
