"""Lists as files for a spreadsheet. No cell can become a formula: what a spreadsheet would run is quoted."""

from __future__ import annotations

import csv
import re
from collections.abc import Callable, Iterable
from io import BytesIO, StringIO

from projections.phrases.catalogue import N_, say
from projections.phrases.rows import Row, numbers, state_of, who

Cells = list[list[str]]
HEADS = (N_("Reference"), N_("Assembly"), N_("Numbers"), N_("Title"), N_("State"), N_("State (identifier)"),
         N_("Followed by"), N_("Due"), N_("Adopted on"))  # fmt: skip

# What begins a formula or a command, after any blanks, at the start of a cell or of a line within it; in the full width of
# East Asian keyboards too, which some spreadsheets take for the same. What stands behind apostrophes already takes one more,
# so that who reads the file back takes off the one that was put there.
_RUNS = r"(?=[^\S\n]*'*[^\S\n]*[=+\-@\t\uff1d\uff0b\uff0d\uff20])"
_BEGINS = re.compile(rf"(?m)^{_RUNS}")
_QUOTED = re.compile(rf"(?m)^'{_RUNS}")
_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f]")


def harmless(text: str) -> str:
    """The text without the control characters that XML refuses, each line that could be run behind an apostrophe."""
    unified = text.replace("\r\n", "\n").replace("\r", "\n")
    return _BEGINS.sub("'", _CONTROL.sub("", unified))


def unquoted(text: str) -> str:
    """The text without the apostrophes that `harmless` put there; its line breaks as “\\n”."""
    return _QUOTED.sub("", text.replace("\r\n", "\n").replace("\r", "\n"))


def case_cells(rows: Iterable[Row], lang: str) -> Cells:
    """A list of cases as lines of cells, headings first. Dates stay in EDTF, states also as identifiers, for machines."""
    return [
        [say(head, lang) for head in HEADS],
        *([r["ref"], r["home"], numbers(r), r["title"], state_of(r, lang), r["state"], who(r["owner"]),
           r["due"] or "", r["adopted_on"] or ""] for r in rows),
    ]  # fmt: skip


def csv_file(rows: Cells) -> bytes:
    """RFC 4180, in UTF-8."""
    return _csv(rows, ",").encode()


def sheet_file(rows: Cells, lang: str) -> bytes:
    """The same for a person to open, change and save: marked as UTF-8, with the separator that a spreadsheet in their
    language takes."""
    return _csv(rows, ";" if lang == "fr" else ",").encode("utf-8-sig")


def _csv(rows: Cells, delimiter: str) -> str:
    lines = StringIO(newline="")
    csv.writer(lines, delimiter=delimiter).writerows(_harmless(rows))
    return lines.getvalue()


def xlsx_file(rows: Cells) -> bytes:
    """One sheet, headings in bold and kept in sight. Every cell is text."""
    from xlsxwriter import Workbook

    content = BytesIO()
    plain = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    with Workbook(content, plain) as book:
        sheet = book.add_worksheet()
        sheet.freeze_panes(1, 0)
        bold = book.add_format({"bold": True})
        for number, row in enumerate(_harmless(rows)):
            for column, cell in enumerate(row):
                sheet.write_string(number, column, cell, bold if number == 0 else None)
        sheet.autofit(max_width=480)
    return content.getvalue()


def _harmless(rows: Cells) -> Iterable[list[str]]:
    return ([harmless(cell) for cell in row] for row in rows)


FILES: dict[str, Callable[[Cells], bytes]] = {"csv": csv_file, "xlsx": xlsx_file}
