"""One case, as its page shows it: where it stands, what is due, what can be done, what happened."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any
from urllib.parse import quote

from fastapi import APIRouter
from starlette.responses import Response

from projections.phrases.catalogue import N_
from projections.phrases.clocks import wait_said
from projections.phrases.reports import approved_said
from projections.phrases.rows import CONFIDENCE, LINK, VISIBILITY, Row, label_of, state_word_of, who
from projections.phrases.standing import standing_said
from projections.phrases.told import fact_said, why_said
from services.home import Home
from services.reading.demarches import day_of_reading
from services.reading.sheets import CaseSheet, case_sheet
from web.entering import Reader
from web.pages.case_head import head_model
from web.pages.correspondence import threads_model
from web.pages.deadlines import deadlines_model
from web.pages.lives import life_figure
from web.pages.moves import AMENDING, follow_model, moves_model
from web.pages.plans_item import item_model
from web.pages.states import shown_state
from web.pages.these import ThisPage
from web.pages.timeline import timeline
from web.pages.waiting import limits_of
from web.rendering import Page, address_of, render

PATH = "/dossiers"
router = APIRouter(include_in_schema=False)


@router.get(PATH + "/{ref}")
def show_case(desk: Reader, page: ThisPage, ref: str) -> Response:
    """One case."""
    return render(page, "case.html", **case_model(page, desk.home, ref))


def case_model(page: Page, home: Home, ref: str) -> dict[str, Any]:
    """What the template of a case shows. Whoever is not of the office reads its course, and nothing of the work on it."""
    inside = page.may("inside")
    sheet = case_sheet(home, ref, page.when, page.lang)
    row, day, limits = sheet.row, day_of_reading(home, page.when), limits_of(home)
    name = sheet.assembly
    return {
        "row": row,
        "numbers": " – ".join(row["numbers"]),
        "assembly": name,
        "titles": [(number, row["titles"][number]) for number in row["numbers"]] if len(row["numbers"]) > 1 else [],
        "list": page.link(address_of(f"{'plan' if row['plan'] else 'assembly'}:{row['home']}")),
        "head": head_model(page, sheet, limits, day),
        "item": item_model(page, home, sheet),
        "parts": parts(page, row),
        "texts": (row["text"] or "").split("\n\n") if row["text"] else [],
        "entries": timeline(page, sheet.history, home.store.present.calendar.zone, name),
        "replay": page.link(f"{address_of(row['ref'])}/rejouer") if inside else "",
        "moves": moves_model(page, row, sheet.threads) if inside and not page.past else None,
        "follow": follow_model(page, row, sheet.followed),
        "inside": inside,
        "work": _work(page, home, sheet) if inside else None,
        "life": life_figure(page, row, sheet.stages, sheet.threads, limits, day),
        "threads": threads_model(page, sheet.threads, limits, day),
        "write_to": page.link("/correspondance/nouvelle", cases=row["ref"]) if _may_act(page) else "",
    }


def amending(page: Page, ref: str) -> dict[str, str]:
    """Where an event is corrected, and where it is retracted: its number comes last."""
    where = address_of(ref)
    return {verb: page.link(f"{where}/agir/{verb}") for verb in AMENDING} if _may_act(page) else {}


def _may_act(page: Page) -> bool:
    return page.may("write") and not page.past


def _work(page: Page, home: Home, sheet: CaseSheet) -> dict[str, Any]:
    """What only those who see to cases read: proposals, tasks, deadlines, documents, and who else has to do with it."""
    row, lines = sheet.row, {line["task"] for line in (sheet.item or {}).get("nodes", ())}
    zone, form = home.store.present.calendar.zone, f"{address_of(row['ref'])}/agir/"
    acts = _may_act(page)
    return {
        "proposals": proposals(page, row) if page.when.now else [],
        "confirm": page.link(form + "confirm") if acts else "",
        "tasks": [_task(page, task) for task in row["tasks"] if task["task"] not in lines],
        "add_task": page.link(form + "add-task") if acts else "",
        "deadlines": deadlines_model(page, row, zone) if page.when.now else [],
        "files": files(page, f"/api/v1/cases/{quote(row['ref'], safe='')}", row["attachments"]),
        "attach": page.link(form + "attach") if acts else "",
        "amend": amending(page, row["ref"]),
        "facts": list(facts(page, row)),
        "told": [_told(page, fact, form if acts else "") for fact in row["facts"]],
        "paragraph": _paragraph(page, row, zone),
    }


def _told(page: Page, fact: Row, form: str) -> dict[str, str]:
    """A date that a document tells: the form that notes it begins with its sentence and its date."""
    return {
        "said": fact_said(fact, page.lang), "why": why_said(fact, page.lang), "text": fact["text"],
        "note": page.link(f"{form}note", text=fact["text"], occurred=fact["occurred"]) if form else "",
    }  # fmt: skip


def _paragraph(page: Page, row: Row, zone: str) -> dict[str, Any] | None:
    """What was approved last for a report, and whether facts came after it."""
    last = row["paragraphs"][-1] if row["paragraphs"] else None
    return last and {"said": approved_said(last, page.lang, zone), "lines": last["text"].split("\n\n")}


def facts(page: Page, row: Row) -> Iterator[tuple[str, list[dict[str, str]]]]:
    """What else there is to say of it: label, and lines, each with the page that it leads to."""
    say = page.say
    told: list[tuple[str, list[dict[str, str]]]] = [
        (say(N_("Standing follow-up")), [_line(standing_said(row["standing"], page.lang))] if row["standing"] else []),
        (say(N_("Referred to")), [_linked(page, each["body"], _by(page, each["due"])) for each in row["referrals"]]),
        (say(N_("Blocked by")), [_awaited(page, each) for each in row["blocked_on"]] if _stands(row, "blocked") else []),
        (say(N_("Waiting for")), [_awaited(page, each) for each in row["waiting_on"]]),
        (say(N_("Remains to be done")), [_line(each) for each in row["residuals"]]),
        (say(N_("Links")), [_link(page, each) for each in row["links"]]),
        (say(N_("Submitted by")), [_linked(page, row["submitted_by"])]),
        (say(N_("Adopted on")), [_line(page.day(row["adopted_on"]))] if row["adopted_on"] else []),
        (say(N_("May be read by")), [_line(say(VISIBILITY[row["visibility"]]))] if row["visibility"] in VISIBILITY else []),
    ]
    for label, lines in told:
        if kept := [line for line in lines if line["words"]]:
            yield label, kept


def _stands(row: Row, state: str) -> bool:
    return any(part["state"] == state for part in row["parts"])


def _line(words: str, href: str = "", more: str = "", before: str = "") -> dict[str, str]:
    return {"words": words, "href": href, "more": more, "before": before}


def _linked(page: Page, party: Any, more: str = "", before: str = "") -> dict[str, str]:
    """Someone by name, with the way to their page."""
    ref = party.get("ref") if isinstance(party, dict) else None
    return _line(who(party), page.link(address_of(ref)) if ref else "", more, before)


def _by(page: Page, due: str | None) -> str:
    return page.say(N_("report due: {day}"), day=page.day(due)) if due else ""


def _awaited(page: Page, one: Row) -> dict[str, str]:
    since = page.say(N_("since: {day}"), day=page.day(one["since"])) if one["since"] else ""
    return _linked(page, one["on"], " · ".join(filter(None, (one.get("reason"), one["condition"], since))))


def _link(page: Page, link: Row) -> dict[str, str]:
    kind = page.say(LINK[link["kind"]]) if link["kind"] in LINK else link["kind"]
    ref = link["to"] if isinstance(link["to"], str) else ""
    return _line(who(link["to"]), page.link(address_of(ref)) if ref else "", before=kind)


def _task(page: Page, task: Row) -> dict[str, Any]:
    return {
        "number": task["task"], "text": task["text"], "owner": who(task["owner"]), "done": task["done"],
        "due": wait_said(task, page.lang) if task["waits"] else page.day(task["due"]) if task["due"] else "",
    }  # fmt: skip


def files(page: Page, where: str, attachments: list[Row]) -> list[dict[str, str]]:
    """The documents that came with a case or a thread, those that came last first: name, size, where they are fetched."""
    return [
        {"name": one["name"], "size": size_said(page, one["size"]), "href": f"{where}/attachments/{one['sha256']}",
         "occurred": page.day(one["occurred"] or date.fromisoformat(one["recorded_at"][:10]))}
        for one in reversed(attachments)
    ]  # fmt: skip


def size_said(page: Page, size: int) -> str:
    """« 240 ko », « 1,2 Mo »."""
    if size < 1_000_000:
        return page.say(N_("{n} kB"), n=max(round(size / 1000), 1))
    return page.say(N_("{n} MB"), n=round(size / 1_000_000, 1))


def parts(page: Page, row: Row) -> list[dict[str, Any]]:
    """Each part with its state, if there are several."""
    if len(row["parts"]) < 2:
        return []
    return [
        {"label": part["label"], "title": row["titles"].get(part["label"], ""), "state": shown_state(page, part, row["workflow"])}
        for part in row["parts"]
    ]


def proposals(page: Page, row: Row) -> list[dict[str, Any]]:
    """The states that an import read, and on which lines."""
    return [
        {
            "part": one["part"],
            "state": state_word_of(one, page.lang, row["workflow"]),
            "confidence": page.say(CONFIDENCE[one["confidence"]]),
            "evidence": [_cited(page, each) for each in one["evidence"]],
            "others": [label_of(state, page.lang, row["workflow"]) for state in one["alternatives"]],
        }
        for one in row["proposals"]
    ]


def _cited(page: Page, evidence: Row) -> str:
    words, first, last = " ".join(evidence["text"].split()), str(evidence["first_line"]), str(evidence["last_line"])
    if first == last:
        return page.say(N_("line {first}: “{words}”"), first=first, words=words)
    return page.say(N_("lines {first} to {last}: “{words}”"), first=first, last=last, words=words)
