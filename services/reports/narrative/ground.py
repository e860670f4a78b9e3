"""What every sentence of a draft stands on: who is behind the ids, the day and the language it is written for."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any
from uuid import UUID

from domain.agreement import Inclusive
from domain.base import Event, Recorded
from domain.directory import Office
from domain.errors import Invalid
from domain.organisation import Organisation
from domain.time import latest, read_date
from domain.values import Count, Edtf, Party
from projections.phrases.catalogue import N_, plural, set_in_type, translator
from projections.phrases.dates import write_date
from projections.phrases.nouns import Noun, office_noun
from projections.phrases.offices import Someone, holder_noun, title_noun
from projections.phrases.telling import Telling
from projections.phrases.typography import typeset
from services.letters.wording import NUMBERS, Counted

_PLACED = re.compile(r"(?:au|à|aux|en|le|la|les|cet|cette|ce|dans|depuis|vers|avant)\b|l’", re.IGNORECASE)
_SEASON = re.compile(r"(?:printemps|été|automne|hiver)\b", re.IGNORECASE)
_WORDS = re.compile(r"(?=.*[^\W\d_])[\w ’'-]+")  # said, not typed as a code: no bracket, no slash
_BETWEEN = re.compile(r"(du |de l’|de |d’)(.+?) (au |à l’|à )(.+)")
_SINCE = re.compile(r"(en |au |à l’)")
_BEGIN = {"du ": "le ", "de l’": "l’", "au ": "le ", "à l’": "l’"}
_TOWN = re.compile(r"(?!L[ea]s?\b)[A-ZÀ-Ý][\w’'.-]*(?:[ -][\w’'.-]+){0,3}")
_TWO = re.compile(r"2|deux|two", re.IGNORECASE)


@dataclass(frozen=True)
class Directory:
    """Names by id: of entries of the directory, and the REFs of cases and threads; offices and people whole."""

    words: Mapping[UUID, str] = field(default_factory=dict)
    offices: Mapping[UUID, Office] = field(default_factory=dict)
    people: Mapping[UUID, Someone] = field(default_factory=dict)


@dataclass(frozen=True)
class Ground:
    """`day` is the one of the report, `lang` its language; `inclusive` and `spaced` are the house's way of writing."""

    names: Directory
    day: date
    lang: str = "fr"
    inclusive: Inclusive = "doublets"
    spaced: bool = False

    @classmethod
    def of(cls, organisation: Organisation, day: date, lang: str, names: Directory | None = None) -> Ground:
        """As the organisation writes."""
        return cls(names or Directory(), day, lang, organisation.inclusive, organisation.spaced_signs)

    def telling(self, at: Recorded) -> Telling:
        """The words of one recorded fact."""
        return Telling(at, self.names.words, self.lang)

    def say(self, template: str, **facts: Any) -> str:
        """A sentence of the catalogue. Facts are words already; a noun keeps its forms."""
        return capital(self.words(template, **facts))

    def words(self, template: str, **facts: Any) -> str:
        """A part of a sentence."""
        return set_in_type(template, self.lang, spaced=self.spaced).format(**facts)

    def many(self, forms: tuple[str, str], n: int, **facts: Any) -> str:
        """As `say`, in the form for `n`."""
        form = typeset(translator(self.lang).ngettext(*forms, n), self.lang, spaced=self.spaced)
        return capital(form.format(n=n, **facts))

    def sentence(self, text: str) -> str:
        """Typeset, and begun with a capital."""
        return capital(typeset(text, self.lang, spaced=self.spaced))

    def when(self, event: Event, fact: str = "occurred") -> str:
        """« le 26 juin 2024 », « en juin dernier »: as it was said where that is still true on the day of the report;
        nothing for what has no date."""
        edtf = getattr(event, fact)
        return self.placed(edtf, event.words.get(fact)) if edtf else ""

    def placed(self, edtf: Edtf, words: str | None = None, *, lasting: bool = False) -> str:
        """A date in a sentence, in the words it was said with if these mean the same on the day of the report; `lasting`: of
        what goes on from its first day to its last, not of what happened on one of them."""
        if self._means(edtf, words):
            return _with_preposition(str(words).strip())
        written = write_date(edtf, self.lang, placed=True)
        return written if lasting else _within(written, self.lang)

    def dated(self, edtf: Edtf | None, words: str | None = None) -> str:
        """A date that stands by itself, in the words it was said with if these still mean the same; nothing for none."""
        if edtf and self._means(edtf, words):
            return str(words).strip()
        return write_date(edtf, self.lang) if edtf else ""

    def _means(self, edtf: Edtf, words: str | None) -> bool:
        """Whether the words of a date say the same on the day of the report."""
        if not words or self.lang != "fr" or not _WORDS.fullmatch(words.strip()):
            return False
        try:
            return read_date(words, self.day) == edtf
        except Invalid:
            return False

    def since(self, event: Event, fact: str = "occurred") -> str:
        """The same, with a space before it; of what lasts since a day, nothing: no day is claimed for it."""
        edtf = getattr(event, fact)
        return f" {self.when(event, fact)}" if edtf and not edtf.endswith("..") else ""

    def lasting(self, event: Event, fact: str) -> str:
        """« depuis le 26 juin 2024 », with a space before it; nothing for what has no date."""
        edtf = getattr(event, fact)
        return f" {self.begun(edtf)}" if edtf else ""

    def begun(self, edtf: Edtf) -> str:
        """« depuis le 26 juin 2024 »."""
        begun = write_date(edtf.removesuffix("/.."), self.lang, placed=self.lang == "fr")
        if self.lang == "fr":
            found = _SINCE.match(begun)
            begun = _BEGIN.get(found[1], "") + begun[found.end() :] if found else begun
        return self.words(N_("since {when}"), when=begun)

    def ended(self, edtf: Edtf) -> str:
        """« jusqu’au 26 juin 2024 », « jusqu’en juin 2024 »."""
        ended = write_date(edtf, self.lang, placed=self.lang == "fr")
        if self.lang == "fr" and ended.startswith("le "):
            ended = f"au {ended.removeprefix('le ')}"
        return self.words(N_("until {when}"), when=ended)

    def office(self, office: UUID | None, holder: UUID | None, at: Recorded) -> Noun:
        """An office with who held it then, as its event or the directory says: « de l’époque » for one who has left."""
        known = self.names.offices.get(office) if office else None
        if known is None:
            return office_noun(self.names.words.get(office) if office else None, self.lang)
        day = latest(at.event.occurred) if at.event.occurred else None
        person = holder or (known.holder_on(day) if day else None)
        someone = self.names.people.get(person) if person else None
        if person is None or someone is None:
            title = known.title_on(day or self.day)
            gender = "m" if self.inclusive == "none" else None
            return title_noun(title.name, self.lang, gender, title.feminine, self.inclusive)
        return holder_noun(known, someone, self._held(known, person, day or self.day), self.day, self.lang)

    def _held(self, office: Office, person: UUID, day: date) -> date:
        """A day on which the directory, too, knows the person in the office: that day, if it does."""
        if office.holder_on(day) == person:
            return day
        begun = (term.begun for term in office.terms if term.person == person)
        return next((each for each in begun if each is not None), day)

    def party(self, party: Party, at: Recorded) -> Noun:
        """Someone of the directory, an office with its holder; words as they were typed."""
        if party.kind == "office":
            return self.office(party.id, None, at)
        if party.id is None:
            words = party.words or ""
            return Noun.of_forms(words, f"à {words}" if self.lang == "fr" else f"to {words}",
                                 f"de {words}" if self.lang == "fr" else f"of {words}")  # fmt: skip
        return self.telling(at).party(party)

    def counted(self, count: Count, forms: Counted) -> str:
        """« trois relances », « au moins trois relances », « plusieurs relances »: never more than was said."""
        say = translator(self.lang).gettext
        few = self.number(count.min)
        if count.exact:
            return plural(*forms.exact, count.min, self.lang, many=few)
        if count.max is not None:
            return say(forms.between).format(few=few, many=self.number(count.max))
        if count.min == 2 and count.text and not _TWO.search(count.text):
            return say(forms.several)
        return plural(*forms.least, count.min, self.lang, many=few)

    def number(self, n: int) -> str:
        """In words as far as nine."""
        return translator(self.lang).gettext(NUMBERS[n]) if 0 < n < len(NUMBERS) else str(n)

    def place(self, place: str | None) -> str:
        """« à Québec »; what is not the name of a town stands in brackets."""
        if not place:
            return ""
        if not _TOWN.fullmatch(place.strip()):
            return f" ({place.strip()})"
        return " " + translator(self.lang).gettext(N_("in {place}")).format(place=place.strip())


def capital(text: str) -> str:
    """The text with a capital."""
    return text[:1].upper() + text[1:]


def _with_preposition(words: str) -> str:
    """French words of a date, after a verb: « le 4 juillet dernier », « en juin dernier », « à l’automne dernier »."""
    if _PLACED.match(words):
        return words
    if words[:1].isdigit():
        return f"le {words}"
    if _SEASON.match(words):
        return f"au {words}" if words.casefold().startswith("p") else f"à l’{words}"
    return f"en {words}"


def _within(placed: str, lang: str) -> str:
    """Of what happened some time between two dates: « entre le 10 et le 16 juin 2024 »."""
    found = _BETWEEN.fullmatch(placed) if lang == "fr" else None
    if found is None:
        return placed
    return f"entre {_BEGIN.get(found[1], '')}{found[2]} et {_BEGIN.get(found[3], '')}{found[4]}"
