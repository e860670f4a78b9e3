"""The register, what awaits an answer and the board of an assembly: every number, as it stands or stood, for who may see."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pytest

from services import access, accounts
from services.attachments.contents import pieces
from services.home import Home
from services.reading.cases import cases, outlines
from services.reading.when import When
from services.refs import AssemblyUnknown, NoAssembly
from services.reports import register as register_module
from services.reports import registry, resolutions, tabling
from services.reports.asked import Asked
from services.reports.registry import REPORTS, ReportForTheOffice, ReportUnknown, printed
from services.reports.words import plain, title
from services.schema import Urls
from tests.homes import do, opened, secretary
from tests.services.reports.printing import spaced

OF_2023 = Asked(to="2023")


@pytest.fixture
def home(database: Urls) -> Iterator[Home]:
    """An assembly of which 2 was defeated and 3 forgotten; 4 waits for a minister; 5, 7 and 33 are one case."""
    with opened(database) as home:
        secretary(home)
        do(home, "assembly:2023", "create", name="Assemblée 2023", date="2023-11-18")
        do(home, "2023:1", "adopt", titles={"1": "Un jardin"}, adopted_on="2023-11-18", submitted_by="Ana Bélanger")
        do(home, "2023:4", "adopt", titles={"4": "De l’eau"})
        do(home, "2023:5", "adopt", numbers=["5", "33", "7"], titles={"5": "Des vélos", "33": "Des trains", "7": "Des quais"})
        do(home, "assembly:2023", "settle-numbers", numbers={"2": "defeated"}, occurred="2023-11-18")
        do(home, "2023:1", "refer", body="Comité vert", occurred="2024-02-01")
        do(home, "2023:1", "complete", completion="full", occurred="2024-05-01")
        do(home, "2023:5", "start", part="33", occurred="2024-03-01")
        do(home, "office:eau", "create", name="ministre de l’Eau")
        do(home, "demarche:new", "send", cases=["2023:4"], office=["office:eau"], occurred="2024-06-26")
        do(home, "demarche:1", "remind", occurred="2024-08-26")
        do(home, "assembly:2022", "create", name="Assemblée 2022", date="2022-11-19")
        do(home, "2022:1", "adopt", titles={"1": "Un puits"})
        home.catch_up()
        yield home


def rows_of(home: Home, name: str, asked: Asked = OF_2023) -> list[list[str]]:
    out = io.BytesIO()
    registry.write(home, name, asked, "csv", out)
    read = csv.reader(io.StringIO(out.getvalue().decode("utf-8-sig"), newline=""), delimiter=";")
    return [[spaced(cell) for cell in row] for row in read]


def test_the_register_has_every_number_once(home: Home) -> None:
    head, *rows = rows_of(home, "register")
    assert head == ["Nº", "Titre", "Soumise par", "Décision", "Date", "Confiée à", "Réponse", "État"]
    assert rows == [
        ["1", "Un jardin", "Ana Bélanger", "Adoptée", "2023-11-18", "Comité vert", "", "close, réalisée"],
        ["2", "", "", "Rejetée", "", "", "", ""],
        ["3", "", "", "Sort inconnu", "", "", "", ""],
        ["4", "De l’eau", "", "Adoptée", "", "", "ministre de l’Eau : envoyée, sans réponse", "adoptée"],
        *([n, title, "", "Adoptée", "", "", "", state] for n, title, state in
          (("5", "Des vélos", "adoptée"), ("33", "Des trains", "en cours"), ("7", "Des quais", "adoptée"))),
        *([str(n), "", "", "Sort inconnu", "", "", "", ""] for n in (6, *range(8, 33))),
    ]  # fmt: skip


def test_the_register_of_all_goes_from_one_assembly_to_the_next(home: Home) -> None:
    document = printed(home, "register", Asked())
    names = [block.name for block in document.blocks if isinstance(block, register_module.Table)]
    assert names == ["Assemblée 2022", "Assemblée 2023"]


def test_as_things_stood(home: Home) -> None:
    then = {row[0]: row for row in rows_of(home, "register", replace(OF_2023, as_of="2024-02-15"))}
    assert (then["1"][5], then["1"][7], then["4"][6], then["33"][7]) == ("Comité vert", "confiée", "", "adoptée")
    assert then["2"][3] == "Rejetée"
    assert rows_of(home, "unanswered", replace(OF_2023, as_of="2024-07-01"))[1][3:6] == ["5", "1", "0"]


@pytest.mark.parametrize("as_of", ["2024-02-15", "2024-04-01", "2030-01-01"])
def test_the_little_that_is_held_of_a_time_is_what_the_cases_say(
    home: Home, monkeypatch: pytest.MonkeyPatch, as_of: str
) -> None:
    """And no more of them are read at once than a page has."""
    for when in (When(as_of), When()):
        assert [(one.ref, one.home, one.assembly, list(one.numbers), one.state) for one in outlines(home, when)] == [
            (row["ref"], row["home"], row["assembly"], row["numbers"], row["state"]) for row in cases(home, when)
        ]
    whole, then = (rows_of(home, "register", replace(OF_2023, as_of=each)) for each in ("2030-01-01", as_of))
    assert whole == rows_of(home, "register")
    read: list[int] = []

    def some(*asked: Any, only: Any) -> Any:
        read.append(len(only))
        return cases(*asked, only=only)

    monkeypatch.setattr(resolutions, "PAGE", 2)
    monkeypatch.setattr(resolutions, "cases", some)
    assert rows_of(home, "register", replace(OF_2023, as_of=as_of)) == then
    assert read == [2, 1]


@pytest.mark.parametrize("size", [1, 2, 3])
def test_pages_join_without_a_seam(home: Home, monkeypatch: pytest.MonkeyPatch, size: int) -> None:
    whole, of_all = rows_of(home, "register"), rows_of(home, "unanswered")
    monkeypatch.setattr(resolutions, "PAGE", size)
    monkeypatch.setattr("services.reports.unanswered.PAGE", size)
    assert (rows_of(home, "register"), rows_of(home, "unanswered")) == (whole, of_all)


def test_what_is_told_counts_as_many_steps_as_it_has_rows(home: Home) -> None:
    document = printed(home, "register", OF_2023)
    (table,) = [block for block in document.blocks if isinstance(block, register_module.Table)]
    assert document.steps == len(list(table.rows)) == 33


def test_what_awaits_an_answer(home: Home) -> None:
    do(home, "demarche:new", "send", cases=["2022:1"], office=["office:eau"], occurred="2022-12")
    home.catch_up()
    head, *rows = rows_of(home, "unanswered", Asked(as_of="2024-09-18"))
    assert head == ["Autorité", "Titulaire", "Depuis", "Jours d’attente", "Lettres", "Relances", "Résolutions"]
    assert [(row[0], row[2], row[3], row[5], row[6]) for row in rows] == [
        ("ministre de l’Eau", "2022-12-31", "627", "0", "Assemblée 2022, 1"),
        ("ministre de l’Eau", "2024-06-26", "84", "1", "Assemblée 2023, 4"),
    ]
    assert [row[6] for row in rows_of(home, "unanswered", OF_2023)] == ["Résolutions", "4"]


def test_nobody_owes_an_answer(home: Home) -> None:
    told = list(printed(home, "unanswered", Asked(to="2022", as_of="2024-09-18")).blocks)
    assert [spaced(plain(block.words)) for block in told if hasattr(block, "words")] == [
        "Au 18 septembre 2024, aucune autorité ne nous doit de réponse."
    ]


def test_the_board_counts_and_tells_each_number(home: Home) -> None:
    document = printed(home, "assembly", OF_2023)
    _, _, counts, *_ = document.blocks
    assert spaced(title(document)) == "Assemblée 2023 : ce que sont devenues les résolutions"
    assert [spaced(plain(item.words)) for item in counts.items] == [  # type: ignore[union-attr]
        "3 dossiers", "1 adoptée", "1 en cours", "1 close, réalisée", "Rejetée : 2.",
        f"Numéros absents du suivi : {', '.join(map(str, (3, 6, *range(8, 32))))} et 32, sans raison connue.",
    ]  # fmt: skip
    rows = rows_of(home, "assembly")
    assert rows[0] == ["Nos", "Titre", "État", "Suites"]
    assert [row[:3] for row in rows if row[1] or row[0] == "2"][1:] == [
        ["1", "Un jardin", "close, réalisée"], ["2", "", "rejetée"], ["4", "De l’eau", "adoptée"],
        ["5 – 33 – 7", "Des vélos – Des trains – Des quais", "en cours, 2 de 3 parties adoptées"],
    ]  # fmt: skip
    assert next(row[3] for row in rows if row[0] == "4") == "On attend : ministre de l’Eau."
    assert spaced(title(printed(home, "assembly", Asked()))).startswith("Assemblée 2023")  # the latest


def member(home: Home, login: str = "maxime") -> Home:
    accounts.add(home.store, secretary(home), login, ["member"])
    home.catch_up()
    return replace(home, settings=replace(home.settings, user=login))


def test_a_member_is_told_what_is_theirs_to_see(home: Home) -> None:
    do(home, "2023:1", "restrict", visibility="officers")
    seen = member(home)
    rows = {row[0]: row for row in rows_of(seen, "register")}
    assert "1" not in rows and rows["4"][6:] == ["", "adoptée"] and "3" not in rows
    assert "1" not in [row[0] for row in rows_of(seen, "assembly")]
    assert "1" in {row[0] for row in rows_of(home, "register")}
    for name, report in REPORTS.items():
        if report.office:
            with pytest.raises(ReportForTheOffice):
                printed(seen, name, OF_2023)


def test_a_board_tells_nothing_of_the_office_s_own_work(home: Home) -> None:
    """No task’s date, for anybody; and to members neither whom a letter awaits nor when it is answered."""
    do(home, "2023:5", "add-task", text="Appeler", due="2999-01-05")
    do(home, "2023:5", "postpone", part="5", until="2999-03-01", reason="attente")
    do(home, "demarche:1", "fix-meeting", date="2999-02-01", confirmed="yes")
    home.catch_up()
    office = str(rows_of(home, "assembly"))
    assert "2999" in office and "5 janvier" not in office
    assert "Prochaine date : 1er mars 2999" in office and "Prochaine date : 1er février 2999" in office
    theirs = str(rows_of(member(home), "assembly"))
    assert "1er mars 2999" in theirs and "février 2999" not in theirs and "ministre" not in theirs


def test_what_an_assembly_is_given_says_no_more_than_members_may_read(home: Home) -> None:
    """But for a report about letters, which the office gives it knowingly."""
    said = {}
    for name in ("register", "assembly", "unanswered"):
        outcome = tabling.table(home, secretary(home), name, OF_2023, "html")
        home.settle(outcome)
        (version,) = outcome.versions.values()
        said[name] = b"".join(pieces(home.reader, tabling.document(home, "2023", version))).decode()
    assert ["ministre" in said[name] for name in said] == [False, False, True]
    assert "ministre" in str(rows_of(home, "register"))


def test_what_is_printed_is_in_the_access_log(home: Home) -> None:
    rows_of(home, "register")
    (line, *_) = access.read(home.store.connection, what="exported")
    assert (line.about, line.person) == ("report register", home.viewer().person)


def test_the_fields_of_a_template_say_the_same(home: Home) -> None:
    def fields(name: str) -> dict[str, Any]:
        template = printed(home, name, OF_2023).template
        assert template is not None
        found = template()
        assert set(found) == set(REPORTS[name].fields)
        return found

    first, *_, last = fields("register")["resolutions"]
    assert (first["title"], first["bodies"], first["state"]) == ("Un jardin", ["Comité vert"], "close, réalisée")
    assert last["numbers"] == "5, 33, 7"
    assert fields("unanswered")["threads"][0]["cases"] == ["4"]
    assert fields("assembly")["counts"][0].replace("\u00a0", " ") == "3 dossiers"


def test_what_there_is_not(home: Home, database: Urls) -> None:
    with pytest.raises(ReportUnknown, match="register"):
        printed(home, "bilan", Asked())
    for name in ("register", "unanswered", "assembly"):
        with pytest.raises(AssemblyUnknown):
            printed(home, name, Asked(to="1999"))


def test_an_empty_store(database: Urls) -> None:
    with opened(database) as home:
        secretary(home)
        home.catch_up()
        assert [type(block).__name__ for block in printed(home, "register", Asked()).blocks] == ["Text", "Text"]
        with pytest.raises(NoAssembly):
            printed(home, "assembly", Asked())
        do(home, "assembly:2023", "create", name="Assemblée 2023")
        home.catch_up()
        blocks = list(printed(home, "register", Asked()).blocks)  # no head over nothing
        assert [type(block).__name__ for block in blocks] == ["Text", "Heading", "Text"]
