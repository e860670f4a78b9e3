"""Drafts, and reports that an assembly was given, through HTTP."""

from __future__ import annotations

import hashlib
from typing import Any

import pytest

from tests.web.desk import API, Town


@pytest.fixture
def town(place: Town) -> Town:
    """With an assembly to come, and a note for it."""
    place.do("assembly:2024", "create", name="Assemblée annuelle 2024", date="2024-05-11")
    place.do("2023:17", "note", text="Nous avons écrit.", audience="assembly")
    place.do("2023:17", "note", text="Pour le bureau.")
    return place


def post(who: Any, address: str, key: str | None = None) -> Any:
    return who.request("POST", f"{API}{address}", headers={"Idempotency-Key": key} if key else {})


def test_a_draft_is_for_the_office(town: Town) -> None:
    draft = town.ana.get("/cases/2023:17/draft").json()
    assert draft["ref"] == "2023:17" and "Nous avons écrit." in draft["text"] and "bureau" not in draft["text"]
    assert town.someone("max", "member").get("/cases/2023:17/draft").status_code == 403
    assert town.ana.get("/cases/2023:99/draft").status_code == 404
    assert town.ana.get("/cases/2023:17/draft?lang=la").status_code == 422


def test_what_is_tabled_is_had_again(town: Town) -> None:
    made = post(town.ana, "/reports/follow-up/table?to=2024&format=html", "une-fois")
    assert made.status_code == 200, made.text
    row = made.json()
    assert made.headers["location"].endswith(f"/assemblies/2024/reports/{row['version']}")
    again = post(town.ana, "/reports/follow-up/table?to=2024&format=html", "une-fois")
    assert (again.headers["idempotent-replayed"], again.json()) == ("true", row)
    assert town.ana.items("/assemblies/2024/reports") == [row]
    document = town.ana.get(f"/assemblies/2024/reports/{row['version']}")
    assert hashlib.sha256(document.content).hexdigest() == row["sha256"]
    assert "sandbox" in document.headers["content-security-policy"]
    assert "Nous avons écrit." in document.text and "Pour le bureau" not in document.text


def test_what_cannot_be_tabled_records_nothing(town: Town) -> None:
    assert post(town.ana, "/reports/follow-up/table").status_code == 422
    assert post(town.ana, "/reports/follow-up/table?to=1999").status_code == 404
    assert post(town.ana, "/reports/bilan/table?to=2024").status_code == 422
    assert post(town.ana, "/reports/follow-up/table?to=2024&occurred=2999").status_code == 409
    assert post(town.someone("zoe", "auditor"), "/reports/follow-up/table?to=2024").status_code == 403
    assert town.ana.items("/assemblies/2024/reports") == []
    assert town.ana.get("/assemblies/2024/reports/7").status_code == 404
