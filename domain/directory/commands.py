"""What someone asks of an entry of the directory."""

from __future__ import annotations

from typing import Literal

from domain.base import Command
from domain.directory.events import AssemblyKind, Fate
from domain.values import Edtf, FreeText, Lang, Mail, Name, PersonId


class Create(Command, frozen=True, kw_only=True):
    verb = "create"
    name: Name


class CreateAssembly(Create, frozen=True, kw_only=True):
    date: Edtf | None = None
    kind: AssemblyKind = "assembly"
    quorum: FreeText | None = None
    numbers: dict[str, Fate] = {}


class CreateBody(Create, frozen=True, kw_only=True):
    kind: str | None = None


class CreatePerson(Create, frozen=True, kw_only=True):
    mail: Mail | None = None
    gender: Literal["f", "m"] | None = None
    lang: Lang | None = None


class Rename(Command, frozen=True, kw_only=True):
    verb = "rename"
    name: Name


class Appoint(Command, frozen=True, kw_only=True):
    verb = "appoint"
    person: PersonId
    charge: str = "chair"


class EndTerm(Command, frozen=True, kw_only=True):
    verb = "end-term"
    person: PersonId
    charge: str = "chair"


class SetAddress(Command, frozen=True, kw_only=True):
    verb = "set-address"
    mail: Mail | None = None


class SetLanguage(Command, frozen=True, kw_only=True):
    verb = "set-language"
    lang: Lang | None = None


class SettleNumbers(Command, frozen=True, kw_only=True):
    verb = "settle-numbers"
    numbers: dict[str, Fate]


class WithdrawEntry(Command, frozen=True, kw_only=True):
    """The undoing of the import that entered it, at `version`; no verb at the doors."""

    version: int
