"""Whether a broker that someone else runs answers at its address."""

from __future__ import annotations

import socket
from urllib.parse import urlsplit

from domain.errors import Unavailable

PATIENCE = 5.0  # seconds
PORT = 6379  # of Redis and Valkey, where the address names none


class BrokerAway(Unavailable):
    """The broker of BROKER_URL does not answer ({reason}). Nothing was started. Look at its address, or leave BROKER_URL out: one comes with Suivi."""  # noqa: E501 - one sentence


def reach(url: str) -> None:
    """Raises `BrokerAway` where nobody listens; the address, which may hold a password, is not repeated."""
    parts = urlsplit(url)
    try:
        if parts.scheme.endswith("+socket"):
            with socket.socket(socket.AF_UNIX) as tried:
                tried.settimeout(PATIENCE)
                tried.connect(parts.path)
        else:
            socket.create_connection((parts.hostname, parts.port or PORT), PATIENCE).close()
    except OSError as error:
        raise BrokerAway(reason=error.strerror or type(error).__name__) from error
