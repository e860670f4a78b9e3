"""A passkey made of software: what a telephone or a security key does, of which nothing is imitated on our side."""

from __future__ import annotations

import json
import os
import struct
from base64 import urlsafe_b64decode, urlsafe_b64encode
from dataclasses import dataclass, field
from hashlib import sha256
from typing import Any

from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.hashes import SHA256
from webauthn.helpers import encode_cbor

PRESENT, VERIFIED, ATTESTED = 0x01, 0x04, 0x40


def text(content: bytes) -> str:
    return urlsafe_b64encode(content).decode().rstrip("=")


def content(letters: str) -> bytes:
    return urlsafe_b64decode(letters + "=" * (-len(letters) % 4))


@dataclass
class SoftwareKey:
    """One key, for one site. `unlocked`: its owner showed it a finger or a code."""

    origin: str = "http://localhost"
    name: str = "localhost"
    unlocked: bool = True
    counted: int = 0
    id: bytes = field(default_factory=lambda: os.urandom(32))
    owner: str = ""
    key: ec.EllipticCurvePrivateKey = field(default_factory=lambda: ec.generate_private_key(ec.SECP256R1()))

    def make(self, options: dict[str, Any]) -> str:
        """What `navigator.credentials.create` answers."""
        assert options["rp"]["id"] == self.name and {each["alg"] for each in options["pubKeyCredParams"]} & {-7}
        self.owner = options["user"]["id"]
        numbers = self.key.public_key().public_numbers()
        public = encode_cbor({1: 2, 3: -7, -1: 1, -2: numbers.x.to_bytes(32, "big"), -3: numbers.y.to_bytes(32, "big")})
        data = self._data(ATTESTED) + bytes(16) + struct.pack(">H", len(self.id)) + self.id + public
        told = encode_cbor({"fmt": "none", "attStmt": {}, "authData": data})
        return self._answer({"attestationObject": text(told), "clientDataJSON": text(self._client("create", options))})

    def sign(self, options: dict[str, Any], **wrong: Any) -> str:
        """What `navigator.credentials.get` answers."""
        self.counted += 1
        client, data = self._client("get", options), self._data()
        signature = self.key.sign(data + sha256(client).digest(), ec.ECDSA(SHA256()))
        return self._answer({
            "authenticatorData": text(data), "clientDataJSON": text(client), "signature": text(signature),
            "userHandle": self.owner, **wrong,
        })  # fmt: skip

    def _data(self, more: int = 0) -> bytes:
        flags = PRESENT | more | (VERIFIED if self.unlocked else 0)
        return sha256(self.name.encode()).digest() + bytes([flags]) + struct.pack(">I", self.counted)

    def _client(self, what: str, options: dict[str, Any]) -> bytes:
        told = {"type": f"webauthn.{what}", "challenge": options["challenge"], "origin": self.origin, "crossOrigin": False}
        return json.dumps(told).encode()

    def _answer(self, response: dict[str, str]) -> str:
        return json.dumps({"id": text(self.id), "rawId": text(self.id), "type": "public-key", "response": response,
                           "clientExtensionResults": {}})  # fmt: skip
