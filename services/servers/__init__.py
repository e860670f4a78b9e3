"""The servers that Suivi brings along, for a home that is given no other: `with embedded(home) as server:
server.url`."""

from services.servers.binaries import binary
from services.servers.postgres import Server, discard, embedded

__all__ = ["Server", "binary", "discard", "embedded"]
