"""The import of a register: its rows become cases as the resolutions of a follow-up report do."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from services.execute import Actor, Outcome
from services.home import Home
from services.imports.deciding import Decided
from services.imports.documents.document import Document
from services.imports.drafts import Asked
from services.imports.follow_up_service import FollowUpImport
from services.imports.kind import Kind
from services.imports.register import mappings
from services.imports.register.columns import read_mapping
from services.imports.register.own import read_own
from services.imports.register.reading import read_register, recognise
from services.imports.result import Result


class RegisterImport(FollowUpImport):
    """One register, read once. What a person said of its columns is known again once it was recorded."""

    kind = "table"

    def __init__(self, home: Home, document: Document, asked: Asked, decided: Sequence[Decided] = ()) -> None:
        own = None if asked.columns else read_own(document, asked.assembly)
        self.reading = own or read_register(document, asked.columns, lambda each: mappings.recall(home.store, each))
        self.said = read_mapping(asked.columns, self.reading.headings)
        super().__init__(home, document, self.reading.report, asked, decided)

    @property
    def asked(self) -> dict[str, Any]:
        return super().asked | {"kind": self.kind} | ({"columns": self.said} if self.said else {})

    def record(self, actor: Actor, command_id: UUID | None) -> tuple[Result, Outcome]:
        result, outcome = super().record(actor, command_id)
        if self.said and result.id and not result.refused:
            store, signature = self.home.store, self.reading.signature
            mappings.keep(store, actor.person, signature, {**mappings.recall(store, signature), **self.said})
        return result, outcome


REGISTER = Kind("table", recognise, RegisterImport)
