"""Chapters that were laid out apart, written as one tagged PDF: their pages one after the other, under one structure, one
outline and one description.

Each is copied as it comes, its objects under other numbers; only what they share is written anew, at the end. This reads
what our own page becomes when Typst sets it, and raises at whatever it does not know."""

from __future__ import annotations

import hashlib
import re
from array import array
from base64 import b64encode
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise
from typing import BinaryIO

HEADER = b"%PDF-1.7\n%\x80\x80\x80\x80\n\n"
PAGES, TREE, DOCUMENT, OUTLINES, CATALOGUE, INFO, METADATA = range(1, 8)  # the numbers of what chapters share
FREE = 8

_REF = re.compile(rb"\b(\d+) 0 R\b")
_PAREN = re.compile(rb"\\.|[()]", re.DOTALL)
_END = re.compile(rb"xref\n0 \d+\n(.*)trailer\n<</Size \d+/Root (\d+) 0 R/Info (\d+) 0 R/ID\[\(([^()]+)\)\([^()]+\)\]>>"
                  rb"\nstartxref\n\d+\n%%EOF\s*", re.DOTALL)  # fmt: skip
_CATALOGUE = re.compile(rb"<</Type/Catalog/Pages (\d+) 0 R/Metadata (\d+) 0 R/Lang\(\)/StructTreeRoot (\d+) 0 R"
                        rb"/MarkInfo<<[^<>]*>>/ViewerPreferences<<[^<>]*>>/Outlines (\d+) 0 R>>")  # fmt: skip
_TREE = re.compile(rb"<</Type/StructTreeRoot(/RoleMap<<[^<>]*>>)/K\[(\d+) 0 R\]/ParentTree<</Nums\[([^\]]*)\]>>"
                   rb"(?:/IDTree<</Names\[([^\]]*)\]>>)?/ParentTreeNextKey (\d+)>>")  # fmt: skip
_DOCUMENT = re.compile(rb"<</Type/StructElem/S/Document/P \d+ 0 R/K\[([^\[\]]*)\]>>")
_PAGES = re.compile(rb"<</Type/Pages/Count \d+/Kids\[([^\[\]]*)\]>>")
_OUTLINES = re.compile(rb"<</Type/Outlines/First (\d+) 0 R/Last \d+ 0 R/Count \d+>>")
_METADATA = re.compile(rb"<</Length \d+/Type/Metadata/Subtype/XML>>")
_EMPTY = re.compile(rb"<</Type/StructElem/S/H\d/P \d+ 0 R/T\S*/K\[\]>>")
_IN_OUTLINE = re.compile(rb"/(First|Next|Dest) (\d+) 0 R")
_KEY = re.compile(rb"\((U\d+x\d+y\d+)\)")  # of the head of a table, in one chapter
_CELL = (b"<</Type/StructElem/S/TH/", b"<</Type/StructElem/S/TD/")


class NotJoined(Exception):
    """A chapter is not made as was expected: {0}."""


@dataclass(frozen=True)
class Entry:
    """A line of the outline: how deep, from 1; its title and the number of where it leads, as in the file."""

    depth: int
    title: bytes
    leads: int


class Chapter:
    """The objects of one PDF, and those of them that every PDF has once."""

    def __init__(self, content: bytes) -> None:
        end = _found(_END, content[content.rindex(b"xref\n0 ") :])
        offsets = [int(line[:10]) for line in end[1].splitlines()[1:]]
        until = dict(pairwise([*sorted(offsets), content.rindex(b"xref\n0 ")]))
        self._objects = [content[at : until[at]].strip() for at in offsets]
        self.root, self.info, self.id = int(end[2]), int(end[3]), end[4]
        pages, metadata, tree, outlines = map(int, _found(_CATALOGUE, _bare(self.body(self.root))).groups())
        self.roles, document, self.parents, keys, self.pages_told = _found(_TREE, self.body(tree)).groups()
        self.keys = [(key, int(leads)) for key, leads in re.findall(rb"\((\w+)\)(\d+) 0 R", keys or b"")]
        self.shared = {pages: PAGES, tree: TREE, int(document): DOCUMENT, outlines: OUTLINES, self.root: CATALOGUE,
                       self.info: INFO, metadata: METADATA}  # fmt: skip
        self.metadata = metadata
        self.pages = _refs(_found(_PAGES, self.body(pages))[1])
        self.elements = _refs(_found(_DOCUMENT, self.body(int(document)))[1])
        self.outline = dict(self._outline(int(_found(_OUTLINES, self.body(outlines))[1]), 1))

    @property
    def numbers(self) -> range:
        """Of all objects."""
        return range(1, len(self._objects) + 1)

    def body(self, number: int) -> bytes:
        """What an object holds."""
        head, tail = b"%d 0 obj\n" % number, b"\nendobj"
        whole = self._objects[number - 1]
        if not (whole.startswith(head) and whole.endswith(tail)):
            raise NotJoined(f"object {number}")
        return whole[len(head) : -len(tail)]

    def _outline(self, number: int | None, depth: int) -> Iterator[tuple[int, Entry]]:
        while number:
            body = self.body(number)
            leads = {key: int(to) for key, to in _IN_OUTLINE.findall(_bare(body))}
            title = body[body.index(b"/Title") + len(b"/Title") : body.rindex(b"/Dest")]
            yield number, Entry(depth, title, leads[b"Dest"])
            yield from self._outline(leads.get(b"First"), depth + 1)
            number = leads.get(b"Next")


class Joined:
    """One PDF of `pages` pages on its way out. What it holds at once is a chapter, and some numbers for each object."""

    def __init__(self, out: BinaryIO, pages: int) -> None:
        self._out, self._all, self._hash, self._at = out, pages, hashlib.sha256(), 0
        self._offsets = array("Q", [0] * FREE)
        self._pages, self._elements = array("L"), array("L")
        self._parents: list[int] = []
        self._keys: list[int] = []
        self._entries: list[Entry] = []
        self._chapters, self._told, self._roles, self._id = 0, 0, b"", b""
        self._metadata = b""
        self._put(HEADER)

    def add(self, content: bytes, within: int) -> None:
        """Adds a chapter. It begins with `within` headings that are empty and stand already before it: they are left out."""
        chapter = Chapter(content)
        if any(not _EMPTY.fullmatch(chapter.body(one)) for one in chapter.elements[:within]):
            raise NotJoined("headings of the chapters before it")
        left_out = {*chapter.shared, *chapter.outline, *chapter.elements[:within]}
        kept = [number for number in chapter.numbers if number not in left_out]
        first = len(self._offsets)
        ids = chapter.shared | {number: first + at for at, number in enumerate(kept)}
        self._offsets.extend([0] * len(kept))
        for number in kept:
            self._object(ids[number], self._moved(chapter.body(number), ids))
        if not self._chapters:
            self._begin(chapter, ids)
        elif chapter.roles != self._roles:
            raise NotJoined("roles")
        self._index(chapter, ids)
        self._pages.extend(ids[one] for one in chapter.pages)
        self._elements.extend(ids[one] for one in chapter.elements[within:])
        entries = list(chapter.outline.values())[within:]
        self._entries += [Entry(one.depth, one.title, ids[one.leads]) for one in entries]
        self._chapters += 1
        self._told += int(chapter.pages_told)

    def end(self) -> None:
        """Writes what the chapters share, and the end of the file."""
        if len(self._pages) != self._all:
            raise NotJoined(f"{len(self._pages)} pages of {self._all}")
        self._object(PAGES, b"<</Type/Pages/Count %d/Kids[%b]>>" % (self._all, _told(self._pages)))
        self._object(DOCUMENT, b"<</Type/StructElem/S/Document/P %d 0 R/K[%b]>>" % (TREE, _told(self._elements)))
        keys = b"/IDTree<</Kids[%b]>>" % _told(self._keys) if self._keys else b""
        self._object(TREE, b"<</Type/StructTreeRoot%b/K[%d 0 R]/ParentTree<</Kids[%b]>>%b/ParentTreeNextKey %d>>"
                     % (self._roles, DOCUMENT, _told(self._parents), keys, self._told))  # fmt: skip
        self._outline()
        instance = b64encode(self._hash.digest()[:16])
        told = re.sub(rb"(<xmpTPg:NPages>)\d+", rb"\g<1>%d" % self._all, self._metadata)
        told = re.sub(rb"(<xmpMM:InstanceID>)[^<]*", rb"\g<1>" + instance, told)
        self._object(METADATA, b"<</Length %d/Type/Metadata/Subtype/XML>>\nstream\n%b\nendstream" % (len(told), told))
        at, count = self._at, len(self._offsets)
        self._put(b"xref\n0 %d\n0000000000 65535 f\r\n" % count)
        for offset in self._offsets[1:]:
            self._put(b"%010d 00000 n\r\n" % offset)
        self._put(b"trailer\n<</Size %d/Root %d 0 R/Info %d 0 R/ID[(%b)(%b)]>>\nstartxref\n%d\n%%%%EOF\n"
                  % (count, CATALOGUE, INFO, self._id, instance, at))  # fmt: skip

    def _begin(self, chapter: Chapter, ids: dict[int, int]) -> None:
        """What the first chapter says of all of them."""
        self._roles, self._id = chapter.roles, chapter.id
        self._object(CATALOGUE, _renumbered(chapter.body(chapter.root), ids))
        self._object(INFO, _renumbered(chapter.body(chapter.info), ids))
        head, _, data = chapter.body(chapter.metadata).partition(b"\nstream\n")
        _found(_METADATA, head)
        self._metadata = data.removesuffix(b"\nendstream")

    def _index(self, chapter: Chapter, ids: dict[int, int]) -> None:
        """The chapter's parts of what finds an element by the content of a page, and the head of a table by its key."""
        parents = re.findall(rb"(\d+) (\d+) 0 R", chapter.parents)
        numbers = b" ".join(b"%d %d 0 R" % (self._told + int(key), ids[int(to)]) for key, to in parents)
        if parents:
            limits = self._told + int(parents[0][0]), self._told + int(parents[-1][0])
            self._parents.append(self._new(b"<</Limits[%d %d]/Nums[%b]>>" % (*limits, numbers)))
        if keys := [(self._key(key), ids[to]) for key, to in chapter.keys]:
            names = b"".join(b"(%b)%d 0 R" % key for key in keys)
            self._keys.append(self._new(b"<</Limits[(%b)(%b)]/Names[%b]>>" % (keys[0][0], keys[-1][0], names)))

    def _moved(self, body: bytes, ids: dict[int, int]) -> bytes:
        """An object of a chapter as it is among all of them."""
        head, stream, data = body.partition(b"\nstream\n")
        if head.startswith(_CELL):
            head = _KEY.sub(lambda key: b"(%b)" % self._key(key[1]), head)
        elif head.startswith(b"<</Type/Page/"):
            head = re.sub(rb"(?<=/StructParents )\d+", lambda key: b"%d" % (self._told + int(key[0])), head)
        elif b"/Type/Annot" in head:
            raise NotJoined("a link")
        return _renumbered(head, ids) + stream + data

    def _key(self, key: bytes) -> bytes:
        return b"C%06d%b" % (self._chapters, key)

    def _outline(self) -> None:
        """The lines of the outline, each closed."""
        first = len(self._offsets)
        self._offsets.extend([0] * len(self._entries))
        tops: list[int] = []
        under: list[list[int]] = [[] for _ in self._entries]
        open_: list[int] = []  # the last one of each depth
        above: list[int | None] = []
        for at, entry in enumerate(self._entries):
            del open_[entry.depth - 1 :]
            above.append(open_[-1] if open_ else None)
            (under[open_[-1]] if open_ else tops).append(at)
            open_.append(at)
        for siblings in (tops, *under):
            for place, at in enumerate(siblings):
                parent = above[at]
                said = [b"/Parent %d 0 R" % (OUTLINES if parent is None else first + parent)]
                said += [b"/Prev %d 0 R" % (first + siblings[place - 1])] if place else []
                said += [b"/Next %d 0 R" % (first + siblings[place + 1])] if place + 1 < len(siblings) else []
                said += [b"/First %d 0 R/Last %d 0 R/Count -%d" % (first + below[0], first + below[-1], len(below))
                         for below in (under[at],) if below]  # fmt: skip
                entry = self._entries[at]
                self._object(first + at, b"<<%b/Title%b/Dest %d 0 R>>" % (b"".join(said), entry.title, entry.leads))
        ends = first + tops[0], first + tops[-1], len(tops)
        self._object(OUTLINES, b"<</Type/Outlines/First %d 0 R/Last %d 0 R/Count %d>>" % ends)

    def _new(self, body: bytes) -> int:
        self._offsets.append(0)
        self._object(len(self._offsets) - 1, body)
        return len(self._offsets) - 1

    def _object(self, number: int, body: bytes) -> None:
        self._offsets[number] = self._at
        self._put(b"%d 0 obj\n%b\nendobj\n" % (number, body))

    def _put(self, data: bytes) -> None:
        self._out.write(data)
        self._hash.update(data)
        self._at += len(data)


def _found(expected: re.Pattern[bytes], said: bytes) -> re.Match[bytes]:
    found = expected.fullmatch(said)
    if not found:
        raise NotJoined(said[:60].decode("latin-1"))
    return found


def _pieces(body: bytes) -> Iterator[tuple[bytes, bytes]]:
    """What stands before each text in parentheses, and that text; whatever it says is no order."""
    at = 0
    while (begin := body.find(b"(", at)) >= 0:
        depth = 0
        for sign in _PAREN.finditer(body, begin):
            depth += {b"(": 1, b")": -1}.get(sign[0], 0)
            if not depth:
                break
        yield body[at:begin], body[begin : sign.end()]
        at = sign.end()
    yield body[at:], b""


def _bare(body: bytes) -> bytes:
    """Without what its texts say."""
    return b"".join(before + (text and b"()") for before, text in _pieces(body))


def _renumbered(body: bytes, ids: dict[int, int]) -> bytes:
    return b"".join(_REF.sub(lambda ref: b"%d 0 R" % ids[int(ref[1])], before) + text for before, text in _pieces(body))


def _refs(said: bytes) -> list[int]:
    return [int(each) for each in _REF.findall(said)]


def _told(numbers: array[int] | list[int]) -> bytes:
    return b" ".join(b"%d 0 R" % number for number in numbers)
