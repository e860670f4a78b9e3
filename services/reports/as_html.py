"""A printed document as one page of HTML that holds all it needs, for the screen and for paper."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import BinaryIO

from markupsafe import Markup, escape

from domain.media import MADE_HERE
from projections.phrases.catalogue import say
from services.reports.grid import Grid, shares
from services.reports.printed import Block, Cell, Columns, Heading, Items, Printed, Row, Run, Table, Text, Words
from services.reports.words import (
    LOCALES,
    PAGES,
    Outline,
    Progress,
    Steps,
    batches,
    fit,
    foot,
    lines,
    opening,
    runs,
    title,
)

STYLE = Path(__file__).with_name("page.css")
LISTS = {"-": ('ul class="dashes"', "ul"), "•": ('ul class="dots"', "ul"), "1.": ("ol", "ol"), "a.": ('ol type="a"', "ol")}
"""What a list begins with and ends with. Of letters, the attribute says it, so that whoever reads it without style sees them."""
LOOKS = {"text": "", "lead": "lead", "remark": "remark", "subtitle": "subtitle"}


def write(printed: Printed, out: BinaryIO, progress: Progress | None = None) -> None:
    """Writes the page as its blocks come; what it holds at once does not grow with them."""
    for piece in batches(_page(printed, Steps(printed, progress))):
        out.write(piece)


def within(blocks: Iterable[Block]) -> Markup:
    """Paragraphs and lists, to stand within a page of ours."""
    return Markup().join(_flow(block) for block in blocks if isinstance(block, Text | Items))


def _page(printed: Printed, steps: Steps) -> Iterator[str]:
    front, blocks = opening(printed)
    yield _head(printed)
    yield "<main>\n"
    if front:
        yield _front(printed)
    outline = Outline()
    for block in steps.blocks(blocks):
        if isinstance(block, Table):
            yield from _table(block, steps)
        elif isinstance(block, Heading):
            yield _heading(block, outline.level(block))
        elif isinstance(block, Columns):
            yield _columns(block)
        else:
            yield _flow(block)
    yield Markup("</main>\n<footer>{}</footer>\n</body>\n</html>\n").format(_words(runs(foot(printed))))


def _head(printed: Printed) -> str:
    """Up to the body. The words of the style sheet are strings of it: nothing in them ends one."""
    lang, name = LOCALES[printed.lang], title(printed)
    sheet = STYLE.read_text(encoding="utf-8")
    looks = " ".join(["report", *(["large"] if printed.large else []), *(["landscape"] if printed.landscape else [])])
    pages = " ".join(_counted(printed))
    page = (
        f"@page {{ size: letter {'landscape' if printed.landscape else 'portrait'}; "
        f"@bottom-left {{ content: {_quoted(foot(printed))}; }} @bottom-right {{ content: {pages}; }} }}"
    )
    return Markup(
        '<!DOCTYPE html>\n<html lang="{}">\n<head>\n<meta charset="utf-8">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        '<meta name="generator" content="{}">\n<meta name="author" content="{}">\n'
        '<title>{}</title>\n<style>\n{}\n{}\n</style>\n</head>\n<body class="{}">\n'
    ).format(lang, MADE_HERE, fit(printed.organisation), name, Markup(sheet), Markup(page), looks)


def _counted(printed: Printed) -> list[str]:
    """« Page 3 de 12 » as CSS writes it."""
    said = say(PAGES, printed.lang, page="\0page\0", pages="\0pages\0")
    return [f"counter({part})" if part in ("page", "pages") else _quoted(part) for part in said.split("\0") if part]


def _quoted(text: str) -> str:
    """A string of CSS, inside an element of HTML: every character that could end either is written by its number."""
    return '"' + "".join(each if each.isalnum() or each in " ,.·’" else f"\\{ord(each):06x}" for each in text) + '"'


def _front(printed: Printed) -> str:
    above = Markup('<p class="organisation">{}</p>\n').format(fit(printed.organisation)) if printed.organisation else ""
    told = Markup("<br>").join(fit(line) for line in printed.title)
    return Markup("<header>\n{}<h1>{}</h1>\n</header>\n").format(above, told)


def _heading(heading: Heading, level: int) -> str:
    """`level` is where it stands among the others, the class how it looks."""
    looks = f"level-{heading.level}" + (" new-page" if heading.new_page else "")
    told, label = lines(heading.words), Markup()
    if heading.level == 3 and len(told) > 1:
        label = Markup('<span class="label">{}</span><br>').format(_line(told.pop(0)))
    words = Markup("<br>").join(map(_line, told))
    return Markup('<h{} class="{}">{}{}</h{}>\n').format(level, looks, label, words, level)


def _flow(block: Text | Items) -> Markup:
    if isinstance(block, Items):
        return _items(block)
    looks = LOOKS[block.look]
    return Markup('<p class="{}">{}</p>\n' if looks else "<p{}>{}</p>\n").format(looks, _words(block.words))


def _columns(columns: Columns) -> str:
    """Lists beside one another: a row that is no table to who does not see it, as in Word."""
    cells = Markup().join(Markup("<td>{}</td>").format(_items(items)) for items in columns.columns)
    return Markup('<table class="columns" role="presentation"><tr>{}</tr></table>\n').format(cells)


def _items(items: Items) -> Markup:
    begins, ends = LISTS[items.mark]
    told = Markup().join(
        Markup("<li>{}{}</li>\n").format(_words(item.words), _items(item.within) if item.within else "")
        for item in items.items
    )
    return Markup("<{}>\n{}</{}>\n").format(Markup(begins), told, Markup(ends))


def _words(words: Words) -> Markup:
    return Markup("<br>").join(map(_line, lines(words)))


def _line(runs: Iterable[Run]) -> Markup:
    return Markup().join(map(_run, runs))


def _run(run: Run) -> Markup:
    told = escape(run.text)
    for tag, worn in (("sup", run.raised), ("u", run.underlined), ("em", run.italic), ("strong", run.bold)):
        told = Markup("<{}>{}</{}>").format(Markup(tag), told, Markup(tag)) if worn else told
    return told


def _table(table: Table, steps: Steps) -> Iterator[str]:
    grid = Grid(table)
    widths = Markup().join(
        Markup('<col style="width: {}%">').format(f"{100 * share:.2f}") for share in shares(table, grid.columns)
    )
    yield Markup('<table aria-label="{}">\n<colgroup>{}</colgroup>\n').format(fit(table.name), widths)
    yield Markup("<thead>\n{}</thead>\n<tbody>\n").format(Markup().join(_row(row, grid, "col") for row in table.head))
    for row in steps.rows(table):
        yield _row(row, grid, "rowgroup" if row.whole else "row")
    yield "</tbody>\n</table>\n"


def _row(row: Row, grid: Grid, scope: str) -> Markup:
    cells = [_cell(place.cell, place.across, scope) for place in grid.places(row) if place.cell]
    looks = Markup(' class="whole"') if row.whole else ""
    return Markup("<tr{}>{}</tr>\n").format(looks, Markup().join(cells))


def _cell(cell: Cell, across: int, scope: str) -> Markup:
    header = cell.header or scope == "col"
    if scope == "col" and across > 1:
        scope = "colgroup"
    attributes = [
        *([Markup('colspan="{}"').format(across)] if across > 1 else []),
        *([Markup('rowspan="{}"').format(cell.down)] if cell.down > 1 else []),
        *([Markup('scope="{}"').format(scope)] if header else []),
        *([Markup('class="centred"')] if cell.centred else []),
    ]
    tag = "th" if header else "td"
    said = cell.blocks[0] if len(cell.blocks) == 1 else None
    told = (
        _words(said.words) if isinstance(said, Text) and said.look == "text" else Markup().join(map(_flow, cell.blocks))
    )
    return Markup("<{}>{}</{}>").format(Markup(" ").join([tag, *attributes]), told, tag)
