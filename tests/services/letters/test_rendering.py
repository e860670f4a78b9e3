"""The letter as a file: what people typed stays what it is, a template reaches nothing, a bad one is refused in words."""

from __future__ import annotations

import io
import zipfile
from datetime import date, datetime
from pathlib import Path
from typing import Any

import docx
import pytest

from domain.errors import SuiviError
from projections.phrases.catalogue import say
from services.letters.facts import Addressee, Resolution, Sent
from services.letters.rendering import fill
from services.letters.sentences import Letter
from services.letters.templates import shipped, template_of
from services.letters.templates.__main__ import build
from services.templates.faults import FieldUnknown, TagOpen, TemplateWrong
from services.templates.files import LARGEST, TemplateClosed, TemplateTooLarge, TemplateUnreadable
from tests.services.letters.reminding import REMINDER, opened, reminder, text_of

DAY = date(2025, 5, 12)
W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
HOSTILE = "R&D <w:p/> “ç” {{ organisation }} {% x %} \\ é\u0301 👍 ]]>"


def letter(template: Path | None = None, lang: str = "fr", **facts: Any) -> bytes:
    return fill(template or shipped("reminder"), Letter(reminder(**facts), lang).words(), lang, DAY)


def template(folder: Path, *lines: str) -> Path:
    """A template of the organisation's own, of those paragraphs."""
    document = docx.Document()
    for line in lines:
        document.add_paragraph(line)
    path = folder / "reminder.docx"
    document.save(str(path))
    return path


def test_the_letter_is_laid_out_in_order() -> None:
    lines = [line.replace("\u00a0", " ") for line in text_of(letter()).splitlines() if line]
    assert lines[:7] == [
        "Fédération des essais", "Le 12 mai 2025", "Monsieur Jean Lafleur", "Ministre de l’Éducation",
        "675, boulevard René-Lévesque Est", "Québec (Québec)  G1R 5V7", "Notre référence : démarche 3",
    ]  # fmt: skip
    assert lines[7:11] == [
        "Objet :\tSuivi de notre lettre du 26 juin 2024", "Résolution 23 : Des écoles bien aérées",
        "Résolution 24 : Des services de garde en région", "Monsieur le Ministre,",
    ]  # fmt: skip
    assert lines[-4:] == ["Fédération des essais", "_" * 36, "Marie Tremblay", "[Fonction]"]
    assert not [line for line in lines if "{" in line]


@pytest.mark.parametrize("hostile", [HOSTILE, "' onclick='x", "&amp;&lt;", "a" * 5_000])
def test_what_people_typed_stays_what_it_is(hostile: str) -> None:
    content = letter(
        organisation=hostile, signatory=hostile, to=Addressee("bureau", None, (hostile,)),
        resolutions=(Resolution(hostile, hostile),), sent=Sent(subject=hostile, text=hostile),
    )  # fmt: skip
    lines = text_of(content).splitlines()
    assert lines.count(hostile) == 5  # the organisation twice, the address, the demand, the signature
    assert f"Objet\u00a0:\tSuivi de notre lettre – {hostile}" in lines
    assert f"Résolution {hostile}\u00a0: {hostile}" in lines


def test_what_no_document_can_hold_is_replaced() -> None:
    content = letter(organisation="a\0b\x1bc\ud800d\u202ee", signatory="Marie\nTremblay\u2028B.")
    text = text_of(content)
    assert "a\ufffdb\ufffdc\ufffdd\ufffde" in text
    assert "Marie Tremblay B." in text


@pytest.mark.parametrize(("lang", "locale"), [("fr", "fr-CA"), ("en", "en-CA")])
def test_the_language_is_set_and_nothing_tells_of_the_machine(lang: str, locale: str) -> None:
    content = letter(lang=lang)
    document, about = opened(content), opened(content).core_properties
    said = [*document.element.iter(f"{W}lang"), *document.styles.element.iter(f"{W}lang")]
    assert [mark.get(f"{W}val") for mark in said] == [locale]
    assert (about.author, about.last_modified_by, about.language) == (*["Fédération des essais"] * 2, locale)
    assert about.title.replace("\u00a0", " ") == {
        "fr": "Suivi de notre lettre du 26 juin 2024", "en": "Follow-up on our letter of 26 June 2024",
    }[lang]  # fmt: skip
    assert {moment and moment.replace(tzinfo=None) for moment in (about.created, about.modified)} == {
        datetime(2025, 5, 12)
    }
    with zipfile.ZipFile(io.BytesIO(content)) as parts:
        assert {name.partition("/")[0] for name in parts.namelist()} == {
            "[Content_Types].xml",
            "_rels",
            "docProps",
            "word",
        }
        assert [name for name in parts.namelist() if name.startswith("docProps")] == ["docProps/core.xml"]


def test_a_template_of_ones_own_says_nothing_of_who_made_it(tmp_path: Path) -> None:
    document = docx.Document()
    about = document.core_properties
    about.author = about.last_modified_by = about.comments = about.keywords = "Monique"
    document.add_paragraph("{{ organisation }}")
    document.save(str(tmp_path / "own.docx"))
    with zipfile.ZipFile(io.BytesIO(letter(tmp_path / "own.docx"))) as parts:
        assert not [name for name in parts.namelist() if b"Monique" in parts.read(name)]
        assert "docProps/app.xml" not in parts.namelist()


def test_the_same_words_give_the_same_bytes() -> None:
    assert letter() == letter()
    assert letter() != letter(signatory="Ana")


def test_the_template_that_comes_with_suivi_is_what_its_builder_makes() -> None:
    with zipfile.ZipFile(io.BytesIO(build())) as built, zipfile.ZipFile(shipped("reminder")) as kept:
        assert built.namelist() == kept.namelist()
        assert [name for name in built.namelist() if built.read(name) != kept.read(name)] == []


def test_an_organisation_s_own_template_comes_first(tmp_path: Path) -> None:
    assert template_of(tmp_path, "reminder") == shipped("reminder")
    (tmp_path / "templates").mkdir()
    own = template(
        tmp_path / "templates", "Pour {{ address[0] }}", "{%p for line in rest %}", "{{ line }}", "{%p endfor %}"
    )
    assert template_of(tmp_path, "reminder") == own
    lines = text_of(letter(own)).splitlines()
    assert lines[0] == "Pour Monsieur\u00a0Jean Lafleur"
    assert lines[1:] == Letter(REMINDER, "fr").words()["rest"]


@pytest.mark.parametrize(
    ("line", "refusal"),
    [
        ("{{ ministre }}", FieldUnknown),
        ("{{ organisation.nom }}", FieldUnknown),
        ("{{ organisation", TagOpen),
        ("{% for x in address %}", TagOpen),
        ("{{ organisation.__class__.__mro__ }}", TemplateWrong),
        ("{{ [].__class__.__base__.__subclasses__() }}", TemplateWrong),
        ("{% include 'autre' %}", TemplateWrong),
        ("{% for x in range(10**9) %}x{% endfor %}", TemplateWrong),
        ("{{ 1 // 0 }}", TemplateWrong),
        ("{{ organisation + 1 }}", TemplateWrong),
        ("{{ address[0]('x') }}", TemplateWrong),
        ("{{ organisation | inconnu }}", TemplateWrong),
        ("{{ 'a'.format_map() }}", TemplateWrong),
    ],
)
def test_a_template_that_cannot_be_filled_in_is_refused_with_the_reason(
    tmp_path: Path, line: str, refusal: type[SuiviError]
) -> None:
    with pytest.raises(SuiviError) as refused:
        letter(template(tmp_path, line))
    assert type(refused.value) is refusal
    assert str(tmp_path / "reminder.docx") in say(refused.value, "fr")


def test_a_field_that_there_is_not_is_named_beside_those_that_there_are(tmp_path: Path) -> None:
    with pytest.raises(FieldUnknown) as refused:
        letter(template(tmp_path, "{{ ministre }}"))
    said = say(refused.value, "fr")
    assert "{{ ministre }}, au paragraphe 1 du texte. " in said
    assert "Les champs\u00a0: address, closing, date, demand, function," in said


@pytest.mark.parametrize(
    "content", [b"", b"Bonjour", b"PK\x03\x04 et rien", b"%PDF-1.7"], ids=["empty", "text", "cut", "pdf"]
)
def test_what_is_no_document_is_refused(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "reminder.docx"
    path.write_bytes(content)
    with pytest.raises(TemplateUnreadable):
        letter(path)


def test_a_zip_that_is_no_letter_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "reminder.docx"
    with zipfile.ZipFile(path, "w") as parts:
        parts.writestr("[Content_Types].xml", "<Types/>")
    with pytest.raises(TemplateUnreadable):
        letter(path)


def test_what_is_too_large_is_refused_before_it_is_unpacked(tmp_path: Path) -> None:
    path = tmp_path / "reminder.docx"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as parts:
        for name in range(6):
            parts.writestr(f"word/{name}.xml", bytes(LARGEST - 1))
    assert path.stat().st_size < LARGEST // 10
    with pytest.raises(TemplateTooLarge):
        letter(path)
    path.write_bytes(bytes(LARGEST + 1))
    with pytest.raises(TemplateTooLarge):
        letter(path)


def test_a_template_that_does_not_open_is_said(tmp_path: Path) -> None:
    (tmp_path / "reminder.docx").mkdir()
    with pytest.raises(TemplateClosed):
        letter(tmp_path / "reminder.docx")
