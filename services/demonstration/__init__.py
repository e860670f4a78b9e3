"""The demonstration: an assembly to look at, loaded once, under a key of its own."""

from services.demonstration.loading import KEY, STANDS_AT, Loaded, load

__all__ = ["KEY", "STANDS_AT", "Loaded", "load"]
