"""The page of a case: where it stands, what comes next, what can be done, what happened."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

import pytest

from services.imports.service import record_import
from services.sequencer import sequence_all
from services.sweeping import sweep
from tests.homes import secretary
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
    """What people recorded, the latest first."""
    return sheet.root.all("ol", class_="timeline")[0].all("li")


def buttons(sheet: Sheet) -> dict[str, str]:
    """What can be done: name -> where its form is."""
    found = sheet.root.one("div", class_="bar").all("a") if sheet.root.all("div", class_="bar") else []
    return {one.text: one.attributes["href"] for one in found}


def locked(sheet: Sheet) -> dict[str, str]:
    """What cannot be done: name -> why."""
    lists = sheet.root.all("ul", class_="shut")
    return {one.one(class_="name").text: one.one(class_="why").text for each in lists for one in each.all("li")}


def far(place: Town) -> date:
    present = place.home.store.present
    return present.calendar.today(present.now) + timedelta(days=400)


def test_its_head(place: Town, ana: Browser) -> None:
    place.do("17", "refer", body="Comité du vélo")
    place.do("17", "assign", owner="person:ana")
    sheet = ana.read("/dossiers/17")
    assert sheet.root.one("h1").text == "Des vélos pour les quartiers"
    assert sheet.root.one("head").one("title").text == "17. Des vélos pour les quartiers – Suivi"
    assert "Annuelle 2023 · Résolution 17" in sheet.text
    assert block(sheet) == {
        "État": "Confiée à : Comité du vélo", "À qui d’agir": "Comité du vélo", "Attente": "date non dite",
        "Responsable et prochaine date": "ana Aucune date fixée. En fixer une",
    }  # fmt: skip


def test_what_comes_first_says_when_and_what(place: Town, ana: Browser) -> None:
    place.do("17", "start")
    place.do("17", "set-due", due=far(place).isoformat())
    place.do("17", "add-task", text="Écrire à la Ville", due=(far(place) - timedelta(days=9)).isoformat())
    said = block(ana.read("/dossiers/17"))["Responsable et prochaine date"]
    assert said.startswith("personne pour le moment Choisir quelqu’un") and "· Écrire à la Ville" in said


def test_the_next_reminder_says_when_and_to_whom(place: Town, ana: Browser) -> None:
    place.do("person:ana", "set-address", mail="ana@example.org")
    place.do("17", "start")
    place.do("17", "assign", owner="person:ana")
    place.do("17", "set-due", due=far(place).isoformat())
    deadline = ana.read("/dossiers/17").root.one("section", aria_labelledby="echeances")
    assert deadline.one(class_="what").text == "Échéance" and " à 8 h 00, à la personne responsable." in deadline.text


def test_who_has_been_awaited_and_for_how_long(place: Town, ana: Browser) -> None:
    since = place.home.store.present.calendar.today(place.home.store.present.now) - timedelta(days=45)
    place.do("17", "start", occurred="2023-06-26")
    place.do("17", "wait", on="la Ville", since=since.isoformat())
    found = block(ana.read("/dossiers/17"))
    assert found["À qui d’agir"] == "La Ville" and found["Attente"] == "45 j en retard"


def test_a_date_that_had_passed_is_told_from_one_that_runs(place: Town, ana: Browser) -> None:
    place.do("17", "start")
    place.do("17", "set-due", due="2024-06-26")
    sheet = ana.read("/dossiers/17")
    assert "La date était passée avant d’être consignée" in sheet.text
    assert "en retard de" in block(sheet)["Responsable et prochaine date"]
    assert sweep(place.home.store).steps == 0


def test_the_moves_of_the_moment_and_the_reasons_of_the_others(place: Town, ana: Browser) -> None:
    sheet = ana.read("/dossiers/17")
    found, shut = buttons(sheet), locked(sheet)
    assert found["Mettre en cours"] == "/dossiers/2023:17/agir/start" and next(iter(found)) == "Mettre en cours"
    assert found["Remettre à une date"] == "/dossiers/2023:17/agir/postpone"
    assert shut["Reprendre en cours"] == "Possible seulement depuis l’un de ces états : remise, bloquée."
    assert shut["Rouvrir"] == "Possible une fois que c’est clos."
    assert "suivi act" not in sheet.text and "terminal" not in sheet.text
    place.do("17", "complete", completion="full")
    sheet = ana.read("/dossiers/17")
    assert locked(sheet)["Bloquer"] == "Possible tant que c’est ouvert. Rouvrir"
    assert buttons(sheet)["Rouvrir"] == "/dossiers/2023:17/agir/reopen"


def test_every_verb_is_there_once(place: Town, ana: Browser) -> None:
    from services.reading import When, case

    verbs = {action["verb"] for action in case(place.home, "17", When())["actions"]} - {"subscribe", "unsubscribe"}
    verbs -= {"correct", "retract"}  # each event has its own
    verbs -= {"migrate"}  # there are no other rules to go to
    sheet = ana.read("/dossiers/17")
    assert len(buttons(sheet)) + len(locked(sheet)) == len(verbs)


def test_an_office_that_is_silent_is_reminded_from_the_case(place: Town, ana: Browser) -> None:
    place.do("office:eau", "create", name="ministre de l’Eau, des Lacs et des Rivières")
    place.do("17", "start", occurred="2023-06-26")
    place.do("demarche:new", "send", cases="17", office="office:eau", kind="letter")
    sheet = ana.read("/dossiers/17")
    assert list(buttons(sheet))[:2] == ["Consigner un fait", "Relancer : Eau"]
    assert buttons(sheet)["Relancer : Eau"] == "/correspondance/1/agir/remind"
    assert locked(sheet)["Clore comme réalisée"].endswith("La fermer d’abord, ou choisir « en partie » : Eau")
    thread = sheet.root.one("ul", class_="threads").one("li")
    assert "Eau" in thread.one("h3").text and "1 lettre" in thread.text
    assert [link.text for link in thread.one("p", class_="do").all("a")] == ["Rédiger une relance", "Consigner une réponse"]


def test_one_may_follow_a_case_and_stop(place: Town, ana: Browser) -> None:
    follow = ana.read("/dossiers/17").root.one(class_="follow").one("a")
    assert (follow.text, follow.attributes["href"]) == ("Suivre ce dossier", "/dossiers/2023:17/agir/subscribe")
    place.do("17", "subscribe")
    follow = ana.read("/dossiers/17").root.one(class_="follow")
    assert "Vous êtes avisé" in follow.text and follow.one("a").attributes["href"].endswith("/agir/unsubscribe")


def test_a_reader_is_offered_nothing(place: Town) -> None:
    place.someone("vera", "auditor")
    sheet = entered(place, "vera").read("/dossiers/17")
    assert not buttons(sheet) and not locked(sheet)
    assert "Vous pouvez tout lire ici; pour agir, il faut le rôle d’officier." in sheet.text
    links = [link.attributes["href"] for link in sheet.main.all("a")]
    assert not [link for link in links if "/agir/" in link and "subscribe" not in link]


SECRETS = ("Un secret du bureau", "Écrire en cachette", "Une note fautive", "Relancer", "Confier")


def test_a_member_reads_the_course_of_a_case_and_nothing_of_the_work_on_it(place: Town) -> None:
    place.do("office:eau", "create", name="ministre de l’Eau")
    place.do("17", "start", occurred="2023-06-26")
    place.do("17", "note", text="Un secret du bureau")
    place.do("17", "note", text="Nous avons compté les vélos.", audience="assembly")
    place.do("17", "note", text="Une note fautive")
    place.do("17", "add-task", text="Écrire en cachette")
    place.do("17", "assign", owner="person:ana")
    place.do("demarche:new", "send", cases="17", office="office:eau", kind="letter", subject="Une lettre d’humeur")
    sequence_all(place.home.store.connection)
    last = {e["data"].get("text"): str(e["position"]) for e in place.ana.items("/cases/17/history")}
    place.do("17", "correct", event=last["Une note fautive"], set={"text": "Une note fautive encore"}, reason="coquille")
    ana, member = entered(place), place.someone("max", "member")
    assert member
    assert all(secret in ana.read("/dossiers/17").answer.text for secret in SECRETS)
    sheet = entered(place, "max").read("/dossiers/17")
    assert [one.one(class_="said").text for one in entries(sheet)][:2] == ["Nous avons compté les vélos.", "Le travail commence."]
    assert not [secret for secret in SECRETS if secret in sheet.answer.text]
    assert not buttons(sheet) and not locked(sheet) and "inscription" not in sheet.main.text
    assert {each.text for each in sheet.root.all("h2")} == {"Ce qui s’est passé", "Sa vie"}


def test_what_is_typed_is_never_read_as_a_page(place: Town, ana: Browser) -> None:
    odd = "<script>alert(1)</script><img src=x onerror=alert(2)>"
    place.do("17", "note", text=odd)
    place.do("17", "add-task", text=odd)
    place.do("17", "block", on=odd, reason=odd)
    sheet = ana.read("/dossiers/17")
    assert odd in sheet.main.text and "<img" not in sheet.answer.text and "alert(1)</script>" not in sheet.answer.text


def test_the_page_speaks_english(place: Town) -> None:
    place.do("17", "start", occurred="2023-06-26")
    sheet = entered(place).read("/dossiers/17", lang="en")
    assert next(iter(buttons(sheet))) == "Record a fact" and "What happened" in sheet.text
    assert sheet.root.one("h1").attributes["lang"] == "fr-CA"


def test_what_happened_has_both_times_and_who(place: Town, ana: Browser) -> None:
    place.do("17", "start", occurred="2023-06-26")
    place.do("17", "note", text="Un appel du district")
    place.do("17", "block", occurred="2023-09-01", on="la Ville", reason="aucune réponse")
    note, blocked, started, adopted = entries(ana.read("/dossiers/17"))
    assert note.one(class_="said").text == "Un appel du district" and note.one(class_="tag").text == "à l’interne"
    assert note.one(class_="when").text == "date non précisée" and "undated" in note.attributes["class"]
    assert blocked.one(class_="when").text == "1er septembre 2023" and blocked.attributes["class"] == "blocked"
    assert started.one(class_="when").text == "26 juin 2023" and started.one(class_="said").text == "Le travail commence."
    assert adopted.attributes["class"] == "assembly" and adopted.one(class_="when").text == "13 mai 2023"
    assert note.one(class_="from").text.startswith("à l’interne Consigné le ")
    assert " par ana, inscription " in note.one(class_="from").text
    assert started.one(class_="from").text.startswith("Inscription ")  # the same day, the same person
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
        target = marked[kind].one(class_="amended").one("a").attributes["href"].removeprefix("#")
        assert sheet.root.one("li", id=target)
    standing = [each for each in entries(sheet) if each.attributes["class"] == "assembly"]
    assert [link.attributes["href"] for link in standing[0].all("a")] == ["/dossiers/2023:17/agir/correct?event=3"]
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
    place.do("office:eau", "create", name="ministre de l’Eau")
    place.do("demarche:new", "send", occurred="2023-05-20", cases="17", office="office:eau", kind="letter")
    sheet = ana.read("/dossiers/17", as_of="2023-06-01")
    assert "1 lettre" in sheet.root.one("ul", class_="threads").text
    assert block(sheet)["État"] == "Adoptée depuis le 13 mai 2023" and len(entries(sheet)) == 1
    assert "Vous voyez ce qui était arrivé au 1er juin 2023" in sheet.text
    assert "Rien ne peut être consigné à cette date." in sheet.text
    assert not buttons(sheet) and "/agir/" not in sheet.answer.text
    back = sheet.root.one(class_="past").one("a")
    assert (back.text, back.attributes["href"]) == ("Revenir à aujourd’hui", "/dossiers/17")
    assert all("as_of=2023-06-01" in link.attributes["href"] for link in sheet.root.one("nav", class_="words").all("a"))
    ana.read("/dossiers/17", 404, known_at="2020-01-01")
    now = ana.read("/dossiers", known_at=far(place).isoformat())
    assert "tels que connus le" in now.text and len(now.root.one("tbody").all("tr")) == 2


def test_an_unknown_case_says_what_there_is(ana: Browser) -> None:
    assert "2023:99" in ana.read("/dossiers/2023:99", 404).text
    for odd in ("body:nobody", "%00", "'", "2023:", ":", "a" * 3000):
        assert ana.ask(f"/dossiers/{odd}").status_code in (404, 422)


def test_a_date_read_in_a_document_is_noted_in_two_presses(place: Town, ana: Browser, tmp_path: Path) -> None:
    report = tmp_path / "suivi.txt"
    report.write_text(
        "Suivi des résolutions de l’assemblée annuelle 2024\n\nRÉSOLUTION 1\n\nDes sentiers\n\n"
        "Une lettre a été envoyée au maire le 2 mai 2024, et trois relances.\n", encoding="utf-8",
    )  # fmt: skip
    _, outcome = record_import(place.home, secretary(place.home), report, reference_date="2024-09")
    place.home.settle(outcome)
    sheet = ana.read("/dossiers/2024:1")
    told = sheet.root.one("details", class_="told")
    assert "2 dates à consigner" in told.one("summary").text and "open" not in told.attributes
    second = told.all("a", class_="button")[1].attributes["href"]
    form = ana.read(second)
    assert [form.root.one(id=f"c-{name}").attributes.get("value") for name in ("occurred",)] == ["à partir du 2 mai 2024"]
    assert form.root.one("textarea", id="c-text").raw.startswith("Une lettre a été envoyée")
    ana.submit(form, "/dossiers/2024:1/agir/note")
    place.home.catch_up()
    after = ana.read("/dossiers/2024:1").root.one("details", class_="told")
    assert "1 date à consigner" in after.text and "à partir du" not in after.text
