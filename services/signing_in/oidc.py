"""Signing in with the organisation's provider: OpenID Connect, the code flow with PKCE (RFC 7636), and no other.

State, nonce and verifier are kept in the database, for the browser that began; what comes back is asked of the provider
itself. An account is found by what the provider calls the person, never again by their address."""

from __future__ import annotations

import hmac
import time
from collections.abc import Mapping
from threading import Lock
from typing import Any
from urllib.parse import urlsplit

import httpx

from domain.errors import Unavailable
from services.mail.access import LARGEST
from services.signing_in import attempts
from services.signing_in.id_tokens import IdentityRefused, claims_of
from services.signing_in.provider import Provider, private
from services.signing_in.secrets import fresh
from services.store import Store

SCOPE = "openid email profile"
KEPT = 3600.0  # seconds that what the provider publishes is kept
ANEW = 60.0  # seconds within which its keys are not asked for again
PATIENCE = 10.0
METADATA = "/.well-known/openid-configuration"

_published: dict[str, tuple[float, dict[str, Any]]] = {}
_asking = Lock()


class ProviderAway(Unavailable):
    """The provider does not answer, or not as it should. Try again in a moment, or enter by another way."""


def begin(store: Store, provider: Provider, back: str, following: str = "", person: Any = None) -> tuple[str, str]:
    """The secret of the attempt, and the address at the provider. `back`: where it is to lead back to, to the letter;
    `person`: who is in already, and links their account."""
    from authlib.oauth2.rfc6749.parameters import prepare_grant_uri
    from authlib.oauth2.rfc7636 import create_s256_code_challenge

    state, nonce, verifier = fresh(), fresh(), fresh()
    place = _endpoint(_metadata(provider), "authorization_endpoint")
    secret = attempts.begin(store, "provider", person, state=state, nonce=nonce, verifier=verifier, back=back,
                            following=following)  # fmt: skip
    return secret, prepare_grant_uri(
        place, provider.client_id, "code", redirect_uri=back, scope=SCOPE, state=state, nonce=nonce,
        code_challenge=create_s256_code_challenge(verifier), code_challenge_method="S256",
    )  # fmt: skip


def finish(
    store: Store, provider: Provider, secret: str, answer: Mapping[str, str]
) -> tuple[attempts.Attempt, Mapping[str, Any]]:
    """What was begun, and what the provider says of who came back. Raises `IdentityRefused`, `ProviderAway`,
    `BegunTooLongAgo`."""
    begun = attempts.take(store, "provider", secret)
    facts = begun.facts
    if not hmac.compare_digest(answer.get("state", "").encode(), facts["state"].encode()):
        raise IdentityRefused()
    if answer.get("iss", provider.issuer) != provider.issuer or "error" in answer or not answer.get("code"):  # RFC 9207
        raise IdentityRefused()
    given = _exchange(provider, answer["code"], facts["back"], facts["verifier"])
    claims = claims_of(
        given.get("id_token"), _keys(provider, given.get("id_token")), issuer=provider.issuer, client_id=provider.client_id,
        nonce=facts["nonce"], access_token=given.get("access_token"),
    )  # fmt: skip
    return begun, claims


def forget() -> None:
    """Nothing is remembered of what providers publish."""
    with _asking:
        _published.clear()


def _exchange(provider: Provider, code: str, back: str, verifier: str) -> dict[str, Any]:
    """What the provider gives for the code."""
    from authlib.oauth2.rfc6749.parameters import prepare_token_request

    facts = {"code": code, "client_id": provider.client_id, "code_verifier": verifier}
    if provider.secret_file:
        facts["client_secret"] = _secret(provider)
    body = prepare_token_request("authorization_code", redirect_uri=back, **facts)
    given = _asked("POST", _endpoint(_metadata(provider), "token_endpoint"), body)
    if str(given.get("token_type", "")).lower() != "bearer":
        raise IdentityRefused()
    return given


def _secret(provider: Provider) -> str:
    assert provider.secret_file
    try:
        return provider.secret_file.read_text(encoding="utf-8").strip()
    except (OSError, UnicodeError) as error:
        raise ProviderAway() from error


def _metadata(provider: Provider) -> dict[str, Any]:
    """What the provider says of itself. It must call itself by the very name that it is known by."""
    found = _kept(provider.issuer.rstrip("/") + METADATA, KEPT)
    if found.get("issuer") != provider.issuer:
        raise ProviderAway()
    return found


def _keys(provider: Provider, token: Any) -> dict[str, Any]:
    """Its keys; asked for anew, once in a while, for a token that names another one."""
    place = _endpoint(_metadata(provider), "jwks_uri")
    found = _kept(place, KEPT)
    named = {key.get("kid") for key in found.get("keys", ()) if isinstance(key, dict)}
    if isinstance(token, str) and _kid(token) not in named:
        found = _kept(place, ANEW)
    return found


def _kid(token: str) -> Any:
    from joserfc.jws import extract_compact

    try:
        return extract_compact(token.encode()).headers().get("kid")
    except Exception:  # it will be refused for what it is
        return None


def _endpoint(metadata: Mapping[str, Any], name: str) -> str:
    place = metadata.get(name)
    if not isinstance(place, str) or not private(place) or urlsplit(place).fragment:
        raise ProviderAway()
    return place


def _kept(url: str, lasts: float) -> dict[str, Any]:
    with _asking:
        at, found = _published.get(url, (0.0, {}))
        if not found or time.monotonic() - at > lasts:
            found = _asked("GET", url)
            _published[url] = time.monotonic(), found
        return found


def _asked(method: str, url: str, body: str | None = None) -> dict[str, Any]:
    """The JSON object at an address. A redirection is not followed; nothing of the answer is repeated."""
    headers = {"Accept": "application/json"} | ({"Content-Type": "application/x-www-form-urlencoded"} if body else {})
    try:
        with (
            httpx.Client(timeout=PATIENCE, follow_redirects=False, trust_env=False) as client,
            client.stream(method, url, content=body, headers=headers) as answer,
        ):
            content = b""
            for part in answer.iter_bytes():
                content += part
                if len(content) > LARGEST:
                    raise ProviderAway()
        found = httpx.Response(200, content=content).json()
    except (httpx.HTTPError, httpx.InvalidURL, ValueError, RecursionError) as error:
        raise ProviderAway() from error
    if 400 <= answer.status_code < 500 and method == "POST":
        raise IdentityRefused()
    if answer.status_code != 200 or not isinstance(found, dict):
        raise ProviderAway()
    return found
