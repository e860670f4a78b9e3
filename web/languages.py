"""The language in which a request is answered."""

from __future__ import annotations

import re

from starlette.requests import HTTPConnection

from services.settings import Lang

NAMES: dict[Lang, str] = {"fr": "fr-CA", "en": "en-CA"}
_QUALITY = re.compile(r"q=([01](?:\.[0-9]{0,3})?)")
LONGEST = 200  # characters of Accept-Language that are looked at


def language(request: HTTPConnection) -> Lang:
    """The first that is asked for of French and English (RFC 9110, 12.5.4); French by default."""
    wanted: list[tuple[float, int, Lang]] = []
    for place, item in enumerate(request.headers.get("accept-language", "")[:LONGEST].split(",")):
        tag, _, quality = item.partition(";")
        match tag.strip().lower().partition("-")[0]:
            case "fr" | "en" as lang if weight := _weight(quality):
                wanted.append((-weight, place, lang))
    return min(wanted)[2] if wanted else "fr"


def _weight(quality: str) -> float:
    """From 0, not wanted, to 1, also where none can be read."""
    found = _QUALITY.fullmatch(quality.strip())
    return float(found[1]) if found else 1.0
