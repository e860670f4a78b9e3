"""The axes plan: axis > [heading] > means > [group] > activity, with results expected of each means (Moyens | Description des
activités | Résultats attendus). The page numbers only the axes: means are called `1.1`, `1.2` …"""

from __future__ import annotations

from dataclasses import replace

from domain.time.schedules import Context
from services.imports.documents.document import Line
from services.imports.plans import notices
from services.imports.plans.columns import Role
from services.imports.plans.entries import Entry, entries, unpunctuated, written
from services.imports.plans.numbers import Numbered, read_name, read_number
from services.imports.plans.sheet import Heading, Laid, Sheet
from services.imports.plans.shifts import named, straighten
from services.imports.plans.splitting import split_items, split_labels, starters
from services.imports.plans.timing import Findings, read_targets, told_within
from services.imports.plans.tree import Growing, same_words
from services.imports.plans.words import is_capitals

_ALIKE = 0.6  # of two names of axes of one number, from which they are one
_LOST = 3  # items that were run together, from which a document lost its bullets before it was this file
_LABEL = 8  # words of a label before a group, at most


def read_axes(sheet: Sheet, context: Context, title: str, findings: Findings) -> list[Growing]:
    """The axes with their means; results and activities under each."""
    rows = [part for part in sheet.body if isinstance(part, Laid)]
    told = [each for row in rows for cell in row.cells.values() for each in entries(cell.lines)]
    begun = starters(each.text for each in told if each.mark or not sheet.extracted)
    joined = sum(len(split_items(each.text, begun, strict=True)) > 1 for each in told if not each.mark)
    reading = _Axes(context, title, begun, findings, sheet.extracted, sheet.extracted or joined >= _LOST)
    for part in sheet.body:
        if isinstance(part, Laid):
            reading.take(part)
        elif isinstance(part, Line):
            reading.take_line(part)
        else:
            reading.take_heading(part)
    return reading.roots


class _Axes:
    """An axes plan as its rows go by."""

    def __init__(
        self, context: Context, title: str, begun: frozenset[str], findings: Findings, extracted: bool, lost: bool
    ) -> None:
        self.context, self.title, self.begun, self.findings = context, title, begun, findings
        self.extracted, self.lost = extracted, lost
        self.roots: list[Growing] = []
        self.axis: Growing | None = None
        self.means: Growing | None = None
        self.heading: str | None = None

    def take_heading(self, heading: Heading) -> None:
        """The name of an axis, where the row of headings has it over the first column."""
        at = heading.columns.column("axis")
        said = heading.cells[at] if at is not None else ""
        if named := read_name(said):
            self._open(named, said, heading.line)

    def take_line(self, line: Line) -> None:
        """A line between two tables: an axis, or a heading over the means that follow."""
        said = written(line.text)
        if same_words(self.title, said):
            return
        if named := read_name(said):
            self._open(named, said, line.place.line)
        elif self.axis and not self.axis.text:
            self.axis.text = said
        elif not line.mark and (said.endswith(":") or line.style or line.bold):
            self.heading = said.rstrip(" :")
        else:
            self.findings.warn(line.place.line, notices.NotAttached(line=line.place.line, text=said))

    def take(self, row: Laid) -> None:
        """One row: an axis, a heading across, a means with what stands beside it, or what goes on with it."""
        row = straighten(row, self.axis is not None, self.findings)
        axis = " ".join(each.text for each in entries(row.lines("axis")))
        if axis:
            self._name_axis(axis, row.line)
        means = entries(row.lines("means"))
        beside = row.text("activities") or row.text("results")
        if means and not beside and self._is_heading(means, row):
            self.heading = " ".join(each.text for each in means).rstrip(" :")
        elif means:
            self._begin(means, row)
        elif beside:
            self._continue(row)

    def _is_heading(self, means: list[Entry], row: Laid) -> bool:
        """A row that says one thing over several columns: « Main-d’œuvre actuelle : »."""
        at = row.columns.column("means")
        across = row.cells[at].across if at is not None and at in row.cells else 1
        return not any(each.listed for each in means) and (means[-1].text.endswith(":") or across > 1)

    def _name_axis(self, said: str, line: int) -> None:
        named = read_name(said) or (number if (number := read_number(said)) and number.depth == 1 else None)
        if named:
            self._open(named, said, line)
        elif self.axis and not self.axis.text:
            self.axis.text = said
        elif not (self.axis and same_words(self.axis.text, said)):
            given = str(len(self.roots) + 1)
            self._open(Numbered("", given, said, False), said, line)
            self.findings.warn(line, notices.NumberGiven(line=line, text=said, number=given))

    def _open(self, named: Numbered, said: str, line: int) -> None:
        """A new axis; not one that is repeated at the head of a page."""
        if (
            self.axis
            and self.axis.number == named.number
            and (not self.axis.text or same_words(self.axis.text, named.text))
        ):
            self.axis.text = self.axis.text or named.text
            return
        self.axis = Growing("axis", named.number, named.text, line, named.printed)
        self.roots.append(self.axis)
        self.means = self.heading = None

    def _begin(self, means: list[Entry], row: Laid) -> None:
        """The means of a row. A theme in capitals above its bullets is a heading of this one."""
        if self.axis is None:
            self._open(Numbered("", "1", "", False), "", row.line)
        assert self.axis
        theme = None
        if len(means) > 1 and not means[0].listed and (means[1].listed or is_capitals(means[0].text)):
            theme, means = means[0].text.rstrip(" :"), means[1:]
        opened = self.means
        if opened and row.continues and (same_words(opened.text, means[0].text) or means[0].text[:1].islower()):
            if not same_words(opened.text, means[0].text):
                opened.text = f"{opened.text} {means[0].text}"
            self._continue(row)
            return
        heads = means if any(each.mark for each in means) else [_whole(means)]
        if len(heads) > 1:
            said = notices.SeveralHeads(line=row.line, count=len(heads), text=heads[0].text)
            self.findings.warn(row.line, said)
        for head in heads:
            place = self._add(self.axis, head, theme)
            if head is heads[0]:
                self.means = place
                self._fill(row)
        for role in ("activities", "results"):
            if self.means and not row.text(role):
                lost = notices.CellLost(line=row.line, column=named(role), text=self.means.text)
                self.findings.warn(row.line, lost)

    def _add(self, axis: Growing, head: Entry, theme: str | None) -> Growing:
        number = read_number(head.text)
        text = unpunctuated(number.text if number else head.text)
        given = number.number if number else f"{axis.number}.{len(axis.below) + 1}"
        place = Growing("means", given, text, head.line, number.printed if number else "")
        place.heading = " – ".join(filter(None, (self.heading, theme))) or None
        place.targets = read_targets(text, self.context)
        axis.below.append(place)
        return place

    def _continue(self, row: Laid) -> None:
        """A row without means: activities and results of the one before, on the next page."""
        if self.means is None:
            said = row.text("activities") or row.text("results")
            self.findings.warn(row.line, notices.NotAttached(line=row.line, text=said[:80]))
            return
        self.findings.warn(row.line, notices.RowContinued(line=row.line, number=self.means.number))
        self._fill(row)

    def _fill(self, row: Laid) -> None:
        means = self.means
        assert means
        means.reach(row.last_line)
        means.results += [unpunctuated(each.text) for each in self._items(row, "results")]
        group: str | None = None
        for each in self._items(row, "activities"):
            if _is_label(each):
                group = each.text.rstrip(" :")
                continue
            text = unpunctuated(each.text)
            activity = Growing("activity", str(len(means.below) + 1), text, each.line, group=group)
            activity.schedule = told_within(text, self.context)
            activity.targets = read_targets(text, self.context)
            means.below.append(activity)

    def _items(self, row: Laid, role: Role) -> list[Entry]:
        """The bullets of a cell, those that were run together cut again."""
        told = entries(row.lines(role))
        return [piece for each in told for piece in self._apart(each, len(told) == 1)]

    def _apart(self, entry: Entry, only: bool) -> list[Entry]:
        """The items of a list whose bullets were lost, its labels apart; any other bullet as it is. In a format that keeps
        bullets, only before words with which other items of the document begin, unless it was made from one that lost them."""
        if entry.mark or (self.extracted and not (entry.level or (only and self.begun))):
            return [entry]
        pieces: list[Entry] = []
        for part in split_labels(entry.text, self.begun):
            if part.endswith(":"):
                pieces.append(replace(entry, text=part, level=0))
            else:
                items = split_items(part, self.begun, strict=not self.lost)
                pieces += [replace(entry, text=piece) for piece in items]
        if len(pieces) > 1:
            items = [piece.text for piece in pieces]
            said = notices.RunTogether(line=entry.line, count=len(items), items=items)
            self.findings.warn(entry.line, said)
        return pieces


def _whole(told: list[Entry]) -> Entry:
    """The paragraphs of one means."""
    return replace(told[0], text=" ".join(each.text for each in told))


def _is_label(entry: Entry) -> bool:
    """« Jeunes : » before the bullets of a group."""
    return not entry.listed and entry.text.endswith(":") and len(entry.text.split()) <= _LABEL
