"""What doors show: the contract's shapes, in the order of French, filtered, with names in place of ids."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from domain.errors import SuiviError
from services.home import Home
from services.imports.service import record_import
from services.reading import When, case, cases, history, offices
from services.reading.when import DayNeeded
from services.refs import CaseUnknown, EntryUnknown, NameShared
from services.schema import Urls
from tests.homes import do, opened, secretary
from tests.services.imports.reports import SAMPLE

NOW = When()
CASE = {
    "ref", "assembly", "numbers", "title", "titles", "text", "kind", "state", "completion", "parts", "proposal", "owner",
    "submitted_by", "adopted_on", "due", "waiting_on", "visibility", "version",
}  # fmt: skip
ENTRY = {
    "position", "stream", "version", "event", "occurred", "recorded_at", "logged_at", "actor", "text", "data",
    "corrected_by", "retracted_by",
}  # fmt: skip


@pytest.fixture
def home(database: Urls) -> Iterator[Home]:
    with opened(database) as home:
        do(home, "assembly:2023", "create", name="Assemblée annuelle 2023", date="2023-05-13")
        do(home, "assembly:2023-extra", "create", name="Assemblée extraordinaire", date="2023-10-01")
        for number in ("10", "2", "A-1", "12-B", "12"):
            do(home, f"2023:{number}", "adopt", title=f"Titre {number}", text="Une école rénovée")
        do(home, "2023:5", "adopt", numbers=["5", "36", "33"], titles={"5": "Cinq", "33": "Trente-trois", "36": "Trente-six"})
        do(home, "2023-extra:1", "adopt", title="L’œuvre d’Élodie")
        home.catch_up()
        yield home


def refs(rows: list[dict[str, Any]]) -> list[str]:
    return [row["ref"] for row in rows]


def test_in_the_order_of_assemblies_and_numbers(home: Home) -> None:
    assert refs(cases(home, NOW)) == [
        "2023:2", "2023:5", "2023:10", "2023:12", "2023:12-B", "2023:A-1", "2023-extra:1",
    ]  # fmt: skip


def test_every_row_has_the_contracts_keys(home: Home) -> None:
    record_import(home, secretary(home), SAMPLE, assembly="demo-2023")
    home.catch_up()
    for when in (NOW, When(as_of="2100-01-01"), When(known_at="2100-01-01")):
        rows = cases(home, when)
        assert len(rows) == 32
        for row in rows:
            assert row.keys() >= CASE
            assert all(part.keys() == {"label", "numbers", "state", "completion"} for part in row["parts"])
    one = case(home, "demo-2023:33", NOW)
    assert one.keys() >= CASE | {"actions"} and one["ref"] == "demo-2023:5"
    assert list(one["titles"]) == one["numbers"] == ["5", "33", "36"]
    assert one["title"] == " – ".join(one["titles"].values())


def test_any_number_of_a_bundle_finds_it(home: Home) -> None:
    assert {case(home, f"2023:{number}", NOW)["ref"] for number in ("5", "33", "36")} == {"2023:5"}
    assert case(home, "2023:5", NOW)["title"] == "Cinq – Trente-six – Trente-trois"
    assert case(home, "1", NOW)["ref"] == "2023-extra:1", "a number alone is in the latest assembly"
    for unknown in ("2023:99", "17", "2022:1", "body:eau", "assembly:2023", "person:ana"):
        with pytest.raises(CaseUnknown):
            case(home, unknown, NOW)


def test_filters(home: Home) -> None:
    do(home, "2023:2", "assign", owner="Ana")
    do(home, "2023:10", "refer", body="Comité de l’eau")
    do(home, "2023:12", "set-due", due="2024-06")
    do(home, "2023:A-1", "set-due", due="2024-06")
    do(home, "2023:A-1", "complete", completion="full")
    do(home, "2023:12-B", "set-due", due="2100")
    home.catch_up()
    assert refs(cases(home, NOW, state="referred")) == ["2023:10"]
    assert refs(cases(home, NOW, owner="ana")) == refs(cases(home, NOW, owner="person:ana")) == ["2023:2"]
    assert refs(cases(home, NOW, body="comité de l'eau")) == ["2023:10"]
    assert refs(cases(home, NOW, overdue=True)) == ["2023:12"], "open, and its due date is over"
    assert refs(cases(home, NOW, query="ECOLE renovee")) == ["2023:2", "2023:10", "2023:12", "2023:12-B", "2023:A-1"]
    assert refs(cases(home, NOW, query="oeuvre elodie")) == ["2023-extra:1"]
    assert refs(cases(home, NOW, query="école 12-b")) == ["2023:12-B"]
    assert cases(home, NOW, query="rien de tel") == []
    with pytest.raises(EntryUnknown):
        cases(home, NOW, owner="Personne")
    with pytest.raises(EntryUnknown):
        cases(home, NOW, body="Comité inconnu")


def test_overdue_on_a_day_of_the_past(home: Home) -> None:
    do(home, "2023:2", "set-due", due="2024-06", occurred="2024-01-05")
    home.catch_up()
    assert refs(cases(home, When(as_of="2024-06-30"), overdue=True)) == []
    assert refs(cases(home, When(as_of="2024-07-01"), overdue=True)) == ["2023:2"]


def test_names_stand_in_place_of_ids(home: Home) -> None:
    do(home, "2023:2", "assign", owner="Ana")
    do(home, "2023:2", "wait", on="le cabinet de la ministre")
    do(home, "2023:2", "carry-over", to="2023-extra:8")
    home.catch_up()
    one = case(home, "2023:2", NOW)
    assert one["owner"] == {"kind": "person", "ref": "person:ana", "name": "ana"}
    assert one["waiting_on"][0]["on"] == {"kind": "words", "ref": None, "name": "le cabinet de la ministre"}
    assert one["links"] == [{"kind": "successor", "to": "2023-extra:8"}]
    (row,) = [row for row in cases(home, NOW) if row["ref"] == "2023:2"]
    assert row["owner"]["name"] == "ana"


@pytest.mark.parametrize("text", ["aaaaaaaa-bbbb-cccc-dddd-eeeeeeeeeeee", "zzzzzzzz-zzzz-zzzz-zzzz-zzzzzzzzzzzz"])
def test_a_text_in_the_shape_of_an_id_is_only_a_text(home: Home, text: str) -> None:
    do(home, "2023:2", "reword", text=text)
    home.catch_up()
    assert case(home, "2023:2", NOW)["text"] == text
    assert [row["text"] for row in cases(home, NOW) if row["ref"] == "2023:2"] == [text]


def test_a_history_has_the_contracts_keys_and_marks(home: Home) -> None:
    do(home, "2023:2", "note", text="à corriger")
    do(home, "2023:2", "note", text="à retirer")
    do(home, "2023:2", "correct", event="@2", set={"text": "corrigée"}, reason="coquille")
    do(home, "2023:2", "retract", event="@3", reason="doublon")
    home.catch_up()
    entries = history(home, "2023:2", NOW, "fr")
    assert all(entry.keys() >= ENTRY and entry["text"] for entry in entries)
    assert [entry["version"] for entry in entries] == [1, 2, 3, 4, 5]
    at = {entry["version"]: entry["position"] for entry in entries}
    assert entries[1]["corrected_by"] == at[4] and entries[2]["retracted_by"] == at[5]
    assert {entry["corrected_by"] for entry in entries if entry["version"] != 2} == {None}
    assert entries[0]["recorded_at"].endswith("Z") and entries[0]["recorded_at"] <= entries[0]["logged_at"]
    english = history(home, "2023:2", NOW, "en")
    assert [e["text"] for e in english] != [e["text"] for e in entries]
    do(home, "2023:2", "retract", event="@4", reason="la note était bonne")
    home.catch_up()
    assert history(home, "2023:2", NOW, "fr")[1]["corrected_by"] is None


def test_what_one_may_do_now(home: Home, database: Urls) -> None:
    allowed = {a["verb"] for a in case(home, "2023:2", NOW)["actions"] if a["allowed"]}
    assert {"start", "refer", "complete", "note"} <= allowed and "resume" not in allowed
    with opened(database, "inconnue") as stranger:
        shown = case(stranger, "2023:2", NOW)["actions"]
        assert shown and not any(action["allowed"] for action in shown)
        assert {action["refusal"] for action in shown} <= {"role", "state", "guard", "from"}


def test_dates_that_cannot_be_read_about_are_told(home: Home) -> None:
    for open_ended in ("2024/..", "XXXX"):
        with pytest.raises(DayNeeded):
            cases(home, When(as_of=open_ended))
    with pytest.raises(SuiviError):
        cases(home, When(as_of="la semaine des quatre jeudis"))
    with pytest.raises(SuiviError):
        cases(home, When(known_at="jamais"))
    assert refs(cases(home, When(as_of="juin 2023"))) == refs(cases(home, When(as_of="2023-06-30")))


def test_a_shared_name_is_told(home: Home) -> None:
    do(home, "body:un", "create", name="Comité des jeunes")
    do(home, "body:deux", "create", name="Comité des jeunes")
    home.catch_up()
    with pytest.raises(NameShared):
        cases(home, NOW, body="Comité des jeunes")


def test_there_are_no_offices_yet(home: Home) -> None:
    assert offices(home, NOW) == []
