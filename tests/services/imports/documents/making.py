"""One plan of work, made in every format by the programs that officers use, or by their likes."""

from __future__ import annotations

import html
from collections.abc import Sequence
from dataclasses import dataclass
from io import BytesIO
from typing import Any

import typst
from docx import Document as NewDocument
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from openpyxl import Workbook


@dataclass(frozen=True)
class Item:
    """A line of a cell: a mark or none, words, and whether they are underlined."""

    text: str
    mark: str = ""
    underlined: bool = False


Row = Sequence[Sequence[Item]]
HEAD = ("QUOI", "COMMENT et QUAND", "QUI", "SUIVI")


def _(text: str) -> list[Item]:
    return [Item(text)] if text else []


def dashes(*texts: str, verdict: str = "") -> list[Item]:
    return [Item(text, "-") for text in texts] + ([Item(verdict, "-", True)] if verdict else [])


ROWS: tuple[Row, ...] = (
    tuple(_(head) for head in HEAD),
    (_("1. Le conseil rapproche ses syndicats des gens qu’ils servent, dans toute la région."), [], [], []),
    (
        _("1.1 Mettre sur pied un réseau de personnes-ressources dans chaque établissement de la région"),
        dashes("Recruter une personne par établissement et lui remettre un guide (décembre 2030)",
               "Tenir au moins deux rencontres par année (reste du mandat)"),
        _("Ève"),
        dashes("Douze personnes recrutées au 1er mai 2031, dont trois de plus que la cible que nous visions",
               "Guide remis", verdict="Action réalisée en partie (manque de temps)"),
    ),
    (
        _("1.2 Faire connaître le programme d’entraide"),
        dashes("Préparer une campagne (avril 2031)"),
        _("Paul-Émile"),
        [],
    ),
)  # fmt: skip


def expected(rows: Sequence[Row] = ROWS) -> list[list[list[Any]]]:
    """What a reader is to find: as `reads.table` writes it."""
    return [
        [
            [(i.mark, 1, i.text, *((i.text,) if i.underlined else ())) if i.mark else i.text for i in cell]
            for cell in row
        ]
        for row in rows
    ]


def as_text(title: str, rows: Sequence[Row] = ROWS) -> bytes:
    def cell(items: Sequence[Item]) -> str:
        said = " ".join(f"{i.mark} <u>{i.text}</u>" if i.underlined else f"{i.mark} {i.text}".strip() for i in items)
        return f'<ul style="list-style-type: none"> {said} ' if items and items[0].mark else said

    lines = "\n".join("\t".join(cell(each) for each in row) for row in rows)
    return f"{title}\n\nPremier paragraphe.\n\n{lines}\n\nFin du plan.\n".encode()


def as_html(title: str, rows: Sequence[Row] = ROWS) -> bytes:
    def item(one: Item) -> str:
        said = html.escape(one.text)
        return f"<u>{said}</u>" if one.underlined else said

    def cell(items: Sequence[Item]) -> str:
        if items and items[0].mark:
            return "<ul>" + "".join(f"<li>{one.mark} {item(one)}</li>" for one in items) + "</ul>"
        return "".join(f"<p>{item(one)}</p>" for one in items)

    body = "".join(
        "<tr>" + ("<td colspan=4>" + cell(row[0]) if not any(row[1:]) else "".join(f"<td>{cell(c)}</td>" for c in row))
        for row in rows
    )
    return (
        f"<!DOCTYPE html><html lang=fr><head><meta charset=utf-8><title>x</title><style>td{{}}</style></head>"
        f"<body><h1>{title}</h1><p>Premier paragraphe.</p><table>{body}</table><p>Fin du plan.</p></body></html>"
    ).encode()


def as_docx(title: str, rows: Sequence[Row] = ROWS) -> bytes:
    made = NewDocument()
    made.add_heading(title, 1)
    made.add_paragraph("Premier paragraphe.")
    table = made.add_table(rows=len(rows), cols=len(rows[0]), style="Table Grid")
    for at, row in enumerate(rows):
        for column, items in enumerate(row):
            cell = table.cell(at, column)
            for index, one in enumerate(items):
                paragraph = cell.paragraphs[0] if index == 0 else cell.add_paragraph()
                paragraph.add_run(f"{one.mark} " if one.mark else "")
                paragraph.add_run(one.text[:9]).underline = one.underlined or None
                paragraph.add_run(one.text[9:]).underline = one.underlined or None
        if not any(row[1:]):
            table.cell(at, 0).merge(table.cell(at, len(row) - 1))
    made.add_paragraph("Fin du plan.")
    return saved(made)


def saved(made: Any) -> bytes:
    out = BytesIO()
    made.save(out)
    return out.getvalue()


def as_pdf(title: str, rows: Sequence[Row] = ROWS, rules: bool = True) -> bytes:
    def item(one: Item) -> str:
        said = f'#underline("{one.text}")' if one.underlined else f'#"{one.text}"'
        return f'#"{one.mark} "{said}' if one.mark else said

    def cell(items: Sequence[Item], wide: bool) -> str:
        said = " \\\n ".join(item(one) for one in items)
        return f"table.cell(colspan: 4)[{said}]" if wide else f"[{said}]"

    cells = ",\n".join(
        cell(row[0], True) if not any(row[1:]) else ",\n".join(cell(each, False) for each in row) for row in rows
    )
    return typeset(
        f'= #"{title}"\n\nPremier paragraphe.\n\n#table(columns: (1.2fr, 1.5fr, 0.7fr, 1.5fr),'
        f"{'' if rules else 'stroke: none,'} {cells})\n\nFin du plan.\n"
    )


def as_bare_pdf(title: str, rows: Sequence[Row] = ROWS) -> bytes:
    """A page whose tables have no rules."""
    return as_pdf(title, rows, rules=False)


def typeset(source: str, page: str = 'paper: "us-letter", flipped: true') -> bytes:
    """A page printed by Typst, without hyphenation."""
    return bytes(typst.compile(f'#set page({page})\n#set text(lang: "fr", hyphenate: false)\n{source}'.encode()))


def as_xlsx(rows: Sequence[Sequence[Any]], title: str = "Registre") -> bytes:
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.title = title
    for row in rows:
        sheet.append(list(row))
    return saved(book)


def shaded(element_name: str, **attributes: str) -> Any:
    """An element of Word, with its attributes."""
    element = OxmlElement(f"w:{element_name}")
    for name, value in attributes.items():
        element.set(qn(f"w:{name}"), value)
    return element
