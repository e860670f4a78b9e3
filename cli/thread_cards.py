"""One thread with an office as a person reads it: what was asked, where it stands, whose turn it is."""

from __future__ import annotations

from collections.abc import Iterator

from cli.cards import notes, possible
from cli.layout import bold, card, wrapped
from cli.terminal import Terminal
from domain.words import plain
from projections.phrases.catalogue import N_
from projections.phrases.clocks import clock_line
from projections.phrases.rows import Row, date_of, joined, span, who
from projections.phrases.threads import (
    ANSWERS,
    TURNS,
    days,
    how_many,
    kind_of,
    meeting_line,
    office_of,
    reason_of,
    standing_of,
)


def thread_card(terminal: Terminal, row: Row, acting: bool = True) -> list[str]:
    """The whole card; `acting`: with what may be typed next, which makes sense only of the present."""
    lines = short_thread(terminal, row)
    if row["notes"]:
        lines += ["", *notes(terminal, row)]
    if row["text"]:
        lines += ["", bold(terminal.say(N_("Text"))), *wrapped(row["text"], 2)]
    if acting:
        lines += ["", *possible(terminal, row)]
    return [*lines, "", terminal.say(N_("Its whole history: suivi history {ref}"), ref=row["ref"])]


def short_thread(terminal: Terminal, row: Row) -> list[str]:
    """What it is, and where it stands."""
    heading = f"{row['ref']} · {office_of(row, terminal.lang)}"
    return [*(bold(line) for line in wrapped(heading)), "", *card(facts(terminal, row))]


def facts(terminal: Terminal, row: Row) -> Iterator[tuple[str, str]]:
    """What there is to say of it, label and words."""
    say, lang = terminal.say, terminal.lang
    yield say(N_("Cases")), ", ".join(row["cases"])
    yield say(N_("What was sent")), joined((kind_of(row, lang), date_of(row["first_sent"], lang), row["subject"] or ""))
    yield say(N_("In the name of")), who(row["behalf"])
    yield say(N_("Written by")), who(row["by"])
    yield say(N_("Co-signers")), how_many(row["cosigners"], lang) if row["cosigners"] else ""
    yield say(N_("State")), standing_of(row, lang)
    yield say(N_("Answer")), say(ANSWERS[row["answer"]]) if row["answer"] else ""
    yield say(N_("Reason")), reason_of(row, lang)
    yield say(N_("Letters")), _counted(row["attempts"], lang)
    yield say(N_("Reminders")), _counted(row["reminders"], lang)
    yield say(N_("Whose turn")), say(TURNS[row["whose_turn"]])
    yield say(N_("Has waited")), days(row["days_waiting"], lang)
    yield say(N_("Last contact")), date_of(row["last_contact"], lang)
    yield say(N_("Answer announced")), date_of(row["wait_until"], lang)
    yield say(N_("Meetings")), "\n".join(f"– {meeting_line(one, lang)}" for one in row["meetings"])
    yield say(N_("Pauses")), "\n".join(_pause(terminal, one) for one in row["pauses"])
    yield say(N_("Followed by")), who(row["owner"])
    yield say(N_("Deadlines")), "\n".join(f"– {clock_line(each, lang, terminal.zone)}" for each in row["clocks"])
    yield from _around(terminal, row)


def _around(terminal: Terminal, row: Row) -> Iterator[tuple[str, str]]:
    """The threads and the offices that stand about it."""
    say = terminal.say
    yield say(N_("Comes from")), row["redirected_from"] or ""
    yield say(N_("Goes on in")), joined((who(row["redirected_to"]), row["goes_on_as"] or ""))
    yield say(N_("Formerly with")), ", ".join(who(office) for office in row["former_offices"])
    yield say(N_("Same mailing")), ", ".join(row["mailing"])


def _counted(count: Row, lang: str) -> str:
    """With the words that someone used, where they are others."""
    said = how_many(count, lang)
    return f"{said} ({count['text']})" if count["text"] and plain(count["text"]) != plain(said) else said


def _pause(terminal: Terminal, one: Row) -> str:
    return "– " + joined((span(one["since"], one["over"] or one["until"], terminal.lang), one["reason"]))
