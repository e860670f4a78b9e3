"""Offices over HTTP: entered, held, succeeded, read at a date."""

from __future__ import annotations

from tests.web.desk import Town


def test_the_life_of_an_office(place: Town) -> None:
    made = place.ana.post("/offices", {"key": "eau", "name": "ministre de l’Eau", "legislature": "Québec"})
    assert (made.status_code, made.headers["location"], made.json()["legislature"]) == (201, "/api/v1/offices/eau", "QC")
    held = place.ana.post("/offices/eau/appoint", {"person": "person:ana", "occurred": "2022-10-20"}, If_Match='"1"')
    assert held.json()["terms"][0]["since"] == "2022-10-20" and held.json()["holder"]["ref"] == "person:ana"
    assert place.ana.get("/offices/eau", params={"as_of": "2022-10-19"}).json()["holder"] is None
    place.ana.post("/offices", {"key": "rives", "name": "ministre des Rives"})
    merged = place.ana.post("/offices/eau/merge", {"into": "office:rives", "occurred": "2024-09-05"}, If_Match='"2"')
    assert (merged.status_code, merged.json()["successors"]) == (200, [{"ref": "office:rives", "name": "ministre des Rives"}])
    assert (merged.json()["standing"], merged.json()["closed"], merged.json()["holder"]) == (False, "2024-09-05", None)
    again = place.ana.post("/offices/eau/appoint", {"charge": "chief-of-staff"}, If_Match='"3"')
    assert again.status_code == 409 and "ministre des Rives (office:rives)" in again.json()["detail"]
    told = [entry["text"] for entry in place.ana.items("/offices/rives/history")]
    assert told[-1] == "Elle prend la place de la ou du ministre de l’Eau."
    assert [row["key"] for row in place.ana.items("/offices", params={"limit": "1"})] == ["eau", "rives"]


def test_what_does_not_hold_together_is_refused(place: Town) -> None:
    place.ana.post("/offices", {"key": "eau", "name": "ministre de l’Eau"})
    for verb, facts, status in (
        ("appoint", {"charge": "roi"}, 422), ("appoint", {}, 422), ("end-term", {}, 409),
        ("merge", {"into": "office:eau"}, 409), ("merge", {"into": "office:absent"}, 404),
        ("move-portfolio", {"to": "office:eau"}, 422), ("set-address", {"mail": "a@b\nBcc: c@d"}, 422),
    ):  # fmt: skip
        assert place.ana.post(f"/offices/eau/{verb}", facts, If_Match='"1"').status_code == status, (verb, facts)
    assert place.ana.get("/offices/eau").headers["etag"] == '"1"'
    assert place.ana.post("/offices", {"name": "X", "legislature": "Ontario"}).status_code == 422
