"""What a page says of the adoption of its parts: « (Adopté au Congrès du 11 et 12 mai 2012) », « (For adoption at …) »."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Literal

from domain.time.notation import BadDate
from domain.time.schedules import Context, read_schedule
from domain.time.vocabulary import fold
from domain.values import Edtf
from services.imports.plans.reading import Adoption, AdoptionState

Part = Literal["orientations", "plan"]

_STATES: dict[AdoptionState, str] = {
    "proposed": r"(?:pour|en vue d'|proposee?s? (?:pour|a l'))\s?(?:l')?adoption|a adopter|projet (?:soumis|presente|depose)e?"
    r"|(?:for|proposed for|pending) (?:adoption|approval)|to be (?:adopted|approved)|draft (?:submitted|presented)",
    "adopted": r"adopte(?:e|s|es)?|entere?ine(?:e|s|es)?|approuve(?:e|s|es)?|(?:adopted|approved)",
}
_SAID = {
    state: re.compile(rf"(?:^|\()\s*(?P<words>(?:{said})\b[^()]{{0,120}}?)\s*(?:\)|\.?$)")
    for state, said in _STATES.items()
}
_DATE = re.compile(
    r"(?<![\w])(?:du |des |le |les |de |d'|on |of )?(?P<day>(?:\d{1,2}(?:er|st|nd|rd|th)?\b|janv|fev|mars|avr|mai|juin|juil|aout|"
    r"sept|oct|nov|dec|jan|feb|apr|may|june|july|aug|printemps|automne|(?:19|20)\d\d)[^()]*)$"
)
_PARTS: dict[Part, re.Pattern[str]] = {
    "orientations": re.compile(r"\borientations?\b|\bdirections\b|\bbuts?\b|\bgoals?\b|\bobjecti(?:f|ve)s?\b"),
    "plan": re.compile(r"plan d'action|action plan|plan de travail|work ?plan|\bplan\b|\bactions?\b"),
}
_AND = re.compile(r"(?: (?:19|20)\d\d(?: ?- ?(?:19|20)\d\d)?)? ?(?:et|and|&|,) ?(?:notre |nos |le |l'|our |the )?")
_FEMININE = re.compile(r"^\w+ees\b")


def read_adoption(told: Iterable[tuple[str, int]]) -> tuple[Adoption, ...]:
    """What is said of each part, the first time; `told` holds paragraphs with their lines, each part named before or with
    what is said of it."""
    found: list[Adoption] = []
    parts: tuple[Part, ...] = ()
    for text, line in told:
        parts = _parts(text) or parts
        for one in _adoptions(text, line, parts):
            if all(each.what != one.what for each in found):
                found.append(one)
    return tuple(found)


def _parts(text: str) -> tuple[Part, ...]:
    """The part that a text names first; both of « Orientations et plan d’action »."""
    folded = fold(text)
    places: dict[Part, re.Match[str]] = {
        name: found for name, sign in _PARTS.items() if (found := sign.search(folded))
    }  # fmt: skip
    named = sorted(places, key=lambda name: places[name].start())
    if len(named) == 2 and not _AND.fullmatch(folded[places[named[0]].end() : places[named[1]].start()]):
        return (named[0],)
    return tuple(named)


def _adoptions(text: str, line: int, parts: tuple[Part, ...]) -> Iterator[Adoption]:
    """What a text says of the adoption of these parts; of the plan, where none was named. Of both, « adoptées » is said of the
    orientations alone."""
    folded = fold(text)
    for state, said in _SAID.items():
        if found := said.search(folded):
            words = text[found.start("words") : found.end("words")].strip()
            by, on = _by_and_on(words, folded[found.start("words") : found.end("words")])
            of = ("orientations",) if len(parts) > 1 and _FEMININE.search(found["words"]) else parts or ("plan",)
            yield from (Adoption(what, state, by, on, words, line) for what in of)
            return


_LEAD = re.compile(
    r"^(?:.*?(?:adopte\w*|entere?ine\w*|approuve\w*|adoption|adopter|soumise?|presentee?|deposee?|adopted|approved|approval|"
    r"submitted|presented))\s*(?:(?:a l'|(?:par|aux?|a la|a|lors d[eu]s?|en|at|by|in)\b)\s*(?:the |le |la |l')?)?"
)


def _by_and_on(words: str, folded: str) -> tuple[str | None, Edtf | None]:
    """The body and the day of « Adopté au Congrès du 11 et 12 mai 2012 »."""
    lead = _LEAD.match(folded)
    start = lead.end() if lead else 0
    date = _DATE.search(folded, start)
    by = words[start : date.start() if date else len(words)].strip(" ,.:;-–—")
    on = None
    if date:
        try:
            on = read_schedule(_unshortened(words[date.start("day") :]), Context())[0].schedule.edtf
        except BadDate:
            on = None
    return by or None, on


def _unshortened(words: str) -> str:
    """« 30 nov. 1er déc. 2012 » and “May 11-12, 2012” as the grammar of time reads them."""
    said = re.sub(r"(?<=[a-zé])\.(?=\s|$)", "", words.strip(" .)"))
    said = re.sub(r"^([A-Za-z]+) (\d{1,2})(?: ?[-–] ?| and )(\d{1,2}),? (\d{4})$", r"\2-\3 \1 \4", said)
    return re.sub(r"(?<=[a-zé]{3}) (?=\d{1,2}(?:er)? [a-zéû]{3,} \d{4})", ", ", said)
