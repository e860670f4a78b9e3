"""The demonstration assembly in a database, with an account for each role: what the browser is shown."""

from __future__ import annotations

import json
import sys
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from domain.time import ZONE
from services import accounts, tokens
from services.act import Ask, act
from services.demonstration import KEY, STANDS_AT, load
from services.execute import Actor
from services.home import Home
from services.imports import drafts
from services.publishing import publish
from services.schema import Urls, prepare
from services.simulation import begin
from tests.homes import opened
from workers.passes import make_delivery, make_sweep

ROLES = {
    "secretary": "marie", "officer": "olivier", "auditor": "agathe", "member": "maxime", "administrator": "claude",
}  # fmt: skip
NAMES = {
    "marie": "Marie Ostiguy", "olivier": "Olivier Tessier", "agathe": "Agathe Nolin", "maxime": "Maxime Caron",
    "claude": "Claude Bérubé",
}  # fmt: skip
DRAFT = "0d5f3c1e-1111-4000-8000-000000000001"
SAMPLE = Path(__file__).resolve().parents[2] / "services" / "imports" / "samples" / "suivi_2023.txt"
FIRST = ROLES["secretary"]  # the first of all is the administrator too


def fill(urls: Urls, at: datetime | None = STANDS_AT) -> None:
    """Loads the demonstration into an empty store, whose time stands still; at null it is real."""
    with opened(urls, FIRST) as home:
        if at:
            begin(home.store, at)
        actor = accounts.enter(home.store, FIRST)[0]
        for role, login in ROLES.items():
            if login != FIRST:
                accounts.add(home.store, actor, login, [role], NAMES[login])
        act(home.store, actor, Ask(ref=f"person:{FIRST}", verb="rename", facts={"name": NAMES[FIRST]}))
        load(home, actor)
        publish(home, actor, KEY, True)
        _give(home, actor)
        _pass(home)


def _give(home: Home, actor: Actor) -> None:
    """A document that waits for the secretary to say yes, at an address that is known."""
    id = drafts.keep(home.store, actor.person, SAMPLE.name, SAMPLE.read_bytes(), drafts.Asked(assembly="2022"))
    home.store.connection.execute("UPDATE suivi.import_drafts SET id = %s WHERE id = %s", (DRAFT, id))


def _pass(home: Home) -> None:
    """What the workers do: steps taken, mail written; it waits in the outbox."""
    for make in (make_sweep, make_delivery):
        make(home.store, home.settings)
        home.catch_up()


def link(urls: Urls, role: str) -> str:
    """The path that lets someone of that role in, once."""
    with opened(urls, FIRST) as home:
        actor, _ = accounts.enter(home.store, ROLES[role])
        return f"/entrer?lien={tokens.one_time_link(home.store, actor.person)}"


def instant(day: str) -> datetime | None:
    """The morning of a day; null for today."""
    return None if day == "today" else datetime.fromisoformat(day).replace(hour=9, tzinfo=ZoneInfo(ZONE))


def main() -> None:
    """`OWNER_URL LOGINS [DAY]`: prepares the database, fills it if a day is given; says its three addresses."""
    urls = prepare(sys.argv[1], Path(sys.argv[2]))
    if sys.argv[3:]:
        fill(urls, instant(sys.argv[3]))
    print(json.dumps(list(vars(urls).values())))


if __name__ == "__main__":
    main()
