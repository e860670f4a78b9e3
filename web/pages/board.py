"""The cases in columns, one for each state; where each can be moved, by its menu or by dragging it there."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

from markupsafe import Markup, escape

from domain.case.rules import name_of
from domain.words import natural
from projections.phrases.catalogue import N_
from projections.phrases.rows import Row, who
from services.reading.lists import columns, totals_by_state
from web.pages.listing_frame import Frame, counted
from web.pages.listing_rows import row_model
from web.pages.states import open_and_closed, shown_state, words_of
from web.rendering import Page, address_of, piece
from workflows.library import library
from workflows.workflow import Workflow

MOST = 25  # of a column
PAST = 1_000  # cases of a past time that are told apart by state
WIDE = "in_progress"
CLOSED = "done"  # the column of all that is closed
ENDS = (CLOSED, "not_done")  # the usual ones
TO: Mapping[str, tuple[str, ...]] = {
    "referred": ("refer",), "in_progress": ("start", "resume", "reopen"), "postponed": ("postpone",), "blocked": ("block",),
    "done": ("complete",), "not_done": ("close-undone",), "adopted": (),
}  # fmt: skip
WORDS = {
    "refer": N_("Refer to a body…"), "start": N_("Start"), "resume": N_("Resume"), "reopen": N_("Reopen…"),
    "postpone": N_("Postpone…"), "block": N_("Mark as blocked…"), "complete": N_("Close as done…"),
    "close-undone": N_("Close as not done…"),
}  # fmt: skip
NEVER = N_("A case does not come back to its adoption. What was recorded wrongly is taken back in its history.")
CLOSED_NOW = N_("{numbers} is closed. Reopen it first.")
NOT_FROM = N_("{numbers} cannot go there from where it is.")
REF, NUMBERS, THREAD, OFFICE = "~case~", "~numbers~", "~thread~", "~office~"  # in a menu that several cases share
AWAITED = {"number": THREAD, "office": {"name": OFFICE}}
Menus = dict[tuple[str, str, bool], str]
"""Rules, state, whether an answer is still to come -> the menu."""

AWAITS = N_("{numbers} cannot be closed here. The thread with {office} awaits an answer. Close that thread first, or choose the outcome “not done”, with a reason.")  # noqa: E501  # fmt: skip


def board_model(frame: Frame) -> dict[str, Any]:
    """The columns that have cases, and in words those that have none."""
    counts, found = _counts(frame), _cases(frame)
    left, closed = open_and_closed(frame.rules)
    menus: Menus = {}
    shown = [_column(frame, states, counts, found, menus) for states in (*([state] for state in left), [CLOSED, *closed])]
    empty = [column["word"] for column in shown if not column["n"]]
    return {
        "columns": [column for column in shown if column["n"]],
        "empty": frame.page.say(N_("No case is in these states: {states}."), states=empty) if empty else "",
        "moving": frame.page.may("write") and not frame.page.past,
    }


def _states(frame: Frame) -> list[str]:
    return [state for part in open_and_closed(frame.rules) for state in part]


def _counts(frame: Frame) -> dict[str, int]:
    if frame.page.when.now:
        return totals_by_state(frame.home, frame.asked, _states(frame))
    found: dict[str, int] = {}
    for row in frame.rows(PAST).rows:
        found[row["state"]] = found.get(row["state"], 0) + 1
    return found


def _cases(frame: Frame) -> list[Row]:
    return columns(frame.home, frame.asked, _states(frame), MOST) if frame.page.when.now else frame.rows(PAST).rows


def _column(
    frame: Frame, states: Sequence[str], counts: Mapping[str, int], found: list[Row], menus: Menus
) -> dict[str, Any]:
    """One column, called as its cases call their state; that of closed cases has every final state."""
    page, state = frame.page, states[0]
    rows = [row for row in found if row["state"] in states]
    rows.sort(key=lambda row: (row["home"], natural(row["numbers"][0])))
    n = sum(counts.get(each, 0) for each in dict.fromkeys(states))
    word = _word(frame, state, rows)
    asked = {"closed": "1", "turn": None, "overdue": None} if state == CLOSED else {"state": state}
    return {
        "state": state,
        "word": word,
        "n": n,
        "counted": counted(page, n),
        "wide": state == WIDE,
        "rows": [fiche(frame, row, menus) | {"differs": shown_state(page, row).word != word}
                 for row in rows[:MOST]],
        "others": max(n - MOST, 0),
        "href": page.here(vue=None, after=None, **asked),
    }  # fmt: skip


def _word(frame: Frame, state: str, rows: Sequence[Row]) -> str:
    """« Adoptée », « Prévue », « Adoptée / Prévue »: in the words of the rules that its cases follow, else of any."""
    if state == CLOSED:
        return shown_state(frame.page, {"state": CLOSED}).word
    own = {row["workflow"] for row in rows}
    rules = [each for each in frame.rules if each.name in own or not own]
    return " / ".join(dict.fromkeys(shown.word for shown in words_of(frame.page, state, rules)))


def fiche(frame: Frame, row: Row, menus: Menus) -> dict[str, Any]:
    """A case in its column, with where it can go."""
    page = frame.page
    menu = menu_of(page, row, menus) if page.may("write") and not page.past else ""
    return row_model(page, row, frame.day) | {"menu": menu}


def menu_of(page: Page, row: Row, menus: Menus) -> Markup:
    """Where it can go. All cases of the same rules in a state have the same menu: it is made once, and what is a case's own then
    takes the place of what stands for it."""
    key = (row["workflow"], row["state"], bool(row["awaiting"]))
    if key not in menus:
        blank = row | {"ref": REF, "numbers": [NUMBERS], "awaiting": [AWAITED] if row["awaiting"] else []}
        moves = [_move(page, blank, way) for way in ways_from(page, *key[:2])]
        menus[key] = str(piece(page, "board_menu.html", moves=moves, numbers=NUMBERS)) if moves else ""
    menu = menus[key].replace(address_of(REF), escape(address_of(row["ref"])))
    for thread in row["awaiting"][:1]:
        office = who(thread["office"]) or page.say(N_("an office"))
        menu = menu.replace(THREAD, str(thread["number"])).replace(OFFICE, escape(office))
    return Markup(menu.replace(NUMBERS, escape(_numbers(row))))


class Way(NamedTuple):
    """From a state to another: the verb that leads there, the words of its link, whether it needs a form; or why none."""

    to: str
    word: str
    verb: str = ""
    do: str = ""
    needs: bool = True
    why: str = ""


def ways_from(page: Page, rules: str, state: str) -> list[Way]:
    """Where the cases of those rules in that state can go, and where not. What closes them first stands for the column of
    closed cases."""
    workflow = library()[rules]
    left, closed = open_and_closed([workflow])
    ends = [end for end in ENDS if end in closed] or closed
    targets = [*left, *(ends[:1] if state in closed else ends)]
    ways = [_way(page, workflow, state, to) for to in targets if to != state and not (state in closed and to in closed)]
    ways = [way._replace(to=CLOSED) if way.to == ends[0] else way for way in ways]
    return sorted(ways, key=lambda way: bool(way.why))


def _way(page: Page, workflow: Workflow, state: str, to: str) -> Way:
    word = shown_state(page, {"state": to}, workflow.name).whole
    for verb in TO.get(to, ()) or workflow.verbs:
        for move in workflow.moves(verb):
            leads = to in TO or move.target(state) == to
            if leads and state in workflow.definition.sources(move) and not move.given:
                return Way(to, word, verb, _named(page, workflow, verb), "required" in move.facts.values())
    return Way(to, word, why=NEVER if to == workflow.initial else CLOSED_NOW if workflow.is_final(state) else NOT_FROM)


def _named(page: Page, workflow: Workflow, verb: str) -> str:
    """« Reporter… », or the move as the organisation calls it."""
    if verb in WORDS:
        return page.say(WORDS[verb])
    words = page.say("{name}", name=name_of(verb, workflow))
    return words[:1].upper() + words[1:]


def _move(page: Page, row: Row, way: Way) -> dict[str, Any]:
    """The form that leads there, or why there is none, with the way out."""
    path = f"{address_of(row['ref'])}/agir"
    found = {"to": way.to, "word": way.word, "do": way.do, "href": "", "action": "", "why": "", "out": []}
    if way.to == CLOSED and row["awaiting"]:
        return found | _awaiting(page, row, path)
    if way.why:
        return found | {"why": page.say(way.why, numbers=_numbers(row))}
    return found | {"href": page.link(f"{path}/{way.verb}"), "action": "" if way.needs else f"{path}/{way.verb}"}


def _awaiting(page: Page, row: Row, path: str) -> dict[str, Any]:
    """An answer is still to come: first the thread, or another outcome."""
    thread = row["awaiting"][0]
    out = [{"word": page.say(N_("Open the thread")), "href": page.link(f"/correspondance/{thread['number']}")},
           {"word": page.say(N_("Choose another outcome")), "href": page.link(f"{path}/close-undone")}]  # fmt: skip
    office = who(thread["office"]) or page.say(N_("an office"))
    return {"why": page.say(AWAITS, numbers=_numbers(row), office=office), "out": out}


def _numbers(row: Row) -> str:
    return " – ".join(row["numbers"])
