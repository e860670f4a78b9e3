"""`suivi report`, as a person types it."""

from __future__ import annotations

from pathlib import Path

import docx
import pytest

from cli import reporting
from tests.cli.conftest import Suivi


@pytest.fixture
def there(cases: Suivi, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Suivi:
    """The terminal stands in a folder of its own."""
    (tmp_path / "bureau").mkdir()
    monkeypatch.chdir(tmp_path / "bureau")
    return cases


def test_reports_are_listed(there: Suivi) -> None:
    answer = there.done("report")
    assert "register" in answer.words and "chaque numéro d’une assemblée" in answer.words
    names = [row["name"] for row in there.done("report", "--json").json["items"]]
    assert {"register", "assembly", "unanswered"} <= set(names)


@pytest.mark.parametrize("form", ["docx", "pdf", "xlsx", "html", "csv"])
def test_a_report_is_written_where_one_stands(there: Suivi, form: str) -> None:
    answer = there.done("report", "register", "--to", "2023", "--format", form, "--as-of", "2024-06-30", "--json")
    (file,) = Path().iterdir()
    assert file.name == f"Registre des résolutions – 2024-06-30.{form}"
    assert answer.json == {"file": file.name, "bytes": file.stat().st_size}


def test_a_file_is_replaced_only_if_that_is_said(there: Suivi) -> None:
    Path("r.docx").write_text("à moi")
    refused = there("report", "register", "--out", "r.docx")
    assert (refused.code, Path("r.docx").read_text()) == (1, "à moi")
    assert "Le rapport est dans « r.docx »" in there.done("report", "assembly", "--out", "r.docx", "--force", "--large").words
    (table,) = docx.Document("r.docx").tables
    assert "Un jardin collectif" in [row.cells[1].text for row in table.rows]


def test_progress_is_told_beside_the_answer(there: Suivi, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reporting, "EVERY", 0.0)
    answer = there.done("report", "register", "--to", "2023", "--out", "r.html")
    assert [line for line in answer.err.splitlines() if " de " in line] == [f"{n} de 17" for n in range(1, 18)]
    assert "de 17" not in answer.out


@pytest.mark.parametrize(
    ("given", "code", "said"),
    [
        (("bilan",), 2, "« bilan » n’est pas un rapport. Les rapports :"),
        (("register", "--format", "odt"), 2, "docx"),
        (("register", "--to", "1999"), 1, "1999"),
        (("register", "--as-of", "2024-06-30/.."), 2, "2024-06-30/.."),
        (("register", "--year", "2024"), 2, "« year » vaut pour le rapport annual, pas pour register : retirez-le."),
        (("annual", "--year", "l’an dernier"), 2, "« l’an dernier » n’est pas une année"),
        (("plan",), 1, "Il n’y a pas encore de plan à imprimer"),
    ],
)
def test_what_cannot_be_is_said_and_nothing_is_written(there: Suivi, given: tuple[str, ...], code: int, said: str) -> None:
    refused = there("report", *given)
    assert (refused.out, [*Path().iterdir()]) == ("", [])
    assert said in refused.words and refused.code in (1, 2)


def test_filters_reach_their_reports(there: Suivi) -> None:
    there.done("report", "annual", "--year", "1998", "--format", "html", "--out", "a.html")
    assert "1998" in Path("a.html").read_text()
    for name, more in (("s.html", []), ("g.html", ["--gaps"])):
        there.done("report", "follow-up", "--format", "html", "--out", name, *more)
    assert ["ne dit rien" in Path(name).read_text() for name in ("s.html", "g.html")] == [False, True]


def test_the_template_is_had_changed_and_put_in_its_place(there: Suivi, tmp_path: Path) -> None:
    answer = there.done("report", "register", "--template")
    given = Path("report-register.docx")
    assert "Ses champs : organisation, title, " in answer.words and "resolutions" in answer.words
    place = tmp_path / "templates" / "report-register.docx"
    assert str(place) in answer.words
    changed = docx.Document(str(given))
    changed.paragraphs[0].insert_paragraph_before("Local 9471")
    place.parent.mkdir()
    changed.save(str(place))
    there.done("report", "register", "--out", "r.docx")
    assert docx.Document("r.docx").paragraphs[0].text == "Local 9471"
    changed.add_paragraph("{{ ministre }}")
    changed.save(str(place))
    refused = there("report", "register", "--out", "s.docx")
    assert refused.code == 1 and "{{ ministre }}" in refused.words and "Les champs : as_of," in refused.words
    assert not Path("s.docx").exists()
