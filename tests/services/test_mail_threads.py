"""What the mail of a thread says: to whom we wrote, on what, how often, whose turn it is, what comes next."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any

import pytest

from services.act import Ask, act
from services.mail import deliver
from services.schema import Urls
from tests.services.mailing import MONDAY, ZONE, PostOffice, post_office, sink

OFFICE = "ministre de l’Environnement"
TOGETHER = re.compile(r"\s+")


@pytest.fixture
def office(database: Urls) -> Iterator[PostOffice]:
    with post_office(database) as office:
        for number, title in (("17", "Des rivières propres"), ("18", "Des pistes cyclables")):
            office.do(f"2023:{number}", "adopt", titles={number: title})
        office.do("office:environnement", "create", name=OFFICE)
        send(office)
        yield office


def send(office: PostOffice, **more: Any) -> None:
    facts = {"cases": ["2023:17", "2023:18"], "office": ["office:environnement"], "owner": "Marie"} | more
    act(office.store, office.ana, Ask(ref="demarche:new", verb="send", facts=facts))
    office.settle()


def until_told(office: PostOffice, start: datetime = MONDAY, days: int = 90, known: int = 0) -> dict[str, Any]:
    """The first message that comes, day by day."""
    for n in range(days):
        office.ring(start.replace(hour=8) + timedelta(days=n + 1))
        if len(rows := office.rows()) > known:
            return rows[-1]
    raise AssertionError("nothing came")


def said(row: dict[str, Any]) -> str:
    return TOGETHER.sub(" ", str(row["body"]).replace("\u00a0", " "))


def test_silence_is_told_on_its_day_with_all_that_one_needs(office: PostOffice) -> None:
    row = until_told(office)
    assert row["subject"].replace("\u00a0", " ") == (
        "Suivi – demarche:1 : sans réponse de la ou du ministre de l’Environnement depuis 30 jours ouvrables"
    )
    text = said(row)
    for sentence in (
        "[demarche:1] Lettre à la ou au ministre de l’Environnement",
        "La ou le ministre de l’Environnement n’a pas répondu depuis le 16 septembre 2024.",
        "Cela fait 30 jours ouvrables.", "C’est à l’autorité d’agir. La démarche est suivie par Marie.",
        "Elle porte sur 2 résolutions : 2023:17, « Des rivières propres » et 2023:18, « Des pistes cyclables ».",
        "Lettres et demandes : 1. Relances : 0.", "suivi act demarche:1 answer --set answer=…",
        "suivi act demarche:1 remind", "suivi act demarche:1 acknowledge-step --set clock=answer",
        "suivi act demarche:1 snooze --set clock=answer --set until=", "J’ai vu ce rappel",
        "Prochain rappel, si rien n’est consigné d’ici là : le 21 novembre 2024 (la personne responsable et le secrétariat).",
        "https://suivi.example.org/dossiers/2023:17",
    ):  # fmt: skip
        assert sentence in text, sentence


def test_it_is_in_english_for_who_reads_english(office: PostOffice) -> None:
    office.do("person:marie", "set-language", lang="en")
    row = until_told(office)
    assert row["subject"] == "Suivi – demarche:1: silence of the ministre de l’Environnement for 30 working days"
    for sentence in ("has not answered since", "That is 30 working days.", "It is the office’s turn.", "It is about 2 resolut"):
        assert sentence in said(row)


def test_what_others_may_not_see_is_not_named(office: PostOffice) -> None:
    office.do("2023:18", "restrict", visibility="named", people=["ana"])
    text = said(until_told(office))
    assert "2023:17" in text and "2023:18" not in text and "cyclables" not in text


def test_a_meeting_that_is_over_asks_what_came_of_it(office: PostOffice) -> None:
    office.do("demarche:1", "fix-meeting", date="2024-09-18")
    row = until_told(office)
    assert "à consigner" in row["subject"]
    text = said(row)
    assert "La rencontre devait avoir lieu le 18 septembre 2024. Dites ce qu’il en est advenu." in text
    assert "C’est à nous d’agir." in text and "C’est déjà fait?" in text, "whoever is to write next"
    assert "suivi act demarche:1 hold-meeting --set met=…" in text and "cancel-meeting --set reason=…" in text


def test_a_pause_that_ends_is_told(office: PostOffice) -> None:
    office.do("demarche:1", "pause", reason="élections", until="2024-09-20")
    text = said(until_told(office))
    assert "La démarche était en pause jusqu’au 20 septembre 2024." in text and "C’est à nous d’agir." in text
    assert "suivi act demarche:1 resume" in text


def test_a_date_that_they_gave_is_told_once_it_has_passed(office: PostOffice) -> None:
    office.do("demarche:1", "acknowledge", wait_until="2024-09-25")
    row = until_told(office)
    assert "date annoncée" in row["subject"]
    assert "devait répondre le 25 septembre 2024 au plus tard et ne l’a pas fait." in said(row)


def test_our_own_turn_is_told_too(office: PostOffice) -> None:
    office.do("demarche:1", "answer", answer="asks_precision")
    row = until_told(office)
    assert "à nous d’agir depuis 10 jours ouvrables" in row["subject"].replace("\u00a0", " ")
    assert "attend de nos nouvelles depuis le 16 septembre 2024." in said(row)


def test_a_reminder_counts_and_what_is_asked_for_is_told(office: PostOffice) -> None:
    office.do("demarche:1", "remind", count="au moins 3")
    row = until_told(office)
    assert "n’a pas répondu à notre relance depuis le 16 septembre 2024." in said(row)
    assert "Relances : au moins 3." in said(row)


def test_what_was_answered_before_it_goes_does_not_go(office: PostOffice) -> None:
    row = until_told(office)
    office.do("demarche:1", "answer", answer="accepts")
    with sink() as relay:
        assert deliver(office.store, office.sending_to(relay.url)).parked == 1
        assert relay.taken == []
    assert office.rows()[0]["id"] == row["id"]


def test_the_two_parts_say_the_same_and_what_people_wrote_stays_text(office: PostOffice) -> None:
    send(office, cases=["2023:17"], subject="Demande <b>pressante</b>\r\nBcc: x@y.z")
    until_told(office)
    html = " ".join(row["html"] for row in office.rows())
    assert "<b>pressante</b>" not in html and "&lt;b&gt;pressante" in html
    assert any("<b>pressante</b> Bcc: x@y.z" in said(row) for row in office.rows())
    assert not any("Bcc" in row["subject"] for row in office.rows())
    for row in office.rows():
        for sentence in ("C’est à l’autorité d’agir.", "jours ouvrables"):
            assert sentence in row["html"] and sentence in said(row)


def test_a_thread_is_in_the_mail_of_the_day_under_its_own_number(office: PostOffice) -> None:
    office.do("person:marie", "set-notices", rhythm="daily")
    until_told(office)
    (mail,) = [row for row in office.rows() if row["kind"] == "digest"]
    assert "[demarche:1] Lettre à la ou au ministre de l’Environnement" in said(mail)
    assert datetime(2024, 10, 1, tzinfo=ZONE) < mail["created_at"]
