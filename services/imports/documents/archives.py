"""Files made of files (DOCX, XLSX), opened within limits. Nothing is written anywhere, and no definition of type is read."""

from __future__ import annotations

import re
import stat
import zipfile
import zlib
from io import BytesIO
from typing import Any

from lxml import etree  # type: ignore[import-untyped]

from services.imports.documents.layout import Refusal

MOST_MEMBERS = 200
MOST_BYTES = 50 * 2**20
MOST_RATIO = 100
SMALL = 2**20  # bytes: no ratio is asked of what is no larger
_DEFINES = re.compile(rb"<!\s*(?:DOCTYPE|ENTITY)", re.IGNORECASE)
_ENCODING = re.compile(rb"""^\s*<\?xml[^>]{0,200}?encoding\s*=\s*["']([A-Za-z0-9._-]{1,40})""")
_KNOWN = {b"utf-8", b"us-ascii", b"ascii", b"iso-8859-1", b"windows-1252"}


class Archive:
    """The members of a file, by their names."""

    def __init__(self, content: bytes) -> None:
        try:
            self._zip = zipfile.ZipFile(BytesIO(content))
            self._check(self._zip.infolist(), len(content))
        except (zipfile.BadZipFile, ValueError, OverflowError, NotImplementedError) as error:
            raise Refusal("damaged") from error
        self._names = {each.filename: each for each in self._zip.infolist()}
        self._left = MOST_BYTES

    @staticmethod
    def _check(members: list[zipfile.ZipInfo], size: int) -> None:
        if len(members) > MOST_MEMBERS:
            raise Refusal("members", most=MOST_MEMBERS)
        for each in members:
            name = each.filename.replace("\\", "/")
            if name.startswith("/") or ".." in name.split("/") or ":" in name.split("/")[0]:
                raise Refusal("outside")
            if stat.S_ISLNK(each.external_attr >> 16) or each.flag_bits & 0x1:
                raise Refusal("links" if not each.flag_bits & 0x1 else "locked")
            if each.file_size > SMALL and each.file_size > MOST_RATIO * max(each.compress_size, 1):
                raise Refusal("bomb")
        if len({each.filename for each in members}) < len(members):
            raise Refusal("damaged")
        whole = sum(each.file_size for each in members)
        if whole > MOST_BYTES or (whole > SMALL and whole > MOST_RATIO * size):
            raise Refusal("bomb")

    def __contains__(self, name: str) -> bool:
        return name in self._names

    def names(self) -> list[str]:
        return list(self._names)

    def read(self, name: str) -> bytes:
        """The bytes of a member, counted as they come: what a file says of its own sizes is not believed."""
        try:
            with self._zip.open(self._names[name]) as member:
                content = member.read(self._left + 1)
        except (zipfile.BadZipFile, zlib.error, EOFError, ValueError, NotImplementedError, RuntimeError) as error:
            raise Refusal("damaged") from error
        self._left -= len(content)
        if self._left < 0:
            raise Refusal("bomb")
        return content

    def tree(self, name: str) -> Any:
        """A member that is XML, as a tree; none if it is not there."""
        return parse(self.read(name)) if name in self._names else None


def refuse_definitions(content: bytes) -> None:
    """Refuses XML that defines types or entities, in whatever encoding it says so."""
    head = content[:4]
    if b"\0" in head or head[:2] in (b"\xff\xfe", b"\xfe\xff"):
        content = content.decode("utf-16", "ignore").encode()
    else:
        said = _ENCODING.match(content.removeprefix(b"\xef\xbb\xbf"))
        if said and said[1].lower() not in _KNOWN:
            raise Refusal("damaged")
    if _DEFINES.search(content):
        raise Refusal("entities")


def parse(content: bytes) -> Any:
    """XML without definitions, entities or network."""
    refuse_definitions(content)
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False, remove_comments=True, remove_pis=True
    )
    try:
        return etree.fromstring(content, parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        raise Refusal("damaged") from error
