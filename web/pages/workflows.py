"""The workflows: what may happen to a resolution or a thread, who may do it, by when, and what if not."""

from __future__ import annotations

from typing import Any

from fastapi import APIRouter
from starlette.responses import Response

from projections.phrases.catalogue import N_, translator
from services.migrating import followed
from services.published import held_against
from web.entering import KEEP, Desk, Insider
from web.figures.machine import Arrow, Machine, machine
from web.pages.administration import PATH as ADMINISTRATION
from web.pages.these import NowPage
from web.problems import AddressUnknown
from web.rendering import Page, render
from workflows.diagram import arrows_of, reminders, rows
from workflows.errors import WorkflowError
from workflows.library import files_of, folder_in_use, library, read_anew
from workflows.reading import problems
from workflows.vocabulary import SOURCES
from workflows.workflow import Workflow

PATH = f"{ADMINISTRATION}/processus"

router = APIRouter(include_in_schema=False)


@router.get(PATH)
def show_workflows(desk: Insider, page: NowPage) -> Response:
    """Every workflow, in the version that new cases take; and how the organisation's own folder stands by now."""
    folder = str(folder_in_use()) if page.may(KEEP.name) else ""
    return render(page, "workflows.html", rows=[_summary(page, each) for each in latest()], folder=folder, told=_told(page, desk))


@router.get(PATH + "/{name}")
def show_workflow(desk: Insider, page: NowPage, name: str) -> Response:
    """One: its diagram, its moves, its reminders."""
    found = next((each for each in latest() if each.definition.workflow == name), None)
    if found is None:
        raise AddressUnknown()
    return render(page, "workflow.html", **workflow_model(page, found), versions=_versions(page, desk, found))


def latest() -> list[Workflow]:
    """The last version of each kind."""
    return [library().latest(kind) for kind in dict.fromkeys(each.definition.workflow for each in library())]


def _told(page: Page, desk: Desk) -> list[str]:
    """What is wrong with the organisation's own definitions, and which of them wait for the next start."""
    folder = folder_in_use()
    try:
        found: list[WorkflowError] = [each for file in (files_of(folder) if folder else ()) for each in problems(file)]
        anew = library() if found else read_anew(folder)
        found += held_against(desk.home.reader, anew)
    except WorkflowError as problem:
        found = [problem]
    if found:
        return [page.say(problem) for problem in found]
    waiting = [name for name in anew.own if name not in library().own]
    return [page.say(N_("From the next start on, these will be known: {names}."), names=waiting)] if waiting else []


def _versions(page: Page, desk: Desk, workflow: Workflow) -> list[dict[str, Any]]:
    """Each version with how many cases follow it, where there are several; and the way for these to go on under another."""
    others = library().others(workflow)
    if not others or not workflow.creates("adopt"):
        return []
    cases = followed(desk.home)
    return [
        {"words": page.say(N_("Version {n}"), n=each.definition.version),
         "cases": page.count(N_("{n} case"), "{n} cases", cases.get(each.name, 0)),
         "href": page.link(f"{PATH}/{workflow.definition.workflow}/passer", de=each.name)
         if cases.get(each.name) and page.may(KEEP.name) else ""}
        for each in (workflow, *others)
    ]  # fmt: skip


def workflow_model(page: Page, workflow: Workflow) -> dict[str, Any]:
    """What its page shows."""
    return _summary(page, workflow) | {
        "figure": machine(_drawn(page, workflow), page),
        "moves": rows(workflow, page.lang, translator(page.lang).gettext),
        "reminders": reminders(workflow, page.lang, translator(page.lang).gettext),
    }


def _summary(page: Page, workflow: Workflow) -> dict[str, Any]:
    definition = workflow.definition
    return {
        "name": definition.label[page.lang], "version": definition.version, "href": page.link(f"{PATH}/{definition.workflow}"),
        "states": [workflow.label(state, page.lang) for state in workflow.states],
    }  # fmt: skip


def _drawn(page: Page, workflow: Workflow) -> Machine:
    """Its states and the ways between them. What makes a case is no way from a state."""
    labels = {state: workflow.label(state, page.lang) for state in workflow.states}
    arrows = []
    for (start, end), verbs in arrows_of(workflow, page.lang, translator(page.lang).gettext).items():
        starts = (start,) if start in labels else workflow.definition.stand_for(start)
        whence = labels[start] if start in labels else page.say(SOURCES[start])
        if end in labels and (others := [state for state in starts if state in labels and state != end]):
            arrows.append(Arrow(others, end, verbs, whence))
    finals = frozenset(state for state in labels if workflow.is_final(state))
    title = page.say(N_("The states of “{name}” and the ways between them"), name=workflow.definition.label[page.lang])
    return Machine(title, labels, finals, arrows)
