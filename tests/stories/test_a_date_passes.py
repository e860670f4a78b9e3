"""A date passes while everything runs: one reminder, one message; and a year of them."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from domain.time import Calendar
from services import watching
from services.execute import Actor
from services.home import Home, open_home
from services.mail import deliver, react
from services.schema import Urls
from services.settings import Settings
from services.simulation import advance, begin
from services.sweeping import sweep
from tests.homes import do
from tests.houses import House, until
from tests.services.mailing import post_office, sink
from tests.stories.years import hours, print_calendar

ZONE = ZoneInfo("America/Toronto")
BEGINNING = datetime(2024, 9, 18, 9, tzinfo=ZONE)


def settled_in(home: Home) -> Actor:
    """A simulated store with a secretary, who has an address, and someone who follows cases."""
    begin(home.store, BEGINNING)
    actor = home.actor()
    do(home, "person:marie", "set-address", by=actor, mail="marie@example.org")
    do(home, "person:lea", "create", by=actor, name="Léa Roy", mail="lea@example.org")
    do(home, "assembly:2023", "create", by=actor, name="Assemblée de 2023", date="2023-05-13")
    return actor


def due(home: Home, actor: Actor, number: int, on: str) -> str:
    ref = f"2023:{number}"
    do(home, ref, "adopt", by=actor, title=f"Résolution {number}")
    do(home, ref, "assign", by=actor, owner="person:lea")
    do(home, ref, "set-due", by=actor, due=on)
    return ref


def steps(home: Home) -> int:
    row = home.store.connection.execute("SELECT count(*) FROM suivi.events WHERE topic = 'EscalationStepTaken'").fetchone()
    return int(row[0]) if row else 0


def test_through_beat_worker_and_mail_server_once(home: Path) -> None:
    """What was due yesterday has lapsed; what is due on the 20th rings on Monday the 23rd, once."""
    settings = Settings(home, "marie")
    with open_home(settings, lambda said: None) as opened, sink() as mail:
        actor = settled_in(opened)
        lapsed, ringing = due(opened, actor, 1, "2024-09-17"), due(opened, actor, 2, "2024-09-20")
        house = House(home, SMTP_URL=mail.url, MAIL_FROM="suivi@example.org")
        try:
            house.ready()
            passes(opened, 2)
            assert (steps(opened), mail.taken) == (0, [])
            advance(opened.store, datetime(2024, 9, 23, 8, tzinfo=ZONE))
            until(lambda: mail.taken, "the message")
            passes(opened, 2)
        finally:
            house.process.terminate()
            house.ended()
        assert steps(opened) == 1
        opened.catch_up()
        (message,) = mail.messages
        assert mail.taken[0][0] == ["lea@example.org"]
        assert "2023:2" in message["Subject"] and message["Auto-Submitted"] == "auto-generated"
        states = dict(opened.store.connection.execute("SELECT c.ref, d.state FROM suivi.due d JOIN read.cases c"
                                                    " ON c.case_id = d.stream").fetchall())  # fmt: skip
        assert states == {lapsed: "lapsed", ringing: "running"}


def passes(home: Home, count: int) -> None:
    """Waits for so many more passes of the clocks and of the mail, made by the queue."""
    for name in ("sweep", "deliver") * count:
        before = home.store.connection.execute("SELECT at FROM suivi.heartbeats WHERE name = %s", (name,)).fetchone()
        until(lambda name=name, before=before: before != home.store.connection.execute(
            "SELECT at FROM suivi.heartbeats WHERE name = %s", (name,)).fetchone(), f"a pass of {name}")  # fmt: skip
    assert watching.beat_of(home.store.connection, "sweep") is not None


def test_a_year_of_messages_hour_by_hour(database: Urls) -> None:
    """Sent in working hours of working days only, each once; the calendar of what was sent is printed."""
    with post_office(database) as office, sink() as mail:
        settings = office.sending_to(mail.url)
        dates = ("2024-09-20", "2024-10-11", "2024-11-01", "2024-12-20", "2024-12-24", "2025-03-07", "2025-04-17", "2025-06-23")
        for number, date in enumerate(dates, 1):
            office.due(number, on=date)
        for hour in hours(office.store, BEGINNING, datetime(2025, 9, 18, 9, tzinfo=ZONE)):
            advance(office.store, hour)
            sweep(office.store)
            office.settle()
            react(office.store, settings)
            deliver(office.store, settings)
        sent = [(row["sent_at"].astimezone(ZONE), row["subject"]) for row in office.rows()]
        rung = office.store.connection.execute("SELECT count(*) FROM suivi.keys WHERE scope = 'step'").fetchone()
    print_calendar(sent)
    calendar = Calendar()
    assert rung and rung[0] == 8 * 6 - 1 and len(mail.ids) == len(set(mail.ids)) == len(sent) >= rung[0]
    for at, _ in sent:
        assert calendar.works(at.date()) and at.hour == 8, at
