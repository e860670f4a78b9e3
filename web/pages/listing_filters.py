"""What the address asks of a list of cases, alone or on top of a view that someone keeps."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any
from uuid import UUID

from projections.case_pages import Sought
from services.home import Home
from services.reading.cases import entry_id
from services.reading.lists import Asked, view_of
from services.views import View, ViewUnknown, views_of
from web.pages.states import named_state

PATH = "/dossiers"
BASE = ("state", "owner", "body", "assembly", "query")
TABS: Mapping[str, Mapping[str, str]] = {
    "all": {}, "us": {"turn": "us"}, "them": {"turn": "them"}, "late": {"overdue": "1"}, "silent": {"silent": "1"},
    "ownerless": {"ownerless": "1"}, "proposed": {"proposed": "1"}, "standing": {"standing": "1"}, "recent": {"recent": "1"},
    "closed": {"closed": "1"},
}  # fmt: skip
OF_TABS = tuple(dict.fromkeys(key for asked in TABS.values() for key in asked))
SHAPES = ("liste", "colonnes", "calendrier", "frise")
KEPT = (*BASE, *OF_TABS, "order", "vue")  # what a view that is kept says
LONGEST = 200  # characters of a value


@dataclass(frozen=True)
class Filters:
    """What is asked; empty is not asked. `view`: the kept one that it begins with, with the `refs` of its cases."""

    given: Mapping[str, str] = field(default_factory=dict)
    view: View | None = None
    refs: Sequence[str] | None = None
    after: str | None = None

    @classmethod
    def read(cls, home: Home, asked: Mapping[str, str], views: Sequence[View]) -> Filters:
        """As the address has them. Raises `ViewUnknown`."""
        view = view_in(asked.get("voir", ""), views)
        said = {name: asked[name].strip()[:LONGEST] for name in KEPT if name in asked}
        begun = {name: str(value) for name, value in view.asked.items() if name in KEPT} if view else {}
        if any(name in said for name in OF_TABS):
            begun = {name: value for name, value in begun.items() if name not in OF_TABS}
        given = {name: value for name, value in (begun | said).items() if value}
        refs = view.asked.get("refs") if view else None
        return cls(given, view, refs, asked.get("after", "").strip() or None)

    def get(self, name: str) -> str | None:
        """What is asked under a name."""
        return self.given.get(name)

    @property
    def order(self) -> str:
        """In which order."""
        asked = self.given.get("order", "number")
        return asked if asked in ("due", "wait") else "number"

    @property
    def shape(self) -> str:
        """A list, columns, a calendar or a timeline."""
        asked = self.given.get("vue", "liste")
        return asked if asked in SHAPES else "liste"

    @property
    def tab(self) -> str:
        """Which of the views that every list has."""
        for name, asked in TABS.items():
            if asked and all(self.given.get(key) in (value, "true") for key, value in asked.items()):
                return name
        return "all"

    @property
    def any(self) -> bool:
        """Whether anything is asked that leaves cases out."""
        return self.refs is not None or any(name in self.given for name in (*BASE, *OF_TABS))

    def base(self, home: Home) -> Asked:
        """The question without its tab. Raises `StateUnknown`, `EntryUnknown`."""
        state, owner, body = self.get("state"), self.get("owner"), self.get("body")
        sought = Sought(
            state=named_state(state) if state else None,
            owner=UUID(entry_id(home, owner, "person", "body")) if owner else None,
            body=UUID(entry_id(home, body, "body")) if body else None,
            assembly=self.get("assembly"),
            refs=self.refs,
        )
        return Asked(sought, self.get("query"), self.order)


def within(asked: Asked, filters: Filters, day: date) -> Asked:
    """The question with its tab."""
    turn = filters.get("turn")
    sought = replace(asked.sought, turn="nobody") if turn == "nobody" else view_of(asked.sought, filters.tab, day)
    return replace(asked, sought=sought)


def view_in(id: str, views: Sequence[View]) -> View | None:
    """The kept view that the address means. Raises `ViewUnknown`."""
    if not id.strip():
        return None
    found = next((view for view in views if str(view.id) == id.strip().lower()), None)
    if found is None:
        raise ViewUnknown()
    return found


def kept_for(home: Home) -> list[View]:
    """The views that the reader keeps, and those that are shared."""
    person = home.viewer().person
    return views_of(home.reader, person) if person else []


def question(given: Mapping[str, Any]) -> dict[str, str]:
    """What a view that is kept says, of an address."""
    return {name: str(given[name])[:LONGEST] for name in KEPT if given.get(name)}
