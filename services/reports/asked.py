"""What a report is asked for."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date

from domain.values import Lang
from projections.phrases.catalogue import say, set_in_type, translator
from projections.phrases.dates import write_date
from projections.phrases.typography import semicolon
from services.home import Home
from services.reading.demarches import day_of_reading
from services.reading.when import When
from services.refs import AssemblyUnknown, Refs


@dataclass(frozen=True)
class Asked:
    """The two times as typed; `to`: the key of an assembly, or of a plan, that the report is about or goes to; `filters`:
    of the report itself, by name; `lang`: null for the organisation's; `large`: to be read aloud from the floor."""

    as_of: str | None = None
    known_at: str | None = None
    to: str | None = None
    filters: Mapping[str, str] = field(default_factory=dict)
    lang: Lang | None = None
    large: bool = False

    @property
    def when(self) -> When:
        """The two times."""
        return When(self.as_of, self.known_at)


def filters_of(standing: bool = False, gaps: bool = False, year: str | None = None) -> dict[str, str]:
    """The filters that were typed, by name: those of a flag say only that they are there."""
    given = {"standing": "1" if standing else "", "gaps": "1" if gaps else "", "year": (year or "").strip()}
    return {name: value for name, value in given.items() if value}


@dataclass(frozen=True)
class Ground:
    """What every report stands on: the home, what was asked, the language that it speaks and the day that it tells of."""

    home: Home
    asked: Asked
    lang: Lang
    day: date

    @property
    def when(self) -> When:
        return self.asked.when

    @property
    def organisation(self) -> str:
        """Its name."""
        return self.home.store.present.organisation.name

    def say(self, template: str, **facts: object) -> str:
        """A sentence of the report, typeset."""
        house = self.home.store.present
        form = set_in_type(template, self.lang, spaced=house.organisation.spaced_signs)
        return say(form, self.lang, zone=house.calendar.zone, **facts)

    def many(self, forms: tuple[str, str], n: int, **facts: object) -> str:
        """The same, in the form for `n`."""
        return self.say(translator(self.lang).ngettext(*forms, n), n=n, **facts)

    @property
    def semicolon(self) -> str:
        """What ends an item of a list that another follows, as the house writes it."""
        return semicolon(self.lang, spaced=self.home.store.present.organisation.spaced_signs)

    def date(self, edtf: str | None) -> str:
        """A date in words; nothing for none."""
        return write_date(edtf, self.lang) if edtf else ""


def ground(home: Home, asked: Asked) -> Ground:
    """Looks up what every report needs."""
    lang = asked.lang or home.store.present.organisation.lang
    return Ground(home, asked, lang, day_of_reading(home, asked.when))


def assembly_of(ground: Ground, otherwise: Callable[[Refs], str | None] = Refs.latest_assembly) -> str | None:
    """The key of the assembly that was asked for (`2023`, or `assembly:2023`), else what is meant without one. Raises
    `AssemblyUnknown`."""
    refs = Refs(ground.home.store)
    if ground.asked.to is None:
        return otherwise(refs)
    key = ground.asked.to.removeprefix("assembly:")
    if refs.key("assembly", key) is None:
        raise AssemblyUnknown(key=key, known=sorted(refs.keys("assembly")))
    return key
