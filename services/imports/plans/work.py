"""The work plan: section > item > how-and-when line, with who and follow-up (QUOI | COMMENT et QUAND | QUI | SUIVI)."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from domain.time.schedules import Context
from services.imports.documents.document import Line
from services.imports.plans import notices
from services.imports.plans.entries import Entry, entries, unpunctuated, verdicts_apart, written
from services.imports.plans.numbers import Numbered, initials, read_name, read_number
from services.imports.plans.sheet import Heading, Laid, Sheet
from services.imports.plans.timing import Findings, read_due, read_targets, read_when
from services.imports.plans.tree import Growing, same_words

_NEXT_STEP = re.compile(r"(?<=\))[\s;,.]+(?=[A-ZÀ-ÖØ-Þ])")
_NAME = r"[A-ZÀ-Ý][\w’'.-]*(?: (?:[A-ZÀ-Ý][\w’'.-]*|de|du|la|le))*"
_NAMES = re.compile(rf"{_NAME}(?:\s*(?:,|;|/|&|\bet\b|\band\b)\s*{_NAME})+")
_BETWEEN = re.compile(r"\s*(?:,|;|/|&|\bet\b|\band\b)\s*")


def read_work(sheet: Sheet, context: Context, title: str, findings: Findings) -> list[Growing]:
    """The sections with their items and steps; follow-ups are left with their items as they stand."""
    reading = _Work(context, title, findings)
    for part in sheet.body:
        if isinstance(part, Laid):
            reading.take(part)
        elif isinstance(part, Line):
            reading.take_line(part)
        elif isinstance(part, Heading):
            reading.opened = True
    return reading.finish()


class _Work:
    """A work plan as its rows go by."""

    def __init__(self, context: Context, title: str, findings: Findings) -> None:
        self.context, self.title, self.findings = context, title, findings
        self.sections: list[Growing] = []
        self.item: Growing | None = None
        self.opened = True

    def take_line(self, line: Line) -> None:
        """A line between two tables: the title of a section, if it can be one."""
        said = written(line.text)
        number = read_number(said) or read_name(said)
        if same_words(self.title, said) or line.mark:
            return
        if (number and number.depth == 1) or line.style or line.bold:
            self._section(said, number, line.place.line)
        else:
            self.findings.warn(line.place.line, notices.NotAttached(line=line.place.line, text=said))

    def take(self, row: Laid) -> None:
        """One row: a section, an item, or what goes on with the item before it."""
        told = entries(row.lines("what"))
        what = " ".join(f"{each.mark} {each.text}" if each.letter else each.text for each in told)
        alone = row.alone
        if alone and not what and _is_title(row):
            what = " ".join(written(line.text) for line in alone)
        number = read_number(what) or (read_name(what) if alone else None)
        if what and alone and self._heads(what, number, row):
            self._section(what, number, row.line)
        elif what and not self._goes_on(what, number, row):
            self._begin(what, number, row.line)
            self._fill(row)
        else:
            self._continue(what, row)

    def _heads(self, what: str, number: Numbered | None, row: Laid) -> bool:
        """Whether a row that says but one thing is the title of a section."""
        if number:
            return number.depth == 1
        return not (what[0].islower() and self.item)

    def _goes_on(self, what: str, number: Numbered | None, row: Laid) -> bool:
        """Whether the words in the first column belong to the item before: repeated on the next page, or cut in the
        middle of a sentence."""
        if self.item is None:
            return False
        if number:
            return number.number == self.item.number and same_words(self.item.text, number.text)
        return (what[0].islower() and row.continues) or same_words(self.item.text, what)

    def _section(self, what: str, number: Numbered | None, line: int) -> None:
        last = self.sections[-1] if self.sections else None
        if number:
            text, given, printed = number.text, number.number, number.printed
        else:
            text, printed = what, ""
            given = str(max((int(each.number) for each in self.sections if each.number.isdigit()), default=0) + 1)
        if last and same_words(last.text, text) and (not number or last.number == given):
            return
        self.item = None
        self.sections.append(Growing("section", given, text, line, printed))
        if not number:
            self.findings.warn(line, notices.NumberGiven(line=line, text=text, number=given))

    def _begin(self, what: str, number: Numbered | None, line: int) -> None:
        if not self.sections:
            self.sections.append(Growing("section", "", "", line))
        section = self.sections[-1]
        if number:
            item = Growing("item", number.number, number.text, line, number.printed)
            if number.mended:
                self.findings.warn(line, notices.NumberMended(line=line, printed=number.printed, number=number.number))
            if section.printed and not number.number.startswith(f"{section.number}."):
                parent = f"{section.printed} {section.text}".strip()
                self.findings.warn(line, notices.OutOfPlace(line=line, number=number.number, parent=parent))
        else:
            lettered = not section.printed and any(each.printed for each in self.sections)
            item = Growing("item", _next_number(section, lettered), what, line)
            self.findings.warn(line, notices.NumberGiven(line=line, text=what, number=item.number))
        item.targets = read_targets(item.text, self.context)
        self.item = item
        section.below.append(item)

    def _continue(self, what: str, row: Laid) -> None:
        if self.item is None:
            said = " ".join(cell.text for cell in row.cells.values()).strip()
            self.findings.warn(row.line, notices.NotAttached(line=row.line, text=said[:80]))
            return
        if what and not same_words(self.item.text, (read_number(what) or _bare(what)).text):
            self.item.text = f"{self.item.text} {what}"
        self.findings.warn(row.line, notices.RowContinued(line=row.line, number=self.item.number))
        self._fill(row)

    def _fill(self, row: Laid) -> None:
        item = self.item
        assert item
        item.reach(row.last_line)
        steps = self._steps(row)
        item.steps += steps
        item.who += [name for name in _names(entries(row.lines("who"))) if name not in item.who]
        item.told += verdicts_apart(entries(row.lines("follow_up")))

    def _steps(self, row: Laid) -> list[tuple[Entry, str | None]]:
        """The steps of a row with the words of the column that says when, where there is one."""
        steps = [piece for each in entries(row.lines("how")) for piece in self._apart(each)]
        whens = [each.text for each in entries(row.lines("when"))]
        if not whens:
            return [(each, None) for each in steps]
        if len(whens) == len(steps):
            return list(zip(steps, whens, strict=True))
        if len(whens) > 1 or not steps:
            for words in whens:
                self.findings.warn(row.line, notices.WhenUnmatched(line=row.line, words=words))
            return [(each, None) for each in steps]
        if len(steps) > 1:
            self.findings.warn(row.line, notices.WhenShared(line=row.line, words=whens[0], count=len(steps)))
        return [(each, whens[0]) for each in steps]

    def _apart(self, entry: Entry) -> list[Entry]:
        """Steps whose bullets were lost: each ends with its time in parentheses."""
        pieces = [] if entry.mark else [piece for piece in _NEXT_STEP.split(entry.text) if piece.strip()]
        quiet = Findings()
        due = [read_due(piece, self.context, entry.line, quiet)[1] or "mandat" in piece[-20:] for piece in pieces[:-1]]
        if len(pieces) < 2 or not all(due):
            return [entry]
        said = notices.RunTogether(line=entry.line, count=len(pieces), items=pieces)
        self.findings.warn(entry.line, said)
        return [replace(entry, text=piece) for piece in pieces]

    def finish(self) -> list[Growing]:
        """The sections, and items that stand in none; their steps with what they say of when, each knowing the one before."""
        for section in self.sections:
            for item in section.below:
                self._schedule(item)
        return [each for section in self.sections for each in ([section] if section.number else section.below)]

    def _schedule(self, item: Growing) -> None:
        previous: str | None = None
        for at, (entry, when) in enumerate(item.steps, 1):
            context = self.context._replace(previous=previous)
            text, schedule = read_due(entry.text, context, entry.line, self.findings)
            if schedule is None and when:
                schedule = read_when(when, context, entry.line, self.findings)
            if schedule is None and not when and "(" not in entry.text[-40:]:
                self.findings.warn(entry.line, notices.WhenMissing(line=entry.line, text=entry.text))
            if schedule and schedule.kind == "once" and schedule.edtf:
                previous = schedule.edtf
            step = Growing("step", str(at), unpunctuated(text), entry.line, schedule=schedule)
            step.targets = read_targets(text, context)
            item.below.append(step)


def _bare(text: str) -> Numbered:
    return Numbered("", "", text, False)


def _is_title(row: Laid) -> bool:
    """Whether the only cell that holds words, in another column than the items', is the title of a section: it has a number,
    or stands over several columns."""
    number = read_number(row.alone[0].text)
    wide = row.cells[row.filled[0]].across > 1
    return not any(line.mark or line.level for line in row.alone) and (
        wide or (number is not None and number.depth == 1)
    )


def _next_number(section: Growing, lettered: bool) -> str:
    """By which an item without number is called: by order in its section; the first of a section that has no number beside
    others that have one, by the initials of its title (« DS » of « Dossier spécial »)."""
    if lettered and not section.below:
        return initials(section.text)
    return ".".join(filter(None, (section.number, str(len(section.below) + 1))))


def _names(told: Sequence[Entry]) -> list[str]:
    """Who: each name of « Denis et Catherine »; a body stays whole, whatever its words."""
    found: list[str] = []
    for each in told:
        text = unpunctuated(each.text).strip(" .")
        found += _BETWEEN.split(text) if _NAMES.fullmatch(text) else [text]
    return [name for name in found if name]
