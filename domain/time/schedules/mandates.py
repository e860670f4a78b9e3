"""Years of a mandate or of a plan: « mandat complet », « reste du mandat », « la 2e année du mandat »."""

from __future__ import annotations

import re
from datetime import date, timedelta
from functools import cache

from domain.time.elements import later
from domain.time.notation import earliest, edtf, latest
from domain.time.schedules.phrase import Phrase, Rule, Table, table
from domain.time.schedules.refusals import NoPeriod, NoPrevious
from domain.time.schedules.values import Context, Kind, Schedule

_THE = r"(?:pour |pendant |durant |dans |sur |de |during |for )?(?:le |la |the |tout(?:e)? (?:le |la )?)?"
_TERM = (
    r"(?:mandat|plan|periode|triennat|mandate|term(?: of office)?)(?: (?:du|de la|de l'|of the|of) ?[^,;0-9]{2,60})?"
)
_RANKS = {
    "1": r"premiere|1re|1ere|1|first", "2": r"deuxieme|seconde|2e|2|second", "3": r"troisieme|3e|3|third",
    "4": r"quatrieme|4e|4|fourth", "5": r"cinquieme|5e|5|fifth",
}  # fmt: skip
_GOES_ON = re.compile("en cours|still ")
_RANK = "|".join(_RANKS.values())


def _ends(phrase: Phrase, context: Context) -> tuple[str, str]:
    """The first and the last date of the period that is stated, as EDTF."""
    if context.period is None:
        raise NoPeriod(words=phrase.text)
    begin, _, end = edtf(context.period).partition("/")
    return begin, end or begin


def _said(kind: Kind, text: str) -> Schedule:
    return Schedule(words="", kind=kind, edtf=edtf(text))


def _whole(phrase: Phrase, match: re.Match[str], context: Context) -> Schedule:
    return _said("continuous", "/".join(_ends(phrase, context)))


def _rest(phrase: Phrase, match: re.Match[str], context: Context) -> Schedule:
    """From the step before, or from the day of the text, to the end of the mandate."""
    end = _ends(phrase, context)[1]
    if context.previous:
        return _said("continuous", f"{edtf(context.previous).strip('{}').split(',')[-1].rpartition('/')[2]}/{end}")
    if context.reference is None:
        raise NoPrevious(words=phrase.text)
    reference = context.reference
    begin = reference.isoformat() if isinstance(reference, date) else edtf(reference)
    return _said("continuous", f"{begin.rpartition('/')[2]}/{end}")


def _by_end(phrase: Phrase, match: re.Match[str], context: Context) -> Schedule:
    return _said("once", f"../{_ends(phrase, context)[1]}")


def _within(phrase: Phrase, match: re.Match[str], context: Context) -> Schedule:
    return _said("once", "/".join(_ends(phrase, context)))


def _next(phrase: Phrase, match: re.Match[str], context: Context) -> Schedule:
    return _said("once", f"{_ends(phrase, context)[1]}/..")


def _year(phrase: Phrase, match: re.Match[str], context: Context) -> Schedule | None:
    """The nth year: between two years as they are named (2020/2021), else from day to day."""
    nth = next(int(rank) for rank, pattern in _RANKS.items() if re.fullmatch(pattern, match["rank"]))
    begin, end = _ends(phrase, context)
    if len(begin) == 4 and begin.isdigit():
        text = f"{int(begin) + nth - 1:04}/{int(begin) + nth:04}"
    else:
        start = earliest(begin)
        if start is None:
            return None
        text = f"{later(start, nth - 1, 'an')}/{later(start, nth, 'an') - timedelta(days=1)}"
    limit, reached = latest(end), latest(text)
    return None if limit and reached and reached > limit else _said("once", text)


def _half_way(phrase: Phrase, match: re.Match[str], context: Context) -> Schedule | None:
    first, last = (earliest(_ends(phrase, context)[0]), latest(_ends(phrase, context)[1]))
    if first is None or last is None:
        return None
    middle = first + (last - first) / 2
    return _said("once", f"{middle:%Y-%m}~")


def _after(phrase: Phrase, match: re.Match[str], context: Context) -> Schedule:
    """« À la suite de cette journée », « quelques jours plus tard », « est toujours en cours »: after what was said."""
    if context.previous is None:
        raise NoPrevious(words=phrase.text)
    begin = edtf(context.previous).strip("{}").split(",")[-1].rpartition("/")[2]
    return _said("continuous" if _GOES_ON.search(phrase.folded) else "once", f"{begin}/..")


@cache
def rules() -> Table:
    """What needs the years of the mandate, then what needs the date that came before."""
    rest = r"reste|restant|remainder|rest"
    patterns: list[tuple[str, Rule]] = [
        (rf"{_THE}(?:{_TERM} (?:complet|entier)e?|(?:(?:toute )?la )?duree du {_TERM}|full {_TERM})", _whole),
        (
            rf"(?:pendant |durant |throughout |during )?(?:tout le|toute la|(?:the )?(?:whole|entire)|throughout the) ?{_TERM}",
            _whole,
        ),
        (rf"(?:au cours|dans le cours|in the course) (?:du|de la|of the) {_TERM}", _within),
        (rf"{_THE}(?:{rest}) (?:du|de la|of the) {_TERM}", _rest),
        (
            rf"(?:d'ici (?:a )?|avant |a |en |by |before )?(?:la |the )?(?:fin|end) (?:du|de la|de|of the) {_TERM}",
            _by_end,
        ),
        (rf"(?:reporte(?:e?s?) |carried over )?(?:au|dans le|le|in the|to the|the)? ?(?:prochain|next) {_TERM}", _next),
        (rf"(?:a (?:la )?)?mi-{_TERM}|(?:a|au) (?:la )?(?:milieu|moitie) du {_TERM}|mid-{_TERM}", _half_way),
        (
            rf"(?:dans |au cours de |pendant |a |during |in )?(?:la |l'|the )?(?:(?P<rank>{_RANK}) (?:annee|year)"
            rf"(?: (?:du|de la|of the) {_TERM})?)",
            _year,
        ),
        (rf"(?:annee|an|year) (?P<rank>{_RANK})(?: (?:du|of the) {_TERM})?", _year),
        (
            r"(?:a la suite de (?:cet(?:te)? |ce )[a-z ]{3,30}|quelques (?:jours|semaines|mois) plus tard|par la suite"
            r"|(?:est )?toujours en cours|a ce moment|afterwards|a few (?:days|weeks|months) later|at that (?:time|point)"
            r"|(?:is )?still (?:ongoing|under way|in progress)|(?:following|after) that (?:day|meeting|event))",
            _after,
        ),
    ]
    return table(patterns)
