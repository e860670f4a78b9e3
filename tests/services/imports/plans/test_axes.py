"""Axes plans: headings across, themes, groups, results of a means, lost bullets, and cells that slid."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from services.imports.plans.grammar import read_plan
from tests.services.imports.plans.pages import Words, document, nodes, plan, sentences, told

HEADS: list[Words] = ["", "Moyens", "Description des activités", "Résultats attendus"]

WHOLE: list[str | list[Sequence[Words]]] = [
    "Plan d’action 2025-2026",
    "OBJECTIFS STRATÉGIQUES",
    "- Grandir",
    "- Durer",
    "L’association a choisi deux (2) axes :",
    [
        HEADS,
        [
            "Axe 1 Se connaître",
            ["PORTRAIT DES MEMBRES", "• Tenir un portrait"],
            ["• Sonder", "• Compiler"],
            ["• Un portrait"],
        ],
        ["", "• Visiter les sections", "• Faire la tournée sur demande", ["• Être connu", "• Écouter"]],
    ],
    [
        HEADS,
        [["Axe 1", "Se connaître"], "• Tenir une fête", "• Inviter", "• Du plaisir"],
        ["Axe 2 Se dire", "À l’interne :", "", ""],
        ["", "• Publier un journal", ["Papier :", "• Imprimer", "En ligne :", "• Mettre à jour"], "• Être lu"],
    ],
]


def test_the_whole_of_a_small_plan() -> None:
    read = plan(*WHOLE)
    assert (read.form, read.title, read.period) == ("axes", "Plan d’action 2025-2026", "2025/2026")
    assert read.objectives == ("Grandir", "Durer")
    assert [(axis.number, axis.printed, axis.text) for axis in read.nodes] == [
        ("1", "Axe 1", "Se connaître"),
        ("2", "Axe 2", "Se dire"),
    ]
    means = nodes(read, "means")
    assert [each.number for each in means] == ["1.1", "1.2", "1.3", "2.1"]
    assert {each.printed for each in means} == {""}
    assert [each.heading for each in means] == ["PORTRAIT DES MEMBRES", None, None, "À l’interne"]
    assert [each.results for each in means] == [
        ("Un portrait",),
        ("Être connu", "Écouter"),
        ("Du plaisir",),
        ("Être lu",),
    ]
    assert [(each.group, each.text) for each in means[3].nodes] == [
        ("Papier", "Imprimer"),
        ("En ligne", "Mettre à jour"),
    ]
    assert [each.schedule.kind for each in means[1].nodes if each.schedule] == ["as_needed"]
    assert read.places["1.3"] == (10, 10)
    assert not read.problems


def test_means_that_differ_only_in_a_number() -> None:
    """On the next page, what repeats a means goes on with it; what counts otherwise is another one."""
    first = ["Axe 1 Un", "• Tenir 2 rencontres avec les écoles", "• Inviter", "• Du plaisir"]
    other = ["Axe 1 Un", "• Tenir 3 rencontres avec les écoles", "• Réserver", "• De la place"]
    read = plan("Plan d’action 2025", [HEADS, first], [HEADS, other])
    assert [each.text for each in nodes(read, "means")] == [first[1][2:], other[1][2:]]
    again = plan("Plan d’action 2025", [HEADS, first], [HEADS, [first[0], first[1], "• Réserver", "• De la place"]])
    assert [len(each.nodes) for each in nodes(again, "means")] == [2]


def test_the_announced_number_of_axes() -> None:
    read = plan("Plan d’action 2025", "Il y a trois (3) axes.", [HEADS, ["Axe 1 Un", "• A", "• B", "• C"]])
    assert told(read) == [(2, "AxesOtherwise")]


def activities_of_a_file(*cells: list[str]) -> list[int]:
    """How many activities each means has, of a file of Word whose cells hold those paragraphs."""
    rows = [["Axe 1 Un" if not at else "", f"• Se dire {at}", said, "• Du plaisir"] for at, said in enumerate(cells)]
    read = read_plan(replace(document("Plan d’action 2025", [HEADS, *rows]), format="docx"))
    return [len(each.nodes) for each in nodes(read, "means")]


JOINED = ["Publier un guide du milieu Tenir un gala", "Tenir un salon avec la ville Publier un bulletin",
          "Publier une carte Tenir une soirée"]  # fmt: skip
UNSURE = "Rédiger un bilan annuel Réunir les membres"


def test_bullets_that_were_lost_before_the_file_was_made() -> None:
    assert activities_of_a_file([JOINED[0], UNSURE], ["Offrir un cours"]) == [2, 1], (
        "what no item begins with cuts none"
    )
    assert activities_of_a_file([JOINED[0], UNSURE], ["Publier un avis"], ["Tenir un bal"]) == [3, 1, 1]
    assert activities_of_a_file([*JOINED, UNSURE], ["Publier un avis"]) == [8, 1], "three of them: all were joined"


def test_bullets_that_are_lost() -> None:
    """A capital begins an item, unless it begins a name."""
    run = "Publier un guide avec le Centre Lajoie, le prix Marie-Anne, etc. Offrir le programme Former ensemble Tenir un gala"
    read = plan("Plan d’action 2025", [HEADS, ["Axe 1 Un", "• A", ["• Rencontrer"], "• C"], ["", "• D", [run], "• E"]])
    assert [each.text for each in nodes(read, "means")[1].nodes] == [
        "Publier un guide avec le Centre Lajoie, le prix Marie-Anne, etc.",
        "Offrir le programme Former ensemble",
        "Tenir un gala",
    ]
    assert told(read) == [(4, "RunTogether")]
    assert "Publier un guide" in sentences(read)[0]


def test_a_bullet_that_is_whole_stays_whole() -> None:
    read = plan("Plan d’action 2025", [HEADS, ["Axe 1 Un", "• A", "• Publier un guide Offrir un cours", "• C"]])
    assert [each.text for each in nodes(read, "activity")] == ["Publier un guide Offrir un cours"]


def test_cells_that_slid() -> None:
    """To the left with a last cell empty; the means alone; the axis over the means, with what was last lost."""
    read = plan(
        "Plan d’action 2025",
        [
            HEADS,
            ["Axe 1 Un", "• A", "• B", "• C"],
            ["• D", "• E", "• F", ""],
            ["• G", "", "• H", "• I"],
            ["", ["Axe 2", "Deux"], "• J", "• K"],
        ],
    )
    read_as = [
        (each.number, each.text, [line.text for line in each.nodes], each.results) for each in nodes(read, "means")
    ]
    assert read_as == [
        ("1.1", "A", ["B"], ("C",)),
        ("1.2", "D", ["E"], ("F",)),
        ("1.3", "G", ["H"], ("I",)),
        ("2.1", "J", ["K"], ()),
    ]
    assert told(read) == [(4, "RowShifted"), (5, "RowShifted"), (6, "RowShifted"), (6, "CellLost")]
    assert "colonne « moyens »".replace(" ", "\u00a0") in sentences(read)[0].replace("\u202f", "\u00a0").replace(
        " ", "\u00a0"
    )


def test_a_row_that_goes_on_on_the_next_page() -> None:
    read = plan(
        "Plan d’action 2025",
        [HEADS, ["Axe 1 Un", "• A", "• B", "• C"]],
        [HEADS, [["Axe 1", "Un"], "", "• D", "• E"]],
    )
    (means,) = nodes(read, "means")
    assert ([each.text for each in means.nodes], means.results) == (["B", "D"], ("C", "E"))
    assert told(read) == [(5, "RowContinued")]


def test_an_axis_in_the_headings_and_one_between_tables() -> None:
    read = plan(
        "Plan d’action 2025",
        [["Axe 3", *HEADS[1:]], ["Se loger", "• A", "• B", "• C"]],
        "Axe 4 : Se nourrir",
        [HEADS, ["", "• D", "• E", "• F"]],
    )
    assert [(each.number, each.text) for each in read.nodes] == [("3", "Se loger"), ("4", "Se nourrir")]


def test_in_english_with_columns_in_another_order() -> None:
    read = plan(
        "Action plan 2025-2027",
        [
            ["Expected results", "Activities", "Means", "Axis"],
            ["• Known by all", ["• Publish a leaflet", "• Hold a meeting as needed"], "• Reach out", "Axis 1: Be seen"],
        ],
    )
    (means,) = nodes(read, "means")
    assert (read.nodes[0].text, means.text, means.results) == ("Be seen", "Reach out", ("Known by all",))
    assert [each.schedule and each.schedule.kind for each in means.nodes] == [None, "as_needed"]


def test_axes_without_numbers() -> None:
    read = plan("Plan d’action 2025", [HEADS, ["Se loger", "• A", "• B", "• C"], ["Se nourrir", "• D", "• E", "• F"]])
    assert [(each.number, each.printed, each.text) for each in read.nodes] == [
        ("1", "", "Se loger"),
        ("2", "", "Se nourrir"),
    ]
    assert told(read) == [(3, "NumberGiven"), (4, "NumberGiven")]
