"""How many, in words: « 9 », « au moins 3 », « de 2 à 4 », or the words that someone used."""

from __future__ import annotations

from domain.values import Count
from projections.phrases.catalogue import N_, say, write_number


def count_words(count: Count, lang: str) -> str:
    """A count as a list prints it; sums included, which have no words of their own."""
    if count.max is None:
        return say(N_("at least {n}"), lang, n=write_number(count.min, lang))
    if count.min == count.max:
        return write_number(count.min, lang)
    return say(N_("{least} to {most}"), lang, least=write_number(count.min, lang), most=write_number(count.max, lang))
