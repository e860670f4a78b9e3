"""A file that came with something: its name, what it is, how large."""

from __future__ import annotations

from domain.attachments import FileAttached
from domain.media import fits
from projections.phrases.catalogue import N_, write_number
from projections.phrases.events.registry import clauses
from projections.phrases.files import size_words, type_word
from projections.phrases.telling import Clauses, Telling


@clauses.register
def attach(event: FileAttached, tell: Telling) -> Clauses:
    yield tell.say(
        N_("attached: {name} ({kind}, {type}, {size})"),
        name=tell.quote(event.name), kind=event.kind, type=type_word(event.type, tell.lang),
        size=size_words(event.size, tell.lang),
    )  # fmt: skip
    if not fits(event.name, event.type):
        yield tell.say(N_("its name says otherwise"))
    if event.note is not None:
        note = tell.earlier(event.note)
        if note is None or note.position is None:
            yield tell.say(N_("it goes with an earlier note"))
        else:
            yield tell.say(N_("it goes with note {position}"), position=write_number(note.position, tell.lang))
