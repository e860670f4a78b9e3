"""The directory in rows and in lists: who holds what when, names as they were, in the order of French."""

from __future__ import annotations

import random
from collections.abc import Iterator
from typing import Any

import pytest

from services.home import Home
from services.reading import When, assemblies, bodies, entry, history, people
from services.refs import EntryUnknown
from services.schema import Urls
from tests.homes import do, opened

NOW = When()


@pytest.fixture
def home(database: Urls) -> Iterator[Home]:
    with opened(database) as home:
        for name in ("Zoé Côté", "Élise Œuvrard", "Eloi Dubé", "anne-marie roy"):
            do(home, f"person:{name.split()[0].lower().replace('é', 'e')}", "create", name=name)
        home.catch_up()
        yield home


def held(home: Home, when: When, charge: str) -> list[str]:
    """Who holds a charge of the committee at a time."""
    rows = [row for row in bodies(home, when) if row["key"] == "eau"]
    terms: list[dict[str, Any]] = rows[0]["terms"] if rows else []
    return [term["person"]["name"] for term in terms if term["charge"] == charge and not term["over"]]


def test_french_sorts_as_french(home: Home) -> None:
    names = [row["name"] for row in people(home, NOW)]
    assert names == ["ana", "anne-marie roy", "Élise Œuvrard", "Eloi Dubé", "Zoé Côté"]
    expected = ["comité À propos", "Comité d’action", "Comité zébré", "Éducation", "Équipe des jeunes"]
    for number, name in enumerate(reversed(expected)):
        do(home, f"body:c{number}", "create", name=name)
    home.catch_up()
    assert [row["name"] for row in bodies(home, NOW)] == expected


def test_who_presided_at_a_date(home: Home) -> None:
    do(home, "body:eau", "create", name="Comité de l’eau", kind="comité")
    do(home, "body:eau", "appoint", occurred="2023-03", person="Zoé Côté")
    do(home, "body:eau", "appoint", occurred="2023-03", person="Eloi Dubé", charge="secretary")
    do(home, "body:eau", "end-term", occurred="2024-06-30", person="Zoé Côté")
    do(home, "body:eau", "appoint", occurred="2024-07-01", person="Élise Œuvrard")
    home.catch_up()
    days = {"2023-03-30": [], "2023-03-31": ["Zoé Côté"], "2024-06-29": ["Zoé Côté"], "2024-06-30": [],
            "2024-07-01": ["Élise Œuvrard"], "2026-01-01": ["Élise Œuvrard"]}  # fmt: skip
    assert {day: held(home, When(as_of=day), "chair") for day in days} == days
    assert held(home, NOW, "chair") == ["Élise Œuvrard"] and held(home, NOW, "secretary") == ["Eloi Dubé"]
    (row,) = bodies(home, NOW)
    assert row.keys() >= {"ref", "key", "name", "kind", "terms", "version"}
    assert row["terms"][0] | {"person": None} == {
        "person": None, "charge": "chair", "since": "2023-03", "until": "2024-06-30", "over": True, "ended": "2024-06-30",
    }  # fmt: skip
    assert row["terms"][0]["person"] == {"ref": "person:zoe", "name": "Zoé Côté"}


def test_a_mistaken_appointment_is_corrected_and_taken_back(home: Home) -> None:
    do(home, "body:eau", "create", name="Comité de l’eau")
    do(home, "body:eau", "appoint", occurred="2023-03-01", person="Zoé Côté")
    home.catch_up()
    before = home.reader.execute("SELECT max(logged_at)::text FROM suivi.log").fetchone()
    assert before
    do(home, "body:eau", "correct", event="@2", set={"occurred": "2024-03-01", "person": "Eloi Dubé"}, reason="erreur")
    home.catch_up()
    assert held(home, When(as_of="2023-06-01"), "chair") == []
    assert held(home, When(as_of="2024-06-01"), "chair") == ["Eloi Dubé"]
    assert held(home, When("2023-06-01", before[0]), "chair") == ["Zoé Côté"]
    do(home, "body:eau", "retract", event="@2", reason="personne n’a été nommé")
    home.catch_up()
    assert held(home, NOW, "chair") == []
    assert entry(home, "body:eau")["terms"] == []


def test_names_as_they_were(home: Home) -> None:
    do(home, "body:eau", "create", name="Comité de l’eau", occurred="2023-01-10")
    do(home, "body:eau", "rename", name="Comité de l’eau et du climat", occurred="2024-01-10")
    home.catch_up()
    names = {day: [row["name"] for row in bodies(home, When(as_of=day))] for day in ("2023-01-09", "2023-06-01", "2024-06-01")}
    assert names == {"2023-01-09": [], "2023-06-01": ["Comité de l’eau"], "2024-06-01": ["Comité de l’eau et du climat"]}
    assert [e["event"] for e in history(home, "body:eau", When(as_of="2023-06-01"), "fr")] == ["BodyCreated"]


def test_an_undated_entry_is_there_from_ever(home: Home) -> None:
    do(home, "body:eau", "create", name="Comité de l’eau")
    home.catch_up()
    assert [row["ref"] for row in bodies(home, When(as_of="1990"))] == ["body:eau"]
    assert bodies(home, When(known_at="1990-01-01")) == []


def test_assemblies_by_date_with_their_numbers(home: Home) -> None:
    do(home, "assembly:2024", "create", name="Assemblée 2024", date="2024-05-11", kind="congress", quorum="60 personnes")
    do(home, "assembly:2023", "create", name="Assemblée 2023", date="2023-05", numbers={"12": "defeated", "2": "unknown"})
    do(home, "2023:10", "adopt", title="Dix")
    do(home, "2023:2", "adopt", titles={"2": "Deux", "9": "Neuf"}, numbers=["2", "9"])
    do(home, "assembly:2023", "settle-numbers", numbers={"11": "withdrawn"}, occurred="2024-02-01")
    home.catch_up()
    first, second = assemblies(home, NOW)
    assert (first["key"], second["key"], second["kind"], second["quorum"]) == ("2023", "2024", "congress", "60 personnes")
    assert first["numbers"] == {"2": "adopted", "9": "adopted", "10": "adopted", "11": "withdrawn", "12": "defeated"}
    assert list(first["numbers"]) == ["2", "9", "10", "11", "12"]
    assert first.keys() >= {"key", "name", "date", "kind", "quorum", "numbers"}
    (then,) = [row for row in assemblies(home, When(as_of="2023-04-30")) if row["key"] == "2023"]
    assert then["numbers"] == {"2": "unknown", "12": "defeated"}


def test_rows_follow_what_is_read(home: Home) -> None:
    """What names resolve through is what the lists show."""
    do(home, "body:eau", "create", name="Comité de l’eau")
    do(home, "body:eau", "rename", name="Comité du climat")
    do(home, "person:zoe", "set-address", mail="zoe@exemple.org")
    home.catch_up()
    rows = home.reader.execute("SELECT kind || ':' || key, name FROM read.directory").fetchall()
    listed = [(row["ref"], row["name"]) for row in (*bodies(home, NOW), *people(home, NOW), *assemblies(home, NOW))]
    assert sorted(rows) == sorted(listed)
    assert entry(home, "person:zoe")["mail"] == "zoe@exemple.org"
    assert entry(home, "person:zoe")["lang"] is None
    do(home, "person:zoe", "set-language", lang="en")
    home.catch_up()
    assert entry(home, "person:zoe")["lang"] == "en"
    for unknown in ("body:absent", "person:eau", "office:x", "2023:1"):
        with pytest.raises(EntryUnknown):
            entry(home, unknown)


def test_a_name_that_no_index_could_hold_stops_nothing(home: Home) -> None:
    """Incompressible, in letters, in digits, and in both: each is listed, and so is what follows."""
    generator = random.Random(5)
    names = ["".join(generator.choices(letters, k=20_000)) for letters in ("abcdefghijklmnopqrstuvwxyz", "0123456789", "a b1 é ")]
    for number, name in enumerate(names):
        do(home, f"body:c{number}", "create", name=name)
    do(home, "body:eau", "create", name="Comité de l’eau")
    home.catch_up()
    assert {row["name"] for row in bodies(home, NOW)} == {*names, "Comité de l’eau"}
