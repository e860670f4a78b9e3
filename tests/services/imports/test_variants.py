"""One report in every layout of its family reads the same, up to its line numbers."""

from __future__ import annotations

import re
import textwrap
from collections.abc import Callable
from itertools import count
from time import process_time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from services.imports.follow_up import parse, recognise
from services.imports.proposals import propose
from tests.services.imports.reports import SAMPLE, parsed, source, without_lines

TEXT = SAMPLE.read_text(encoding="utf-8")
EXPECTED = without_lines(parsed(TEXT))
HEADING = re.compile(r"(?m)^ ?(?:SUIVI )?RÉSOLUTIONS? ([\d –]+)$")
NO_BREAK = "\u00a0"


def headings(form: Callable[[str], str]) -> str:
    """The sample with its headings in another form, each after a blank line."""
    return HEADING.sub(lambda match: f"\n{form(match[1].strip())}", TEXT)


def dashed(dash: str) -> Callable[[str], str]:
    return lambda numbers: f"RÉSOLUTIONS {numbers.replace(' – ', dash)}"


def listed(numbers: str) -> str:
    *first, last = numbers.split(" – ")
    return f"Résolutions {', '.join(first)} et {last}" if first else f"Résolution {last}"


VARIANTS = {
    "hyphens": headings(dashed("-")),
    "tight en dashes": headings(dashed("–")),
    "em dashes": headings(dashed(" — ")),
    "slashes": headings(dashed("/")),
    "ampersands": headings(dashed(" & ")),
    "commas and et": headings(listed),
    "with No": headings(lambda numbers: f"RÉSOLUTION No {numbers}"),
    "with n°": headings(lambda numbers: f"Résolution n° {numbers}"),
    "lower case": headings(lambda numbers: f"résolution {numbers}"),
    "unaccented": headings(lambda numbers: f"RESOLUTION {numbers}"),
    "suivi": headings(lambda numbers: f"SUIVI RÉSOLUTION {numbers}"),
    "with a colon": headings(lambda numbers: f"RÉSOLUTION {numbers}{NO_BREAK}:"),
    "marked down": headings(lambda numbers: f"## RÉSOLUTION {numbers}"),
    "crlf": TEXT.replace("\n", "\r\n"),
    "cr": TEXT.replace("\n", "\r"),
    "a mark": "\ufeff" + TEXT,
    "indented": textwrap.indent(TEXT, "    "),
}


def renumbered(form: str) -> str:
    """Each page number of the sample in another form, with as many pages as it likes."""
    pages = count(2)
    return re.sub(r"(?m)^\d\n", lambda _: form.format(next(pages)) + "\n", TEXT)


PAGED = {form: renumbered(form) for form in ("- {} -", "Page {}", "Page {} de 12", "{}/12", "\f", "{}\n\f")}


@pytest.mark.parametrize("variant", VARIANTS)
def test_another_form_reads_the_same(variant: str) -> None:
    assert without_lines(parsed(VARIANTS[variant])) == EXPECTED


def test_a_double_spaced_text_keeps_its_cases_and_words() -> None:
    report = parsed(re.sub(r"\n(?=\S)", "\n\n", TEXT))
    assert [block.numbers for block in report.blocks] == [block.numbers for block in EXPECTED.blocks]
    assert [" ".join(item.text for item in block.paragraphs) for block in report.blocks] == [
        " ".join(item.text for item in block.paragraphs) for block in EXPECTED.blocks
    ]


@pytest.mark.parametrize("form", PAGED)
def test_other_page_numbers_read_the_same(form: str) -> None:
    assert without_lines(parsed(PAGED[form])) == EXPECTED


def laid_out(width: int, hyphens: bool) -> list[str]:
    """The sample set again at a width: one blank line between paragraphs, none inside."""
    wrapper = textwrap.TextWrapper(width, break_on_hyphens=hyphens, break_long_words=False)
    lines = ["Suivi des résolutions de", "", "l’assemblée annuelle 2023", ""]
    for block in EXPECTED.blocks:
        heading = "RÉSOLUTIONS" if len(block.numbers) > 1 else "RÉSOLUTION"
        titles = " – ".join(block.titles[number] for number in block.numbers)
        for text in (f"{heading} {' – '.join(block.numbers)}", titles, *(item.text for item in block.paragraphs)):
            wrapped = wrapper.wrap(text.replace(NO_BREAK, "\x1f"))
            lines += [line.replace("\x1f", NO_BREAK) for line in wrapped] + [""]
    return lines


@pytest.mark.parametrize("hyphens", [False, True])
@pytest.mark.parametrize("width", [48, 60, 72, 100, 140, 1000])
def test_another_width_reads_the_same(width: int, hyphens: bool) -> None:
    assert without_lines(parsed("\n".join(laid_out(width, hyphens)))) == EXPECTED


BREAKS = ("\f", " ", "\n3\n\n", "\n\n- 12 -\n\f", "\nPage 4 de 9\n", "\n12\n\f")


@settings(max_examples=60, deadline=None)
@given(st.data())
def test_pages_may_break_inside_any_sentence(data: st.DataObject) -> None:
    lines = laid_out(72, False)
    inside = [
        index for index in range(4, len(lines)) if lines[index] and lines[index - 1] and lines[index][0].islower()
    ]
    for index in sorted(data.draw(st.sets(st.sampled_from(inside), max_size=8))):
        lines[index] = data.draw(st.sampled_from(BREAKS)) + lines[index]
    assert without_lines(parsed("\n".join(lines))) == EXPECTED


@settings(max_examples=200, deadline=None)
@given(st.text(alphabet=st.sampled_from("RÉSOLUTION résolution 0123456789-–:.,()\n\n\n\f*Aàet«»’"), max_size=400))
def test_no_text_of_its_letters_breaks_the_reader(text: str) -> None:
    check(text)


@settings(max_examples=150, deadline=None)
@given(
    st.lists(st.sampled_from([*sorted(set(TEXT.split("\n"))), "", "", "\f", "RÉSOLUTION 3", "3 – Titre"]), max_size=60)
)
def test_no_order_of_its_lines_breaks_the_reader(lines: list[str]) -> None:
    check("\n".join(lines))


@settings(max_examples=150, deadline=None)
@given(st.text(st.characters(exclude_characters="\0Ãâ", exclude_categories=["Cs"]), max_size=300))
def test_no_text_at_all_breaks_the_reader(text: str) -> None:
    check("Suivi des résolutions\n" + text)


def check(text: str) -> None:
    """The reader answers, every line it names exists, and every case is whole."""
    read = source("x " + text)
    recognise(read)
    report = parse(read)
    for problem in report.problems:
        assert 1 <= problem.line <= len(read.lines)
        assert str(problem.notice)
    for block in report.blocks:
        assert block.numbers and tuple(block.titles) == block.numbers and all(block.titles.values())
        for item in block.paragraphs:
            assert 1 <= item.first_line <= item.last_line <= len(read.lines) and item.text
        for proposal in propose(block, "2024-09~"):
            assert proposal.evidence and proposal.state not in proposal.alternatives


@pytest.mark.parametrize(
    "piece",
    [
        "RÉSOLUTION {}\n",
        "RÉSOLUTION {}\n\nTitre\n\nLe texte est là.\n\n",
        "{} – Titre\n\nTexte.\n\n",
        "mot " * 30 + "\n",
        "-\n",
    ],
)
def test_a_long_text_is_read_in_time_that_grows_with_it(piece: str) -> None:
    """Half a megabyte, many times the longest report."""
    lines = []
    size = 0
    for number in count(1):
        lines.append(piece.format(number % 9999))
        size += len(lines[-1])
        if size > 500_000:
            break
    started = process_time()
    parse(source("Suivi des résolutions\n\n" + "".join(lines)))
    assert process_time() - started < 8
