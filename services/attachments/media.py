"""What a file is, by its content alone. A short table of what offices exchange, rather than a thousand signatures of
which some have two letters (docs/adr/0013-attachments.md)."""

from __future__ import annotations

import re
import struct
from collections.abc import Iterator

from domain.media import OPEN_DOCUMENT, OPEN_XML, TEXT, UNKNOWN

HEAD = 64 * 2**10  # bytes of a text that are looked at
NAMES = 2000  # members of a zip that are looked at

_BEGINNINGS: tuple[tuple[bytes, str], ...] = (
    (b"\x89PNG\r\n\x1a\n", "image/png"),
    (b"\xff\xd8\xff", "image/jpeg"),
    (b"GIF87a", "image/gif"),
    (b"GIF89a", "image/gif"),
    (b"II*\0", "image/tiff"),
    (b"MM\0*", "image/tiff"),
    (b"{\\rtf", "application/rtf"),
    (b"ID3", "audio/mpeg"),
    (b"OggS", "audio/ogg"),
    (b"\x1aE\xdf\xa3", "video/webm"),
    (b"\x1f\x8b\x08", "application/gzip"),
    (b"7z\xbc\xaf\x27\x1c", "application/x-7z-compressed"),
    (b"Rar!\x1a\x07", "application/vnd.rar"),
    (b"\x7fELF", "application/x-executable"),
)
_RIFF = {b"WEBP": "image/webp", b"WAVE": "audio/wav"}
_BRANDS = {b"heic": "image/heic", b"heix": "image/heic", b"mif1": "image/heic", b"M4A ": "audio/mp4"}
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_STREAMS = (
    ("WordDocument", "application/msword"), ("Workbook", "application/vnd.ms-excel"),
    ("PowerPoint Document", "application/vnd.ms-powerpoint"), ("__properties_version1.0", "application/vnd.ms-outlook"),
)  # fmt: skip
_OFFICE = {"word/": "wordprocessingml.document", "xl/": "spreadsheetml.sheet", "ppt/": "presentationml.presentation"}
_OPEN_DOCUMENT = re.compile(rb"mimetype(" + re.escape(OPEN_DOCUMENT.encode()) + rb"(?:text|spreadsheet|presentation))")
_ENTRY = struct.Struct("<4s24xHHH12x")  # of a zip's central directory: signature, lengths of name, extra and comment

_HEADER = re.compile(r"(?:[!-9;-~]+:.*\n(?:[ \t].*\n)*)+")
_OF_MAIL = re.compile(r"^(?:from|date|subject|to|message-id|received|return-path):", re.IGNORECASE | re.MULTILINE)
_UNPRINTED = re.compile("[\x00-\x08\x0b\x0e-\x1a\x1c-\x1f\x7f]")
_MARKUP = (
    (re.compile(r"<!doctype html|<html[\s>]", re.IGNORECASE), "text/html"),
    (re.compile(r"<svg[\s>]", re.IGNORECASE), "image/svg+xml"),
    (re.compile(r"<\?xml\s"), "text/xml"),
)


def media_type(content: bytes) -> str:
    """The media type; `application/octet-stream` of what is not known here."""
    for beginning, type in _BEGINNINGS:
        if content.startswith(beginning):
            return type
    if b"%PDF-" in content[:1024]:
        return "application/pdf"
    return _in_parts(content) or _of_text(content) or UNKNOWN


def _in_parts(content: bytes) -> str | None:
    """Formats that hold others, told by what they hold."""
    if content[:4] in (b"PK\x03\x04", b"PK\x05\x06"):
        return _of_zip(content)
    if content.startswith(_OLE):
        held = (type for name, type in _STREAMS if name.encode("utf-16-le") in content)
        return next(held, "application/x-ole-storage")
    if content.startswith(b"RIFF"):
        return _RIFF.get(content[8:12])
    if content[4:8] == b"ftyp":
        return _BRANDS.get(content[8:12], "video/mp4")
    if content.startswith(b"BM") and content[2:6] == struct.pack("<I", len(content)):
        return "image/bmp"
    if content.startswith(b"MZ") and _is_program(content):
        return "application/x-msdownload"
    return "audio/mpeg" if content[:2] in (b"\xff\xfb", b"\xff\xf3", b"\xff\xf2") else None


def _is_program(content: bytes) -> bool:
    at = int.from_bytes(content[60:64], "little")
    return content[at : at + 4] == b"PE\0\0"


def _of_zip(content: bytes) -> str:
    """By the names of its members, as its directory lists them; nothing is unpacked."""
    if found := _OPEN_DOCUMENT.search(content, 0, 200):
        return found[1].decode()
    names = set(_names(content))
    if "[Content_Types].xml" in names:
        for folder, kind in _OFFICE.items():
            if any(name.startswith(folder) for name in names):
                return OPEN_XML + kind
    return "application/zip"


def _names(content: bytes) -> Iterator[str]:
    end = content.rfind(b"PK\x05\x06")
    at = int.from_bytes(content[end + 16 : end + 20], "little") if end >= 0 else len(content)
    for _ in range(NAMES):
        if at + 46 > len(content) or content[at : at + 4] != b"PK\x01\x02":
            return
        name, extra, comment = _ENTRY.unpack_from(content, at)[1:]
        yield content[at + 46 : at + 46 + name].decode("utf-8", "replace")
        at += 46 + name + extra + comment


def _of_text(content: bytes) -> str | None:
    """What can be read: markup, a mail, a calendar, a card, or plain text; null for anything else."""
    text = _read(content[:HEAD])
    if text is None:
        return None
    begins = text.lstrip()[:1024]
    if begins.startswith("<"):
        return next((type for pattern, type in _MARKUP if pattern.search(begins)), TEXT)
    for word, type in (("BEGIN:VCALENDAR", "text/calendar"), ("BEGIN:VCARD", "text/vcard")):
        if begins.upper().startswith(word):
            return type
    return "message/rfc822" if _is_mail(text) else TEXT


def _read(head: bytes) -> str | None:
    """As UTF-8 or UTF-16 by its mark, else as the Windows of the West; null where signs are that no text has."""
    if head.startswith((b"\xff\xfe", b"\xfe\xff")):
        text = head[: len(head) // 2 * 2].decode("utf-16", "replace")
    else:
        try:
            text = head.decode("utf-8-sig", "strict" if len(head) < HEAD else "ignore")
        except UnicodeDecodeError:
            text = head.decode("cp1252", "replace")
    return None if _UNPRINTED.search(text) or "\ufffd" in text else text


def _is_mail(text: str) -> bool:
    """Headers come first, and two of them at least are a mail's."""
    header = _HEADER.match(text.replace("\r\n", "\n"))
    return header is not None and len(_OF_MAIL.findall(header[0])) >= 2
