"""What there is to do, in the words of the page: a title, why, how late, and the one or two next steps."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import uuid4

from domain.time import Edtf, local_day
from projections.phrases.catalogue import N_
from projections.phrases.nouns import Noun, body_noun
from projections.phrases.offices import title_noun
from projections.phrases.rows import Row, brief, who
from services.reading.today import Task, next_step
from web.pages.states import shown_state
from web.pages.waiting import Thresholds, tally_model, waiting_model
from web.rendering import Page, address_of

WORDS = (N_("one"), N_("two"), N_("three"), N_("four"), N_("five"), N_("six"), N_("seven"), N_("eight"), N_("nine"))
_SHORT = re.compile(
    r"^(?:vice-)?(?:première? )?ministre (?:responsable )?(?:de l’|de la |des |du |de |d’|aux |à la |à l’|au )", re.IGNORECASE
)

_MINISTER = re.compile(r"(?:vice-)?(?:premi(?:er|ère) )?minist(?:re|er)\b", re.IGNORECASE)


def in_words(page: Page, n: int) -> str:
    """« cinq »; from ten on, in figures."""
    return page.say(WORDS[n - 1]) if 0 < n <= len(WORDS) else str(n)


def counted(page: Page, n: int, one: str, many: str) -> str:
    """« Une chose à faire. », « Cinq choses à faire. »; nothing for none."""
    if n == 0:
        return ""
    return page.say(one) if n == 1 else page.say(many, many=capital(in_words(page, n)))


def capital(text: str) -> str:
    """With a capital."""
    return text[:1].upper() + text[1:]


def short_office(name: str) -> str:
    """« Environnement », of « ministre de l’Environnement, de la Lutte contre les changements climatiques… »."""
    return capital(_SHORT.sub("", name).split(",")[0].strip()) or name


def is_ministry(name: str) -> bool:
    """Whether an office is that of a minister, by its name."""
    return bool(_MINISTER.match(name))


def numbers_of(cases: Any) -> str:
    """« 23 – 24 – 25 », « 17, 22 »."""
    return ", ".join(" – ".join(case["numbers"]) for case in cases)


@dataclass(frozen=True)
class Wording:
    """What the sentences are made with: the page, the organisation's zone, today, after how many days one is late."""

    page: Page
    zone: str
    day: date
    limits: Thresholds

    def office(self, thread: Row) -> Noun:
        """« la ministre de la Famille », as the gender of its holder has it."""
        if not thread["office"]:
            return body_noun(self.page.say(N_("a letter")), self.page.lang)
        office, holder = thread["office"], thread["holder"] or {}
        return title_noun(office["name"], self.page.lang, holder.get("gender"), office["feminine"])

    def model(self, task: Task) -> dict[str, Any]:
        """One thing to do, as its row shows it."""
        actions = self._actions(task)
        return {
            "numbers": numbers_of(task.cases), "kind": task.kind, "title": self.title(task),
            "why": [line for line in self._why(task) if line], "meter": self._meter(task), "when": self._when(task),
            "badge": shown_state(self.page, task.cases[0]) if task.kind == "blocked" else None,
            "late": task.day is not None and task.day < self.day, "actions": actions[:2],
        }  # fmt: skip

    def title(self, task: Task) -> str:
        """« Relancer le ministre de l’Éducation »."""
        page, thread = self.page, task.thread
        name = brief(task.cases[0]["title"]) if task.cases else ""
        if thread is not None:
            return page.say(_OF_THREADS[_of(task)], office=str(self.office(thread)))
        if task.kind == "silent":
            if len(task.cases) == 1:
                return page.say(N_("Ask for news of a silent case"))
            return page.say(N_("Ask for news of {many} silent cases"), many=in_words(page, len(task.cases)))
        if task.kind == "task":
            return task.text or name
        if task.kind == "report":
            body = body_noun(who((task.clock or {}).get("about")), page.lang)
            return page.say(N_("Ask for news from {body}"), body=body.to if page.lang == "fr" else str(body))
        return page.say(_OF_CASES[task.kind], title=name)

    def _why(self, task: Task) -> list[str]:
        if task.thread is not None:
            return self._why_thread(task, task.thread)
        page, case = self.page, task.cases[0]
        if task.kind == "silent":
            names = [brief(each["title"]) for each in task.cases[:2]]
            return [page.say(N_("{titles}: nothing was heard for two months."), titles=names)]
        owner = page.say(N_("Followed by {owner}."), owner=who(case["owner"])) if case["owner"] else ""
        if task.kind == "blocked":
            silent = [short_office(who(office)) for office in task.awaited]
            return [page.say(N_("No answer: {offices}."), offices=silent) if silent else "", owner]
        due = page.say(N_("To be done by: {day}."), day=Edtf((task.clock or {})["due"])) if task.clock else ""
        named = task.kind in ("task", "report")
        asked = task.text if task.kind == "asked" else ""
        return [brief(case["title"]) if named else "", " ".join(filter(None, (asked, due, owner)))]

    def _why_thread(self, task: Task, thread: Row) -> list[str]:
        page = self.page
        person = who(thread["holder"]) or capital(self.office(thread))
        sent = tally_model(page, thread)["words"]
        sent = f"{capital(sent)}." if sent else ""
        if task.kind in ("meeting", "account"):
            meeting = next(one for one in thread["meetings"] if one["state"] == "fixed")
            on = {"who": person, "day": Edtf(meeting["date"])}
            if meeting["place"]:
                return [page.say(N_("{who}, {day.placed}; place: {place}."), place=meeting["place"], **on), sent]
            return [page.say(N_("{who}, {day.placed}."), **on), sent]
        if task.kind == "remind":
            days = thread["days_waiting"]
            said = page.say(N_("{who} has not answered."), who=person)
            if days is not None:
                waited = N_("{who} has not answered for {n} day."), "{who} has not answered for {n} days."
                said = page.count(*waited, days, who=person)
            return [said, " ".join(filter(None, (sent, self._next(task))))]
        since = (task.clock or {}).get("due")
        ours = page.say(N_("It is our turn since {day}."), day=Edtf(since)) if since else page.say(N_("It is our turn."))
        return [ours, self._next(task)]

    def _next(self, task: Task) -> str:
        at = next_step(task)
        return self.page.say(N_("Next reminder {day.placed}."), day=local_day(at, self.zone)) if at else ""

    def _meter(self, task: Task) -> dict[str, Any] | None:
        return waiting_model(self.page, task.thread, self.limits) if task.kind == "remind" and task.thread else None

    def _when(self, task: Task) -> str:
        """« dans 6 jours », « en retard de 19 jours »."""
        if task.day is None:
            return ""
        days = (task.day - self.day).days
        if days == 0:
            return self.page.say(N_("today"))
        if days == 1:
            return self.page.say(N_("tomorrow"))
        if days > 0:
            return self.page.say(N_("in {n} days"), n=days)
        return self.page.count(N_("{n} day overdue"), "{n} days overdue", -days)

    def _actions(self, task: Task) -> list[dict[str, Any]]:
        """What comes next, then something else; « Prendre acte » where a reminder waits to be acknowledged."""
        case = address_of(task.cases[0]["ref"])
        thread = address_of(task.thread["ref"]) if task.thread else ""
        back = {"retour": "/"}
        verb, words = _VERBS[task.kind]
        place = thread if task.thread else case
        to = f"{place}/agir/{verb}" if verb else case
        first = {"words": self.page.say(words), "href": self.page.link(to, **(back if verb else {})), "post": None}
        if task.kind == "silent" and len(task.cases) > 1:
            first["href"] = self.page.link("/dossiers", silent="1")
        if task.rung or task.kind == "asked":
            seen = {"words": self.page.say(N_("Take note")), "href": "", "post": f"{place}/agir/acknowledge-step",
                    "clock": task.clock_kind, "id": str(uuid4())}  # fmt: skip
            return [first, seen]
        if task.kind == "remind":
            still = self.page.link(f"{thread}/agir/say-silent", **back)
            return [first, {"words": self.page.say(N_("Still nothing, I note it")), "href": still, "post": None}]
        if verb:
            return [first, {"words": self.page.say(N_("Open the case")), "href": self.page.link(case), "post": None}]
        return [first]


def _of(task: Task) -> str:
    """What is ours to do in a thread depends on where it stands."""
    if task.kind != "ours" or task.thread is None:
        return task.kind
    return {"met": "met", "answered": "answered"}.get(task.thread["state"], "ours")


_OF_THREADS = {
    "meeting": N_("Meet {office}"), "account": N_("Tell what came of the meeting with {office}"),
    "remind": N_("Send a reminder to: {office}"), "met": N_("Follow up on the meeting with {office}"),
    "answered": N_("Follow up on the answer: {office}"), "ours": N_("Take the next step with {office}"),
}  # fmt: skip
_OF_CASES = {
    "due": N_("See to the due date: {title}"), "until": N_("Take up again: {title}"), "review": N_("Look again at: {title}"),
    "blocked": N_("Decide what comes next: {title}"), "asked": N_("Come back to: {title}"),
}  # fmt: skip
_VERBS = {
    "meeting": ("", N_("Open the case")), "account": ("hold-meeting", N_("Tell of the meeting")),
    "remind": ("remind", N_("Record a reminder")), "ours": ("note", N_("Record what follows")),
    "due": ("set-due", N_("Set another date")), "task": ("finish-task", N_("It is done")),
    "report": ("report-back", N_("Record the report")), "until": ("resume", N_("Resume the case")),
    "review": ("", N_("Open the case")), "blocked": ("", N_("Decide what comes next")), "silent": ("note", N_("Record a fact")),
    "asked": ("", N_("Open the case")),
}  # fmt: skip
