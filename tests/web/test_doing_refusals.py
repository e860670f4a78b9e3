"""What cannot be done: said beside its field, with everything typed kept; and what others wrote meanwhile."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any
from urllib.parse import quote

import pytest

from services.schema import Urls
from tests.web.browser import Sheet, entered, filled
from tests.web.desk import Town, town
from tests.web.desk_of_acts import act, form_of, names_in, notice, recorded, send
from tests.web.test_doing import DIRECTORY, HAPPY, NEW, THREADS
from web.pages.doing_matter import NEW_WORDS
from web.rendering import PLACES, address_of

CASE = "/dossiers/2023:17/agir/"


@pytest.fixture
def place(own_acts: Urls) -> Iterator[Town]:
    with town(own_acts) as found:
        yield found


def faults(sheet: Sheet) -> dict[str, str]:
    """The id of each field that is wrong, and the sentence under it."""
    found = {}
    for field in sheet.main.all("div", "fieldset", class_="wrong"):
        sentence = field.one("p", class_="fault")
        found[sentence.attributes["id"].removeprefix("c-").removesuffix("-faute")] = sentence.text
    return found


REFUSED: list[tuple[str, dict[str, Any], dict[str, str]]] = [
    ("postpone", {"until": "2023", "reason": "changements"}, {"until": "À corriger : Cette date est passée."}),
    ("postpone", {"until": "la semaine des quatre jeudis", "reason": "x"}, {"until": "À corriger : "}),
    ("postpone", {"until": "2031", "reason": ""}, {"reason": "À corriger : Écrivez au moins quelques mots."}),
    ("postpone", {"until": "", "reason": "   "}, {"until": "À corriger : Écrivez une date", "reason": "À corriger : "}),
    ("assign", {"owner": "Personne"}, {"owner": "À corriger : « Personne » n’est pas dans le répertoire."}),
    ("carry-over", {"to": "2023:17"}, {"to": "À corriger : "}),
    ("supersede", {"by": "2023:99"}, {"by": "À corriger : Il n’y a pas de dossier 2023:99 ici."}),
    ("supersede", {"by": "une autre"}, {"by": "À corriger : « une autre » n’est pas un numéro."}),
    ("add-task", {"text": "Écrire", "due": "2031", "upon": "2023:5"}, {"due": "À corriger : "}),
    ("add-task", {"text": "Écrire", "within": "dix"}, {"within": "À corriger : "}),
    ("restrict", {"visibility": "named"}, {"people": "À corriger : Nommez au moins une personne"}),
    ("note", {"text": "x", "occurred": "2 mai 2031"}, {"occurred": "À corriger : "}),
    ("complete", {}, {"completion": "À corriger : Choisissez une de ces réponses."}),
]


@pytest.mark.parametrize(("verb", "typed", "wrong"), REFUSED)
def test_what_was_typed_is_kept(place: Town, verb: str, typed: dict[str, Any], wrong: dict[str, str]) -> None:
    ana, before = entered(place), recorded(place, "2023:17")
    answer = act(ana, CASE + verb, **typed)
    sheet = Sheet(answer)
    assert answer.status_code == 422, sheet.main.text
    found = faults(sheet)
    assert set(found) == set(wrong), found
    assert all(found[name].startswith(sentence) for name, sentence in wrong.items()), found
    held = filled(form_of(sheet))
    assert {name: held.get(name, "").strip() for name in typed} == {name: value.strip() for name, value in typed.items()}
    summary = sheet.main.one("div", class_="problems")
    assert "autofocus" in summary.attributes and str(len(wrong)) in summary.one("h2").text
    assert [link.attributes["href"] for link in summary.all("a")] == [f"#c-{name}" for name in found]
    assert recorded(place, "2023:17") == before, "nothing was recorded"


def test_a_field_that_is_wrong_names_its_sentence(place: Town) -> None:
    sheet = Sheet(act(entered(place), CASE + "postpone", until="2023", reason="x"))
    field = sheet.main.one("input", name="until")
    assert field.attributes["aria-invalid"] == "true" and field.attributes["aria-required"] == "true"
    ids = field.attributes["aria-describedby"].split()
    assert all(len(sheet.main.all("p", id=id)) == 1 for id in ids) and len(ids) == 3


def test_a_date_is_told_as_it_is_understood(place: Town) -> None:
    sheet = Sheet(act(entered(place), CASE + "postpone", until="printemps 2031", reason=""))
    assert "Compris : printemps 2031, du 20 mars 2031 au 20 juin 2031." in sheet.main.text


def test_what_is_refused_now_says_why_and_what_is_possible(place: Town) -> None:
    place.do("2023:17", "close-undone", reason="manque de temps")
    sheet = entered(place).read(CASE + "postpone")
    assert not sheet.main.all("form", class_="act-form")
    assert "Possible tant que" in sheet.main.text
    assert CASE + "reopen" in [link.attributes["href"] for link in sheet.main.all("a")]


def test_refused_by_the_rules_all_the_same_where_it_is_sent(place: Town) -> None:
    ana = entered(place)
    sheet = ana.read(CASE + "postpone")
    place.do("2023:17", "close-undone", reason="manque de temps")
    answer = send(ana, sheet, until="2031", reason="changements")
    assert answer.status_code == 409
    answer = send(ana, Sheet(answer))
    assert answer.status_code == 422 and "changements" in answer.text, "it is said by the rules, and kept"


@pytest.mark.parametrize("role", ["auditor", "member"])
def test_who_reads_alone(place: Town, role: str) -> None:
    place.someone("noe", role)
    noe = entered(place, "noe")
    for path in (CASE + "note", "/dossiers/nouveau", "/ensemble?refs=2023:17", "/correspondance/1/agir/remind"):
        answer = noe.ask(path)
        assert answer.status_code == 403, path
        assert "mais pas consigner" in Sheet(answer).text
    assert noe.post(CASE + "note", text="x").status_code == 403
    assert noe.post("/annuler", fait="x").status_code == 403
    sent = noe.post(CASE + "subscribe", id="1", version="1")
    assert sent.status_code == (303 if role == "auditor" else 403), Sheet(sent).text


def test_someone_wrote_meanwhile(place: Town) -> None:
    place.someone("noe", "officer")
    ana, noe = entered(place), entered(place, "noe")
    mine, theirs = ana.read(CASE + "postpone"), noe.read(CASE + "set-due")
    assert send(noe, theirs, due="14 février 2031").status_code == 303
    answer = send(ana, mine, until="printemps 2031", reason="changements de personnel")
    sheet = Sheet(answer)
    assert answer.status_code == 409
    note = sheet.main.one("div", class_="conflict").text
    assert "Quelqu’un a écrit pendant que vous écriviez. Votre texte est gardé." in note
    assert "noe a consigné" in note and "14 février 2031" in note
    held = filled(form_of(sheet))
    assert (held["until"], held["reason"]) == ("printemps 2031", "changements de personnel")
    assert "Relire et appliquer le mien" in sheet.main.text and "Garder seulement le sien" in sheet.main.text
    assert "remise" in notice(ana, send(ana, sheet)).text, "sent again, it is upon what was then read"


def test_what_others_do_in_another_part_does_not_matter(place: Town) -> None:
    place.someone("noe", "officer")
    ana, noe = entered(place), entered(place, "noe")
    mine, theirs = ana.read("/dossiers/2023:5/agir/start"), noe.read("/dossiers/2023:5/agir/start")
    assert send(noe, theirs, part="6").status_code == 303
    assert send(ana, mine, part="5").status_code == 303


def test_some_of_the_parts(place: Town) -> None:
    place.do("2023:8", "adopt", numbers=["8", "9", "10"], titles={"8": "Un", "9": "Deux", "10": "Trois"})
    answer = act(entered(place), "/dossiers/2023:8/agir/start", part=["8", "10"])
    assert answer.status_code == 303
    row = place.ana.get("/cases/2023:8").json()
    assert [part["state"] for part in row["parts"]] == ["in_progress", "adopted", "in_progress"]


def test_another_line(place: Town) -> None:
    ana = entered(place)
    form = form_of(ana.read(CASE + "complete"))
    answer = ana.post(form.attributes["action"], **filled(form) | {"residuals": ["écrire"], "encore": "residuals"})
    assert answer.status_code == 200
    lines = form_of(Sheet(answer)).all("input", name="residuals")
    assert [line.attributes["value"] for line in lines] == ["écrire", "", ""]


def every_form(place: Town) -> list[str]:
    """The address of the form of each verb."""
    directory = [f"{address_of(name.partition(' ')[0])}/agir/{name.partition(' ')[2]}" for name in DIRECTORY]
    position = place.ana.get("/cases/2023:17/history").json()["items"][0]["position"]
    return [
        *(CASE + verb for verb in HAPPY), *(f"/correspondance/1/agir/{verb}" for verb in THREADS), *directory,
        *(f"{PLACES[kind]}/{NEW_WORDS.get(kind, 'nouvelle')}" for kind in NEW),
        f"{CASE}correct?event={position}", "/ensemble?refs=2023:17&verb=refer",
    ]  # fmt: skip


HOSTILE = {
    "a script": "<script>alert(1)</script>",
    "a control": "a\x07b",
    "a null": "a\x00b",
    "an override": "abc\u202egnp",
    "an emoji": "🙂",
    "an injection": "'); DROP TABLE suivi.events; --",
    "a template": "{{ 7*7 }} {what} %s {0.__class__}",
    "long": "a" * 30_000,
    "half a character": None,
}


@pytest.mark.slow
@pytest.mark.parametrize("what", list(HOSTILE))
def test_whatever_is_typed_into_every_field_of_every_form(place: Town, what: str) -> None:
    ana, tried = entered(place), 0
    sent = "%ED%A0%80" if HOSTILE[what] is None else quote(str(HOSTILE[what]), safe="")
    headers = {"Sec-Fetch-Site": "same-origin", "Cookie": f"suivi_session={ana.cookie}", "Accept-Language": "fr",
               "Content-Type": "application/x-www-form-urlencoded"}  # fmt: skip
    for path in every_form(place):
        sheet = Sheet(ana.ask(path))
        assert sheet.answer.status_code == 200, path
        if not sheet.main.all("form", class_="act-form"):
            continue  # it is not possible now
        form, tried = form_of(sheet), tried + 1
        body = "&".join(f"{name}={sent}" for name in sorted(names_in(form) - {"jeton", "id", "version"}))
        answer = place.nobody.request("POST", form.attributes["action"], headers, content=body)
        assert answer.status_code in (303, 403, 404, 409, 413, 422), (path, what, answer.text[:2000])
        if answer.status_code != 303:
            assert "<script>alert" not in answer.text and Sheet(answer).main.text, path
    assert tried > 40


def test_a_text_of_one_megabyte(place: Town) -> None:
    ana = entered(place)
    assert act(ana, CASE + "note", text="a" * 2**20).status_code == 413
    answer = act(ana, CASE + "note", text="a" * 500_000)
    assert answer.status_code == 422 and "trop long" in Sheet(answer).main.text


def test_only_pages_of_ours_follow(place: Town) -> None:
    ana = entered(place)
    for back in ("//evil.example", "https://evil.example", "/\\evil.example", "javascript:alert(1)"):
        answer = act(ana, f"{CASE}note?retour={back}", text="x")
        assert answer.headers["location"].startswith("/dossiers/2023:17?fait=")
    answer = act(ana, f"{CASE}note?retour=/aide", text="x")
    assert answer.headers["location"].startswith("/aide?fait=")
