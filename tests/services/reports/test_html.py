"""The page: it holds all it needs, says its words as they are, and can be read without being seen."""

from __future__ import annotations

from html.parser import HTMLParser

from services.reports.printed import Heading, Text
from tests.services.reports.printing import HOSTILE, file_of, hostile, plan, printed, prose, words


class Reader(HTMLParser):
    """Its elements with their attributes, in order, and its words."""

    def __init__(self, page: bytes) -> None:
        super().__init__()
        self.elements: list[tuple[str, dict[str, str | None]]] = []
        self.words: list[str] = []
        self._within = ""
        self.feed(page.decode())

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, dict(attrs)))
        self._within = tag

    def handle_data(self, data: str) -> None:
        if self._within != "style":
            self.words.append(data)

    def all(self, tag: str) -> list[dict[str, str | None]]:
        return [attributes for name, attributes in self.elements if name == tag]


def test_headings_have_no_gap_and_landmarks_are_there() -> None:
    page = Reader(file_of(prose(), "html"))
    assert [name for name, _ in page.elements if name[0] == "h" and name[1:].isdecimal()] == ["h1", "h2", "h2", "h2"]
    assert page.all("html") == [{"lang": "fr-CA"}]
    assert [len(page.all(each)) for each in ("header", "main", "footer")] == [1, 1, 1]
    assert "Suivi des résolutions de l’assemblée annuelle 2023" in page.words
    assert file_of(prose(), "html").count(b"<sup>er</sup>") == 5  # in each case, above and at the foot


def test_a_document_that_opens_by_itself_has_no_other_title() -> None:
    page = Reader(file_of(printed(Heading(words("LES ORIENTATIONS"), 1), Text(words("ET"))), "html"))
    assert (len(page.all("header")), len(page.all("h1"))) == (0, 1)
    assert "Fédération des essais" not in page.words


def test_tables_have_heads_that_repeat_and_cells_that_are_merged() -> None:
    page = Reader(file_of(plan(1), "html"))
    assert [len(page.all(each)) for each in ("table", "thead", "tbody", "tr")] == [2, 1, 1, 6]  # one of columns
    heads = [(each.get("scope"), each.get("colspan"), each.get("rowspan")) for each in page.all("th")]
    assert heads == [("col", None, "2"), ("colgroup", "2", None), ("col", None, None), *[("col", None, None)] * 3]
    assert [each.get("rowspan") for each in page.all("td")] == [None, "2", *[None] * 9]
    assert b"<u>Action non r\xc3\xa9alis\xc3\xa9e</u> (pand" in file_of(plan(1), "html")


def test_the_looks_of_paper_are_said() -> None:
    tall, wide = file_of(prose(large=True), "html").decode(), file_of(plan(), "html").decode()
    assert 'class="report large"' in tall and "size: letter portrait" in tall
    assert 'class="report landscape"' in wide and "size: letter landscape" in wide
    assert '" de " counter(pages)' in wide and "septembre 2024" in wide.partition("@bottom-left { content")[2]


def test_no_word_becomes_an_element() -> None:
    page = Reader(file_of(hostile(), "html"))
    assert not page.all("script")
    assert page.words.count(HOSTILE) == 8  # name, title, above, heading, text, item, head, cell
    assert {name for name, _ in page.elements} <= {
        "html", "head", "meta", "title", "style", "body", "header", "main", "footer", "p", "h1", "h2", "ul", "li", "table",
        "colgroup", "col", "thead", "tbody", "tr", "th", "td", "sup",
    }  # fmt: skip
    style = file_of(hostile(), "html").decode().partition("<style>")[2].partition("</style>")[0]
    assert "<" not in style and "alert" in style


def test_an_english_document_says_so() -> None:
    page = Reader(file_of(prose(lang="en"), "html"))
    assert page.all("html") == [{"lang": "en-CA"}] and "as of 1 September 2024" in "".join(page.words)
