"""The containers, as far as they can be checked where none can be run: every part is there, pinned, watched over, and
started by what exists with settings that are read."""

from __future__ import annotations

import importlib.util
import inspect
import re
import subprocess
import sys
from typing import Any

import pytest
import yaml

from services import settings
from tests.house.sources import ROOMS, ROOT

COMPOSE = yaml.safe_load((ROOT / "docker-compose.yml").read_text())
SERVICES: dict[str, dict[str, Any]] = COMPOSE["services"]
OURS = {name: one for name, one in SERVICES.items() if "build" in one}
READ = set(re.findall(r'"([A-Z]+_[A-Z_]+)"', inspect.getsource(settings)))
PINNED = re.compile(r"[\w./-]+:v?\d+\.\d+(\.\d+)?(-\w+)*")
VARIABLE = re.compile(r"[A-Z][A-Z0-9_]*")


def lines() -> list[tuple[str, str]]:
    """The instructions of the Dockerfile, continued lines joined: (word, rest)."""
    text = re.sub(r"\\\n\s*", " ", (ROOT / "Dockerfile").read_text())
    kept = [line for line in text.splitlines() if line.strip() and not line.startswith("#")]
    return [(line.split(maxsplit=1)[0], line.split(maxsplit=1)[1]) for line in kept]


def of(word: str) -> list[str]:
    return [rest for name, rest in lines() if name == word]


def module(command: list[str]) -> str:
    """What `python -m` runs."""
    assert command[:2] == ["python", "-m"], command
    return command[2]


def test_every_part_has_its_container() -> None:
    assert set(SERVICES) == {"database", "broker", "migrate", "follower", "worker", "beat", "web", "mail"}
    assert set(OURS) == {"migrate", "follower", "worker", "beat", "web"}


@pytest.mark.parametrize("name", sorted(set(SERVICES) - {"migrate"}))
def test_each_is_watched_over_and_started_again(name: str) -> None:
    check = SERVICES[name]["healthcheck"]
    assert check["test"][0] == "CMD" and {"interval", "timeout", "retries"} <= set(check)
    assert SERVICES[name]["restart"] == "unless-stopped"


@pytest.mark.parametrize("name", sorted(OURS))
def test_what_each_runs_exists(name: str) -> None:
    commands = [OURS[name]["command"], OURS[name].get("healthcheck", {}).get("test", [None])[1:]]
    for command in (each for each in commands if each and each[1] == "-m"):
        found = importlib.util.find_spec(module(command))
        assert found and module(command).split(".")[0] in ROOMS
        if found.submodule_search_locations:
            assert importlib.util.find_spec(f"{module(command)}.__main__")


def test_the_pages_take_the_options_they_are_given() -> None:
    options = [word for word in OURS["web"]["command"] if word.startswith("--")]
    told = subprocess.run([sys.executable, "-m", "web", "--help"], capture_output=True, text=True, check=True, cwd=ROOT)
    assert options and all(option in told.stdout for option in options)


@pytest.mark.parametrize("name", sorted(OURS))
def test_each_setting_is_one_that_is_read(name: str) -> None:
    given = OURS[name]["environment"]
    assert set(given) <= READ
    assert {"DATABASE_URL", "BROKER_URL", "SMTP_URL", "MAIL_FROM", "SUIVI_HOME"} <= set(given)
    plain = {key: re.sub(r"\$\{[^}]*\}", "secret", value) for key, value in given.items()}
    assert settings.Settings.from_environment(plain).sweep_every == 60


@pytest.mark.parametrize("name", sorted(SERVICES))
def test_each_image_has_its_version(name: str) -> None:
    assert PINNED.fullmatch(SERVICES[name]["image"])


@pytest.mark.parametrize("name", sorted(set(SERVICES) - {"database"}))
def test_none_of_them_is_root_nor_writes_outside_its_volumes(name: str) -> None:
    one = SERVICES[name]
    assert re.fullmatch(r"[1-9]\d*:[1-9]\d*", one["user"])
    assert one["read_only"] is True and one["cap_drop"] == ["ALL"]


def test_every_volume_is_named_and_used() -> None:
    used = {volume.split(":")[0] for one in SERVICES.values() for volume in one.get("volumes", [])}
    assert used == set(COMPOSE["volumes"]) == {"home", "database", "broker"}


def test_what_is_published_is_for_this_machine_alone() -> None:
    published = [port for one in SERVICES.values() for port in one.get("ports", [])]
    assert published and all(port.startswith("127.0.0.1:") for port in published)
    assert f"127.0.0.1:{settings.PORT}:{settings.PORT}" in published


def test_each_waits_for_what_it_needs() -> None:
    for name, one in SERVICES.items():
        for needed, how in one.get("depends_on", {}).items():
            watched = "healthcheck" in SERVICES[needed]
            assert how["condition"] == ("service_healthy" if watched else "service_completed_successfully"), name
    assert "migrate" in SERVICES["worker"]["depends_on"]


def test_no_password_is_written_down() -> None:
    text = (ROOT / "docker-compose.yml").read_text()
    assert re.findall(r"://\w+:([^@\n]+)@", text) == ["${POSTGRES_PASSWORD:?choose one in .env}"]


def test_the_image_has_every_room_and_the_locked_packages() -> None:
    copied = {rest.split()[0] for rest in of("COPY") if not rest.startswith("--from")}
    assert copied == {*ROOMS, "pyproject.toml", "requirements.txt"}
    assert all((ROOT / name).exists() for name in copied)
    assert any("--require-hashes --no-deps -r" in rest for rest in of("RUN"))
    ignored = (ROOT / ".dockerignore").read_text().split()
    assert ignored[0] == "*" and {name.removeprefix("!") for name in ignored if name.startswith("!")} == copied


def test_the_image_is_pinned_and_not_roots() -> None:
    stages = [rest.split() for rest in of("FROM")]
    assert len(stages) == 2 and all(PINNED.fullmatch(stage[0]) for stage in stages)
    assert of("USER") == ["suivi"]
    assert any("--uid 10001" in rest for rest in of("RUN")) and OURS["web"]["user"].startswith("10001:")
    words = [word for word, _ in lines()]
    assert words.index("USER") > max(at for at, word in enumerate(words) if word in ("RUN", "COPY"))
    assert module(yaml.safe_load(of("CMD")[0])) == "web"
