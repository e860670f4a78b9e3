"""Sentences in French and in English: templates, facts, plurals, dates."""

from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from babel.messages.pofile import read_po
from hypothesis import given
from hypothesis import strategies as st

from domain.errors import Label, NotFound, SuiviError, Word
from domain.time import BadDate, Edtf, edtf, read_date
from projections.phrases import catalogue
from projections.phrases.catalogue import (
    N_,
    UnknownLanguage,
    listed,
    plural,
    read_catalogue,
    say,
    translator,
    write_number,
)
from projections.phrases.dates import write_date, write_instant

CATALOGUES = sorted((Path(catalogue.__file__).parent / "fr").glob("*.po"))

PO = r"""
msgid ""
msgstr "Content-Type: text/plain; charset=UTF-8\n"

# A comment.
#, python-brace-format
msgid "{n} case "
"left"
msgid_plural "{n} cases left"
msgstr[0] "{n} dossier "
"restant"
msgstr[1] "{n} dossiers restants"

msgid "a \"word\"\non two lines"
msgstr "un « mot »\nsur deux lignes"

#, fuzzy
msgid "doubtful"
msgstr "douteux"

msgid "untranslated"
msgstr ""

#~ msgid "old"
#~ msgstr "ancien"
"""


def test_a_catalogue_is_read() -> None:
    assert read_catalogue(PO) == {
        "{n} case left": ("{n} dossier restant", "{n} dossiers restants"),
        'a "word"\non two lines': ("un « mot »\nsur deux lignes",),
    }


@pytest.mark.parametrize("path", CATALOGUES, ids=lambda path: path.stem)
def test_catalogues_are_read_as_babel_reads_them(path: Path) -> None:
    with path.open("rb") as file:
        messages = [message for message in read_po(file, locale="fr") if message.id and not message.fuzzy]
    expected = {
        message.id if isinstance(message.id, str) else message.id[0]: (
            (message.string,) if isinstance(message.string, str) else tuple(message.string or ())
        )
        for message in messages
    }
    assert read_catalogue(path.read_text()) == {key: forms for key, forms in expected.items() if all(forms)}


def test_an_error_is_said_in_french_and_in_english() -> None:
    error = BadDate(words="hier soir")
    assert say(error, "fr").startswith("«\u00a0hier soir\u00a0» ne se lit pas comme une date.")
    assert say(error, "en") == str(error)


def test_what_has_no_translation_is_said_in_english() -> None:
    assert say(N_("Nothing like {what} here"), "fr", what="it") == "Nothing like it here"


def test_braces_in_a_fact_are_only_text() -> None:
    assert say("{what}", "fr", what="{lang} {0}") == "{lang} {0}"


def test_an_unknown_language_is_refused() -> None:
    with pytest.raises(UnknownLanguage):
        translator("de")


class Several(SuiviError):
    """{facts}"""


@pytest.mark.parametrize(
    ("fact", "french", "english"),
    [
        (["a", "b", "c"], "a, b et c", "a, b and c"),
        (["a", "b"], "a et b", "a and b"),
        (["a"], "a", "a"),
        ([], "—", "—"),
        (date(2024, 7, 1), "1er juillet 2024", "1 July 2024"),
        (Edtf("2024-06"), "juin 2024", "June 2024"),
        ("2024-07", "2024-07", "2024-07"),
        ([date(2024, 6, 26), Edtf("2024-23")], "26 juin 2024 et automne 2024", "26 June 2024 and fall 2024"),
        (
            datetime(2026, 11, 22, 19, 5, tzinfo=UTC),
            "22 novembre 2026 à 14\u00a0h\u00a005",
            "22 November 2026, 14:05",
        ),
        (Label(fr="adoptée", en="adopted"), "adoptée", "adopted"),
        (Word("adopt"), "adopter", "adopt"),
        ([Word("adopt"), Word("start")], "adopter et commencer", "adopt and start"),
        (NotFound(what="2023:99"), None, "« 2023:99 » is not known here."),
        (12500, "12\u00a0500", "12,500"),
        (1234, "1234", "1234"),
        (2.5, "2,5", "2.5"),
        (None, "—", "—"),
    ],
)
def test_facts_are_written_for_their_reader(fact: object, french: str | None, english: str) -> None:
    assert french is None or say("{fact}", "fr", fact=fact) == french
    assert say("{fact}", "en", fact=fact) == english
    assert say(Several(facts=fact), "en") == english


def test_a_date_takes_its_preposition_where_the_sentence_asks() -> None:
    said = [say("Adoptée {day.placed}", "fr", day=Edtf(day)) for day in ("2024-06-26", "2024-06", "2026-21", "2024")]
    assert said == [
        "Adoptée le 26 juin 2024",
        "Adoptée en juin 2024",
        "Adoptée au printemps 2026",
        "Adoptée en 2024",
    ]


@pytest.mark.parametrize(
    ("n", "french", "english"),
    [(0, "{n} otter", "0 otters"), (1, "{n} otter", "1 otter"), (2, "{n} otters", "2 otters")],
)
def test_zero_is_singular_in_french_alone(n: int, french: str, english: str) -> None:
    """Of words that no catalogue has."""
    assert plural("{n} otter", "{n} otters", n, "fr") == french.format(n=n)
    assert plural("{n} otter", "{n} otters", n, "en") == english


def test_translated_plurals_take_their_own_forms() -> None:
    french = catalogue.Translations("fr", read_catalogue(PO))
    forms = [french.ngettext("{n} case left", "{n} cases left", n) for n in (0, 1, 2)]
    assert forms == ["{n} dossier restant", "{n} dossier restant", "{n} dossiers restants"]


def test_a_list_is_a_sentence() -> None:
    assert listed(["17", "18", "19"], "fr") == "17, 18 et 19"


def test_numbers() -> None:
    assert [write_number(n, "fr") for n in (-1_000_000, 9999, 40000.5)] == [
        "-1\u00a0000\u00a0000",
        "9999",
        "40\u00a0000,5",
    ]


DATES = [
    ("2024-06-26", "26 juin 2024", "le 26 juin 2024", "26 June 2024", "on 26 June 2024"),
    ("2024-07-01", "1er juillet 2024", "le 1er juillet 2024", "1 July 2024", "on 1 July 2024"),
    ("XXXX-06-26", "26 juin", "le 26 juin", "26 June", "on 26 June"),
    ("2024-06", "juin 2024", "en juin 2024", "June 2024", "in June 2024"),
    ("2004-06-XX", "juin 2004", "en juin 2004", "June 2004", "in June 2004"),
    ("XXXX-09", "septembre", "en septembre", "September", "in September"),
    ("2024", "2024", "en 2024", "2024", "in 2024"),
    ("201X", "années 2010", "dans les années 2010", "the 2010s", "in the 2010s"),
    ("20XX", "2000-2099", "en 2000-2099", "2000-2099", "in 2000-2099"),
    ("2024-23", "automne 2024", "à l’automne 2024", "fall 2024", "in fall 2024"),
    ("2026-21", "printemps 2026", "au printemps 2026", "spring 2026", "in spring 2026"),
    ("2020-24", "hiver 2020-2021", "à l’hiver 2020-2021", "winter 2020-2021", "in winter 2020-2021"),
    ("2024-06~", "vers juin 2024", "vers juin 2024", "around June 2024", "around June 2024"),
    (
        "2024-06?",
        *["juin 2024 (date incertaine)", "en juin 2024 (date incertaine)"],
        *["June 2024 (date uncertain)", "in June 2024 (date uncertain)"],
    ),
    (
        "{2024-06-17,2024-06-21}",
        "17 et 21 juin 2024",
        "les 17 et 21 juin 2024",
        "17 and 21 June 2024",
        "on 17 and 21 June 2024",
    ),
    (
        "{2024-05,2024-08}",
        "mai et août 2024",
        "en mai 2024 et en août 2024",
        "May and August 2024",
        "in May 2024 and in August 2024",
    ),
    ("{2024-06-17}", "17 juin 2024", "le 17 juin 2024", "17 June 2024", "on 17 June 2024"),
]

INTERVALS = [
    ("2024-06-10/2024-06-16", "du 10 au 16 juin 2024", "from 10 to 16 June 2024"),
    ("2024-05-28/2024-06-02", "du 28 mai au 2 juin 2024", "from 28 May to 2 June 2024"),
    (
        "2024-12-30/2025-01-01",
        "du 30 décembre 2024 au 1er janvier 2025",
        "from 30 December 2024 to 1 January 2025",
    ),
    ("2024-04/2024-06", "d’avril à juin 2024", "from April to June 2024"),
    ("2024-01/2024", "de janvier 2024 à 2024", "from January 2024 to 2024"),
    ("2009/2010", "de 2009 à 2010", "from 2009 to 2010"),
    ("2024-21/2024-22", "du printemps à l’été 2024", "from spring to summer 2024"),
    ("1974~/2024", "de 1974 environ à 2024", "from about 1974 to 2024"),
    ("2022/..", "à partir de 2022", "from 2022 on"),
    ("2024-06-26/..", "à partir du 26 juin 2024", "from 26 June 2024 on"),
    ("2013-23/..", "à partir de l’automne 2013", "from fall 2013 on"),
    ("../2024-12-31", "au plus tard le 31 décembre 2024", "by 31 December 2024"),
    ("../2024-06", "au plus tard en juin 2024", "by June 2024"),
]


@pytest.mark.parametrize(("text", "french", "placed", "english", "english_placed"), DATES)
def test_dates_are_written(text: str, french: str, placed: str, english: str, english_placed: str) -> None:
    assert (write_date(text, "fr"), write_date(text, "fr", placed=True)) == (french, placed)
    assert (write_date(text, "en"), write_date(text, "en", placed=True)) == (english, english_placed)


@pytest.mark.parametrize(("text", "french", "english"), INTERVALS)
def test_intervals_are_written_with_their_prepositions(text: str, french: str, english: str) -> None:
    assert write_date(text, "fr") == write_date(text, "fr", placed=True) == french
    assert write_date(text, "en") == write_date(text, "en", placed=True) == english


def test_a_bad_date_is_not_written() -> None:
    with pytest.raises(BadDate):
        write_date("2024-02-30", "fr")


def test_instants_are_those_of_the_zone() -> None:
    instant = datetime(2026, 7, 1, 3, 30, tzinfo=UTC)
    assert write_instant(instant, "fr", "America/Toronto") == "30 juin 2026 à 23\u00a0h\u00a030"
    assert write_instant(instant, "fr", "UTC") == "1er juillet 2026 à 3\u00a0h\u00a030"


days = st.dates(date(1000, 1, 1), date(9990, 12, 31)).map(date.isoformat)
elements = days | days.map(lambda day: day[:7]) | days.map(lambda day: day[:4])
elements |= st.builds("{:04}-{}".format, st.integers(1000, 9990), st.integers(21, 24))
written = st.one_of(
    elements,
    elements.map("{}~".format),
    elements.map("{}/..".format),
    elements.map("../{}".format),
    st.tuples(elements, elements).filter(lambda pair: pair[0] != pair[1]).map("/".join),
)


@given(written, st.sampled_from(["fr", "en"]), st.booleans())
def test_what_is_written_reads_back_as_the_same_date(text: str, lang: str, placed: bool) -> None:
    try:
        edtf(text)
    except BadDate:  # an interval that runs backwards
        return
    assert read_date(write_date(text, lang, placed=placed)) == text
