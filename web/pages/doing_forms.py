"""The form of an act: shown, read, done; and shown again with everything typed where it cannot be done."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any
from urllib.parse import parse_qsl
from uuid import UUID, uuid4

from starlette.responses import RedirectResponse, Response

from domain.errors import Forbidden, Refused, SuiviError, Unavailable
from domain.words import slug
from projections.phrases.catalogue import N_
from projections.phrases.rows import CONFIDENCE, MOVES_FIRST, label_of, state_word_of
from services.act import Ask, AskWithFile, act_all
from services.attachments.files import FileNeeded
from services.execute import OtherRequest, Outcome, StaleVersion
from services.facts import FactMissing
from services.home import ListsBehind
from services.missed import act_on_what_was_read
from services.reading import When, history
from services.reading.demarches import made_by
from services.reading.records import made_by as record_made
from services.refs import fit_key
from web.api.acting import COMMUTING, PATIENCE
from web.api.demarches import NEW
from web.api.records import NEW as NEW_RECORD
from web.entering import Desk
from web.pages.doing_controls import Control, controls_of
from web.pages.doing_faults import Judged, placed_fault
from web.pages.doing_matter import AMENDING, Matter, refusal_of
from web.pages.doing_options import Options
from web.pages.doing_typed import FORM, MORE, VERSION, Typed, checked, facts_of, filled
from web.pages.toast import DONE
from web.problems import status_of
from web.rendering import HEADERS, Page, address_of, render

BACK = "retour"  # the page that one came from, if it is not that of the thing itself
NUMBERED = {"demarche": NEW, "record": NEW_RECORD}  # what is numbered as it is made
WAYS = 5  # acts that are named where another is refused
CARRIED = (BACK, "event")  # from the address of the form into the form
AGAIN = N_("This form has served already, for something else that was recorded. Send it once more to record this too.")


def done(page: Page, to: str, command: UUID | str) -> Response:
    """The answer to a form that did what it was for: the page that follows, which tells it and lets it be undone."""
    path, _, query = to.partition("?")
    asked = {**dict(parse_qsl(query)), DONE: str(command)}
    return RedirectResponse(page.link(path, **asked | {"as_of": None, "known_at": None}), 303, headers=HEADERS)


def show(desk: Desk, page: Page, matter: Matter) -> Response:
    """The form, empty."""
    options = Options(page, desk.home, matter.row)
    controls = controls_of(page, desk.home, matter, options)
    refusal = refusal_of(page, matter)
    return _shown(Sheet(page, matter, options, str(uuid4())), Judged(controls, refusal), refused=bool(refusal))


@dataclass(frozen=True)
class Sheet:
    """What a form is drawn with, whatever stands in it. `id` tells one sending of it from another."""

    page: Page
    matter: Matter
    options: Options
    id: str


def _shown(sheet: Sheet, judged: Judged, status: int = 200, *, refused: bool = False, **more: Any) -> Response:
    page, matter = sheet.page, sheet.matter
    model: dict[str, Any] = {
        "title": matter.title(page), "matter": matter, "back": page.link(_back(page, matter)),
        "controls": judged.controls, "faults": judged.faults, "whole": judged.whole, "refused": refused,
        "lists": sheet.options.lists, "id": sheet.id, "names": {"id": FORM, "version": VERSION},
        "evidence": _evidence(page, matter), "file": any(control.form == "file" for control in judged.controls),
        "kept": [(name, page.asked[name]) for name in CARRIED if page.asked.get(name)],
        "subject": _subject(matter), "numbers": _numbers(matter), "retract": _retracting(page, matter),
        "meanwhile": (), "conflict": status == 409,
        "ways": _ways(page, matter) if refused else (),
    }  # fmt: skip
    return render(page, "act.html", status, **model | more)


def _subject(matter: Matter) -> str:
    """What it is about in the words of the assembly: the title of a case, the office of a thread."""
    row = matter.row or {}
    return (
        str(row.get("title") or (row.get("office") or {}).get("name", ""))
        if matter.kind in ("case", "demarche")
        else ""
    )


def _numbers(matter: Matter) -> str:
    """What stands in the margin."""
    return " – ".join(matter.row["numbers"]) if matter.kind == "case" and matter.row else ""


def _ways(page: Page, matter: Matter) -> list[dict[str, str]]:
    """The acts that are possible instead."""
    verbs = dict.fromkeys(
        a["verb"] for a in (matter.row or {}).get("actions", ()) if a["allowed"] and a["verb"] not in AMENDING
    )
    others = [Matter(matter.kind, verb, matter.ref, matter.row) for verb in sorted(verbs, key=_usual)]
    return [{"href": page.link(other.action), "name": other.title(page)} for other in others[:WAYS]]


def _usual(verb: str) -> int:
    return MOVES_FIRST.index(verb) if verb in MOVES_FIRST else len(MOVES_FIRST)


def _retracting(page: Page, matter: Matter) -> str:
    """Where an entry that is corrected could be taken back instead."""
    if matter.verb != "correct" or not matter.noted:
        return ""
    return page.link(f"{matter.place}/agir/retract", event=matter.noted.position)


def _evidence(page: Page, matter: Matter) -> list[dict[str, Any]]:
    """What an import read, where its state is to be established; the entry that is corrected or taken back."""
    if matter.noted:
        return [{"said": matter.noted.text, "part": None, "lines": [], "others": []}]
    row = matter.row or {}
    if matter.verb != "confirm":
        return []
    return [
        {
            "said": page.say(PROPOSED, state=state_word_of(one, page.lang, row["workflow"]),
                             confidence=page.say(CONFIDENCE[one["confidence"]])),
            "part": one["part"],
            "lines": [" ".join(each["text"].split()) for each in one["evidence"]],
            "others": [label_of(state, page.lang, row["workflow"]) for state in one["alternatives"]],
        }
        for one in row["proposals"]
    ]  # fmt: skip


PROPOSED = N_("Proposed state: {state} ({confidence}).")


def send(desk: Desk, page: Page, matter: Matter, given: Typed) -> Response:
    """What was asked, done; else the form as it was typed, with what is wrong."""
    page = replace(page, asked={**page.asked, **{name: given.one(name)[:300] for name in CARRIED}})
    options = Options(page, desk.home, matter.row)
    before = controls_of(page, desk.home, matter, options)
    sheet = Sheet(page, matter, options, given.one(FORM)[:100] or str(uuid4()))
    controls = filled(before, given)
    if given.one(MORE):
        return _shown(sheet, Judged(controls))
    judged = Judged(checked(page, controls, given))
    if not judged.fine:
        return _shown(sheet, judged, 422)
    try:
        return _do(desk, page, matter, given, facts_of(judged.controls, _standing(matter, before)))
    except StaleVersion as error:
        return _conflict(desk, sheet, judged, error, given)
    except OtherRequest:
        return _shown(Sheet(page, matter, options, str(uuid4())), Judged(judged.controls, page.say(AGAIN)), 422)
    except Unavailable:
        raise
    except SuiviError as error:
        if status_of(error) == 500:
            raise
        return _shown(sheet, placed_fault(page, judged.controls, error), 403 if isinstance(error, Forbidden) else 422)


def _standing(matter: Matter, before: Sequence[Control]) -> Sequence[Control]:
    """Those fields that began filled in with what is recorded: only what was changed in them is said."""
    if matter.verb in ("set-address", "set-language") or (matter.kind, matter.verb) == ("record", "reword"):
        return [control for control in before if control.name != "occurred"]
    return [control for control in before if control.name.startswith("set.")]


class NothingChanged(Refused):
    """Nothing was changed in these fields: there is nothing to correct."""


def _do(desk: Desk, page: Page, matter: Matter, given: Typed, facts: dict[str, Any]) -> Response:
    asks, id = _asks(matter, given, facts), given.id(desk.entered.person)
    if len(asks) == 1:
        outcome = act_on_what_was_read(desk.home.store, desk.entered.actor, asks[0], id)
    else:
        outcome = act_all(desk.home.store, desk.entered.actor, asks, id)
    with suppress(ListsBehind):
        desk.home.settle(outcome, PATIENCE)
    return done(page, _following(desk, page, matter, outcome, asks[0]), id)


def _following(desk: Desk, page: Page, matter: Matter, outcome: Outcome, ask: Ask) -> str:
    """The page that follows: where one came from, else that of the thing."""
    if matter.row is not None:
        return _back(page, matter)
    if matter.kind == "record":
        return address_of(record_made(desk.home, outcome))
    return address_of(made_by(desk.home, outcome)[0] if matter.kind == "demarche" else ask.ref)


def _back(page: Page, matter: Matter) -> str:
    """Where one came from, if that is a page of ours."""
    asked = page.asked.get(BACK, "")
    return (
        asked if asked.startswith("/") and not asked.startswith(("//", "/\\")) and asked.isprintable() else matter.place
    )


def _asks(matter: Matter, given: Typed, facts: dict[str, Any]) -> list[Ask]:
    """What is asked: once, or once for each of the parts that are meant."""
    ref, facts = _meant(matter, given, facts)
    occurred = given.one("occurred").strip() or None
    version = None if matter.new or matter.verb in COMMUTING else given.version
    if matter.verb == "attach":
        if given.file is None:
            raise FileNeeded(ref=ref)
        return [AskWithFile(ref=ref, verb="attach", facts=facts, occurred=occurred, upload=given.file)]
    parts = [part for part in given.all("part") if part in matter.parts]
    chosen: Sequence[str | None] = parts if 0 < len(parts) < len(matter.parts) else [None]
    return [
        Ask(ref=ref, verb=matter.verb, facts=facts, part=part, occurred=occurred, if_version=version if n == 0 else None)
        for n, part in enumerate(chosen)
    ]  # fmt: skip


def _meant(matter: Matter, given: Typed, facts: dict[str, Any]) -> tuple[str, dict[str, Any]]:
    """The REF, and the facts as the command names them."""
    if matter.noted:
        changed = {name.removeprefix("set."): value for name, value in facts.items() if name.startswith("set.")}
        if matter.verb == "correct" and not changed:
            raise NothingChanged()
        more = {"set": changed} if matter.verb == "correct" else {}
        return matter.ref, {"event": f"@{matter.noted.version}", "reason": facts.get("reason", "")} | more
    if matter.row is not None:
        return matter.ref, facts
    if matter.kind in NUMBERED:
        return NUMBERED[matter.kind], facts
    if matter.kind == "case":
        numbers = [key for key in map(str.strip, given.fields.get("titles.cle", ())) if key]
        if not numbers:
            raise FactMissing(verb=matter.verb, missing=["titles"])
        return f"{facts['assembly']}:{numbers[0]}", facts | {"numbers": numbers}
    key = given.one("key").strip() or slug(str(facts.get("name", "")))
    return f"{matter.kind}:{fit_key(key)}", facts


def _conflict(desk: Desk, sheet: Sheet, judged: Judged, error: StaleVersion, given: Typed) -> Response:
    """What others wrote meanwhile, with what was typed kept; sent again, it is upon what was then read."""
    page, matter = sheet.page, sheet.matter
    desk.home.catch_up()
    zone = desk.home.store.present.calendar.zone
    read = given.version or 0
    entries = [entry for entry in history(desk.home, matter.ref, When(), page.lang)
               if entry["version"] > read and not entry["machine"]]  # fmt: skip
    return _shown(sheet, judged, 409, meanwhile=[_written(page, entry, zone) for entry in entries])


def _written(page: Page, entry: dict[str, Any], zone: str) -> str:
    return page.say(MEANWHILE, instant=datetime.fromisoformat(entry["recorded_at"]), zone=zone,
                    who=entry["actor"] or "Suivi", said=entry["text"])  # fmt: skip


MEANWHILE = N_("On {instant}, {who} recorded: “{said}”")
