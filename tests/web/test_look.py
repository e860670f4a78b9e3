"""What the eye is given: contrast of every pair of colours in use, computed from the style sheet; every word in French."""

from __future__ import annotations

import ast
import re

import pytest
from jinja2 import Environment, nodes

from projections.phrases.catalogue import translator
from tests.house.sources import python_files
from tests.house.test_sentences import marked
from tests.web.browser import Browser, entered
from tests.web.desk import Town
from web import assets
from web.rendering import HERE, raised

STYLE = assets.STYLE.content.decode()
TEMPLATES = sorted((HERE / "templates").glob("*.html"))
TEXT, MARK = 4.5, 3.0
WORDS = ("encre", "encre2", "encre3", "bleu", "modif", "retrait")
STATES = ("adoptee", "confiee", "en-cours", "remise", "bloquee", "realisee", "non-realisee", "reportee", "remplacee")
PAIRS = [
    *((word, ground, TEXT) for word in WORDS for ground in ("papier", "feuille", "creux", "survol")),
    *((word, ground, TEXT) for word in ("encre", "bleu") for ground in ("bleu-f", "modif-f", "retrait-f")),
    ("encre2", "modif-f", TEXT), ("encre2", "retrait-f", TEXT), ("sur-bleu", "bleu", TEXT), ("retrait", "retrait-f", TEXT),
    *((state, ground, MARK) for state in STATES for ground in ("papier", "survol")),
    *(("papier", state, MARK) for state in STATES),
    ("filet-fort", "feuille", MARK), ("filet-fort", "papier", MARK), ("modif", "papier", MARK), ("bleu", "papier", MARK),
]  # fmt: skip


def schemes() -> dict[str, dict[str, str]]:
    """The colours of each scheme: token -> #RRGGBB."""
    light, dark = re.findall(r":root \{\s*color-scheme: (?:light|dark);(.*?)\}", STYLE, re.DOTALL)
    return {name: dict(re.findall(r"--([\w-]+): (#[0-9A-F]{6});", block)) for name, block in (("light", light), ("dark", dark))}


def luminance(colour: str) -> float:
    """WCAG 2, relative luminance."""
    channels = (int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5))
    red, green, blue = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    dark, light = sorted((luminance(one), luminance(other)))
    return (light + 0.05) / (dark + 0.05)


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_what_is_written_can_be_read(scheme: str) -> None:
    colours = schemes()[scheme]
    faint = {(ink, ground): round(contrast(colours[ink], colours[ground]), 2) for ink, ground, least in PAIRS
             if contrast(colours[ink], colours[ground]) < least}  # fmt: skip
    assert not faint


def test_contrast_is_reckoned_as_wcag_does() -> None:
    assert round(contrast("#000000", "#FFFFFF"), 1) == 21.0
    assert round(contrast("#777777", "#FFFFFF"), 2) == 4.48


def test_both_schemes_have_the_same_colours_and_no_rule_has_its_own() -> None:
    light, dark = schemes().values()
    assert light.keys() == dark.keys()
    rules = re.sub(r":root \{.*?\}", "", STYLE, flags=re.DOTALL)
    assert not re.findall(r"#[0-9A-Fa-f]{3,8}\b(?![^{]*\{)", rules)
    assert set(re.findall(r"var\(--([\w-]+)\)", STYLE)) <= light.keys() | set(re.findall(r"--([\w-]+):", STYLE))


def test_nothing_comes_from_elsewhere() -> None:
    assert "@import" not in STYLE and "url(" not in STYLE and "//" not in STYLE.replace("://", "")
    for path in TEMPLATES:
        text = path.read_text()
        assert not re.search(r"https?://|<script(?! src=)|style=|\|safe|autoescape|\son\w+=", text), path.name


def said() -> set[str]:
    """Every message that the templates say."""
    found = set()
    for path in TEMPLATES:
        for call in Environment(autoescape=True).parse(path.read_text()).find_all(nodes.Call):
            if isinstance(call.node, nodes.Name) and call.node.name in ("say", "count"):
                found |= {call.args[0].value} if isinstance(call.args[0], nodes.Const) else set()
    return found


def test_every_word_of_the_templates_has_its_french() -> None:
    assert "Skip to the content" in said()
    assert not said() - translator("fr").messages.keys()


def test_templates_hold_no_words_of_their_own() -> None:
    own = ("Suivi", "English", "Français", "lang", "suivi", "import", "docx")
    for path in TEMPLATES:
        text = re.sub(r"\{#.*?#\}|\{\{.*?\}\}|\{%.*?%\}", "", path.read_text(), flags=re.DOTALL)
        text = re.sub(r' [\w-]+="[^"<>]*"', "", re.sub("<[^>]*>", " ", text))  # attributes that a macro makes alone
        words = [word for word in re.findall(r"[^\W\d_]{2,}", text) if word not in own]
        assert not words, (path.name, words)


def test_a_french_page_holds_no_english(place: Town) -> None:
    place.do("17", "set-due", due="2024-06-26")
    place.do("17", "add-task", text="Compter", due="2099")
    trees = [ast.parse(path.read_text()) for path in python_files("web", "projections", "workflows")]
    french = translator("fr").messages
    english = {each for each in said() | set(marked(trees)) if len(each) > 8 and "{" not in each and each in french}
    english = {each for each in english if french[each][0] != each}
    assert len(english) > 150
    ana = entered(place)
    paths = ("/dossiers", "/dossiers?query=rien", "/dossiers/17", "/dossiers/5?as_of=2024", "/envois", "/etat", "/rien")
    for path in (*paths, "/dossiers/99", "/entrer"):
        text = Browser.read(ana, path, ana.ask(path).status_code).text
        assert not [each for each in english if each in text], path
    text = ana.read("/dossiers/17?lang=en").text
    assert len([each for each in english if each in text]) > 20  # they would be seen


def test_the_first_of_the_month_is_raised() -> None:
    assert raised("le 1er mai, <1er>") == "le 1<sup>er</sup> mai, &lt;1<sup>er</sup>&gt;"
