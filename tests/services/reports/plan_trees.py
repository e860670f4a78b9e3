"""Plans of the three forms, drawn: trees of some depth, letters, times, who, results, what was told, lists."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from hypothesis import strategies as st

from domain.plan.nodes import Node
from domain.time.schedules import Context, read_schedule
from services.imports.plans.reading import FollowUp, PlanReading, StandingList
from tests.services.plans import reading
from tests.services.reports.paper_plans import axes_plan, orientations_plan

VERBS = (
    "Former", "Réviser", "Publier", "Recenser", "Rencontrer", "Mobiliser", "Produire", "S’allier à", "Élaborer",
    "« Ensemble » pour", "12 rencontres avec", "À l’échelle locale,", "Non à", "L’avenir de", "e-bulletin pour", "(Re)lancer",
)  # fmt: skip
THINGS = (
    "les délégué·e·s", "le journal", "la politique d’accueil", "un guide « pratique »", "les 12 comités", "l'ASSÉ",
    "la CRPMT (Conseil régional)", "le plan – volet régional", "les membres et/ou leurs familles", "une tournée : Estrie, Beauce",
    "100 % des sections", "la 2e phase", "le fonds « Œuvrer » (FTQ)", "travailleur.euse.s", "Santé – Sécurité – Bâtisse",
    "un plan A. et un plan B", "R&D <interne>", "la résolution 7",
)  # fmt: skip
TAILS = ("", "", " (et ailleurs)", ", puis rendre compte",
         " en région", " – suite", " : oui", " ?", "…", " !", ".", " :", " (CCSNE) – (CSN)")  # fmt: skip
TIMES = ("mars 2020", "mandat complet", "décembre 2021", "hiver 2021", "2020-2022", "à chacun des CA", "au besoin",
         "Annuellement")  # fmt: skip


def phrases() -> st.SearchStrategy[str]:
    return st.tuples(*map(st.sampled_from, (VERBS, THINGS, TAILS))).map(lambda each: f"{each[0]} {each[1]}{each[2]}")


def told() -> st.SearchStrategy[FollowUp]:
    """What was told of an item: of a day, of none, a verdict."""
    return st.one_of(
        phrases().map(lambda text: FollowUp(f"{text} le 4 mai 2021", "2021-05-04", "le 4 mai 2021")),
        phrases().map(FollowUp),
        st.sampled_from(["Action non réalisée (pandémie)", "Action réalisée"]).map(lambda text: FollowUp(text, verdict=text)),
    )  # fmt: skip


def _line(draw: st.DrawFn, kind: str, number: str, printed: str = "", group: str | None = None, period: str = "") -> Node:
    schedule = None
    if period and (words := draw(st.sampled_from([None, *TIMES]))):
        schedule = read_schedule(words, Context(period=period))[0].schedule
    return Node(kind, number, draw(phrases()), printed, group=group, schedule=schedule)  # type: ignore[arg-type]


@st.composite
def work_plans(draw: st.DrawFn) -> PlanReading:
    sections, follow_ups = [], {}
    for s in range(1, draw(st.integers(1, 3)) + 1):
        items = []
        for i in range(1, draw(st.integers(1, 3)) + 1):
            number = f"{s}.{i}"
            steps = tuple(_line(draw, "step", str(n), period="2019/2022") for n in range(1, draw(st.integers(0, 3)) + 1))
            who = tuple(draw(st.lists(st.sampled_from(["Denis", "Julie Roy", "Anaïs", "CE"]), max_size=2, unique=True)))
            items.append(Node("item", number, draw(phrases()), number, who=who, nodes=steps))
            follow_ups[number] = _levelled(draw(st.lists(told(), max_size=3, unique=True)), draw(st.booleans()))
        text = draw(phrases().filter(lambda text: not text[0].isdigit()))  # “3. 12” is 3.12: docs/reports.md
        sections.append(Node("section", str(s), f"{text}.", str(s), nodes=tuple(items)))
    lists = (StandingList("Dossiers statutaires", (("Griefs", "Emploi – CRPMT"), ("Santé", "Bâtisse"), ("Éducation",))),)
    return reading(organisation="Conseil central", nodes=tuple(sections), follow_ups=follow_ups, proposals={}, places={},
                   adoption=(), lists=lists if draw(st.booleans()) else ())  # fmt: skip


def _levelled(told: Sequence[FollowUp], within: bool) -> tuple[FollowUp, ...]:
    """The second stands within the first, or none does."""
    return tuple(
        replace(one, level=2) if within and n == 1 and not one.verdict and not told[0].verdict else one
        for n, one in enumerate(told)
    )


@st.composite
def axes_plans(draw: st.DrawFn) -> PlanReading:
    axes = []
    for a in range(1, draw(st.integers(1, 3)) + 1):
        means = []
        heading = draw(st.sampled_from([None, "CONSCIENCE", "Main-d’œuvre actuelle"]))
        for m in range(1, draw(st.integers(1, 3)) + 1):
            groups = sorted(draw(st.lists(st.sampled_from(["", "Femmes", "Jeunes"]), max_size=4)))
            lines = tuple(_line(draw, "activity", str(n), group=each or None) for n, each in enumerate(groups, 1))
            results = tuple(draw(st.lists(phrases(), min_size=1, max_size=2, unique=True)))
            means.append(Node("means", f"{a}.{m}", draw(phrases()), heading=heading, nodes=lines, results=results))
        axes.append(Node("axis", str(a), draw(phrases()), f"Axe {a}", nodes=tuple(means)))
    said = ("Le comité a ciblé ces axes d’intervention :",)
    made: PlanReading = axes_plan()
    return replace(made, nodes=tuple(axes), objectives=tuple(draw(st.lists(phrases(), max_size=3))), preamble=said)


@st.composite
def orientations_plans(draw: st.DrawFn) -> PlanReading:
    goals = []
    for g in range(1, draw(st.integers(1, 3)) + 1):
        objectives = []
        for o in range(1, draw(st.integers(1, 3)) + 1):
            letters = "abcd"[: draw(st.integers(1, 4))]
            actions = tuple(_line(draw, "action", each, f"{each}.", period="2012/2015") for each in letters)
            objectives.append(Node("objective", f"1.{g}.{o}", draw(phrases()), f"1.{g}.{o}", nodes=actions))
        goals.append(Node("goal", f"1.{g}", draw(phrases()), f"1.{g}", nodes=tuple(objectives)))
    section = Node("section", "1", "VIE SYNDICALE", "1", nodes=tuple(goals))
    made: PlanReading = orientations_plan()
    return replace(made, nodes=(section,))


FORMS = {"work": work_plans(), "axes": axes_plans(), "orientations": orientations_plans()}
