"""Drafts of paragraphs, reports that are given to an assembly, and those that were."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Path, Query, Request
from pydantic import Field
from starlette.responses import Response

from domain.values import Lang
from services.reading.pages import page_of
from services.reports import tabling
from services.reports.drafts import draft_of
from web.api.acting import Key, command_id
from web.api.answers import answer, listed
from web.api.attachments import sent
from web.api.cases import of_case
from web.api.parameters import NO_QUERY, Paged, Ref, Times, Word
from web.api.parameters import Key as EntryKey
from web.api.reports import Name, ReportAsked
from web.entering import Insider, Reader, Writer
from web.policies import PREFIX

router = APIRouter()
Entry = Annotated[int, Path(ge=1, le=10**9, description="The `version` of its entry, as the list gives it.")]


class DraftAsked(Times):
    """In which language, and of which day."""

    lang: Lang | None = Field(None, description="`fr` or `en`; the organisation's unless said.")


class TableAsked(ReportAsked):
    """Which document, and when it was given."""

    occurred: Word | None = Field(None, description="When it was given, if it was not now.")


@router.get("/cases/{ref}/draft", tags=["cases"])
def draft(desk: Insider, ref: Ref, asked: Annotated[DraftAsked, Query()]) -> Response:
    """What a report may say of it, drafted from what was recorded: to be changed, and kept with `approve-report`."""
    lang = asked.lang or desk.home.store.present.organisation.lang
    made = draft_of(desk.home, of_case(ref), asked.when, lang)
    return answer(desk, {"ref": made.ref, "text": made.text})


@router.post("/reports/{name}/table", name="table a report", tags=["reports"])
def table(desk: Writer, name: Name, asked: Annotated[TableAsked, Query()], key: Key = None) -> Response:
    """Makes a report, gives it to the assembly `to`, and keeps it byte for byte."""
    outcome = tabling.table(
        desk.home, desk.entered.actor, name, asked.wanted, asked.format, command_id(desk, key), asked.occurred
    )
    desk.home.settle(outcome)
    assembly = (asked.to or "").removeprefix("assembly:")
    row = tabling.made(desk.home, outcome, assembly)
    headers = {"Location": f"{PREFIX}/assemblies/{assembly}/reports/{row['version']}"}
    return answer(desk, row, headers | ({"Idempotent-Replayed": "true"} if outcome.repeated else {}))


@router.get("/assemblies/{key}/reports", tags=["reports"])
def tabled(desk: Reader, request: Request, key: EntryKey, asked: Annotated[Paged, Query()]) -> Response:
    """The reports that an assembly was given."""
    rows = tabling.tabled(desk.home, key.removeprefix("assembly:"))
    return listed(desk, request, page_of(rows, lambda row: [f"{row['version']:09}"], asked.after, asked.limit))


@router.get("/assemblies/{key}/reports/{entry}", tags=["reports"], dependencies=[NO_QUERY])
def document(desk: Reader, request: Request, key: EntryKey, entry: Entry) -> Response:
    """One of them, byte for byte, to be saved."""
    return sent(request, tabling.document(desk.home, key.removeprefix("assembly:"), entry))
