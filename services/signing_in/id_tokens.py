"""What the provider says of someone, if it is the provider who says it, now, of someone who came from here, to us."""

from __future__ import annotations

import json
import time
from base64 import urlsafe_b64decode
from collections.abc import Mapping
from typing import Any

from domain.errors import Forbidden

ALGORITHMS = ("RS256", "PS256", "ES256")  # of a key pair: nothing that our own secret could sign
KINDS = {"RS256": "RSA", "PS256": "RSA", "ES256": "EC"}
LEEWAY = 60  # seconds that two clocks may be apart
OLDEST = 600  # seconds since it was signed
LONGEST = 20_000  # characters


class IdentityRefused(Forbidden):
    """What the provider sent does not prove who you are. Nothing was opened. Begin again from the page on which one enters."""


def claims_of(
    token: Any, keys: Mapping[str, Any], *, issuer: str, client_id: str, nonce: str, access_token: Any = None
) -> Mapping[str, Any]:
    """The claims of an ID token (OpenID Connect Core, 3.1.3.7). Raises `IdentityRefused`, whatever is wrong with it."""
    from authlib.oidc.core import CodeIDToken
    from joserfc import jwt

    try:
        header = _header(token)
        read = jwt.decode(token, _key(header, keys), algorithms=[header["alg"]])
        claims: Mapping[str, Any] = CodeIDToken(
            read.claims, read.header, options={"iss": {"essential": True, "value": issuer}, "sub": {"essential": True}},
            params={"nonce": nonce, "client_id": client_id, "access_token": access_token},
        )  # fmt: skip
        claims.validate(leeway=LEEWAY)  # type: ignore[attr-defined]  # of the library's own kind
        _check(claims, issuer, client_id, nonce)
    except IdentityRefused:
        raise
    except Exception as error:  # from letters of elsewhere a library may make anything; whatever it is, it proves nothing
        raise IdentityRefused() from error
    return claims


def _header(token: Any) -> dict[str, Any]:
    """Its header, if it is one of ours to judge: one algorithm of a few, a key by its name, and nothing that we would have
    to understand and do not."""
    if not isinstance(token, str) or len(token) > LONGEST or token.count(".") != 2:
        raise IdentityRefused()
    first = token.partition(".")[0]
    header = json.loads(urlsafe_b64decode(first + "=" * (-len(first) % 4)))
    fit = isinstance(header, dict) and header.get("alg") in ALGORITHMS and "crit" not in header and "b64" not in header
    if not fit or not isinstance(header.get("kid"), str) or not header["kid"] or header.get("typ", "JWT").upper() != "JWT":
        raise IdentityRefused()
    if {"jwk", "jku", "x5u", "x5c"} & header.keys():  # it would bring the key that it is to be judged by
        raise IdentityRefused()
    found: dict[str, Any] = header
    return found


def _key(header: Mapping[str, Any], keys: Mapping[str, Any]) -> Any:
    """The provider's key of that name, if it is of the kind that the algorithm takes."""
    from joserfc.jwk import import_key

    named = [key for key in keys.get("keys", ()) if isinstance(key, dict) and key.get("kid") == header["kid"]]
    wanted = {"kty": KINDS[header["alg"]], "use": "sig", "alg": header["alg"]}
    fit = [key for key in named if all(key.get(name, value) == value for name, value in wanted.items()) and "kty" in key]
    if len(fit) != 1 or len(named) != 1:
        raise IdentityRefused()
    return import_key({name: value for name, value in fit[0].items() if name != "d"})


def _check(claims: Mapping[str, Any], issuer: str, client_id: str, nonce: str) -> None:
    """What must hold to the letter."""
    now, signed, ends = time.time(), _number(claims.get("iat")), _number(claims.get("exp"))
    audience = claims.get("aud")
    subject = claims.get("sub")
    held = (
        claims.get("iss") == issuer
        and audience in (client_id, [client_id])
        and bool(nonce) and claims.get("nonce") == nonce
        and isinstance(subject, str) and 0 < len(subject) <= 255
        and signed is not None and now - OLDEST <= signed <= now + LEEWAY
        and ends is not None and now - LEEWAY <= ends
    )  # fmt: skip
    if not held:
        raise IdentityRefused()


def _number(value: Any) -> float | None:
    return float(value) if isinstance(value, int | float) and not isinstance(value, bool) else None
