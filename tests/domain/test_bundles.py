"""Cases that part and join: numbers are never lost nor doubled, states go with their parts."""

from __future__ import annotations

from uuid import UUID

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule

from domain.amendments import RetractFact
from domain.case import bundles, refusals
from domain.case.bundles import CaseCutOff, CaseMerged, CaseSplit, MergeCase, SplitCase
from domain.case.case import Case
from domain.case.commands import CompleteCase, CorrectFact, RestrictCase, StartCase
from domain.case.decisions import handle
from domain.errors import SuiviError
from tests.domain.given import act, adopted, recorded

NEXT = UUID(int=50)


def case(*numbers: str, id: int = 1, **facts: object) -> Case:
    return Case.fold(recorded([adopted(*numbers, **facts)], UUID(int=id)))  # type: ignore[arg-type]


def apart(whole: Case, own: str = "", id: UUID = NEXT, **said: object) -> Case:
    """Splits a case in memory, as the service does."""
    before, whole.next_case = Case.fold(list(whole.history)), id
    handle(whole, SplitCase(**said), act())  # type: ignore[arg-type]
    event = whole.new[-1].event
    while not isinstance(event, CaseSplit):
        event = next(r.event for r in reversed(whole.new) if isinstance(r.event, CaseSplit))
    return bundles.cut_off(Case, before, event, own, act())


def together(whole: Case, other: Case) -> None:
    whole.joining = other
    handle(whole, MergeCase(other=other.id), act())


def numbers(one: Case) -> tuple[str, ...]:
    return one.adopted.numbers if one.adopted and not one.withdrawn else ()


def states(one: Case) -> dict[str, str]:
    return {part.label: part.state for part in one.parts}


def test_a_number_goes_with_its_state_and_its_title() -> None:
    whole = case("5", "6", "7")
    handle(whole, StartCase(part="6"), act())
    new = apart(whole, numbers=("6",), reason="elle avance seule")
    assert (numbers(whole), states(whole)) == (("5", "7"), {"5": "adopted", "7": "adopted"})
    assert (numbers(new), states(new), new.titles, new.ref) == (("6",), {"6": "in_progress"}, {"6": "Titre 6"}, "2023:6")
    assert (whole.ref, whole.titles) == ("2023:5", {"5": "Titre 5", "7": "Titre 7"})
    assert new.moved and new.links == [("split_from", whole.id)] and whole.links == [("split_off", new.id)]


def test_the_first_number_leaves_and_the_rest_is_named_after_the_next() -> None:
    whole = case("5", "6")
    new = apart(whole, numbers=("5",))
    assert (whole.ref, new.ref) == ("2023:6", "2023:5")


def test_a_limb_takes_a_number_of_its_own() -> None:
    whole = case("5", limbs={"au Canada": ("5",), "au Québec": ("5",)})
    new = apart(whole, "5a", parts=("au Canada",))
    assert (numbers(whole), states(whole)) == (("5",), {"au Québec": "adopted"})
    assert (numbers(new), new.title) == (("5a",), "Titre 5 (au Canada)")


@pytest.mark.parametrize(
    ("said", "refusal"),
    [
        ({}, bundles.NothingLeaves),
        ({"numbers": ("9",)}, bundles.NotItsNumber),
        ({"numbers": ("5", "6")}, bundles.NothingStays),
        ({"parts": ("ailleurs",)}, refusals.PartUnknown),
        ({"numbers": ("5",), "number": "5b"}, bundles.NumberOwn),
    ],
)
def test_what_cannot_leave(said: dict[str, object], refusal: type[SuiviError]) -> None:
    with pytest.raises(refusal):
        apart(case("5", "6"), **said)


def test_a_single_part_cannot_be_split() -> None:
    with pytest.raises(refusals.GuardUnmet):
        apart(case("5"), numbers=("5",))


def test_a_part_across_several_numbers_leaves_whole() -> None:
    whole = case("5", "6", "7", limbs={"a": ("5", "6"), "b": ("7",)})
    with pytest.raises(bundles.PartAcross):
        apart(whole, numbers=("5",))
    assert numbers(apart(whole, parts=("a",))) == ("5", "6")


def test_who_may_read_it_goes_along() -> None:
    whole = case("5", "6")
    handle(whole, RestrictCase(visibility="named", people=(UUID(int=3),)), act(roles=frozenset({"secretary"})))
    new = apart(whole, numbers=("6",))
    assert (new.visibility, new.people) == ("named", (UUID(int=3),))


def test_two_become_one() -> None:
    whole, other = case("5", text="Que l’eau soit propre."), case("7", id=2, text="Que l’air soit pur.")
    handle(other, StartCase(), act())
    together(whole, other)
    assert (numbers(whole), states(whole), whole.state) == (("5", "7"), {"5": "adopted", "7": "in_progress"}, "in_progress")
    assert (whole.text, other.withdrawn) == ("Que l’eau soit propre.\n\nQue l’air soit pur.", True)


@pytest.mark.parametrize("back", ["into the rest", "into what left"])
def test_what_is_together_again_is_not_without_the_other(back: str) -> None:
    rest = case("5", "6")
    away = apart(rest, numbers=("6",))
    kept, joins = (rest, away) if back == "into the rest" else (away, rest)
    kept.links.append(("same subject", UUID(int=9)))
    together(kept, joins)
    assert (set(numbers(kept)), kept.links) == ({"5", "6"}, [("same subject", UUID(int=9))])


@pytest.mark.parametrize("why", ["home", "visibility", "vouched"])
def test_what_cannot_join(why: str) -> None:
    from domain.values import Source

    facts = {"home": {"ref": "2024:7"}, "visibility": {}, "vouched": {"source": Source(UUID(int=8), 1, 2)}}[why]
    whole, other = case("5"), case("7", id=2, **facts)
    if why == "visibility":
        handle(other, RestrictCase(visibility="officers"), act(roles=frozenset({"secretary"})))
    with pytest.raises(bundles.NotTogether) as refusal:
        together(whole, other)
    assert refusal.value.facts["why"] == bundles.APART[why]


def test_a_case_that_is_over_does_not_join() -> None:
    whole, other = case("5"), case("7", id=2)
    handle(other, CompleteCase(completion="full"), act())
    with pytest.raises(refusals.NotFromHere):
        together(whole, other)


def test_what_was_split_is_not_retracted_nor_its_moves_beneath_it() -> None:
    whole = case("5", "6")
    handle(whole, StartCase(part="6"), act())
    new = apart(whole, numbers=("6",))
    with pytest.raises(bundles.PartingStands):
        handle(whole, RetractFact(event=whole.version, reason="non"), act())
    with pytest.raises(refusals.MoveFollowed):
        handle(whole, RetractFact(event=2, reason="non"), act())
    with pytest.raises(bundles.PartingStands):
        handle(new, RetractFact(event=2, reason="non"), act())


def test_a_correction_keeps_what_left_away() -> None:
    whole = case("5", "6")
    apart(whole, numbers=("6",))
    handle(whole, CorrectFact(event=1, set={"titles": {"5": "Un titre juste"}}, reason="coquille"), act())
    assert (whole.titles, numbers(whole), [*states(whole)]) == ({"5": "Un titre juste"}, ("5",), ["5"])
    with pytest.raises(refusals.NumbersUnknown):
        handle(whole, CorrectFact(event=1, set={"titles": {"6": "Ailleurs"}}, reason="coquille"), act())


class Bundles(RuleBasedStateMachine):
    """Any sequence of splits, merges, moves, corrections and takings back."""

    def __init__(self) -> None:
        super().__init__()
        self.cases = [case("1", "2", "3", id=1), case("4", "5", id=2), case("6", id=3)]
        self.ids = 100
        self.joined: list[tuple[Case, Case, int]] = []

    def pick(self, n: int) -> Case:
        return [one for one in self.cases if not one.withdrawn][n % sum(not one.withdrawn for one in self.cases)]

    @rule(n=st.integers(0, 9), which=st.sets(st.sampled_from("123456"), max_size=3))
    def part(self, n: int, which: set[str]) -> None:
        self.ids += 1
        try:
            self.cases.append(apart(self.pick(n), numbers=tuple(sorted(which)), id=UUID(int=self.ids)))
        except SuiviError:
            return

    @rule(n=st.integers(0, 9), m=st.integers(0, 9))
    def join(self, n: int, m: int) -> None:
        whole, other = self.pick(n), self.pick(m)
        if whole is other:
            return
        try:
            together(whole, other)
        except SuiviError:
            return
        at = next(r.originator_version for r in reversed(whole.history) if isinstance(r.event, CaseMerged))
        self.joined.append((whole, other, at))

    @rule(n=st.integers(0, 9), end=st.booleans())
    def move(self, n: int, end: bool) -> None:
        one = self.pick(n)
        try:
            handle(one, CompleteCase(completion="full", part=one.parts[0].label) if end else StartCase(), act())
        except SuiviError:
            return

    @rule(n=st.integers(0, 9))
    def correct(self, n: int) -> None:
        one = self.pick(n)
        number = numbers(one)[0]
        if number in getattr(one.history[0].event, "titles", {}):
            handle(one, CorrectFact(event=1, set={"titles": {number: "Autrement"}}, reason="coquille"), act())

    @rule(n=st.integers(0, 9))
    def take_back(self, n: int) -> None:
        if not self.joined:
            return
        whole, other, at = self.joined[n % len(self.joined)]
        if whole.withdrawn:
            return
        try:
            handle(whole, RetractFact(event=at, reason="par erreur"), act())
        except SuiviError:
            return
        other.history = [r for r in other.history if not isinstance(r.event, bundles.CaseMergedInto)]
        other.replay()
        self.joined.remove((whole, other, at))

    @invariant()
    def every_number_is_in_one_case(self) -> None:
        found = [number for one in self.cases for number in numbers(one)]
        assert sorted(found) == list("123456")

    @invariant()
    def parts_and_titles_are_those_of_the_numbers(self) -> None:
        for one in self.cases:
            if not one.withdrawn:
                assert {n for part in one.parts for n in part.numbers} == {*numbers(one)} == {*one.titles}
                assert one.ref.partition(":")[2] in numbers(one)
                again = Case.fold(list(one.history))
                assert (again.parts, again.adopted) == (one.parts, one.adopted)


Bundles.TestCase.settings = settings(max_examples=60, stateful_step_count=25, deadline=None)
TestBundles = Bundles.TestCase


def test_the_cut_off_stands_as_a_case_of_its_own() -> None:
    new = apart(case("5", "6"), numbers=("6",))
    assert isinstance(new.history[1].event, CaseCutOff)
    assert numbers(Case.fold(recorded([r.event for r in new.history], NEXT))) == ("6",)
