"""Documents come in: given, then shown beside what would be made of them, then recorded, all or nothing."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from uuid import UUID, uuid4

from fastapi import APIRouter
from starlette.responses import RedirectResponse, Response

from domain.errors import Invalid, SuiviError
from domain.time.notation import BadDate
from services.imports import drafts
from services.imports.documents.reading import read_document
from services.imports.drafts import Draft, DraftGone
from services.imports.follow_up_service import AssemblyUnsaid
from services.imports.kinds import KindNotYet, KindUnseen
from services.imports.past import imports
from services.imports.plans.service import PlanUnnamed
from services.imports.service import importing
from services.reading import home_names
from services.spreadsheet import sheet_file
from web.entering import Desk, Uploader, Writer
from web.pages import importing_done
from web.pages.importing_checked import checked_model, locked_because
from web.pages.importing_done import past_model
from web.pages.importing_given import Given, GivenForm, as_typed, decided, form_model, taken
from web.pages.importing_list import LIST_NAME, list_cells
from web.pages.these import NowPage
from web.rendering import HEADERS, Page, render

router = APIRouter(include_in_schema=False)
router.include_router(importing_done.router)

PATH = "/importer"
PATIENCE = 1.0  # seconds that the lists may take to show it


class NothingGiven(Invalid):
    """Choose a file, or paste the text of the document."""


class KindNeeded(Invalid):
    """This was not recognised: choose what kind of document it is. A follow-up has a heading such as “RÉSOLUTION 17” for each resolution; a plan and a register have a table with its headings."""  # noqa: E501 - one sentence


class AssemblyNeeded(Invalid):
    """The title of this document names no assembly. Choose the one that it reports to."""


class PlanKeyNeeded(Invalid):
    """The plan does not say whose it is, or for which years. Choose “another one”, and write the key under which to enter it, for instance ccsne-2019."""  # noqa: E501 - one sentence


ASKED_HERE: dict[type[SuiviError], tuple[str, type[SuiviError]]] = {
    KindUnseen: ("genre", KindNeeded), KindNotYet: ("genre", KindNeeded),
    AssemblyUnsaid: ("assemblee", AssemblyNeeded), PlanUnnamed: ("assemblee", PlanKeyNeeded),
}  # fmt: skip
"""What a terminal answers by an option -> the field of the page, and what is said there."""


def faults_of(error: SuiviError) -> dict[str, SuiviError]:
    """The field that an error is about, and its sentence."""
    if isinstance(error, BadDate):
        return {"date": error}
    field, kind = ASKED_HERE.get(type(error), ("document", None))
    return {field: kind() if kind else error}


@router.get(PATH)
def show_form(desk: Writer, page: NowPage) -> Response:
    """What is to come in; below, what came in before. `texte`: the document whose text is taken up again."""
    if not page.asked.get("texte"):
        return _form(desk, page, Given(), {})
    draft = _draft(desk, page.asked["texte"])
    assemblies, plans = home_names(desk.home)
    return _form(desk, page, Given({"texte": _text(draft), **as_typed(draft.asked, {*assemblies, *plans})}), {})


@router.post(PATH)
def give(desk: Uploader, page: NowPage, form: GivenForm) -> Response:
    """Takes a document in, for its giver to look at. What only its settings do not fit is asked beside it."""
    if form.empty:
        return _form(desk, page, form, {"document": NothingGiven()})
    file, content = form.document(page)
    try:
        importing(desk.home, file, content, form.asked)
    except Invalid as error:
        if "document" in (faults := faults_of(error)):
            return _form(desk, page, form, faults)
    id = drafts.keep(desk.home.store, desk.entered.actor.person, file, content, form.asked)
    return _to(page, f"{PATH}/{id}")


@router.get(PATH + "/{id}")
def show_draft(desk: Writer, page: NowPage, id: str) -> Response:
    """The document beside what would be made of it."""
    return _checked(desk, page, _draft(desk, id))


@router.post(PATH + "/{id}")
def ask_otherwise(desk: Uploader, page: NowPage, id: str, form: GivenForm) -> Response:
    """Says otherwise how the document is to be read."""
    draft = _draft(desk, id)
    drafts.ask(desk.home.store, desk.entered.actor.person, draft.id, form.asked)
    return _to(page, f"{PATH}/{draft.id}")


@router.get(PATH + "/{id}/liste.csv")
def download(desk: Writer, page: NowPage, id: str) -> Response:
    """What is to be settled and to be checked, as a file for a spreadsheet."""
    draft = _draft(desk, id)
    cells = list_cells(page, importing(desk.home, draft.file, draft.content, draft.asked))
    told = {"Content-Disposition": f'attachment; filename="{page.say(LIST_NAME)}"', "Cache-Control": "no-store"}
    return Response(sheet_file(cells, page.lang), media_type="text/csv; charset=utf-8", headers=told)


@router.post(PATH + "/{id}/creer")
def create(desk: Uploader, page: NowPage, id: str, form: GivenForm) -> Response:
    """Records it all, once for each page that was shown; what stands in the way is shown again."""
    draft = _draft(desk, id)
    asked = replace(draft.asked, taken=taken(form))
    bringing = importing(desk.home, draft.file, draft.content, asked, decided(form))
    result, outcome = bringing.record(desk.entered.actor, _id(form.get("commande")) or uuid4())
    if outcome.repeated:
        bringing.rehearse()
        result = bringing.result
    if not result.id:
        return _to(page, f"{PATH}/{draft.id}")
    desk.home.settle(outcome, PATIENCE)
    return _to(page, f"{PATH}/fait/{result.id}")


def _checked(desk: Desk, page: Page, draft: Draft) -> Response:
    homes = home_names(desk.home)
    typed, faults = Given(as_typed(draft.asked, {*homes[0], *homes[1]})), dict[str, SuiviError]()
    try:
        model = checked_model(page, importing(desk.home, draft.file, draft.content, draft.asked))
    except Invalid as error:
        faults, model = faults_of(error), {"columns": [], "unsure": False}
    model |= form_model(page, homes, typed, faults)
    locked = locked_because(page, model["errors"]) if "errors" in model else ""
    return render(
        page, "import_check.html", 422 if faults else 200, action=f"{PATH}/{draft.id}", draft=draft,
        found="errors" in model, locked=locked, command=uuid4(), again=page.link(PATH, texte=draft.id),
        list=page.link(f"{PATH}/{draft.id}/liste.csv"), **model,
    )  # fmt: skip


def _form(desk: Desk, page: Page, typed: Given, faults: Mapping[str, SuiviError]) -> Response:
    model = form_model(page, home_names(desk.home), typed, faults)
    past = [past_model(page, one) for one in imports(desk.home)]
    return render(page, "import.html", 422 if faults else 200, past=past, file=typed.file or "", **model)


def _draft(desk: Desk, id: str) -> Draft:
    if (known := _id(id)) is None:
        raise DraftGone()
    return drafts.draft(desk.home.store, desk.entered.actor.person, known)


def _text(draft: Draft) -> str:
    """What a document says, to be corrected: the text that was read in it, whatever its format."""
    try:
        return read_document(draft.file, draft.content).text
    except SuiviError:
        return draft.content.decode("utf-8", "replace")


def _id(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None


def _to(page: Page, path: str) -> Response:
    return RedirectResponse(page.link(path), 303, headers=HEADERS)
