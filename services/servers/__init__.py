"""The servers that Suivi brings along, for a home that is given no other: `with embedded(home) as server:
server.url`."""

from services.servers.binaries import binary
from services.servers.postgres import Server, embedded
from services.servers.reaching import reach
from services.servers.together import discard, stop_unused
from services.servers.valkey import Broker, broker

__all__ = ["Broker", "Server", "binary", "broker", "discard", "embedded", "reach", "stop_unused"]
