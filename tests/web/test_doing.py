"""Each verb as a form: what it asks, and what it does with the answers typed into its own fields."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import httpx
import pytest

from domain.case.commands import COMMANDS as OF_CASES
from domain.demarche.commands import COMMANDS as OF_THREADS
from domain.record.commands import COMMANDS as OF_RECORDS
from services.act import ENTRIES
from services.schema import Urls
from tests.web.browser import Browser, Sheet, entered
from tests.web.desk import Town, town
from tests.web.desk_of_acts import act, form_of, names_in, notice
from tests.web.plan_trials import PLANS
from web.pages.doing_matter import NEW_WORDS
from web.rendering import PLACES, address_of

CASE = "/dossiers/2023:17/agir/"
THREAD = "/correspondance/1/agir/"
LATER = "14 février 2031"


@pytest.fixture
def place(own_acts: Urls) -> Iterator[Town]:
    with town(own_acts) as found:
        yield found


HAPPY: dict[str, tuple[list[tuple[str, str]], dict[str, Any]]] = {
    "reword": ([], {"text": "Un autre texte"}),
    "confirm": ([], {"state": "in_progress"}),
    "refer": ([], {"body": "Comité de l’environnement", "due": LATER}),
    "report-back": ([], {"body": "Comité de l’environnement", "text": "Voici."}),
    "start": ([], {}),
    "postpone": ([], {"until": "printemps 2031", "reason": "changements de personnel"}),
    "block": ([], {"on": "la Ville", "reason": "sans budget"}),
    "resume": ([("start", ""), ("postpone", "")], {"reason": "c’est réglé"}),
    "complete": ([], {"completion": "partial", "residuals": ["écrire", "relire"], "review": LATER}),
    "close-undone": ([], {"reason": "manque de temps"}),
    "carry-over": ([], {"to": "2023:5", "reason": "pas fini"}),
    "supersede": ([], {"by": "2023:5"}),
    "reopen": ([("close-undone", "")], {"reason": "à reprendre"}),
    "split": ([("merge", "")], {"numbers": ["5"], "reason": "elle avance seule"}),
    "merge": ([], {"other": "2023:5", "reason": "même demande"}),
    "note": ([], {"text": "À suivre", "audience": "assembly", "occurred": "juin 2024"}),
    "approve-report": ([], {"text": "Nous avons écrit.\n\n- Que…"}),
    "assign": ([], {"owner": "Luce Roy"}),
    "set-due": ([], {"due": LATER}),
    "wait": ([], {"on": "ministre de l’Eau", "since": "mai 2024"}),
    "link": ([], {"to": "2023:5", "kind": "même sujet"}),
    "add-task": ([], {"text": "Écrire", "owner": "Luce Roy", "due": LATER}),
    "finish-task": ([("add-task", "")], {"task": "1"}),
    "restrict": ([], {"visibility": "named", "people": ["ana"]}),
    "acknowledge-step": ([("remind-me", "")], {"clock": "personal"}),
    "snooze": ([("set-due", "")], {"until": "mai 2031", "clock": "due"}),
    "remind-me": ([], {"until": LATER, "text": "relire"}),
    "subscribe": ([], {}),
    "unsubscribe": ([("subscribe", "")], {}),
}
"""Verb of a case -> the acts that come before it, and what is typed."""

THREADS: dict[str, tuple[list[tuple[str, str]], dict[str, Any]]] = {
    "remind": ([], {"channel": "phone", "count": "au moins 3", "occurred": "septembre 2024"}),
    "acknowledge": ([], {"wait_until": LATER}),
    "fix-meeting": ([], {"date": LATER, "place": "Québec", "confirmed": "yes"}),
    "move-meeting": ([("fix-meeting", "")], {"date": "15 mars 2031"}),
    "cancel-meeting": ([("fix-meeting", "")], {"reason": "remise"}),
    "hold-meeting": ([], {"met": "staff", "delegation.cle": ["présidence"], "delegation.valeur": ["2"],
                          "occurred": "4 juillet 2024"}),
    "answer": ([], {"answer": "refuses", "text": "Non.", "occurred": "2024-07-04"}),
    "decline": ([], {"reason": "faute de temps"}),
    "redirect": ([], {"office": ["ministre de l’Air"]}),
    "say-silent": ([], {"text": "Toujours rien"}),
    "close": ([], {"reason": "dépassée par les événements"}),
    "reopen": ([("close", "")], {"reason": "à reprendre"}),
    "pause": ([], {"reason": "élections", "until": LATER}),
    "resume": ([("pause", "")], {"reason": "c’est fait"}),
    "assign": ([], {"owner": "Comité de l’environnement"}),
    "link": ([], {"to": "2023:5"}),
    "note": ([], {"text": "À suivre"}),
    "acknowledge-step": ([("remind-me", "")], {"clock": "personal"}),
    "snooze": ([("remind-me", "")], {"until": "mai 2031", "clock": "personal"}),
    "remind-me": ([], {"until": LATER}),
}

RECORDS: dict[str, dict[str, Any]] = {
    "reword": {"place": "Gaspé", "addressees": ["ministre de l’Eau"]},
    "link": {"to": "2023:5"},
    "send": {"cases": ["2023:17"], "office": ["ministre de l’Air"]},
    "withdraw": {"reason": "en double"},
}

DIRECTORY: dict[str, dict[str, Any]] = {
    "assembly:2023 rename": {"name": "Assemblée de 2023"},
    "assembly:2023 appoint": {"person": "Luce Roy", "charge": "présidence"},
    "assembly:2023 settle-numbers": {"numbers.cle": ["2"], "numbers.valeur": ["withdrawn"]},
    "body:comite rename": {"name": "Comité de l’eau"},
    "body:comite appoint": {"person": "Luce Roy", "charge": "présidence"},
    "body:comite announce-meeting": {"date": LATER, "place": "Québec"},
    "body:comite hold-meeting": {"meeting": "4 juillet 2024"},
    "person:luce rename": {"name": "Luce Roy-Caron"},
    "person:luce set-address": {"mail": "luce@example.org"},
    "person:luce set-language": {"lang": "en"},
    "person:luce set-notices": {"rhythm": "daily", "kinds.cle": ["news"], "kinds.valeur": ["weekly"], "hour": "8 h 30"},
    "person:luce be-away": {"until": LATER},
    "office:eau rename": {"name": "ministre des Eaux"},
    "office:eau set-address": {"mail": "eau@example.org", "phone": "418 555-0100", "address": ["1, rue X", "Québec"]},
    "office:eau appoint": {"person": "Luce Roy", "charge": "holder", "occurred": "2024"},
    "office:eau merge": {"into": "ministre de l’Air"},
    "office:eau split": {"into": ["ministre de l’Air", "ministre du Sol"], "to": "ministre de l’Air"},
    "office:eau dissolve": {"successor": "ministre de l’Air"},
    "office:eau move-portfolio": {"to": "ministre de l’Air", "what": "les rivières"},
}
FOLLOWING = {
    "assembly:2023 end-term": ("assembly:2023 appoint", {"person": "Luce Roy", "charge": "présidence"}),
    "body:comite end-term": ("body:comite appoint", {"person": "Luce Roy", "charge": "présidence"}),
    "body:comite move-meeting": ("body:comite announce-meeting", {"date": "15 mars 2031"}),
    "body:comite cancel-meeting": ("body:comite announce-meeting", {"reason": "tempête"}),
    "person:luce come-back": ("person:luce be-away", {}),
    "office:eau end-term": ("office:eau appoint", {"charge": "holder"}),
}
NEW: dict[str, dict[str, Any]] = {
    "case": {"assembly": "2023", "titles.cle": ["21", "22"], "titles.valeur": ["Un", "Deux"], "text": "Le texte"},
    "demarche": {"cases": ["2023:17"], "office": ["ministre de l’Air", "ministre du Sol"], "kind": "request", "count": "2"},
    "office": {"name": "ministre du Feu", "legislature": "QC"},
    "body": {"name": "Exécutif"},
    "person": {"name": "Noé Caron", "gender": "m"},
    "plan": {"name": "Plan 2024-2027", "period": "2024-2027", "objectives": ["Écrire"]},
    "assembly": {"name": "Annuelle 2025", "date": "mai 2025", "key": "2025"},
    "record": {"kind": "activity", "title": "Forum des rivières", "date": "mai 2024", "figures": ["près de 40 groupes"]},
}
AMENDING = ("correct", "retract")
OF_RULES = "migrate"  # in `test_migrating_pages`
OF_ITEMS = {"reword-task", "drop-task", "set-target"}  # of an item of a plan, on the page of its plan
WITH_FILE = ("attach",)
"""Those that have tests of their own."""


def test_every_verb_has_a_trial() -> None:
    apart = {*AMENDING, *WITH_FILE, OF_RULES}
    assert set(HAPPY) == set(OF_CASES) - apart - {"adopt", "move"} - OF_ITEMS
    assert set(THREADS) == set(OF_THREADS) - apart - {"send"}
    assert set(RECORDS) == set(OF_RECORDS) - apart - {"create"}
    known = {f"{kind} {verb}" for kind, entry in ENTRIES.items() if kind in PLACES for verb in entry.commands}
    tried = {f"{name.partition(':')[0]} {name.partition(' ')[2]}" for name in (*DIRECTORY, *FOLLOWING)}
    tried |= {f"plan {verb}" for verb in (*PLANS, "conclude")}  # in `test_plan_pages`
    assert tried == known - {f"{kind} {verb}" for kind in ENTRIES for verb in ("create", *AMENDING)}
    assert set(NEW) == set(PLACES)


def told(ana: Browser, answer: httpx.Response, place: str) -> str:
    """The notice on the page that follows an act that was done."""
    said = notice(ana, answer).text
    assert answer.headers["location"].startswith(f"{place}?fait="), answer.headers["location"]
    return said


@pytest.mark.parametrize("verb", list(HAPPY))
def test_a_verb_of_cases(place: Town, verb: str) -> None:
    ana = entered(place)
    before, typed = HAPPY[verb]
    for earlier, _ in before:
        assert act(ana, CASE + earlier, **HAPPY[earlier][1]).status_code == 303
    said = told(ana, act(ana, CASE + verb, **typed), "/dossiers/2023:17")
    assert "17" in said


@pytest.mark.parametrize("verb", list(THREADS))
def test_a_verb_of_threads(place: Town, verb: str) -> None:
    ana = entered(place)
    before, typed = THREADS[verb]
    for earlier, _ in before:
        assert act(ana, THREAD + earlier, **THREADS[earlier][1]).status_code == 303
    said = told(ana, act(ana, THREAD + verb, **typed), "/correspondance/1")
    assert "1" in said


@pytest.mark.parametrize("verb", list(RECORDS))
def test_a_verb_of_records(place: Town, verb: str) -> None:
    place.do("record:new", "create", kind="advocacy", title="Lettre sur les rivières", form="letter")
    ana = entered(place)
    assert "Fiche 1" in told(ana, act(ana, f"/activites/1/agir/{verb}", **RECORDS[verb]), "/activites/1")


@pytest.mark.parametrize("what", [*DIRECTORY, *FOLLOWING])
def test_a_verb_of_the_directory(place: Town, what: str) -> None:
    ana = entered(place)
    typed = DIRECTORY.get(what, {})
    if what in FOLLOWING:
        earlier, typed = FOLLOWING[what]
        ref, _, verb = earlier.partition(" ")
        assert act(ana, f"{address_of(ref)}/agir/{verb}", **DIRECTORY[earlier]).status_code == 303
    ref, _, verb = what.partition(" ")
    said = told(ana, act(ana, f"{address_of(ref)}/agir/{verb}", **typed), address_of(ref))
    assert said


@pytest.mark.parametrize("kind", list(NEW))
def test_something_new(place: Town, kind: str) -> None:
    ana = entered(place)
    path = f"{PLACES[kind]}/{NEW_WORDS.get(kind, 'nouvelle')}"
    answer = act(ana, path, **NEW[kind])
    assert answer.status_code == 303, Sheet(answer).main.text
    assert not notice(ana, answer).all("button", class_="undo"), "what begins something cannot be undone"


def test_a_verb_that_is_none(place: Town) -> None:
    ana = entered(place)
    for path in (CASE + "fly", CASE + "adopt", THREAD + "send", "/personnes/luce/agir/create", "/dossiers/2023:99/agir/note",
                 "/charges/x/agir/rename", "/correspondance/99/agir/note", "/dossiers/demarche:1/agir/note"):  # fmt: skip
        assert ana.ask(path).status_code == 404, path


def test_what_parts_is_asked_only_where_it_can_be_said(place: Town) -> None:
    place.do("2023:21", "adopt", title="Des ponts", parts={"Québec": ["21"], "Canada": ["21"]})
    ana = entered(place)
    asked = {ref: names_in(form_of(ana.read(f"/dossiers/{ref}/agir/split"))) for ref in ("2023:5", "2023:21")}
    assert {"numbers"} == asked["2023:5"] & {"numbers", "parts", "number"}, "two numbers, no parts beside them"
    assert {"parts", "number"} == asked["2023:21"] & {"numbers", "parts", "number"}, "one number, which cannot leave itself"
