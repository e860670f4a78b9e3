"""A reminder in sentences, as a secretary in Quebec would write it: what was sent, what came of it, what is asked."""

from __future__ import annotations

import re
from typing import Any

from domain.time import Edtf as Date
from domain.values import Count, Edtf
from domain.words import plain
from projections.phrases.catalogue import plural, say, set_in_type
from projections.phrases.typography import NO_BREAK
from services.letters import addressing, wording
from services.letters.facts import Reminder

_DAY = re.compile(r"\d{4}-\d\d-\d\d")
_BEFORE_A_WORD = re.compile(r"(?<=\d) (?=[^\W\d])|(?<=1er) ")
_TWO = re.compile(r"2|deux|two")


class Letter:
    """The words of one reminder."""

    def __init__(self, reminder: Reminder, lang: str) -> None:
        self.facts, self.lang = reminder, lang
        self.kind = wording.KINDS.get(reminder.sent.kind, wording.LETTER)

    def words(self) -> dict[str, Any]:
        """What a template may lay out, each a line or a list of lines: its fields are these and no others."""
        facts = self.facts
        return {
            "organisation": facts.organisation or self.say(wording.NO_ORGANISATION),
            "date": _bound(_capital(self.say("{day.placed}" if self.lang == "fr" else "{day}", day=facts.day))),
            "address": addressing.address(facts.to, self.lang, facts.inclusive),
            "reference": self.say(wording.REFERENCE, ref=self.say(wording.THREAD, number=str(facts.number))),
            "subject_label": self.say(wording.SUBJECT),
            "subject": self.subject(),
            "resolutions": [self.say(wording.RESOLUTION, number=r.number, title=r.title) for r in facts.resolutions],
            "salutation": f"{addressing.salutation(facts.to, self.lang)},",
            "opening": [_bound(self.opening())],
            "demand": self.demand(),
            "rest": [_bound(self.since()), self.ask()],
            "closing": addressing.closing(facts.to, self.lang),
            "signatory": facts.signatory or self.say(wording.NO_SIGNATORY),
            "function": self.say(wording.NO_FUNCTION),
        }

    def say(self, template: str, **facts: Any) -> str:
        return say(set_in_type(template, self.lang, spaced=self.facts.spaced), self.lang, **facts)

    def subject(self) -> str:
        """« Suivi de notre lettre du 26 juin 2024 – La qualité de l’air »."""
        follow_up, topic = _bound(self.follow_up()), self.facts.sent.subject
        return self.say(wording.ON_TOPIC, follow_up=follow_up, topic=topic) if topic else follow_up

    def follow_up(self) -> str:
        day, noun = self.facts.sent.day, self.say(self.kind.noun)
        if day is None:
            return self.say(wording.FOLLOWS, noun=noun)
        return self.say(wording.FOLLOWS_DAY if _DAY.fullmatch(day) else wording.FOLLOWS_DATE, noun=noun, day=Date(day))

    def opening(self) -> str:
        """What was sent, to whom, about which resolutions; the demand follows, if it is known."""
        demand = self.say(wording.IN_SUBSTANCE) if self.demand() else ""
        return " ".join(filter(None, [self.first(), self.moved(), self.followed(), self.cosigned(), demand]))

    def first(self) -> str:
        """« Le 26 juin 2024, nous avons écrit à votre prédécesseure, Mme Suzanne Roy. »"""
        day, count, former = self.facts.sent.day, self.facts.sent.count, self.former()
        done = self.say(self.kind.to_former, former=former) if former else self.say(self.kind.to_you)
        if count.min > 1:
            often = _capital(self.say(wording.AGAIN, times=self.counted(count, wording.TIMES), done=done))
            return f"{often} {self.say(wording.FIRST, day=Date(day))}" if day else often
        return _capital(self.say(wording.ON_A_DAY, day=Date(day), done=done) if day else self.say(wording.ONCE, done=done))

    def former(self) -> str:
        """To whom it was sent, if it was not to the reader."""
        sent = self.facts.sent
        if sent.elsewhere:
            return self.say(wording.REFERRED if sent.referred else wording.MOVED, office=sent.elsewhere)
        return addressing.former(sent.predecessor, self.lang) if sent.predecessor else ""

    def moved(self) -> str:
        sent = self.facts.sent
        return self.say(wording.YOURS_NOW) if sent.elsewhere and not sent.referred else ""

    def followed(self) -> str:
        """The resolutions by number, and when they were adopted if it was on one date."""
        resolutions = self.facts.resolutions
        if not resolutions:
            return ""
        facts: dict[str, Any] = {"this": _capital(self.say(self.kind.this)), "numbers": [r.number for r in resolutions]}
        days = {r.adopted for r in resolutions}
        if len(days) == 1 and (day := days.pop()):
            return plural(*wording.FOLLOWED_ADOPTED, len(resolutions), self.lang, day=Date(day), **facts)
        return plural(*wording.FOLLOWED, len(resolutions), self.lang, **facts)

    def cosigned(self) -> str:
        """By how many others, at least: what is not known is not said."""
        count = self.facts.sent.cosigners
        if count is None or not count.min:
            return ""
        return plural(*wording.COSIGNED, count.min, self.lang, many=self.number(count.min))

    def demand(self) -> list[str]:
        """What was asked, as it was recorded: a paragraph for each of its lines."""
        return [line.strip() for line in (self.facts.sent.text or "").splitlines() if line.strip()]

    def since(self) -> str:
        """What came of it so far: that it was received, our reminders, and no answer."""
        since = self.facts.since
        received = self.say(wording.RECEIVED, day=Date(since.acknowledged)) if since.acknowledged else ""
        silence = self.say(wording.PROMISED, day=Date(since.promised)) if since.promised else self.say(wording.SILENT)
        return " ".join(filter(None, [received, self.reminded(), silence]))

    def reminded(self) -> str:
        """The reminders, with the days of all of them or of the last."""
        count, days = self.facts.since.reminders, self.facts.since.reminded
        if not count.min:
            return ""
        reminders = self.counted(count, wording.REMINDERS)
        if not days:
            return self.say(wording.SINCE, reminders=reminders)
        if count.exact and count.min == len(days):
            return self.say(wording.SINCE_ON, reminders=reminders, days=self.days(days))
        return self.say(wording.SINCE_LAST, reminders=reminders, day=Date(days[-1]))

    def days(self, days: tuple[Edtf, ...]) -> list[str]:
        """« les 3 septembre et 15 octobre 2024 » where all are days, else one after the other."""
        if all(map(_DAY.fullmatch, days)):
            return [self.say("{days.placed}", days=Date(f"{{{','.join(sorted(set(days)))}}}"))]
        return [self.say("{day.placed}", day=Date(day)) for day in days]

    def counted(self, count: Count, forms: wording.Counted) -> str:
        """« trois relances », « au moins trois relances », « plusieurs relances »."""
        few = self.number(count.min)
        if count.exact:
            return plural(*forms.exact, count.min, self.lang, many=few)
        if count.max is not None:
            return self.say(forms.between, few=few, many=self.number(count.max))
        if count.min == 2 and count.text and not _TWO.search(plain(count.text)):
            return self.say(forms.several)
        return plural(*forms.least, count.min, self.lang, many=few)

    def ask(self) -> str:
        resolutions = self.facts.resolutions
        account = plural(*wording.ACCOUNT, len(resolutions), self.lang) if resolutions else ""
        return " ".join(filter(None, [account, self.say(self.kind.ask)]))

    def number(self, n: int) -> str:
        """In words as far as nine, as a letter has it."""
        return self.say(wording.NUMBERS[n]) if 0 < n < len(wording.NUMBERS) else self.say("{n}", n=n)


def _bound(words: str) -> str:
    """A number stays on the line of the word that it counts: « 26 juin », « 12 autres »."""
    return _BEFORE_A_WORD.sub(NO_BREAK, words)


def _capital(words: str) -> str:
    return words[:1].upper() + words[1:]
