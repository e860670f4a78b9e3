"""The follow-up of resolutions: which cases, in which order, and nothing but what is meant for the assembly."""

from __future__ import annotations

import hashlib
import io
from collections.abc import Iterator
from typing import Any

import psycopg
import pytest

from domain.case.events import CaseNoted
from domain.directory import Assembly, TablingRole
from domain.errors import SuiviError
from projections.phrases.typography import NO_BREAK
from services.attachments.contents import pieces, verify
from services.demonstration import KEY, STANDS_AT, load
from services.execute import Actor
from services.home import Home
from services.organisation import configure
from services.reading import When
from services.refs import AssemblyUnknown, Refs
from services.reports import tabling, writing
from services.reports.asked import Asked
from services.reports.drafts import draft_of
from services.reports.follow_up import told
from services.reports.printed import Heading, Items, Text
from services.reports.selecting import straddling
from services.reports.words import items_text, plain
from services.schema import Urls
from services.simulation import begin
from tests.homes import do, opened, secretary

ORDER = ["1", "3", "6", "7", "8", "11", "12", "13", "14", "16", "17", "18", "19", "20", "21", "22", "23", "27", "28", "29", "30",
         "31", "32", "5"]  # fmt: skip


@pytest.fixture(scope="module")
def demonstration(database_of_module: Urls) -> Iterator[Home]:
    with opened(database_of_module) as home:
        begin(home.store, STANDS_AT)
        load(home, secretary(home))
        yield home


@pytest.fixture
def home(database: Urls) -> Iterator[Home]:
    """Two assemblies, of 2022 and 2023, and three resolutions of 2023."""
    with opened(database) as home:
        do(home, "assembly:2022", "create", name="Assemblée annuelle 2022", date="2022-05-14")
        do(home, "assembly:2023", "create", name="Assemblée annuelle 2023", date="2023-05-13")
        do(home, "assembly:2024", "create", name="Assemblée annuelle 2024", date="2024-05-11")
        for number in "123":
            do(home, f"2023:{number}", "adopt", numbers=[number], titles={number: f"Titre {number}"})
        home.catch_up()
        yield home


def text(home: Home, **asked: Any) -> str:
    """The report as one reads it, a line for each block."""
    home.catch_up()
    lines = []
    for block in told(home, Asked(**asked)).printed.blocks:
        if isinstance(block, Heading | Text):
            lines.append("".join(run.text for run in block.words) if isinstance(block, Heading) else plain(block.words))
        elif isinstance(block, Items):
            lines += items_text(block)
    return "\n".join(lines).replace(NO_BREAK, " ")


def test_the_demonstration_before_anything_is_approved(demonstration: Home) -> None:
    found = told(demonstration, Asked(filters={"gaps": "yes"}))
    heads = [block for block in found.printed.blocks if isinstance(block, Heading)]
    assert found.printed.title == ("Suivi des résolutions de", "l’assemblée annuelle 2023 (démonstration)")
    assert [row["numbers"][0] for row in found.selection.rows if row["ref"] not in found.withheld] == ORDER
    assert found.withheld == (f"{KEY}:10",)
    labels = ["".join(run.text for run in head.words).partition("\n") for head in heads if head.level == 3]
    assert [label for label, _, _ in labels][:2] == ["RÉSOLUTION 1", "RÉSOLUTION 3"]
    assert labels[16][0] == "RÉSOLUTIONS 23 – 24 – 25"
    assert labels[-1][::2] == (
        "SUIVI RÉSOLUTIONS 5 – 33 – 36",
        "Promotion des services du CASOM – Promotion des fonds diversifiés Métallos – "
        "Promotion du Service de planification de la retraite Métallos",
    )
    assert found.printed.steps == len(labels) == 24
    whole = text(demonstration, filters={"gaps": "yes"})
    assert whole.endswith("Numéros dont ce rapport ne dit rien : 2, 4, 9, 10, 15, 26, 34 et 35.")
    assert "État des suites au 18 septembre 2024." in whole


@pytest.mark.parametrize(
    ("numbers", "apart"),
    [
        ({"a": ["5", "33", "36"], "b": ["6"]}, {"a"}),
        ({"a": ["23", "24", "25"], "b": ["22"], "c": ["26"]}, set()),
        ({"a": ["12", "14"], "b": ["15"]}, set()),  # 13 has no case: nothing prints in between
        ({"a": ["1", "3"], "b": ["2", "4"]}, {"a", "b"}),
    ],
)
def test_a_bundle_has_no_place_where_others_print_in_between(numbers: dict[str, list[str]], apart: set[str]) -> None:
    assert straddling([{"ref": ref, "numbers": own} for ref, own in numbers.items()]) == apart


def test_notes_of_the_office_never_print(demonstration: Home) -> None:
    whole, internal = text(demonstration), 0
    for recorded in demonstration.store.events_of(["CaseNoted"]):
        event = recorded.event
        if isinstance(event, CaseNoted) and event.audience == "internal":
            internal += 1
            assert event.text[:30] not in whole
    assert internal > 5
    assert "Refuser le permis aux entreprises douteuses" not in whole
    assert "candidature" not in whole


def test_what_was_approved_takes_the_place_of_the_notes(home: Home) -> None:
    do(home, "2023:1", "note", text="Dit à tous.", audience="assembly")
    do(home, "2023:2", "note", text="Pour le bureau.")
    assert "Titre 1\nDit à tous.\n" in text(home)
    assert "Titre 2\nAucun suivi n’a été rapporté.\n" in text(home)
    do(home, "2023:1", "approve-report", text="Nous avons écrit :\n\n- Que l’eau;\n- Que l’air.\n\nAu Québec :\n\n**")
    whole = text(home)
    assert "Titre 1\nNous avons écrit :\n– Que l’eau;\n– Que l’air.\nAu Québec :\n**\nRÉSOLUTION 2" in whole
    assert "Dit à tous" not in whole


def test_a_paragraph_older_than_the_facts_bears_its_date(home: Home) -> None:
    do(home, "2023:1", "approve-report", text="Nous avons écrit.", occurred="2024-02-01")
    assert "Texte au" not in text(home)
    do(home, "2023:1", "assign", owner="Ana")
    assert "Texte au" not in text(home)
    do(home, "2023:1", "start")
    assert "Nous avons écrit.\nTexte au 1er février 2024." in text(home)


def test_what_the_office_wrote_for_itself_leaves_no_trace(home: Home) -> None:
    """Neither a note, nor its date, nor that there is one; once it is for the assembly, the paragraph is an older one."""
    do(home, "2023:1", "note", text="Avant.", occurred="2024-01-05")
    do(home, "2023:1", "approve-report", text="Nous avons écrit.", occurred="2024-02-01")
    before = text(home)
    do(home, "2023:1", "note", text="Entre nous.", occurred="2024-01-07")
    do(home, "2023:1", "correct", event="@4", set={"text": "Entre nous deux."}, reason="coquille")
    do(home, "2023:1", "add-task", text="Appeler Ana.", due="2024-01-09")
    do(home, "2023:1", "finish-task", task="1")
    assert text(home) == before and "Texte au" not in before
    do(home, "2023:1", "correct", event="@4", set={"audience": "assembly"}, reason="à dire")
    assert "Texte au 1er février 2024." in text(home)


def test_each_assembly_is_told_what_was_approved_for_it(home: Home) -> None:
    do(home, "2023:1", "approve-report", text="Pour toutes.")
    do(home, "2023:1", "approve-report", text="Pour 2024.", assembly="assembly:2024")
    do(home, "2023:1", "approve-report", text="Pour 2022.", assembly="assembly:2022")
    assert "Pour 2024." in text(home, to="2024")
    assert "Pour 2022." in text(home, to="assembly:2022")
    assert "Pour toutes." in text(home)
    with pytest.raises(AssemblyUnknown):
        text(home, to="1999")


def test_what_not_everybody_may_see_prints_only_what_was_approved(home: Home) -> None:
    do(home, "2023:2", "note", text="Dit à tous.", audience="assembly")
    do(home, "2023:2", "restrict", visibility="officers")
    assert "Titre 2" not in text(home)
    do(home, "2023:2", "approve-report", text="Une nomination a été faite.")
    assert "RÉSOLUTION 2\nTitre 2\nUne nomination a été faite." in text(home)


def test_cases_of_any_year_but_of_that_very_assembly(home: Home) -> None:
    do(home, "2022:7", "adopt", numbers=["7"], titles={"7": "Plus ancienne"})
    do(home, "2024:1", "adopt", numbers=["1"], titles={"1": "Toute nouvelle"})
    whole = text(home, to="2024")
    assert whole.startswith("Suivi des résolutions\nde nos assemblées\n")
    assert whole.index("Assemblée annuelle 2022\nRÉSOLUTION 7") < whole.index("Assemblée annuelle 2023\nRÉSOLUTION 1")
    assert "Toute nouvelle" not in whole
    assert "Toute nouvelle" in text(home)


def table(home: Home, format: str = "docx", **asked: Any) -> Any:
    home.catch_up()
    outcome = tabling.table(home, secretary(home), "follow-up", Asked(**asked), format)
    home.catch_up()
    return outcome


def test_what_ended_is_told_once_more_to_each_kind_of_assembly(home: Home) -> None:
    do(home, "2023:1", "complete", completion="full")
    assert "Titre 1" in text(home, to="2024")
    table(home, to="2024")
    assert "Titre 1" not in text(home, to="2024")
    assert "Titre 2" in text(home, to="2024")
    do(home, "2023:2", "close-undone", reason="pandémie")
    assert "Titre 2" in text(home, to="2024")
    do(home, "2023:1", "reopen", reason="à reprendre")
    assert "Titre 1" in text(home, to="2024")
    do(home, "assembly:conseil", "create", name="Conseil de juin", date="2024-06-01", kind="council")
    do(home, "2023:1", "complete", completion="full")
    assert "Titre 1" in text(home, to="conseil")


def test_as_of_a_day_before(home: Home) -> None:
    do(home, "2023:1", "note", text="Dit en juin.", audience="assembly", occurred="2023-06-10")
    do(home, "2023:1", "note", text="Dit en août.", audience="assembly", occurred="2023-08-10")
    whole = text(home, as_of="2023-07-01")
    assert "Le 10 juin 2023 : Dit en juin." in whole
    assert "août" not in whole
    assert "État des suites au 1er juillet 2023." in whole


def test_what_was_tabled_is_had_again_byte_for_byte(home: Home) -> None:
    do(home, "2023:1", "approve-report", text="Nous avons écrit.")
    table(home, to="2024")
    (row,) = tabling.tabled(home, "2024")
    assert (row["report"], row["format"], row["cases"]) == ("follow-up", "docx", 3)
    found = tabling.document(home, "2024", row["version"])
    event, kept = found.event, b"".join(pieces(home.reader, found))
    assert hashlib.sha256(kept).hexdigest() == row["sha256"] == event.file
    assert len(kept) == row["size"]
    assert kept[:2] == b"PK"
    do(home, "2023:1", "approve-report", text="Autre chose.")
    assert b"".join(pieces(home.reader, found)) == kept
    assert verify(home.store).bad == ()
    assert home.store.load(Assembly, Refs(home.store).assembly("2024")).tabled[0][1].cases[0].version == 2


def test_what_is_tabled_is_proved_by_the_log(home: Home) -> None:
    table(home, to="2024", format="html")
    (row,) = tabling.tabled(home, "2024")
    with psycopg.connect(home.urls.owner, autocommit=True) as owner:
        owner.execute("ALTER TABLE suivi.attachments DISABLE TRIGGER ALL")
        owner.execute("UPDATE suivi.attachments SET content = content || '!'")
    assert verify(home.store).bad == (row["name"],)
    with pytest.raises(SuiviError):
        list(pieces(home.reader, tabling.document(home, "2024", row["version"])))


def test_who_may_not_table_records_nothing(home: Home) -> None:
    home.catch_up()
    auditor = Actor(secretary(home).person, frozenset({"auditor"}))
    with pytest.raises(TablingRole):
        tabling.table(home, auditor, "follow-up", Asked(to="2024"), "html")
    with pytest.raises(tabling.TabledWhere):
        tabling.table(home, secretary(home), "follow-up", Asked(), "html")
    assert tabling.tabled(home, "2024") == []
    with pytest.raises(tabling.NotTabled):
        tabling.document(home, "2024", 1)


def test_inclusive_writing_and_spaces_follow_the_house_and_titles_never(home: Home) -> None:
    do(home, "2023:4", "adopt", numbers=["4"], titles={"4": "Les délégué.e.s; vite!"})
    do(home, "2023:4", "wait", on="le cabinet", condition="une date")
    configure(home.store, secretary(home), {"inclusive": "middle_dots", "spaced_signs": "oui"})
    assert "Les délégué.e.s; vite!" in text(home)
    assert "le cabinet\u202f; ce qui doit venir d’abord" in draft_of(home, "2023:4", When(), "fr").text


def test_a_hundred_cases_print_in_steps_and_in_pieces(home: Home) -> None:
    for number in range(10, 110):
        do(home, f"2023:{number}", "adopt", numbers=[str(number)], titles={str(number): f"Titre {number}"})
    home.catch_up()
    steps: list[tuple[int, int]] = []
    out = io.BytesIO()
    writing.write(told(home, Asked()).printed, "html", out, lambda done, of: steps.append((done, of)))
    assert steps[-1] == (103, 103)
    assert out.getvalue().count("RÉSOLUTION ".encode()) == 103


def test_reminders_that_follow_one_another_are_one_sum(home: Home) -> None:
    do(home, "demarche:1", "send", cases=["2023:1"], kind="open_letter", expects_reply="yes")
    do(home, "demarche:1", "remind", count="au moins trois")
    do(home, "demarche:1", "remind", count="2")
    home.catch_up()
    assert (
        "Une lettre ouverte a été publiée. Au moins cinq relances ont suivi."
        in draft_of(home, "2023:1", When(), "fr").text
    )
