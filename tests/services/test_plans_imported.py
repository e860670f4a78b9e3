"""A plan that comes as a document: rehearsed, recorded once, taken back; and its key, which two take at once."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest

from domain.errors import SuiviError
from services import homes
from services.act import Ask, act
from services.home import Home
from services.homes import HomeTaken
from services.imports.plans.reading import PlanReading
from services.imports.report import Problem
from services.imports.result import Result
from services.imports.service import MovedSince, undo_import
from services.plans.importing import PlanImport
from services.plans.undoing import PlanChanged
from services.reading import When, cases, history
from services.reading.plans import plan, plans
from services.schema import Urls
from services.store import Store
from tests.homes import do, opened, secretary
from tests.services.plans import ORPHAN, TREE, reading, size


@pytest.fixture
def home(database: Urls) -> Iterator[Home]:
    with opened(database) as home:
        secretary(home)
        yield home


def bring(home: Home, read: PlanReading | None = None, sha256: str = "aa" * 32, key: str = "ccsne-2019") -> Result:
    found, outcome = PlanImport(home, "plan.txt", sha256, read or reading(), key, "2022-04").record(secretary(home), None)
    home.settle(outcome)
    return found


def test_a_plan_comes_once(home: Home) -> None:
    rehearsed = PlanImport(home, "plan.txt", "aa" * 32, reading(), "ccsne-2019", "2022-04").rehearse()
    assert rehearsed.id is None and rehearsed.created[0] == "plan:ccsne-2019" and plans(home, When()) == []
    result = bring(home)
    assert result.id == "ccsne-2019-1" and result.created == [
        "plan:ccsne-2019", "ccsne-2019:1.3", "ccsne-2019:1.4", "ccsne-2019:2.1", "ccsne-2019:DS",
    ]  # fmt: skip
    assert [(ref, p.state, p.confidence) for ref, p in result.proposals] == [("ccsne-2019:1.3", "done", "high")]
    before = size(home)
    again = bring(home)
    assert (again.created, again.unchanged, size(home)) == ([], result.created, before)
    resaved = bring(home, sha256="bb" * 32)
    assert (resaved.id, resaved.updated, resaved.problems, size(home)) == (None, [], [], before), "nothing is new in it"


def test_what_is_told_stands_on_its_day_with_its_lines(home: Home) -> None:
    bring(home)
    told = [entry for entry in history(home, "ccsne-2019:1.3", When(), "fr") if entry["event"] == "CaseNoted"]
    assert told[0]["occurred"] == "2022-03" and told[0]["data"]["source"]["first_line"] == 12
    assert [each["data"]["source"]["first_line"] for each in told] == [12, 13]
    studio = plan(home, "ccsne-2019", When(as_of="2021-06-30"))["nodes"][0]["nodes"][0]
    assert studio["case"]["state"] == "adopted" and studio["follow_ups"] == [], "the follow-up came later"
    assert len(plan(home, "ccsne-2019", When())["nodes"][0]["nodes"][0]["follow_ups"]) == 2
    row = home.reader.execute("SELECT count(*) FROM suivi.due").fetchone()
    assert row == (0,), "no clock runs before an officer has confirmed anything"


def test_what_is_wrong_has_its_line_and_nothing_is_recorded(home: Home) -> None:
    before = size(home)
    twice = bring(home, reading(nodes=(*TREE, ORPHAN), places={"DS": (40, 44)}))
    assert [(p.line, type(p.notice).__name__) for p in twice.problems] == [(40, "SameNumber")] and twice.refused
    stray = bring(home, reading(proposals={"9.9": reading().proposals["1.3"]}))
    assert stray.refused
    said = reading(problems=(Problem(3, "error", HomeTaken(key="x", other="plan:x")),))
    assert bring(home, said).refused and size(home) == before


def test_an_import_is_taken_back_and_may_come_again(home: Home) -> None:
    bring(home)
    result, outcome = undo_import(home, secretary(home), "ccsne-2019-1")
    home.settle(outcome)
    assert result.undone and plans(home, When()) == [] and cases(home, When()) == []
    do(home, "assembly:ccsne-2019", "create", name="La clé est libre")
    undone = bring(home, key="ccsne")
    assert undone.created[0] == "plan:ccsne"


def test_what_moved_since_keeps_an_import(home: Home) -> None:
    bring(home)
    do(home, "ccsne-2019:1.4", "start")
    with pytest.raises(MovedSince):
        undo_import(home, secretary(home), "ccsne-2019-1")
    bring(home, key="autre", sha256="cc" * 32)
    do(home, "plan:autre", "rename", name="Autre titre")
    with pytest.raises(PlanChanged):
        undo_import(home, secretary(home), "autre-1")


def race(database: Urls, home: Home) -> list[list[str]]:
    """An assembly and a plan take one key at the same moment, twelve times: who won."""
    actor, gate = secretary(home), Barrier(2)

    def take(kind: str, key: str) -> str:
        with Store(database.writer) as store:
            gate.wait()
            try:
                act(store, actor, Ask(ref=f"{kind}:{key}", verb="create", facts={"name": key}))
            except SuiviError as refusal:
                assert isinstance(refusal, HomeTaken), refusal
                return ""
            return kind

    with ThreadPoolExecutor(2) as pool:
        return [[one for one in pool.map(take, ("assembly", "plan"), (f"k{n}", f"k{n}")) if one] for n in range(12)]


def test_an_assembly_and_a_plan_take_one_key_at_once(database: Urls, home: Home) -> None:
    assert {len(won) for won in race(database, home)} == {1}
    rows = home.store.connection.execute(
        "SELECT count(*) FROM suivi.keys WHERE scope IN ('assembly', 'plan') AND key LIKE 'k%' GROUP BY key"
    ).fetchall()
    assert rows == [(1,)] * 12


def test_without_the_shared_keys_both_would_win(
    database: Urls, home: Home, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(homes, "keys_of", lambda scope, key: ((scope, key),))
    assert 2 in {len(won) for won in race(database, home)}
