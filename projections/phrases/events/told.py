"""That dated facts were read in a document."""

from __future__ import annotations

from domain.case import told
from projections.phrases.catalogue import N_
from projections.phrases.events.registry import clauses
from projections.phrases.telling import Clauses, Telling


@clauses.register
def read_facts(event: told.FactsRead, tell: Telling) -> Clauses:
    days = tell.listed(list(dict.fromkeys(tell.day(fact.occurred) for fact in event.facts)))
    if event.facts:
        yield tell.ngettext("date read in the document: {days}", "dates read in the document: {days}",
                            len(event.facts), days=days)  # fmt: skip
    else:
        yield tell.say(N_("no dated fact is in the document any more"))
