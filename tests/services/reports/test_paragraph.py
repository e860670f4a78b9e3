"""What an officer types as a paragraph, and what is printed of it."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.reports.narrative import plain, read_paragraph
from services.reports.printed import Items, Text

TYPED = ["Nous avons écrit.", "- Que l’eau;", "1. À elle.", "2) À lui.", "Au Québec :", "", "**", "  et puis", "–"]
LINES = st.lists(st.sampled_from(TYPED), max_size=12)


@pytest.mark.parametrize(
    ("text", "looks"),
    [
        ("Nous avons écrit.\nDeux fois.", ["text"]),
        ("Au Québec :\n\nNous avons écrit.", ["lead", "text"]),
        ("Nos demandes :\n\n- Que l’eau;\n- Que l’air.", ["text", "-"]),
        ("Nos lettres :\n1. À elle.\n2. À lui,\n   de nouveau.", ["text", "1."]),
        ("Avant.\n\n**\n\nAprès.", ["text", "remark", "text"]),
        ("- Que l’eau;\n1. À elle.", ["-", "1."]),
        ("1. À elle.\n\n2. À lui.\n\n3. À eux.", ["1."]),
        ("1. À elle.\n\nPuis :\n\n2. À lui.", ["1.", "lead", "text"]),
        ("3. À elle.\n1. À lui.", ["text", "1."]),
        ("0. À elle.", ["text"]),
        ("1. À elle.\n1. À lui.", ["1.", "1."]),
        ("", []),
    ],
)
def test_what_is_typed_is_read(text: str, looks: list[str]) -> None:
    blocks = read_paragraph(text)
    assert [
        block.look if isinstance(block, Text) else block.mark for block in blocks if isinstance(block, Text | Items)
    ] == looks


def test_numbers_that_do_not_count_from_one_are_kept() -> None:
    assert plain(read_paragraph("2. À lui,\nde nouveau.\n5. À eux.")) == "2. À lui, de nouveau.\n\n5. À eux."


def test_a_wrapped_item_is_one() -> None:
    (items,) = read_paragraph("- Que l’eau soit\n  protégée;\n- Que l’air.")
    assert plain([items]) == "- Que l’eau soit protégée;\n- Que l’air."


@given(LINES)
def test_what_is_edited_again_stays(lines: list[str]) -> None:
    text = plain(read_paragraph("\n".join(lines)))
    assert plain(read_paragraph(text)) == text
