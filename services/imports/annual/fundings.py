"""Fundings and figures: who gave what, and every number with its qualifier."""

from __future__ import annotations

import re
from collections.abc import Iterator

from domain.quantities import Found, find_figures
from domain.time.vocabulary import fold
from services.imports.annual.dates import dates_in
from services.imports.annual.letters import shortened
from services.imports.annual.names import NAME
from services.imports.annual.page import Passage, Section, caption
from services.imports.annual.reading import Entry
from services.imports.sentences import sentences

_MONEY = re.compile(
    r"\b(?:cotisations?|dons?|subventions?|financements?|bourses?|appuis? (?:financiers?|d'|du|de la|des)"
    r"|contributions? financieres?|commandites?|octrois?|dues|donations?|grants?|funding|subsid\w+|sponsorships?)\b"
)
_PAYER = re.compile(
    rf"(?:de la part d[eu]s?|d[ue]s?|de la|de l['’]|d['’]|auprès d[ue]|par (?:le |la |l['’])?|from (?:the )?|by (?:the )?)"
    rf" ?((?:{NAME})|ses membres|nos membres|our members)"
)
_NO_PAYER = re.compile(r"^(?:Cette|Le|La|Les|Il|Elle|En|Un|Une|Nous|The|This|We|It)$")
_THANKS = re.compile(r"\b(?:remerci\w+|thank\w*)\b")
_ORDINAL = re.compile(
    r"\b(?:(?:l[ae] (?:premiere?|second|seconde|deuxieme|troisieme|quatrieme)|l'une?|l'autre)"
    r"|the (?:first|second|third|fourth|other))(?=,? )"
)
_LEAD = 100  # letters that lead to what is counted, at most: the title of each begins with them
_NEAR = 1_000  # letters about a figure among which its sentence is looked for
_SKIPPED = frozenset({"acronyms", "board", "team", "thanks"})


def read_fundings(sections: tuple[Section, ...], reference: str | None) -> Iterator[Entry]:
    """What stands in the sections about money and says who gave: a sentence of a paragraph, or an item."""
    for section in sections:
        if section.role != "funding":
            continue
        for passage in section.passages:
            pieces = list(_each(passage.text)) if passage.mark or passage.cells else sentences(passage.text)
            for piece in pieces:
                if entry := _funding(piece, passage, section.heading.text, reference):
                    yield entry


def _each(text: str) -> Iterator[str]:
    """An item that counts what it holds (« Deux subventions : la première, de …; la seconde, du … ») one by one, each after
    the words that lead to them; any other item whole."""
    starts = [match.start() for match in _ORDINAL.finditer(fold(text))]
    lead = text[: starts[0]] if len(starts) > 1 else ""
    if not lead.rstrip().endswith(":") or len(lead) > _LEAD:
        yield text
        return
    for start, end in zip(starts, [*starts[1:], len(text)], strict=True):
        yield lead + text[start:end].strip(" ;,")


def _funding(text: str, passage: Passage, where: str, reference: str | None) -> Entry | None:
    money = _MONEY.search(fold(text))
    if money is None or (_THANKS.search(fold(text)) and "$" not in text):
        return None
    figures = tuple(found.figure for found in find_figures(text) if found.sure)
    sums = [figure for figure in figures if figure.unit in ("$", "€")]
    if not sums and not passage.mark and not passage.cells:
        return None
    dates = dates_in(text, reference)
    payers = [match[1] for match in _PAYER.finditer(text) if not _NO_PAYER.match(match[1])]
    payers = [name for name in dict.fromkeys(payers) if not re.fullmatch(r"[A-ZÀ-Þ]?[a-zà-ÿ]{0,2}", name)]
    return Entry(
        "funding", shortened(text.rstrip(" ;.»").strip()), text.rstrip(" ;"), passage.first_line, passage.last_line,
        dates[0].edtf if dates else None, dates[0].words if dates else None, parties=tuple(payers[:3]), figures=figures,
        where=where, confidence="high" if sums else "medium",
    )  # fmt: skip


def read_figures(sections: tuple[Section, ...], period: str | None) -> Iterator[Entry]:
    """Every figure of the text. What captions, lists of names and titles between quotation marks hold is none."""
    for section in sections:
        if section.role in _SKIPPED and section.top != "team":
            continue
        for passage in section.passages:
            if caption(passage.text) or passage.cells:
                continue
            quoted = [match.span() for match in re.finditer(r"«[^«»]*»|“[^“”]*”", passage.text)]
            for found in find_figures(passage.text):
                if not any(a <= found.start < b for a, b in quoted):
                    yield _figure(found, passage, section, period)


def _figure(found: Found, passage: Passage, section: Section, period: str | None) -> Entry:
    figure = found.figure
    return Entry(
        "figure", shortened(figure.measures), sentence_at(passage.text, found.start), passage.first_line, passage.last_line,
        period, figures=(figure,), where=section.heading.text, confidence="high" if found.sure else "low",
    )  # fmt: skip


def sentence_at(text: str, at: int) -> str:
    """The sentence in which a place of a text stands."""
    first = max(0, at - _NEAR)
    near, reached = text[first : at + _NEAR], 0
    for sentence in sentences(near):
        start = near.find(sentence, reached)
        reached = start + len(sentence)
        if start <= at - first < reached:
            return sentence
    return near
