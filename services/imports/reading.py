"""A file read into text: UTF-8 only, so that no accent is ever guessed; of a table that a spreadsheet saved, Windows-1252
as well. Everything else is refused with a sentence."""

from __future__ import annotations

import hashlib
import os
import re
import stat
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from services.imports import notices

LIMIT = 20  # megabytes
LIMIT_BYTES = LIMIT * 1_000_000
_NEWLINE = re.compile(r"\r\n|\r|\n")
_WIDE_MARKS = (b"\xff\xfe", b"\xfe\xff", b"\x00\x00\xfe\xff")
_DAMAGE = re.compile("Ã[\u0080-\u00bf€‚ƒ„…†‡ˆ‰Š‹ŒŽ‘’“”•–—˜™š›œžŸ]|â€[™œ“”\u009d]")
_DAMAGE_IS_SURE = 3
_INVISIBLE = "\ufeff\u200b\u200c\u200d\u2060\f\v\x1a"

_MAGIC: tuple[tuple[bytes, str], ...] = (
    (b"%PDF-", "PDF"),
    (b"{\\rtf", "RTF"),
    (b"\xd0\xcf\x11\xe0", "Microsoft Office 97-2003"),
    (b"\x89PNG", "image PNG"),
    (b"\xff\xd8\xff", "image JPEG"),
    (b"GIF8", "image GIF"),
    (b"II*\x00", "image TIFF"),
    (b"MM\x00*", "image TIFF"),
    (b"\x1f\x8b", "GZIP"),
    (b"7z\xbc\xaf", "7-Zip"),
)
_INSIDE_ZIP: tuple[tuple[bytes, str], ...] = (
    (b"word/", "Word (DOCX)"),
    (b"xl/", "Excel (XLSX)"),
    (b"ppt/", "PowerPoint (PPTX)"),
    (b"opendocument.text", "LibreOffice (ODT)"),
    (b"opendocument.spreadsheet", "LibreOffice (ODS)"),
)


@dataclass(frozen=True)
class Source:
    """A text with its name and fingerprint. `lines[0]` is line 1; form feeds are left in place, a BOM is
    not; letters and their accents are one character (NFC), as some systems write two."""

    name: str
    sha256: str
    text: str
    lines: tuple[str, ...]
    rows: tuple[tuple[int, list[str]], ...] | None = None
    """The cells that its format tells apart, by row with its line; null where only the text does."""


def read(path: Path) -> Source:
    """The text of `path`. Raises a subclass of `Invalid` that says what would be accepted."""
    return decode(*file_content(path))


def file_content(path: Path) -> tuple[str, bytes]:
    """The name and the bytes of a file. Raises a subclass of `Invalid`."""
    name = os.fsencode(path.name or str(path)).decode("utf-8", "replace")
    return name, _bytes(path, name)


def decode(name: str, data: bytes, read_text: Callable[[str, bytes], str] | None = None) -> Source:
    """The same of bytes that came by another road."""
    if len(data) > LIMIT_BYTES:
        raise notices.TooLarge(name=name, limit=LIMIT)
    _refuse_other_formats(name, data)
    text = (read_text or _utf8)(name, data)
    if not text.strip(_INVISIBLE + " \t\r\n\u00a0"):
        raise notices.EmptyFile(name=name)
    _refuse_damage(name, text)
    text = unicodedata.normalize("NFC", text)
    return Source(name, hashlib.sha256(data).hexdigest(), text, lines_of(text))


def lines_of(text: str) -> tuple[str, ...]:
    """The lines of a text, whatever ends them."""
    return tuple(_NEWLINE.split(text))


def _bytes(path: Path, name: str) -> bytes:
    try:
        status = path.stat()
        if stat.S_ISDIR(status.st_mode):
            raise notices.FolderGiven(name=name)
        if not stat.S_ISREG(status.st_mode):
            raise notices.NotAFile(name=name)
        if status.st_size > LIMIT_BYTES:
            raise notices.TooLarge(name=name, limit=LIMIT)
        with path.open("rb") as file:
            return file.read(LIMIT_BYTES + 1)
    except (FileNotFoundError, NotADirectoryError) as error:
        raise notices.FileMissing(name=name) from error
    except PermissionError as error:
        raise notices.NotAllowedToRead(name=name) from error


def _refuse_other_formats(name: str, data: bytes) -> None:
    kind = _format(data)
    if kind:
        raise notices.OtherFormat(name=name, kind=kind)
    if data.startswith(_WIDE_MARKS) or _looks_wide(data[:4096]):
        raise notices.WideEncoding(name=name)
    nul = data.find(b"\0")
    if nul >= 0:
        raise notices.BinaryFile(name=name, line=_position(data[:nul])[0])


def _format(data: bytes) -> str | None:
    """The kind of a file by its first bytes; the names are the same in both languages."""
    head = data[:1024]
    if head.startswith(b"PK\x03\x04"):
        return next((kind for mark, kind in _INSIDE_ZIP if mark in data), "ZIP")
    if head.startswith(b"RIFF") and head[8:12] == b"WEBP":
        return "image WebP"
    if head[4:8] == b"ftyp":
        return "image HEIC"
    start = head.removeprefix(b"\xef\xbb\xbf").lstrip().lower()
    if start.startswith((b"<!doctype html", b"<html")) or (start.startswith(b"<?xml") and b"<html" in start):
        return "HTML"
    if b"%PDF-" in head:
        return "PDF"
    return next((kind for mark, kind in _MAGIC if head.startswith(mark)), None)


def _looks_wide(head: bytes) -> bool:
    """Whether every second byte is mostly NUL, as Latin letters are in UTF-16 and UTF-32."""
    half = len(head) // 2
    zeros = sorted((head[0::2].count(0), head[1::2].count(0)))
    return half > 0 and zeros[1] > 0.7 * half and (zeros[0] < 0.1 * half or 0.4 * half < zeros[0] < 0.9 * half)


def _utf8(name: str, data: bytes) -> str:
    body = data.removeprefix(b"\xef\xbb\xbf")
    try:
        return body.decode("utf-8")
    except UnicodeDecodeError as error:
        line, column = _position(body[: error.start])
        raise notices.NotUtf8(name=name, line=line, column=column) from error


def read_table(name: str, data: bytes) -> str:
    """Bytes that are not UTF-8 are Windows-1252, unless that does not know them either."""
    try:
        return _utf8(name, data)
    except notices.NotUtf8:
        try:
            return data.decode("cp1252")
        except UnicodeDecodeError as error:
            line, column = _position(data[: error.start].decode("cp1252", "replace").encode())
            raise notices.NotUtf8(name=name, line=line, column=column) from error


def _position(before: bytes) -> tuple[int, int]:
    """Line and column, from 1 and in characters, of what follows these bytes."""
    lines = _NEWLINE.split(before.decode("utf-8", "replace"))
    return len(lines), len(lines[-1]) + 1


def _refuse_damage(name: str, text: str) -> None:
    """UTF-8 read as Windows-1252 and saved again: “Ã©” for “é”."""
    found = [match for match, _ in zip(_DAMAGE.finditer(text), range(_DAMAGE_IS_SURE), strict=False)]
    if len(found) == _DAMAGE_IS_SURE:
        line, column = _position(text[: found[0].start()].encode())
        raise notices.Garbled(name=name, line=line, column=column)
