"""`plans`, `plan`: work plans, and one of them with its tree."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated

import typer

from cli.layout import Column, bold, card, table, wrapped
from cli.options import AsOf, Json, KnownAt
from cli.terminal import Terminal, here
from projections.phrases.catalogue import N_
from projections.phrases.plans import FORMS, KINDS, PARTS, STATES
from projections.phrases.rows import Row, date_of, joined, state_word_of, who

ITEM = "plan_item"
Carry = Annotated[
    str | None, typer.Option("--carry-to", metavar=N_("PLAN"), help=N_("Show what carrying its open items over would do."))
]


def plans(context: typer.Context, as_of: AsOf = None, known_at: KnownAt = None, as_json: Json = False) -> None:
    """Lists the plans."""
    from services.reading import When
    from services.reading.plans import plans as read

    terminal = here(context)
    with terminal.reading() as home:
        rows = read(home, When(as_of, known_at))
    terminal.answer({"items": rows}, as_json, lambda: show(terminal, rows))


def show(terminal: Terminal, rows: list[Row]) -> None:
    """Key, title, period, whose, how many items are open."""
    if not rows:
        hint = N_("No plan yet. To enter one: suivi act plan:KEY create --set name=… --set period=2024/2027")
        return terminal.print(terminal.say(hint))
    columns = [Column(terminal.say(head), most) for head, most in
               ((N_("Key"), 20), (N_("Title"), None), (N_("Period"), 18), (N_("Of"), 24), (N_("Open"), 12))]  # fmt: skip
    listed = [(r["key"], r["title"], date_of(r["period"], terminal.lang), _whose(r), f"{r['open']} / {r['items']}")
              for r in rows]  # fmt: skip
    terminal.print(*table(columns, listed))
    return terminal.print("", terminal.say(N_("To see one: suivi plan {ref}"), ref=rows[-1]["key"]))


def _whose(row: Row) -> str:
    return who(row["body"]) or row["author"] or ""


def plan(
    context: typer.Context,
    ref: Annotated[str, typer.Argument(metavar="REF", help=N_("A plan: its key, or plan:KEY."))],
    carry_to: Carry = None, as_of: AsOf = None, known_at: KnownAt = None, as_json: Json = False,
) -> None:  # fmt: skip
    """Shows one plan, with its tree."""
    from services.reading import When
    from services.reading.plans import carried
    from services.reading.plans import plan as read

    terminal = here(context)
    with terminal.reading() as home:
        if carry_to is not None:
            rows = carried(home, ref, carry_to)
            return terminal.answer({"items": rows}, as_json, lambda: show_carried(terminal, ref, carry_to, rows))
        found = read(home, ref, When(as_of, known_at), terminal.lang)
    return terminal.answer(found, as_json, lambda: terminal.print(*plan_card(terminal, found)))


def plan_card(terminal: Terminal, row: Row) -> list[str]:
    """One plan: what it is, its tree, its standing lists."""
    say = terminal.say
    lines = [*(bold(line) for line in wrapped(f"{row['title']} · {row['ref']}")), "", *card(facts(terminal, row))]
    for node in row["nodes"]:
        lines += ["", *branch(terminal, node, 0)]
    for each in row["lists"]:
        lines += ["", bold(each["title"])]
        lines += [line for column in each["columns"] for entry in column for line in wrapped(f"– {entry}", 2)]
    return [*lines, "", say(N_("One item: suivi case {ref}"), ref=first_item(row["nodes"]) or f"{row['key']}:1.1"),
            say(N_("Its whole history: suivi history {ref}"), ref=row["ref"])]  # fmt: skip


def short_plan(terminal: Terminal, row: Row) -> list[str]:
    """What a plan is, without its tree: what stands after an act."""
    return [*(bold(line) for line in wrapped(f"{row['title']} · {row['ref']}")), "", *card(facts(terminal, row))]


def facts(terminal: Terminal, row: Row) -> Iterator[tuple[str, str]]:
    """What there is to say of it, label and words."""
    say, lang = terminal.say, terminal.lang
    yield say(N_("Kind")), say(FORMS[row["form"]])
    yield say(N_("Period")), date_of(row["period"], lang)
    yield say(N_("Of")), _whose(row)
    for part in row["adoption"]:
        on = date_of(part["on"], lang)
        whose = who(part["body"]) or part["by"] or ""
        yield say(PARTS[part["what"]]).capitalize(), joined((say(STATES[part["state"]]), whose, on))
    words = {state: state_word_of({"state": state, "completion": None}, lang, ITEM) for state in row["states"]}
    states = [f"{words[state]}\u00a0: {n}" for state, n in row["states"].items()]
    yield say(N_("Items")), joined((str(row["items"]), *states))
    yield say(N_("Objectives")), "\n".join(f"– {text}" for text in row["objectives"])
    yield say(N_("Targets")), "\n".join(f"– {each['measures']}\u00a0: {each['words']}" for each in row["targets"])
    yield say(N_("State")), say(N_("concluded")) if row["concluded"] else ""


def branch(terminal: Terminal, node: Row, margin: int) -> list[str]:
    """A place of the tree and what stands below it, each a little further to the right."""
    lines = [line for heading in (node["heading"], node["group"]) if heading for line in wrapped(heading, margin)]
    lines += wrapped(joined((_called(terminal, node), _state(terminal, node))), margin)
    inner = margin + 4
    for label, texts in ((N_("Who"), node["who"]), (N_("Expected"), node["results"]),
                         (N_("Target"), [each["words"] for each in node["targets"]])):  # fmt: skip
        lines += wrapped(f"{terminal.say(label)}\u00a0: {'; '.join(texts)}", inner) if texts else []
    for below in node["nodes"]:
        lines += branch(terminal, below, inner)
    for told in node["follow_ups"]:
        lines += wrapped(f"→ {told['text']}", inner + 2 * (told["level"] - 1))
    return lines


def _called(terminal: Terminal, node: Row) -> str:
    if node["hidden"]:
        return f"{node['number']} {terminal.say(N_('not for you to see'))}"
    if node["task"] is not None:
        mark = "✓" if node["done"] else "–"
        return f"{mark} {node['number'] + ' ' if node['number'] not in '-–' else ''}{node['text']}"
    kind = f"{terminal.say(KINDS[node['kind']]).capitalize()} " if node["kind"] in ("axis", "goal") else ""
    return f"{kind}{node['number']} {node['text']}"


def _state(terminal: Terminal, node: Row) -> str:
    """Where an item stands, and who follows it up; of a line, when it is to be done."""
    if (case := node["case"]) is not None:
        return joined((f"[{state_word_of(case, terminal.lang, ITEM)}]", who(case["owner"]), date_of(case["due"], terminal.lang)))
    return f"({node['schedule']['words']})" if node["schedule"] else ""


def first_item(nodes: list[Row]) -> str | None:
    """The REF of the first item of a tree."""
    for node in nodes:
        if found := node["ref"] or first_item(node["nodes"]):
            return str(found)
    return None


def show_carried(terminal: Terminal, ref: str, to: str, rows: list[Row]) -> None:
    """What a carry-over would do, and the command that does it."""
    say = terminal.say
    columns = [Column(say(head), most) for head, most in
               ((N_("No."), 10), (N_("What goes on"), None), (N_("There"), 10), (N_("What happens"), 24))]  # fmt: skip
    listed = [(row["number"], row["residual"] or row["title"], row["to"],
               say(N_("to be entered") if row["new"] else N_("linked to the one that is there"))) for row in rows]  # fmt: skip
    terminal.print(*table(columns, listed), "", say(N_("Nothing was recorded. To do it:")))
    plan_ref, target = (f"plan:{one.removeprefix('plan:')}" for one in (ref, to))
    terminal.print(f"  suivi act {plan_ref} carry-over --set to={target}")
