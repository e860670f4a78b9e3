"""Cases go on under another version of their rules, from their page and from that of their rules: what would happen is shown,
then done in one press and undone in one."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest

from services.reading import When, case
from services.schema import Urls
from tests.errands import SECOND, in_use, second
from tests.web.browser import Browser, Sheet, entered
from tests.web.desk import Town, town
from tests.web.desk_of_acts import act, form_of, names_in, notice

ALL = "/administration/processus/errand/passer"
ONE = "/dossiers/2024:2/agir/migrate"
TASKS = """  - {verb: add-task, from: open, to: unchanged, roles: [officer, secretary], facts: {text: required}}
  - {verb: finish-task, from: open, to: unchanged, roles: [officer, secretary], facts: {task: required}}
"""


@pytest.fixture
def place(own_acts: Urls, tmp_path: Path) -> Iterator[Town]:
    """Three errands of the first version: asked, running with a due date, and waiting with a task."""
    with town(own_acts) as found, in_use(tmp_path):
        found.do("assembly:2024", "create", name="Annuelle 2024", date="2024-05-13")
        for number in ("1", "2", "3"):
            found.do(f"2024:{number}", "adopt", title=f"Course {number}", kind="errand")
        found.do("2024:2", "run")
        found.do("2024:2", "set-due", due="2031-05-01")
        found.do("2024:3", "run")
        found.do("2024:3", "hold")
        second(tmp_path)
        yield found


def follows(place: Town, ref: str) -> tuple[str, str]:
    place.home.catch_up()
    row = case(place.home, ref, When())
    return row["workflow"], row["state"]


def becomes(sheet: Sheet) -> dict[str, str]:
    """By the title of each case, what becomes of it."""
    rows = sheet.main.one("ul", class_="carrying").all("li")
    return {row.one("a").text: " ".join(said.text for said in row.all("p", class_="becomes")) for row in rows}


def pressed(ana: Browser, path: str, **typed: Any) -> httpx.Response:
    """The form of a page, filled in and done."""
    sheet = ana.read(path)
    return ana.post(form_of(sheet).attributes["action"], **{**given(sheet), **typed, "faire": "oui"})


def given(sheet: Sheet) -> dict[str, Any]:
    form = form_of(sheet)
    ticked = [box.attributes["value"] for box in form.all("input", type="checkbox") if "checked" in box.attributes]
    radio = [one.attributes["value"] for one in form.all("input", type="radio") if "checked" in one.attributes]
    hidden = {one.attributes["name"]: one.attributes["value"] for one in form.all("input", type="hidden")}
    return {**hidden, "vers": radio[0], **({"n": ticked} if ticked else {})}


def test_what_changes_is_shown_before_anything_is_recorded(place: Town) -> None:
    sheet = entered(place).read(ALL)
    for words in ("États qui n’existent plus : En attente", "Nouveaux états : Suspendue", "rappels changent", "Rien n’est"):
        assert words in sheet.main.text, words
    assert becomes(sheet) == {
        "Course 1": "L’état ne change pas : « Demandée ».",
        "Course 2": "L’état ne change pas : « Lancée ». "
        "Ce qui court déjà garde ses rappels : l’échéance du dossier (1er mai 2031).",
        "Course 3": "Son état n’existe plus : En attente. Dites lequel en prend la place.",
    }
    assert follows(place, "2024:1") == ("errand.v1", "asked")


def test_a_place_that_is_chosen_is_shown_then_they_go_and_come_back_in_one_press(place: Town) -> None:
    ana = entered(place)
    sheet = ana.read(ALL)
    typed = {**given(sheet), "etat-waiting": "paused", "reason": "règles revues"}
    again = Sheet(ana.post(ALL, **typed))
    assert becomes(again)["Course 3"] == "« En attente » devient « Suspendue »."
    assert again.main.one("button", name="faire").text == "Faire passer 3 dossiers à la version 2"
    assert follows(place, "2024:3") == ("errand.v1", "waiting"), "seen is not done"
    done = ana.post(ALL, **typed, faire="oui")
    said = notice(ana, done)
    assert "3 dossiers" in said.text
    assert [follows(place, f"2024:{n}") for n in (1, 2, 3)] == [
        ("errand.v2", "asked"), ("errand.v2", "running"), ("errand.v2", "paused"),
    ]  # fmt: skip
    back = said.one("form")
    fields = {one.attributes["name"]: one.attributes["value"] for one in back.all("input", type="hidden")}
    assert ana.post(back.attributes["action"], **fields).status_code == 303
    assert follows(place, "2024:3") == ("errand.v1", "waiting")


def test_only_those_that_are_ticked_go(place: Town) -> None:
    ana = entered(place)
    assert pressed(ana, ALL, n=["2024:1"]).status_code == 303
    assert [follows(place, f"2024:{n}")[0] for n in (1, 2, 3)] == ["errand.v2", "errand.v1", "errand.v1"]
    assert "2024:1" not in ana.read(ALL).answer.text, "it follows the other version now"


@pytest.mark.parametrize(
    ("typed", "said"),
    [({}, "quel état prend la place"), ({"n": []}, "Cochez ceux"), ({"etat-waiting": "elsewhere"}, "quel état prend la place")],
)
def test_what_is_missing_is_said_and_nothing_is_done(place: Town, typed: dict[str, Any], said: str) -> None:
    answer = pressed(entered(place), ALL, **typed)
    assert answer.status_code == 422 and said in Sheet(answer).main.one("div", class_="problems").text
    assert follows(place, "2024:1")[0] == "errand.v1"


def test_one_case_goes_from_its_own_page(place: Town) -> None:
    ana = entered(place)
    sheet = ana.read(ONE)
    assert becomes(sheet)["Course 2"].startswith("L’état ne change pas : « Lancée ».")
    assert "n" not in names_in(form_of(sheet))
    assert "2" in notice(ana, pressed(ana, ONE)).text
    assert follows(place, "2024:2") == ("errand.v2", "running")


def test_tasks_that_could_not_be_finished_are_named(place: Town, tmp_path: Path) -> None:
    (tmp_path / "errand.v3.yaml").write_text(
        SECOND.replace("version: 2", "version: 3").replace("moves:\n", f"moves:\n{TASKS}"), encoding="utf-8"
    )
    second(tmp_path)
    ana = entered(place)
    assert pressed(ana, ONE, vers="errand.v3").status_code == 303
    place.do("2024:2", "add-task", text="Écrire")
    assert "1 tâche ouverte ne pourrait plus être terminée : Écrire." in becomes(ana.read(ONE, vers="errand.v1"))["Course 2"]


def test_who_may_not_and_where_there_is_nothing_to_do(place: Town) -> None:
    place.someone("olivier", "officer")
    officer = entered(place, "olivier")
    for path in (ALL, ONE):
        assert officer.ask(path).status_code == 403
    ana = entered(place)
    assert "qu’une version" in ana.read("/dossiers/2023:17/agir/migrate").main.text
    assert "qu’une version" in ana.read("/administration/processus/resolution/passer").main.text
    assert ana.ask("/administration/processus/nothing/passer").status_code == 404
    assert ana.ask("/dossiers/2024:99/agir/migrate").status_code == 404


def test_the_ways_lead_there_only_where_there_is_another_version(place: Town) -> None:
    ana = entered(place)
    assert "agir/migrate" not in ana.read("/dossiers/2023:17").answer.text
    rules = ana.read("/administration/processus/errand")
    assert f"{ALL}?de=errand.v1" in rules.answer.text and "3 dossiers" in rules.main.text
    assert "/passer" not in ana.read("/administration/processus/resolution").answer.text


def test_a_form_that_comes_twice_does_it_once(place: Town) -> None:
    ana = entered(place)
    sheet = ana.read(ONE)
    typed = {**given(sheet), "faire": "oui"}
    first, again = (ana.post(ONE, **typed) for _ in range(2))
    assert first.status_code == again.status_code == 303
    assert follows(place, "2024:2")[0] == "errand.v2"
    assert act(ana, "/dossiers/2024:2/agir/note", text="Après").status_code == 303


def test_the_page_of_the_rules_tells_how_the_folder_stands_by_now(place: Town, tmp_path: Path) -> None:
    from services.published import hold

    ana, page = entered(place), "/administration/processus"
    hold(place.home.store.connection)
    assert str(tmp_path) in ana.read(page).main.text and "ligne" not in ana.read(page).main.text
    (tmp_path / "chore.v1.yaml").write_text(SECOND.replace("errand", "chore").replace("version: 2", "version: 1"))
    assert "Au prochain démarrage, ces règles seront connues : chore.v1." in ana.read(page).main.text
    (tmp_path / "chore.v1.yaml").write_text("workflow: [chore\nversion: 1\n")
    assert "chore.v1.yaml, ligne 2, colonne 8 : un crochet" in ana.read(page).main.text
    (tmp_path / "chore.v1.yaml").unlink()
    first = (tmp_path / "errand.v1.yaml").read_text(encoding="utf-8")
    (tmp_path / "errand.v1.yaml").write_text(first.replace("after: 5", "after: 9"), encoding="utf-8")
    assert "des dossiers suivent déjà errand.v1" in ana.read(page).main.text
    (tmp_path / "errand.v1.yaml").unlink()
    assert "ce fichier n’est plus dans" in ana.read(page).main.text
    (tmp_path / "errand.v1.yaml").write_text(first, encoding="utf-8")
    place.someone("vera", "auditor")
    assert str(tmp_path) not in entered(place, "vera").read(page).main.text, "where files lie is for those who keep them"
