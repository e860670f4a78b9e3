"""The printed forms of plans: what stands where, as of a day, for whom."""

from __future__ import annotations

import io
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pytest

from services import accounts
from services.home import Home
from services.imports.plans.reading import FollowUp
from services.reading.plans import PlanUnknown
from services.reports import registry
from services.reports.asked import Asked
from services.reports.printed import Cell, Columns, Heading, Items, Printed, Table, Text
from services.reports.words import cell_text, plain
from services.schema import Urls
from tests.homes import do, opened, secretary
from tests.services.plans import enter, reading
from tests.services.reports.paper_plans import axes_plan, orientations_plan
from tests.services.reports.printing import spaced

KEY = "ccsne-2019"


@pytest.fixture
def home(database: Urls) -> Iterator[Home]:
    with opened(database) as home:
        secretary(home)
        yield home


def form(home: Home, key: str = KEY, standing: bool = False, **asked: Any) -> Printed:
    home.catch_up()
    return registry.printed(home, "plan", Asked(to=key, filters={"standing": "1"} if standing else {}, **asked))


def cells(printed: Printed) -> list[list[str]]:
    return [[spaced(cell_text(cell)) for cell in row.cells] for table in tables(printed) for row in table.rows]


def tables(printed: Printed) -> list[Table]:
    return [block for block in printed.blocks if isinstance(block, Table)]


def said(printed: Printed) -> list[str]:
    return [spaced(plain(block.words)) for block in printed.blocks if isinstance(block, Text | Heading)]


def test_a_work_plan_says_what_how_who_and_what_became_of_it(home: Home) -> None:
    enter(home)
    printed = form(home)
    assert [[spaced(cell_text(cell)) for cell in table.head[0].cells] for table in tables(printed)] == [
        ["QUOI", "COMMENT et QUAND", "QUI", "SUIVI"]
    ] * 3
    rows = cells(printed)
    assert rows[0] == ["1. Développer la solidarité"]
    assert rows[1] == [
        "1.3 Mettre en place une salle d’enregistrement",
        "– Évaluer les besoins (février 2020) – Offrir des formations (mandat complet)", "Julie Roy",
        "– La salle est aménagée (mars 2022) • Promotion à venir",
    ]  # fmt: skip
    assert tables(printed)[0].rows[1].cells[2].centred  # type: ignore[index]
    assert rows[-1][0] == "Dossier spécial"
    assert [block for block in printed.blocks if isinstance(block, Columns)] != []
    assert said(printed)[:2] == ["Conseil central", "Plan de travail 2019-2022 (Adopté au Congrès du 15 juin 2019)"]


def underlined(cell: Cell) -> list[str]:
    found = []
    for block in cell.blocks:
        for words in [block.words] if isinstance(block, Text) else [item.words for item in block.items]:
            found += [spaced(run.text) for run in words if run.underlined]
    return found


def followed(home: Home, number: str, **more: Any) -> list[str]:
    row = next(row for table in tables(form(home, **more)) for row in table.rows if cell_text(row.cells[0]).startswith(number))
    return [spaced(cell_text(row.cells[3])), *underlined(row.cells[3])]


def test_the_verdict_is_that_of_the_state(home: Home) -> None:
    enter(home)
    assert followed(home, "2.1") == [""] and followed(home, "2.1", standing=True) == ["Action prévue"]
    do(home, f"{KEY}:2.1", "close-undone", reason="pandémie.", occurred="2021-05-01")
    verdict = "Action non réalisée (pandémie)"
    assert followed(home, "2.1") == [verdict, verdict]
    assert followed(home, "2.1", as_of="2021-04-30") == [""]
    do(home, f"{KEY}:1.4", "complete", completion="partial", occurred="2021-06-01")
    assert followed(home, "1.4")[1:] == ["Action partiellement réalisée"]
    do(home, "plan:ccsne-2022", "create", name="Le suivant", period="2022/2025")
    do(home, f"plan:{KEY}", "carry-over", to="plan:ccsne-2022", items=["1.3"], reason="faute de temps")
    assert followed(home, "1.3")[1:] == ["La salle est aménagée", "Action reportée au prochain mandat (faute de temps)"]


def test_a_verdict_of_the_page_is_said_once(home: Home) -> None:
    told = FollowUp("Action non réalisée (pandémie)", verdict="Action non réalisée (pandémie)")
    enter(home, plan=reading(follow_ups={"2.1": (told,)}, proposals={}))
    do(home, f"{KEY}:2.1", "close-undone", reason="pandémie")
    assert followed(home, "2.1") == [told.text, told.text]
    do(home, f"{KEY}:2.1", "reopen", reason="elle reprend")
    do(home, f"{KEY}:2.1", "complete", completion="full")
    assert followed(home, "2.1")[1:] == [told.text, "Action réalisée"]


def test_a_state_that_nobody_established_is_not_said(home: Home) -> None:
    enter(home)
    assert followed(home, "1.3", standing=True)[1:] == ["La salle est aménagée"]
    assert "État à établir" in followed(home, "1.3", standing=True)[0]
    do(home, f"{KEY}:1.3", "confirm", state="in_progress")
    assert "Action en cours" in followed(home, "1.3", standing=True)[0]


def test_a_reason_that_was_told_is_not_told_again(home: Home) -> None:
    told = FollowUp("Mandat réalisé en partie, faute de temps.")
    enter(home, plan=reading(follow_ups={"2.1": (told,)}, proposals={}))
    do(home, f"{KEY}:2.1", "close-undone", reason="Mandat réalisé en partie, faute de temps")
    assert followed(home, "2.1")[1:] == ["Action non réalisée"]


def test_what_is_not_for_everybody_is_not_printed(home: Home) -> None:
    enter(home)
    do(home, f"{KEY}:1.3", "note", text="Une note de bureau")
    assert "bureau" not in str(cells(form(home)))
    do(home, f"{KEY}:1.3", "restrict", visibility="officers")
    hidden = next(row for row in cells(form(home)) if row[0].startswith("1.3"))
    assert hidden == ["1.3 Point qui n’est pas public", "", "", ""]
    accounts.add(home.store, secretary(home), "maxime", ["member"])
    home.catch_up()
    member = replace(home, settings=replace(home.settings, user="maxime"))
    assert cells(form(member)) == cells(form(home))


def test_axes_have_their_own_table_and_repeat_their_name(home: Home) -> None:
    enter(home, "csmo-2009", axes_plan())
    printed = form(home, "csmo-2009")
    assert said(printed) == [
        "Plan d’action 2009-2010", "OBJECTIFS STRATÉGIQUES", "Pour atteindre ces objectifs, le plan compte deux (2) axes :"
    ]  # fmt: skip
    first, second = tables(printed)
    assert [cell_text(cell) for cell in first.head[0].cells] == [
        "Axe 1\nBâtir des liens", "Moyens", "Description des activités", "Résultats attendus"
    ]  # fmt: skip
    rows = list(first.rows)
    assert (rows[0].cells[0].down, len(rows[1].cells)) == (2, 3)
    assert spaced(cell_text(rows[0].cells[1])) == "CONSCIENCE • Diffuser le diagnostic"
    rows = list(second.rows)
    assert (spaced(cell_text(rows[0].cells[1])), rows[0].cells[1].across, rows[0].cells[0].down) == ("Main-d’œuvre :", 3, 2)
    assert spaced(cell_text(rows[1].cells[1])) == (
        "Jeunes : • Activité 1 de 2.1 • Activité 2 de 2.1 Femmes : • Activité 3 de 2.1"
    )


def test_orientations_stand_beside_their_plan(home: Home) -> None:
    enter(home, "sdh-2012", orientations_plan())
    printed = form(home, "sdh-2012")
    assert said(printed)[:3] == [
        "Syndicat des horlogers (SDH)",
        "LES ORIENTATIONS POUR 2012-2015 (Adoptées au Congrès du 11 et 12 mai 2012) ET LE PLAN D’ACTION POUR 2012-2015"
        " (Pour adoption au CD du 30 novembre 2012)",
        "Le syndicat entend :",
    ]  # fmt: skip
    assert [block.mark for block in printed.blocks if isinstance(block, Items)] == ["a."]
    (table,) = tables(printed)
    assert [spaced(cell_text(cell)) for cell in table.head[0].cells] == [
        "NOS ORIENTATIONS 2012-2015 (Adoptées au Congrès du 11 et 12 mai 2012)",
        "NOTRE PLAN D’ACTION 2012-2015 (Pour adoption au CD du 30 novembre 2012)",
    ]  # fmt: skip
    assert cells(printed) == [
        ["1 : VIE SYNDICALE"],
        ["1.1 Assurer le bon fonctionnement", "1.1.1 Réviser les règles", "a. Réviser les politiques;", "a. Septembre"],
        ["b. Les publier", "b. Au besoin"],
        ["1-1.2 Tenir un portrait", "a. Compter les membres", "a. Annuellement"],
    ]
    do(home, "plan:sdh-2012", "adopt-part", what="plan", on="2012-12-01")
    assert "Adopté : CD, 1er décembre 2012" in said(form(home, "sdh-2012"))[1]


@pytest.mark.parametrize("make", [reading, axes_plan, orientations_plan], ids=["work", "axes", "orientations"])
@pytest.mark.parametrize("format", ["docx", "pdf", "xlsx", "html", "csv"])
def test_every_form_has_every_format(home: Home, make: Any, format: str) -> None:
    enter(home, plan=make())
    home.catch_up()
    for filters in ({}, {"standing": "1"}):
        out = io.BytesIO()
        registry.write(home, "plan", Asked(to=KEY, filters=filters), format, out)
        assert out.tell() > 200


def test_which_plan(home: Home) -> None:
    with pytest.raises(PlanUnknown):
        registry.printed(home, "plan", Asked(to="rien"))
