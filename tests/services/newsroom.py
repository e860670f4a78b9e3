"""A resolution, the people it concerns, and the minutes that pass."""

from __future__ import annotations

from datetime import timedelta
from typing import Any
from uuid import UUID

from services.execute import Actor
from services.mail import deliver, react, react_to_moves
from services.simulation import advance
from tests.services.mailing import MONDAY, PostOffice, sink

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
