"""No cell of a file for a spreadsheet can be run."""

from __future__ import annotations

import csv
import re
from io import StringIO

from hypothesis import given
from hypothesis import strategies as st

from services.spreadsheet import csv_file, harmless, unquoted, xlsx_file
from tests.cli.sheets import cells

PIECES = st.sampled_from([*"=+-@＝＋－＠'\t\r\n\x00\x01\x0b \u00a0\u3000ab1,;\"", "\r\n", "=1+1", "@SUM(A1)", "http://a.org"])
TEXTS = st.lists(PIECES, max_size=8).map("".join)
RUN = re.compile(r"\s*[=+\-@\t＝＋－＠]")


@given(TEXTS)
def test_no_line_begins_a_formula(text: str) -> None:
    made = harmless(text)
    assert not [line for line in made.split("\n") if RUN.match(line)]
    assert not set(made) & set("\x00\x01\x0b\r")


@given(TEXTS)
def test_what_was_quoted_is_read_as_it_was(text: str) -> None:
    kept = text.replace("\r\n", "\n").replace("\r", "\n").translate(dict.fromkeys(b"\x00\x01\x0b"))
    assert unquoted(harmless(text)) == kept


@given(st.text(alphabet=st.characters(blacklist_characters="=+-@\t＝＋－＠", blacklist_categories=("Cc", "Cs"))))
def test_other_texts_stay_as_they_are(text: str) -> None:
    assert harmless(text) == text


@given(st.lists(TEXTS, min_size=2, max_size=2))
def test_what_is_written_is_read_back(row: list[str]) -> None:
    wanted = [harmless(text) for text in row]
    assert list(csv.reader(StringIO(csv_file([row]).decode(), newline=""))) == [wanted]
    assert [text for row in cells(xlsx_file([row])) for text in row if text] == [text for text in wanted if text]
