"""`/ensemble`: the same act for several cases: who can, why others cannot, one form, one command, one undo."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from typing import Any
from uuid import uuid4

from fastapi import APIRouter, Request
from starlette.responses import Response

from domain.case.case import Case
from domain.errors import Forbidden, Refused, SuiviError, Unavailable
from projections.phrases.catalogue import N_
from projections.phrases.rows import label_of
from services.act import Ask, act_all
from services.execute import OtherRequest, StaleVersion
from services.home import ListsBehind
from services.refs import Refs, read_ref
from web.api.acting import COMMUTING, PATIENCE
from web.entering import Desk, Writer
from web.pages.doing_controls import controls_of
from web.pages.doing_faults import Judged, placed_fault
from web.pages.doing_forms import AGAIN, BACK, done
from web.pages.doing_matter import Matter
from web.pages.doing_options import Options
from web.pages.doing_titles import several_cases, title_of
from web.pages.doing_typed import FORM, MORE, Given, Typed, checked, facts_of, filled
from web.pages.moves import Subject, reason
from web.pages.these import NowPage
from web.problems import status_of
from web.rendering import Page, address_of, render

PATH = "/ensemble"
MOST = 200  # cases at once
VERBS = (
    "refer", "assign", "postpone", "set-due", "note", "start", "resume", "report-back", "block", "complete", "close-undone",
    "wait", "add-task", "restrict", "subscribe", "unsubscribe", "remind-me",
)  # fmt: skip
"""The acts whose facts may be the same for several cases."""

router = APIRouter(include_in_schema=False)


class NoneChosen(Refused):
    """No case is chosen. Tick some in the list, then choose what to do."""


class TooMany(Refused):
    """Too many cases at once: {most} at most."""


class Meanwhile(Refused):
    """{ref} has changed meanwhile. Nothing was recorded; look at the list below, then do it again."""


@dataclass(frozen=True)
class One:
    """A case, and why the act is not possible for it; nothing where it is."""

    case: Case
    why: str

    @property
    def version(self) -> str:
        """What is sent back: the case, as it was read."""
        return f"{self.case.ref}@{self.case.version}"


@router.get(PATH)
def show_together(desk: Writer, page: NowPage, request: Request) -> Response:
    """What is possible for the chosen cases; with a verb, its form."""
    refs, verb = _refs([*request.query_params.getlist("refs"), *request.query_params.getlist("ref")]), page.asked.get("verb", "")
    return _shown(desk, page, _chosen(desk, refs), verb)


@router.post(PATH)
def do_together(desk: Writer, page: NowPage, given: Given) -> Response:
    """Does it for those that are ticked, in one command; before that, shows what it would do."""
    verb, cases = given.one("verb"), _chosen(desk, _refs([*given.all("refs"), *given.all("ref")]))
    if not given.one("faire") or verb not in VERBS:
        return _shown(desk, page, cases, verb)
    return _done(desk, page, cases, verb, given)


def _refs(asked: Sequence[str]) -> list[str]:
    return list(dict.fromkeys(ref.strip() for each in asked for ref in each.split(",") if ref.strip()))


def _chosen(desk: Desk, refs: Sequence[str]) -> list[Case]:
    """The cases of those REFs that the person may see, in that order, loaded at once."""
    if not refs:
        raise NoneChosen()
    if len(refs) > MOST:
        raise TooMany(most=MOST)
    known = Refs(desk.home.store)
    full = [known.full(address) for ref in refs if (address := read_ref(ref)).kind == "case"]
    streams = known.cases(full)
    ids = list(dict.fromkeys(streams[ref] for ref in full if ref in streams))
    loaded = {case.id: case for case in desk.home.store.load_all(Case, ids)}
    actor = desk.entered.actor
    seen = [loaded[id] for id in ids if not loaded[id].withdrawn and loaded[id].seen_by(actor.person, actor.roles)]
    if not seen:
        raise NoneChosen()
    return seen


def _judged(page: Page, desk: Desk, cases: Sequence[Case], verb: str) -> list[One]:
    return [One(case, _why(page, desk, case, verb)) for case in cases]


def _why(page: Page, desk: Desk, case: Case, verb: str) -> str:
    choices = [choice for choice in case.choices(desk.entered.roles) if choice.verb == verb]
    if any(choice.allowed for choice in choices):
        return ""
    kind = next((choice.refusal.kind for choice in choices if choice.refusal), "state")
    subject = Subject({"state": case.state, "ref": case.ref}, case.workflow, case.workflow.name, ())
    return reason(page, subject, {"verb": verb, "refusal": kind})[0]


def _matter(verb: str, cases: Sequence[Case]) -> Matter:
    """A case that stands for all of them: nothing that is of one alone is asked."""
    row: dict[str, Any] = dict.fromkeys(("numbers", "parts", "proposals", "actions"), ())
    row |= {"workflow": cases[0].workflow.name, "version": 0}
    return Matter("case", verb, cases[0].ref, row)


def _shown(
    desk: Desk, page: Page, cases: Sequence[Case], verb: str, judged: Judged | None = None, status: int = 200,
    id: str = "", ticked: Sequence[str] | None = None,
) -> Response:  # fmt: skip
    counts = [(each, sum(not one.why for one in _judged(page, desk, cases, each))) for each in VERBS]
    model: dict[str, Any] = {
        "cases": [_row(page, one, ticked) for one in _judged(page, desk, cases, verb)] if verb in VERBS else [
            _row(page, One(case, ""), ticked) for case in cases],
        "verbs": [_offer(page, each, n, cases) for each, n in counts if n],
        "verb": verb if verb in VERBS else "", "judged": None, "lists": {}, "id": id or str(uuid4()),
        "heading": page.count(N_("{n} case chosen"), "{n} cases chosen", len(cases)), "able": 0, "action": PATH,
    }  # fmt: skip
    if verb in VERBS:
        matter = _matter(verb, cases)
        options = Options(page, desk.home, None)
        model["judged"] = judged or Judged(controls_of(page, desk.home, matter, options))
        model["lists"] = options.lists
        model["able"] = sum(row["able"] for row in model["cases"])
        model["heading"] = title_of(page, "case", verb, several_cases(page, model["able"]))
    return render(page, "together.html", status, **model)


def _row(page: Page, one: One, ticked: Sequence[str] | None) -> Mapping[str, Any]:
    case = one.case
    state = label_of(case.state, page.lang, case.workflow.name)
    return {
        "ref": case.ref, "number": " – ".join(case.titles), "title": case.title, "href": page.link(address_of(case.ref)),
        "state": state, "why": one.why, "able": not one.why, "version": one.version,
        "ticked": not one.why and (ticked is None or case.ref in ticked),
    }  # fmt: skip


def _offer(page: Page, verb: str, n: int, cases: Sequence[Case]) -> Mapping[str, Any]:
    """An act, and for how many of them it is possible."""
    partly = page.say(N_("possible for {n} of {all}"), n=n, all=len(cases)) if n < len(cases) else ""
    query = [("refs", case.ref) for case in cases]
    return {"verb": verb, "name": title_of(page, "case", verb, several_cases(page, n)), "partly": partly, "query": query}


def _done(desk: Desk, page: Page, cases: Sequence[Case], verb: str, given: Typed) -> Response:
    options, matter = Options(page, desk.home, None), _matter(verb, cases)
    controls = filled(controls_of(page, desk.home, matter, options), given)
    ticked = _refs(given.all("refs"))
    id = given.one(FORM)[:100]
    judged = Judged(controls) if given.one(MORE) else Judged(checked(page, controls, given))
    if given.one(MORE) or not judged.fine:
        return _shown(desk, page, _all(desk, given, cases), verb, judged, 200 if given.one(MORE) else 422, id, ticked)
    asks = [_ask(case, verb, facts_of(judged.controls), given) for case in cases]
    command = given.id(desk.entered.person)
    try:
        outcome = act_all(desk.home.store, desk.entered.actor, asks, command)
    except (StaleVersion, OtherRequest) as error:
        stale = isinstance(error, StaleVersion)
        whole = page.say(Meanwhile(ref=error.facts["ref"])) if stale else page.say(AGAIN)
        return _shown(desk, page, _all(desk, given, cases), verb, replace(judged, whole=whole), 409 if stale else 422,
                      "" if not stale else id, ticked)  # fmt: skip
    except Unavailable:
        raise
    except SuiviError as error:
        if status_of(error) == 500:
            raise
        status = 403 if isinstance(error, Forbidden) else 422
        return _shown(desk, page, _all(desk, given, cases), verb, placed_fault(page, judged.controls, error), status, id, ticked)
    with suppress(ListsBehind):
        desk.home.settle(outcome, PATIENCE)
    return done(page, _back(given.one(BACK)), command)


def _back(asked: str) -> str:
    """The list that one came from."""
    return asked if asked.startswith("/dossiers") and asked.isprintable() and "?" not in asked else "/dossiers"


def _all(desk: Desk, given: Typed, cases: Sequence[Case]) -> Sequence[Case]:
    """All the cases of the page, those that were not ticked too."""
    refs = _refs([each.partition("@")[0] for each in given.all("lus")])
    return _chosen(desk, refs) if refs else cases


def _ask(case: Case, verb: str, facts: Mapping[str, Any], given: Typed) -> Ask:
    """What is asked of one case, upon what was read of it."""
    read = {ref: version for ref, _, version in (each.rpartition("@") for each in given.all("lus"))}
    version = read.get(case.ref, "")
    upon = int(version) if version.isdecimal() and len(version) < 10 and verb not in COMMUTING else None
    return Ask(ref=case.ref, verb=verb, facts=dict(facts), occurred=given.one("occurred").strip() or None, if_version=upon)
