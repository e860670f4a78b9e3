"""A file as someone hands it in: its name made harmless, its size limited, its type read in its content."""

from __future__ import annotations

import re
import unicodedata
from hashlib import sha256

from msgspec import Struct

from domain.attachments import File
from domain.errors import Invalid
from services.attachments.media import media_type

LARGEST = 25 * 2**20  # bytes of a content, as `services/sql/004_attachments.sql` has it
LONGEST = 200  # characters of a name
MOST_BYTES = 240  # of a name in UTF-8: file systems take 255
MEGABYTES = LARGEST // 2**20
NAMELESS = "fichier"

_APART = re.compile(r"[/\\]")
_BLANKS = re.compile(r"\s+")
_RESERVED = re.compile('[<>:"|?*]')  # what some file systems refuse in a name
_UNSEEN = frozenset({"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"})  # controls, overrides of direction, halves, line ends


class FileNeeded(Invalid):
    """A file is attached by its content: with suivi act {ref} attach --set file=PATH, or sent to the server. Nothing was recorded."""  # noqa: E501 - one sentence


class FileEmpty(Invalid):
    """“{name}” is empty: there is nothing to attach. Nothing was recorded."""


class FileTooLarge(Invalid):
    """A file has {most} MB at most. Nothing was recorded."""


class Upload(Struct, frozen=True):
    """A file with its content, on its way in."""

    file: File
    content: bytes

    @property
    def proof(self) -> Upload:
        """The same without the content, which its SHA-256 stands for."""
        return Upload(self.file, b"")


def upload(name: str, content: bytes) -> Upload:
    """The file as it will be recorded. Raises `FileEmpty`, `FileTooLarge`."""
    name = clean(name)
    if not content:
        raise FileEmpty(name=name)
    if len(content) > LARGEST:
        raise FileTooLarge(most=MEGABYTES)
    return Upload(File(sha256(content).hexdigest(), name, len(content), media_type(content)), content)


def clean(name: str) -> str:
    """A name that is one, and nothing else: no folder, no character that cannot be seen, no end that a system drops.
    One that is too long keeps its beginning and its extension."""
    last = _APART.split(unicodedata.normalize("NFC", name))[-1]
    seen = "".join(" " if each.isspace() else each for each in last if each.isspace() or _seen(each))
    kept = _BLANKS.sub(" ", _RESERVED.sub("_", seen)).strip(" ").rstrip(". ")
    kept = _shortened(kept) if kept.strip("._ ") else NAMELESS
    return kept


def _seen(each: str) -> bool:
    return unicodedata.category(each) not in _UNSEEN


def _shortened(name: str) -> str:
    stem, dot, extension = name.rpartition(".")
    if not stem or len(extension) > 10:
        stem, dot, extension = name, "", ""
    ending = dot + extension
    while len(stem + ending) > LONGEST or len((stem + ending).encode()) > MOST_BYTES:
        stem = stem[:-1]
    return stem.rstrip(". ") + ending
