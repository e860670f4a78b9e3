"""What may be chosen in each field, as it stands now."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cached_property

from projections.phrases.catalogue import N_
from projections.phrases.choices import LEGISLATURES
from projections.phrases.rows import label_of
from services.facts import Field
from services.home import Home
from services.reading.choosing import Offered, assemblies_offered, cases_offered, entries_offered, threads_offered
from services.reading.pages import Row
from services.reading.when import When
from services.reports.drafts import draft_of
from services.wording import CHARGES
from web.pages.doing_labels import choice_words
from web.pages.doing_plans import PlanFields
from web.rendering import Page
from workflows.library import library
from workflows.vocabulary import CLOCKS

FILES = (N_("letter"), N_("answer"), N_("minutes"), N_("press release"), N_("photograph"))
LINKS = (N_("same subject"), N_("same meeting"), N_("completes it"), N_("rests on it"))
ENTRIES = ("person", "body", "office")
TASK = "task"
PLACES = frozenset({"under", "before", "number", "line"})  # of the tree of a plan
MOST_WORDS = 90  # characters of an option


@dataclass(frozen=True)
class Option:
    """What is sent and what is read; `free`: other words will do as well."""

    value: str
    words: str
    free: bool = False


@dataclass
class Options:
    """Reads what a form offers, each kind once. `lists`: those that fields share, by their ids."""

    page: Page
    home: Home
    row: Row | None
    lists: dict[str, Sequence[Option]] = field(default_factory=dict)
    entries: list[Offered] | None = None

    def of(self, name: str, fact: Field) -> Sequence[Option]:
        """What is shown beside the field, or in it."""
        page = self.page
        if fact.truth:
            return [Option("yes", page.say(N_("Yes"))), Option("no", page.say(N_("No")))]
        if name == "legislature":
            return [Option(each, page.say(LEGISLATURES.get(each, each))) for each in fact.choices]
        if fact.choices:
            return [Option(each, choice_words(page, each)) for each in fact.choices]
        if self.plan and name in PLACES:
            return [Option(number, words, free=True) for number, words in self.plan.offered(name)]
        leaving = "leaving_" if page.path.endswith("/agir/split") else ""
        own = getattr(self, f"_{leaving}{name}", None)
        return own() if own else ()

    @cached_property
    def plan(self) -> PlanFields | None:
        """The places of the plan, where the form is about one."""
        ref = str((self.row or {}).get("ref", ""))
        return PlanFields(self.page, self.home, ref) if ref.startswith("plan:") else None

    def standing(self, verb: str, name: str) -> Sequence[str]:
        """What a field begins with, where that is more than what the row says: of a plan, what stands at its place; of the
        paragraph of a report, what was approved last, else what was drafted from the facts."""
        if (verb, name) == ("approve-report", "text") and self.row:
            return [self.row["approved"] or self._drafted(self.row["ref"])]
        return self.plan.standing(verb, name) if self.plan else ()

    def _drafted(self, ref: str) -> str:
        """In the language in which reports are written, whatever that of the page."""
        return draft_of(self.home, ref, When(), self.home.store.present.organisation.lang).text

    def listed(self, name: str, fact: Field) -> str:
        """The id of the list that a field is helped by, read if it was not."""
        if fact.ref:
            kinds = sorted(kinds_of(fact))
            id = "l-" + "-".join(kinds)
            if id not in self.lists:
                self.lists[id] = self._offered(kinds)
            return id
        self.lists[f"l-{name}"] = self.of(name, fact)
        return f"l-{name}"

    def _offered(self, kinds: Sequence[str]) -> list[Option]:
        if {*kinds} & {*ENTRIES} and self.entries is None:
            self.entries = entries_offered(self.home, ENTRIES)
        found = [one for one in self.entries or () if one.kind in kinds]
        found += cases_offered(self.home) if "case" in kinds else []
        found += threads_offered(self.home) if "demarche" in kinds else []
        return [Option(one.value, "" if one.words == one.value else one.words[:MOST_WORDS]) for one in found]

    def _assembly(self) -> Sequence[Option]:
        return [Option(one.value, one.words) for one in assemblies_offered(self.home)]

    def _leaving_numbers(self) -> Sequence[Option]:
        row = self.row or {}
        numbers = row.get("numbers", ())
        return [Option(number, f"{number} · {row['titles'].get(number, '')[:MOST_WORDS]}") for number in numbers if numbers[1:]]

    def _leaving_parts(self) -> Sequence[Option]:
        row = self.row or {}
        labels = [part["label"] for part in row.get("parts", ())]
        return [Option(label, label) for label in labels if label not in row.get("numbers", ())]

    def _task(self) -> Sequence[Option]:
        tasks = (self.row or {}).get("tasks", ())
        return [Option(str(task["task"]), task["text"][:MOST_WORDS]) for task in tasks if not task["done"]]

    def _clock(self) -> Sequence[Option]:
        return [_clock(self.page, clock) for clock in (self.row or {}).get("clocks", ())]

    def _state(self) -> Sequence[Option]:
        row = self.row
        if not row or "proposals" not in row:
            return ()
        states = library()[row["workflow"]].states
        return [Option(state, label_of(state, self.page.lang, row["workflow"])) for state in states]

    def _note(self) -> Sequence[Option]:
        notes = (self.row or {}).get("notes", ())
        return [Option(str(note["position"]), note["text"][:MOST_WORDS]) for note in notes]

    def _charge(self) -> Sequence[Option]:
        return [Option(self.page.say(words), "", free=True) for words in list(CHARGES.values())[:5]]

    def _kind(self) -> Sequence[Option]:
        words = FILES if self.page.path.endswith("/attach") else LINKS if self.page.path.endswith("/link") else ()
        return [Option(self.page.say(each), "", free=True) for each in words]


def _clock(page: Page, clock: Row) -> Option:
    """A deadline, by its kind; a task’s by its number."""
    value = f"{TASK} {clock['about']}" if clock["kind"] == TASK else clock["kind"]
    words = page.say(CLOCKS[clock["kind"]])
    return Option(value, f"{words[:1].upper()}{words[1:]} ({page.day(clock['due'])})")


def kinds_of(fact: Field) -> tuple[str, ...]:
    """What a reference may point at."""
    return fact.ref.kinds if fact.ref else ()
