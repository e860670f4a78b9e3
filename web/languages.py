"""The language in which a request is answered."""

from __future__ import annotations

from starlette.requests import HTTPConnection

from services.settings import Lang

NAMES: dict[Lang, str] = {"fr": "fr-CA", "en": "en-CA"}
LONGEST = 200  # characters of Accept-Language that are looked at


def language(request: HTTPConnection) -> Lang:
    """The first that is asked for of French and English (RFC 9110, 12.5.4); French by default."""
    wanted: list[tuple[float, int, Lang]] = []
    for place, item in enumerate(request.headers.get("accept-language", "")[:LONGEST].split(",")):
        tag, _, quality = item.partition(";")
        match tag.strip().lower().partition("-")[0]:
            case "fr" | "en" as lang:
                wanted.append((-_weight(quality), place, lang))
    return min(wanted)[2] if wanted else "fr"


def _weight(quality: str) -> float:
    try:
        return float(quality.strip().removeprefix("q="))
    except ValueError:
        return 1.0
