"""The typography of generated French, as Quebec prints it.

Source: Office québécois de la langue française, Vitrine linguistique, « Espacement avant et après les
signes de ponctuation et les symboles »: a no-break space before the colon, inside « », before % and $ and
between the groups of a number; none before ; ! ? where the thin space is not to be had.
"""

from __future__ import annotations

import re

NO_BREAK = "\u00a0"
_SPACES = "[ \u00a0\u2009\u202f]"

_FRENCH = [
    (re.compile(pattern), replacement)
    for pattern, replacement in (
        (r"(?<=\w)['ʼ](?=[\w«])", "’"),
        (rf"(?<=\S){_SPACES}+(?=[;!?])", ""),
        (rf"«{_SPACES}*(?=\S)", f"«{NO_BREAK}"),
        (rf"(?<=\S){_SPACES}*»", f"{NO_BREAK}»"),
        (rf"(?<=\S){_SPACES}+:(?=\s|$)", f"{NO_BREAK}:"),
        (r"(?<=[\w»)’]):(?=\s|$)", f"{NO_BREAK}:"),
        (rf"(?<=\d){_SPACES}*(?=[$%])", NO_BREAK),
    )
]
THIN = "\u202f"
_DOUBLE = re.compile(r"(?<=[\w»)’”.…%$}])(?=[;!?])")
_GROUPED = re.compile(rf"(?<![\d.,-])\d{{1,3}}(?:{_SPACES}\d{{3}})+(?!\d)")


def semicolon(lang: str, *, spaced: bool = False) -> str:
    """What ends an item of a list that another follows."""
    return f"{THIN};" if spaced and lang == "fr" else ";"


def typeset(text: str, lang: str, *, spaced: bool = False) -> str:
    """`text` with the spaces and apostrophes of its language; English is left as it is. `spaced`: a thin space before
    ; ! ? as some houses have it.

    For sentences that we generate: titles and quoted sources are printed as they were written.
    """
    if lang != "fr":
        return text
    for pattern, replacement in _FRENCH:
        text = pattern.sub(replacement, text)
    if spaced:
        text = _DOUBLE.sub(THIN, text)
    return _GROUPED.sub(lambda number: re.sub(_SPACES, NO_BREAK, number[0]), text)
