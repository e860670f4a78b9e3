"""What each field of a form is called, and what helps to fill it in."""

from __future__ import annotations

from collections.abc import Mapping

from projections.phrases.catalogue import N_
from services.wording import CHOICES
from web.pages import doing_plans
from web.rendering import Page
from workflows.vocabulary import FACTS

LABELS = {
    "appoint.charge": N_("Charge"), "end-term.charge": N_("Charge"),
    "answer.answer": N_("What does the answer say?"),
    "approve-report.text": N_("Paragraph of the report"),
    "approve-report.assembly": N_("Assembly to which it will be tabled"),
    "attach.kind": N_("What it is: letter, minutes, photograph…"),
    "be-away.until": N_("Until when"), "be-away.since": N_("From when on"),
    "block.on": N_("Who blocks it"), "wait.on": N_("Who is awaited"),
    "block.reason": N_("What blocks it"),
    "carry-over.to": N_("The case that takes it up"), "supersede.by": N_("The case that takes its place"),
    "close-undone.reason": N_("Why it was not done"),
    "complete.completion": N_("How far it is done"),
    "reword.date": N_("Date"),
    "create.kind": N_("Kind"), "create.name": N_("Name"), "create.date": N_("Date"),
    "create.lang": N_("Language of the mail"), "create.numbers": N_("What became of the numbers"),
    "dissolve.successor": N_("The office that takes its threads"),
    "link.kind": N_("How they are linked"), "link.to": N_("The other case"),
    "cadence": N_("Reviewed how often, where it goes on"), "standing": N_("Does it go on from year to year?"),
    "split.numbers": N_("Which numbers leave"), "split.parts": N_("Which parts leave"),
    "split.number": N_("Number of the new case"), "merge.other": N_("The case that joins it"),
    "merge.into": N_("Into which office"), "split.into": N_("Into which offices"),
    "split.to": N_("The one that takes the open threads"), "move-portfolio.to": N_("The office that takes it"),
    "move-portfolio.what": N_("What is moved"), "move-portfolio.threads": N_("The threads that go along"),
    "pause.until": N_("Until when"), "pause.reason": N_("Why it is paused"),
    "postpone.until": N_("Postponed to which date"), "postpone.reason": N_("Reason for postponing"),
    "redirect.office": N_("The office to which we were sent"), "redirect.to": N_("The thread that goes on"),
    "refer.due": N_("Report due"), "remind-me.until": N_("On which day"),
    "remind-me.text": N_("What to think of"), "send.kind": N_("What is sent"), "send.text": N_("Summary or text"),
    "rename.name": N_("New name"), "settle-numbers.numbers": N_("What became of the numbers"),
    "snooze.until": N_("Until when"), "set-notices.kinds": N_("Kind by kind"),
    "upon": N_("The case or thread that must end first"),
    "assembly": N_("Assembly"), "adopted_on": N_("Adopted on"), "review": N_("Next review"), "vote": N_("Vote"),
    "minutes_ref": N_("Place in the minutes"), "due": N_("Due date"), "mandate": N_("What is asked of it"),
    "name": N_("Name"), "feminine": N_("Title of a woman who holds it, where it differs"), "mail": N_("Mail address"),
    "phone": N_("Telephone"), "address": N_("Postal address, line by line"), "gender": N_("Gender"),
    "lang": N_("Language of the mail"), "legislature": N_("Legislature"), "quorum": N_("Quorum"),
    "charge": N_("Charge"), "successor": N_("What takes its place"), "replaced_by": N_("Who replaces them"),
    "rhythm": N_("Rhythm"), "kinds": N_("Kind by kind"), "hour": N_("From which hour on"), "weekday": N_("Day of the week"),
    "part": N_("For which parts"), "occurred": N_("Date of the fact"), "title": N_("Title"),
    "numbers": N_("Numbers and titles"), "titles": N_("Title of each number"),
    "parts": N_("Parts, where it is divided otherwise"),
    "key": N_("Key in addresses"), "text": N_("Text"), "reason": N_("Reason"), "kind": N_("Kind"),
    "audience": N_("For whom the note is"), "clock": N_("Which deadline"), "task": N_("Which task"),
    "occurrence": N_("For which period or meeting"), "whole": N_("Is it over for good?"), "meeting": N_("Which meeting"),
    "announce-meeting.date": N_("When it meets"),
    "completion": N_("How far it is done"), "confirmed": N_("Is it certain?"), "met": N_("Who was met?"),
    "visibility": N_("Who may read it"), "channel": N_("How"), "expects_reply": N_("Is an answer expected?"),
    "stage": N_("Stage of the wording"), "delegation": N_("Who we were"), "note": N_("The note that it goes with"),
    "count": N_("How many"), "cosigners": N_("How many signed with us"), "into": N_("Into which offices"),
}  # fmt: skip
"""By kind, verb and fact, else by verb and fact, else by fact; the others are as the vocabulary calls them."""

DATE = N_("A day, a month, a season or a year: “14 February {year}”, “spring {year}”, “{year}”.")
HELPS = {
    "approve-report.text": N_("It begins with what was approved last, else with a draft, which says what was recorded and nothing"
                              " more. Read it again, change it, then approve it."),
    "occurred": N_("A day, a month, a season or a year, as “14 February {past}” or “spring {past}”; empty, if it is not known."),
    "confirm.occurred": N_("Since when it is so, if it is known: “14 February {past}”, “spring {past}”."),
    "refer.body": N_("A name that is not in the directory enters it."),
    "report-back.body": N_("A name that is not in the directory enters it."),
    "count": N_("A number, or “at least 3”, “2 or 3”, “several”."),
    "cosigners": N_("A number, or “at least 3”, “2 or 3”, “several”."),
    "close-undone.reason": N_("For instance: “lack of time”."),
    "clock": N_("Without one, all those that have come."),
    "cases": N_("Its number, such as 2023:17."), "to": N_("Its number, such as 2023:17."),
    "by": N_("Its number, such as 2023:17."), "origin": N_("Its number, such as 2023:17."),
    "cadence": N_("For instance: “every year”. Such a case is never late; it is reviewed."),
    "split.parts": N_("They go on as a case of their own, under a number of its own."),
    "split.number": N_("Only for a part that leaves its number behind; its number and a letter unless said."),
    "merge.other": N_("Of the same assembly; its number then leads here."),
    "carry-over.to": N_("Its number, such as 2025:4. One that does not exist yet is created."),
    "carry-over.residual": N_("Only this goes on; the rest keeps its state."),
    "redirect.to": N_("If it exists: demarche:12. Otherwise it is found, or opened."),
    "upon": N_("A case such as 2023:17, or a thread such as demarche:12."),
    "within": N_("In working days; 10 unless said."),
    "holder": N_("Without a name, whoever held the office on that day, as the directory says."),
    "appoint.person": N_("Someone of the directory."),
    "key": N_("Letters, digits and dashes; made of the name unless said."),
    "parts": N_("A name, and its numbers or what it covers, separated by commas."),
    "delegation": N_("A charge, then how many or who."),
    "attach.file": N_("At most {most} MB."), "hour": N_("For instance: 8 h 30."),
    "be-away.until": N_("Without a date, until they come back."),
    "person": N_("Without a name, yourself."), "people": N_("Only with “named people”."),
    "settle-numbers.numbers": N_("A number, then what became of it."), "create.numbers": N_("A number, then what became of it."),
    "note.text": N_("A letter, a meeting or an answer has its own button, in its thread: see Correspondence."),
    "close.reason": N_("For instance: “overtaken by events”."),
    "on": N_("Someone of the directory, or any words."), "owner": N_("A person or a body of the directory."),
}  # fmt: skip
CHOSEN = {"f": N_("a woman"), "m": N_("a man")}


def _found(known: Mapping[str, str], kind: str, verb: str, fact: str) -> str | None:
    return known.get(f"{kind}.{verb}.{fact}") or known.get(f"{verb}.{fact}") or known.get(fact)


def label_of_fact(page: Page, kind: str, verb: str, fact: str) -> str:
    """What its field is called; `kind`: that of the case."""
    found = _found(doing_plans.LABELS | LABELS, kind, verb, fact)
    words = page.say(found or FACTS.get(fact, fact))
    return words[:1].upper() + words[1:]


def help_of_fact(page: Page, kind: str, verb: str, fact: str, date: bool = False, **more: object) -> str:
    """What helps to fill it in, if anything."""
    found = _found(doing_plans.HELPS | HELPS, kind, verb, fact)
    if found is None or (verb in ("appoint", "end-term") and fact == "person" and f"{verb}.{fact}" not in HELPS):
        found = DATE if date else ""
    year = page.today.year if page.today else 0
    return page.say(found, year=year + 1, past=year - 1, **more) if found else ""


def choice_words(page: Page, choice: str) -> str:
    """What is read for one of the few words of a fact."""
    words = page.say((doing_plans.CHOICES | CHOICES | CHOSEN).get(choice, choice))
    return words[:1].upper() + words[1:]
