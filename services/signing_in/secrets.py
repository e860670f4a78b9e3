"""Secrets that are shown once, and of which the store keeps a hash."""

from __future__ import annotations

import secrets
from hashlib import sha256

BITS = 256


def fresh() -> str:
    """256 random bits, in letters that an address may hold."""
    return secrets.token_urlsafe(BITS // 8)


def hashed(secret: str) -> bytes:
    """The secret holds 256 random bits: a plain hash cannot be guessed backwards."""
    return sha256(secret.encode("utf-8", "surrogateescape")).digest()
