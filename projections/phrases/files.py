"""Files in words: what one is, by its media type, and how large."""

from __future__ import annotations

from domain.media import EXTENSIONS, TEXT, UNKNOWN
from projections.phrases.catalogue import N_, plural, say

_WORDS = {
    "message/rfc822": N_("e-mail"),
    "application/x-msdownload": N_("program for Windows"),
    "application/x-executable": N_("program"),
    "text/html": N_("web page"),
    "text/calendar": N_("calendar"),
    "text/vcard": N_("address card"),
    TEXT: N_("text"),
    UNKNOWN: N_("unknown type"),
}


_PROGRAMS = {
    "application/msword": "Word", "application/vnd.ms-excel": "Excel", "application/vnd.ms-powerpoint": "PowerPoint",
    "application/vnd.ms-outlook": "Outlook",
}  # fmt: skip


def type_word(type: str, lang: str) -> str:
    """« PDF », « Word », « texte »; a type without a word here is written as it is."""
    if type in _WORDS:
        return say(_WORDS[type], lang)
    if type in _PROGRAMS:
        return _PROGRAMS[type]
    return EXTENSIONS[type].split()[0].upper() if EXTENSIONS.get(type) else type


def size_words(size: int, lang: str) -> str:
    """« 812 octets », « 120 ko », « 1,2 Mo »: in thousands, rounded up."""
    if size < 1000:
        return plural("{n} byte", "{n} bytes", size, lang)
    if size < 1_000_000:
        return say(N_("{size} kB"), lang, size=-(-size // 1000))
    tenths = -(-size // 100_000)
    return say(N_("{size} MB"), lang, size=tenths // 10 if tenths % 10 == 0 else tenths / 10)
