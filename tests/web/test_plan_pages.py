"""The pages of plans: their list, the tree with its filters, one press, the forms, what goes on in the next plan."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import httpx
import pytest

from services.reading import When
from services.reading.plans import plan
from services.schema import Urls
from tests.web.browser import Browser, Element, Sheet, entered, filled
from tests.web.desk import Town, town
from tests.web.desk_of_acts import act, form_of, notice, recorded, send
from tests.web.plan_trials import NEXT, PAGE, PLAN, PLANS
from tests.web.test_weight import QUESTIONS, counted


@pytest.fixture
def place(own_plans: Urls) -> Iterator[Town]:
    with town(own_plans) as found:
        yield found


def items(sheet: Sheet) -> dict[str, Element]:
    """The items that are shown, by number."""
    return {one.one("p", class_="no").text: one for one in sheet.main.all("article")}


def state(place: Town, ref: str) -> str:
    return str(place.ana.get(f"/cases/{ref}").json()["state"])


def test_the_list_says_what_each_plan_is_and_what_comes_next(place: Town) -> None:
    place.do("conseil-2024:1.2", "set-due", due="2031-02-14")
    place.do("conseil-2024:1.3", "close-undone", reason="pandémie")
    ahead, last = (one.text for one in entered(place).read("/plans").main.all("li", class_="row"))
    for words in ("Plan du conseil 2024-2027", "Plan de travail · de 2024 à 2027", "3 actions, dont 2 ouvertes",
                  "2 prévues", "1 close, non réalisée"):  # fmt: skip
        assert words in last, words
    assert "Plan du conseil 2027-2030" in ahead and "0 action" in ahead
    assert "Prochaine date :" in last and "Prochaine date :" not in ahead


def test_the_tree_is_read_as_minutes(place: Town) -> None:
    sheet = entered(place).read(PAGE)
    assert sheet.main.one("section", id="n-1").one("h2").text == "Vie syndicale"
    found = items(sheet)
    assert list(found) == ["1.1", "1.2", "1.3"]
    for words in ("Tenir une tournée", "Prévue", "Qui : Luce Roy", "Choisir", "mai 2024", "deux fois par mois"):
        assert words in found["1.1"].text, words
    assert found["1.1"].one("h3").one("a").attributes["href"] == "/dossiers/conseil-2024:1.1"


@pytest.mark.parametrize(("asked", "numbers"), [
    ({"who": "denis"}, ["1.2", "1.3"]), ({"state": "in_progress"}, ["1.2"]), ({"who": "Denis", "state": "adopted"}, ["1.3"]),
    ({"overdue": "1"}, ["1.1"]), ({"who": "personne"}, []), ({"state": "nothing"}, ["1.1", "1.2", "1.3"]),
])  # fmt: skip
def test_the_address_says_what_is_shown(place: Town, asked: dict[str, Any], numbers: list[str]) -> None:
    place.do("conseil-2024:1.2", "start")
    sheet = entered(place).read(PAGE, **asked)
    assert list(items(sheet)) == numbers
    assert ("Vie syndicale" in sheet.main.text) is bool(numbers)


def test_a_line_is_finished_in_one_press_and_taken_back_in_one(place: Town) -> None:
    browser = entered(place)
    form = items(browser.read(PAGE, who="Luce Roy"))["1.1"].all("form")[0]
    answer = browser.post(form.attributes["action"], **filled(form))
    assert answer.status_code == 303 and answer.headers["location"].startswith(f"{PAGE}?who=Luce+Roy&fait=")
    assert place.ana.get("/cases/conseil-2024:1.1").json()["tasks"][0]["done"]
    again = browser.post(form.attributes["action"], **filled(form))
    assert again.status_code == 303, "the same press twice is one"
    undone = browser.submit(Sheet(browser.ask(answer.headers["location"])), "/annuler")
    assert undone.status_code == 303 and undone.headers["location"].startswith(PAGE)
    assert not place.ana.get("/cases/conseil-2024:1.1").json()["tasks"][0]["done"]


def test_a_line_that_comes_back_is_done_once_more(place: Town) -> None:
    browser = entered(place)
    for n in (1, 2):
        form = items(browser.read(PAGE))["1.1"].all("form")[1]
        assert browser.post(form.attributes["action"], **filled(form)).status_code == 303
        place.home.catch_up()
        assert f"fait {n} fois sur 2" in items(browser.read(PAGE))["1.1"].text
    text = browser.read("/dossiers/conseil-2024:1.1").main.text
    assert "fait 2 fois" in text and "Plan du conseil 2024-2027" in text and "Action 1.1" in text


@pytest.mark.parametrize("verb", PLANS)
def test_a_verb_of_plans(place: Town, verb: str) -> None:
    browser = entered(place)
    before = recorded(place, PLAN) + recorded(place, "conseil-2024:1.1")
    done = act(browser, f"{PAGE}/agir/{verb}", **PLANS[verb])
    assert notice(browser, done).text and done.headers["location"].startswith(f"{PAGE}?fait=")
    after = recorded(place, PLAN) + (recorded(place, "conseil-2024:1.1"))
    assert len(after) == len(before) + 1


def test_a_plan_is_concluded_once_nothing_of_it_is_open(place: Town) -> None:
    browser = entered(place)
    assert act(browser, f"{PAGE}/agir/conclude").status_code == 422
    assert act(browser, "/plans/conseil-2027/agir/conclude").status_code == 303
    assert "conclu" in browser.read("/plans/conseil-2027").main.text
    assert not browser.read("/plans/conseil-2027").main.all("section", class_="act")


def test_a_form_begins_with_what_stands(place: Town) -> None:
    browser = entered(place)
    form = form_of(browser.read(f"{PAGE}/agir/reword-node", number="1.1", line="2"))
    assert (filled(form)["text"], filled(form)["schedule"]) == ("Passer", "deux fois par mois")
    assert filled(form_of(browser.read(f"{PAGE}/agir/enter-node", under="1")))["number"] == "1.4"
    line = filled(form_of(browser.read(f"{PAGE}/agir/enter-node", under="1.1")))
    assert (line["number"], line["kind"]) == ("3", "step")


@pytest.mark.parametrize(("words", "said"), [("32 novembre", "32 novembre"), ("tous les 500 jours", "n’est pas un rythme")])
def test_words_of_time_that_say_nothing_are_asked_again(place: Town, words: str, said: str) -> None:
    answer = act(
        entered(place), f"{PAGE}/agir/enter-node", kind="step", number="3", text="Voir", under="1.1", schedule=words
    )
    assert answer.status_code == 422 and said in Sheet(answer).main.text


def press(browser: Browser, look: Sheet, **typed: str) -> httpx.Response:
    """The button that does what was looked at."""
    form = form_of(look)
    assert form.all("button", name="faire")
    return browser.post(form.attributes["action"], **(filled(form) | typed), faire="oui")


def carry(browser: Browser, **typed: object) -> Sheet:
    return Sheet(send(browser, browser.read(f"{PAGE}/reporter"), **typed))


def test_items_go_on_in_the_next_plan_after_a_look_ahead(place: Town) -> None:
    browser = entered(place)
    look = carry(browser, n=["1.2", "1.3"], vers="conseil-2027")
    text = look.main.text
    assert (
        "2 actions" in text and "Inscrite là-bas sous le numéro 1.2." in text and "Rien n’est encore consigné" in text
    )
    assert look.main.one("button", name="faire").text == "Reporter 2 actions"
    assert state(place, "conseil-2024:1.2") == "adopted", "a look records nothing"
    done = press(browser, look)
    assert [state(place, f"conseil-2024:{n}") for n in ("1.1", "1.2", "1.3")] == [
        "adopted",
        "carried_over",
        "carried_over",
    ]
    assert [node["called"] for node in plan(place.home, NEXT, When())["nodes"]] == ["1.2", "1.3"]
    assert "Repris de « Plan du conseil 2024-2027 » : 1.2 et 1.3." in browser.read("/plans/conseil-2027").main.text
    browser.submit(Sheet(browser.ask(done.headers["location"])), "/annuler")
    assert state(place, "conseil-2024:1.2") == "adopted" and not plan(place.home, NEXT, When())["nodes"]


def test_the_next_plan_may_be_entered_with_them(place: Town) -> None:
    browser = entered(place)
    look = carry(browser, n=["1.1"], vers="nouveau", name="Plan de relève", period="2027-2029")
    assert "Plan de relève" in look.main.text
    assert browser.ask("/plans/plan-de-releve").status_code == 404
    assert press(browser, look, **{"la-1.1": "4.2"}).status_code == 303
    found = plan(place.home, "plan-de-releve", When())
    assert (found["title"], found["period"], found["nodes"][0]["called"]) == ("Plan de relève", "2027/2029", "4.2")


@pytest.mark.parametrize(("typed", "said"), [
    ({"vers": "conseil-2027"}, "Aucune action n’est choisie"), ({"n": ["1.1"], "vers": "nouveau"}, "demande un titre"),
])  # fmt: skip
def test_what_is_missing_is_said(place: Town, typed: dict[str, object], said: str) -> None:
    sheet = carry(entered(place), **typed)
    assert sheet.answer.status_code == 422 and said in sheet.main.one("div", class_="problems").text


def test_who_only_reads_is_offered_nothing_to_do(place: Town) -> None:
    place.someone("vera", "auditor")
    vera = entered(place, "vera")
    sheet = vera.read(PAGE)
    assert not sheet.main.all("form", class_="finish") and not sheet.main.all("a", class_="button")
    assert vera.ask(f"{PAGE}/reporter").status_code == 403
    assert vera.ask(f"{PAGE}/agir/enter-node").status_code == 403


def test_an_item_that_is_not_theirs_says_nothing_of_itself(place: Town) -> None:
    place.do("conseil-2024:1.2", "restrict", visibility="officers")
    place.someone("mara", "member")
    mara = entered(place, "mara")
    found = items(mara.read(PAGE))
    assert "Former" not in mara.read(PAGE).main.text and "ne vous est pas ouverte" in found["1.2"].text
    assert list(items(mara.read(PAGE, who="Denis"))) == ["1.3"]


def test_lists_call_an_item_by_its_own_state_and_lead_to_its_plan(place: Town) -> None:
    sheet = entered(place).read("/dossiers", assembly="conseil-2024")
    assert "Prévue" in sheet.main.text and "Adoptée" not in sheet.main.one("table").text
    assert sheet.main.all("a", href=PAGE)
    assert not entered(place).read("/dossiers", assembly="2023").main.all("a", href=PAGE)


@pytest.mark.parametrize(
    "path", ["/plans", PAGE, f"{PAGE}/reporter", f"{PAGE}/agir/enter-node", "/dossiers/conseil-2024:1.1"]
)
def test_a_page_of_a_plan_asks_little(place: Town, path: str, monkeypatch: pytest.MonkeyPatch) -> None:
    browser = entered(place)
    browser.read(path)
    with counted(monkeypatch) as asked:
        browser.read(path)
    assert len(asked) <= QUESTIONS, "\n".join(asked)


def test_the_past_of_a_plan_can_be_read_and_not_changed(place: Town) -> None:
    browser = entered(place)
    place.do("conseil-2024:1.2", "start")
    sheet = browser.read(PAGE, as_of="2031-01-01")
    assert "En cours" in sheet.main.text and not sheet.main.all("form", class_="finish")
    assert browser.ask(PAGE, known_at="2020-01-01").status_code == 404
    assert browser.read("/plans", known_at="2020-01-01").main.all("p", class_="lead")


def test_a_meeting_of_a_body_is_announced_moved_and_held_from_its_page(place: Town) -> None:
    browser, page = entered(place), "/instances/comite"
    assert act(browser, f"{page}/agir/announce-meeting", date="14 février 2031", place="Québec").status_code == 303
    place.home.catch_up()
    (move,) = (a for a in browser.read(page).main.all("a") if "move-meeting" in a.attributes["href"])
    assert act(browser, move.attributes["href"], date="15 février 2031", reason="neige").status_code == 303
    place.home.catch_up()
    text = browser.read(page).main.text
    assert "15 février 2031" in text and "auparavant : 14 février 2031" in text
