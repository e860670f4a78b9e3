"""When the lines of a plan are due: the words that say it, and what they mean where they stand."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from domain.errors import SuiviError
from domain.figures import Figure, Target
from domain.time.notation import BadDate, Edtf
from domain.time.reading import NoReference
from domain.time.schedules import BadSchedule, Context, Schedule, read_schedule
from domain.time.schedules.finding import find_schedules
from domain.time.vocabulary import COUNTS, NAMES, either, fold
from services.imports.plans import notices
from services.imports.report import Problem, Severity

_OF_TIME = re.compile(
    rf"(?<![\w])(?:{either(NAMES)}|mandat|mandate|term|semaines?|mois|trimestres?|jours?|weeks?|months?|quarters?|days?|continu\w*"
    r"|annuel\w*|mensuel\w*|hebdo\w*|periodiq\w*|ongoing|yearly|annually|monthly|weekly|(?:19|20)\d\d)(?![\w])"
)
_UNITS = r"(?:jours?|semaines?|mois|ans?|annees?|days?|weeks?|months?|years?)"
_RELATIVE = re.compile(
    r"(?<![\w])(?:prochaine?s?|dernier(?:e|s|es)?|next|last|cette annee|this year|il y a"
    rf"|(?:dans|d'ici|within|in) (?:[0-9]+|{either(COUNTS)}) {_UNITS})(?![\w])"
)
_BRACKETS = {")": "(", "]": "["}
_DASHED = re.compile(r"\s*(?:\s[-–—]|:|→|\s=>)\s+(?P<words>[^:–—()]{3,60})$")
_OF_MANDATE = re.compile(r"mandat|mandate|congres|congress|assembl|meeting|plan")
_THRESHOLD = re.compile(
    rf"(?<![\w])(?P<bound>au moins|au minimum|un minimum de|minimum|at least|a minimum of|au plus|au maximum|at most) "
    rf"(?P<count>[0-9]{{1,4}}|{either(COUNTS)})(?![\w])(?P<noun>[^,;.:()]{{2,80}})"
)
_PER = re.compile(r" (?:par|per|chaque|each|every|a chaque|a each|at each) .*$")
_AT_MOST = ("au plus", "au maximum", "at most")


@dataclass
class Findings:
    """The problems met while a document is read, in the order of its lines."""

    problems: list[Problem] = field(default_factory=list)
    _said: set[tuple[int, str]] = field(default_factory=set)

    def warn(self, line: int, notice: SuiviError) -> None:
        self._add(line, "warning", notice)

    def refuse(self, line: int, notice: SuiviError) -> None:
        self._add(line, "error", notice)

    def _add(self, line: int, severity: Severity, notice: SuiviError) -> None:
        """Once for each line."""
        if (line, str(notice)) not in self._said:
            self._said.add((line, str(notice)))
            self.problems.append(Problem(line, severity, notice))

    def sorted(self) -> tuple[Problem, ...]:
        """Errors first, then by line."""
        return tuple(sorted(self.problems, key=lambda each: (each.severity != "error", each.line)))


def read_when(words: str, context: Context, line: int, findings: Findings) -> Schedule | None:
    """What a column or a parenthesis says of when; null, with the problem told, for what cannot be read."""
    said = words.strip(" .;,")
    try:
        return _likeliest(said, context, line, findings)
    except BadDate as refusal:
        findings.warn(line, notices.WhenUnread(line=line, words=said, because=refusal))
        return None


def _likeliest(words: str, context: Context, line: int, findings: Findings) -> Schedule:
    """The first reading, what it supposes told. Raises BadDate. The years of a plan are no date from which « l’an prochain »
    could be counted."""
    folded = fold(words)
    if context.reference is None and _RELATIVE.search(folded) and not _OF_MANDATE.search(folded):
        raise NoReference(words=words)
    readings = read_schedule(words, context)
    found = readings[0].schedule
    of_mandate = _OF_MANDATE.search(folded)
    if found.inferred and found.kind == "once" and "/" not in (found.said or "") and not of_mandate:
        findings.warn(line, notices.DayInferred(line=line, words=words, day=Edtf(found.edtf)))
    elif len(readings) > 1:
        findings.warn(line, notices.WhenDoubtful(line=line, words=words))
    return found


def part_due(text: str) -> tuple[str, str | None]:
    """A step without the last parenthesis, or the last words after a dash or a colon, that end it; and those words. Null
    where it has no such end."""
    said = text.rstrip(" .;,")
    pair = _BRACKETS.get(said[-1:])
    if pair is None:
        dashed = _DASHED.search(said)
        return (
            (said[: dashed.start()], dashed["words"])
            if dashed and _OF_TIME.search(fold(dashed["words"]))
            else (text, None)
        )
    depth = 0
    for at in range(len(said) - 1, -1, -1):
        depth += (said[at] == said[-1]) - (said[at] == pair)
        if depth == 0:
            head = said[:at].rstrip()
            return (head, said[at + 1 : -1].strip()) if head else (text, None)
    return text, None


def read_due(text: str, context: Context, line: int, findings: Findings) -> tuple[str, Schedule | None]:
    """A step with the time in parentheses at its end: its words without it, and what it means. A parenthesis that says
    nothing of time stays where it is; one that says something which cannot be read, as well, and is told."""
    head, words = part_due(text)
    if words is None:
        return text, None
    heard = Findings()
    try:
        found = _likeliest(words, context, line, heard)
    except BadSchedule as refusal:
        if _OF_TIME.search(fold(words)) and len(words.split()) <= 12:
            findings.warn(line, notices.WhenUnread(line=line, words=words, because=refusal))
        return text, None
    except BadDate as refusal:
        findings.warn(line, notices.WhenUnread(line=line, words=words, because=refusal))
        return text, None
    if found.kind in ("unchecked", "condition") and not _OF_TIME.search(fold(words)):
        return text, None
    findings.problems += heard.problems
    return head, found


def told_within(text: str, context: Context) -> Schedule | None:
    """The rhythm that a text itself says, of which its column may say otherwise: the most telling one."""
    told = [each.readings[0].schedule for each in find_schedules(text, context)]
    return max(told, key=lambda each: (each.times is not None, each.rrule is not None), default=None)


def disagree(told: Schedule, column: Schedule) -> bool:
    """Whether two rhythms cannot both be meant: one says how often, or another interval."""
    if not {told.kind, column.kind} <= {"recurring", "per_meeting"} or (told.rrule is None and told.times is None):
        return False
    return (told.rrule, told.times) != (column.rrule, column.times)


def read_targets(text: str, context: Context) -> tuple[Target, ...]:
    """What is to be reached: « au moins deux rencontres par année », « un minimum de 30 délégués »."""
    folded = fold(text)
    return tuple(_target(text, found, context) for found in _THRESHOLD.finditer(folded))


def _target(text: str, found: re.Match[str], context: Context) -> Target:
    words = text[found.start() : found.end()].strip()
    said = found["count"]
    value = int(said) if said.isdigit() else COUNTS[said]
    noun = text[found.start("noun") : found.end("noun")]
    measures = noun[: per.start()] if (per := _PER.search(fold(noun))) else noun
    rhythm = next((each.readings[0].schedule.rrule for each in find_schedules(words, context)), None)
    bound = "at_most" if found["bound"] in _AT_MOST else "at_least"
    return Target(Figure(measures.strip(), words, value, bound), rhythm)  # type: ignore[arg-type]
