"""What is said of a file that cannot be read, and of what a reader left aside. Facts: `name` of the file; `line`, `page` and
`cell` where it stands."""

from __future__ import annotations

from collections.abc import Mapping

from domain.errors import Invalid, SuiviError, Unavailable


class TooManyLines(Invalid):
    """“{name}” has more than {most} lines: cut it into several files, each with a part of the document."""


class TooManyPages(Invalid):
    """“{name}” has more than {most} pages: cut it into several files, each with a part of the document."""


class TooManyRows(Invalid):
    """The sheet “{sheet}” of “{name}” goes on beyond row {most}: keep the rows that are used, and delete those below."""


class TakesTooMuch(Invalid):
    """“{name}” cannot be read: it takes too much time or memory. Save it again from the program that made it, or give a part of it."""  # noqa: E501 - one sentence


class DocumentsUnread(Unavailable):
    """Only texts and CSV can be read on this machine now. Nothing was changed."""


class DamagedFile(Invalid):
    """“{name}” is damaged, or not what it seems to be: open it in the program that made it, and save it again."""


class LockedFile(Invalid):
    """“{name}” is protected by a password: save a copy without one."""


class ScannedPages(Invalid):
    """“{name}” holds pictures of pages and no text: it was scanned. Give the document from which it was printed, or have its text recognised first."""  # noqa: E501 - one sentence


class SaysNothing(Invalid):
    """“{name}” holds no text: nothing can be taken from it."""


class TooManyMembers(Invalid):
    """“{name}” is made of more than {most} files, more than a document needs: save it again from the program that made it."""


class BeyondItsSize(Invalid):
    """“{name}” would take far more room opened than any document does: it is refused. Save it again from the program that made it, without images."""  # noqa: E501 - one sentence


class OutOfItself(Invalid):
    """“{name}” names files outside itself: it is refused. Save it again from the program that made it."""


class HoldsDefinitions(Invalid):
    """“{name}” holds definitions that no word processor or spreadsheet writes (DTD): it is refused. Save it again from the program that made it."""  # noqa: E501 - one sentence


class NestedTooDeep(Invalid):
    """“{name}” has tables within tables, deeper than can be read: give its text."""


class TornRow(Invalid):
    """The table is torn from this line on: a quotation mark is opened and never closed, or text follows one that is closed. Save it again from the spreadsheet, as CSV."""  # noqa: E501 - one sentence


class NotesLeft(Invalid):
    """The notes at the foot of the pages were left aside: “{words}”…"""


class HeadsLeft(Invalid):
    """What runs at the head and the foot of the pages was left aside: “{words}”"""


class CommentsLeft(Invalid):
    """The comments in the margin were left aside: “{words}”…"""


class HiddenLeft(Invalid):
    """Hidden text was left aside: “{words}”…"""


class BoxesLeft(Invalid):
    """The text in frames was left aside: “{words}”…"""


class SheetLeft(Invalid):
    """The hidden sheet “{sheet}” was left aside."""


class FormulaUncounted(Invalid):
    """Cell {cell} of the sheet “{sheet}” has a formula whose result was never computed: it was read as empty. Open the file in the spreadsheet, and save it again."""  # noqa: E501 - one sentence


class PageBlank(Invalid):
    """Page {page} holds no text: if it is a picture, nothing was taken from it."""


_REFUSALS: dict[str, type[SuiviError]] = {
    "long": TooManyLines, "pages": TooManyPages, "rows": TooManyRows, "damaged": DamagedFile, "locked": LockedFile,
    "scan": ScannedPages, "empty": SaysNothing, "members": TooManyMembers, "bomb": BeyondItsSize,
    "outside": OutOfItself, "links": OutOfItself, "entities": HoldsDefinitions, "deep": NestedTooDeep,
    "large": TakesTooMuch,
}  # fmt: skip
_ASIDES: dict[str, type[SuiviError]] = {
    "footnotes": NotesLeft, "heads": HeadsLeft, "comments": CommentsLeft, "hidden": HiddenLeft, "boxes": BoxesLeft,
    "hidden_sheet": SheetLeft, "uncounted": FormulaUncounted, "blank_page": PageBlank,
}  # fmt: skip


def of(code: str, name: str, facts: Mapping[str, int | str]) -> SuiviError:
    """The refusal of that name."""
    return _REFUSALS.get(code, DamagedFile)(name=name, **facts)


def aside(code: str, facts: Mapping[str, int | str]) -> SuiviError:
    """The notice of that name."""
    return _ASIDES[code](**facts)
