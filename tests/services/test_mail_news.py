"""Whoever a resolution comes from or was referred to hears what becomes of it: once, when it has rested, unless they
said no."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

import pytest

from domain.case.subscriptions import OthersRole
from services.act import Ask, act
from services.execute import Actor
from services.mail import deliver, news, react, react_to_moves, reasons
from services.one_button import SECRET, offer, press, way_out
from services.schema import Urls
from services.simulation import advance
from services.store import Store
from tests.services.mailing import MONDAY, PostOffice, post_office, sink

MINUTE = timedelta(minutes=1)
REF = "2023:17"


class Newsroom:
    """Marie moved the resolution 17, which Paul seconded; Zoé chairs the committee it may be referred to. Ana acts."""

    def __init__(self, office: PostOffice) -> None:
        self.office, self.store, self.now = office, office.store, MONDAY
        self.people = {name: office.person(name, name.capitalize(), f"{name}@example.org").person for name in ("paul", "zoe")}
        self.people["marie"] = self.account("marie")
        office.do("body:comite", "create", name="Comité du jardin")
        office.do("body:comite", "appoint", person="Zoe", charge="chair")
        office.do(REF, "adopt", titles={"17": "Un jardin"}, mover="Marie", seconder="Paul")

    def account(self, login: str) -> UUID:
        row = self.store.connection.execute("SELECT person FROM suivi.accounts WHERE login = %s", (login,)).fetchone()
        assert row
        return UUID(str(row[0]))

    def actor(self, name: str) -> Actor:
        return Actor(self.people[name], frozenset({"officer"}))

    def do(self, verb: str, by: Actor | None = None, **facts: Any) -> None:
        self.office.do(REF, verb, by, **facts)

    def later(self, minutes: float = 11) -> int:
        """So many minutes pass, and news is written; how many letters."""
        self.now += timedelta(minutes=minutes)
        advance(self.store, self.now)
        self.office.settle()
        return react_to_moves(self.store, self.office.settings)

    def send(self) -> list[Any]:
        react(self.store, self.office.settings)
        with sink() as relay:
            deliver(self.store, self.office.sending_to(relay.url))
            return list(zip([to for to, _ in relay.taken], relay.messages, strict=True))

    def told(self, *states: str) -> dict[str, list[str]]:
        """Name -> where each of their letters stands, in the order of the log."""
        names = {id: name for name, id in self.people.items()}
        rows = sorted((row for row in self.office.rows() if row["kind"] == "news"), key=lambda row: row["position"])
        found: dict[str, list[str]] = {}
        for row in rows:
            found.setdefault(names.get(row["recipient"], "?"), []).append(row["state"])
        return found

    def bodies(self, name: str) -> list[str]:
        return [" ".join((row["body"] or "").split()).replace("\u00a0", " ") for row in self.office.rows()
                if row["kind"] == "news" and row["recipient"] == self.people[name]]  # fmt: skip


@pytest.fixture
def room(database: Urls) -> Iterator[Newsroom]:
    with post_office(database) as office:
        yield Newsroom(office)


def test_movers_hear_of_a_change_of_state_once_it_has_rested(room: Newsroom) -> None:
    room.do("start")
    assert (room.later(9), room.later(2), room.later(20)) == (0, 2, 0)
    assert room.told() == {"marie": ["waiting"], "paul": ["waiting"]}
    ((to, message), (_, other)) = room.send()
    assert {to[0], other["To"].addresses[0].addr_spec} == {"marie@example.org", "paul@example.org"}
    assert message["Subject"] == "Suivi – 2023:17\u00a0: du nouveau"
    (text,) = room.bodies("marie")
    for words in ("[2023:17] Un jardin", "Voici où en est cette résolution : en cours. Vous la saviez auparavant : adoptée.",
                  "parce que vous avez proposé cette résolution", "https://suivi.example.org/dossiers/2023:17"):  # fmt: skip
        assert words in text, words
    assert "parce que vous avez appuyé cette résolution" in room.bodies("paul")[0]


def test_what_does_not_change_the_state_is_no_news(room: Newsroom) -> None:
    room.do("note", text="Rappeler le bureau.")
    room.do("assign", owner="Marie")
    room.do("set-due", due="2024-12-01")
    assert room.later() == 0
    room.do("refer", body="Comité du jardin")
    assert room.later() == 3
    room.do("refer", body="Comité du jardin", due="2024-12-01")
    assert room.later() == 0


def test_several_moves_within_minutes_are_one_letter(room: Newsroom) -> None:
    room.do("start")
    assert room.later(9) == 0
    room.do("block", on="la ministre", reason="compétente")
    assert room.later(9) == 0
    room.do("resume")
    assert room.later(9) == 0
    room.do("complete", completion="partial")
    assert room.later() == 2
    (text,) = room.bodies("marie")
    assert "Voici où en est cette résolution : close, réalisée en partie. Vous la saviez auparavant : adoptée." in text


def test_there_and_back_within_minutes_is_no_news(room: Newsroom) -> None:
    room.do("start")
    room.later()
    room.send()
    room.do("block", on="la ministre", reason="compétente")
    room.later(5)
    room.do("resume")
    assert room.later() == 0


def test_the_body_it_was_referred_to_hears_by_its_chair_and_says_why(room: Newsroom) -> None:
    room.do("refer", body="Comité du jardin")
    room.later()
    assert set(room.told()) == {"marie", "paul", "zoe"}
    assert "au nom du Comité du jardin, où cette résolution est à l’étude" in room.bodies("zoe")[0]


def test_the_reason_and_the_day_are_told(room: Newsroom) -> None:
    room.do("postpone", until="2025-01-15", reason="manque\nde temps")
    room.later()
    (text,) = room.bodies("marie")
    assert "Elle sera reprise le 15 janvier 2025." in text and "La raison donnée : manque de temps" in text
    room.do("postpone", until="2025-03-01", reason="encore")
    assert room.later() == 2  # another day is news


def test_who_did_it_is_not_told(room: Newsroom) -> None:
    room.do("start", room.actor("marie"))
    assert room.later() == 1 and set(room.told()) == {"paul"}


def test_whoever_sees_the_case_may_subscribe_and_whoever_it_concerns_may_say_no(room: Newsroom) -> None:
    room.do("subscribe", room.actor("zoe"))
    room.do("unsubscribe", room.actor("paul"))
    room.do("start")
    assert room.later() == 2 and set(room.told()) == {"marie", "zoe"}
    room.do("subscribe", person="Paul")  # by the secretary
    room.do("unsubscribe", person="Marie")
    room.do("complete", completion="full")
    assert room.later() == 2 and {name: len(each) for name, each in room.told().items()} == {"marie": 1, "zoe": 2, "paul": 1}
    versions = room.store.connection.execute("SELECT count(*) FROM suivi.events").fetchone()
    room.do("unsubscribe", person="Marie")  # again: nothing to record
    assert room.store.connection.execute("SELECT count(*) FROM suivi.events").fetchone() == versions


def test_only_an_officer_speaks_for_someone_else(room: Newsroom) -> None:
    auditor = Actor(room.people["zoe"], frozenset({"auditor"}))
    act(room.store, auditor, Ask(ref=REF, verb="subscribe"))
    for verb in ("subscribe", "unsubscribe"):
        with pytest.raises(OthersRole):
            act(room.store, auditor, Ask(ref=REF, verb=verb, facts={"person": "Marie"}))


def test_who_may_not_see_the_case_hears_nothing(room: Newsroom) -> None:
    room.do("restrict", visibility="named", people=["Paul"])
    room.do("start")
    assert room.later() == 1 and set(room.told()) == {"paul"}


def test_a_letter_whose_reader_may_no_longer_see_it_does_not_go(room: Newsroom) -> None:
    room.do("start")
    room.later()
    room.do("restrict", visibility="named", people=["Paul"])
    assert [to for to, _ in room.send()] == [["paul@example.org"]]


def test_news_that_is_overtaken_before_it_goes_is_not_sent(room: Newsroom) -> None:
    room.do("start")
    room.later()
    room.do("complete", completion="full")
    assert room.send() == []  # the next letter says it all
    assert room.later() == 2
    assert room.told()["marie"] == ["parked", "waiting"]
    assert "réalisée. Vous la saviez auparavant : adoptée" in room.bodies("marie")[-1]
    assert len(room.send()) == 2


def test_a_move_that_is_taken_back_is_told_as_such_only_where_it_was_told(room: Newsroom) -> None:
    room.do("complete", completion="full")
    room.later()
    room.send()
    room.do("subscribe", person="Zoe")
    version = room.store.connection.execute("SELECT max(version) FROM suivi.events WHERE topic LIKE 'CaseCompleted%'").fetchone()
    assert version
    room.do("retract", event=f"@{version[0]}", reason="mauvais dossier")
    assert room.later() == 2 and set(room.told()) == {"marie", "paul"}
    text = room.bodies("marie")[-1]
    assert "consignée par erreur; elle a été retirée" in text and "cette résolution : adoptée" in text
    assert "mauvais dossier" not in text


def test_a_move_that_is_taken_back_before_its_news_went_is_never_told(room: Newsroom) -> None:
    room.do("complete", completion="full")
    room.later()
    version = room.store.connection.execute("SELECT max(version) FROM suivi.events WHERE topic LIKE 'CaseCompleted%'").fetchone()
    assert version
    room.do("retract", event=f"@{version[0]}", reason="mauvais dossier")
    assert (room.later(), room.send()) == (0, [])
    assert room.told() == {"marie": ["parked"], "paul": ["parked"]}


def test_what_happened_long_before_is_no_news(room: Newsroom) -> None:
    act(room.store, room.office.ana, Ask(ref=REF, verb="start", occurred="2024-07-01"))
    assert room.later() == 0
    act(room.store, room.office.ana, Ask(ref=REF, verb="complete", facts={"completion": "full"}, occurred="2024-09-01"))
    assert room.later() == 2


def test_news_that_nobody_looked_at_for_a_week_is_not_told(room: Newsroom) -> None:
    room.do("start")
    assert room.later(60 * 24 * 6) == 0


def test_the_position_waits_for_what_has_not_rested(room: Newsroom, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(news, "BATCH", 2)
    room.do("start")
    assert room.later(6) == 0
    room.office.do("2023:18", "adopt", titles={"18": "Un pré"}, mover="Marie")
    for verb in ("start", "complete"):
        room.office.do("2023:18", verb, **({"completion": "full"} if verb == "complete" else {}))
    assert (room.later(5), room.later(1), room.later(5)) == (2, 0, 1)


def test_each_letter_is_written_once_however_many_look(room: Newsroom) -> None:
    room.do("start")
    room.now += 11 * MINUTE
    advance(room.store, room.now)
    ready, made = threading.Barrier(4), []

    def look() -> None:
        with Store(room.store.url) as store:
            ready.wait(60)
            made.append(react_to_moves(store, room.office.settings))

    threads = [threading.Thread(target=look) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(120)
    assert sum(made) + react_to_moves(room.store, room.office.settings) == 2
    room.store.connection.execute("UPDATE suivi.reactions SET position = 0 WHERE name = 'news'")
    react_to_moves(room.store, room.office.settings)
    assert room.told() == {"marie": ["waiting"], "paul": ["waiting"]}


def test_what_goes_wrong_is_in_sight_and_the_next_is_on_time(room: Newsroom, monkeypatch: pytest.MonkeyPatch) -> None:
    room.do("start")
    with monkeypatch.context() as broken:
        broken.setattr(news, "write", lambda *about: 1 / 0)
        assert room.later() == 1
    assert room.told() == {"?": ["parked"]}
    assert isinstance(reasons.read(room.office.rows()[0]["reason"]), reasons.NotWritten)
    room.do("complete", completion="full")
    assert room.later() == 2


def test_the_rhythm_of_the_reader_holds_for_news(room: Newsroom) -> None:
    room.office.do("person:marie", "set-notices", kinds={"news": "weekly"})
    room.office.do("person:paul", "set-notices", kinds={"news": "none"})
    room.do("start")
    room.later()
    assert {row["recipient"]: row["channel"] for row in room.office.rows()} == {
        room.people["marie"]: "digest", room.people["paul"]: "inbox",
    }  # fmt: skip
    advance(room.store, datetime(2024, 9, 23, 14, tzinfo=MONDAY.tzinfo))
    ((to, message),) = room.send()
    assert to == ["marie@example.org"] and message["List-Unsubscribe"] is None
    said = message.get_body(("plain",)).get_content().replace("\u00a0", " ")
    assert "Voici où en est cette résolution : en cours." in " ".join(said.split())


def test_one_click_leaves_and_the_header_says_where(room: Newsroom) -> None:
    room.do("start")
    room.later()
    messages = {to[0]: message for to, message in room.send()}
    message = messages["marie@example.org"]
    assert message["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    where = str(message["List-Unsubscribe"])
    assert where.startswith("<https://suivi.example.org/geste?lien=") and where.endswith(">")
    secret = where[1:-1].partition(f"{SECRET}=")[2]
    assert not offer(room.store, secret).done  # looking changes nothing
    press(room.store, secret)
    assert press(room.store, secret).done
    room.do("complete", completion="full")
    assert room.later() == 1
    room.do("subscribe", person="Marie")
    assert not press(room.store, secret).refusal  # whoever came back may leave again
    assert offer(room.store, secret).done


def test_someone_without_an_account_may_leave(room: Newsroom) -> None:
    room.office.do("person:rose", "create", name="Rose", mail="rose@example.org")
    room.office.do("2023:19", "adopt", titles={"19": "Un pré"}, mover="Rose")
    room.office.do("2023:19", "start")
    assert room.later() == 1
    ((to, _),) = room.send()
    row = room.store.connection.execute("SELECT recipient, stream FROM suivi.outbox WHERE kind = 'news'").fetchone()
    assert row and to == ["rose@example.org"]
    press(room.store, way_out(room.store, *row))
    room.office.do("2023:19", "complete", completion="full")
    assert room.later() == 0
