"""The first step of an import: what was given, pasted or as a file, and how it is to be read."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from typing import Annotated, Any

from fastapi import Depends, Request

from domain.errors import SuiviError
from projections.phrases.catalogue import N_
from services.imports.deciding import Decided
from services.imports.drafts import Asked
from services.imports.report import Proposal
from web.api.forms import fields, is_form
from web.bodies import written
from web.entering import Uploader
from web.rendering import Page

FIELDS = ("document", "genre", "assemblee", "date")
OTHER = "+"  # an assembly that is not there yet
PASTED = N_("pasted text.txt")
KINDS = {
    "auto": N_("to be recognised"), "follow-up": N_("follow-up of resolutions"),
    "table": N_("register of resolutions"), "directory": N_("table of offices and ministers"),
    "plan": N_("work or action plan"), "annual-report": N_("annual report"),
}  # fmt: skip
COLUMN = "colonne-"  # before the place of a column, from 1


@dataclass(frozen=True)
class Given:
    """A form of an import as it came: its fields, and its file if one was chosen."""

    fields: Mapping[str, str] = field(default_factory=dict)
    file: str | None = None
    content: bytes = b""

    def get(self, name: str) -> str:
        """A field, without the spaces around it."""
        return self.fields.get(name, "").strip()

    @property
    def asked(self) -> Asked:
        """How the document is to be read."""
        assembly = self.get("nouvelle") if self.get("assemblee") == OTHER else self.get("assemblee")
        columns = {name.removeprefix(COLUMN): value for name, value in self.fields.items() if name.startswith(COLUMN) and value}
        return Asked(self.get("genre") or "auto", assembly or None, self.get("date") or None, columns)

    @property
    def empty(self) -> bool:
        """Whether neither a file nor a text was given."""
        return not self.content and not self.get("texte")

    def document(self, page: Page) -> tuple[str, bytes]:
        """The name and the bytes of what was given: the file, else the pasted text."""
        if self.content:
            return self.file or page.say(PASTED), self.content
        return page.say(PASTED), self.fields.get("texte", "").encode()


TAKEN = "prendre-"  # before each change of a plan that is to be made
SAID = ("juste-", "changer-")  # what is said of a proposal; another state goes before “so it is”
APART = "|"


def value_of(one: Proposal, state: str, completion: str | None) -> str:
    """A state for a proposal, as a field of the page says it."""
    return APART.join((one.number, state, completion or "", one.part or ""))


def decided(form: Given) -> list[Decided]:
    """What was said of the proposals, as the page sent it."""
    found: dict[tuple[str, str], Decided] = {}
    for kind in SAID:
        for value in (value for name, value in form.fields.items() if name.startswith(kind)):
            number, state, completion, part = (value.split(APART, 3) + [""] * 3)[:4]
            if state:
                found[number, part] = Decided(number, state, completion or None, part or None)
    return list(found.values())


def taken(form: Given) -> frozenset[str]:
    """The changes of a plan that are to be made, by their keys."""
    return frozenset(value for name, value in form.fields.items() if name.startswith(TAKEN) and value)


async def given(request: Request, desk: Uploader) -> Given:
    """The form, read once who sends it is known."""
    type, body = request.headers.get("content-type", ""), await request.body()
    if not is_form(type):
        return Given({name: _held(values[-1]) for name, values in written(body).items()})
    parts = fields(body, type)
    files = [part for part in parts if part.file]
    texts = {part.name: _held(part.content.decode("utf-8", "replace")) for part in parts if part.file is None}
    return Given(texts, files[0].file if files else None, files[0].content if files else b"")


def _held(text: str) -> str:
    """The text, without what no text of the database can hold."""
    return text.replace("\0", "")


GivenForm = Annotated[Given, Depends(given)]


def form_model(
    page: Page, homes: tuple[Mapping[str, str], Mapping[str, str]], typed: Given, faults: Mapping[str, SuiviError]
) -> dict[str, Any]:
    """The fields as they were typed, and what is to be put right, by field. `homes`: key -> name, of assemblies and of plans."""
    assemblies, plans = homes
    return {
        "typed": {name: typed.fields.get(name, "") for name in ("texte", "genre", "assemblee", "nouvelle", "date")},
        "kinds": [(kind, page.say(name)) for kind, name in KINDS.items()],
        "assemblies": list(assemblies.items()), "plans_known": list(plans.items()),
        "other": OTHER,
        "faults": dict.fromkeys(FIELDS, "") | {name: page.say(fault) for name, fault in faults.items()},
        "wrong": next((page.say(fault) for fault in faults.values()), ""),
    }


def as_typed(asked: Asked, known: Collection[str]) -> dict[str, str]:
    """The fields of a draft, as its form shows them again."""
    new = asked.assembly is not None and asked.assembly not in known
    return {"genre": asked.kind, "assemblee": OTHER if new else asked.assembly or "",
            "nouvelle": (asked.assembly or "") if new else "", "date": asked.reference or ""}  # fmt: skip
