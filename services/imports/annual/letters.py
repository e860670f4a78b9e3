"""Letters of advocacy as a report lists them: « Le 8 août 2024, lettre au gouvernement … demandant … »."""

from __future__ import annotations

import re

from domain.figures import Figure
from domain.quantities import find_figures
from domain.record.events import Form
from domain.time.vocabulary import fold
from domain.values import Count
from services.imports.annual.dates import dates_in
from services.imports.annual.names import NAME, capital, split_names
from services.imports.annual.page import Passage
from services.imports.annual.reading import Entry
from services.imports.report import Confidence

_WRITTEN = re.compile(
    r"\b(?:lettre|petition|declaration|felicitations|joint (?:sa|leur|notre) voix|cosign\w*|signature|signe|signataire|appui a"
    r"|letter|statement|congratulat\w+|signed|joined|support (?:of|for|to)|endors\w+)\b"
)
_FORMS: tuple[tuple[Form, str], ...] = (
    ("congratulations", r"felicit\w+|congratulat\w+"),
    ("petition", r"petitions?"),
    ("collective_letter",
     r"(?:lettre|letter) (?:collective|commune|conjointe)|(?:collective|joint) letter|signature (?:d'une |de la |\()|cosignature"
     r"|(?:signed|signature of|co-?signed) (?:an?|the) |signataires? (?:d'une|de la) lettre|lettre ouverte|open letter"),
    ("support", r"(?:appui|soutien|adhesion) (?:a|au|aux)\b|appuye|endorse\w*|support (?:of|for|to)|supported"),
    ("letter", r"lettre|letter|voix|wrote|ecri\w+"),
    ("declaration", r"declaration|statement"),
)  # fmt: skip
_ASKS = (
    r"(?:demandant|reclamant|exigeant|exhortant|priant|enjoignant|appelant|interpellant|invitant|asking"
    r"|calling on|urging|demanding|requesting|(?:pour |afin de )(?:demander|reclamer|exiger|exhorter"
    r"|interpeller|inviter|presser)|to ask|to urge|to call on)"
)
_TO = re.compile(
    r"\b(?:lettres?(?: (?:collective|commune|conjointe|ouverte|de felicitations))*|letters?(?: of congratulations)?|felicitations"
    r"|congratulations|petition|ecrit|wrote)(?: (?:adressee|envoyee|transmise|sent|addressed))?"
    r" (?P<to>(?:a l'|a la |au |aux |a |to (?:the )?).{2,160}?)"
    rf"(?=,? (?:{_ASKS}|pour|afin|concernant|au sujet|a propos|sur|contre|in support"
    r"|about|regarding|on|for|reunissant)\b|[,;.:(]|$)"
)
_DOES = r"(?:de |d')(?:ne (?:pas|plus) |se |s'|y |en |mieux )?[a-z]+(?:er|ir|re|oir)\b"
_ASKED = re.compile(
    rf"\b{_ASKS} (?:instamment )?(?P<to>(?:a l'|a la |au |aux |a |the )?.{{2,160}}?)"
    rf"(?= (?:{_DOES}|que |qu'|pour |to |that )|[;.:]|$)"
)
_SEVERAL = re.compile(r"\baux (?P<to>[a-z]+s (?:[a-z-]+, )+[a-z-]+ et [a-z-]+)\b")
_AUTHOR = re.compile(
    r"(?:(?:lettre|d[ée]claration|p[ée]tition|letter|statement|petition)(?: collective| commune)?"
    r" (?:de la |du |des |de l['’]|of (?:the )?)"
    rf"|(?:(?:r[ée]dig|initi|lanc|port)[ée]e|[ée]crite|written|led) (?:par|by) (?:la |le |les |l['’]|the )?)"
    rf"(?P<who>(?:[a-zà-ÿ]+ )?{NAME})"
)
_ALONE = re.compile(r"^(?:a l'|a la |au |aux |a |to the |to )")
_NOBODY = re.compile(r"^(?:le|la|les|l'|un|une|des|du|de|d'|que|the|an?|for|instamment)\b")
_SIGNING = re.compile(
    r"organi[sz]ations?|organismes?|groupes?|groups?|syndicats?|unions?|signat\w+|centrales?|personnes|people|individus"
)
_LISTED = re.compile(
    r"\b(?:organisations|organismes|groupes|syndicats|centrales|unions|organi[sz]ations|groups)[^().;]{0,40}\((?P<names>[^()]{3,300})\)"
)
_ADJECTIVES = re.compile(r"^(?P<noun>[a-zà-ÿ]+s) (?P<each>[a-zà-ÿ-]+(?:, [a-zà-ÿ-]+)* (?:et|and) [a-zà-ÿ-]+)$")
MOST = 160  # letters of a subject


def is_letter(passage: Passage, listed: bool) -> bool:
    """Whether an item tells of a letter: it opens with its date, and says what was written. `listed`: the list says so."""
    found = dates_in(passage.text)
    return bool(found) and found[0].start < (60 if listed else 6) and bool(_WRITTEN.search(fold(passage.text)))


def read_letter(passage: Passage, where: str, reference: str | None) -> Entry:
    """The letter that an item tells of."""
    date = dates_in(passage.text, reference)[0]
    said = passage.text[date.end :].lstrip(" ,:–—-").rstrip(" ;.,")
    form = form_of(said) or "letter"
    to = addressees(said)
    names, count = cosigners(said)
    if form in ("support", "collective_letter", "declaration", "petition"):
        names = (*names, *(author["who"] for author in _AUTHOR.finditer(said)))
    confidence: Confidence = "high" if form != "letter" or to else "medium"
    return Entry(
        "advocacy", shortened(capital(said)), passage.text.rstrip(" ;"), passage.first_line, passage.last_line, date.edtf,
        date.words, form=form, addressees=to, parties=names, cosigners=count, where=where, confidence=confidence,
    )  # fmt: skip


def form_of(said: str) -> Form | None:
    """What was written, by the first words that say it."""
    flat = fold(said)
    found = [
        (match.start(), place, form)
        for place, (form, words) in enumerate(_FORMS)
        if (match := re.search(rf"\b(?:{words})", flat))
    ]
    strong = [each for each in found if each[2] in ("congratulations", "collective_letter")]
    return min(strong or found)[2] if found else None


def addressees(said: str) -> tuple[str, ...]:
    """To whom it was sent, one by one, as written; none where the page names nobody."""
    flat = fold(said)
    if several := _SEVERAL.search(flat):
        return _each(said[several.start("to") : several.end("to")])
    match = _TO.search(flat) or _ASKED.search(flat)
    if match is None:
        return ()
    words = said[match.start("to") : match.end("to")]
    if not _ALONE.match(match["to"]) and (_NOBODY.match(match["to"]) or not words[:1].isupper()):
        return ()
    pieces = re.split(r",? (?:et|and) (?=[àa] |au |aux |to )|, (?=[àa] |au |aux |to )", words)
    return tuple(name for piece in pieces for name in _each(_without_preposition(piece)) if len(name) > 1)


def _each(name: str) -> tuple[str, ...]:
    """« gouvernements mexicain, canadien et étatsunien »: one for each adjective."""
    match = _ADJECTIVES.match(name)
    if match is None:
        return (name,)
    singular = match["noun"].removesuffix("s")
    return tuple(f"{singular} {each}" for each in re.split(r", | et | and ", match["each"]))


def _without_preposition(words: str) -> str:
    return re.sub(r"^(?:[àa] l['’]|[àa] la |[àa] |au |aux |to the |to )", "", words.strip(" ,;.")).strip()


def cosigners(said: str) -> tuple[tuple[str, ...], Count | None]:
    """Who signed with us, by name or by number: « avec 172 autres organisations » is that many beside us."""
    flat = fold(said)
    if match := _LISTED.search(flat):
        names = split_names(said[match.start("names") : match.end("names")])
        return names, Count(len(names), len(names))
    for found in find_figures(said):
        if (
            found.figure.unit
            and _SIGNING.fullmatch(fold(found.figure.unit))
            and re.search(r"\b(?:avec|with)\W+$", said[: found.start])
        ):
            return (), _count(found.figure)
    return (), None


def _count(figure: Figure) -> Count:
    """No more precise than its words: about forty is more than one."""
    value = int(figure.value) if figure.value is not None else 2
    if figure.bound == "exact":
        return Count(value, value, figure.words)
    return Count(value if figure.bound == "at_least" else min(value, 2), None, figure.words)


def shortened(text: str, most: int = MOST) -> str:
    """A title from a sentence: whole if it fits, else cut where a clause ends, or at a word."""
    if len(text) <= most:
        return text
    quoted = [match.span() for match in re.finditer(r"«[^«»]*»|“[^“”]*”", text)]
    ends = [match.start() for match in re.finditer(r"(?:\. | ; |, )", text[:most])]
    ends = [end for end in ends if end > most / 2 and not any(a < end < b for a, b in quoted)]
    return (text[: ends[-1]] if ends else text[: most - 1].rpartition(" ")[0]).rstrip(" ,;:.") + "…"
