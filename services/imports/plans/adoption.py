"""What a page says of the adoption of its parts: « (Adopté au Congrès du 11 et 12 mai 2012) », « (For adoption at …) »."""

from __future__ import annotations

import re
from collections.abc import Iterable

from domain.time.notation import BadDate
from domain.time.schedules import Context, read_schedule
from domain.time.vocabulary import fold
from domain.values import Edtf
from services.imports.plans.reading import Adoption, AdoptionState

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
_PLAN = re.compile(r"plan d'action|action plan|plan de travail|work ?plan|\bplan\b|\bactions?\b")
_ORIENTATIONS = re.compile(r"\borientations?\b|\bbuts?\b|\bgoals?\b|\bobjecti(?:f|ve)s?\b")


def read_adoption(told: Iterable[tuple[str, int]]) -> tuple[Adoption, ...]:
    """What is said of each part, the first time; `told` holds paragraphs with their lines, each part named before or with
    what is said of it."""
    found: list[Adoption] = []
    part: str | None = None
    for text, line in told:
        part = _part(text) or part
        one = _adoption(text, line, part)
        if one and all(each.what != one.what for each in found):
            found.append(one)
    return tuple(found)


def _part(text: str) -> str | None:
    folded = fold(text)
    places = {name: found.start() for name, sign in (("orientations", _ORIENTATIONS), ("plan", _PLAN))
              if (found := sign.search(folded))}  # fmt: skip
    return min(places, key=lambda name: places[name], default=None)


def _adoption(text: str, line: int, part: str | None) -> Adoption | None:
    folded = fold(text)
    for state, said in _SAID.items():
        if found := said.search(folded):
            words = text[found.start("words") : found.end("words")].strip()
            by, on = _by_and_on(words, folded[found.start("words") : found.end("words")])
            what = "orientations" if part == "orientations" else "plan"
            return Adoption(what, state, by, on, words, line)  # type: ignore[arg-type]
    return None


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
