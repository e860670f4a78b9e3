"""What is asked of the threads together, as tables: for each question its reading, its columns and its lines."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from cli.layout import Column
from cli.terminal import Terminal
from projections.phrases.catalogue import N_, write_number
from projections.phrases.rows import Row, date_of, who
from projections.phrases.threads import (
    MEETINGS,
    MET,
    TURNS,
    days,
    holder_of,
    how_many,
    kind_of,
    number_of,
    office_of,
    reason_of,
    standing_of,
)
from projections.phrases.typography import NO_BREAK

if TYPE_CHECKING:
    from services.home import Home
    from services.reading import When
    from services.reading.demarches import Asked

Lines = list[tuple[str, ...]]
Read = Callable[["Home", "When", "Asked"], list[Row]]


@dataclass(frozen=True)
class View:
    """A question: how it is read, the headings with the widths of their columns, the lines of each row."""

    read: Read
    heads: tuple[tuple[str, int | None], ...]
    lines: Callable[[Terminal, Row], Lines]


def columns(terminal: Terminal, view: str) -> list[Column]:
    """The headings of a table."""
    return [Column(terminal.say(head), width) for head, width in VIEWS[view].heads]


def lines_of(terminal: Terminal, view: str, row: Row) -> Lines:
    """The lines of a row."""
    return VIEWS[view].lines(terminal, row)


def file_of(terminal: Terminal, view: str, rows: list[Row]) -> list[list[str]]:
    """The answer as lines of cells, headings first. The list itself keeps its dates in EDTF and its counts apart, for
    machines."""
    if view == "list":
        return [[terminal.say(head) for head in _WHOLE], *(_whole(terminal, row) for row in rows)]
    heads = [terminal.say(head) for head, _ in VIEWS[view].heads]
    return [heads, *([cell.replace(NO_BREAK, " ") for cell in line] for row in rows for line in lines_of(terminal, view, row))]


def _asked(name: str) -> Read:
    def read(home: Home, when: When, asked: Asked) -> list[Row]:
        from services.reading import demarche_questions

        rows: list[Row] = getattr(demarche_questions, name)(home, when, asked)
        return rows

    return read


def _threads(home: Home, when: When, asked: Asked) -> list[Row]:
    from services.reading.demarches import demarches

    return demarches(home, when, asked)


def _listed(terminal: Terminal, row: Row) -> Lines:
    lang = terminal.lang
    return [(
        number_of(row["ref"]), office_of(row, lang), ", ".join(row["cases"]), standing_of(row, lang),
        how_many(row["attempts"], lang), how_many(row["reminders"], lang), date_of(row["first_sent"], lang),
        days(row["days_waiting"], lang), terminal.say(TURNS[row["whose_turn"]]),
    )]  # fmt: skip


def _by_office(terminal: Terminal, row: Row) -> Lines:
    lang = terminal.lang
    return [(
        who(row["office"]), holder_of(row["holder"], lang), ", ".join(map(number_of, row["demarches"])),
        ", ".join(row["cases"]), how_many(row["attempts"], lang), how_many(row["reminders"], lang),
        days(row["days_waiting"], lang), days(row["days_since_contact"], lang),
    )]  # fmt: skip


def _declined(terminal: Terminal, row: Row) -> Lines:
    lang = terminal.lang
    return [(number_of(row["ref"]), office_of(row, lang), ", ".join(row["cases"]), date_of(row["ended"], lang),
             reason_of(row, lang))]  # fmt: skip


def _redirection(terminal: Terminal, row: Row) -> Lines:
    """A line for each link, the cases with the first."""
    lang = terminal.lang
    return [
        ("" if place else ", ".join(row["cases"]), "→" if place else "", number_of(link["demarche"]), who(link["office"]),
         standing_of(link | {"reason": None, "paused": False, "final": bool(link["redirected_to"])}, lang),
         date_of(link["redirected_on"], lang), days(link["days_waiting"], lang))
        for place, link in enumerate(row["links"])
    ]  # fmt: skip


def _ahead(terminal: Terminal, row: Row) -> Lines:
    lang = terminal.lang
    return [(terminal.say(MEETINGS[row["state"]]), date_of(row["date"], lang), who(row["office"]),
             number_of(row["demarche"]), ", ".join(row["cases"]), row["place"] or "")]  # fmt: skip


def _met(terminal: Terminal, row: Row) -> Lines:
    lang = terminal.lang
    ours = ", ".join(f"{charge} ({number})" for charge, number in row["delegation"].items())
    return [(
        terminal.say(MET[row["met"]]), date_of(row["date"], lang), holder_of(row["holder"], lang),
        ", ".join(who(office) for office in row["offices"]), ", ".join(map(number_of, row["demarches"])),
        ", ".join(row["cases"]), row["place"] or "", ours,
    )]  # fmt: skip


def _turn(terminal: Terminal, row: Row) -> Lines:
    return [(terminal.say(TURNS[row["turn"]]), who(row["owner"]) or terminal.say(N_("nobody yet")),
             ", ".join(map(number_of, row["demarches"])), days(row["days_since_contact"], terminal.lang))]  # fmt: skip


def _responsive(terminal: Terminal, row: Row) -> Lines:
    """In all, then year by year."""
    return [
        (who(row["office"]) if one is row else "", terminal.say(N_("in all")) if one is row else one["year"],
         str(one["threads"]), str(one["answered"]), _share(terminal, one["rate"]), _median(terminal, one["median_days"]),
         str(one["open"]), str(one["left_out"] or ""))
        for one in (row, *row["years"])
    ]  # fmt: skip


def _share(terminal: Terminal, rate: float | None) -> str:
    return "" if rate is None else terminal.say(N_("{n}%"), n=round(rate * 100))


def _median(terminal: Terminal, median: Any) -> str:
    return "" if median is None else write_number(int(median) if median == int(median) else median, terminal.lang)


_NUMBER, _CASES, _OFFICE = (N_("No."), 6), (N_("Cases"), 16), (N_("Office"), None)
_LETTERS, _REMINDERS = (N_("Letters"), 12), (N_("Reminders"), 12)
_THREADS = (N_("Threads"), 10)

VIEWS: dict[str, View] = {
    "list": View(_threads, (_NUMBER, _OFFICE, _CASES, (N_("State"), 24), _LETTERS, _REMINDERS, (N_("First letter"), 18),
                            (N_("Has waited"), 10), (N_("Turn"), 10)), _listed),
    "by-office": View(_asked("unanswered_by_office"), (
        _OFFICE, (N_("Holder"), 24), _THREADS, _CASES, _LETTERS, _REMINDERS, (N_("Has waited"), 10), (N_("Last contact"), 10),
    ), _by_office),
    "declined": View(_threads, (_NUMBER, _OFFICE, _CASES, (N_("Declined on"), 18), (N_("Reason"), 40)), _declined),
    "redirections": View(_asked("redirections"), (_CASES, ("", 2), _NUMBER, _OFFICE, (N_("State"), 24), (N_("Sent on"), 18),
                                                 (N_("Has waited"), 10)), _redirection),
    "meetings": View(_asked("meetings"), ((N_("Meeting"), 12), (N_("Date"), 20), _OFFICE, (N_("Thread"), 10), _CASES,
                                         (N_("Place"), 20)), _ahead),
    "met": View(_asked("met"), ((N_("Met"), 22), (N_("Date"), 18), (N_("Holder"), 24), _OFFICE, _THREADS, _CASES,
                               (N_("Place"), 16), (N_("For us"), 20)), _met),
    "turns": View(_asked("turns"), ((N_("Turn"), 12), (N_("Followed by"), None), (N_("Threads"), 40),
                                   (N_("Last contact"), 14)), _turn),
    "responsiveness": View(_asked("responsiveness"), (
        _OFFICE, (N_("Year"), 8), (N_("Threads"), 10), (N_("Answered"), 10), (N_("Rate"), 8), (N_("Median days"), 10),
        (N_("Open"), 10), (N_("Left out"), 10),
    ), _responsive),
}  # fmt: skip

_WHOLE = (
    N_("Reference"), N_("Cases"), N_("Office"), N_("Holder"), N_("Kind"), N_("State"), N_("State (identifier)"),
    N_("Result (identifier)"), N_("Reason"), N_("Letters, at least"), N_("Letters, at most"), N_("Reminders, at least"),
    N_("Reminders, at most"), N_("First letter"), N_("Last contact"), N_("Days waiting"), N_("Turn"), N_("Followed by"),
)  # fmt: skip


def _whole(terminal: Terminal, row: Row) -> list[str]:
    lang = terminal.lang
    counts = (row["attempts"]["min"], row["attempts"]["max"], row["reminders"]["min"], row["reminders"]["max"])
    return [
        row["ref"], ", ".join(row["cases"]), who(row["office"]), holder_of(row["holder"], lang), kind_of(row, lang),
        standing_of(row, lang), row["state"], row["result"] or "", reason_of(row, lang),
        *("" if each is None else str(each) for each in counts), row["first_sent"] or "", row["last_contact"] or "",
        "" if row["days_waiting"] is None else str(row["days_waiting"]), terminal.say(TURNS[row["whose_turn"]]),
        who(row["owner"]),
    ]  # fmt: skip
