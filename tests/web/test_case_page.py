"""The page of a case: where it stands, what comes next, what can be done, what happened."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from services.sequencer import sequence_all
from services.sweeping import sweep
from tests.web.browser import Browser, Element, Sheet, entered
from tests.web.desk import Town


@pytest.fixture
def ana(place: Town) -> Browser:
    return entered(place)


def block(sheet: Sheet) -> dict[str, str]:
    """The facts at its head: label -> what it says."""
    return {cell.one("dt").text: " ".join(each.text for each in cell.all("dd"))
            for cell in sheet.root.one("dl", class_="block").all("div")}  # fmt: skip


def entries(sheet: Sheet) -> list[Element]:
    return sheet.root.one("ol", class_="timeline").all("li")


def moves(sheet: Sheet) -> dict[str, str]:
    """Name -> what is said of it."""
    lists = sheet.root.all("ul", class_="moves")
    return {move.one(class_="name").text: move.text for each in lists for move in each.all("li")}


def far(place: Town) -> date:
    present = place.home.store.present
    return present.calendar.today(present.now) + timedelta(days=400)


def test_its_head(place: Town, ana: Browser) -> None:
    place.do("17", "refer", body="Comité du vélo")
    place.do("17", "assign", owner="person:ana")
    sheet = ana.read("/dossiers/17")
    assert sheet.root.one("h1").text == "Des vélos pour les quartiers"
    assert sheet.root.one("title").text == "17. Des vélos pour les quartiers – Suivi"
    assert "Annuelle 2023 · Résolution 17" in sheet.text
    assert block(sheet) == {"État": "Confiée à : Comité du vélo", "Responsable": "ana", "Échéance": "aucune date fixée",
                            "Prochaine étape": "aucun rappel à venir"}  # fmt: skip


def test_the_next_reminder_says_when_and_to_whom(place: Town, ana: Browser) -> None:
    place.do("person:ana", "set-address", mail="ana@example.org")
    place.do("17", "start")
    place.do("17", "assign", owner="person:ana")
    place.do("17", "set-due", due=far(place).isoformat())
    said = block(ana.read("/dossiers/17"))["Prochaine étape"]
    assert said.startswith("Prochain rappel : le ") and said.endswith(" à 8 h 00, à la personne responsable (ana).")
    assert "Prochain rappel" in ana.read("/dossiers").root.one("thead").text
    deadline = ana.read("/dossiers/17").root.one("ul", class_="lines")
    assert deadline.one(class_="what").text == "Échéance" and said in deadline.text


def test_a_date_that_had_passed_is_told_from_one_that_runs(place: Town, ana: Browser) -> None:
    place.do("17", "start")
    place.do("17", "set-due", due="2024-06-26")
    sheet = ana.read("/dossiers/17")
    assert "La date était passée avant d’être consignée" in sheet.text
    assert "en retard de" in block(sheet)["Échéance"]
    assert sweep(place.home.store).steps == 0


def test_the_moves_of_the_moment_and_the_reasons_of_the_others(place: Town, ana: Browser) -> None:
    found = moves(ana.read("/dossiers/17"))
    assert found["Commencer"] == "Commencer Mène à : en cours. suivi act 2023:17 start"
    assert "À donner : la date à laquelle cela est remis et le motif." in found["Remettre à plus tard"]
    assert "suivi act 2023:17 postpone --set until=… --set reason=…" in found["Remettre à plus tard"]
    assert found["Reprendre"].endswith("Possible seulement depuis l’un de ces états : remise et bloquée.")
    assert found["Rouvrir"].endswith("Possible une fois le dossier clos.")
    place.do("17", "complete", completion="full")
    found = moves(ana.read("/dossiers/17"))
    assert found["Bloquer"].endswith("Pour le rouvrir : suivi act 2023:17 reopen")
    assert "suivi act 2023:17 reopen --set reason=…" in found["Rouvrir"]


def test_every_verb_is_there_once(place: Town, ana: Browser) -> None:
    from services.reading import When, case

    verbs = {action["verb"] for action in case(place.home, "17", When())["actions"]}
    assert len(moves(ana.read("/dossiers/17"))) == len(verbs)


def test_a_reader_is_offered_nothing(place: Town) -> None:
    place.someone("vera", "auditor")
    sheet = entered(place, "vera").read("/dossiers/17")
    assert not sheet.root.all(class_="moves")
    assert "Vous pouvez lire ce dossier; pour y agir, il faut un rôle que vous n’avez pas ici." in sheet.text


def test_what_happened_has_both_times_and_who(place: Town, ana: Browser) -> None:
    place.do("17", "start", occurred="2023-06-26")
    place.do("17", "note", text="Un appel du district")
    place.do("17", "block", occurred="2023-09-01", on="la Ville", reason="aucune réponse")
    note, blocked, started, adopted = entries(ana.read("/dossiers/17"))
    assert note.one(class_="when").text == "date non précisée" and "undated" in note.attributes["class"]
    assert blocked.one(class_="when").text == "1er septembre 2023" and blocked.attributes["class"] == "blocked"
    assert started.one(class_="when").text == "26 juin 2023" and started.one(class_="said").text == "Le travail commence."
    assert adopted.attributes["class"] == "assembly" and adopted.one(class_="when").text == "13 mai 2023"
    assert started.one(class_="second").text.startswith("Consigné le ")
    assert "par ana (inscription " in started.one(class_="second").text
    assert blocked.all("sup")[0].text == "er"


def test_corrected_and_retracted_are_told_apart(place: Town, ana: Browser) -> None:
    place.do("17", "note", text="Apel du district")
    place.do("17", "note", text="Mauvais dossier")
    sequence_all(place.home.store.connection)
    history = {entry["version"]: str(entry["position"]) for entry in place.ana.items("/cases/17/history")}
    place.do("17", "correct", event=history[2], set={"text": "Appel du district"}, reason="coquille")
    place.do("17", "retract", event=history[3], reason="autre dossier")
    sheet = ana.read("/dossiers/17")
    marked = {each.attributes["class"].split()[-1]: each for each in entries(sheet) if each.all(class_="amended")}
    assert set(marked) == {"corrected", "retracted"}
    for kind, word in (("corrected", "Corrigé par l’inscription"), ("retracted", "Retiré par l’inscription")):
        assert word in marked[kind].one(class_="amended").text
        target = marked[kind].one("a").attributes["href"].removeprefix("#")
        assert sheet.root.one("li", id=target)
    assert "Apel du district" in marked["corrected"].text and "Mauvais dossier" in marked["retracted"].text


def test_a_bundle_has_its_numbers_and_parts(place: Town, ana: Browser) -> None:
    place.do("6", "complete", part="6", completion="partial", residuals=["un parc"])
    sheet = ana.read("/dossiers/6")
    assert "Résolutions 5 – 6" in sheet.text
    lines = [line.text for line in sheet.root.one("section", aria_labelledby="parties").all("li")]
    assert lines == ["5. Une eau propre Adoptée", "6. Des parcs Close réalisée en partie"]
    chips = [chip.text for chip in ana.read("/dossiers").root.one("ul", class_="chips").all("li")]
    assert chips == ["5 adoptée", "6 close, réalisée en partie"]


def test_tasks(place: Town, ana: Browser) -> None:
    place.do("17", "add-task", text="Écrire à la Ville", due="2023-12")
    place.do("17", "add-task", text="Compter les vélos")
    place.do("17", "finish-task", task="2")
    lines = [line.text for line in ana.read("/dossiers/17").root.one("section", aria_labelledby="taches").all("li")]
    assert lines == ["1. Écrire à la Ville décembre 2023", "2. Compter les vélos fait"]


def test_the_past_is_read_and_not_acted_upon(place: Town, ana: Browser) -> None:
    place.do("17", "start", occurred="2023-06-26")
    sheet = ana.read("/dossiers/17", as_of="2023-06-01")
    assert block(sheet)["État"] == "Adoptée" and len(entries(sheet)) == 1
    assert "Vous voyez ce qui était arrivé au 1er juin 2023" in sheet.text
    assert "Rien ne peut être consigné à cette date." in sheet.text
    assert not sheet.root.all(class_="moves")
    back = sheet.root.one(class_="past").one("a")
    assert (back.text, back.attributes["href"]) == ("Revenir à aujourd’hui", "/dossiers/17")
    assert sheet.root.one("input", id="as_of").attributes["value"] == "2023-06-01"
    assert all("as_of=2023-06-01" in link.attributes["href"] for link in sheet.root.one("nav").all("a"))
    ana.read("/dossiers/17", 404, known_at="2020-01-01")
    now = ana.read("/dossiers", known_at=far(place).isoformat())
    assert "tels que connus le" in now.text and len(now.root.one("tbody").all("tr")) == 2


def test_an_unknown_case_says_what_there_is(ana: Browser) -> None:
    assert "2023:99" in ana.read("/dossiers/2023:99", 404).text
    for odd in ("body:nobody", "%00", "'", "2023:", ":", "a" * 3000):
        assert ana.ask(f"/dossiers/{odd}").status_code in (404, 422)
