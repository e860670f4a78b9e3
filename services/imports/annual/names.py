"""Names inside the sentences of a report: of those who wrote, were written to, or took part."""

from __future__ import annotations

import re

from domain.words import plain


def unaccented_too(pattern: str) -> str:
    """The same pattern for words whose accents were lost: « é » or « e ». Not for classes that name accented letters."""
    return re.sub("[àâéèêîôû]", lambda letter: f"[{letter[0]}{plain(letter[0])}]", pattern)


_CAPITAL = r"[A-ZÀ-ÖØ-Þ]"
_ARTICLE = r"(?:le |la |les |l['’]|du |des |de la |de l['’]|d['’]|the |an? )"
_JOINED = r"(?:(?:de|à|pour|sur|contre) (?:la|les?)|du|des|de|et|pour|sur|à|en|aux?|of the|of|and|for|on|the)"
_ELIDED = r"(?:(?:de|à|pour|sur) )?[ld]['’]"
_BODY = unaccented_too(
    r"(?:[Aa]lliance|[Aa]ssociation|[Cc]entre|[Cc]entrale|[Cc]oalition|[Cc]ollectif|[Cc]omité|[Cc]onfédération|[Cc]onseil"
    r"|[Cc]oopérative|[Ff]édération|[Ff]ondation|[Ff]orum|[Ff]ront|[Gg]roupe|[Ii]nstitut|[Ll]igue|[Mm]ouvement|[Rr]egroupement"
    r"|[Rr]éseau|[Ss]yndicat|[Tt]able|[Uu]nion|[Mm]inistère|[Gg]ouvernement|[Vv]ille|[Cc]ommission|[Oo]ffice)"
)
_OF = r"(?:de la |de l['’]|des |du |de |d['’]|pour la |pour le |pour les |pour l['’]|pour |contre la |contre les )"
NAME = (
    rf"(?:{_CAPITAL}[\w’'-]+(?: [\w’'-]+){{1,9}} \([A-Z][A-Z0-9-]+\)"
    rf"|{_BODY}(?: {_CAPITAL}?[\w’'-]*[a-zà-ÿ](?<!ant))? {_OF}[\w’'-]+(?: {_OF}?{_CAPITAL}[\w’'-]*){{0,4}}"
    rf"(?: et (?:{_OF})?[\w’'-]+s\b)?(?: {_CAPITAL}[\w’'-]+){{0,4}}"
    rf"|{_CAPITAL}[\w’'&-]*(?: (?:{_JOINED} |{_ELIDED})?(?:{_CAPITAL}[\w’'&-]*|\([A-Z][\w-]+\)|\d{{2,3}}(?!\d))){{0,12}})"
)
"""A pattern for a name: any words up to their acronym in parentheses; the name of a body with what it is of; else words with a
capital, joined by little ones."""
_END = re.compile(r"[\s,;:.»”)]+$")
_WITH = re.compile(
    rf"(?:en (?:collaboration|partenariat) avec|organis[ée]e?s? (?:conjointement )?par|avec l['’]appui d[eu]s?"
    rf"|(?:together |jointly )?with|organi[sz]ed by|in partnership with|(?<!en date )avec)"
    rf" {_ARTICLE}?({NAME})(?: et {_ARTICLE}?({NAME})| and (?:the )?({NAME}))?"
)


def partners(text: str) -> tuple[str, ...]:
    """With whom something was done, as written."""
    found = [name for match in _WITH.finditer(text) for name in match.groups() if name]
    return tuple(dict.fromkeys(name if name.endswith(")") and "(" in name else _END.sub("", name) for name in found))


def split_names(text: str) -> tuple[str, ...]:
    """« A, B et C » one by one, a comma before « et » or not; articles and what stands in parentheses after them aside."""
    bare = re.sub(r"\s\([a-zà-ÿ][^)]*\)", "", text).strip(" ,;.:–—-")
    pieces = re.split(r"\s*,\s*(?:et |and )?|\s+(?:et|and)\s+(?=(?:le |la |les |l['’]|the )?[A-ZÀ-Þ])", bare)
    return tuple(piece.strip() for piece in pieces if piece.strip())


def without_article(name: str) -> str:
    """The name alone."""
    return re.sub(rf"^{_ARTICLE}", "", name.strip(), flags=re.IGNORECASE).strip()


def capital(text: str) -> str:
    """The text with a capital at its head."""
    return text[:1].upper() + text[1:]
