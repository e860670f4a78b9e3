"""The views that people keep."""

from __future__ import annotations

from collections.abc import Iterator
from uuid import UUID, uuid4

import pytest

from services import views
from services.home import Home
from services.schema import Urls
from services.views import NameNeeded, TooManyViews, View, ViewNamed, ViewUnknown
from tests.homes import opened, secretary

ANA, BOB = UUID(int=1), UUID(int=2)


@pytest.fixture
def home(database: Urls) -> Iterator[Home]:
    with opened(database) as home:
        secretary(home)
        yield home


def names(home: Home, person: UUID) -> set[str]:
    return {view.name for view in views.views_of(home.reader, person)}


def one(home: Home, person: UUID, id: UUID) -> View:
    return next(view for view in views.views_of(home.reader, person) if view.id == id)


def test_private_ones_are_their_owners_alone_shared_ones_everyones(home: Home) -> None:
    mine = views.keep(home.store, ANA, "  Les   bloquées ", {"state": "blocked"})
    shared = views.keep(home.store, ANA, "À l’eau", {"query": "eau"}, shared=True)
    assert names(home, ANA) == {"À l’eau", "Les bloquées"}
    assert names(home, BOB) == {"À l’eau"} and not one(home, BOB, shared).mine
    assert one(home, ANA, mine).asked == {"state": "blocked"}


def test_only_their_owner_changes_them(home: Home) -> None:
    id = views.keep(home.store, ANA, "À moi", {"state": "blocked"}, shared=True)
    with pytest.raises(ViewUnknown):
        views.change(home.store, BOB, id, "À lui", True)
    with pytest.raises(ViewUnknown):
        views.remove(home.store, BOB, id)
    with pytest.raises(ViewUnknown):
        views.ask_anew(home.store, BOB, id, {})
    with pytest.raises(ViewUnknown):
        views.change(home.store, ANA, uuid4(), "Rien", False)
    assert one(home, ANA, id).name == "À moi" and one(home, ANA, id).asked == {"state": "blocked"}
    views.change(home.store, ANA, id, "Renommée", False)
    assert names(home, ANA) == {"Renommée"} and names(home, BOB) == set()
    views.remove(home.store, ANA, id)
    assert names(home, ANA) == set()


@pytest.mark.parametrize("name", ["", "   ", "\u200b\u202e", "x" * 81])
def test_a_name_is_needed(home: Home, name: str) -> None:
    with pytest.raises(NameNeeded):
        views.keep(home.store, ANA, name, {})


def test_nobody_has_two_of_one_name(home: Home) -> None:
    views.keep(home.store, ANA, "Une", {})
    other = views.keep(home.store, ANA, "Autre", {})
    with pytest.raises(ViewNamed):
        views.keep(home.store, ANA, "Une", {})
    with pytest.raises(ViewNamed):
        views.change(home.store, ANA, other, "Une", False)
    views.keep(home.store, BOB, "Une", {})


def test_nobody_keeps_too_many(home: Home, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(views, "MOST", 1)
    views.keep(home.store, ANA, "Une", {})
    with pytest.raises(TooManyViews):
        views.keep(home.store, ANA, "Deux", {})


def test_one_opens_first_until_it_goes(home: Home) -> None:
    id = views.keep(home.store, ANA, "Une", {}, shared=True)
    other = views.keep(home.store, BOB, "Deux", {})
    for person in (ANA, BOB):
        views.open_first(home.store, person, id)
        assert one(home, person, id).home
    views.open_first(home.store, BOB, other)
    assert not one(home, BOB, id).home and one(home, BOB, other).home
    with pytest.raises(ViewUnknown):
        views.open_first(home.store, ANA, other)
    views.remove(home.store, ANA, id)
    assert not any(view.home for view in views.views_of(home.reader, ANA))
    views.open_first(home.store, BOB, None)
    assert not one(home, BOB, other).home


def test_the_view_of_an_import_keeps_its_cases(home: Home) -> None:
    first = views.keep_import(home.store, ANA, "Import du 12 septembre", ["2023:1", "2023:2"])
    again = views.keep_import(home.store, ANA, "Import du 12 septembre", ["2023:3"])
    assert names(home, ANA) == {"Import du 12 septembre", "Import du 12 septembre (2)"} and names(home, BOB) == set()
    views.ask_anew(home.store, ANA, first, {"state": "blocked"})
    assert one(home, ANA, first).asked == {"state": "blocked", "refs": ["2023:1", "2023:2"]}
    assert one(home, ANA, again).asked["refs"] == ["2023:3"]
