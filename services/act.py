"""A verb asked at a door: its REF, its facts as typed, and the aggregates that the verb concerns."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import partial
from typing import Any
from uuid import UUID

from msgspec import Struct
from msgspec.structs import replace

from domain.aggregate import Aggregate
from domain.attachments import AttachFile
from domain.base import Act, Command
from domain.case.case import Case
from domain.case.commands import COMMANDS, MoveCase
from domain.case.items import OF_ITEMS
from domain.case.rules import label
from domain.demarche.commands import COMMANDS as DEMARCHE_VERBS
from domain.demarche.commands import SendDemarche
from domain.demarche.demarche import Demarche
from domain.directory import Assembly, BeAway, Body, Entry, Office, Person
from domain.errors import Invalid, NotFound, Refused
from domain.plan.plan import Plan
from domain.record.commands import COMMANDS as RECORD_VERBS
from domain.record.commands import CreateRecord
from domain.record.record import Record
from domain.time import read_date
from domain.words import plain
from services import companions, conditions, demarches, portfolio, records
from services.attachments.files import FileNeeded, Upload
from services.execute import Actor, Outcome, Work, commit, expect
from services.facts import fields_of, read_facts, to_command
from services.homes import claimed
from services.naming import Naming
from services.plans import verbs as plans
from services.refs import DemarcheUnknown, EntryUnknown, RecordUnknown, fit_key, read_ref
from services.replacing import refuse_circle
from services.schedules import read_schedules
from services.store import Store
from services.wording import CHARGES, meant

VERBS = {verb: kind for verb, kind in COMMANDS.items() if kind is not MoveCase}
ITEM_VERBS = {verb: OF_ITEMS[verb] for verb in VERBS}
ENTRIES: dict[str, type[Entry]] = {"assembly": Assembly, "body": Body, "person": Person, "office": Office, "plan": Plan}
_NUMBER = re.compile(r"[0-9]{1,18}")


class VerbUnknown(NotFound):
    """“{verb}” is not a verb here. The verbs: {verbs}."""


class AlreadyThere(Refused):
    """{ref} exists already. Nothing was recorded."""


class InItsTree(Invalid):
    """“{plan}” is a plan: its items are entered in its tree. To enter one: suivi act plan:{plan} enter-node --set kind=item --set number={number} --set text=…"""  # noqa: E501 - one sentence


class EventMissing(Invalid):
    """“{event}” is not an entry of this history. Give the number of one, as suivi history {ref} prints it."""


class PartOfThread(Invalid):
    """{ref} is a thread, and has no part “{part}”. Its cases have parts."""


class NotYet(Invalid):
    """What is written “{kind}:…” cannot be acted on in this version."""


class Ask(Struct, frozen=True, kw_only=True):
    """What a door passes on, everything as a person typed it. `if_version`: refuse if the target has moved on."""

    ref: str
    verb: str
    facts: dict[str, Any] = {}
    part: str | None = None
    occurred: str | None = None
    if_version: int | None = None


class AskWithFile(Ask, frozen=True, kw_only=True):
    """The same, with the file that is attached."""

    upload: Upload


def act(store: Store, actor: Actor, ask: Ask, command_id: UUID | None = None) -> Outcome:
    """Does what was asked, once. Raises a SuiviError that says why not, and what is possible instead."""
    return act_all(store, actor, [ask], command_id)


def act_all(
    store: Store, actor: Actor, asks: list[Ask], command_id: UUID | None = None, loaded: bool = False
) -> Outcome:
    """Does several things in one transaction: all, or none. `loaded`: a past told in bulk, that nobody vouches for."""

    def decide(work: Work) -> None:
        work.prefetch([ask.ref for ask in asks])
        for ask in asks:
            Asking(work, ask).decide()
        conditions.settle(work)

    return commit(store, actor, [_asked(ask) for ask in asks], decide, command_id, loaded=loaded)


def _asked(ask: Ask) -> Ask:
    """What is asked, whatever the asker had read; of a file, its proof."""
    ask = replace(ask, if_version=None)
    return replace(ask, upload=ask.upload.proof) if isinstance(ask, AskWithFile) else ask


class Asking:
    """One thing asked, within a work."""

    def __init__(self, work: Work, ask: Ask) -> None:
        self.work, self.ask = work, ask
        self.address = read_ref(ask.ref)
        self.naming = Naming(work)

    def decide(self) -> None:
        """Loads what the verb concerns, and lets it decide."""
        if self.address.kind == "case":
            self._case()
        elif self.address.kind == "demarche":
            self._demarche()
        elif self.address.kind == "record":
            self._record()
        elif self.address.kind in ENTRIES:
            self._entry(ENTRIES[self.address.kind])
        else:
            raise NotYet(kind=self.address.kind)

    def _case(self) -> None:
        ref = self.work.refs.full(self.address)
        found = self.work.find(Case, "case", ref)
        case = self.work.seen(found)
        kind = self._verb_of(case)
        if self.ask.verb == "adopt":
            if found:
                raise AlreadyThere(ref=ref)
            if self.work.key("plan", ref.partition(":")[0]):
                raise InItsTree(plan=ref.partition(":")[0], number=ref.partition(":")[2])
            facts = companions.adoption_facts(ref, self.ask.facts)
            return companions.adopt(self.work, ref, *self._command(kind, facts))
        if case is None:
            raise self.work.refs.unknown(self.address)
        expect(case, ref, self.ask.if_version)
        facts = self._amendment(case) | ({} if self.ask.part is None else {"part": self.ask.part})
        facts |= _state_meant(case, facts)
        facts |= companions.successor_facts(self.work, self.ask.verb, facts)
        if kind is MoveCase:
            facts["name"] = self.ask.verb
        companions.handle(self.work, case, *self._command(kind, facts, case))
        return None

    def _demarche(self) -> None:
        ref, kind = self.ask.ref, self._known(DEMARCHE_VERBS)
        if self.ask.part is not None:
            raise PartOfThread(ref=ref, part=self.ask.part)
        found = self.work.find(Demarche, "demarche", self.address.key)
        demarche = self.work.seen(found)
        if kind is SendDemarche:
            if found:
                raise AlreadyThere(ref=ref)
            return demarches.send(self.work, self.address.key, *self._command(kind, self.ask.facts))
        if demarche is None:
            raise DemarcheUnknown(ref=ref)
        expect(demarche, ref, self.ask.if_version)
        command, act = self._command(kind, self._amendment(demarche))
        return demarches.handle(self.work, demarche, command, act)

    def _record(self) -> None:
        ref, kind = self.ask.ref, self._known(RECORD_VERBS)
        record = self.work.find(Record, "record", self.address.key)
        if kind is CreateRecord:
            if record:
                raise AlreadyThere(ref=ref)
            records.create(self.work, self.address.key, *self._command(kind, self.ask.facts))
            return
        if record is None:
            raise RecordUnknown(ref=ref)
        expect(record, ref, self.ask.if_version)
        records.handle(self.work, record, *self._command(kind, self._amendment(record)))

    def _verb_of(self, case: Case | None) -> type[Command]:
        """The command of the verb: one of all cases', or a move that the case's own workflow declares."""
        if case and self.ask.verb not in COMMANDS and case.workflow.moves(self.ask.verb):
            return MoveCase
        return self._known(ITEM_VERBS if case and case.adopted and case.adopted.plan else VERBS)

    def _entry(self, kind: type[Entry]) -> None:
        scope, key = self.address.kind, self.address.key
        entry = self.work.find(kind, scope, key)
        asked = self._known(kind.commands)
        if self.ask.verb == "create":
            if entry:
                raise AlreadyThere(ref=self.ask.ref)
            command, act = self._command(asked, self.ask.facts)
            if kind is Plan:
                plans.create(self.work, key, command, act)
                return None
            keys = claimed(self.work, scope, fit_key(key))
            self.work.add(kind.create(self.work.id(self.ask.ref), key, command, act), *keys)
            return None
        if entry is None:
            raise EntryUnknown(ref=self.ask.ref, kind=scope)
        expect(entry, self.ask.ref, self.ask.if_version)
        facts = self._amendment(entry)
        if charge := meant(str(facts.get("charge")), CHARGES):
            facts["charge"] = charge
        command, act = self._command(asked, facts, entry if isinstance(entry, Plan) else None)
        if isinstance(command, BeAway) and isinstance(entry, Person):
            refuse_circle(partial(self.work.load, Person), entry, command, act)
        if isinstance(entry, Office):
            return portfolio.handle(self.work, entry, command, act)
        if isinstance(entry, Plan):
            return plans.handle(self.work, entry, command, act)
        return entry.handle(command, act)

    def _known(self, kinds: Mapping[str, type[Command]]) -> type[Command]:
        if self.ask.verb not in kinds:
            raise VerbUnknown(verb=self.ask.verb, verbs=sorted(kinds))
        return kinds[self.ask.verb]

    def _command(
        self, kind: type[Command], typed: Mapping[str, Any], about: Plan | Case | None = None
    ) -> tuple[Any, Act]:
        """The command and its act, with the dates as written kept where they are not EDTF."""
        today, verb, typed = self.work.act.today, self.ask.verb, dict(typed) | self._file(kind)
        typed |= read_schedules(self.work, kind, typed, self.work.act, about)
        occurred = typed.pop("occurred", None)  # as good as `--occurred`: a note has it among its facts
        occurred = occurred if self.ask.occurred is None else self.ask.occurred
        facts, words = read_facts(kind, verb, typed, today, self.naming.resolve)
        if occurred is not None:
            read = read_date(occurred, today)
            words |= {"occurred": occurred} if read != occurred else {}
            occurred = read
        return to_command(kind, verb, facts), replace(self.work.act, occurred=occurred, words=words)

    def _file(self, kind: type[Command]) -> dict[str, Any]:
        """The file that a command attaches, whose content is stored with it."""
        if not issubclass(kind, AttachFile):
            return {}
        if not isinstance(self.ask, AskWithFile):
            raise FileNeeded(ref=self.ask.ref)
        upload = self.ask.upload
        self.work.contents[upload.file.sha256] = upload.content
        return {"file": upload.file}

    def _amendment(self, aggregate: Aggregate) -> dict[str, Any]:
        """The facts, with the event that `correct`, `retract` and `attach` name as its version, and its new facts read."""
        facts = dict(self.ask.facts)
        if self.ask.verb == AttachFile.verb and "note" in facts:
            facts["note"] = self._version(aggregate, str(facts["note"]))
        if self.ask.verb not in ("correct", "retract") or "event" not in facts:
            return facts
        facts["event"] = self._version(aggregate, str(facts["event"]))
        if isinstance(facts.get("set"), Mapping):
            event = type(aggregate.amendable(facts["event"]))
            known = {name: value for name, value in facts["set"].items() if name in fields_of(event)}
            read, _ = read_facts(event, self.ask.verb, known, self.work.act.today, self.naming.resolve)
            facts["set"] = facts["set"] | read
        return facts

    def _version(self, aggregate: Aggregate, event: str) -> int:
        stream, at, version = event.rpartition("@")
        if at and _NUMBER.fullmatch(version) and stream in ("", str(aggregate.id), self.ask.ref):
            return int(version)
        placed = self.work.refs.placed(int(event)) if _NUMBER.fullmatch(event) else None
        if placed is None or placed[0] != aggregate.id:
            raise EventMissing(event=event, ref=self.ask.ref)
        return placed[1]


def _state_meant(case: Case, facts: Mapping[str, Any]) -> dict[str, str]:
    """The state that is named, where it is named as a person reads it: “Close, réalisée”, “en cours”."""
    if not isinstance(facts.get("state"), str):
        return {}
    wanted = plain(facts["state"].strip())
    for state in case.workflow.states:
        said = [plain(words) for words in label(case.workflow, state)]
        if wanted in said or wanted in {words.rpartition(", ")[2] for words in said}:
            return {"state": state}
    return {}
