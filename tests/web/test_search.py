"""The page of a search and the lines of the palette: grouped, marked, escaped, and of what may be seen."""

from __future__ import annotations

import pytest

from tests.web.browser import Element, entered
from tests.web.desk import Town

TYPED = (
    "<script>alert(1)</script>", "x" * 5_000, "\x07\x1b", "\u202eabc", "🙂", "'; DROP TABLE", "& | ! ( ) : *", "\\", "%",
    "2023:", ":17", "demarche:", "<->",
)  # fmt: skip


@pytest.fixture
def busy(place: Town) -> Town:
    place.do("2023:21", "adopt", title="La paie des travailleur.euse.s")
    place.do("2023:22", "adopt", title="Autre chose", text="On <b>aide</b> les travailleuses & leurs familles.")
    place.do("office:env", "create", name="Ministre de l’Environnement")
    place.do("demarche:1", "send", cases=["2023:21"], office="office:env", subject="Une rencontre")
    return place


def marks(element: Element) -> list[str]:
    return [mark.text for mark in element.all("mark")]


def test_by_kind_with_its_words_marked(busy: Town) -> None:
    sheet = entered(busy).read("/recherche", q="travailleurs")
    (section,) = sheet.main.all("section")
    assert section.one("h2").text == "Dossiers 2"
    first, second = section.all("li")
    assert marks(first) == ["travailleur.euse.s"]
    assert marks(second) == ["travailleuses"]
    assert "On <b>aide</b> les travailleuses & leurs familles." in second.text
    assert [a.attributes["href"] for a in section.all("a")] == ["/dossiers/2023:21", "/dossiers/2023:22"]


def test_things_of_every_kind(busy: Town) -> None:
    sheet = entered(busy).read("/recherche", q="environnement")
    assert [h2.text for h2 in sheet.main.all("h2")] == ["Correspondance 1", "Charges et ministres 1"]
    assert sheet.main.all("a", href="/correspondance/1")
    assert sheet.main.all("a", href="/charges/env")


def test_nothing_found_says_so_and_keeps_what_was_typed(busy: Town) -> None:
    sheet = entered(busy).read("/recherche", q="zzz")
    assert "Rien ne correspond à « zzz »." in sheet.main.text
    assert sheet.main.one("input", id="q").attributes["value"] == "zzz"


def test_nothing_asked(busy: Town) -> None:
    assert not entered(busy).read("/recherche").main.all("section")


@pytest.mark.parametrize("typed", TYPED)
def test_whatever_is_typed_is_only_looked_for(busy: Town, typed: str) -> None:
    sheet = entered(busy).read("/recherche", q=typed)
    assert not sheet.main.all("script")
    entered(busy).read("/recherche/palette", q=typed)


def test_the_palette_offers_acts_first(busy: Town) -> None:
    fragment = entered(busy).read("/recherche/palette", q="relancer env").root
    acts, *_ = fragment.all("section")
    assert acts.one("h2").text == "Actions"
    assert acts.one("a").attributes["href"] == "/correspondance/1/agir/remind"
    assert acts.one("a").text.startswith("Relancer · 1 · Ministre de l’Environnement")
    things = entered(busy).read("/recherche/palette", q="17").root
    assert things.one("a", href="/dossiers/2023:17").text == "17 · Des vélos pour les quartiers Adoptée"


def test_who_may_not_record_is_offered_no_act(busy: Town) -> None:
    busy.someone("audit", "auditor")
    fragment = entered(busy, "audit").read("/recherche/palette", q="relancer env").root
    assert not fragment.all("section")


def test_a_hidden_case_is_not_found(busy: Town) -> None:
    busy.do("person:zoe", "create", name="Zoé")
    busy.do("2023:21", "restrict", visibility="named", people=["person:zoe"])
    busy.someone("max", "officer")
    for path in ("/recherche", "/recherche/palette"):
        found = entered(busy, "max").read(path, q="travailleurs")
        assert not found.root.all("a", href="/dossiers/2023:21")
        assert found.root.all("a", href="/dossiers/2023:22")
        assert "2023:21" in entered(busy).read(path, q="travailleurs").answer.text
