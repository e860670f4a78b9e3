"""Offices in sentences: the title as the gender of its holder has it, and « de l’époque » for one who has left.

Titles are common nouns (« la ministre du Travail »); a name that begins with an institution (« le ministère… »), or with
a word that is neither, is written as a body’s."""

from __future__ import annotations

import re
from datetime import date
from itertools import zip_longest
from typing import Protocol

from domain.agreement import Inclusive, agreed
from domain.directory import Office
from projections.phrases.catalogue import N_, translator
from projections.phrases.nouns import Noun, begins_with_vowel, body_noun, office_noun, person_noun

_CHARGES = """ambassadeur ambassadrice bâtonnier bâtonnière chef cheffe commissaire conseiller conseillère consul consule coroner
    curateur curatrice député députée directeur directrice gouverneur gouverneure greffier greffière juge leader
    lieutenant-gouverneur lieutenante-gouverneure maire mairesse ministre ombudsman porte-parole premier première préfet
    préfète président présidente procureur procureure protecteur protectrice responsable secrétaire solliciteur
    solliciteuse sous-ministre titulaire vice-premier vice-première vice-président vice-présidente vérificateur
    vérificatrice whip"""
_FIRST = re.compile(r"[\w-]+")
_ARTICLE = re.compile(r"(le|la)\s+|l['’](?=\w)", re.IGNORECASE)


class Someone(Protocol):
    """Who holds an office. `gender`: f, m, or null where nobody said."""

    name: str
    gender: str | None


def title_noun(
    name: str, lang: str, gender: str | None = None, feminine: str | None = None, style: Inclusive = "doublets"
) -> Noun:
    """An office by its title, as the gender of its holder has it; where nobody knows that, of both as a house writes them,
    and as `office_noun` where only one is known."""
    if lang != "fr" or not (feminine or _is_title(name)):
        return office_noun(name, lang)
    his, hers = _his(_common(name)), _hers(_common(feminine or name))
    if gender is not None:
        plain, to, of = hers if gender == "f" else his
        return Noun.of_forms(plain, to, of, title_of(name, gender, feminine))
    if not feminine:
        return office_noun(_common(name), lang)
    if short := _of_both(_common(name), _common(feminine), style):
        return Noun.of_forms(*(his if style == "none" else _whose(short)), _common(name))
    plain, to, of = (f"{her} ou {him}" for her, him in zip(hers, his, strict=True))
    return Noun.of_forms(plain, to, of, _common(name))


def holder_noun(office: Office, holder: Someone | None, day: date, today: date, lang: str) -> Noun:
    """An office with who held it on a day: « la ministre de l’Immigration de l’époque, Christine Fréchette ».

    `holder` is the person that `office.holder_on(day)` names, null where nobody is known; who no longer speaks for the office
    `today`, the date of what is being written, is « de l’époque »."""
    title = office.title_on(day)
    if holder is None:
        return title_noun(title.name, lang, None, title.feminine)
    former, interim = _is_former(office, day, today), _is_interim(office, day)
    if not (title.feminine or _is_title(title.name)):
        return _within(title.name, holder.name, former, lang)
    if lang != "fr" or holder.gender is None:
        return _beside(holder.name, title_of(title.name, holder.gender, title.feminine), former, interim, lang)
    noun = title_noun(title.name, lang, holder.gender, title.feminine)
    after = (" par intérim" if interim else "") + (" de l’époque" if former else "") + f", {holder.name}"
    return Noun.of_forms(noun + after, noun.to + after, noun.of + after, holder.name)


def _of_both(his: str, hers: str, style: Inclusive) -> str | None:
    """« président·e du Conseil », « président » for a house that writes the masculine alone; null where a title is written
    twice: more than one of its words changes, or has no short form."""
    pairs = list(zip_longest(his.split(" "), hers.split(" "), fillvalue=""))
    if style == "doublets" or (style != "none" and sum(m != f for m, f in pairs) > 1):
        return None
    words = his if style == "none" else " ".join(agreed(m, f, style) for m, f in pairs)
    return words if words.count(" ") == his.count(" ") else None


def _whose(title: str) -> tuple[str, str, str]:
    if begins_with_vowel(title):
        return _his(title)
    return f"la ou le {title}", f"à la ou au {title}", f"de la ou du {title}"


def title_of(name: str, gender: str | None, feminine: str | None = None) -> str:
    """The bare title of who holds an office: « ministre du Travail », « présidente du Conseil du trésor »."""
    title = feminine if gender == "f" and feminine else name
    return _common(title) if feminine or _is_title(name) else title


_BESIDE = {
    (False, False): N_("{person}, {title}"),
    (False, True): N_("{person}, interim {title}"),
    (True, False): N_("{person}, then {title}"),
    (True, True): N_("{person}, then interim {title}"),
}


def _beside(person: str, title: str, former: bool, interim: bool, lang: str) -> Noun:
    """Where no title can agree: the person first, the charge beside."""
    noun, template = person_noun(person, lang), translator(lang).gettext(_BESIDE[former, interim])
    if lang == "fr":
        title = f"d’{title}" if begins_with_vowel(title) else f"de {title}"
    plain, to, of = (template.format(person=each, title=title) for each in (noun, noun.to, noun.of))
    return Noun.of_forms(plain, to, of, person)


def _within(institution: str, person: str, former: bool, lang: str) -> Noun:
    """An institution, with who speaks for it in brackets."""
    noun = body_noun(institution, lang)
    template = translator(lang).gettext(N_("{office} (then {person})") if former else N_("{office} ({person})"))
    plain, to, of = (template.format(office=each, person=person) for each in (noun, noun.to, noun.of))
    return Noun.of_forms(plain, to, of, person)


def _is_former(office: Office, day: date, today: date) -> bool:
    """Whether who held it on a day had left it by today. Of terms that overlap, each goes on."""
    then = office.holder_on(day)
    if then is None or then == office.holder_on(today):
        return False
    return office.over_on(today) or not any(t.person == then and t.holds(today) for t in office.terms)


def _is_interim(office: Office, day: date) -> bool:
    term = office.term_on(day)
    return term is not None and term.interim


def _is_title(name: str) -> bool:
    first = _FIRST.match(_bare(name))
    return first is not None and first[0].casefold() in _CHARGES.split()


def _bare(name: str) -> str:
    return _ARTICLE.sub("", name, count=1) if _ARTICLE.match(name) else name


def _common(title: str) -> str:
    """Without its article, as a common noun: « ministre du Travail »."""
    bare = _bare(title)
    return bare[:1].lower() + bare[1:] if bare[1:2].islower() else bare


def _his(title: str) -> tuple[str, str, str]:
    if begins_with_vowel(title):
        return f"l’{title}", f"à l’{title}", f"de l’{title}"
    return f"le {title}", f"au {title}", f"du {title}"


def _hers(title: str) -> tuple[str, str, str]:
    return _his(title) if begins_with_vowel(title) else (f"la {title}", f"à la {title}", f"de la {title}")


_PORTFOLIO = re.compile(
    r"^ministres?(?: déléguée?| responsable)?"
    r"(?: (?:à (?:la |l’)?|aux? |de (?:la |l’)|du |des |de |d’))(?=\S)", re.IGNORECASE
)  # fmt: skip


def short_title(name: str) -> str:
    """A ministry by its portfolio alone, as a margin or a figure has room for: « Environnement », « Services sociaux »; any
    other office by its whole name."""
    first = _PORTFOLIO.sub("", name).partition(", ")[0] if _PORTFOLIO.match(name) else name
    return first[:1].upper() + first[1:]
