"""What the archive holds, for who opens it: the same text in French and in English."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from textwrap import fill

from domain.values import Lang
from projections.phrases.catalogue import N_, say
from services.home import Home
from services.leaving.archive import SEPARATORS, SUMS, Archive
from services.leaving.tables import MEANINGS, TABLES

NAMES: Mapping[Lang, str] = {"fr": "LISEZ-MOI.txt", "en": "README.txt"}
WIDTH = 100  # letters
TITLE = N_("What {organisation} kept in Suivi, as it stood on {day}")
NOBODY = N_("your organisation")
RIGHTS = N_("""This archive holds what whoever made it may read. In “manifest.json”, “withheld” counts the events that were left out, being of cases that this person may not read; 0 means that nothing was left out.""")  # noqa: E501 - one paragraph
EVENTS = N_("""“events.jsonl” is the log itself: one event a line, in the order in which they were recorded, as CloudEvents 1.0 in JSON. All the rest can be made again from it. What was corrected, retracted or withdrawn is there, and nowhere else.""")  # noqa: E501 - one paragraph
CSV = N_("""The tables are CSV in UTF-8 (with its mark), with “{separator}” between columns. Dates are in EDTF (2024, 2024-05, 2024-05-11, 2024-05~). Where a cell holds several values, “; ” stands between them. An apostrophe stands before what a spreadsheet would run as a formula, and is to be taken off: “events.jsonl” has the text as it was typed.""")  # noqa: E501 - one paragraph
FILES = N_("""“files” holds the files that were attached, and the reports that assemblies were given, each under what it goes with; the table “files.csv” says which is which.""")  # noqa: E501 - one paragraph
SUMMED = N_("""“{sums}” holds the fingerprint of each file of this archive. To check them all: sha256sum --check {sums}""")
ABSENT = N_("""Not here: accounts, passwords and sessions, messages that wait to be sent, the access log, saved views, documents that were being imported. A backup holds them: suivi backup""")  # noqa: E501 - one paragraph
ROW = N_("“{file}”: each row is {what}.")


def explain(home: Home, archive: Archive) -> None:
    """Puts a text in for each language."""
    for lang, name in NAMES.items():
        archive.add(name, ["\r\n".join(_lines(home, archive, lang)).encode("utf-8-sig")])


def _lines(home: Home, archive: Archive, lang: Lang) -> Iterator[str]:
    organisation = home.store.present.organisation.name or say(NOBODY, lang)
    day = home.store.present.calendar.today(archive.now)
    yield from _paragraph(say(TITLE, lang, organisation=organisation, day=day))
    for said in (RIGHTS, EVENTS, CSV, FILES, SUMMED, ABSENT):
        yield from _paragraph(say(said, lang, separator=SEPARATORS[archive.lang], sums=SUMS))
    for name, table in TABLES.items():
        yield from _paragraph(say(ROW, lang, file=f"{name}.csv", what=say(table.said, lang)))
        yield from (f"    {column:<16}{say(MEANINGS[column], lang)}" for column in table.columns)
        yield ""


def _paragraph(text: str) -> list[str]:
    return [*fill(text, WIDTH, break_long_words=False, break_on_hyphens=False).split("\n"), ""]
