"""A database server and a web server that stay between two looks, shared by whoever looks: `tests.browser.look`.

What the pages are made of is asked at each look: where it changed, a new server takes the place of the one before, which
ends when nobody uses it any more."""

from __future__ import annotations

import fcntl
import hashlib
import json
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path
from typing import Any

import psutil
import psycopg
from psycopg import sql
from psycopg.conninfo import make_conninfo

from services.schema import Urls
from services.servers import discard, embedded
from services.servers.leases import locked
from tests.browser.people import FIRST

ROOT = Path(__file__).resolve().parents[2]


def home_of(root: Path) -> Path:
    """Where the servers of a checkout keep their things: no other checkout reads what is written there."""
    return Path(tempfile.gettempdir()) / f"suivi-look-{os.geteuid()}-{hashlib.sha256(str(root).encode()).hexdigest()[:8]}"


HOME = home_of(ROOT)
LOOKED = HOME / "looked"  # touched by each look
DATA = ("workflows", "domain", "projections", "services")  # what the database is made of
PAGES = (*DATA, "web")
TRIES, HALF_WRITTEN = 5, 6  # somebody may be in the midst of writing: so many times, so many seconds apart
IDLE = 2 * 3600  # seconds without a look after which everything ends
PATIENCE = 120


OVER = "It does not start. If others are in the midst of their files, see yours over the last commit: --over FILE..."


class Unready(Exception):
    """The checkout as it is now does not start."""


@contextmanager
def web(day: str, over: list[str] | None = None) -> Iterator[tuple[str, Urls]]:
    """The address of a server of the checkout as it is now, and its database; of the last commit with only those files
    of the checkout, where some are named. Several may look at once."""
    os.environ["SUIVI_TEST_HOME"] = str(HOME)
    HOME.mkdir(mode=0o700, exist_ok=True)
    for last in range(1 if over is not None else TRIES, 0, -1):
        with ExitStack() as stack:
            try:
                told = _joined(day, over, stack)
            except Unready as error:
                if last == 1:
                    raise SystemExit(f"{error}\n{OVER}") from None
                time.sleep(HALF_WRITTEN)
                continue
            LOOKED.touch()
            yield told["url"], Urls(*told["urls"])
            return


def _joined(day: str, over: list[str] | None, stack: ExitStack) -> dict[str, Any]:
    """What is known of the server of the sources as they are now, which stays as long as the stack."""
    with locked(HOME / "look.lock"):
        _keeper()
        told = _served(day, over)
        file = stack.enter_context(Path(told["lock"]).open("a"))  # noqa: SIM115 - the stack closes it
        fcntl.flock(file, fcntl.LOCK_SH)
        return told


def print_of(tree: Path, *rooms: str) -> str:
    """A name for the source files as they are now."""
    found = hashlib.sha256(b"".join(room.encode() for room in rooms))
    for path in sorted(path for room in rooms for path in (tree / room).rglob("*") if path.is_file()):
        if "__pycache__" not in path.parts:
            with suppress(FileNotFoundError):
                found.update(str(path.relative_to(tree)).encode() + path.read_bytes())
    return found.hexdigest()[:12]


def _tree(over: list[str] | None) -> Path:
    """Where the sources are: the checkout, or a copy of its last commit under files of the checkout."""
    if over is None:
        return ROOT
    tree = Path(tempfile.mkdtemp(prefix="tree-", dir=HOME))
    commit = subprocess.run(["git", "archive", "HEAD"], cwd=ROOT, check=True, capture_output=True).stdout
    subprocess.run(["tar", "-x", "-C", tree], input=commit, check=True)
    for path in (ROOT / one for one in (*over, "tests/browser")):
        if path.is_dir():
            shutil.copytree(path, tree / path.relative_to(ROOT), dirs_exist_ok=True)
        else:
            (tree / path.relative_to(ROOT)).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy2(path, tree / path.relative_to(ROOT))
    return tree


def _keeper() -> None:
    """The process that holds the database server, begun unless it runs."""
    said = HOME / "keeper.json"
    if running(said):
        return
    said.unlink(missing_ok=True)
    with (HOME / "keeper.log").open("wb") as log:
        subprocess.Popen([sys.executable, "-m", "tests.browser.kept"], cwd=ROOT, start_new_session=True,
                         stdin=subprocess.DEVNULL, stdout=log, stderr=log)  # fmt: skip
    _until(said.exists, HOME / "keeper.log")


def _served(day: str, over: list[str] | None) -> dict[str, Any]:
    tree = _tree(over)
    try:
        return _of_tree(day, tree)
    finally:
        if tree != ROOT and not any(json.loads(said.read_text())["tree"] == str(tree) for said in HOME.glob("web-*.json")):
            forget(tree)


def _of_tree(day: str, tree: Path) -> dict[str, Any]:
    """The server of those sources, begun unless one of the same runs."""
    said = HOME / f"web-{day}-{print_of(tree, *PAGES)}.json"
    if running(said):
        known: dict[str, Any] = json.loads(said.read_text())
        return known
    told = _begin(said, tree, _database(f"look_{day.replace('-', '')}_{print_of(tree, *DATA)}", day, tree))
    _end_others(said)
    return told


def _database(name: str, day: str, tree: Path) -> Urls:
    """The demonstration on that day; made unless it is there."""
    keeper = json.loads((HOME / "keeper.json").read_text())
    with psycopg.connect(keeper["superuser"], autocommit=True) as connection:
        known = connection.execute("SELECT FROM pg_database WHERE datname = %s", (name,)).fetchone() is not None
        if not known:
            connection.execute(sql.SQL("CREATE DATABASE {} OWNER suivi_owner").format(sql.Identifier(name)))
        asked = [make_conninfo(keeper["owner"], dbname=name), str(HOME / "logins.json"), *([] if known else [day])]
        done = subprocess.run([sys.executable, "-m", "tests.browser.people", *asked], cwd=tree, capture_output=True, text=True)
        if done.returncode:
            connection.execute(sql.SQL("DROP DATABASE {} WITH (FORCE)").format(sql.Identifier(name)))
            raise Unready(done.stderr)
    return Urls(*json.loads(done.stdout))


def _begin(said: Path, tree: Path, urls: Urls) -> dict[str, Any]:
    log = said.with_suffix(".log")
    environment = os.environ | {
        "SUIVI_HOME": str(HOME), "SUIVI_USER": FIRST, "DATABASE_URL": urls.owner,
        "DATABASE_WRITER_URL": urls.writer, "DATABASE_READER_URL": urls.reader,
    }  # fmt: skip
    with log.open("wb") as out:
        process = subprocess.Popen([sys.executable, "-m", "web", "--port", "0"], cwd=tree, env=environment, stderr=out,
                                   stdin=subprocess.DEVNULL, stdout=out, start_new_session=True)  # fmt: skip
    ready = "Uvicorn running on "
    _until(lambda: process.poll() is not None or ready in log.read_text(), log)
    if process.poll() is not None:
        raise Unready(log.read_text())
    told = who(process.pid) | {"url": log.read_text().partition(ready)[2].split()[0], "urls": list(vars(urls).values()),
            "lock": str(said.with_suffix(".lock")), "tree": str(tree)}  # fmt: skip
    said.write_text(json.dumps(told))
    return told


def _end_others(kept: Path) -> None:
    """Ends the servers of other sources that nobody looks at; their databases go."""
    names = {make_name(json.loads(kept.read_text()))}
    gone = set()
    for said in (path for path in HOME.glob("web-*.json") if path != kept):
        told = json.loads(said.read_text())
        with Path(told["lock"]).open("a") as lock:
            try:
                fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                names.add(make_name(told))
                continue
            stop(said)
            gone.add(make_name(told))
            forget(Path(told["tree"]))
            for file in (said, said.with_suffix(".log"), said.with_suffix(".lock")):
                file.unlink(missing_ok=True)
    with psycopg.connect(json.loads((HOME / "keeper.json").read_text())["superuser"], autocommit=True) as connection:
        for name in gone - names:
            connection.execute(sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(name)))


def forget(tree: Path) -> None:
    """Deletes a copy of the sources that was made here; a checkout of anybody's is left alone."""
    if tree.parent.resolve() == HOME.resolve() and tree.name.startswith("tree-") and not tree.is_symlink():
        shutil.rmtree(tree)


def who(pid: int) -> dict[str, Any]:
    """A process, so that another one that was given its number since is not taken for it."""
    return {"pid": pid, "began": psutil.Process(pid).create_time()}


def running(said: Path) -> psutil.Process | None:
    """The process that a file tells of, if it is still that one."""
    with suppress(OSError, ValueError, KeyError, psutil.NoSuchProcess):
        told = json.loads(said.read_text())
        process = psutil.Process(told["pid"])
        if process.create_time() == told["began"] and process.status() != psutil.STATUS_ZOMBIE:
            return process
    return None


def stop(said: Path) -> None:
    """Tells the process of a file to end, and no other."""
    if process := running(said):
        process.terminate()


def make_name(told: dict[str, Any]) -> str:
    """The name of its database."""
    return str(psycopg.conninfo.conninfo_to_dict(told["urls"][0])["dbname"])


def _until(done: Any, log: Path) -> None:
    end = time.monotonic() + PATIENCE
    while not done():
        if time.monotonic() > end:
            raise SystemExit(log.read_text())
        time.sleep(0.05)


def keep() -> None:
    """Holds the database server until nobody has looked for long, or until it is told to end; then nothing is left."""
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))
    LOOKED.touch()
    quick = {"fsync": "off", "synchronous_commit": "off", "full_page_writes": "off"}
    try:
        with embedded(HOME, options=quick) as server:
            told = who(os.getpid()) | {"owner": server.url, "superuser": server.superuser_url}
            beside = HOME / "keeper.new"
            beside.write_text(json.dumps(told))
            beside.rename(HOME / "keeper.json")
            while time.time() - LOOKED.stat().st_mtime < IDLE:
                time.sleep(5)
    finally:
        for said in HOME.glob("web-*.json"):
            stop(said)
        discard(HOME)
        shutil.rmtree(HOME)


def end() -> None:
    """Ends everything that is kept."""
    stop(HOME / "keeper.json")


if __name__ == "__main__":
    keep()
