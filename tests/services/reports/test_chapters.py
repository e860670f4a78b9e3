"""A long PDF, laid out chapter by chapter: page for page what it is when it is laid out whole, and tagged as one."""

from __future__ import annotations

import io
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

import pypdfium2
import pytest
from pdfminer.pdfdocument import PDFDocument
from pdfminer.pdfpage import PDFPage
from pdfminer.pdfparser import PDFParser
from pdfminer.pdftypes import PDFObjRef, list_value, resolve1, stream_value
from pdfplumber import open as opened

from services.reports import as_pdf, chapters
from services.reports.chapters import Chapter
from services.reports.joining import Joined, NotJoined
from services.reports.printed import Cell, Heading, Printed, Row, Table, Text
from tests.services.reports.printing import cell, file_of, items, plan, printed, prose, words

SMALL = 4_000  # bytes


def both(monkeypatch: pytest.MonkeyPatch, document: Callable[[], Printed], size: int = SMALL) -> tuple[bytes, bytes]:
    """The document laid out whole, then by chapters."""
    whole = file_of(document(), "pdf")
    monkeypatch.setattr(chapters, "CHAPTER", size)
    parts: list[int] = []
    add = Joined.add

    def added(self: Joined, content: bytes, within: int) -> None:
        parts.append(within)
        add(self, content, within)

    monkeypatch.setattr(Joined, "add", added)
    joined = file_of(document(), "pdf")
    assert len(parts) > 2
    return whole, joined


def pictures(content: bytes) -> list[bytes]:
    """Each page as it is seen."""
    with pypdfium2.PdfDocument(content) as file:
        return [bytes(page.render(scale=0.7).buffer) for page in file]


def outline(content: bytes) -> list[tuple[int, str, int, float]]:
    """Each line of the outline: depth, title, page, and how far up."""
    with pypdfium2.PdfDocument(content) as file:
        return [(one.level, one.get_title(), dest.get_index(), round(dest.get_view()[1][1]))
                for one in file.get_toc() if (dest := one.get_dest())]  # fmt: skip


@dataclass
class Element:
    """One of the structure: its kind, its facts, what it holds (elements, and contents as page and number)."""

    kind: str
    facts: dict[str, Any]
    number: int
    holds: list[Element | tuple[int, int]]

    def all(self) -> Iterator[Element]:
        yield self
        for one in self.holds:
            if isinstance(one, Element):
                yield from one.all()


class Structure:
    """What readers who do not see are given of a file, with what binds it to the pages."""

    def __init__(self, content: bytes) -> None:
        self.file = PDFDocument(PDFParser(io.BytesIO(content)))
        self.pages: dict[Any, PDFPage] = {page.pageid: page for page in PDFPage.create_pages(self.file)}
        self.root = resolve1(self.file.catalog["StructTreeRoot"])
        (document,) = list_value(self.root["K"])
        self.document = self._element(document)
        with opened(io.BytesIO(content)) as seen:
            self.letters: dict[tuple[int, int], str] = {}
            for page, id in zip(seen.pages, self.pages, strict=True):
                for letter in page.chars:
                    if letter["mcid"] is not None:
                        at = id, letter["mcid"]
                        self.letters[at] = self.letters.get(at, "") + letter["text"]

    def _element(self, ref: PDFObjRef) -> Element:
        facts = resolve1(ref)
        holds: list[Element | tuple[int, int]] = []
        for one in list_value(facts["K"]):
            if isinstance(one, PDFObjRef):
                assert resolve1(one)["P"].objid == ref.objid
                holds.append(self._element(one))
            elif isinstance(one, int):
                holds.append((facts["Pg"].objid, one))
            else:
                holds.append((one["Pg"].objid, one["MCID"]))
        return Element(facts["S"].name, facts, ref.objid, holds)

    def told(self) -> list[tuple[str, str]]:
        """Kind and words of each element, in the order in which they are read."""
        return [(each.kind, "".join(self.letters.get(one, "") for one in each.holds if isinstance(one, tuple)))
                for each in self.document.all()]  # fmt: skip

    def of_numbers(self, tree: Any) -> dict[int, list[int]]:
        """From the number of a page to the elements of each of its contents, as the file finds them."""
        found: dict[int, list[int]] = {}
        for kid in tree.get("Kids", [tree]):
            leaf = resolve1(kid)
            pairs = list_value(leaf["Nums"])
            keys = pairs[::2]
            assert keys == sorted(keys) and leaf.get("Limits", [keys[0], keys[-1]]) == [keys[0], keys[-1]]
            found |= {
                key: [one.objid for one in list_value(value)] for key, value in zip(keys, pairs[1::2], strict=True)
            }
        return found

    def of_names(self, tree: Any) -> dict[bytes, int]:
        found: dict[bytes, int] = {}
        names: list[bytes] = []
        for kid in tree.get("Kids", [tree]):
            pairs = list_value(resolve1(kid)["Names"])
            names += pairs[::2]
            found |= {key: value.objid for key, value in zip(pairs[::2], pairs[1::2], strict=True)}
        assert names == sorted(set(names))
        return found


def hangs_together(content: bytes) -> Structure:
    """Checks that all that pages show is either in the structure, once, or set aside; and that each finds the other."""
    read = Structure(content)
    found = read.of_numbers(resolve1(read.root["ParentTree"]))
    owners: dict[tuple[int, int], int] = {}
    for each in read.document.all():
        for one in each.holds:
            if isinstance(one, tuple):
                assert one not in owners
                owners[one] = each.number
    for id, page in read.pages.items():
        data = b"\n".join(stream_value(one).get_data() for one in page.contents)
        marked = {int(one) for one in re.findall(rb"/MCID (\d+)", data)}
        assert marked == {number for on, number in owners if on == id}
        assert all(found[page.attrs["StructParents"]][number] == owners[id, number] for number in marked)
        depth = 0  # nothing is shown outside of what is marked
        for sign in re.findall(
            rb"\b(BDC|BMC|EMC|Tj|TJ)\b", re.sub(rb"\((?:\\.|[^\\()])*\)", b"()", data, flags=re.DOTALL)
        ):
            depth += {b"BDC": 1, b"BMC": 1, b"EMC": -1}.get(sign, 0)
            assert depth > 0 or sign == b"EMC"
    assert len(found) == len(read.pages) and read.root["ParentTreeNextKey"] == len(found)
    return read


def test_pages_are_those_of_the_document_laid_out_whole(monkeypatch: pytest.MonkeyPatch) -> None:
    whole, joined = both(monkeypatch, lambda: prose(30), 6_000)
    assert pictures(joined) == pictures(whole)
    assert outline(joined) == outline(whole) and len(outline(joined)) == 31
    assert hangs_together(joined).told() == hangs_together(whole).told()
    with opened(io.BytesIO(joined)) as file:
        assert [page.extract_text().split()[-3:] for page in file.pages] == [
            [str(n), "de", str(len(file.pages))] for n in range(1, len(file.pages) + 1)
        ]


def test_a_table_goes_on_in_the_next_chapter_with_its_head(monkeypatch: pytest.MonkeyPatch) -> None:
    whole, joined = both(monkeypatch, lambda: plan(60), 6_000)
    assert pictures(joined) == pictures(whole)
    assert outline(joined) == outline(whole)
    one, many = hangs_together(whole), hangs_together(joined)
    cells = [[told for told in each.told() if told[0] in ("TD", "LBody", "P")] for each in (one, many)]
    assert cells[0] == cells[1]
    keys = many.of_names(resolve1(many.root["IDTree"]))
    heads = {each.facts["ID"]: each.number for each in many.document.all() if each.kind == "TH"}
    assert keys == heads
    told = {key for each in many.document.all() if each.kind == "TD" for facts in each.facts["A"]
            for key in facts.get("Headers", [])}  # fmt: skip
    assert told and told <= set(heads)


def test_it_says_what_it_is(monkeypatch: pytest.MonkeyPatch) -> None:
    whole, joined = both(monkeypatch, lambda: prose(20), 5_000)
    for one, other in [[PDFDocument(PDFParser(io.BytesIO(each))) for each in (whole, joined)]]:
        assert other.info == one.info
        assert {k: v for k, v in other.catalog.items() if not isinstance(v, PDFObjRef)} == {
            k: v for k, v in one.catalog.items() if not isinstance(v, PDFObjRef)
        }
        described = [stream_value(each.catalog["Metadata"]).get_data() for each in (one, other)]
        but = re.compile(rb"(?<=<xmpMM:InstanceID>)[^<]+")
        assert but.sub(b"", described[0]) == but.sub(b"", described[1]) and b"<pdfuaid:part>1<" in described[1]
    assert file_of(prose(20), "pdf") == joined


@pytest.mark.parametrize("large", [False, True])
def test_sections_and_breaks_of_pages_stay(monkeypatch: pytest.MonkeyPatch, large: bool) -> None:
    def blocks() -> Iterator[Heading | Text]:
        for n in range(40):
            if n % 5 == 0:
                yield Heading(words(f"Partie {n} (1 0 R) \\ (("), 2, new_page=n % 2 == 0)
            yield Heading(words(f"No {n} /Dest 1 0 R)"), 3)
            yield Text(words("Une phrase qui revient. " * 20))

    whole, joined = both(monkeypatch, lambda: printed(large=large, blocks=blocks()), 9_000)
    assert pictures(joined) == pictures(whole)
    assert outline(joined) == outline(whole)
    assert hangs_together(joined).told() == hangs_together(whole).told()


def test_what_cannot_be_parted_stays_together(monkeypatch: pytest.MonkeyPatch) -> None:
    def rows(count: int) -> Iterator[Row]:
        yield Row((cell("A", down=count), cell("b")))
        yield from (Row((cell(f"ligne {n}"),)) for n in range(count - 1))

    def document() -> Printed:
        tables = [Table("Essai", (Row((cell("X"), cell("Y"))),), rows(90), (1, 1)) for _ in range(4)]
        heads = [Heading(words(f"Partie {n}"), new_page=True) for n in range(4)]
        return printed(*[one for pair in zip(heads, tables, strict=True) for one in pair])

    whole, joined = both(monkeypatch, document, 9_000)
    assert pictures(joined) == pictures(whole)
    assert hangs_together(joined).told() == hangs_together(whole).told()


def test_a_chapter_of_another_make_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    content = file_of(prose(3), "pdf")
    with pytest.raises(NotJoined):
        Joined(io.BytesIO(), 1).add(content, 1)  # its first heading is not empty
    with pytest.raises(NotJoined):
        Joined(io.BytesIO(), 1).add(content.replace(b"/MarkInfo<<", b"/Lost<<<<"), 0)
    joined = Joined(io.BytesIO(), 7)
    joined.add(content, 0)
    with pytest.raises(NotJoined, match="pages of 7"):
        joined.end()
    monkeypatch.setattr(chapters, "CHAPTER", SMALL)
    monkeypatch.setattr(as_pdf.Layout, "pdf", lambda self, data: b"xref\n0 ")
    with pytest.raises(as_pdf.PdfNotMade):
        file_of(prose(20), "pdf")


def test_where_a_chapter_may_begin() -> None:
    read: list[chapters.Unit] = [
        {"k": "heading", "level": 2},
        {"k": "text"},
        {"k": "heading", "level": 2},
        {"k": "text"},
        {"k": "text"},
    ]
    assert chapters._cut(read, [(1, 1), (1, 1), (2, 2), (2, 2), (2, 3)]) == 2
    assert chapters._cut(read, [(1, 1), (1, 2), (2, 2), (2, 2), (3, 3)]) == 0  # what is before it reaches its page
    assert chapters._cut(read[:4], [(1, 1), (1, 1), (2, 2), (2, 2)]) == 0  # too near the end to be sure
    assert chapters._next(Chapter(0), read[:3], 7, 1) == Chapter(7, 0, 1, 2)


def test_rows_with_nothing_or_lists_in_them(monkeypatch: pytest.MonkeyPatch) -> None:
    def rows() -> Iterator[Row]:
        for n in range(90):
            yield Row((cell(str(n)), cell(""), cell("fin")))
            yield Row((Cell(), Cell((items(f"point {n}"),), together=n % 2 == 0), cell("")))

    def document() -> Printed:
        heads = (Row((cell("No"), cell("Quoi"), cell("Fin"))),)
        return printed(Heading(words("Tout")), Table("Essai", heads, rows(), (1, 6, 1)))

    whole, joined = both(monkeypatch, document)
    assert pictures(joined) == pictures(whole)
    hangs_together(joined)
