"""What each act is called, with what it is done to: the heading of its form, and the words of its button."""

from __future__ import annotations

from domain.case.rules import name_of
from projections.phrases.catalogue import N_
from projections.phrases.nouns import Noun, person_noun, thread_noun
from services.reading.pages import Row
from web.rendering import Page
from workflows.library import library
from workflows.workflow import Workflow

CASES = {
    "reword": N_("Reword {what}"),
    "confirm": N_("Establish the state of {what}"),
    "refer": N_("Refer {what}"),
    "report-back": N_("Record a report on {what}"),
    "start": N_("Start {what}"),
    "postpone": N_("Postpone {what}"),
    "block": N_("Mark {what} as blocked"),
    "resume": N_("Resume {what}"),
    "complete": N_("Close {what} as done"),
    "close-undone": N_("Close {what} as not done"),
    "carry-over": N_("Carry {what} over to another assembly"),
    "supersede": N_("Replace {what} by another case"),
    "reopen": N_("Reopen {what}"),
    "split": N_("Split {what}"),
    "migrate": N_("Move {what} to other rules"),
    "merge": N_("Merge another case into {what}"),
    "note": N_("Record a note on {what}"),
    "approve-report": N_("Approve what the report says of {what}"),
    "assign": N_("Say who follows {what} up"),
    "set-due": N_("Set the due date of {what}"),
    "wait": N_("Note whom {what} waits for"),
    "link": N_("Link {what} to another case"),
    "attach": N_("Attach a file to {what}"),
    "add-task": N_("Add a task to {what}"),
    "finish-task": N_("Finish a task of {what}"),
    "correct": N_("Correct a fact of {what}"),
    "retract": N_("Take back a fact of {what}"),
    "restrict": N_("Say who may read {what}"),
    "acknowledge-step": N_("Acknowledge the reminders of {what}"),
    "snooze": N_("Put off the reminders of {what}"),
    "subscribe": N_("Follow the news of {what}"),
    "unsubscribe": N_("Follow the news of {what} no more"),
    "remind-me": N_("Be reminded of {what}"),
}
DEMARCHES = {
    "remind": N_("Record a reminder in {what}"),
    "acknowledge": N_("Record an acknowledgement in {what}"),
    "fix-meeting": N_("Fix a meeting in {what}"),
    "move-meeting": N_("Move the meeting of {what}"),
    "cancel-meeting": N_("Cancel the meeting of {what}"),
    "hold-meeting": N_("Record the meeting of {what}"),
    "answer": N_("Record the answer to {what}"),
    "decline": N_("Record that {what} was declined"),
    "redirect": N_("Record where {what} was sent on"),
    "say-silent": N_("Note that {what} has no answer yet"),
    "close": N_("Close {what}"),
    "reopen": N_("Reopen {what}"),
    "pause": N_("Pause {what}"),
    "resume": N_("Resume {what}"),
    "link": N_("Link {what} to another case"),
}
ENTRIES = {
    "rename": N_("Rename: {what}"),
    "appoint": N_("Name someone to a charge: {what}"),
    "end-term": N_("Record the end of a charge: {what}"),
    "set-address": N_("Change the address: {what}"),
    "set-language": N_("Choose the language of the mail: {what}"),
    "set-notices": N_("Choose the notices: {what}"),
    "be-away": N_("Record an absence: {what}"),
    "come-back": N_("Record a return: {what}"),
    "announce-meeting": N_("Announce a meeting: {what}"),
    "move-meeting": N_("Move a meeting: {what}"),
    "cancel-meeting": N_("Cancel a meeting: {what}"),
    "hold-meeting": N_("Record a meeting that was held: {what}"),
    "settle-numbers": N_("Say what became of the numbers: {what}"),
    "merge": N_("Merge into another office: {what}"),
    "split": N_("Split an office: {what}"),
    "dissolve": N_("Record that an office is no more: {what}"),
    "move-portfolio": N_("Move a file to another office: {what}"),
    "correct": N_("Correct a fact: {what}"),
    "retract": N_("Take back a fact: {what}"),
}
PLANS = ENTRIES | {
    "adopt-part": N_("Record an adoption: {what}"),
    "enter-node": N_("Add to the plan: {what}"),
    "reword-node": N_("Reword in the plan: {what}"),
    "move-node": N_("Move within the plan: {what}"),
    "remove-node": N_("Take out of the plan: {what}"),
    "set-target": N_("Set a target: {what}"),
    "list": N_("Keep a list of the plan: {what}"),
    "carry-over": N_("Carry items over to another plan: {what}"),
    "conclude": N_("Conclude the plan: {what}"),
}
RECORDS = ENTRIES | {
    "reword": N_("Change what it says: {what}"),
    "link": N_("Link to a case or to a thread: {what}"),
    "send": N_("Open a thread with an office: {what}"),
    "withdraw": N_("Withdraw: {what}"),
}
NEW = {
    "case": N_("Enter a resolution"),
    "demarche": N_("Open a thread"),
    "office": N_("Enter an office"),
    "body": N_("Enter a body"),
    "person": N_("Enter a person"),
    "assembly": N_("Enter an assembly"),
    "plan": N_("Enter a plan"),
    "record": N_("Enter an activity"),
}
ITEM = "plan_item"
ITEMS = CASES | {"carry-over": N_("Carry {what} over to another plan")}
TITLES = {"case": CASES, ITEM: ITEMS, "demarche": CASES | DEMARCHES, "plan": PLANS, "record": RECORDS}
CREATES = {"case": "adopt", "demarche": "send"}
OTHERWISE = N_("{act}: {what}")


def creating(kind: str) -> str:
    """The verb that begins a thing of a kind."""
    return CREATES.get(kind, "create")


def what_is_meant(page: Page, kind: str, row: Row) -> Noun:
    """« la résolution 7 », « la démarche 12 », a name."""
    if kind == "case":
        numbers = list(row["numbers"])
        if row.get("kind") == ITEM:
            return _item(page, numbers)
        said = page.count(N_("resolution {numbers}"), "resolutions {numbers}", len(numbers), numbers=numbers)
        return _article(page, said, plural=len(numbers) > 1)
    if kind == "demarche":
        return thread_noun(str(row["ref"]), page.lang)
    return person_noun(str(row["title"] if kind == "record" else row["name"]), page.lang)


def _item(page: Page, numbers: list[str]) -> Noun:
    """« l’action 1.3 »."""
    said = page.say(N_("item {number}"), number=numbers)
    return Noun.of_forms(said, f"à {said}", f"de {said}") if page.lang == "fr" else _article(page, said, False)


def several_cases(page: Page, n: int) -> Noun:
    """« 3 dossiers »."""
    said = page.count(N_("{n} case"), "{n} cases", n)
    return Noun.of_forms(said, f"à {said}", f"de {said}") if page.lang == "fr" else _article(page, said, True)


def _article(page: Page, said: str, plural: bool) -> Noun:
    """Under its article, contracted where French does."""
    if page.lang != "fr":
        return Noun.of_forms(said, f"to {said}", f"of {said}")
    le, au, du = ("les", "aux", "des") if plural else ("la", "à la", "de la")
    return Noun.of_forms(f"{le} {said}", f"{au} {said}", f"{du} {said}")


def title_of(page: Page, kind: str, verb: str, what: Noun | None, rules: Workflow | None = None) -> str:
    """The heading of the form, which its button repeats."""
    if verb == creating(kind) and not what:
        return page.say(NEW[kind])
    of = ITEM if rules and rules.definition.workflow == ITEM else kind
    if template := TITLES.get(of, ENTRIES).get(verb):
        return page.say(template, what=what)
    name = page.say("{name}", name=name_of(verb, rules or library().latest("resolution")))
    return page.say(OTHERWISE, act=name[:1].upper() + name[1:], what=what)
