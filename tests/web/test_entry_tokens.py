"""ID tokens that prove nothing: each is refused, and nothing was opened."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Any

import pytest
from joserfc.jwk import ECKey, OctKey, RSAKey

from services import accounts
from services.signing_in import oidc
from tests.web.browser import Sheet
from tests.web.meeting import Meeting
from tests.web.provider import CLIENT, Claims, Provider, part, sign


def another_key(there: Provider, claims: Claims) -> str:
    return sign({"alg": "RS256", "kid": "k1"}, claims, RSAKey.generate_key(2048))


def by_the_public_key(there: Provider, claims: Claims) -> str:
    """Signed as if the public key were a shared secret."""
    return sign({"alg": "HS256", "kid": "k1"}, claims, OctKey.import_key(part(there.key.as_dict(private=False))))


def by_our_secret(there: Provider, claims: Claims) -> str:
    return sign({"alg": "HS256", "kid": "k1"}, claims, OctKey.import_key("chut" * 10))


def altered(there: Provider, claims: Claims) -> str:
    head, _, signature = there.signed(claims).split(".")
    return ".".join((head, part(claims | {"sub": "1"}), signature))


def brings_its_key(there: Provider, claims: Claims) -> str:
    key = RSAKey.generate_key(2048)
    return sign({"alg": "RS256", "kid": "k1", "jwk": key.as_dict(private=False)}, claims, key)


def curved(there: Provider, claims: Claims) -> str:
    return sign({"alg": "ES256", "kid": "k1"}, claims, ECKey.generate_key("P-256"))


def without(name: str) -> Callable[[Provider, Claims], str]:
    return lambda there, claims: there.signed({key: value for key, value in claims.items() if key != name})


def saying(**wrong: Any) -> Callable[[Provider, Claims], str]:
    return lambda there, claims: there.signed(claims | wrong)


def within(seconds: int, name: str) -> Callable[[Provider, Claims], str]:
    return lambda there, claims: there.signed(claims | {name: int(time.time()) + seconds})


BAD: dict[str, Callable[[Provider, Claims], Any]] = {
    "no algorithm": lambda there, claims: f"{part({'alg': 'none', 'kid': 'k1'})}.{part(claims)}.",
    "none, written otherwise": lambda there, claims: f"{part({'alg': 'nOnE', 'kid': 'k1'})}.{part(claims)}.",
    "HS256 with the public key": by_the_public_key,
    "HS256 with our secret": by_our_secret,
    "another key of that name": another_key,
    "a key that it brings": brings_its_key,
    "a key nobody published": lambda there, claims: there.signed(claims, kid="k9"),
    "no name of a key": lambda there, claims: sign({"alg": "RS256"}, claims, there.key),
    "an algorithm that is not ours": lambda there, claims: there.signed(claims, alg="RS512"),
    "an elliptic curve": curved,
    "altered": altered,
    "unsigned": lambda there, claims: there.signed(claims).rpartition(".")[0] + ".",
    "an unknown crit": lambda there, claims: there.signed(claims, crit=["x"], x=1),
    "for another": saying(aud="autre"),
    "for several": saying(aud=[CLIENT, "autre"], azp=CLIENT),
    "for nobody": without("aud"),
    "given to another": saying(azp="autre"),
    "by another issuer": saying(iss="https://ailleurs.example"),
    "by the issuer with a slash": lambda there, claims: there.signed(claims | {"iss": there.url + "/"}),
    "of another nonce": saying(nonce="x" * 43),
    "without a nonce": without("nonce"),
    "expired": within(-120, "exp"),
    "without an end": without("exp"),
    "signed tomorrow": within(86_400, "iat"),
    "signed long ago": within(-3600, "iat"),
    "without a time": without("iat"),
    "valid later": within(3600, "nbf"),
    "of nobody": saying(sub=""),
    "without a subject": without("sub"),
    "of a number": saying(sub=42),
    "of another access token": saying(at_hash="x" * 22),
    "a list": lambda there, claims: sign({"alg": "RS256", "kid": "k1"}, [claims], there.key),
    "no token": lambda there, claims: None,
    "five parts": lambda there, claims: "a.b.c.d.e",
    "letters": lambda there, claims: "x.y.z",
    "of another kind": lambda there, claims: there.signed(claims, typ="at+jwt"),
    "endless": saying(x="y" * 30_000),
}


def test_every_bad_token_is_refused(meeting: Meeting) -> None:
    """A good one then enters, so that it was the token each time."""
    meeting.invite()
    let_in = []
    for name, token in BAD.items():
        meeting.there.token = token
        who, answer = meeting.come()
        if answer.status_code != 403 or "ne prouve pas qui vous êtes" not in Sheet(answer).text or who.inside:
            let_in.append((name, answer.status_code))
        meeting.town.home.store.connection.execute("DELETE FROM suivi.guesses")  # as if a minute had passed
    assert len(BAD) >= 15 and not let_in
    assert [each.login for each in accounts.all_accounts(meeting.town.home.store)] == ["ana"]
    meeting.there.token = Provider.signed
    who, _ = meeting.come()
    assert who.inside


@pytest.mark.parametrize("part_of", ["claims_of", "_keys", "_exchange"])
@pytest.mark.parametrize("planted", [lambda *given, **more: None, lambda *given, **more: 1 / 0], ids=["nothing", "raises"])
def test_a_check_that_fails_lets_nobody_in(
    meeting: Meeting, monkeypatch: pytest.MonkeyPatch, part_of: str, planted: Callable[..., Any]
) -> None:
    meeting.invite()
    monkeypatch.setattr(oidc, part_of, planted)
    who, answer = meeting.come()
    assert answer.status_code in (403, 500, 503) and not who.inside
    monkeypatch.undo()
    assert not who.inside and [each.login for each in accounts.all_accounts(meeting.town.home.store)] == ["ana"]
