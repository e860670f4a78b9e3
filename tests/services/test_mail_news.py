"""Whoever a resolution comes from or was referred to hears what becomes of it: once, when it has rested, unless they
said no."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from uuid import uuid4

import pytest

from domain.case.subscriptions import OthersRole
from services.act import Ask, act, act_all
from services.execute import Actor
from services.mail import news, pass_over, react_to_moves, reasons
from services.schema import Urls
from services.simulation import advance
from tests.services.mailing import post_office
from tests.services.newsroom import REF, Newsroom

MINUTE = timedelta(minutes=1)

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
    for words in ("[2023:17] Un jardin", "Cette résolution est maintenant en cours; elle était auparavant adoptée.",
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
    assert "Cette résolution est maintenant close, réalisée en partie; elle était auparavant adoptée." in text


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
    assert "réalisée; elle était auparavant adoptée" in room.bodies("marie")[-1]
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
    assert "consignée par erreur; elle a été retirée" in text and "Cette résolution est maintenant adoptée" in text
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


def test_a_case_that_is_told_whole_at_once_is_no_news(room: Newsroom) -> None:
    """As the demonstration tells its cases, and a script its own."""
    asks = [Ask(ref="2023:18", verb="adopt", facts={"titles": {"18": "Un pré"}, "mover": "Marie"}),
            Ask(ref="2023:18", verb="start"), Ask(ref="2023:18", verb="complete", facts={"completion": "full"})]  # fmt: skip
    act_all(room.store, room.office.ana, asks)
    assert room.later() == 0
    room.office.do("2023:18", "reopen", reason="fait nouveau")
    assert room.later() == 1


def test_news_that_nobody_looked_at_for_a_week_is_not_told(room: Newsroom) -> None:
    room.do("start")
    assert room.later(60 * 24 * 6) == 0


def test_the_position_waits_for_what_has_not_rested(room: Newsroom, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(news, "BATCH", 2)
    room.do("start")
    assert room.later(6) == 0
    room.office.do("2023:18", "adopt", titles={"18": "Un pré"}, mover="Marie")
    room.office.do("2023:18", "start")
    room.office.do("2023:18", "complete", completion="full")
    assert (room.later(5), room.later(1), room.later(5)) == (2, 0, 1)


def test_each_letter_is_written_once_however_many_look(room: Newsroom) -> None:
    room.do("start")
    room.now += 11 * MINUTE
    advance(room.store, room.now)
    made = room.office.at_once(4, lambda store: react_to_moves(store, room.office.settings))
    assert sum(made) + react_to_moves(room.store, room.office.settings) == 2
    assert once_more(room) == {"marie": ["waiting"], "paul": ["waiting"]}


def once_more(room: Newsroom) -> dict[str, list[str]]:
    """What is told when the place in the log is lost."""
    room.store.connection.execute("UPDATE suivi.reactions SET position = 0 WHERE name = 'news'")
    react_to_moves(room.store, room.office.settings)
    return room.told()


def test_twin_a_letter_with_an_id_of_chance_is_written_twice(room: Newsroom, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(news, "step_of", lambda stream, version: uuid4())
    monkeypatch.setattr(news, "_TOLD", news._TOLD.replace("ORDER BY", "AND false ORDER BY"))
    room.do("start")
    assert room.later() == 2
    assert once_more(room) == {"marie": ["waiting"] * 2, "paul": ["waiting"] * 2}


def test_what_a_backup_brings_is_told_to_nobody(room: Newsroom) -> None:
    """The store it was made from may have told it."""
    room.do("start")
    pass_over(room.store)
    assert room.later() == 0
    room.do("complete", completion="full")
    assert room.later() == 2


def test_what_goes_wrong_is_in_sight_and_the_next_is_on_time(room: Newsroom, monkeypatch: pytest.MonkeyPatch) -> None:
    room.do("start")
    with monkeypatch.context() as broken:
        broken.setattr(news, "write", lambda *about: 1 / 0)
        assert room.later() == 1
    assert room.told() == {"?": ["parked"]}
    assert isinstance(reasons.read(room.office.rows()[0]["reason"]), reasons.NotWritten)
    room.do("complete", completion="full")
    assert room.later() == 2
