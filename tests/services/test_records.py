"""Records: made, put otherwise, linked, sent on as threads, withdrawn; and read at the two times."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any
from uuid import UUID

import pytest

from domain.amendments import CreationStands
from domain.quantities import FigureUnreadable
from domain.record.record import (
    FormElsewhere,
    NotALetter,
    NothingSaid,
    RecordOver,
    RecordRole,
    RelationElsewhere,
    ThreadOpened,
)
from services.act import AlreadyThere, VerbUnknown
from services.execute import Actor
from services.facts import FactMissing, NotAChoice
from services.home import Home
from services.reading import When, history
from services.reading.demarches import demarche
from services.reading.records import Asked, RecordKindUnknown, asked_of, record, records
from services.records import NotNextRecord
from services.refs import RecordUnknown
from services.schema import Urls
from tests.homes import do, lists, opened
from tests.threads import offices

LETTER: dict[str, Any] = {"kind": "advocacy", "form": "letter", "title": "Redevances sur l’eau", "date": "8 août 2024",
                          "addressees": "ministre de l’Environnement", "cosigners": "172"}  # fmt: skip
FORUM: dict[str, Any] = {"kind": "activity", "title": "Forum sur l’eau", "date": "4 et 5 octobre 2024", "place": "Rimouski",
                         "figures": ["près de 250 personnes"]}  # fmt: skip
ALLIANCE: dict[str, Any] = {"kind": "alliance", "title": "Coalition Eau secours", "relation": "membre"}


@pytest.fixture
def home(database: Urls) -> Iterator[Home]:
    with opened(database) as home:
        offices(home)
        yield home


def made(home: Home, **facts: Any) -> None:
    do(home, "record:new", "create", **facts)


def listed(home: Home, when: When = When(), asked: Asked = Asked()) -> list[str]:  # noqa: B008 - frozen
    home.catch_up()
    return [row["ref"] for row in records(home, when, asked)]


def one(home: Home, ref: str = "record:1") -> dict[str, Any]:
    home.catch_up()
    return record(home, ref, When())


def test_a_record_keeps_what_was_said_with_its_words(home: Home) -> None:
    made(home, **FORUM)
    row = one(home)
    assert (row["ref"], row["kind"], row["date"], row["place"]) == ("record:1", "activity", "2024-10-04/2024-10-05", "Rimouski")
    assert row["date_words"] == "4 et 5 octobre 2024"
    (figure,) = row["figures"]
    said = (figure["words"], figure["value"], figure["bound"], figure["unit"])
    assert said == ("près de 250 personnes", "250", "about", "personnes")
    assert row["source"] is None and row["version"] == 1


def test_numbers_follow_one_another(home: Home) -> None:
    made(home, **FORUM)
    do(home, "record:2", "create", **ALLIANCE)
    with pytest.raises(NotNextRecord):
        do(home, "record:9", "create", **ALLIANCE)
    with pytest.raises(AlreadyThere):
        do(home, "record:1", "create", **ALLIANCE)
    assert listed(home) == ["record:1", "record:2"]


REFUSED = [
    ({"title": "Sans sorte"}, FactMissing),
    (FORUM | {"kind": "fête"}, NotAChoice),
    (FORUM | {"relation": "member"}, RelationElsewhere),
    (ALLIANCE | {"form": "letter"}, FormElsewhere),
    (FORUM | {"figures": ["du monde"]}, FigureUnreadable),
]


@pytest.mark.parametrize(("facts", "refusal"), REFUSED)
def test_what_does_not_fit_is_refused(home: Home, facts: dict[str, Any], refusal: type[Exception]) -> None:
    with pytest.raises(refusal):
        made(home, **facts)
    assert listed(home) == []


@pytest.mark.parametrize("roles", [{"auditor"}, {"administrator"}, {"member"}, set()])
def test_officers_and_the_secretary_keep_them(home: Home, roles: set[str]) -> None:
    with pytest.raises(RecordRole):
        do(home, "record:new", "create", by=Actor(UUID(int=7), frozenset(roles)), **FORUM)
    do(home, "record:new", "create", by=Actor(UUID(int=8), frozenset({"officer"})), **FORUM)
    with pytest.raises(RecordRole):
        do(home, "record:1", "withdraw", by=Actor(UUID(int=7), frozenset(roles)), reason="non")
    with pytest.raises(RecordRole):
        do(home, "record:1", "correct", by=Actor(UUID(int=7), frozenset(roles)), event="@1", set={"title": "x"}, reason="x")


def test_it_is_put_otherwise_and_what_was_not_said_stays(home: Home) -> None:
    made(home, **FORUM)
    do(home, "record:1", "reword", place="Matane")
    row = one(home)
    assert (row["place"], row["title"], row["date"]) == ("Matane", FORUM["title"], "2024-10-04/2024-10-05")
    with pytest.raises(NothingSaid):
        do(home, "record:1", "reword", place="Matane")
    do(home, "record:1", "retract", event="@2", reason="erreur")
    assert one(home)["place"] == "Rimouski"
    with pytest.raises(CreationStands):
        do(home, "record:1", "retract", event="@1", reason="erreur")
    do(home, "record:1", "correct", event="@1", set={"place": "Gaspé", "date": "6 octobre 2024"}, reason="mal lu")
    assert (one(home)["place"], one(home)["date"]) == ("Gaspé", "2024-10-06")
    with pytest.raises(FormElsewhere):
        do(home, "record:1", "correct", event="@1", set={"form": "letter"}, reason="non")


def test_it_is_withdrawn_and_comes_back(home: Home) -> None:
    made(home, **FORUM)
    do(home, "record:1", "withdraw", reason="en double")
    assert listed(home) == [] and one(home)["withdrawn"]
    with pytest.raises(RecordOver):
        do(home, "record:1", "reword", place="Matane")
    do(home, "record:1", "retract", event="@2", reason="ce n’était pas un double")
    assert listed(home) == ["record:1"]


def test_a_letter_goes_on_as_a_thread_with_each_office(home: Home) -> None:
    made(home, **LETTER)
    assert one(home)["awaits_reply"]
    do(home, "record:1", "send", cases="2023:17", office=["environnement", "economie"])
    row = one(home)
    assert row["threads"] == row["links"] == ["demarche:1", "demarche:2"]
    thread = demarche(home, "demarche:1", When())
    assert (thread["kind"], thread["subject"], thread["first_sent"]) == ("letter", LETTER["title"], "2024-08-08")
    assert (thread["office"]["ref"], thread["cosigners"]["max"], thread["cases"]) == ("office:environnement", 172, ["2023:17"])
    assert thread["clocks"] == [], "told of a past that nobody vouches for: no clock runs"
    with pytest.raises(ThreadOpened):
        do(home, "record:1", "send", cases="2023:17", office="economie")


def test_what_asks_nothing_opens_no_thread(home: Home) -> None:
    made(home, kind="advocacy", form="congratulations", title="Bravo", addressees="un syndicat")
    made(home, **FORUM)
    assert not one(home)["awaits_reply"]
    for ref in ("record:1", "record:2"):
        with pytest.raises(NotALetter):
            do(home, ref, "send", cases="2023:17", office="economie")
    with pytest.raises(VerbUnknown):
        do(home, "record:1", "adopt")
    with pytest.raises(RecordUnknown):
        do(home, "record:7", "withdraw", reason="x")


def test_a_link_to_a_case_that_one_may_not_see_is_absent(home: Home, database: Urls) -> None:
    made(home, **FORUM)
    do(home, "record:1", "link", to="2023:17")
    do(home, "record:1", "link", to="2023:18")
    do(home, "2023:18", "restrict", visibility="officers")
    assert one(home)["links"] == ["2023:17", "2023:18"]
    home.store.connection.commit()
    with opened(database, "nobody") as other:
        assert record(other, "record:1", When())["links"] == ["2023:17"]


def test_the_list_is_asked_by_kind_words_and_days(home: Home) -> None:
    made(home, **FORUM)
    made(home, **ALLIANCE)
    made(home, **LETTER)
    assert listed(home) == ["record:1", "record:3", "record:2"]
    assert listed(home, asked=Asked("alliance")) == listed(home, asked=Asked("ALLIANCE")) == ["record:2"]
    assert listed(home, asked=Asked(query="rimouski EAU")) == ["record:1"]
    assert listed(home, asked=Asked(query="environnement redevances")) == ["record:3"], "whom it names too"
    assert listed(home, asked=asked_of(home, None, None, "2024-09", None)) == ["record:1"]
    assert listed(home, asked=asked_of(home, None, None, None, "9 août 2024")) == ["record:3"]
    with pytest.raises(RecordKindUnknown):
        listed(home, asked=Asked("fête"))


def test_as_of_a_day_and_as_known_then(home: Home) -> None:
    made(home, **FORUM)
    made(home, **LETTER)
    assert listed(home, When(as_of="2024-08-31")) == ["record:2"], "it was recorded later, and had taken place"
    assert listed(home, When(as_of="2024-10-04")) == ["record:1", "record:2"]
    assert listed(home, When(known_at="2000-01-01")) == []
    with pytest.raises(RecordUnknown):
        record(home, "record:1", When(known_at="2000-01-01"))


@pytest.mark.parametrize("lang", ["fr", "en"])
def test_its_history_is_told(home: Home, lang: str) -> None:
    made(home, **LETTER)
    do(home, "record:1", "link", to="2023:17")
    do(home, "record:1", "send", cases="2023:17", office="environnement")
    do(home, "record:1", "withdraw", reason="en double")
    home.catch_up()
    told = [entry["text"].replace("\u00a0", " ") for entry in history(home, "record:1", When(), lang)]
    wanted = {
        "fr": ["« Redevances sur l’eau »", "dossier 2023:17", "démarche 1", "en double"],
        "en": ["“Redevances sur l’eau”", "case 2023:17", "thread 1", "en double"],
    }
    assert len(told) == 4 and all(words in text for words, text in zip(wanted[lang], told, strict=True)), told
    assert "172" in told[0]


def test_rebuilt_lists_are_the_same(home: Home) -> None:
    from services.rebuilding import rebuild

    made(home, **FORUM)
    made(home, **LETTER)
    do(home, "record:2", "reword", place="Québec")
    home.catch_up()
    before = lists(home, ("records",))
    rebuild(home, "records", lambda done, of: None)
    assert before["records"] and lists(home, ("records",)) == before
