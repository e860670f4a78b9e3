"""Offices of authorities: what they are called, who they are written to, and what takes their place."""

from __future__ import annotations

from domain import directory
from projections.phrases.catalogue import N_
from projections.phrases.choices import LEGISLATURES
from projections.phrases.events.directory import ENTERED, rename
from projections.phrases.events.moves import REASON
from projections.phrases.events.registry import clauses
from projections.phrases.telling import Clauses, Telling

FEMININE = N_("of a woman who holds it: {name}")


@clauses.register
def create_office(event: directory.OfficeCreated, tell: Telling) -> Clauses:
    yield tell.say(ENTERED, name=event.name)
    if event.feminine:
        yield tell.say(FEMININE, name=event.feminine)
    yield from tell.quoted(N_("kind of office: {text}"), event.kind)
    if event.legislature:
        yield tell.say(N_("it keeps the recesses of this legislature: {name}"), name=tell.say(LEGISLATURES[event.legislature]))


@clauses.register
def rename_office(event: directory.OfficeRenamed, tell: Telling) -> Clauses:
    yield from rename(event, tell)
    if event.feminine:
        yield tell.say(FEMININE, name=event.feminine)


@clauses.register
def set_office_address(event: directory.OfficeAddressChanged, tell: Telling) -> Clauses:
    """The addresses themselves stay in the office's own page."""
    if event.address is not None:
        yield tell.say(N_("the postal address has changed") if event.address else N_("there is no postal address any more"))
    if event.mail is not None:
        yield tell.say(N_("the mail address has changed") if event.mail else N_("there is no mail address any more"))
    if event.phone is not None:
        yield tell.say(
            N_("the telephone number has changed") if event.phone else N_("there is no telephone number any more")
        )


@clauses.register
def merge_office(event: directory.OfficeMerged, tell: Telling) -> Clauses:
    yield tell.say(N_("it is no more, and {office} takes its place"), office=tell.office(event.into))
    yield from tell.quoted(REASON, event.reason)


@clauses.register
def split_office(event: directory.OfficeSplit, tell: Telling) -> Clauses:
    heirs = tell.listed([tell.office(heir) for heir in event.into])
    yield tell.say(N_("it is no more; in its place: {offices}"), offices=heirs)
    if event.to:
        yield tell.say(N_("its open threads go {office.to}"), office=tell.office(event.to))
    yield from tell.quoted(REASON, event.reason)


@clauses.register
def dissolve_office(event: directory.OfficeDissolved, tell: Telling) -> Clauses:
    if event.successor:
        yield tell.say(N_("it is no more, and {office} takes its place"), office=tell.office(event.successor))
    else:
        yield tell.say(N_("it is no more, and nothing takes its place"))
    yield from tell.quoted(REASON, event.reason)


@clauses.register
def move_portfolio(event: directory.PortfolioMoved, tell: Telling) -> Clauses:
    yield tell.say(N_("what is now seen to by {office}: {text}"), office=tell.office(event.to), text=tell.quote(event.what))
    if n := len(event.threads):
        yield tell.ngettext("{n} open thread goes along", "{n} open threads go along", n)


@clauses.register
def take_over(event: directory.OfficeTookOver, tell: Telling) -> Clauses:
    if event.what:
        yield tell.say(
            N_("it takes over from {office}: {text}"), office=tell.office(event.office), text=tell.quote(event.what)
        )
    else:
        yield tell.say(N_("it takes the place {office.of}"), office=tell.office(event.office))
