"""Split and merge through the doors: numbers lead to the right case, for ever, at both times, under rebuild and races."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from typing import Any
from uuid import uuid4

import pytest

from domain.case import bundles
from domain.case.refusals import GuardUnmet, NotFromHere
from domain.errors import SuiviError
from services.act import Ask, act
from services.home import Home
from services.homes import NumberTaken
from services.reading import When, case, cases, history
from services.reading.demarches import demarche
from services.rebuilding import rebuild
from services.refs import CaseUnknown
from services.schema import Urls
from services.store import Store
from services.undoing import undo
from tests.homes import do, lists, opened, secretary

NOW = When()


@pytest.fixture
def home(database: Urls) -> Iterator[Home]:
    with opened(database) as home:
        secretary(home)
        do(home, "assembly:2023", "create", name="Annuelle 2023", date="2023-05-13")
        titles = {"5": "Une eau propre", "6": "Des parcs", "7": "Des vélos"}
        do(home, "2023:5", "adopt", numbers=[*titles], titles=titles)
        do(home, "2023:9", "adopt", title="Des bancs")
        do(home, "office:mairie", "create", name="Mairie")
        do(home, "2023:8", "adopt", parts=[{"label": "au Canada", "numbers": ["8"]}, {"label": "au Québec", "numbers": ["8"]}],
           title="Des trains")  # fmt: skip
        home.catch_up()
        yield home


def said(home: Home, ref: str, verb: str, **facts: Any) -> None:
    do(home, ref, verb, **facts)
    home.catch_up()


def numbers(home: Home, when: When = NOW) -> dict[str, list[str]]:
    return {row["ref"]: row["numbers"] for row in cases(home, when)}


def before(home: Home) -> str:
    return str(home.store.present.now.isoformat())


def test_a_number_goes_on_alone_and_both_refs_lead_somewhere(home: Home) -> None:
    do(home, "2023:5", "start", part="6")
    said(home, "2023:5", "split", numbers=["6"], reason="elle avance seule")
    assert numbers(home) == {"2023:5": ["5", "7"], "2023:6": ["6"], "2023:8": ["8"], "2023:9": ["9"]}
    assert (case(home, "2023:6", NOW)["state"], case(home, "2023:7", NOW)["ref"]) == ("in_progress", "2023:5")
    assert case(home, "2023:5", NOW)["links"] == [{"kind": "split_off", "to": "2023:6"}]
    assert case(home, "2023:6", NOW)["links"] == [{"kind": "split_from", "to": "2023:5"}]


def test_the_ref_of_the_bundle_follows_its_first_number(home: Home) -> None:
    said(home, "2023:5", "split", numbers=["5"])
    assert (case(home, "2023:5", NOW)["numbers"], case(home, "2023:7", NOW)["ref"]) == (["5"], "2023:6")
    assert [row["ref"] for row in cases(home, NOW)] == ["2023:5", "2023:6", "2023:8", "2023:9"]


def test_both_histories_tell_it(home: Home) -> None:
    said(home, "2023:5", "split", numbers=["6"], reason="elle avance seule")
    told = {ref: [entry["text"] for entry in history(home, ref, NOW, "fr")] for ref in ("2023:5", "2023:6")}
    assert "numéro 6 s’en détache et se poursuit dans" in told["2023:5"][-1].replace("\xa0", " ")
    assert "étachée" in told["2023:6"][-1]


def test_a_limb_takes_a_letter_or_the_number_that_is_said(home: Home) -> None:
    with pytest.raises(NumberTaken):
        do(home, "2023:8", "split", parts=["au Canada"], number="9")
    said(home, "2023:8", "split", parts=["au Canada"])
    assert (numbers(home)["2023:8"], numbers(home)["2023:8a"]) == (["8"], ["8a"])
    assert case(home, "2023:8a", NOW)["title"] == "Des trains (au Canada)"


def test_at_both_times_no_number_is_in_two_cases(home: Home) -> None:
    do(home, "2023:5", "start", occurred="2023-06")
    then = before(home)
    said(home, "2023:5", "split", occurred="2024-03-01", numbers=["6"])
    middle = before(home)
    said(home, "2023:6", "merge", occurred="2024-05-01", other="2023:9")
    whole = {"2023:5": ["5", "6", "7"], "2023:8": ["8"], "2023:9": ["9"]}
    parted = {"2023:5": ["5", "7"], "2023:6": ["6"], "2023:8": ["8"], "2023:9": ["9"]}
    joined = {"2023:5": ["5", "7"], "2023:6": ["6", "9"], "2023:8": ["8"]}
    for when, expected in (
        (When(known_at=then), whole), (When(known_at=middle), parted), (NOW, joined),
        (When(as_of="2024-02-28"), whole), (When(as_of="2024-03-31"), parted), (When(as_of="2024-05-31"), joined),
    ):  # fmt: skip
        assert numbers(home, when) == expected, when
        for ref, held in expected.items():
            for number in held:
                assert case(home, f"2023:{number}", when)["ref"] == ref, (number, when)


def test_two_become_one_with_what_they_had(home: Home) -> None:
    do(home, "2023:9", "note", text="Le maire a promis.", audience="assembly")
    do(home, "2023:9", "add-task", text="Écrire au maire", due="2031-05-01")
    do(home, "demarche:new", "send", cases=["2023:9"], office="mairie", kind="letter")
    do(home, "2023:9", "start")
    said(home, "2023:5", "merge", other="2023:9", reason="même demande")
    one = case(home, "2023:9", NOW)
    assert (one["ref"], one["numbers"], one["titles"]["9"]) == ("2023:5", ["5", "6", "7", "9"], "Des bancs")
    assert {part["label"]: part["state"] for part in one["parts"]}["9"] == "in_progress"
    assert [(note["text"], note["audience"]) for note in one["notes"]] == [("Le maire a promis.", "assembly")]
    assert [task["text"] for task in one["tasks"]] == ["Écrire au maire"]
    assert "2023:5" in demarche(home, "demarche:1", NOW)["cases"]
    assert "2023:9" not in numbers(home)
    said(home, "2023:5", "split", numbers=["9"])
    assert case(home, "2023:9", NOW)["state"] == "in_progress"


@pytest.mark.parametrize(
    ("ref", "verb", "facts", "refusal"),
    [
        ("2023:5", "split", {}, bundles.NothingLeaves),
        ("2023:5", "split", {"numbers": ["9"]}, bundles.NotItsNumber),
        ("2023:5", "split", {"numbers": ["5", "6", "7"]}, bundles.NothingStays),
        ("2023:9", "split", {"numbers": ["9"]}, GuardUnmet),
        ("2023:5", "merge", {"other": "2024:1"}, bundles.NotTogether),
        ("2023:5", "merge", {"other": "2023:6"}, SuiviError),
        ("2023:5", "merge", {"other": "2023:77"}, CaseUnknown),
    ],
)
def test_what_is_refused_changes_nothing(home: Home, ref: str, verb: str, facts: Any, refusal: type[SuiviError]) -> None:
    do(home, "assembly:2024", "create", name="Annuelle 2024", date="2024-05-13")
    do(home, "2024:1", "adopt", title="Ailleurs")
    home.catch_up()
    held = numbers(home)
    with pytest.raises(refusal):
        do(home, ref, verb, **facts)
    home.catch_up()
    assert numbers(home) == held


def test_what_is_over_does_not_join(home: Home) -> None:
    do(home, "2023:9", "complete", completion="full")
    with pytest.raises(NotFromHere):
        do(home, "2023:5", "merge", other="2023:9")


def test_a_merge_is_undone_whole(home: Home) -> None:
    do(home, "2023:9", "note", text="Le maire a promis.")
    home.catch_up()
    held, id = numbers(home), uuid4()
    act(home.store, secretary(home), Ask(ref="2023:5", verb="merge", facts={"other": "2023:9"}), id)
    home.catch_up()
    undo(home, secretary(home), id, "par erreur", uuid4())
    home.catch_up()
    assert numbers(home) == held
    assert (case(home, "2023:9", NOW)["ref"], case(home, "2023:5", NOW)["notes"]) == ("2023:9", [])
    do(home, "2023:9", "start")


def test_put_together_again_it_goes_on_without_nothing_until_that_is_undone(home: Home) -> None:
    said(home, "2023:5", "split", numbers=["6"])
    id = uuid4()
    act(home.store, secretary(home), Ask(ref="2023:5", verb="merge", facts={"other": "2023:6"}), id)
    home.catch_up()
    assert (case(home, "2023:6", NOW)["numbers"], case(home, "2023:6", NOW)["links"]) == (["5", "7", "6"], [])
    undo(home, secretary(home), id, "par erreur", uuid4())
    home.catch_up()
    assert case(home, "2023:5", NOW)["links"] == [{"kind": "split_off", "to": "2023:6"}]


def test_a_merge_whose_parts_moved_stays(home: Home) -> None:
    said(home, "2023:5", "merge", other="2023:9")
    version = next(e["version"] for e in history(home, "2023:5", NOW, "fr") if e["event"] == "CaseMerged")
    do(home, "2023:5", "start", part="9")
    with pytest.raises(SuiviError):
        do(home, "2023:5", "retract", event=f"@{version}", reason="non")


def test_a_part_that_others_may_not_read_is_not_shown_either(home: Home) -> None:
    do(home, "2023:5", "restrict", visibility="named", people=["ana"])
    said(home, "2023:5", "split", numbers=["6"])
    assert case(home, "2023:6", NOW)["visibility"] == "named"


def test_rebuilt_tables_are_the_same(home: Home) -> None:
    do(home, "2023:5", "start", occurred="2023-06")
    do(home, "2023:5", "split", numbers=["6"])
    do(home, "2023:5", "merge", other="2023:9")
    said(home, "2023:8", "split", parts=["au Canada"])
    live = lists(home)
    for name in ("cases", "search", "due", "entries"):
        rebuild(home, name, lambda done, of: None)
    assert lists(home) == live


def test_two_splits_at_once_leave_each_number_in_one_case(home: Home) -> None:
    actor = secretary(home)

    def part(number: str) -> str:
        with Store(home.urls.writer) as store:
            try:
                act(store, actor, Ask(ref="2023:5", verb="split", facts={"numbers": [number]}))
                return number
            except SuiviError as refusal:
                return type(refusal).__name__

    with ThreadPoolExecutor(4) as pool:
        done = list(pool.map(part, ["6", "6", "7", "7"]))
    home.catch_up()
    held = [number for row in cases(home, NOW) for number in row["numbers"]]
    assert sorted(held) == ["5", "6", "7", "8", "9"], done
    assert sum(each in ("6", "7") for each in done) <= 3
