"""The tables of the archive: what a row of each is, and what its columns mean. Their names are those of the API."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from projections.phrases.catalogue import N_
from services.reading.names import is_id

MEANINGS: Mapping[str, str] = {
    "about": N_("what it goes with: the REF of a case, of a thread or of an assembly"),
    "address": N_("postal address"),
    "addressees": N_("to whom it was addressed"),
    "adopted_on": N_("when it was adopted"),
    "answer": N_("what the office answered"),
    "assembly": N_("the key of its assembly"),
    "attempts": N_("how many times a letter was sent, as far as known"),
    "audience": N_("for whom it was written: “internal”, or “assembly”"),
    "author": N_("who wrote it, in words"),
    "awaits_reply": N_("whether an answer is still awaited"),
    "behalf": N_("in whose name"),
    "bodies": N_("REFs of the bodies that it was referred to"),
    "body": N_("the REF of the body"),
    "by": N_("who sent it"),
    "cadence": N_("of a case that goes on, in which rhythm it is reviewed"),
    "case": N_("the REF of its case"),
    "cases": N_("REFs of the cases that it is for"),
    "channel": N_("how it was sent"),
    "charge": N_("the charge that was held"),
    "closed": N_("when it ended"),
    "completion": N_("once it is over, how far it was done"),
    "concluded": N_("whether it is over"),
    "confirmed": N_("whether the date was confirmed"),
    "cosigners": N_("how many others signed"),
    "date": N_("its date"),
    "date_words": N_("its date in the words of the document"),
    "document": N_("the key of the document that told it"),
    "done": N_("whether it is done"),
    "due": N_("by when"),
    "ended": N_("when it ended"),
    "event": N_("the number of the event of it that tells of this one"),
    "fate": N_("what became of it: adopted, defeated, withdrawn, referred, not_reached or unknown"),
    "figures": N_("figures, in the words of the document"),
    "final": N_("whether nothing more is expected"),
    "first_sent": N_("when the first letter was sent"),
    "followers": N_("REFs of the persons who asked to hear of it"),
    "form": N_("the form of the plan: axes, orientations or work"),
    "gender": N_("the gender in which the person is spoken of"),
    "goes_on_as": N_("the REF of the thread in which it goes on"),
    "group": N_("for whom it is, as printed before it"),
    "heading": N_("the heading that stands above it"),
    "hidden": N_("whether its case may not be read by whoever made this archive; its words are then left out"),
    "holder": N_("who held the office"),
    "kind": N_("its kind"),
    "lang": N_("language: fr or en"),
    "last_contact": N_("when the office was last in touch"),
    "legislature": N_("in which legislature the office is"),
    "links": N_("REFs of the cases that are linked to it"),
    "lists": N_("its standing lists: the title, then what stands in each"),
    "mail": N_("e-mail address"),
    "meetings": N_("meetings: the date, then how each stands"),
    "minutes_ref": N_("where it stands in the minutes"),
    "mover": N_("who moved it"),
    "name": N_("its name"),
    "next_review": N_("of a case that goes on, when it is reviewed next"),
    "note": N_("the number of the event of the note that it goes with"),
    "number": N_("its number there"),
    "numbers": N_("the numbers of the resolution or of the item"),
    "objectives": N_("its objectives"),
    "occurred": N_("when it happened, as told"),
    "of": N_("the REF of the body, of the office or of the assembly"),
    "office": N_("the REF of the office"),
    "office_name": N_("the name of the office"),
    "owner": N_("who sees to it"),
    "owner_ref": N_("the REF of who sees to it"),
    "parties": N_("with whom"),
    "parts": N_("its parts: the label, then the state of each"),
    "path": N_("where the file is in this archive; empty where its content is damaged and could not leave"),
    "people": N_("where it is shown to named people, their REFs"),
    "period": N_("which years it is for"),
    "person": N_("the REF of the person"),
    "person_name": N_("the name of the person"),
    "phone": N_("telephone"),
    "place": N_("where"),
    "plan": N_("the key of its plan"),
    "planned": N_("of what was only planned, for when"),
    "preamble": N_("what stands before its tables"),
    "proposed": N_("states that an import proposes and nobody established: the part, then the state"),
    "published": N_("where it was published"),
    "quorum": N_("how many make a quorum"),
    "reason": N_("why"),
    "recorded_at": N_("when it was recorded"),
    "redirected_from": N_("the REF of the thread that it comes from"),
    "redirected_to": N_("the REF of the office that it was redirected to"),
    "ref": N_("its REF, by which Suivi and the other tables know it"),
    "relation": N_("what the relation is"),
    "reminders": N_("how many reminders were sent, as far as known"),
    "residuals": N_("what remained to be done"),
    "result": N_("what came of it"),
    "results": N_("the results that are expected of it"),
    "schedule": N_("when, in the words of the plan"),
    "schedule_rrule": N_("when, as a rule of iCalendar (RFC 5545), where it comes back"),
    "seconder": N_("who seconded it"),
    "sha256": N_("its fingerprint (SHA-256)"),
    "since": N_("since when"),
    "size": N_("how many bytes"),
    "state": N_("its state, as an identifier"),
    "subject": N_("its subject"),
    "submitted_by": N_("who submitted it"),
    "targets": N_("what it aims at, in words"),
    "task": N_("its number in the case"),
    "text": N_("its text"),
    "threads": N_("REFs of its threads"),
    "times_done": N_("how many times it was done"),
    "times_wanted": N_("how many times it is to be done"),
    "title": N_("its title"),
    "type": N_("what it is"),
    "under": N_("the number under which it stands"),
    "until": N_("until when"),
    "upon": N_("the REF of what must end before it begins"),
    "verdict": N_("what is underlined in it"),
    "version": N_("how many events there are of it"),
    "visibility": N_("who may read it: “open”, “officers”, or “named”"),
    "vote": N_("the vote"),
    "wait_until": N_("until when the office asked to wait"),
    "waiting_on": N_("whom it waits on"),
    "who": N_("who does it, in the words of the plan"),
    "workflow": N_("the rules that it follows"),
}
"""Column -> what it means. One of a name means the same wherever it stands."""


@dataclass(frozen=True)
class Table:
    """What a row of it is, and its columns, in order."""

    said: str
    columns: tuple[str, ...] = field(default=())


def _table(said: str, columns: str) -> Table:
    return Table(said, tuple(columns.split()))


TABLES: Mapping[str, Table] = {
    "cases": _table(N_("a resolution, a bundle of them, or an item of a plan"), """
        ref kind assembly plan numbers title text who results targets state completion final parts proposed owner owner_ref
        submitted_by mover seconder vote minutes_ref adopted_on due cadence next_review waiting_on bodies residuals links threads
        visibility people followers workflow version"""),
    "tasks": _table(N_("something to be done in a case; of an item of a plan, a line that says how and when"),
        "case task kind heading group text who owner owner_ref due upon schedule schedule_rrule done"),
    "turns": _table(N_("one time that what comes back in a case is to be done"),
        "case task period due times_wanted times_done"),
    "notes": _table(N_("a note of a case or of a thread; or a paragraph that was approved for a report"),
        "about event kind occurred planned audience verdict text"),
    "threads": _table(N_("a letter to an office, and what became of it"), """
        ref kind cases office office_name holder legislature owner owner_ref subject text channel by behalf cosigners
        first_sent last_contact attempts reminders meetings state final result answer reason wait_until ended
        redirected_from redirected_to goes_on_as workflow version"""),
    "plans": _table(N_("a plan"), "ref title period body author form objectives preamble lists concluded version"),
    "places": _table(N_("a place in the tree of a plan, in the order of the plan; the lines of an item are among the tasks"),
        "plan number under kind heading group text case hidden"),
    "records": _table(N_("an activity, an alliance, a publication, a funding or a figure of an annual report"), """
        ref kind date date_words title place text published parties addressees cosigners relation figures awaits_reply links
        threads document version"""),
    "directory": _table(N_("an assembly, a body, an office or a person"),
        "ref name type kind date quorum legislature address mail phone lang gender closed version"),
    "charges": _table(N_("a charge that someone holds or held"), "of charge person person_name since until ended"),
    "meetings": _table(N_("a meeting of a body"), "body number date state place confirmed reason"),
    "numbers": _table(N_("a number of an assembly of which somebody said what became of it"), "assembly number fate"),
    "files": _table(N_("a file that was attached, or a report that an assembly was given"),
        "about event name kind type size sha256 path note occurred recorded_at"),
}  # fmt: skip
"""Name -> table, in the order in which they are explained."""


REFS = frozenset({"owner_ref", "bodies", "people", "followers", "office", "redirected_to", "of", "person", "body"})
"""Columns that hold the REF of whom others name."""


def cell(value: Any, by: str = "name") -> str:
    """A value as text: several apart by “; ”; of someone or of an entry the name, or the REF; of what the viewer may not
    see, nothing."""
    match value:
        case None:
            return ""
        case bool():
            return "true" if value else "false"
        case str():
            return "" if is_id(value) else value
        case Mapping():
            return cell(value[by])
        case Iterable():
            return "; ".join(filter(None, (cell(each, by) for each in value)))
    return str(value)
