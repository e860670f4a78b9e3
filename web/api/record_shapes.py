"""A record as the API answers it. Dates are EDTF as recorded."""

from __future__ import annotations

from typing import Literal

from domain.record.events import Form, Kind, Relation
from web.api.case_shapes import Party, Shape
from web.api.demarche_shapes import Count


class Figure(Shape):
    """How much of something. `value`: a decimal number in text, null where the words give none; `bound`: what the qualifier
    makes of it; `measures`: the sentence that it stands in."""

    measures: str
    words: str
    value: str | None
    bound: Literal["exact", "about", "at_least", "at_most"]
    unit: str | None
    as_of: str | None


class Origin(Shape):
    """The import that brought it (`annual-1`), and where it stands in that document: lines from 1."""

    document: str | None
    first_line: int
    last_line: int


class Record(Shape):
    """Something that the organisation did, owes or is part of. `date_words`: the date as written; `addressees`, `form` and
    `cosigners` of a letter; `relation`: what we are in an alliance; `published`: where it came out; `awaits_reply`: a letter
    that asks something of someone; `links`: cases and threads that it goes with, `threads` those that it opened."""

    ref: str
    number: int
    kind: Kind
    title: str
    date: str | None
    date_words: str | None
    place: str | None
    form: Form | None
    addressees: list[Party]
    parties: list[Party]
    cosigners: Count | None
    relation: Relation | None
    figures: list[Figure]
    published: str | None
    text: str | None
    awaits_reply: bool
    links: list[str]
    threads: list[str]
    source: Origin | None
    withdrawn: bool
    version: int
