"""Every verb that moves a case: from which states, to which, with which facts."""

from __future__ import annotations

from typing import Any

import pytest

from domain.base import Command
from domain.case import moves
from domain.case.commands import (
    AdoptCase,
    BlockCase,
    CarryOverCase,
    CloseCaseUndone,
    CompleteCase,
    PostponeCase,
    ReferCase,
    ReopenCase,
    ReportBack,
    ResumeCase,
    StartCase,
    SupersedeCase,
)
from domain.case.moves import CaseCarriedOver, CaseCompleted, CasePostponed, CaseReferred, CaseStarted, Moved
from domain.case.refusals import (
    FactsMissing,
    FutureAct,
    GuardUnmet,
    KindUnknown,
    NotFromHere,
    NumbersUnknown,
    RoleMissing,
    SamePart,
    SelfReference,
    TitleMissing,
    UntilPast,
)
from domain.values import Limb
from tests.domain.given import ASSEMBLY, BODY, CASE, HER, OTHER, adopted, given, moved

REACHED: dict[str, tuple[type[Moved], str]] = {
    "referred": (CaseReferred, "referred"),
    "in_progress": (CaseStarted, "in_progress"),
    "postponed": (CasePostponed, "postponed"),
    "blocked": (moves.CaseBlocked, "blocked"),
    "done": (CaseCompleted, "done"),
    "not_done": (moves.CaseClosedUndone, "not_done"),
    "carried_over": (CaseCarriedOver, "carried_over"),
    "superseded": (moves.CaseSuperseded, "superseded"),
}
OPEN = ("adopted", "referred", "in_progress", "postponed", "blocked")
FINAL = ("done", "not_done", "carried_over", "superseded")

ASKED: dict[str, tuple[Command, type[Moved], dict[str, Any]]] = {
    "refer": (
        ReferCase(body=BODY, mandate="étudier", due="2024-12"),
        CaseReferred,
        {"mandate": "étudier", "due": "2024-12"},
    ),
    "report-back": (ReportBack(body=BODY, text="favorable"), moves.ReportReceived, {"text": "favorable"}),
    "start": (StartCase(), CaseStarted, {}),
    "postpone": (PostponeCase(until="2025", reason="trop tôt"), CasePostponed, {}),
    "block": (
        BlockCase(on=HER, reason="enquête en cours", since="2024-01", condition="fin de l’enquête"),
        moves.CaseBlocked,
        {"since": "2024-01", "condition": "fin de l’enquête"},
    ),
    "resume": (ResumeCase(reason="c’est le moment"), moves.CaseResumed, {"reason": "c’est le moment"}),
    "complete": (
        CompleteCase(completion="partial", residuals=("le reste",), review="2026"),
        CaseCompleted,
        {"completion": "partial", "residuals": ("le reste",), "review": "2026"},
    ),
    "close-undone": (CloseCaseUndone(reason="manque de temps"), moves.CaseClosedUndone, {}),
    "carry-over": (CarryOverCase(to=OTHER, reason="à suivre"), CaseCarriedOver, {"reason": "à suivre"}),
    "supersede": (SupersedeCase(by=OTHER), moves.CaseSuperseded, {}),
    "reopen": (ReopenCase(reason="à revoir"), moves.CaseReopened, {}),
}  # fmt: skip

SAME = {state: state for state in OPEN}
LEADS: dict[str, dict[str, str]] = {
    "refer": SAME | {"adopted": "referred"},
    "report-back": SAME | {"referred": "in_progress"},
    "start": {"adopted": "in_progress", "referred": "in_progress"},
    "postpone": dict.fromkeys(OPEN, "postponed"),
    "block": dict.fromkeys(("adopted", "referred", "in_progress", "postponed"), "blocked"),
    "resume": dict.fromkeys(("postponed", "blocked"), "adopted"),
    "complete": dict.fromkeys(OPEN, "done"),
    "close-undone": dict.fromkeys(OPEN, "not_done"),
    "carry-over": dict.fromkeys(OPEN, "carried_over"),
    "supersede": dict.fromkeys(OPEN, "superseded"),
    "reopen": dict.fromkeys(FINAL, "in_progress"),
}
CELLS = [(verb, state) for verb in ASKED for state in (*OPEN, *FINAL)]


def in_state(state: str) -> Any:
    """A case that went straight from its adoption to the state."""
    return given(adopted(), *([moved(*REACHED[state])] if state in REACHED else []))


@pytest.mark.parametrize(("verb", "state"), CELLS)
def test_a_verb_from_a_state(verb: str, state: str) -> None:
    command, event, facts = ASKED[verb]
    if verb == "carry-over" and state == "done":
        in_state(state).when(command).then(FactsMissing, missing=["the remaining item that is carried over"])
    elif to := LEADS[verb].get(state):
        then = in_state(state).when(command).then(moved(event, to, **facts))
        then.leaving(state=to, completion="partial" if to == "done" else None, states={"17": to})
    else:
        refusal = in_state(state).when(command).then(NotFromHere, ref="2023:17").refusal
        assert "note" in refusal.facts["possible"] and command.verb not in refusal.facts["possible"]


@pytest.mark.parametrize("verb", ASKED)
def test_only_officers_and_the_secretary_move_a_case(verb: str) -> None:
    state = next(iter(LEADS[verb]))
    command, event, facts = ASKED[verb]
    in_state(state).when(command, roles=frozenset({"secretary"})).then(moved(event, LEADS[verb][state], **facts))
    for role in ("auditor", "administrator", "system"):
        in_state(state).when(command, roles=frozenset({role})).then(RoleMissing, allowed=["officer", "secretary"])


@pytest.mark.parametrize(
    ("command", "missing"),
    [
        (PostponeCase(until="2025", reason=""), "the reason"),
        (PostponeCase(until="2025", reason=" \n"), "the reason"),
        (BlockCase(on=HER, reason=""), "the reason"),
        (CloseCaseUndone(reason=" "), "the reason"),
    ],
)
def test_a_reason_is_not_blank(command: Command, missing: str) -> None:
    given(adopted()).when(command).then(FactsMissing, missing=[missing])


def test_adopt_creates_an_adopted_case_on_its_date() -> None:
    command = AdoptCase(assembly=ASSEMBLY, numbers=("17",), titles={"17": "Titre 17"}, text="Que…")
    given().when(command).then(adopted(text="Que…")).leaving(
        ref="2023:17", state="adopted", completion=None, title="Titre 17", text="Que…", version=1
    )
    dated = AdoptCase(assembly=ASSEMBLY, numbers=("17",), titles={"17": "Titre 17"}, adopted_on="2023-05-14")
    given().when(dated).then(adopted(adopted_on="2023-05-14", occurred="2023-05-14"))


def test_a_bundle_keeps_the_order_of_its_heading() -> None:
    titles = {"36": "Trois", "5": "Un", "33": "Deux"}
    command = AdoptCase(assembly=ASSEMBLY, numbers=("5", "33", "36"), titles=titles)
    given().when(command).leaving(
        ref="2023:5", title="Un – Deux – Trois", states=dict.fromkeys(("5", "33", "36"), "adopted")
    )


@pytest.mark.parametrize(
    ("numbers", "titles", "parts", "refusal"),
    [
        (("17",), {}, (), FactsMissing),
        ((), {"17": "Un"}, (), FactsMissing),
        (("5", "33"), {"5": "Un"}, (), TitleMissing),
        (("5", "5"), {"5": "Un"}, (), SamePart),
        (("5",), {"5": "Un", "6": "Deux"}, (), NumbersUnknown),
        (("5",), {"5": "Un"}, (Limb("Québec", ("5",)), Limb("Québec", ("5",))), SamePart),
        (("5",), {"5": "Un"}, (Limb("Québec", ("6",)),), NumbersUnknown),
        (("5", "33"), {"5": "Un", "33": "Deux"}, (Limb("Québec", ("5",)),), NumbersUnknown),
    ],
)
def test_numbers_titles_and_parts_agree(numbers: Any, titles: Any, parts: Any, refusal: Any) -> None:
    given().when(AdoptCase(assembly=ASSEMBLY, numbers=numbers, titles=titles, parts=parts)).then(refusal)


def test_a_kind_of_case_is_one_that_a_workflow_defines() -> None:
    command = AdoptCase(assembly=ASSEMBLY, numbers=("17",), titles={"17": "Un"}, kind="poem")
    given().when(command).then(KindUnknown, kind="poem")


def test_nothing_is_adopted_on_a_day_to_come() -> None:
    command = AdoptCase(assembly=ASSEMBLY, numbers=("17",), titles={"17": "Un"}, adopted_on="2024-06-27")
    given().when(command).then(FutureAct, occurred="2024-06-27")


@pytest.mark.parametrize(
    ("until", "occurred", "accepted"),
    [
        ("2024-06-27", None, True),
        ("2024-06-26", None, False),
        ("2024-06", None, True),  # until its last day
        ("2024-05", None, False),
        ("2023-09", "2023-06-01", True),  # later than the day of the act, not than today
        ("2023-05", "2023-06-01", False),
        ("2023-06-30", "2023-06~", False),  # the act may have been on that very day
        ("2023-07-01", "2023-06~", True),
        ("2024-06-26", "2022/..", False),  # known from today on, at the latest
        ("2025/..", None, True),
        ("XXXX-09", None, True),
    ],
)
def test_postponed_until_later_than_the_day_of_the_act(until: str, occurred: str | None, accepted: bool) -> None:
    then = given(adopted()).when(PostponeCase(until=until, reason="trop tôt"), occurred=occurred)
    if accepted:
        then.then(moved(CasePostponed, "postponed", until=until, occurred=occurred))
    else:
        then.then(UntilPast, until=until)


def test_postponed_again_is_one_more_link_of_the_chain() -> None:
    before = moved(CasePostponed, "postponed", until="2024-03-27")
    then = given(adopted(), before).when(PostponeCase(until="2025-05", reason="encore"))
    then.leaving(state="postponed", postponements=["2024-03-27", "2025-05"])


def test_what_has_not_begun_has_not_happened() -> None:
    given(adopted()).when(StartCase(), occurred="2024-06-27").then(FutureAct, occurred="2024-06-27")
    given(adopted()).when(StartCase(), occurred="2024").then(moved(CaseStarted, "in_progress"))


@pytest.mark.parametrize("pauses", [["blocked"], ["postponed"], ["postponed", "blocked"], ["blocked", "postponed"]])
@pytest.mark.parametrize("before", ["adopted", "referred", "in_progress"])
def test_work_resumes_where_it_had_stopped(before: str, pauses: list[str]) -> None:
    earlier = [moved(*REACHED[before])] if before in REACHED else []
    halts = [moved(*REACHED[pause]) for pause in pauses]
    given(adopted(), *earlier, *halts).when(ResumeCase()).then(moved(moves.CaseResumed, before))


def test_a_further_referral_of_a_paused_case_does_not_wake_it() -> None:
    paused = given(adopted(), moved(CaseStarted, "in_progress"), moved(*REACHED["blocked"]))
    paused.when(ReferCase(body=BODY)).leaving(state="blocked", referrals=[(BODY, None)])
    further = moved(CaseReferred, "blocked")
    again = given(adopted(), moved(CaseStarted, "in_progress"), moved(*REACHED["blocked"]), further)
    again.when(ResumeCase()).then(moved(moves.CaseResumed, "in_progress"))


@pytest.mark.parametrize("state", [*OPEN, "done"])
def test_what_remains_is_carried_over_and_the_rest_stays(state: str) -> None:
    completions = {"17": "full"} if state == "done" else {}
    event = moved(CaseCarriedOver, state, residual="la formation", completions=completions)
    then = in_state(state).when(CarryOverCase(to=OTHER, residual="la formation")).then(event)
    then.leaving(state=state, completion="full" if state == "done" else None, links=[("successor", OTHER)])


@pytest.mark.parametrize("state", ["not_done", "carried_over", "superseded"])
def test_nothing_remains_of_what_was_not_done(state: str) -> None:
    in_state(state).when(CarryOverCase(to=OTHER, residual="la formation")).then(NotFromHere)


@pytest.mark.parametrize("state", ["carried_over", "superseded"])
def test_a_case_whose_successor_has_moved_is_not_reopened(state: str) -> None:
    last = moved(*REACHED[state])
    stays = given(adopted(), last, moved_successors=frozenset({OTHER})).when(ReopenCase(reason="à revoir"))
    stays.then(GuardUnmet, guard="there is no successor, or it has not moved yet")
    given(adopted(), last, moved_successors=frozenset({BODY})).when(ReopenCase(reason="à revoir")).leaving(
        state="in_progress"
    )


def test_a_part_is_reopened_while_the_successor_of_another_has_moved() -> None:
    history = [
        adopted("5", "33"),
        moved(CaseCarriedOver, "carried_over", "5", case="adopted"),
        moved(CaseCompleted, "done", "33", case="done"),
    ]
    then = given(*history, moved_successors=frozenset({OTHER})).when(ReopenCase(reason="à revoir"))
    then.then(moved(moves.CaseReopened, "in_progress", "33"))


def test_a_case_does_not_follow_itself() -> None:
    for command in (CarryOverCase(to=CASE), SupersedeCase(by=CASE)):
        given(adopted()).when(command).then(SelfReference, ref="2023:17")
