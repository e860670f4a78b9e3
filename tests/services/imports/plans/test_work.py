"""Work plans: sections, items, steps with the time at their end, who, and rows that go on elsewhere."""

from __future__ import annotations

from collections.abc import Sequence

from tests.services.imports.plans.pages import Words, nodes, plan, sentences, told

HEADS: list[Words] = ["QUOI", "COMMENT et QUAND", "QUI", "SUIVI"]

WHOLE: list[str | list[Sequence[Words]]] = [
    "Plan de travail 2023-2026",
    [
        HEADS,
        ["1. Une vie syndicale.", "", "", ""],
        [
            "1.1 Relancer le journal",
            ["- Trouver une équipe (mars 2023)", "- Publier (papier, Internet, etc.) (reste du mandat)"],
            "Anaïs et Luc",
            ["- Équipe trouvée", "o Trois personnes", "- Premier numéro le 4 mai 2023"],
        ],
    ],
    [
        HEADS,
        [["2. A) Des emplois sûrs.", "B) Des emplois payés."], "", "", ""],
        ["2.1 Enquêter", "- Écouter les gens (mandat complet)", "Comité des emplois", ""],
        ["Dossier collectif", "", "", ""],
        ["Planter des arbres", "- Choisir un lieu (automne 2024)", "Luc", ""],
    ],
]


def test_the_whole_of_a_small_plan() -> None:
    read = plan(*WHOLE)
    assert (read.form, read.period) == ("work", "2023/2026")
    assert [(each.number, each.text) for each in read.nodes] == [
        ("1", "Une vie syndicale."),
        ("2", "A) Des emplois sûrs. B) Des emplois payés."),
        ("3", "Dossier collectif"),
    ]
    items = nodes(read, "item")
    assert [(each.number, each.printed, each.who) for each in items] == [
        ("1.1", "1.1", ("Anaïs", "Luc")),
        ("2.1", "2.1", ("Comité des emplois",)),
        ("DC", "", ("Luc",)),
    ]
    steps = [(each.text, each.schedule and (each.schedule.words, each.schedule.edtf)) for each in nodes(read, "step")]
    assert steps == [
        ("Trouver une équipe", ("mars 2023", "2023-03")),
        ("Publier (papier, Internet, etc.)", ("reste du mandat", "2023-03/2026")),
        ("Écouter les gens", ("mandat complet", "2023/2026")),
        ("Choisir un lieu", ("automne 2024", "2024-23")),
    ]
    assert [(each.text, each.level) for each in read.follow_ups["1.1"]] == [
        ("Équipe trouvée", 1),
        ("Trois personnes", 2),
        ("Premier numéro le 4 mai 2023", 1),
    ]
    assert told(read) == [(8, "NumberGiven"), (9, "NumberGiven")]
    assert read.places.items() >= {"1.1": (4, 4), "2.1": (7, 7), "DC": (9, 9), "1": (3, 3), "1.1/2": (4, 4)}.items()


def test_rows_that_go_on_on_the_next_page() -> None:
    """Without item; with its number again; with a sentence cut in the middle."""
    read = plan(
        "Plan de travail 2023-2026",
        [
            HEADS,
            [
                "1.1 Relancer le journal",
                "- Trouver une équipe (mars 2023)",
                "Luc",
                ["- Une personne a dit oui, deux autres vont"],
            ],
        ],
        [HEADS, ["", "- Publier (mai 2023)", "", ["répondre bientôt", "- Numéro publié"]]],
        [HEADS, ["1.1 Relancer le journal (suite)", "- Distribuer (juin 2023)", "Anaïs", "- Distribué"]],
    )
    (item,) = nodes(read, "item")
    assert [each.text for each in item.nodes] == ["Trouver une équipe", "Publier", "Distribuer"]
    assert item.who == ("Luc", "Anaïs")
    assert [each.text for each in read.follow_ups["1.1"]] == [
        "Une personne a dit oui, deux autres vont répondre bientôt",
        "Numéro publié",
        "Distribué",
    ]
    assert told(read) == [(5, "RowCut"), (7, "RowContinued")]


def test_a_table_without_headings_that_goes_on() -> None:
    read = plan(
        "Plan de travail 2023",
        [HEADS, ["1.1 A", "- B (mai 2023)", "Luc", ""]],
        [["1.2 C", "- D (juin 2023)", "Luc", ""]],
    )
    assert [each.number for each in nodes(read, "item")] == ["1.1", "1.2"]


def test_a_time_in_a_column_of_its_own() -> None:
    read = plan(
        "Plan de travail 2023-2024",
        [
            ["Quoi", "Comment", "Quand", "Qui", "Suivi"],
            ["1.1 A", ["- B", "- C"], ["- mai 2023", "- juin 2023"], "Luc", ""],
            ["1.2 D", ["- E", "- F"], "automne 2023", "Luc", ""],
            ["1.3 G", ["- H", "- I", "- J"], ["- mai 2023", "- juin 2023"], "Luc", ""],
        ],
    )
    assert [each.schedule and each.schedule.edtf for each in nodes(read, "step")] == [
        *("2023-05", "2023-06"),
        *("2023-23", "2023-23"),
        *(None, None, None),
    ]
    assert [what for _, what in told(read)][:3] == ["WhenShared", "WhenUnmatched", "WhenUnmatched"]


def test_other_signs_around_the_time() -> None:
    steps = ["- A [mai 2023]", "- B – juin 2023", "- C : automne 2023", "- D (voir la liste : écoles, métiers)"]
    read = plan("Plan de travail 2023", [HEADS, ["1.1 X", steps, "Luc", ""]])
    assert [(each.text, each.schedule and each.schedule.edtf) for each in nodes(read, "step")] == [
        ("A", "2023-05"),
        ("B", "2023-06"),
        ("C", "2023-23"),
        ("D (voir la liste : écoles, métiers)", None),
    ]


def test_targets_are_read() -> None:
    step = "- Tenir au moins trois rencontres par année (mandat complet)"
    read = plan("Plan de travail 2023-2025", [HEADS, ["1.1 Organiser au moins un colloque", step, "Luc", ""]])
    (item,) = nodes(read, "item")
    told_of = [
        (str(target.figure.value), target.figure.measures, target.per)
        for each in (item, item.nodes[0])
        for target in each.targets
    ]
    assert told_of == [("1", "colloque", None), ("3", "rencontres", "FREQ=YEARLY")]


def test_a_plan_without_sections() -> None:
    read = plan(
        "Plan de travail 2023", [HEADS, ["1. A", "- B (mai 2023)", "Luc", ""], ["2. C", "- D (mai 2023)", "Luc", ""]]
    )
    assert [(each.kind, each.number) for each in read.nodes] == [("item", "1"), ("item", "2")]


def test_items_without_numbers() -> None:
    read = plan(
        "Plan de travail 2023",
        [HEADS, ["Vie syndicale", "", "", ""], ["A", "- B (mai 2023)", "Luc", ""], ["C", "- D (mai 2023)", "Luc", ""]],
    )
    assert [(each.number, each.printed) for each in nodes(read, "item")] == [("1.1", ""), ("1.2", "")]
    assert told(read) == [(3, "NumberGiven"), (4, "NumberGiven"), (5, "NumberGiven")]


def test_the_lists_beside_the_plan() -> None:
    read = plan(
        "Plan de travail 2023",
        [HEADS, ["1. A", "- B (mai 2023)", "Luc", ""]],
        "Dossiers permanents",
        [["- Santé", "- Jeunes"], ["- Bâtisse", "- Santé"]],
    )
    (only,) = read.lists
    assert (only.title, only.columns) == ("Dossiers permanents", (("Santé", "Bâtisse"), ("Jeunes", "Santé")))
    assert told(read) == [(4, "ListedTwice")]


def test_in_english_with_columns_in_another_order() -> None:
    read = plan(
        "Work plan 2024-2027",
        "Association of Night Porters",
        [
            ["FOLLOW-UP", "WHO", "WHAT", "HOW AND WHEN"],
            ["", "", "1. Members take part.", ""],
            ["- Sent on May 3, 2025", "Rosa and Ken", "1.1 Listen", ["- Prepare (March 2025)", "- Listen (ongoing)"]],
        ],
    )
    (item,) = nodes(read, "item")
    assert (read.organisation, item.who) == ("Association of Night Porters", ("Rosa", "Ken"))
    assert [each.schedule and each.schedule.edtf for each in item.nodes] == ["2025-03", "2024/2027"]
    assert [each.occurred for each in read.follow_ups["1.1"]] == ["2025-05-03"]


def test_a_heading_that_was_not_understood_is_told() -> None:
    read = plan("Plan de travail 2023", [["QUOI", "COMMENT", "QUI", "§§§"], ["1. A", "- B (mai 2023)", "Luc", "- C"]])
    assert told(read) == [(2, "ColumnSupposed")]
    assert "suivi" in sentences(read)[0]
    assert read.follow_ups["1"][0].text == "C"
