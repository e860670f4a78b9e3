"""Access tokens for the mail server: asked of the provider by client credentials (RFC 6749, 4.4), and kept in this
process until shortly before they expire. Neither a secret nor a token is ever logged, or repeated in a reason."""

from __future__ import annotations

import json
import re
import ssl
import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from http.client import HTTPConnection, HTTPException, HTTPSConnection
from threading import Lock
from typing import Any
from urllib.parse import urlencode, urlsplit

from services.mail.lines import SILENCE, WHOLE, printed, within
from services.mail.reasons import (
    ApplicationUnknown,
    SecretExpired,
    SecretUnreadable,
    SecretWrong,
    TenantUnknown,
    TokenAway,
    TokenRefused,
    Trouble,
)
from services.settings import OAuth

EARLY = 300.0  # seconds before its end that a token is renewed
LONGEST = 86_400.0  # seconds that a token is kept, whatever its provider says
LARGEST = 65_536  # bytes of an answer
_TOKEN = re.compile(r"[A-Za-z0-9._~+/=-]+")  # RFC 6750, 2.1
_NUMBERED = re.compile(r"AADSTS\d{4,8}")
_MEANT: dict[str, type[Trouble]] = {
    "AADSTS90002": TenantUnknown,
    "AADSTS900023": TenantUnknown,
    "AADSTS700016": ApplicationUnknown,
    "AADSTS7000215": SecretWrong,
    "AADSTS7000222": SecretExpired,
    "invalid_client": SecretWrong,
}
"""What a refusal is about, by the numbers of Microsoft and the words of RFC 6749, 5.2."""


@dataclass(frozen=True)
class Access:
    """A token, and until when it serves (`time.monotonic`)."""

    token: str = field(repr=False)
    until: float


_kept: dict[OAuth, Access] = {}
_asking = Lock()


def token_of(application: OAuth) -> tuple[str, bool]:
    """A token, and whether it was asked for just now. Raises the `Trouble` that keeps it away."""
    with _asking:
        kept = _kept.get(application)
        if kept and time.monotonic() < kept.until:
            return kept.token, False
        _kept[application] = _asked(application)
        return _kept[application].token, True


def forget(application: OAuth) -> None:
    """The token was refused: the next one is asked for anew."""
    with _asking:
        _kept.pop(application, None)


def _asked(application: OAuth) -> Access:
    facts = {"grant_type": "client_credentials", "client_id": application.client_id, "client_secret": secret_of(application)}
    facts |= {"scope": application.scope} if application.scope else {}
    status, said = _post(application.token_url, urlencode(facts))
    if status == 200:
        return _access(said)
    if status == 429 or status >= 500:
        raise TokenAway(answer=status)
    raise _refusal(status, said)


def secret_of(application: OAuth) -> str:
    """What its file holds now. Raises SecretUnreadable."""
    try:
        secret = application.secret_file.read_text(encoding="utf-8").strip()
    except (OSError, UnicodeError):
        secret = ""
    if not secret:
        raise SecretUnreadable(file=application.secret_file)
    return secret


def _post(url: str, form: str) -> tuple[int, Mapping[str, Any]]:
    """The status and the JSON of the answer. A redirection is not followed: the secret goes nowhere else."""
    parts = urlsplit(url)
    connection = _connection(parts.scheme, parts.hostname or "", parts.port)
    headers = {"Content-Type": "application/x-www-form-urlencoded", "Accept": "application/json"}
    try:
        with within(connection, WHOLE):
            connection.request("POST", parts._replace(scheme="", netloc="", fragment="").geturl() or "/", form, headers)
            answer = connection.getresponse()
            return answer.status, _object(answer.read(LARGEST))
    except (OSError, HTTPException) as error:
        raise TokenAway(answer=printed(None, str(error) or type(error).__name__)) from error
    finally:
        connection.close()


def _connection(scheme: str, host: str, port: int | None) -> HTTPConnection:
    if scheme == "http":  # of this machine: the settings let no other pass
        return HTTPConnection(host, port, timeout=SILENCE)
    return HTTPSConnection(host, port, timeout=SILENCE, context=ssl.create_default_context())


def _object(content: bytes) -> Mapping[str, Any]:
    try:
        read = json.loads(content)
    except (ValueError, RecursionError):
        return {}
    return read if isinstance(read, dict) else {}


def _access(said: Mapping[str, Any]) -> Access:
    token, lasts = said.get("access_token"), str(said.get("expires_in"))
    if not isinstance(token, str) or not _TOKEN.fullmatch(token):
        raise TokenAway(answer="access_token")
    seconds = min(float(lasts), LONGEST) if lasts.isdecimal() else 0.0
    return Access(token, time.monotonic() + seconds - min(EARLY, seconds / 2))


def _refusal(status: int, said: Mapping[str, Any]) -> Trouble:
    """What the refusal is about. Of its words only the known ones are repeated: they could hold anything."""
    error = str(said.get("error", ""))
    numbers = _NUMBERED.findall(str(said.get("error_description", "")))[:1]
    meant = next((_MEANT[word] for word in (*numbers, error) if word in _MEANT), TokenRefused)
    return meant(answer=printed(status, " ".join([error[:60], *numbers])))
