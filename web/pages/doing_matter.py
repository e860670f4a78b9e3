"""What an act is about: a case, a thread, an entry of the directory, as it stands; and which acts it knows."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from domain.base import Command, Recorded
from domain.case.commands import MoveCase
from domain.demarche.commands import COMMANDS as THREADS
from domain.record.commands import COMMANDS as RECORDS
from projections.case_lists import Known
from projections.phrases.nouns import Noun
from projections.phrases.rows import MOVES_FIRST
from services.act import ENTRIES, VERBS, VerbUnknown
from services.home import Home
from services.reading.acted_on import case_acted_on, thread_acted_on
from services.reading.choosing import Noted, entry_now, entry_of_history
from services.reading.demarches import thread_ref
from services.reading.pages import Row
from services.reading.records import record, record_ref
from services.reading.when import When, placed
from services.refs import DemarcheUnknown, EntryUnknown, read_ref
from web.pages.doing_titles import creating, title_of, what_is_meant
from web.pages.moves import Subject, reason
from web.rendering import PLACES, Page, address_of
from workflows.library import library
from workflows.workflow import Workflow

PARTED = frozenset({*MOVES_FIRST, "note"})
AMENDING = ("correct", "retract")


@dataclass(frozen=True)
class Matter:
    """What is acted on; `row` is null of something that is to be. `noted`: the entry of its history that is amended."""

    kind: str
    verb: str
    ref: str
    row: Row | None
    noted: Noted | None = None

    @property
    def new(self) -> bool:
        return self.row is None

    @property
    def version(self) -> int:
        return int(self.row["version"]) if self.row else 0

    @property
    def place(self) -> str:
        """The page that one comes from, and goes back to."""
        return address_of(self.ref) if self.row else PLACES[self.kind]

    @property
    def action(self) -> str:
        """The address of the form."""
        if self.row is None:
            return f"{PLACES[self.kind]}/{NEW_WORDS.get(self.kind, 'nouvelle')}"
        return f"{self.place}/agir/{self.verb}"

    def what(self, page: Page) -> Noun | None:
        """« la résolution 7 »."""
        return what_is_meant(page, self.kind, self.row) if self.row else None

    def title(self, page: Page) -> str:
        """The heading of the form."""
        return title_of(page, self.kind, self.verb, self.what(page), self.workflow)

    @property
    def workflow(self) -> Workflow | None:
        """The rules of its moves, in the version that it follows; entries of the directory have none."""
        if self.kind == "case" and self.row:
            return library()[self.row["workflow"]]
        kinds = {"case": "resolution", "demarche": "demarche"}
        return library().latest(kinds[self.kind]) if self.kind in kinds else None

    @cached_property
    def command(self) -> type[Command]:
        """The command of the verb. Raises `VerbUnknown`."""
        known = commands_of(self.kind, self.workflow)
        if self.verb not in known or (self.verb == creating(self.kind)) != self.new:
            raise VerbUnknown(verb=self.verb, verbs=sorted(known))
        return known[self.verb]

    @property
    def actions(self) -> list[Row]:
        """How the verb stands now, once for each way of doing it."""
        return [a for a in (self.row or {}).get("actions", ()) if a["verb"] == self.verb]

    @property
    def parts(self) -> list[str]:
        """The parts that it may be said of one by one, if there are several."""
        own = self.kind == "case" and self.row is not None and (self.verb in PARTED or self.command is MoveCase)
        labels = [part["label"] for part in self.row["parts"]] if own and self.row else []
        return labels if len(labels) > 1 else []


NEW_WORDS = {"case": "nouveau", "plan": "nouveau"}


OTHERS: Mapping[str, Mapping[str, type[Command]]] = {"demarche": THREADS, "record": RECORDS}


def commands_of(kind: str, workflow: Workflow | None) -> Mapping[str, type[Command]]:
    """Every verb with its command."""
    if kind == "case":
        own = {verb: MoveCase for verb in workflow.verbs if verb not in VERBS} if workflow else {}
        return {**VERBS, **own}
    if kind in OTHERS:
        return OTHERS[kind]
    return ENTRIES[kind].commands


def matter_of(home: Home, kind: str, key: str, verb: str, lang: str, event: str = "") -> Matter:
    """What the address means. Raises what says that it is not there."""
    ref, row, history = _found(home, kind, key, verb)
    noted = entry_of_history(home, ref, history, event, lang) if verb in AMENDING else None
    return Matter(kind, verb, ref, row, noted)


def new_matter(kind: str) -> Matter:
    """What is to be."""
    return Matter(kind, creating(kind), "", None)


def _found(home: Home, kind: str, key: str, verb: str) -> tuple[str, Row, Sequence[Recorded]]:
    """The REF, how it stands, and its history as far as the verb needs it."""
    if kind == "case":
        if read_ref(key).kind != "case":
            raise EntryUnknown(ref=key, kind=kind)
        row, history = case_acted_on(home, key)
    elif kind == "demarche":
        ref = thread_ref(key)
        if read_ref(ref).kind != "demarche":
            raise DemarcheUnknown(ref=key)
        row, history = thread_acted_on(home, ref)
    elif kind == "record":
        row = record(home, record_ref(key), When())
        history = placed(home, row["ref"], Known()) if verb in AMENDING else ()
    else:
        row = entry_now(home, kind, key.removeprefix(f"{kind}:"))
        history = placed(home, row["ref"], Known()) if verb in AMENDING else ()
    return row["ref"], row, history


def refusal_of(page: Page, matter: Matter) -> str:
    """Why the act is not possible now, and what would make it so; nothing where it is possible."""
    actions = matter.actions
    if matter.row is None or not actions or any(action["allowed"] for action in actions):
        return ""
    assert matter.workflow
    return reason(page, Subject(matter.row, matter.workflow, matter.workflow.name, ()), actions[0])[0]
