"""The French catalogues as they are kept: complete forms, the same facts in each, and a careful print.

What the house asks of every sentence is in `tests/house/test_sentences.py`."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from babel.messages.catalog import Message
from babel.messages.pofile import read_po

from projections.phrases import catalogue
from projections.phrases.typography import typeset

CATALOGUES = sorted((Path(catalogue.__file__).parent / "fr").glob("*.po"))
FACT = re.compile(r"\{(\w+)")
TYPED = '"Marie Tremblay"'  # an argument of a command
LITERAL = "nom: valeur"  # what is to be typed in a definition, not a sentence
FAULTS = {
    "two spaces": re.compile("  "),
    "three dots": re.compile(r"\.\.\.(?!\w)"),
    "an English quotation mark outside « »": re.compile(r'^[^«]*["“”]'),
    "a capital without its accent": re.compile(r"\b(?:Etat|Etats|Ecrire|Ecrivez|Eléments?|A) (?![A-Z]\))"),
    "a ligature missing": re.compile(r"\b(?:oeuvre|soeur|coeur|voeu|noeud)", re.IGNORECASE),
    "a sign that people do not use": re.compile(r"n°|\bveuillez\b|\binvalide\b|\bsuccès\b|\bet/ou\b", re.IGNORECASE),
}


def messages() -> list[tuple[str, Message]]:
    found = []
    for path in CATALOGUES:
        with path.open("rb") as file:
            read = read_po(file, locale="fr", abort_invalid=True)
            found += [(path.stem, message) for message in read if message.id]
    return found


def forms(value: str | tuple[str, ...] | list[str] | None) -> list[str]:
    return [value] if isinstance(value, str) else list(value or ())


ALL = messages()
PRINTED = [(area, text) for area, message in ALL for text in forms(message.string)]
SENTENCES = [(area, text) for area, text in PRINTED if "\n" not in text]  # a page of help shows what to type, as typed
LABEL = 6  # characters: the head of a column may be cut with a full stop


def test_there_are_catalogues() -> None:
    assert {"timeline", "workflows", "imports", "servers", "time"} <= {path.stem for path in CATALOGUES}


def test_each_catalogue_says_its_charset_and_its_plural() -> None:
    header = re.compile(r'charset=UTF-8\\n"[\s\S]*"Plural-Forms: nplurals=2; plural=\(n > 1\);\\n"')
    assert not [path.stem for path in CATALOGUES if not header.search(path.read_text("utf-8"))]


def test_every_form_is_there_and_names_the_same_facts() -> None:
    for area, message in ALL:
        english, french = forms(message.id), forms(message.string)
        assert len(english) == len(french), (area, english)
        assert len({frozenset(FACT.findall(form)) for form in english + french}) == 1, (area, english, french)


def test_a_sentence_ends_as_its_english_does() -> None:
    def ends(text: str) -> bool:
        return text.rstrip("”» \u00a0").endswith((".", "!", "?"))

    assert not [
        (area, m.id)
        for area, m in ALL
        if len(forms(m.id)[0]) > LABEL and ends(forms(m.id)[0]) != ends(forms(m.string)[0])
    ]


def test_a_message_begins_as_its_english_does() -> None:
    def small(text: str) -> bool:
        return text[:1].islower()

    first = [(area, m, forms(m.id)[0], forms(m.string)[0]) for area, m in ALL]
    assert not [(a, en) for a, _, en, fr in first if fr[0].isalpha() and en[0].isalpha() and small(en) != small(fr)]


@pytest.mark.parametrize("fault", FAULTS)
def test_french_is_carefully_printed(fault: str) -> None:
    assert not [(area, text) for area, text in SENTENCES if FAULTS[fault].search(text.replace(TYPED, "Marie"))]


def test_the_typesetter_has_nothing_to_add() -> None:
    """What is kept is what `typeset` would print, so that a sentence reads the same whoever prints it."""
    sentences = [(area, text.replace(LITERAL, "nom")) for area, text in PRINTED]
    assert not [(area, text) for area, text in sentences if typeset(text, "fr") != text]
