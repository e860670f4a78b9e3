"""A real server: on this machine only, with a log that holds nothing of anyone's, ended when it is told to."""

from __future__ import annotations

import os
import re
import shutil
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import httpx
import pytest

from services import tokens
from services.home import Home
from services.schema import Urls
from tests.homes import do, opened, secretary
from tests.web.served import ROOT, Served, environment, served

EXAMPLES = re.findall(r"```sh\n(.*?)```", (ROOT / "docs" / "http.md").read_text(encoding="utf-8"), re.DOTALL)
EXPECTED = re.compile(r"# ([1-5][0-9][0-9])$", re.MULTILINE)


@pytest.fixture
def home(database: Urls) -> Iterator[Home]:
    with opened(database) as home:
        do(home, "assembly:2023", "create", name="Annuelle 2023", date="2023-05-13")
        do(home, "2023:17", "adopt", title="Des vélos pour les quartiers")
        do(home, "2023:5", "adopt", title="Une eau propre")
        home.catch_up()
        yield home


@pytest.fixture
def running(home: Home, tmp_path: Path) -> Iterator[Served]:
    with served(home.urls, tmp_path / "web.log") as found:
        yield found


def test_it_listens_on_this_machine_only(running: Served) -> None:
    assert running.url.startswith("http://127.0.0.1:")
    others = {address[4][0] for address in socket.getaddrinfo(socket.gethostname(), None, socket.AF_INET)} - {"127.0.0.1"}
    for address in others:
        with socket.socket() as asked, pytest.raises(OSError):
            asked.settimeout(5)
            asked.connect((str(address), running.port))


def test_its_log_holds_no_query_no_secret_and_no_word(home: Home, running: Served) -> None:
    _, secret = tokens.add(home.store, secretary(home), "site", ["write"])
    with httpx.Client(base_url=running.url, headers={"Authorization": f"Bearer {secret}", "X-Canary": "canari"}) as client:
        assert client.get("/api/v1/cases", params={"query": "vélos canari"}).status_code == 200
        assert client.get("/api/v1/cases/17").status_code == 200
        assert client.post("/api/v1/cases/17/note", json={"text": "canari"}).status_code == 200
        assert client.get("/api/v1/cases/%0a%0dcanari").status_code == 404
        assert client.get("/api/v1/people/canari").status_code == client.get("/canari").status_code == 404
    log = running.log.read_text()
    assert "GET /cases 200" in log and "POST /cases/{ref}/{verb} 200" in log
    for kept in ("canari", "vélos", secret, "query", "Traceback"):
        assert kept not in log


def test_what_it_was_doing_is_finished_before_it_ends(home: Home, running: Served) -> None:
    _, secret = tokens.add(home.store, secretary(home), "site", ["write"])
    headers = {"Authorization": f"Bearer {secret}"}

    def send(n: int) -> int | None:
        try:
            asked, url = {"Idempotency-Key": str(n), **headers}, f"{running.url}/api/v1/cases/17/note"
            return httpx.post(url, json={"text": f"{n}"}, headers=asked, timeout=300).status_code
        except httpx.TransportError:
            return None  # it was not served any more

    with ThreadPoolExecutor(4) as pool:
        answers = [pool.submit(send, n) for n in range(24)]
        assert answers[0].result() == 200
        running.process.send_signal(signal.SIGTERM)
        assert running.process.wait(300) in (0, -signal.SIGTERM)
        acknowledged = sum(one.result() == 200 for one in answers)
    row = home.store.connection.execute("SELECT count(*) - 1 FROM suivi.events JOIN suivi.keys USING (stream)"
                                        " WHERE scope = 'case' AND key = '2023:17'").fetchone()  # fmt: skip
    assert row and 1 <= acknowledged <= row[0]


@pytest.mark.parametrize(
    ("name", "value", "said"),
    [("DATABASE_URL", "postgresql://nobody@127.0.0.1:1/x", "La base de données ne répond pas"),
     ("BROKER_URL", "n’importe quoi", "BROKER_URL"), ("SUIVI_LANG", "de", "SUIVI_LANG")],
)  # fmt: skip
def test_what_keeps_it_from_starting_is_a_sentence(tmp_path: Path, name: str, value: str, said: str) -> None:
    told = os.environ | {"SUIVI_HOME": str(tmp_path / "home"), name: value}
    ran = subprocess.run([sys.executable, "-m", "web", "--port", "0"], env=told, cwd=ROOT, capture_output=True, timeout=300)
    assert ran.returncode == 1
    assert said in ran.stderr.decode() and "Traceback" not in ran.stderr.decode()


def test_headers_have_a_limit(running: Served) -> None:
    with httpx.Client(base_url=running.url) as client:
        try:
            status = client.get("/api/v1/ready", headers={"X": "x" * 2_000_000}).status_code
        except httpx.TransportError:
            status = 400  # it was cut short before all was sent
        assert status == 400
        assert client.get("/api/v1/ready").status_code == 200


@pytest.mark.skipif(shutil.which("curl") is None, reason="curl is not here: the examples of docs/http.md were not run")
def test_the_examples_of_the_documentation(home: Home, running: Served, tmp_path: Path) -> None:
    """Each curl as it is written; the status that it had is the one beside it."""
    (tmp_path / ".curlrc").write_text('silent\nwrite-out = "%{stderr}HTTP %{http_code}\\n"\n')
    (tmp_path / "letter.pdf").write_bytes(b"%PDF-1.7")
    path = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
    told = environment(home.urls) | {"SUIVI_URL": running.url, "CURL_HOME": str(tmp_path), "PATH": path}
    script = "shopt -s expand_aliases\nset -eu\n" + "\n".join(EXAMPLES)
    ran = subprocess.run(["bash", "-c", script], env=told, cwd=tmp_path, capture_output=True, text=True, timeout=300)
    assert ran.returncode == 0, ran.stderr
    statuses, expected = re.findall(r"^HTTP (\d+)$", ran.stderr, re.MULTILINE), EXPECTED.findall(script)
    assert len(expected) > 20 and statuses == expected, ran.stdout + ran.stderr
    assert "A version is needed" in ran.stdout and "Forme inattendue" in ran.stdout
