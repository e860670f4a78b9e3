"""One case as a person reads it: what it is, where it stands, what is proposed, what is possible now; its history."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from cli.layout import Column, bold, card, table, wrapped
from cli.terminal import Terminal
from domain.time import Edtf
from projections.phrases.catalogue import N_
from projections.phrases.clocks import clock_line, wait_said
from projections.phrases.reports import approved_said
from projections.phrases.rows import (
    AUDIENCE,
    CONFIDENCE,
    LINK,
    MOVES_FIRST,
    VISIBILITY,
    Row,
    date_of,
    day_of_instant,
    joined,
    label_of,
    numbers,
    state_of,
    state_word_of,
    what_to_type,
    who,
)
from projections.phrases.standing import standing_said
from projections.phrases.threads import number_of, thread_line
from projections.phrases.told import fact_said, why_said


def case_card(terminal: Terminal, row: Row, threads: list[Row], acting: bool = True) -> list[str]:
    """The whole card, with its threads; `acting`: with what may be typed next, which makes sense only of the present."""
    lines = short_card(terminal, row)
    for block in (proposal(terminal, row, acting), threads_of_case(terminal, threads), notes(terminal, row),
                  told(terminal, row), paragraph(terminal, row)):
        lines += ["", *block] if block else []
    if row["text"]:
        lines += ["", bold(terminal.say(N_("Text"))), *wrapped(row["text"], 2)]
    if acting:
        lines += ["", *possible(terminal, row)]
    return [*lines, "", terminal.say(N_("Its whole history: suivi history {ref}"), ref=row["ref"])]


def short_card(terminal: Terminal, row: Row) -> list[str]:
    """What it is, and where it stands."""
    lines = [*heading(terminal, row), "", *card(facts(terminal, row))]
    each = parts(terminal, row)
    return [*lines, "", *each] if each else lines


def heading(terminal: Terminal, row: Row) -> list[str]:
    """Its reference and its title, or one title for each number."""
    if len(row["numbers"]) == 1:
        return [bold(line) for line in wrapped(f"{row['ref']} · {row['title']}")]
    titles = card(((number, row["titles"].get(number, "")) for number in row["numbers"]), label_width=6)
    return [bold(terminal.say("{refs}", refs=numbers(row, with_assembly=True))), *titles]


def facts(terminal: Terminal, row: Row) -> Iterator[tuple[str, str]]:
    """What there is to say of it, label and words."""
    say, lang = terminal.say, terminal.lang
    yield say(N_("State")), state_of(row, lang)
    yield say(N_("Followed by")), who(row["owner"])
    yield say(N_("Due")), date_of(row["due"], lang)
    yield say(N_("Standing")), standing_said(row["standing"], lang) if row["standing"] else ""
    yield say(N_("Referred to")), "\n".join(_referred(terminal, row))
    yield say(N_("Blocked by")), "\n".join(_awaited(terminal, row["blocked_on"])) if _blocked(row) else ""
    yield say(N_("Waiting for")), "\n".join(_awaited(terminal, row["waiting_on"]))
    yield say(N_("Postponed until")), date_of(row["postponed_until"][-1], lang) if _postponed(row) else ""
    yield say(N_("Remains to be done")), "\n".join(f"– {text}" for text in row["residuals"])
    yield say(N_("Tasks")), "\n".join(_task(terminal, task) for task in row["tasks"])
    yield say(N_("Deadlines")), "\n".join(f"– {clock_line(clock, lang, terminal.zone)}" for clock in row["clocks"])
    yield say(N_("Links")), "\n".join(_link(terminal, link) for link in row["links"])
    yield say(N_("Attached files")), "\n".join(f"– {file['name']}" for file in row["attachments"])
    yield say(N_("Submitted by")), who(row["submitted_by"])
    yield say(N_("Adopted on")), date_of(row["adopted_on"], lang)
    yield say(N_("May be read by")), say(VISIBILITY[row["visibility"]]) if row["visibility"] in VISIBILITY else ""


def parts(terminal: Terminal, row: Row) -> list[str]:
    """Each part and its state, if there are several."""
    if len(row["parts"]) < 2:
        return []
    states = ((part["label"], state_word_of(part, terminal.lang, row["workflow"])) for part in row["parts"])
    return [bold(terminal.say(N_("Parts"))), *(f"  {line}" for line in card(states))]


def proposal(terminal: Terminal, row: Row, acting: bool) -> list[str]:
    """What an import read, on which lines, and how to establish it or say otherwise."""
    pending = row["proposals"]
    if not pending:
        return []
    lines = [bold(terminal.say(N_("Proposed state, to be confirmed")))]
    for one in pending:
        state = state_word_of(one, terminal.lang, row["workflow"])
        part = terminal.say(N_("part {part}"), part=one["part"]) if one["part"] else ""
        lines.append("  " + joined((part, state, terminal.say(CONFIDENCE[one["confidence"]]))))
        for evidence in one["evidence"]:
            lines += wrapped(cited(terminal, evidence), 4)
        if one["alternatives"]:
            others = [label_of(state, terminal.lang, row["workflow"]) for state in one["alternatives"]]
            lines += wrapped(terminal.say(N_("It could also be: {states}."), states=others), 4)
    if acting:
        lines.append("  " + terminal.say(N_("To establish it: suivi confirm {ref}"), ref=row["ref"]))
        other = pending[0]["alternatives"][0] if pending[0]["alternatives"] else "in_progress"
        other += " --set completion=full" if other == "done" else ""
        say = N_("To establish another: suivi act {ref} confirm --set state={state}")
        lines.append("  " + terminal.say(say, ref=row["ref"], state=other))
    return lines


def cited(terminal: Terminal, evidence: Row) -> str:
    """Words of the document, with their lines."""
    first, last = evidence["first_line"], evidence["last_line"]
    words = " ".join(evidence["text"].split())
    if first == last:
        return terminal.say(N_("line {first}: “{words}”"), first=str(first), words=words)
    return terminal.say(N_("lines {first} to {last}: “{words}”"), first=str(first), last=str(last), words=words)


def notes(terminal: Terminal, row: Row) -> list[str]:
    """What was written down, with its date and for whom, said once for those that follow each other."""
    lines = [bold(terminal.say(N_("Notes")))]
    before = ""
    for note in row["notes"]:
        head = joined((date_of(note["occurred"], terminal.lang), terminal.say(AUDIENCE[note["audience"]])))
        lines += [*(wrapped(head, 2) if head != before else ()), *wrapped(note["text"], 4)]
        before = head
    return lines if row["notes"] else []


def told(terminal: Terminal, row: Row) -> list[str]:
    """The dates that its documents tell and nobody has noted yet."""
    lines = [bold(terminal.say(N_("Dates read in the document, to be noted")))]
    for fact in row["facts"]:
        said, why = fact_said(fact, terminal.lang), why_said(fact, terminal.lang)
        lines += [*wrapped(f"– {said} · {why}", 2), *wrapped(fact["text"], 4)]
    return lines if row["facts"] else []


def paragraph(terminal: Terminal, row: Row) -> list[str]:
    """What was approved last for a report: by whom, when, and whether facts came after it."""
    if not row["paragraphs"]:
        return []
    last = row["paragraphs"][-1]
    said = approved_said(last, terminal.lang, terminal.zone)
    return [bold(terminal.say(N_("Paragraph of the report"))), *wrapped(said, 2), *wrapped(last["text"], 4)]


def possible(terminal: Terminal, row: Row) -> list[str]:
    """The verbs of the moment, with the command to type."""
    allowed = sorted((a for a in row["actions"] if a["allowed"]), key=_moves_first)
    if not allowed:
        return wrapped(terminal.say(N_("You may read this case; acting on it takes a role that you do not have here.")))
    from workflows.vocabulary import VERBS

    simplest = {a["verb"]: a for a in sorted(allowed, key=lambda a: -len(a["required"]))}
    rows = [
        (terminal.say(VERBS[a["verb"]]), what_to_type(row, a, terminal.lang))
        for a in allowed
        if a == simplest[a["verb"]]
    ]
    columns = [Column(terminal.say(N_("Possible now")), 30), Column(terminal.say(N_("What to type")))]
    return table(columns, rows)


def threads_of_case(terminal: Terminal, rows: list[Row]) -> list[str]:
    """The threads of a case in short."""
    if not rows:
        return []
    lines = [line for row in rows for line in wrapped(thread_line(row, terminal.lang), 2)]
    hint = terminal.say(N_("To see one: suivi demarche {ref}"), ref=number_of(rows[0]["ref"]))
    return [bold(terminal.say(N_("Threads"))), *lines, f"  {hint}"]


def _moves_first(action: Row) -> int:
    verb = action["verb"]
    return MOVES_FIRST.index(verb) if verb in MOVES_FIRST else len(MOVES_FIRST)


def _blocked(row: Row) -> bool:
    return any(part["state"] == "blocked" for part in row["parts"])


def _postponed(row: Row) -> bool:
    return bool(row["postponed_until"]) and any(part["state"] == "postponed" for part in row["parts"])


def _referred(terminal: Terminal, row: Row) -> Iterator[str]:
    for referral in row["referrals"]:
        due = date_of(referral["due"], terminal.lang)
        yield who(referral["body"]) + (terminal.say(N_(", due {day}"), day=due) if due else "")


def _awaited(terminal: Terminal, awaited: Iterable[Row]) -> Iterator[str]:
    for one in awaited:
        said = [who(one["on"]), one.get("reason") or "", one["condition"] or ""]
        began = terminal.say(N_("waiting began {day.placed}"), day=Edtf(one["since"])) if one["since"] else ""
        yield joined([*said, began])


def _task(terminal: Terminal, task: Row) -> str:
    done = terminal.say(N_("done")) if task["done"] else ""
    when = wait_said(task, terminal.lang) if task["waits"] else date_of(task["due"], terminal.lang)
    return joined((f"{task['task']}. {task['text']}", who(task["owner"]), when, done))


def _link(terminal: Terminal, link: Row) -> str:
    kind = LINK.get(link["kind"])
    return f"{terminal.say(kind) if kind else link['kind']} {who(link['to'])}"


def history_lines(terminal: Terminal, ref: str, entries: list[dict[str, Any]]) -> list[str]:
    """Dated sentences, each with its place in the log; what was corrected or retracted stays, and is told apart."""
    if not entries:
        return [terminal.say(N_("Nothing was known of it then."))]
    columns = [Column(terminal.say(head), most) for head, most in
               ((N_("Entry"), 8), (N_("When"), 22), (N_("What"), None), (N_("Recorded"), 22))]  # fmt: skip
    rows = [(str(e["position"]), date_of(e["occurred"], terminal.lang), _told(terminal, e), _recorded(terminal, e))
            for e in entries]  # fmt: skip
    lines = table(columns, rows)
    if ref.startswith("import:"):
        return [*lines, "", terminal.say(N_("To take this import back: suivi import --undo {id}"), id=ref[7:])]
    last = [e for e in entries if not e["machine"]][-1]
    hint = N_("To correct an entry: suivi act {ref} correct --set event={entry} --set set.NAME=VALUE --set reason=…")
    return [*lines, "", terminal.say(hint, ref=ref, entry=str(last["position"]))]


def _told(terminal: Terminal, entry: Row) -> str:
    if entry["retracted_by"]:
        mark = terminal.say(N_("[retracted by entry {entry}]"), entry=str(entry["retracted_by"]))
    elif entry["corrected_by"]:
        mark = terminal.say(N_("[corrected by entry {entry}]"), entry=str(entry["corrected_by"]))
    else:
        return str(entry["text"])
    return f"{mark} {entry['text']}"


def _recorded(terminal: Terminal, entry: Row) -> str:
    return joined((day_of_instant(entry["recorded_at"], terminal.lang, terminal.zone), entry["actor"] or ""))
