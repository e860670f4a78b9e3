"""The kinds of documents that can be brought in, and which of them a document is."""

from __future__ import annotations

from domain.errors import Invalid
from services.imports import directory_service, follow_up_service
from services.imports.annual.service import ANNUAL
from services.imports.documents.document import Document
from services.imports.kind import SURE, Kind
from services.imports.plans.service import PLAN
from services.imports.register.service import REGISTER

KINDS: tuple[Kind, ...] = (directory_service.DIRECTORY, REGISTER, follow_up_service.FOLLOW_UP, PLAN, ANNUAL)
"""The first of those that are equally sure is taken."""


class KindNotYet(Invalid):
    """Documents of the kind “{kind}” cannot be imported in this version. What can be: {known}."""


class KindUnseen(Invalid):
    """“{file}” was recognised as none of the documents that can be imported: {known}. If it is one, say which: --kind plan. A follow-up has a heading such as “RÉSOLUTION 17” for each resolution; a plan and a register have a table with its headings."""  # noqa: E501 - one sentence


def names() -> list[str]:
    """What can be asked for."""
    return ["auto", *(kind.name for kind in KINDS)]


def kind_of(document: Document, asked: str) -> Kind:
    """The kind that was asked for, or the one that a document is by what it holds. Raises `KindNotYet`, `KindUnseen`."""
    if asked != "auto":
        found = next((kind for kind in KINDS if kind.name == asked), None)
        if found is None:
            raise KindNotYet(kind=asked, known=names())
        return found
    surest = max(KINDS, key=lambda kind: kind.recognise(document))
    if surest.recognise(document) < SURE:
        raise KindUnseen(file=document.name, known=names()[1:])
    return surest
