"""The directory and the imports: who and what is entered, and what becomes of it."""

from __future__ import annotations

from collections.abc import Mapping

from domain import directory, imports
from projections.phrases.catalogue import N_
from projections.phrases.choices import LANGUAGES
from projections.phrases.events.registry import clauses
from projections.phrases.telling import Clauses, Telling

ENTERED = N_("entered in the directory: {name}")
KINDS = {
    "assembly": N_("an assembly"),
    "congress": N_("a congress"),
    "council": N_("a council"),
    "executive": N_("a meeting of the executive"),
    "emergency": N_("an emergency assembly"),
}
CHARGES = {
    "chair": N_("chair"),
    "vice-chair": N_("vice-chair"),
    "secretary": N_("secretary’s office"),
    "treasurer": N_("treasury"),
    "member": N_("member"),
    "holder": N_("holder"),
    "interim": N_("interim holder"),
    "chief-of-staff": N_("head of the staff"),
}
NAMING = directory.Created | directory.Renamed | directory.OfficeRenamed
FATES = {
    "adopted": (N_("resolution {numbers} was adopted"), "resolutions {numbers} were adopted"),
    "defeated": (N_("resolution {numbers} was defeated"), "resolutions {numbers} were defeated"),
    "withdrawn": (N_("resolution {numbers} was withdrawn"), "resolutions {numbers} were withdrawn"),
    "referred": (N_("resolution {numbers} was sent elsewhere"), "resolutions {numbers} were sent elsewhere"),
    "not_reached": (N_("resolution {numbers} was not reached"), "resolutions {numbers} were not reached"),
    "unknown": (
        N_("what became of resolution {numbers} is not known"),
        "what became of resolutions {numbers} is not known",
    ),
}


@clauses.register
def create_assembly(event: directory.AssemblyCreated, tell: Telling) -> Clauses:
    yield tell.say(N_("entered in the directory: {name}, {kind}"), name=event.name, kind=tell.say(KINDS[event.kind]))
    yield from tell.dated(N_("it takes place {when}"), event, "date")
    yield from tell.quoted(N_("quorum: {text}"), event.quorum)
    yield from _fates(event.numbers, tell)


@clauses.register
def create_body(event: directory.BodyCreated, tell: Telling) -> Clauses:
    yield tell.say(ENTERED, name=event.name)
    yield from tell.quoted(N_("kind of body: {text}"), event.kind)


@clauses.register
def create_person(event: directory.PersonCreated, tell: Telling) -> Clauses:
    yield tell.say(ENTERED, name=event.name)
    if event.lang:
        yield _written_to(event.lang, tell)


@clauses.register
def rename(event: directory.Renamed | directory.OfficeRenamed, tell: Telling) -> Clauses:
    yield tell.say(N_("new name: {name}"), name=event.name)
    if (old := _name_before(tell)) and old != event.name:
        yield tell.say(N_("until then: {name}"), name=old)


def _name_before(tell: Telling) -> str | None:
    version = tell.recorded.originator_version
    earlier = [r.event for r in tell.context or () if r.originator_version < version]
    named = (e.name for e in reversed(earlier) if isinstance(e, NAMING))
    return next(named, None)


@clauses.register
def appoint(event: directory.Appointed, tell: Telling) -> Clauses:
    person, charge = tell.person(event.person), charge_words(event.charge, tell)
    yield tell.say(N_("{person} takes up a charge: {charge}"), person=person, charge=charge)


@clauses.register
def end_term(event: directory.TermEnded, tell: Telling) -> Clauses:
    person, charge = tell.person(event.person), charge_words(event.charge, tell)
    yield tell.say(N_("{person} leaves a charge: {charge}"), person=person, charge=charge)


def charge_words(charge: str, tell: Telling) -> str:
    """A charge in words that fit everyone: « présidence »; any other word as it was given."""
    return tell.say(CHARGES[charge]) if charge in CHARGES else charge


@clauses.register
def set_address(event: directory.AddressChanged, tell: Telling) -> Clauses:
    """The address itself stays in the person's own page."""
    yield tell.say(N_("the mail address has changed") if event.mail else N_("there is no mail address any more"))


@clauses.register
def set_language(event: directory.LanguageChanged, tell: Telling) -> Clauses:
    yield _written_to(event.lang, tell) if event.lang else tell.say(
        N_("they are written to in the language of the organisation")
    )


def _written_to(lang: str, tell: Telling) -> str:
    return tell.say(N_("they are written to {language}"), language=tell.say(LANGUAGES[lang]))


@clauses.register
def settle_numbers(event: directory.NumbersSettled, tell: Telling) -> Clauses:
    yield from _fates(event.numbers, tell)


def _fates(fates: Mapping[str, str], tell: Telling) -> Clauses:
    for fate, (one, several) in FATES.items():
        if numbers := [number for number, became in fates.items() if became == fate]:
            yield tell.ngettext(one, several, len(numbers), numbers=tell.listed(numbers))


@clauses.register
def withdraw_entry(event: directory.Withdrawn, tell: Telling) -> Clauses:
    yield tell.say(N_("taken out of the directory, as the import that entered it was undone"))


@clauses.register
def import_document(event: imports.DocumentImported, tell: Telling) -> Clauses:
    began = sum(touched.began for touched in event.touched)
    yield tell.say(N_("document imported: {file}"), file=tell.quote(event.file))
    yield from tell.dated(N_("it was written {when}"), event, "reference")
    if began:
        yield tell.ngettext("{n} record created", "{n} records created", began)
    if changed := len(event.touched) - began:
        yield tell.ngettext("{n} record added to", "{n} records added to", changed)
    if event.missing_numbers:
        yield tell.ngettext(
            "number {numbers} is not in the document", "numbers {numbers} are not in the document",
            len(event.missing_numbers), numbers=tell.listed(event.missing_numbers),
        )  # fmt: skip


@clauses.register
def undo_import(event: imports.ImportUndone, tell: Telling) -> Clauses:
    yield tell.say(N_("import undone: what it created is withdrawn, and the document may come again"))
