"""`suivi calendar`, `suivi meetings`, and the meetings of a body at the terminal."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

import icalendar

from tests.cli.conftest import Suivi

SOON, LATER = ((date.today() + timedelta(days=days)).isoformat() for days in (20, 40))


def entered(suivi: Suivi) -> None:
    suivi.done("act", "body:ca", "create", "--set", "name=Conseil Canari")
    suivi.done("act", "body:ca", "announce-meeting", "--set", f"date={SOON}", "--set", "place=Québec")


def test_meetings_are_announced_moved_called_off_and_held(suivi: Suivi) -> None:
    assert "Aucune instance n’a de réunion" in suivi.done("meetings").words
    entered(suivi)
    again = suivi("act", "body:ca", "announce-meeting", "--set", f"date={SOON}")
    assert again.code == 1 and "déjà annoncée à cette date" in again.words
    suivi.done("act", "body:ca", "move-meeting", "--set", f"date={LATER}", "--set", "reason=tempête")
    (one,) = suivi.done("meetings", "--json").json["items"]
    assert (one["body"]["ref"], one["date"], one["state"], one["to_come"]) == ("body:ca", LATER, "announced", True)
    assert one["before"] == [{"date": SOON, "state": "moved", "reason": "tempête"}]
    suivi.done("act", "body:ca", "cancel-meeting", "--set", "reason=quorum")
    suivi.done("act", "body:ca", "hold-meeting", "--occurred", "2024-05-02")
    held = suivi.done("meetings", "--body", "ca", "--json").json["items"]
    assert [(one["number"], one["date"], one["state"]) for one in held] == [(2, "2024-05-02", "held"), (1, LATER, "cancelled")]
    told = [entry["text"] for entry in suivi.done("history", "body:ca", "--json").json["items"]]
    assert "Réunion tenue le 2 mai 2024." in told and any("tempête" in each and "remise" in each for each in told)
    refused = suivi("act", "body:ca", "cancel-meeting", "--set", "reason=x")
    assert refused.code == 1 and "dites laquelle" in refused.words


def test_the_calendar_is_listed_and_written(suivi: Suivi, tmp_path: Path) -> None:
    entered(suivi)
    (one,) = suivi.done("calendar", "--json").json["items"]
    assert (one["ref"], one["step"], one["first"], one["status"]) == ("body:ca", "rencontre", SOON, "CONFIRMED")
    assert "body:ca" in suivi.done("calendar").words
    file = tmp_path / "suivi.ics"
    for _ in range(2):  # the second takes the place of the first
        assert "1 date écrite" in suivi.done("calendar", "--out", str(file)).words
    (event,) = icalendar.Calendar.from_ical(file.read_bytes()).walk("VEVENT")
    assert (str(event["uid"]), str(event["summary"])) == (one["uid"], "body:ca – rencontre")
    assert b"Canari" not in file.read_bytes()
    wrong = suivi("calendar", "--out", str(tmp_path / "nowhere" / "suivi.ics"))
    assert wrong.code == 1 and "nowhere" in wrong.words


def test_seasons_and_the_year_are_set(suivi: Suivi) -> None:
    suivi.done("organisation", "--set", "seasons.hiver=1er décembre", "--set", "year_begins=avril")
    shown = suivi.done("organisation", "--json").json
    assert (shown["seasons"]["winter"], shown["year_begins"]) == ("12-01", 4)
    assert "1er décembre" in suivi.done("organisation").words
    for wrong in ("seasons.hiver=1er mai", "seasons.hiver=demain", "year_begins=13", "seasons.mousson=1er mai"):
        assert suivi("organisation", "--set", wrong).code in (1, 2)
    suivi.done("organisation", "--set", "seasons=")
    assert suivi.done("organisation", "--json").json["seasons"]["winter"] == "12-21"
