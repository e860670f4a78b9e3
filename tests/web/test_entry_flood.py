"""Many at the door at once: each is answered, and who is in is served meanwhile."""

from __future__ import annotations

from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import httpx

from services import tokens
from services.schema import Urls
from services.signing_in import passwords
from tests.homes import opened, secretary
from tests.web.desk import API
from tests.web.served import served
from tests.web.visitor import GOOD

MANY, AT_ONCE = 400, 32


def test_a_flood_at_the_door_holds_up_nobody_inside(database: Urls, tmp_path: Path) -> None:
    with opened(database) as home:
        passwords.choose(home.store, secretary(home).person, GOOD)
        _, token = tokens.add(home.store, secretary(home), "dedans")
    with served(database, tmp_path / "log") as server, httpx.Client(base_url=server.url, timeout=60) as client:

        def guess(n: int) -> httpx.Response:
            return client.post("/entrer", data={"identifiant": f"canari{n % 50}", "mot_de_passe": f"essai {n}"})

        def read(_: int) -> int:
            return client.get(f"{API}/cases", headers={"Authorization": f"Bearer {token}"}).status_code

        with ThreadPoolExecutor(AT_ONCE) as flood, ThreadPoolExecutor(2) as people:
            guesses = flood.map(guess, range(MANY))
            reads = list(people.map(read, range(60)))
            answers = list(guesses)
        assert set(reads) == {200}
        told = Counter(answer.status_code for answer in answers)
        assert set(told) == {403, 429} and told[429] > told[403]
        for answer in answers:
            if answer.status_code == 429:
                assert int(answer.headers["retry-after"]) > 0 and "Réessayez" in answer.text
        assert "canari" not in server.log.read_text() and "essai" not in server.log.read_text()
