"""A provider of identities for tests: OpenID Connect over real HTTP, which can be told to lie in one way or another."""

from __future__ import annotations

import hmac
import json
import threading
import time
from base64 import urlsafe_b64encode
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from hashlib import sha256
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, parse_qsl, urlencode, urlsplit

from cryptography.hazmat.primitives.asymmetric.ec import ECDSA
from cryptography.hazmat.primitives.asymmetric.padding import PKCS1v15
from cryptography.hazmat.primitives.asymmetric.utils import decode_dss_signature
from cryptography.hazmat.primitives.hashes import SHA256, SHA512
from joserfc.jwk import ECKey, OctKey, RSAKey

CLIENT = "suivi-essai"
Claims = dict[str, Any]


def part(value: Any) -> str:
    return urlsafe_b64encode(json.dumps(value).encode()).decode().rstrip("=")


@dataclass
class Provider:
    """`token`: makes the ID token of the claims, rightly unless a test says otherwise."""

    url: str = ""
    key: RSAKey = field(default_factory=lambda: RSAKey.generate_key(2048, {"kid": "k1", "use": "sig", "alg": "RS256"}))
    who: Claims = field(default_factory=lambda: {"sub": "42", "email": "marie@exemple.org", "email_verified": True})
    codes: dict[str, dict[str, str]] = field(default_factory=dict)
    asked: list[dict[str, str]] = field(default_factory=list)
    said: list[dict[str, str]] = field(default_factory=list)
    token: Callable[[Provider, Claims], Any] = lambda provider, claims: provider.signed(claims)
    metadata: dict[str, Any] = field(default_factory=dict)

    def signed(self, claims: Claims, **header: Any) -> str:
        """An ID token by our key."""
        return sign({"alg": "RS256", "kid": "k1", **header}, claims, self.key)

    def go(self, address: str) -> str:
        """Someone signs in there; where their browser is led."""
        asked = dict(parse_qsl(urlsplit(address).query))
        self.asked.append(asked)
        code = f"c{len(self.asked)}"
        self.codes[code] = asked
        return asked["redirect_uri"] + "?" + urlencode({"code": code, "state": asked["state"], "iss": self.url})

    def exchange(self, form: dict[str, str]) -> tuple[int, dict[str, Any]]:
        """A code for a token, to who holds what the code was bound to."""
        self.said.append(form)
        asked = self.codes.pop(form.get("code", ""), None)
        challenge = urlsafe_b64encode(sha256(form.get("code_verifier", "").encode()).digest()).decode().rstrip("=")
        if asked is None or asked["code_challenge"] != challenge or asked["redirect_uri"] != form.get("redirect_uri"):
            return 400, {"error": "invalid_grant"}
        now = int(time.time())
        claims = {"iss": self.url, "aud": CLIENT, "iat": now, "exp": now + 300, "nonce": asked["nonce"], **self.who}
        return 200, {"access_token": "a", "token_type": "Bearer", "id_token": self.token(self, claims)}

    def answer(self, path: str, form: str) -> tuple[int, dict[str, Any]]:
        match path:
            case "/.well-known/openid-configuration":
                return 200, {
                    "issuer": self.url, "authorization_endpoint": f"{self.url}/authorize",
                    "token_endpoint": f"{self.url}/token", "jwks_uri": f"{self.url}/keys", **self.metadata,
                }  # fmt: skip
            case "/keys":
                return 200, {"keys": [self.key.as_dict(private=False)]}
            case "/token":
                return self.exchange({name: values[0] for name, values in parse_qs(form).items()})
        return 404, {}


def sign(header: dict[str, Any], claims: Any, key: RSAKey | ECKey | OctKey) -> str:
    """A JWS, whatever its header says: made by hand, as a library would refuse to."""
    content = f"{part(header)}.{part(claims)}".encode()
    match key:
        case RSAKey():
            kind = SHA512() if header["alg"] == "RS512" else SHA256()
            signature = key.private_key.sign(content, PKCS1v15(), kind)  # type: ignore[union-attr]  # it is a whole pair
        case ECKey():
            r, s = decode_dss_signature(key.private_key.sign(content, ECDSA(SHA256())))  # type: ignore[union-attr]
            signature = r.to_bytes(32, "big") + s.to_bytes(32, "big")
        case _:
            signature = hmac.digest(key.raw_value, content, "sha256")
    return f"{content.decode()}.{urlsafe_b64encode(signature).decode().rstrip('=')}"


@contextmanager
def provider() -> Iterator[Provider]:
    """One that runs."""
    gives = Provider()

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self._tell("")

        def do_POST(self) -> None:
            self._tell(self.rfile.read(int(self.headers["Content-Length"])).decode())

        def _tell(self, form: str) -> None:
            status, told = gives.answer(self.path, form)
            content = json.dumps(told).encode()
            self.send_response(status)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(content)))
            self.end_headers()
            self.wfile.write(content)

        def log_message(self, *about: Any) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever, args=(0.02,))
    thread.start()
    gives.url = f"http://127.0.0.1:{server.server_port}"
    try:
        yield gives
    finally:
        server.shutdown()
        thread.join(30)
        server.server_close()
