"""The headings of the tables of plans, in any order, in French or in English, with the slips of scanners."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Literal

from services.imports.plans.reading import Form
from services.imports.plans.words import closest, slips, tokens, unconfused

Role = Literal[
    "axis", "means", "activities", "results", "goal", "objective", "action", "schedule",
    "what", "how", "when", "who", "follow_up",
]  # fmt: skip

_LONGEST = 7  # words of a heading
_RANKS = 3  # roles of a word, at most
_ARTICLES = "a au aux d de des du en et l la le les nos notre ou our par pour s sur the and of or to by for on"
_SMALL = frozenset(unconfused(word) for word in _ARTICLES.split())


Words = dict[str, tuple[Role, ...]]


def _table(columns: dict[Role, str]) -> Words:
    """Word -> the roles that it may be of, the likeliest first."""
    found: Words = {}
    for role, words in columns.items():
        for word in map(unconfused, words.split()):
            found[word] = (*found.get(word, ()), role)
    return found


FAMILIES: dict[Form, Words] = {
    "axes": _table({
        "axis": "axe axes axis orientation orientations priorite priorites priority enjeu enjeux pillar",
        "means": "moyen moyens means strategie strategies strategy intervention interventions initiative initiatives"
        " orientation orientations",
        "activities": "activite activites activity activities description descriptions action actions",
        "results": "resultat resultats result results attendu attendus expected outcome outcomes livrable livrables"
        " retombee retombees deliverable deliverables impact impacts",
    }),
    "orientations": _table({
        "goal": "but buts goal goals aim aims orientation orientations finalite finalites enjeu enjeux priorite priorites",
        "objective": "objectif objectifs objective objectives cible cibles target targets",
        "action": "action actions moyen moyens means activite activites activities geste gestes mesure mesures",
        "schedule": "echeance echeances frequence frequences echeancier calendrier quand when timeline timeframe schedule"
        " deadline deadlines frequency date dates due",
    }),
    "work": _table({
        "what": "quoi what mandat mandats dossier dossiers item items objectif objectifs objective objectives sujet projet"
        " project task tasks priorite objet action actions point theme",
        "how": "comment how moyen moyens means etape etapes step steps action actions demarche",
        "when": "quand when echeance echeances echeancier timeline deadline due date dates calendrier",
        "who": "qui who responsable responsables responsible lead charge personne personnes owner porteur porteurs"
        " porteuse pilote equipe",
        "follow_up": "suivi suivis follow followup up bilan etat progress status update avancement realisation"
        " realisations commentaires remarques",
    }),
}  # fmt: skip

_NEEDED: dict[Form, tuple[frozenset[Role], ...]] = {
    "axes": (frozenset({"means", "activities"}), frozenset({"means", "results"}), frozenset({"axis", "activities", "results"})),
    "orientations": (frozenset({"objective", "action", "goal"}), frozenset({"objective", "action", "schedule"})),
    "work": (
        frozenset({"what", "how", "who"}),
        frozenset({"what", "how", "when"}),
        frozenset({"what", "how", "follow_up"}),
        frozenset({"what", "who", "follow_up"}),
    ),
}  # fmt: skip
_EXPECTED: dict[Form, tuple[Role, ...]] = {
    "axes": ("axis", "means", "activities", "results"),
    "orientations": ("goal", "objective", "action", "schedule"),
    "work": ("what", "how", "who", "follow_up"),
}


@dataclass(frozen=True)
class Columns:
    """What stands in which column. `dated`: the heading of the steps says that they hold the time as well (« COMMENT et
    QUAND »); `supposed`: the columns whose heading was not read but could be no other, with its words."""

    form: Form
    roles: dict[int, Role]
    width: int
    dated: bool = False
    supposed: dict[int, str] = field(default_factory=dict)

    def column(self, role: Role) -> int | None:
        """Where a role stands."""
        return next((at for at, each in self.roles.items() if each == role), None)

    @property
    def read(self) -> int:
        return len(self.roles) - len(self.supposed)


def read_columns(cells: Sequence[str]) -> Columns | None:
    """The columns of a row of headings; null for a row that is none. What fits two families best is what more of its
    headings say."""
    if sum(1 for cell in cells if cell.strip()) < 2:
        return None
    found = [columns for form in FAMILIES if (columns := _of(form, cells))]
    return max(found, key=lambda each: each.read, default=None)


def _of(form: Form, cells: Sequence[str]) -> Columns | None:
    roles: dict[int, Role] = {}
    unread: dict[int, str] = {}
    while len(cells) > len(_EXPECTED[form]) and not cells[-1].strip():
        cells = cells[:-1]  # of a row below that is wider, its cells moved by a column
    said = [_roles(form, cell) for cell in cells]
    if form == "axes" and not cells[0].strip():
        said[0] = ["axis"]  # printed without heading
    dated = any("how" in each and "when" in each for each in said)
    for at, (cell, role) in enumerate(zip(cells, _shared_out(said), strict=True)):
        if role:
            roles[at] = role
        elif cell.strip():
            unread[at] = cell.strip()
    if len(roles) < 2:
        return None
    supposed = _suppose(form, cells, roles, unread)
    if not any(needed <= set(roles.values()) for needed in _NEEDED[form]):
        return None
    if len(unread) > len(supposed) + (form == "axes"):
        return None
    return Columns(form, roles, len(cells), dated, supposed)


def _suppose(form: Form, cells: Sequence[str], roles: dict[int, Role], unread: dict[int, str]) -> dict[int, str]:
    """Headings that were not read, and columns that are missing, are each other's: by what they resemble, or because one of
    each is left."""
    supposed = {}
    for at, cell in unread.items():
        missing = [role for role in _EXPECTED[form] if role not in roles.values()]
        role = _resembling(form, cell, missing)
        if role:
            roles[at], supposed[at] = role, cell
    missing = [role for role in _EXPECTED[form] if role not in roles.values()]
    free = [at for at in range(len(cells)) if at not in roles]
    if len(missing) == 1 and len(free) == 1:
        at = free[0]
        roles[at] = missing[0]
        if form != "axes" or missing[0] != "axis":  # printed without heading, or with the name of the first axis
            supposed[at] = unread.get(at, "")
    return supposed


def _resembling(form: Form, cell: str, missing: Sequence[Role]) -> Role | None:
    """The one missing column to one of whose words a heading comes near: a third of its letters may differ."""
    near = {
        role for word, roles in FAMILIES[form].items() for role in roles if role in missing
        for said in tokens(cell) if slips(said, word, len(word) // 3) <= len(word) // 3
    }  # fmt: skip
    return near.pop() if len(near) == 1 else None


def _shared_out(said: Sequence[Sequence[Role]]) -> list[Role | None]:
    """A role for each heading, of those that it may be: as many as can be, the likeliest first. « Action » beside « Comment » is
    what is done."""
    ways: dict[frozenset[Role], tuple[int, list[Role | None]]] = {frozenset(): (0, [])}  # taken -> cost, roles so far
    for each in said:
        further: dict[frozenset[Role], tuple[int, list[Role | None]]] = {}
        for taken, (cost, so_far) in ways.items():
            choices = [(rank, role) for rank, role in enumerate(each) if role not in taken]
            for rank, role in [*choices, (0, None)]:
                now = taken | {role} if role else taken
                if now not in further or cost + rank < further[now][0]:
                    further[now] = (cost + rank, [*so_far, role])
        ways = further
    _, (_, found) = max(ways.items(), key=lambda way: (len(way[0]), -way[1][0]))
    return found


def _roles(form: Form, cell: str) -> list[Role]:
    """What a heading may be, the likeliest first; nothing if most of its words say nothing."""
    said = [word for word in tokens(cell) if word not in _SMALL]
    if not said or len(said) > _LONGEST:
        return []
    found: Counter[Role] = Counter()
    at = known = 0
    while at < len(said):
        roles, length = _word(form, said, at)
        for rank, role in enumerate(roles):
            found[role] += length * (_RANKS - rank)
        known += length if roles else 0
        at += length
    likely = sorted(
        found, key=lambda role: (role == "when" and "how" in found, -found[role])
    )  # steps with their times are steps
    return likely if known * 2 >= len(said) else []


def _word(form: Form, said: list[str], at: int) -> tuple[tuple[Role, ...], int]:
    """The roles of a word, or of two that are one cut in the middle; and how many words that takes."""
    table = FAMILIES[form]
    if word := closest(said[at], table):
        return table[word], 1
    if at + 1 < len(said) and (word := closest(said[at] + said[at + 1], table)):
        return table[word], 2
    return (), 1
