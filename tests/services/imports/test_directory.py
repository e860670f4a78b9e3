"""The directory as a file: out, changed by hand, and back in; every problem with its line and column."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from domain.demarche.demarche import Demarche
from domain.directory import Office
from projections.phrases.catalogue import say
from services.directory_file import COLUMNS, table
from services.execute import Actor
from services.home import Home
from services.imports.bringing import ImportRole
from services.imports.notices import Garbled, NotUtf8, WideEncoding
from services.imports.result import Result
from services.imports.service import DirectoryStays, propose_import, record_import, undo_import
from services.reading import When, offices, people
from services.schema import Urls
from services.spreadsheet import sheet_file
from tests.homes import do, opened, secretary

HEADINGS = "clé;titre;titulaire;genre;rôle;depuis;jusqu’à;législature;successeur"


@pytest.fixture
def home(database: Urls) -> Iterator[Home]:
    with opened(database) as home:
        secretary(home)
        yield home


@pytest.fixture
def second(another_database: Urls) -> Iterator[Home]:
    with opened(another_database) as home:
        secretary(home)
        yield home


def written(folder: Path, *lines: str, encoding: str = "utf-8", headings: str = HEADINGS, name: str = "f.csv") -> Path:
    path = folder / name
    path.write_bytes("\r\n".join((headings, *lines, "")).encode(encoding))
    return path


def bring(home: Home, path: Path, **asked: Any) -> Result:
    result, outcome = record_import(home, secretary(home), path, **{"kind": "directory"} | asked)
    home.settle(outcome)
    return result


def told(result: Result) -> list[tuple[int, str, str]]:
    return [(p.line, p.severity, say(p.notice, "fr").replace("\u00a0", " ")) for p in result.problems]


def sheet(home: Home, lang: str = "fr") -> bytes:
    home.catch_up()
    return sheet_file(table(offices(home, When()), people(home, When()), lang), lang)


def count(home: Home) -> int:
    row = home.store.connection.execute("SELECT count(*) FROM suivi.events").fetchone()
    assert row
    return int(row[0])


def office(home: Home, key: str) -> Office:
    found = home.store.find(Office, "office", key)
    assert found
    return found


def full_life(home: Home) -> None:
    """Overlapping holders, an interim, an unnamed chief of staff, undated ends, addresses, successions, homonyms."""
    for key, name in (("ada", "Ada Roy"), ("ada-2", "Ada Roy"), ("zoe", "Zoé Côté"), ("neo", "Néo L’Italien")):
        do(home, f"person:{key}", "create", name=name, **({"gender": "f"} if key == "ada" else {}))
    do(home, "office:eau", "create", name="ministre de l’Eau", legislature="QC", kind="ministre",
       address=["1, rue du Quai", "Québec"], mail="eau@example.org", phone="+1 418 555-0123")  # fmt: skip
    do(home, "office:tresor", "create", name="président du Trésor", feminine="présidente du Trésor", legislature="CA")
    do(home, "office:eau", "appoint", "2018-10", person="person:ada")
    do(home, "office:eau", "appoint", "2022-10-20", person="person:zoe")
    do(home, "office:eau", "appoint", "2024-01", person="person:neo", charge="interim")
    do(home, "office:eau", "end-term", person="person:neo", charge="interim")
    do(home, "office:eau", "appoint", charge="chief-of-staff")
    do(home, "office:tresor", "appoint", person="person:ada-2")
    for key in ("air", "sol", "feu"):
        do(home, f"office:{key}", "create", name=f"ministre ({key})")
    do(home, "office:air", "appoint", "2020", person="person:zoe")
    do(home, "office:air", "merge", "2024-03", into="office:sol")
    do(home, "office:sol", "split", "2024-05-01", into=["office:eau", "office:tresor"], to="office:tresor")
    do(home, "office:feu", "dissolve", "2023")


def test_what_goes_out_comes_back_in(home: Home, second: Home, tmp_path: Path) -> None:
    full_life(home)
    path = tmp_path / "repertoire.csv"
    path.write_bytes(sheet(home))
    before = count(home)
    again = bring(home, path, kind="auto")
    assert (told(again), again.created, again.updated, again.id) == ([], [], [], None)
    assert len(again.unchanged) == 5 and count(home) == before
    do(second, "person:ada", "create", name="Ada Roy", gender="f")  # homonyms go by REF
    do(second, "person:ada-2", "create", name="Ada Roy")
    second.catch_up()
    copied = bring(second, path)
    assert told(copied) == [] and len(copied.created) == 5 + 2
    assert sheet(second) == sheet(home)
    before = count(second)
    assert bring(second, path).created == [] and count(second) == before


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252"])
@pytest.mark.parametrize("separator", [";", ",", "\t"])
def test_what_a_spreadsheet_saved_is_read(home: Home, tmp_path: Path, encoding: str, separator: str) -> None:
    line = "economie;ministre de l’Économie;Zoé Côté;féminin;;2022-10;;qc;"
    path = tmp_path / "f.csv"
    path.write_bytes("\r\n".join((HEADINGS, line.replace("féminin", "f"), "")).replace(";", separator).encode(encoding))
    result = bring(home, path, kind="auto")
    assert told(result) == [] and result.created == ["office:economie", "person:zoe-cote"]
    assert (office(home, "economie").name, office(home, "economie").legislature) == ("ministre de l’Économie", "QC")


def test_a_reshuffle_is_one_file_and_one_append(home: Home, tmp_path: Path) -> None:
    do(home, "assembly:2023", "create", name="Annuelle 2023")
    do(home, "2023:17", "adopt", title="Eau potable")
    first = written(tmp_path, "immigration;ministre de l’Immigration;Christine Fréchette;f;;2022-10-20;;QC;",
                    "economie;ministre de l’Économie;Pierre Fitzgibbon;m;;2022-10-20;;QC;",
                    "pme;ministre délégué;;;;;;QC;")  # fmt: skip
    assert bring(home, first).refused is False
    do(home, "demarche:1", "send", "2024-06", cases="2023:17", office="office:pme", kind="letter")
    home.catch_up()
    path = written(tmp_path, "immigration;;Jean-François Roberge;m;;2024-09-05;;;",
                   "economie;;Pierre Fitzgibbon;;;2022-10-20;2024-09-04;;",
                   "economie;;Christine Fréchette;;;2024-09-05;;;", "pme;;;;;;;;economie")  # fmt: skip
    before = count(home)
    rehearsed = propose_import(home, path, "directory")
    assert count(home) == before and rehearsed.id is None
    result = bring(home, path)
    assert told(result) == [] and rehearsed.updated == result.updated
    assert result.created == ["person:jean-francois-roberge"]
    assert set(result.updated) == {"office:immigration", "office:economie", "office:pme", "demarche:1"}
    appends = home.store.connection.execute("SELECT count(*) FROM suivi.command_log WHERE versions && ARRAY[1]").fetchone()
    assert appends
    terms = [(t.since, t.until, t.over) for t in office(home, "immigration").terms]
    assert terms == [("2022-10-20", "2024-09-05", True), ("2024-09-05", None, False)]
    assert [t.until for t in office(home, "economie").terms] == ["2024-09-04", None]
    thread = home.store.find(Demarche, "demarche", "1")
    assert thread and thread.office == office(home, "economie").id
    assert thread.holder == office(home, "economie").terms[1].person
    before = count(home)
    again = bring(home, path)
    assert (again.created, again.updated, told(again)) == ([], [], []) and count(home) == before


def test_a_line_added_to_what_went_out_ends_the_term_before_it(home: Home, tmp_path: Path) -> None:
    do(home, "person:ada", "create", name="Ada Roy")
    do(home, "office:eau", "create", name="ministre de l’Eau")
    do(home, "office:eau", "appoint", "2022", person="person:ada")
    path = tmp_path / "f.csv"
    added = [""] * len(COLUMNS)
    added[0], added[5], added[8] = "eau", "Néo Roy", "2024-09-05"
    path.write_bytes(sheet(home) + ";".join(added).encode())
    assert bring(home, path).updated == ["office:eau"]
    assert [(t.since, t.until) for t in office(home, "eau").terms] == [("2022", "2024-09-05"), ("2024-09-05", None)]


def test_a_file_renames_moves_and_corrects(home: Home, tmp_path: Path) -> None:
    do(home, "office:eau", "create", name="ministre de l’Eau", legislature="CA", mail="a@example.org")
    do(home, "person:ada", "create", name="Ada Roy")
    home.catch_up()
    headings = "key,title,holder,gender,since,legislature,mail,address"
    line = 'eau,ministre de l’Eau et des Rives,ada roy,f,2024-09,QC,b@example.org,"1, rue Neuve\r\nQuébec"'
    assert told(bring(home, written(tmp_path, line, headings=headings))) == []
    changed = office(home, "eau")
    assert (changed.name, changed.legislature, changed.mail) == ("ministre de l’Eau et des Rives", "QC", "b@example.org")
    assert changed.address == ("1, rue Neuve", "Québec")
    assert [row["gender"] for row in people(home, When()) if row["key"] == "ada"] == ["f"]


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("eau;ministre;;;;;;Ontario;", "Colonne « législature » : « Ontario » n’est pas l’un de ces mots"),
        ("eau;ministre;Ada Roy;x;;;;;", "Colonne « genre » : « x » n’est pas"),
        ("eau;ministre;Ada Roy;;chat;;;;", "Colonne « rôle » : « chat » n’est pas"),
        ("eau;ministre;Ada Roy;;;2024-13-01;;;", "Colonne « depuis » : « 2024-13-01 » ne se lit pas comme une date"),
        ("eau;ministre;Ada Roy;;;2024-09;2024-08;;", "Ce mandat finirait (août 2024) avant de commencer (septembre 2024)"),
        ("eau;ministre;;;;2024-09;;;", "Cette ligne dit depuis quand"),
        (";;Ada Roy;;;;;;", "Cette ligne ne nomme aucune charge"),
        ("office;ministre;;;;;;;", "Colonne « clé » : « office » ne peut pas"),
        ("eau;;Ada Roy;;;;;;", "La charge « eau » n’est pas au répertoire"),
        ("eau;ministre;person:personne;;;;;;", "person:personne"),
        ("eau;ministre;;;;;;;mer", "office:mer"),
        ("eau;ministre;;;;;;;eau", "Une charge ne peut pas se succéder à elle-même"),
        ("eau;ministre;Ada Roy", "Cette ligne a 3 cases pour 9 en-têtes"),
        ('eau;ministre;"Ada Roy;;;;;;', "Le tableau est déchiré à partir d’ici"),
    ],
)
def test_what_is_wrong_is_said_with_its_line(home: Home, tmp_path: Path, line: str, said: str) -> None:
    before = count(home)
    result = bring(home, written(tmp_path, "air;ministre de l’Air;Zoé Côté;;;;;;", line))
    assert result.refused and [(n, s) for n, s, _ in told(result)] == [(3, "error")]
    assert said in told(result)[0][2]
    assert count(home) == before and result.created == []


def test_every_problem_is_shown_and_nothing_changes(home: Home, tmp_path: Path) -> None:
    headings = "clé;titre;courriel;téléphone;téléphone;bidule"
    result = bring(home, written(tmp_path, 'eau;ministre;"a@example.org\nBcc: b@example.org";1;;', headings=headings))
    assert [(line, severity) for line, severity, _ in told(result)] == [(1, "error"), (1, "error"), (2, "error")]
    assert "bidule" in told(result)[1][2] and "saut de ligne" in told(result)[2][2]


def test_lines_that_repeat_or_contradict_each_other(home: Home, tmp_path: Path) -> None:
    once = "eau;ministre;Ada Roy;f;;2022;;QC;"
    repeated = bring(home, written(tmp_path, once, once))
    assert told(repeated) == [(3, "warning", "Cette ligne dit la même chose que la ligne 2 : elle est laissée de côté.")]
    assert repeated.created
    result = bring(home, written(tmp_path, once, "eau;autre;Ada Roy;m;;2022;2023;CA;"))
    assert [(line, severity) for line, severity, _ in told(result)] == [(3, "error")] * 4
    circle = bring(home, written(tmp_path, "a;ministre A;;;;;;;b", "b;ministre B;;;;;;;a"))
    assert "en cercle" in told(circle)[0][2]


def test_what_the_directory_says_otherwise_is_not_overwritten(home: Home, tmp_path: Path) -> None:
    bring(home, written(tmp_path, "eau;ministre;Ada Roy;f;;2022;2023;;", "sol;ministre du Sol;;;;;;;eau"))
    before = count(home)
    result = bring(home, written(tmp_path, "eau;;Ada Roy;;;2022;2024;;", "sol;;Ada Roy;;;;;;"))
    assert [line for line, _, _ in told(result)] == [2, 3] and count(home) == before
    assert "d’autres dates pour Ada Roy" in told(result)[0][2] and "n’existe plus" in told(result)[1][2]


def test_no_cell_is_run_and_each_comes_back_as_it_was(home: Home, tmp_path: Path) -> None:
    do(home, "office:eau", "create", name="=1+1", phone="+1 418 555-0123", address=["-Bureau 2", "'@x"])
    content = sheet(home).decode("utf-8-sig")
    assert "'=1+1" in content and "'+1 418" in content
    path = tmp_path / "f.csv"
    path.write_bytes(content.encode())
    assert bring(home, path).unchanged == ["office:eau"]


@pytest.mark.parametrize(
    ("data", "refusal"),
    [
        ("clé;titre;titulaire\neau;é\x81;".encode("latin-1"), NotUtf8),
        ("clé;titre;titulaire\neau;é;".encode("utf-16"), WideEncoding),
        ("clé;titre;titulaire\neau;éàéàé;".encode().decode("cp1252").encode(), Garbled),
    ],
)
def test_letters_that_nobody_can_read_are_refused(home: Home, tmp_path: Path, data: bytes, refusal: type[Exception]) -> None:
    path = tmp_path / "f.csv"
    path.write_bytes(data)
    with pytest.raises(refusal):
        bring(home, path)


def test_it_is_for_officers_and_is_not_taken_back(home: Home, tmp_path: Path) -> None:
    path = written(tmp_path, "eau;ministre;;;;;;;")
    auditor = Actor(secretary(home).person, frozenset({"auditor"}))
    with pytest.raises(ImportRole):
        record_import(home, auditor, path, "directory")
    result = bring(home, path)
    assert result.id == "directory-1"
    before = count(home)
    with pytest.raises(DirectoryStays):
        undo_import(home, secretary(home), "directory-1")
    assert count(home) == before
