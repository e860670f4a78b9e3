"""A plan in a town, and every verb of a plan with what is typed into its form."""

from __future__ import annotations

from typing import Any

from services.schema import Urls
from tests.homes import do, opened
from tests.web.desk_of_acts import build_for_acts

PLAN, NEXT = "plan:conseil-2024", "plan:conseil-2027"
PAGE = "/plans/conseil-2024"

PLANS: dict[str, dict[str, Any]] = {
    "rename": {"name": "Plan du Conseil"},
    "adopt-part": {"what": "plan", "by": "le congrès", "on": "15 juin 2024"},
    "enter-node": {
        "kind": "item",
        "number": "1.4",
        "text": "Écrire",
        "under": "1",
        "who": ["Luce Roy"],
        "results": ["Une lettre"],
    },
    "reword-node": {"number": "1.1", "line": "1", "text": "Choisir autrement", "schedule": "juin 2026"},
    "move-node": {"number": "1.3", "before": "1.1", "under": "1"},
    "remove-node": {"number": "1.3", "reason": "doublon"},
    "set-target": {"measures": "présence", "words": "au moins 30 personnes", "value": "30", "bound": "at_least"},
    "list": {"title": "Dossiers", "entries": ["Griefs", "Finances"]},
    "carry-over": {"to": NEXT, "items": ["1.3"]},
}
"""Verb -> what is typed."""


def build_for_plans(urls: Urls) -> None:
    """A town in which every act can be tried, with a plan of three items and their lines, and the next one, in an empty
    database."""
    build_for_acts(urls)
    with opened(urls) as home:
        do(home, PLAN, "create", name="Plan du conseil 2024-2027", period="2024/2027", form="work")
        do(home, PLAN, "enter-node", kind="section", number="1", text="Vie syndicale")
        for number, text in (("1.1", "Tenir une tournée"), ("1.2", "Former"), ("1.3", "Aménager une salle")):
            who = ["Luce Roy"] if number == "1.1" else ["Denis"]
            do(home, PLAN, "enter-node", kind="item", number=number, text=text, who=who)
        do(home, PLAN, "enter-node", kind="step", number="1", text="Choisir", under="1.1", schedule="mai 2024")
        do(home, PLAN, "enter-node", kind="step", number="2", text="Passer", under="1.1", schedule="deux fois par mois")
        do(home, NEXT, "create", name="Plan du conseil 2027-2030", period="2027/2030", form="work")
        home.catch_up()
