"""The settings of the process, read once from its environment. What an organisation sets (zone, days off,
thresholds) is not here: those are events of its own."""

from __future__ import annotations

import os
import pwd
from collections.abc import Mapping
from dataclasses import dataclass
from email.utils import parseaddr
from pathlib import Path
from typing import Literal, get_args
from urllib.parse import urlsplit

import platformdirs

from domain.errors import Invalid

Lang = Literal["fr", "en"]

PORT = 8017
LONGEST_INTERVAL = 120  # seconds: the second waker comes after two, and a clock stands still after five minutes


class UnreadableLanguage(Invalid):
    """« {lang} » is not a language of Suivi; SUIVI_LANG accepts {accepted}."""


class UnreadableAddress(Invalid):
    """The address in {name} cannot be read. Write it as {example}."""


class UnreadableSender(Invalid):
    """What MAIL_FROM holds is not a mail address. Write it as suivi@example.org, or as Suivi <suivi@example.org>."""


class UnreadableInterval(Invalid):
    """« {given} », in SWEEP_EVERY, is not a whole number of seconds from 1 to {longest}."""


BROKERS = ("redis", "rediss", "redis+socket")
SMTP = ("smtp", "smtps")
PAGES = ("http", "https")


@dataclass(frozen=True)
class Settings:
    """Where this process finds its data and whom it serves.

    A database or broker URL left out means the embedded server; `database_url` is the owner's and serves to set up
    and migrate. Without `smtp_url` mail stays in the outbox, in sight. `url` is where people find the pages, without a
    slash at its end; `sweep_every` the seconds between two looks at the clocks and at the outbox."""

    home: Path
    user: str
    lang: Lang = "fr"
    database_url: str | None = None
    database_writer_url: str | None = None
    database_reader_url: str | None = None
    broker_url: str | None = None
    smtp_url: str | None = None
    mail_from: str | None = None
    url: str = f"http://127.0.0.1:{PORT}"
    sweep_every: int = 60

    @classmethod
    def from_environment(cls, environ: Mapping[str, str] = os.environ) -> Settings:
        """An empty variable counts as absent. Raises an `Invalid` that names the variable."""
        return cls(
            home=_home(environ),
            user=environ.get("SUIVI_USER") or account_name(),
            lang=_lang(environ.get("SUIVI_LANG") or "fr"),
            database_url=environ.get("DATABASE_URL") or None,
            database_writer_url=environ.get("DATABASE_WRITER_URL") or None,
            database_reader_url=environ.get("DATABASE_READER_URL") or None,
            broker_url=_address(environ, "BROKER_URL", BROKERS, "redis://HOST:6379/0"),
            smtp_url=_address(environ, "SMTP_URL", SMTP, "smtp://USER:PASSWORD@HOST:587"),
            mail_from=_sender(environ.get("MAIL_FROM")),
            url=(_address(environ, "SUIVI_URL", PAGES, "https://HOST") or cls.url).rstrip("/"),
            sweep_every=_interval(environ.get("SWEEP_EVERY") or str(cls.sweep_every)),
        )


def account_name() -> str:
    """The account of the operating system that runs this process; its number where it has no name
    (containers)."""
    uid = os.geteuid()
    try:
        return pwd.getpwuid(uid).pw_name
    except KeyError:
        return str(uid)


def _home(environ: Mapping[str, str]) -> Path:
    given = environ.get("SUIVI_HOME")
    home = Path(given) if given else platformdirs.user_data_path("suivi", appauthor=False)
    return home.expanduser().absolute()


def _lang(name: str) -> Lang:
    match name.lower():
        case "fr" | "en" as lang:
            return lang
    raise UnreadableLanguage(lang=name, accepted=", ".join(get_args(Lang)))


def _address(environ: Mapping[str, str], name: str, schemes: tuple[str, ...], example: str) -> str | None:
    """The address as given, which may hold a password and is never repeated."""
    given = environ.get(name)
    if not given:
        return None
    try:
        parts = urlsplit(given)
        whole = bool(parts.path if parts.scheme.endswith("+socket") else parts.hostname and parts.port != 0)
    except ValueError:
        whole = False
    if not whole or parts.scheme not in schemes or not given.isprintable() or " " in given:
        raise UnreadableAddress(name=name, example=example)
    return given


def _sender(given: str | None) -> str | None:
    if not given:
        return None
    account, _, host = parseaddr(given)[1].rpartition("@")
    if not account or not host or not given.isprintable():
        raise UnreadableSender()
    return given


def _interval(given: str) -> int:
    if not given.isascii() or not given.isdigit() or not 1 <= int(given) <= LONGEST_INTERVAL:
        raise UnreadableInterval(given=given, longest=LONGEST_INTERVAL)
    return int(given)
