"""How an office and its holder are addressed in Quebec: « Monsieur Bernard Drainville / Ministre de l’Éducation »,
« Madame la Ministre ». Gender is French's own: these words stand side by side here rather than in a catalogue.

Source: Office québécois de la langue française, Vitrine linguistique, on the inside address and on forms of address."""

from __future__ import annotations

import re
from typing import NamedTuple

from domain.agreement import Inclusive
from domain.errors import Label
from domain.words import plain
from projections.phrases.offices import title_noun
from projections.phrases.typography import NO_BREAK
from services.letters.facts import Addressee, Gender, Holder


class Charge(NamedTuple):
    """A charge in the masculine and in the feminine, and how its holder is saluted where that is not the same."""

    m: str
    f: str
    saluted_m: str = ""
    saluted_f: str = ""

    def form(self, gender: Gender) -> str:
        return self.f if gender == "f" else self.m

    def saluted(self, gender: Gender) -> str:
        return _capital((self.saluted_f if gender == "f" else self.saluted_m) or self.form(gender))


_CHARGES = (
    Charge("premier ministre", "première ministre", "Premier Ministre", "Première Ministre"),
    Charge("vice-premier ministre", "vice-première ministre", "Vice-Premier Ministre", "Vice-Première Ministre"),
    Charge("ministre délégué", "ministre déléguée", "ministre", "ministre"),
    Charge("ministre", "ministre"),
    Charge("sous-ministre adjoint", "sous-ministre adjointe", "sous-ministre", "sous-ministre"),
    Charge("sous-ministre", "sous-ministre"),
    Charge("président-directeur général", "présidente-directrice générale"),
    Charge("président", "présidente"),
    Charge("vice-président", "vice-présidente"),
    Charge("directeur général", "directrice générale"),
    Charge("directeur", "directrice"),
    Charge("secrétaire général", "secrétaire générale"),
    Charge("secrétaire", "secrétaire"),
    Charge("commissaire", "commissaire"),
    Charge("député", "députée"),
    Charge("maire", "mairesse"),
    Charge("préfet", "préfète"),
)
_CIVILITY = {"m": Label("Monsieur", "Mr."), "f": Label("Madame", "Ms.")}
_SHORT = {"m": Label("M.", "Mr."), "f": Label("Mme", "Ms.")}
_CALLED = {"m": Label("Monsieur", "Dear Sir"), "f": Label("Madame", "Dear Madam"),
           None: Label("Madame, Monsieur", "Dear Sir or Madam")}  # fmt: skip
_FORMER = {"m": Label("votre prédécesseur", "your predecessor"), "f": Label("votre prédécesseure", "your predecessor"),
           None: Label("la personne qui occupait alors votre charge", "your predecessor")}  # fmt: skip
_LINKS = re.compile(r"(?:responsable )?(?:de la |de l’|de l'|du |des |de |d’|d'|à la |à l’|à l'|à |aux |au )?", re.IGNORECASE)
_INTERIM = Label("{} par intérim", "{} (acting)")
_CLOSING = Label("Nous vous prions d’agréer, {}, l’expression de nos sentiments distingués.", "Yours sincerely,")
_NOBODY = Label("À l’attention {}", "Attention: {}")


def address(to: Addressee, lang: str, style: Inclusive = "doublets") -> list[str]:
    """The block of the address: who, the office, where. Where nobody is known, the office in both genders, as the house
    writes them."""
    if to.holder is None:
        return [_nobody(to.office, lang, style), *to.address]
    return [_named(to.holder, _CIVILITY, lang), _office(to.title, to.holder, lang), *to.address]


def salutation(to: Addressee, lang: str) -> str:
    """« Madame la Ministre », « Monsieur », « Madame, Monsieur »; the comma that follows is the letter's."""
    gender = to.holder.gender if to.holder else None
    charge, _ = parted(to.title)
    if charge and gender and lang == "fr":
        return f"{_in(lang, _CALLED[gender])} {'la' if gender == 'f' else 'le'} {charge.saluted(gender)}"
    if lang == "en" and to.holder and plain(to.office).startswith("minist"):
        return "Dear Minister"
    return _in(lang, _CALLED[gender])


def closing(to: Addressee, lang: str) -> str:
    """The formula at the end, which repeats the salutation in French."""
    return _in(lang, _CLOSING).format(salutation(to, lang))


def former(holder: Holder, lang: str) -> str:
    """« votre prédécesseure, Mme Suzanne Roy »."""
    return f"{_in(lang, _FORMER[holder.gender])}, {_named(holder, _SHORT, lang)}"


def parted(office: str) -> tuple[Charge | None, str]:
    """The charge that the office's name begins with, in either gender, and the rest; null for one that is not known."""
    for charge in _CHARGES:
        for form in (charge.m, charge.f):
            head, rest = office[: len(form)], office[len(form) :]
            if plain(head) == plain(form) and not rest[:1].isalpha() and rest[:1] != "-":
                return charge, rest
    return None, office


def matter(office: str) -> str:
    """What the office is about, in a few words: « Éducation »."""
    charge, rest = parted(office)
    return _capital(_LINKS.sub("", rest.strip(), count=1) if charge else "") or _capital(office)


def _named(holder: Holder, civility: dict[str, Label], lang: str) -> str:
    return f"{_in(lang, civility[holder.gender])}{NO_BREAK}{holder.name}" if holder.gender else holder.name


def _office(office: str, holder: Holder, lang: str) -> str:
    charge, rest = parted(office)
    shown = _capital(f"{charge.form(holder.gender)}{rest}" if charge and holder.gender else office)
    return _in(lang, _INTERIM).format(shown) if holder.interim else shown


def _nobody(office: str, lang: str, style: Inclusive) -> str:
    charge, rest = parted(office)
    if lang == "en":
        return _in(lang, _NOBODY).format(_capital(office))
    if charge is None:
        return _capital(office)
    if style != "doublets":
        return _in(lang, _NOBODY).format(title_noun(f"{charge.m}{rest}", lang, None, f"{charge.f}{rest}", style).of)
    either = f"ou de la {charge.f}" if charge.m == charge.f else f"{charge.m} ou de la {charge.f}"
    return _in(lang, _NOBODY).format(f"du {either}{rest}")


def _capital(words: str) -> str:
    return words[:1].upper() + words[1:]


def _in(lang: str, label: Label) -> str:
    return label.fr if lang == "fr" else label.en
