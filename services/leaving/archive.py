"""The archive: one file of a zip after the other, each with its fingerprint; tables wait on the disk until all is read."""

from __future__ import annotations

import csv
import json
import re
from collections.abc import Iterable, Iterator, Mapping
from contextlib import ExitStack
from datetime import datetime
from hashlib import sha256
from io import TextIOWrapper
from pathlib import PurePath
from tempfile import SpooledTemporaryFile, TemporaryFile
from typing import Any, BinaryIO
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

import psycopg

from domain.values import Lang
from services.attachments.contents import Attached, ContentDamaged, pieces
from services.leaving.tables import REFS, TABLES, Table, cell
from services.spreadsheet import harmless

PIECE = 1 << 16  # bytes
LONGEST, KIND = 100, 10  # letters of the name of a file, and of its ending
MOST = 240  # bytes of that name, of the 255 that a disk takes
SUMS = "SHA256SUMS"
SEPARATORS: Mapping[Lang, str] = {"fr": ";", "en": ","}
_UNFIT = re.compile(r'[\x00-\x1f\\/:*?"<>|]+')


class Rows:
    """A table on its way, in a file of its own; `count`: how many rows it has."""

    def __init__(self, table: Table, separator: str) -> None:
        self.table, self.count = table, 0
        self._file = TemporaryFile()  # noqa: SIM115 - closed with its text
        self._text = TextIOWrapper(self._file, encoding="utf-8-sig", newline="")
        self._writer = csv.writer(self._text, delimiter=separator)
        self._writer.writerow(table.columns)

    def add(self, row: Mapping[str, Any]) -> None:
        """One more, by the names of its columns. No cell can become a formula."""
        told = (cell(row[name], "ref" if name in REFS else "name") for name in self.table.columns)
        self._writer.writerow(map(harmless, told))
        self.count += 1

    def pieces(self) -> Iterator[bytes]:
        """The whole of it."""
        self._text.flush()
        self._file.seek(0)
        while piece := self._file.read(PIECE):
            yield piece

    def close(self) -> None:
        """Gives up its file."""
        self._text.close()


class Archive:
    """An archive on its way. `files`: how many contents it holds; `damaged`: the names of those that it does not."""

    def __init__(self, out: BinaryIO, now: datetime, lang: Lang) -> None:
        self.now, self.lang = now, lang
        self._zip = ZipFile(out, "w", ZIP_DEFLATED)
        self._rows = {name: Rows(table, SEPARATORS[lang]) for name, table in TABLES.items()}
        self._sums = TemporaryFile()  # noqa: SIM115 - closed with the archive
        self.files, self.damaged = 0, list[str]()

    def __enter__(self) -> Archive:
        return self

    def __exit__(self, *_: object) -> None:
        with ExitStack() as stack:
            for rows in self._rows.values():
                stack.callback(rows.close)
            stack.callback(self._sums.close)
            stack.callback(self._zip.close)

    def row(self, table: str, row: Mapping[str, Any]) -> None:
        """One more row of a table."""
        self._rows[table].add(row)

    def keep(self, connection: psycopg.Connection, ref: str, file: Attached) -> str:
        """Puts a content in, once it proved to be what was attached. Its place; none where it is damaged."""
        with SpooledTemporaryFile(PIECE) as read:
            try:
                read.writelines(pieces(connection, file))
            except ContentDamaged:
                self.damaged.append(file.event.name)
                return ""
            read.seek(0)
            place = f"files/{fit(ref)}/{file.version}-{fit(file.event.name)}"
            self.add(place, iter(lambda: read.read(PIECE), b""))
        self.files += 1
        return place

    def tables(self) -> dict[str, int]:
        """Puts the tables in; name -> how many rows each has."""
        for name, rows in self._rows.items():
            self.add(f"{name}.csv", rows.pieces())
        return {name: rows.count for name, rows in self._rows.items()}

    def document(self, place: str, content: Any) -> None:
        """Puts in a JSON document."""
        self.add(place, [json.dumps(content, ensure_ascii=False, indent=1).encode() + b"\n"])

    def seal(self) -> None:
        """Ends with the fingerprint of each file, as `sha256sum --check` reads them."""
        self._sums.seek(0)
        self.add(SUMS, iter(lambda: self._sums.read(PIECE), b""), summed=False)

    def add(self, place: str, content: Iterable[bytes], summed: bool = True) -> None:
        """Puts a file in, piece by piece."""
        info = ZipInfo(place, self.now.timetuple()[:6])
        info.compress_type, info.external_attr = ZIP_DEFLATED, 0o644 << 16
        found = sha256()
        with self._zip.open(info, "w", force_zip64=True) as entry:
            for piece in content:
                found.update(piece)
                entry.write(piece)
        if summed:
            self._sums.write(f"{found.hexdigest()}  {place}\n".encode())


def fit(name: str) -> str:
    """A name that every system takes; of a long one the end goes, but for what says what it is."""
    plain = _UNFIT.sub("-", name).strip(" .") or "-"
    if len(plain) <= LONGEST and len(plain.encode()) <= MOST:
        return plain
    kind = PurePath(plain).suffix[:KIND]
    begun = plain[: LONGEST - len(kind)].encode()[: MOST - len(kind.encode())]
    return begun.decode(errors="ignore") + kind
