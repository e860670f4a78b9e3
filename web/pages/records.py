"""`/activites`: what was done beside the cases: activities, letters as told, publications, alliances, fundings, figures."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from itertools import groupby
from typing import Any

from fastapi import APIRouter
from starlette.responses import Response

from domain.errors import SuiviError
from domain.record.events import EXPECT_REPLY
from projections.phrases.annals import FORMS, KINDS, RELATIONS, facts_of
from projections.phrases.catalogue import N_
from projections.phrases.rows import Row, who
from projections.phrases.threads import how_many
from services.home import Home
from services.reading import history
from services.reading.pages import page_of
from services.reading.records import asked_of, order, record, record_ref, records
from web.entering import Insider
from web.pages.case import amending
from web.pages.these import ThisPage
from web.pages.timeline import timeline
from web.problems import status_of
from web.rendering import Page, address_of, render

PATH = "/activites"
PAGE = 60  # records of a page
FILTERS = ("q", "de", "a", "genre")
VERBS = (("reword", N_("Change what it says")), ("link", N_("Link it to a case")), ("withdraw", N_("Withdraw it")))

router = APIRouter(include_in_schema=False)


@router.get(PATH)
def show_records(desk: Insider, page: ThisPage) -> Response:
    """The records by kind, as the address filters them."""
    try:
        return render(page, "records.html", **records_model(page, desk.home))
    except SuiviError as fault:
        if status_of(fault) != 422:
            raise
        return render(page, "records.html", 422, **_frame(page) | {"fault": page.say(fault)})


@router.get(PATH + "/{number}")
def show_record(desk: Insider, page: ThisPage, number: str) -> Response:
    """One record, with its history."""
    return render(page, "record.html", **record_model(page, desk.home, number))


def records_model(page: Page, home: Home) -> dict[str, Any]:
    """What the template of the list shows."""
    asked = {name: page.asked.get(name, "").strip() for name in FILTERS}
    wanted = asked_of(home, None, asked["q"] or None, asked["de"] or None, asked["a"] or None)
    found = records(home, page.when, wanted)
    kinds = Counter(row["kind"] for row in found)
    kind = asked["genre"] if asked["genre"] in KINDS else ""
    kept = [row for row in found if kind in ("", row["kind"])]
    shown = page_of(kept, order, page.asked.get("after"), PAGE)
    return _frame(page) | {
        "groups": [{"name": _capital(page.say(KINDS[each])), "rows": [_row(page, row) for row in rows]}
                   for each, rows in groupby(shown.items, key=lambda row: row["kind"])],
        "told": page.count(N_("{n} entry"), "{n} entries", len(kept)),
        "kinds": [{"name": _capital(page.say(word)), "n": kinds[each], "on": each == kind,
                   "href": page.here(genre=each, after=None)} for each, word in KINDS.items() if kinds[each]],
        "every": {"n": len(found), "on": not kind, "href": page.here(genre=None, after=None)},
        "next": page.here(after=shown.next) if shown.next else "",
        "first": page.here(after=None) if page.asked.get("after") else "",
    }  # fmt: skip


def _frame(page: Page) -> dict[str, Any]:
    asked = {name: page.asked.get(name, "") for name in FILTERS}
    writes = page.may("write") and not page.past
    return {
        "asked": asked, "narrowed": any(asked.values()), "groups": [], "told": "", "kinds": [], "every": None, "next": "",
        "first": "", "fault": "", "clear": page.link(PATH), "new": page.link(f"{PATH}/nouvelle") if writes else "",
        "kept": [(name, page.asked[name]) for name in ("lang", "as_of", "known_at", "genre") if page.asked.get(name)],
    }  # fmt: skip


def _row(page: Page, row: Row) -> dict[str, Any]:
    return {
        "number": row["number"], "title": row["title"], "href": page.link(address_of(row["ref"])),
        "date": page.day(row["date"]) if row["date"] else page.say(N_("date not said")),
        "facts": " · ".join(facts_of(row, page.lang)),
    }  # fmt: skip


def record_model(page: Page, home: Home, number: str) -> dict[str, Any]:
    """What the template of one shows."""
    ref = record_ref(number)
    row, zone = record(home, ref, page.when), home.store.present.calendar.zone
    acts = page.may("write") and not page.past
    source = row["source"]
    verbs = (
        () if row["withdrawn"] else (*VERBS, *((("send", N_("Open a thread with an office")),) if _sends(row) else ()))
    )
    return {
        "number": row["number"], "title": row["title"], "kind": _capital(page.say(KINDS[row["kind"]])),
        "list": page.link(PATH, genre=row["kind"]), "facts": [(label, lines) for label, lines in _facts(page, row) if lines],
        "text": (row["text"] or "").split("\n\n") if row["text"] else [], "withdrawn": row["withdrawn"],
        "links": [{"ref": each, "href": page.link(address_of(each))} for each in row["links"] if isinstance(each, str)],
        "source": page.say(N_("Import {key}, lines {first} to {last}"), key=source["document"] or "—",
                           first=str(source["first_line"]), last=str(source["last_line"])) if source else "",
        "import": page.link(f"/importer/fait/{source['document']}") if source and source["document"] and acts else "",
        "entries": timeline(page, history(home, ref, page.when, page.lang), zone), "amend": amending(page, ref),
        "acts": [{"name": page.say(words), "href": page.link(f"{address_of(ref)}/agir/{verb}")} for verb, words in verbs]
                if acts else [],
    }  # fmt: skip


def _sends(row: Row) -> bool:
    """Whether it is a letter that may become a thread."""
    return row["kind"] == "advocacy" and row["form"] in EXPECT_REPLY and not row["threads"]


def _facts(page: Page, row: Row) -> Iterator[tuple[str, list[str]]]:
    """What there is to say of it: label, and lines."""
    say = page.say
    words = row["date_words"] if row["date_words"] and row["date_words"] != row["date"] else ""
    yield say(N_("Date")), [page.day(row["date"])] if row["date"] else [say(N_("date not said"))]
    yield say(N_("As it was written")), [words] if words else []
    yield say(N_("Place")), [row["place"]] if row["place"] else []
    yield say(N_("What was written")), [_capital(say(FORMS[row["form"]]))] if row["form"] else []
    yield say(N_("Addressed to")), [who(one) for one in row["addressees"]]
    yield say(N_("With")), [who(one) for one in row["parties"]]
    yield say(N_("Co-signers")), [how_many(row["cosigners"], page.lang)] if row["cosigners"] else []
    yield say(N_("What we are in it")), [_capital(say(RELATIONS[row["relation"]]))] if row["relation"] else []
    yield say(N_("Figures")), [one["words"] for one in row["figures"]]
    yield say(N_("Published in")), [row["published"]] if row["published"] else []


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]
