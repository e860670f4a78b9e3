"""The settings of the process, read once from its environment. What an organisation sets (zone, days off,
thresholds) is not here: those are events of its own."""

from __future__ import annotations

import os
import pwd
import re
from collections.abc import Mapping
from dataclasses import dataclass
from email.utils import parseaddr
from pathlib import Path
from typing import Literal, get_args
from urllib.parse import urlsplit

import platformdirs

from domain.errors import Invalid
from services.signing_in.provider import Provider

Lang = Literal["fr", "en"]

PORT = 8017
LONGEST_INTERVAL = 120  # seconds: the second waker comes after two, and a clock stands still after five minutes


class UnreadableLanguage(Invalid):
    """« {lang} » is not a language of Suivi; SUIVI_LANG accepts {accepted}."""


class UnreadableAddress(Invalid):
    """The address in {name} cannot be read. Write it as {example}."""


class UnreadableSender(Invalid):
    """What {name} holds is not a mail address. Write it as suivi@example.org, or as Suivi <suivi@example.org>."""


class UnreadableInterval(Invalid):
    """« {given} », in SWEEP_EVERY, is not a whole number of seconds from 1 to {longest}."""


class SignInIncomplete(Invalid):
    """To sign in to the mail server with XOAUTH2, {missing} must be set as well."""


class TwoProviders(Invalid):
    """SMTP_OAUTH_TENANT is for Microsoft 365, and SMTP_OAUTH_TOKEN_URL for any other provider. Set one of them."""


class TwoSignIns(Invalid):
    """SMTP_URL holds a password, and SMTP_OAUTH_CLIENT_ID names an application: the mail server wants one or the other."""


class UnreadableTenant(Invalid):
    """What SMTP_OAUTH_TENANT holds names no tenant of Microsoft 365. Write its identifier, or one of its domains, as example.onmicrosoft.com."""  # noqa: E501 - one sentence


BROKERS = ("redis", "rediss", "redis+socket")
SMTP = ("smtp", "smtps")
PAGES = ("http", "https")
HERE = ("localhost", "127.0.0.1", "::1")  # this machine, where nobody listens in
MICROSOFT = "https://login.microsoftonline.com/{tenant}/oauth2/v2.0/token"
MICROSOFT_SCOPE = "https://outlook.office365.com/.default"
OAUTH = "SMTP_OAUTH_"
_TENANT = re.compile(r"[A-Za-z0-9](?:[A-Za-z0-9.-]{0,252}[A-Za-z0-9])?")


@dataclass(frozen=True)
class OAuth:
    """The application that signs in to the mail server for XOAUTH2, by client credentials (RFC 6749, 4.4). The file
    holds its secret, and is read for each token: a renewed secret serves at once."""

    token_url: str
    client_id: str
    secret_file: Path
    scope: str | None = None


@dataclass(frozen=True)
class Settings:
    """Where this process finds its data and whom it serves.

    A database or broker URL left out means the embedded server; `database_url` is the owner's and serves to set up
    and migrate. Without `smtp_url` mail stays in the outbox, in sight; with `smtp_oauth` it is signed in to by token.
    `bounces_to`: whither mail that cannot be delivered returns, else to the sender. `url` is where people find the
    pages, without a slash at its end; `provider` with whom people sign in beside their own means; `sweep_every` the
    seconds between two looks at the clocks and at the outbox."""

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
    smtp_oauth: OAuth | None = None
    bounces_to: str | None = None
    provider: Provider | None = None

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
            mail_from=_sender(environ, "MAIL_FROM"),
            url=(_address(environ, "SUIVI_URL", PAGES, "https://HOST") or cls.url).rstrip("/"),
            sweep_every=_interval(environ.get("SWEEP_EVERY") or str(cls.sweep_every)),
            smtp_oauth=_oauth(environ),
            bounces_to=_sender(environ, "BOUNCES_TO"),
            provider=Provider.from_environment(environ),
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


def _sender(environ: Mapping[str, str], name: str) -> str | None:
    given = environ.get(name)
    if not given:
        return None
    account, _, host = parseaddr(given)[1].rpartition("@")
    if not account or not host or not given.isprintable():
        raise UnreadableSender(name=name)
    return given


def _oauth(environ: Mapping[str, str]) -> OAuth | None:
    """The application, where one is named; its secret is not looked at yet."""
    given = {name: environ.get(OAUTH + name) or "" for name in ("TENANT", "CLIENT_ID", "CLIENT_SECRET_FILE", "SCOPE")}
    other = _address(environ, f"{OAUTH}TOKEN_URL", PAGES, "https://HOST/token")
    if not any(given.values()) and other is None:
        return None
    if given["TENANT"] and other:
        raise TwoProviders()
    wanted = {f"{OAUTH}TENANT": given["TENANT"] or other} | {OAUTH + n: given[n] for n in ("CLIENT_ID", "CLIENT_SECRET_FILE")}
    if missing := [name for name, value in wanted.items() if not value]:
        raise SignInIncomplete(missing=missing)
    if urlsplit(environ.get("SMTP_URL") or "").password:
        raise TwoSignIns()
    if other and not _private(other):
        raise UnreadableAddress(name=f"{OAUTH}TOKEN_URL", example="https://HOST/token")
    secret = Path(given["CLIENT_SECRET_FILE"]).expanduser().absolute()
    if other:
        return OAuth(other, given["CLIENT_ID"], secret, given["SCOPE"] or None)
    if not _TENANT.fullmatch(given["TENANT"]):
        raise UnreadableTenant()
    return OAuth(MICROSOFT.format(tenant=given["TENANT"]), given["CLIENT_ID"], secret, given["SCOPE"] or MICROSOFT_SCOPE)


def _private(url: str) -> bool:
    """Whether nobody on the way can read what is sent there."""
    parts = urlsplit(url)
    return parts.scheme == "https" or parts.hostname in HERE


def _interval(given: str) -> int:
    if not given.isascii() or not given.isdigit() or not 1 <= int(given) <= LONGEST_INTERVAL:
        raise UnreadableInterval(given=given, longest=LONGEST_INTERVAL)
    return int(given)
