"""How an annual report tells a record: in its own words where it has some, else from its facts."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from domain.agreement import agreed
from domain.words import plain
from projections.phrases.annals import FORMS, RELATIONS
from projections.phrases.catalogue import N_, listed, set_in_type
from projections.phrases.dates import write_date
from projections.phrases.rows import who
from projections.phrases.threads import UNADDRESSED, holder_of
from projections.phrases.typography import NO_BREAK
from services.reports.asked import Ground
from services.reports.narrative.ground import Ground as Words
from services.reports.narrative.ground import capital

Row = dict[str, Any]
DELEGATE = N_("delegate, of a man"), N_("delegate, of a woman")
_ORDINAL = re.compile(r"(?<=\d)(?:ER|RE|E)\b")
CUT = "…"  # ends a title that an import shortened


@dataclass(frozen=True)
class Lines:
    """A line for each record, without what ends it."""

    on: Ground
    words: Words

    def own(self, row: Row) -> str | None:
        """The words that the record has for itself, if they hold its title."""
        text = " ".join((row["text"] or "").split())
        return text if text and plain(row["title"].rstrip(CUT)) in plain(text) else None

    def activity(self, row: Row) -> str:
        """« Le 11 avril 2024 : Présentation à la formation, Montréal »."""
        return self._dated(row, self.own(row) or self.titled(row))

    def stand(self, row: Row) -> str:
        """« Conseil général (Québec, 26-28 juin 2024) »."""
        where = ", ".join(filter(None, (row["place"], self.words.dated(row["date"], row["date_words"]))))
        return f"{row['title']} ({where})" if where else row["title"]

    def letter(self, row: Row) -> str:
        """What was written, to whom, about what."""
        form = self.on.say(FORMS[row["form"]]) if row["form"] else ""
        to = listed([who(one) for one in row["addressees"]], self.on.lang) if row["addressees"] else ""
        sent = " ".join(filter(None, (form, f"– {to}" if to else "")))
        told = f"{capital(sent)}. {row['title']}" if sent else row["title"]
        return self._dated(row, self.own(row) or told)

    def thread(self, row: Row) -> str:
        """A letter of a thread: to whom, about what."""
        kind = capital(self.on.say(UNADDRESSED[row["kind"]]))
        holder = holder_of(row["holder"], self.on.lang)
        to = f"{who(row['office'])} ({holder})" if holder and row["office"] else who(row["office"])
        told = f"{kind} – {to}" if to else kind
        return self._after(self.words.placed(row["first_sent"]), f"{told}. {row['subject']}" if row.get("subject") else told)

    def figure(self, row: Row, one: Row, former: Row | None) -> str:
        """« Abonnements : 3358 (l’année précédente : 2998, soit 12 % de plus) »: a change only of what is exact both times; of
        a sentence, what it says itself."""
        if (text := self.own(row)) is not None:
            return text
        return self.words.words(N_("{what}: {words}"), what=capital(one["measures"]), words=one["words"]) + self._change(
            one, former
        )

    def _change(self, one: Row, former: Row | None) -> str:
        if former is None:
            return ""
        change = change_of(former, one)
        if change is None:
            return self.words.words(N_(" (the year before: {words})"), words=former["words"])
        if change == 0:
            return self.words.words(N_(" (as the year before)"))
        many = f"{abs(change)}{NO_BREAK}%" if self.on.lang == "fr" else f"{abs(change)}%"
        less, more = N_(" (the year before: {words}, {many} less)"), N_(" (the year before: {words}, {many} more)")
        return self.words.words(less if change < 0 else more, words=former["words"], many=many)

    def publication(self, row: Row) -> str:
        """« Le Journal, « Le travail invisible », 21 janvier 2025 »."""
        title = f"«{NO_BREAK}{row['title']}{NO_BREAK}»" if self.on.lang == "fr" else f"“{row['title']}”"
        parties = ", ".join(who(one) for one in row["parties"])
        date = self.words.dated(row["date"], row["date_words"])
        return self.own(row) or ", ".join(filter(None, (parties, row["published"], title, date)))

    def alliance(self, row: Row) -> str:
        """What it says of itself, else what we are in it, in the words of the house."""
        if row["text"] or not row["relation"]:
            return str(row["text"] or "")
        if row["relation"] == "delegate" and self.on.lang == "fr":
            his, hers = (set_in_type(word, "fr") for word in DELEGATE)
            return f"{capital(agreed(his, hers, self.words.inclusive))}."
        return f"{capital(self.on.say(RELATIONS[row['relation']]))}."

    def funding(self, row: Row) -> str:
        """Who gives, how much, for which period."""
        amounts = ", ".join(one["words"] for one in row["figures"])
        payers = listed([who(one) for one in row["parties"]], self.on.lang) if row["parties"] else ""
        date = self.words.dated(row["date"], row["date_words"])
        return self.own(row) or _unrepeated(row["title"], payers, amounts, date)

    def titled(self, row: Row) -> str:
        """A record without its date."""
        names = listed([who(one) for one in row["parties"]], self.on.lang) if row["parties"] else ""
        return _unrepeated(row["title"], row["place"], names)

    def _dated(self, row: Row, text: str) -> str:
        """A text after the date of its record, unless it says it."""
        words = row["date_words"] or write_date(row["date"], self.on.lang)
        if plain(words) in plain(text):
            return text
        return self._after(self.words.placed(row["date"], row["date_words"], lasting=True), text)

    def _after(self, when: str, text: str) -> str:
        return self.words.say(N_("{when}: "), when=when) + text


def _unrepeated(title: str, *facts: str | None) -> str:
    """A title, and of the facts those that were not said yet."""
    said = title
    for fact in facts:
        said += f", {fact}" if fact and plain(fact) not in plain(said) else ""
    return said


def capitals(title: str) -> str:
    """A title in capitals, its « 50e » as it is."""
    return _ORDINAL.sub(lambda end: end[0].lower(), title.upper())


def change_of(former: Row, now: Row) -> int | None:
    """By how many hundredths it grew, rounded; null where either is not exact, or where there was nothing."""
    values = [
        Decimal(str(one["value"])) for one in (former, now) if one["value"] is not None and one["bound"] == "exact"
    ]
    if len(values) < 2 or not values[0]:
        return None
    return round((values[1] - values[0]) / values[0] * 100)
