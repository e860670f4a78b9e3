"""Cases go on under another version of their rules: one from its page, several from that of their rules. What becomes of each
is shown, then done in one press, undone in one."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from typing import Any
from uuid import UUID, uuid4

from fastapi import APIRouter, Request
from starlette.responses import Response

from domain.case.case import Case
from domain.case.migration import StatesGone, changes
from domain.errors import Forbidden, Refused, SuiviError, Unavailable
from domain.time import Edtf
from projections.phrases.catalogue import N_
from projections.phrases.rules import changes_said
from services.act import Ask, act_all
from services.execute import OtherRequest
from services.home import ListsBehind
from services.migrating import Passage, asked, foreseen, under
from services.reading.acted_on import case_acted_on
from web.api.acting import PATIENCE
from web.entering import Desk, Keeper
from web.pages.doing_forms import AGAIN, done
from web.pages.doing_titles import title_of, what_is_meant
from web.pages.doing_typed import FORM, Given, Typed
from web.pages.these import NowPage
from web.pages.workflows import PATH as RULES
from web.problems import AddressUnknown, status_of
from web.rendering import PLACES, Page, address_of, render
from workflows.library import library
from workflows.vocabulary import CLOCKS
from workflows.workflow import Workflow

OF_RULES = RULES + "/{name}/passer"
OF_CASE = PLACES["case"] + "/{key}/agir/migrate"
FROM, TO, STATE, CHOSEN, DO, REASON = "de", "vers", "etat-", "n", "faire", "reason"
MOST = 200  # cases at once

router = APIRouter(include_in_schema=False)


class NoneLeft(Refused):
    """No case is chosen. Tick those that go on under the other rules."""


class PlaceUnsaid(Refused):
    """Say which state takes the place of each one that is no more."""


@dataclass(frozen=True)
class Wanted:
    """Cases that follow a version, and where they go on; `new` is null where there is no other version. `all`: those that
    follow it, of which the first are shown; `action`, `back`: the addresses of the form, and of where one came from."""

    title: str
    old: Workflow
    new: Workflow | None
    all: Sequence[UUID]
    action: str
    back: str
    back_words: str
    ref: str = ""  # of the only case that is meant

    @property
    def cases(self) -> Sequence[UUID]:
        return self.all[:MOST]


@router.get(OF_CASE)
def show_for_a_case(desk: Keeper, page: NowPage, key: str, request: Request) -> Response:
    """What would become of a case under another version of its rules."""
    given = _typed(request)
    return _shown(desk, page, _of_case(desk, page, key, given), given)


@router.post(OF_CASE)
def move_a_case(desk: Keeper, page: NowPage, key: str, given: Given) -> Response:
    """The same; then, asked for, does it."""
    return _sent(desk, page, _of_case(desk, page, key, given), given)


@router.get(OF_RULES)
def show_for_all(desk: Keeper, page: NowPage, name: str, request: Request) -> Response:
    """What would become of the cases that follow a version of these rules."""
    given = _typed(request)
    return _shown(desk, page, _of_rules(desk, page, name, given), given)


@router.post(OF_RULES)
def move_all(desk: Keeper, page: NowPage, name: str, given: Given) -> Response:
    """The same; then, asked for, does it for those that are ticked."""
    return _sent(desk, page, _of_rules(desk, page, name, given), given)


def _typed(request: Request) -> Typed:
    return Typed({name: request.query_params.getlist(name) for name in request.query_params})


def _of_case(desk: Desk, page: Page, key: str, given: Typed) -> Wanted:
    row, history = case_acted_on(desk.home, key)
    what = what_is_meant(page, "case", row)
    old, back = library()[row["workflow"]], address_of(row["ref"])
    return Wanted(title_of(page, "case", "migrate", what), old, _other(old, given), [history[0].originator_id],
                  f"{back}/agir/migrate", back, f"{what[:1].upper()}{what[1:]}", row["ref"])  # fmt: skip


def _of_rules(desk: Desk, page: Page, name: str, given: Typed) -> Wanted:
    versions = [each for each in library().of_cases() if each.definition.workflow == name]
    if not versions:
        raise AddressUnknown()
    asked = next((each for each in versions if each.name == given.one(FROM)), None)
    found = {each: under(desk.home, desk.entered.actor, each) for each in ([asked] if asked else reversed(versions))}
    old = next((each for each, cases in found.items() if cases), asked or versions[-1])
    said = old.definition.label[page.lang]
    title = page.say(N_("Move the cases of “{name}” from version {n} to another"), name=said, n=old.definition.version)
    return Wanted(title, old, _other(old, given), found[old], f"{RULES}/{name}/passer", f"{RULES}/{name}", said)


def _other(old: Workflow, given: Typed) -> Workflow | None:
    """The version that is said, be it the one that they follow by now; else the latest."""
    others = library().others(old)
    return next((each for each in (*others, old) if each.name == given.one(TO)), others[0] if others else None)


def _states(wanted: Wanted, given: Typed) -> dict[str, str]:
    """What takes the place of each state that is no more, as far as it is said."""
    said = {name.removeprefix(STATE): given.one(name) for name in given.fields if name.startswith(STATE)}
    return {state: to for state, to in said.items() if wanted.new and to in wanted.new.states}


def _sent(desk: Desk, page: Page, wanted: Wanted, given: Typed) -> Response:
    if wanted.new is None or not given.one(DO):
        return _shown(desk, page, wanted, given)
    try:
        id = given.id(desk.entered.person)
        outcome = act_all(desk.home.store, desk.entered.actor, _asks(wanted, wanted.new, given), id)
    except Unavailable:
        raise
    except SuiviError as error:
        if status_of(error) == 500:
            raise
        said = page.say(AGAIN if isinstance(error, OtherRequest) else PlaceUnsaid() if isinstance(error, StatesGone) else error)
        return _shown(desk, page, wanted, given, said, 403 if isinstance(error, Forbidden) else 422)
    with suppress(ListsBehind):
        desk.home.settle(outcome, PATIENCE)
    return done(page, wanted.back, id)


def _asks(wanted: Wanted, new: Workflow, given: Typed) -> list[Ask]:
    """One for each that is ticked. Raises `NoneLeft`."""
    chosen = [wanted.ref] if wanted.ref else given.all(CHOSEN)[:MOST]
    if not chosen:
        raise NoneLeft()
    return [asked(ref, new, _states(wanted, given), given.one(REASON).strip()) for ref in chosen]


def _gone(cases: Sequence[Case], new: Workflow) -> set[str]:
    """The states in which some of them are, and which the other rules do not have."""
    return {part.state for case in cases for part in case.parts} - {*new.states}


def _shown(desk: Desk, page: Page, wanted: Wanted, given: Typed, fault: str = "", status: int = 200) -> Response:
    model: dict[str, Any] = {
        "title": wanted.title, "back": page.link(wanted.back), "back_words": wanted.back_words, "fault": fault, "others": [],
        "changes": (), "gone": (), "rows": (), "able": 0, "rest": max(len(wanted.all) - MOST, 0), "single": bool(wanted.ref),
        "action": wanted.action, "id": given.one(FORM)[:100] or str(uuid4()), "reason": given.one(REASON), "old": wanted.old.name,
        "names": {"from": FROM, "to": TO, "state": STATE, "chosen": CHOSEN, "do": DO, "id": FORM, "reason": REASON},
    }  # fmt: skip
    if wanted.new:
        model |= _ahead(desk, page, wanted, wanted.new, given)
    return render(page, "migrate.html", status, **model)


def _ahead(desk: Desk, page: Page, wanted: Wanted, new: Workflow, given: Typed) -> dict[str, Any]:
    """What would become of the cases, and what is still to be said."""
    states = _states(wanted, given)
    passages = foreseen(desk.home, desk.entered.actor, new, states, wanted.cases)
    gone = _gone([each.case for each in passages], new)
    chosen = given.all(CHOSEN) if given.one(TO) and not wanted.ref else [each.case.ref for each in passages]
    able = sum(each.case.ref in chosen for each in passages)
    return {
        "others": [{"name": each.name, "words": page.say(N_("Version {n}"), n=each.definition.version), "current": each is new}
                   for each in library().others(wanted.old)],
        "changes": changes_said(changes(wanted.old, new), wanted.old, new, page.lang),
        "gone": [{"state": state, "words": wanted.old.label(state, page.lang), "value": states.get(state, ""),
                  "options": [(each, new.label(each, page.lang)) for each in new.states]}
                 for state in wanted.old.states if state in gone],
        "rows": [_row(page, each, wanted.old, new) | {"ticked": each.case.ref in chosen} for each in passages],
        "able": able,
        "press": page.count(N_("Move {n} case to version {version}"), "Move {n} cases to version {version}", able,
                            version=new.definition.version),
    }  # fmt: skip


def _row(page: Page, one: Passage, old: Workflow, new: Workflow) -> dict[str, Any]:
    case = one.case
    return {"ref": case.ref, "number": " – ".join(case.titles), "title": case.title, "href": page.link(address_of(case.ref)),
            "becomes": list(_becomes(page, one, old, new))}  # fmt: skip


def _becomes(page: Page, one: Passage, old: Workflow, new: Workflow) -> list[str]:
    """What changes for a case, and what stays; or why it cannot go."""
    if isinstance(one.refused, StatesGone):
        gone = [old.label(state, page.lang) for state in old.states if state in _gone([one.case], new)]
        return [page.say(N_("It is in a state that is no more: {states}. Say which takes its place."), states=gone)]
    if one.refused:
        return [page.say(one.refused)]
    said = [_state(page, old.label(before, page.lang), new.label(after, page.lang)) for before, after in one.states]
    if one.kept:
        days = [page.say(N_("{deadline} ({day})"), deadline=page.say(CLOCKS[kind]), day=Edtf(due)) for kind, _, due in one.kept]
        said.append(page.say(N_("What runs already keeps its reminders: {deadlines}."), deadlines=days))
    if one.stuck:
        said.append(page.count(N_("{n} open task could no longer be finished: {tasks}."),
                               "{n} open tasks could no longer be finished: {tasks}.", len(one.stuck), tasks=list(one.stuck)))
    return said


def _state(page: Page, before: str, after: str) -> str:
    if before == after:
        return page.say(N_("It stays “{state}”."), state=before)
    return page.say(N_("“{before}” becomes “{after}”."), before=before, after=after)
