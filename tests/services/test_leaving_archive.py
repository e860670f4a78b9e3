"""The archive of everything: complete for who may read everything, and without a word of what its maker may not read."""

from __future__ import annotations

import csv
import io
import json
import os
import re
import shutil
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass, replace
from hashlib import sha256
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import psycopg
import pytest
from openpyxl import load_workbook

from domain.plan.nodes import Node
from services import access, accounts
from services.act import AskWithFile, act
from services.attachments.files import upload
from services.home import Home
from services.leaving import Left, export
from services.leaving.archive import LONGEST, MOST, fit
from services.leaving.tables import TABLES
from services.occurring import let_come
from services.reports import tabling
from services.reports.asked import Asked
from services.schema import Urls
from tests.homes import do, opened, secretary
from tests.services import plans
from tests.services.test_imports_undo import FIRST, bring

SECRET = "CANARI"  # in every word of what is shown to named people only
MONTHLY = Node("item", "9", "Se rencontrer", nodes=(Node("step", "1", "Réunion", schedule=plans.when("chaque mois")),))
LETTER = b"%PDF-1.7\n" + b"Madame la ministre\n" * 60_000


@pytest.fixture(scope="module")
def home(database_of_module: Urls, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Home]:
    """Something of every kind, part of it shown to Nora and to the secretary only."""
    with opened(database_of_module) as home:
        accounts.add(home.store, secretary(home), "nora", ["officer"], "Nora")
        accounts.add(home.store, secretary(home), "adam", ["administrator"], "Adam")
        accounts.add(home.store, secretary(home), "vera", ["administrator", "auditor"], "Vera")
        do(home, "assembly:2023", "create", name="Annuelle 2023", date="2023-05-13")
        do(home, "assembly:2024", "create", name="Annuelle 2024", date="2024-05-11")
        do(home, "body:ca", "create", name="Conseil")
        do(home, "body:ca", "announce-meeting", date="2099-11-21", place="Québec")
        do(home, "office:eau", "create", name="ministre de l’Eau")
        do(home, "2023:17", "adopt", title="Des vélos; des « trains »", text="=1+1\nsuite")
        do(home, "2023:17", "add-task", text="Écrire", due="2024-09")
        do(home, "2023:17", "note", text="＝Vu\nle 1er mai", audience="assembly")
        do(home, "2023:8", "adopt", title="Un doublon")
        do(home, "2023:17", "merge", other="2023:8", reason="en double")
        do(home, "2023:3", "adopt", title=f"Un grief {SECRET}")
        do(home, "2023:3", "restrict", visibility="named", people=["Nora"])
        do(home, "2023:3", "note", text=SECRET, audience="assembly")
        do(home, "2023:3", "add-task", text=SECRET)
        plans.enter(home, plan=plans.reading(nodes=(*plans.TREE, MONTHLY)))
        let_come(home.store)
        do(home, "ccsne-2019:1.4", "reword", text=f"Une enquête {SECRET}")
        do(home, "ccsne-2019:1.4", "restrict", visibility="named", people=["Nora"])
        do(home, "record:new", "create", kind="alliance", title="Table des eaux", parties=["Conseil"])
        do(home, "record:1", "link", to="2023:3")
        do(home, "demarche:new", "send", cases=["2023:17", "2023:3"], office="office:eau", occurred="2024-06-05")
        do(home, "demarche:new", "send", cases=["2023:3"], office="office:eau", subject=SECRET, occurred="2024-06-05")
        bring(home, tmp_path_factory.mktemp("imports"), FIRST.replace("Un premier titre", SECRET).replace("2023", "2022"))
        do(home, "2022:1", "restrict", visibility="named", people=["Nora"])
        attach(home, "2023:17", LETTER, "lettre à la « ministre ».pdf")
        attach(home, "2023:17", b"perdue", "perdue.txt")
        attach(home, "2023:3", SECRET.encode() * 3, f"{SECRET}.txt")
        attach(home, "demarche:2", SECRET.encode() * 2, f"{SECRET}-2.txt")
        home.catch_up()
        tabling.table(home, secretary(home), "follow-up", Asked(to="2024"), "html")
        damage(home, size=len(b"perdue"))
        home.catch_up()
        yield home


def damage(home: Home, size: int) -> None:
    """What is kept of that size is no longer what was attached."""
    with psycopg.connect(home.urls.owner) as owner:
        owner.execute("ALTER TABLE suivi.attachments DISABLE TRIGGER no_change")
        owner.execute("UPDATE suivi.attachments SET content = set_byte(content, 3, 0) WHERE size = %s", (size,))
        owner.execute("ALTER TABLE suivi.attachments ENABLE ALWAYS TRIGGER no_change")


def attach(home: Home, ref: str, content: bytes, name: str) -> None:
    act(home.store, secretary(home), AskWithFile(ref=ref, verb="attach", facts={"kind": "lettre"}, upload=upload(name, content)))


def seen_by(home: Home, login: str) -> Home:
    return replace(home, settings=replace(home.settings, user=login))


@dataclass
class Taken:
    """An archive, opened."""

    left: Left
    files: dict[str, bytes]

    def rows(self, table: str) -> list[dict[str, str]]:
        text = self.files[f"{table}.csv"].decode("utf-8-sig")
        return list(csv.DictReader(io.StringIO(text, newline=""), delimiter=";", strict=True))

    @property
    def events(self) -> list[dict[str, Any]]:
        return [json.loads(line) for line in self.files["events.jsonl"].splitlines()]


def take(home: Home, login: str, **how: Any) -> Taken:
    out = io.BytesIO()
    left = export(seen_by(home, login), out, "zip", **how)
    with ZipFile(out) as archive:
        assert archive.testzip() is None
        return Taken(left, {name: archive.read(name) for name in archive.namelist()})


@pytest.fixture(scope="module")
def whole(home: Home) -> Taken:
    """By the secretary, who may read everything."""
    return take(home, "ana")


def size_of(home: Home) -> int:
    (found,) = home.store.connection.execute("SELECT count(*) FROM suivi.events").fetchall()
    return int(found[0])


def test_the_log_is_whole(home: Home, whole: Taken) -> None:
    manifest = json.loads(whole.files["manifest.json"])
    assert len(whole.events) == whole.left.entries == manifest["log_size"] == size_of(home)
    assert (whole.left.withheld, manifest["everything"]) == (0, False)
    assert manifest["tables"] == {name: len(whole.rows(name)) for name in TABLES}


def test_every_file_has_its_fingerprint(whole: Taken) -> None:
    lines = whole.files["SHA256SUMS"].decode().splitlines()
    sums = {name: proof for proof, _, name in (line.partition("  ") for line in lines)}
    assert sums == {name: sha256(content).hexdigest() for name, content in whole.files.items() if name != "SHA256SUMS"}


def test_tables_tell_what_there_is(whole: Taken) -> None:
    assert {row["ref"]: row["visibility"] for row in whole.rows("cases")} == {
        "2023:3": "named", "2023:17": "open", "ccsne-2019:1.3": "open", "ccsne-2019:1.4": "named", "ccsne-2019:2.1": "open",
        "ccsne-2019:DS": "open", "ccsne-2019:9": "open", "2022:1": "named", "2022:2": "open",
    }  # fmt: skip
    (case,) = (row for row in whole.rows("cases") if row["ref"] == "2023:17")
    assert (case["title"], case["text"]) == ("Des vélos; des « trains » – Un doublon", "'=1+1\nsuite")
    assert (case["threads"], case["final"]) == ("demarche:1", "false")
    (grief,) = (row for row in whole.rows("cases") if row["ref"] == "2023:3")
    assert (grief["people"], grief["threads"]) == ("person:nora", "demarche:1; demarche:2")
    assert ("2023:17", "'＝Vu\nle 1er mai") in {(row["about"], row["text"]) for row in whole.rows("notes")}
    tasks = [(row["case"], row["kind"], row["schedule"]) for row in whole.rows("tasks")]
    assert {("2023:17", "task", ""), ("ccsne-2019:1.3", "step", "mandat complet")} <= set(tasks)
    first, second = whole.rows("threads")
    assert (first["cases"], first["office"], first["office_name"]) == ("2023:17; 2023:3", "office:eau", "ministre de l’Eau")
    assert (second["subject"], second["attempts"], second["first_sent"]) == (SECRET, "1", "2024-06-05")
    (plan,) = whole.rows("plans")
    assert (plan["ref"], plan["period"]) == ("plan:ccsne-2019", "2019/2022")
    assert (plan["lists"], plan["form"]) == ("Dossiers statutaires: Griefs, Finances", "work")
    (item,) = (row for row in whole.rows("cases") if row["ref"] == "ccsne-2019:1.4")
    assert (item["who"], item["results"], item["targets"]) == (
        "Denis", "Des syndicats présents", "présence: un minimum de 30 personnes",
    )  # fmt: skip
    (turn, *_) = whole.rows("turns")
    assert (turn["case"], turn["task"], turn["times_wanted"], turn["times_done"]) == ("ccsne-2019:9", "1", "1", "0")
    items = {row["case"]: row["hidden"] for row in whole.rows("places") if row["case"]}
    assert {"ccsne-2019:1.3", "ccsne-2019:1.4"} <= items.keys() and set(items.values()) == {"false"}
    (record,) = whole.rows("records")
    assert (record["title"], record["parties"], record["links"]) == ("Table des eaux", "Conseil", "2023:3")
    assert ("2023:17", "person:nora") not in {(row["ref"], row["followers"]) for row in whole.rows("cases")}
    (meeting,) = whole.rows("meetings")
    assert (meeting["body"], meeting["date"], meeting["place"]) == ("body:ca", "2099-11-21", "Québec")
    assert {"person:nora", "office:eau", "body:ca", "assembly:2023"} <= {row["ref"] for row in whole.rows("directory")}


def test_files_leave_with_what_they_hold(whole: Taken) -> None:
    rows = {row["name"]: row for row in whole.rows("files")}
    letter = rows["lettre à la « ministre ».pdf"]
    assert whole.files[letter["path"]] == LETTER and sha256(LETTER).hexdigest() == letter["sha256"]
    assert letter["path"].startswith("files/2023-17/")
    assert rows["perdue.txt"]["path"] == "" and whole.left.damaged == ("perdue.txt",)
    assert not [name for name in whole.files if "perdue" in name]
    (tabled,) = (row for row in rows.values() if row["about"] == "assembly:2024")
    assert tabled["kind"] == "follow-up" and "Des vélos" in whole.files[tabled["path"]].decode()
    assert whole.left.files == len(rows) - 1


def test_it_explains_itself_in_both_languages(whole: Taken) -> None:
    french, english = (whole.files[name].decode("utf-8-sig") for name in ("LISEZ-MOI.txt", "README.txt"))
    for name, table in TABLES.items():
        for text in (french, english):
            _, _, told = text.partition(f"{name}.csv\u00a0»" if text is french else f"“{name}.csv”: each")
            assert all(f"    {column} " in told for column in table.columns)
    assert "chaque ligne est une lettre à une autorité" in french and "each row is a letter to an office" in english


@pytest.mark.parametrize(("login", "form"), [("adam", "zip"), ("adam", "jsonl")])
def test_nothing_that_the_administrator_may_not_read_is_in_it(home: Home, login: str, form: str) -> None:
    out = io.BytesIO()
    left = export(seen_by(home, login), out, form)  # type: ignore[arg-type]
    found = {"log": out.getvalue()}
    if form == "zip":
        with ZipFile(out) as archive:
            found = {name: archive.read(name) for name in archive.namelist()}
    for name, content in found.items():
        assert SECRET.encode() not in content and not re.search(b"2023:3|2022:1", content), name
        assert SECRET not in name
    assert left.withheld > 0 and left.entries + left.withheld == size_of(home)


def test_what_is_hidden_leaves_no_trace_but_its_number_in_the_plan(home: Home) -> None:
    part = take(home, "adam")
    refs = [row["ref"] for row in part.rows("cases")]
    assert refs == ["2022:2", "2023:17", "ccsne-2019:1.3", "ccsne-2019:2.1", "ccsne-2019:9", "ccsne-2019:DS"]
    hidden = [row for row in part.rows("places") if row["hidden"] == "true"]
    assert [(row["number"], row["text"], row["case"]) for row in hidden] == [("1.4", "", "")]
    assert [row["ref"] for row in part.rows("threads")] == ["demarche:1"]
    assert [row["links"] for row in part.rows("records")] == [""]


def test_whoever_holds_the_machine_takes_everything(home: Home) -> None:
    everything, whole = take(home, "adam", everything=True), take(home, "ana")
    assert everything.left == whole.left and everything.files["cases.csv"] == whole.files["cases.csv"]
    assert SECRET.encode() * 3 in [everything.files[row["path"]] for row in everything.rows("files") if row["path"]]
    assert [line.what for line in access.read(home.store.connection, limit=2)] == ["taken", "taken-whole"]


def test_what_leaves_by_the_hand_of_an_auditor_is_written_down(home: Home) -> None:
    take(home, "vera")
    noted = [line.about for line in access.read(home.store.connection, what="named-read")]
    assert sorted(noted) == ["2022:1", "2023:3", "ccsne-2019:1.4"]


def test_in_english_columns_are_apart_by_commas(home: Home) -> None:
    taken = take(home, "ana", lang="en")
    assert taken.files["cases.csv"].decode("utf-8-sig").startswith("ref,kind,")
    assert "with “,” between columns" in " ".join(taken.files["README.txt"].decode().split())


def test_what_is_recorded_meanwhile_is_not_in_it(home: Home) -> None:
    """Half of it would be in one table, and half of it in none."""
    before, told = size_of(home), list[int]()

    def another(done: int, of: int) -> None:
        if not told:
            do(home, "2023:17", "note", text="Entre-temps")
            home.catch_up()
        told.append(done)

    taken = take(home, "ana", progress=another)
    assert len(taken.events) == before < size_of(home)
    assert "Entre-temps" not in {row["text"] for row in taken.rows("notes")}


def test_a_name_that_no_system_takes_becomes_one() -> None:
    assert fit("../../etc/passwd") == "-..-etc-passwd" and fit(" .. ") == "-" and fit('a:b*c?"d') == "a-b-c-d"
    assert fit("é" * 300 + ".pdf").endswith("é.pdf") and len(fit("é" * 300 + ".pdf")) == len(fit("é" * 300)) == LONGEST
    for wide in ("漢", "🌳"):
        assert len(fit(wide * 100 + ".pdf").encode()) <= MOST and fit(wide * 100 + ".pdf").endswith(wide + ".pdf")


@pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice is not installed")
def test_a_spreadsheet_opens_every_table(whole: Taken, tmp_path: Path) -> None:
    for name in TABLES:
        (tmp_path / f"{name}.csv").write_bytes(whole.files[f"{name}.csv"])
    back = ["soffice", "--headless", f"-env:UserInstallation=file://{tmp_path}/profile", "--infilter=CSV:59,34,76,1",
            "--convert-to", "xlsx", "--outdir", str(tmp_path), *(str(tmp_path / f"{name}.csv") for name in TABLES)]  # fmt: skip
    done = subprocess.run(back, check=True, capture_output=True, timeout=120, env=os.environ | {"HOME": str(tmp_path)})
    if b"could not be loaded" in done.stderr:
        pytest.skip("LibreOffice is here without Calc: nobody opened the tables as a spreadsheet")
    for name, table in TABLES.items():
        rows = list(load_workbook(tmp_path / f"{name}.xlsx").worksheets[0].iter_rows())
        assert [cell.value for cell in rows[0]] == list(table.columns)
        assert len(rows) == len(whole.rows(name)) + 1
        assert not [cell for row in rows for cell in row if cell.data_type == "f"]
