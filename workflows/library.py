"""The workflows that this process knows: the shipped ones, and those of the organisation's own folder."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import lru_cache
from pathlib import Path

from workflows.errors import AlreadyDefined, FolderUnreachable, UnknownWorkflow, nearest
from workflows.source import read_source
from workflows.workflow import Workflow

SHIPPED = Path(__file__).parent / "definitions"
ENDINGS = (".yaml", ".yml", ".json")  # only the first is right
SHIPPED_KINDS = ("resolution", "plan_item")  # of cases


class Library:
    """Workflows by name: `library()["resolution.v1"]`. `own`: the files of those that are the organisation's."""

    def __init__(self, workflows: dict[str, Workflow], files: Mapping[str, Path]) -> None:
        self._workflows = workflows
        self.own = {name: file for name, file in files.items() if file.parent != SHIPPED}
        self._latest: dict[str, Workflow] = {}

    def __getitem__(self, name: str) -> Workflow:
        if name not in self._workflows:
            raise UnknownWorkflow(name=name, known=nearest(name, self._workflows))
        return self._workflows[name]

    def __iter__(self) -> Iterator[Workflow]:
        return iter(self._workflows.values())

    def latest(self, kind: str) -> Workflow:
        """The highest version of a workflow such as « resolution »."""
        if found := self._latest.get(kind):
            return found
        versions = [workflow for workflow in self if workflow.definition.workflow == kind]
        if not versions:
            known = dict.fromkeys(workflow.definition.workflow for workflow in self)
            raise UnknownWorkflow(name=kind, known=nearest(kind, known))
        return self._latest.setdefault(kind, max(versions, key=lambda workflow: workflow.definition.version))

    def knowing(self, rules: str, state: str) -> Workflow:
        """The version of that name if it has the state; else the highest of its kind that has it, or the highest of all:
        cases stay under older ones. `rules` may name the kind alone."""
        own = self._workflows.get(rules)
        if own and state in own.states:
            return own
        kind = rules.partition(".")[0]
        latest = self.latest(kind)
        if state in latest.states:
            return latest
        versions = [w for w in self if w.definition.workflow == kind and state in w.states]
        return max(versions, key=lambda workflow: workflow.definition.version, default=latest)

    def others(self, rules: Workflow) -> list[Workflow]:
        """The other versions of the same rules, the latest first."""
        found = [w for w in self if w.definition.workflow == rules.definition.workflow and w.name != rules.name]
        return sorted(found, key=lambda workflow: -workflow.definition.version)

    def of_cases(self) -> tuple[Workflow, ...]:
        """Every version that cases follow, the latest first: of resolutions, of items of plans, of the organisation's own."""
        found = [workflow for workflow in self if workflow.creates("adopt")]
        kinds = [*SHIPPED_KINDS, *(workflow.definition.workflow for workflow in found)]
        return tuple(sorted(found, key=lambda w: (kinds.index(w.definition.workflow), -w.definition.version)))


_own: Path | None = None


def use(own: Path | None) -> None:
    """Sets the organisation's own folder, once, when a door opens its home."""
    global _own
    _own = own


def library(extra: Path | None = None) -> Library:
    """The shipped definitions and those of `extra`, else of the folder in use. Raises `DefinitionError` for the first
    that cannot be used."""
    return _read(extra or _own)


@lru_cache
def _read(extra: Path | None) -> Library:
    from workflows.reading import read  # pydantic costs 45 ms: only who asks for a workflow pays them

    found: dict[str, tuple[Path, Workflow]] = {}
    for folder in (SHIPPED, extra):
        for file in files_of(folder) if folder else ():
            definition = read(file)
            if definition.name in found:
                source, other = read_source(file), found[definition.name][0]
                place = source.place(("workflow",))
                raise source.problem(AlreadyDefined, place, name=definition.name, other=str(other))
            found[definition.name] = (file, Workflow(definition))
    return Library({name: workflow for name, (_, workflow) in found.items()}, {name: file for name, (file, _) in found.items()})


def read_anew(folder: Path | None) -> Library:
    """The definitions as they are by now in the files, whatever is in use. Raises `DefinitionError`."""
    return _read.__wrapped__(folder)


def files_of(folder: Path) -> list[Path]:
    """The definitions of a folder, in their order; those under another ending too, which are refused with the right one.
    None where there is no folder. Raises `FolderUnreachable`."""
    try:
        return sorted(file for file in folder.iterdir() if file.suffix.lower() in ENDINGS and file.name[0] not in "._~")
    except FileNotFoundError:
        return []
    except OSError as error:
        raise FolderUnreachable(folder=folder, reason=error.strerror) from error


def folder_in_use() -> Path | None:
    """The organisation's own, as this process was told."""
    return _own
