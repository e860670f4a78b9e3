"""What a schedule means, written out: « au moins 2 fois par mois », « chaque année, à l’automne », « à chaque CA ».

It stands beside the words of the document, which are what is printed there; what it writes reads back as the same."""

from __future__ import annotations

from domain.time.schedules import Rhythm, Schedule, Upon
from domain.values import ONCE, Count
from projections.phrases.catalogue import N_, plural, say
from projections.phrases.dates import write_date

_EACH = {
    "DAILY": (N_("each day"), "every {n} day", "every {n} days"),
    "WEEKLY": (N_("each week"), "every {n} week", "every {n} weeks"),
    "MONTHLY": (N_("each month"), "every {n} month", "every {n} months"),
    "YEARLY": (N_("each year"), "every {n} year", "every {n} years"),
}
_PER = {
    "DAILY": N_("{times} per day"), "WEEKLY": N_("{times} per week"),
    "MONTHLY": N_("{times} per month"), "YEARLY": N_("{times} per year"),
}  # fmt: skip
_LENGTHS = {
    "D": ("for {n} day", "for {n} days"), "W": ("for {n} week", "for {n} weeks"),
    "M": ("for {n} month", "for {n} months"), "Y": ("for {n} year", "for {n} years"),
}  # fmt: skip
_SPANS = {
    "D": ("{n} day", "{n} days"), "W": ("{n} week", "{n} weeks"), "M": ("{n} month", "{n} months"),
    "Y": ("{n} year", "{n} years"),
}  # fmt: skip
_AWAY = {"before": N_("{length} before each {what}"), "after": N_("{length} after each {what}")}
_DAYS = {
    "MO": N_("Monday"), "TU": N_("Tuesday"), "WE": N_("Wednesday"), "TH": N_("Thursday"), "FR": N_("Friday"),
    "SA": N_("Saturday"), "SU": N_("Sunday"),
}  # fmt: skip
_RANKS = {
    "1": N_("the first {day} of the month"), "2": N_("the second {day} of the month"),
    "3": N_("the third {day} of the month"), "4": N_("the fourth {day} of the month"),
    "-1": N_("the last {day} of the month"),
}  # fmt: skip
_MEETINGS = {
    "before": N_("before each {what}"), "at": N_("at each {what}"), "after": N_("after each {what}"),
}  # fmt: skip


def write_schedule(schedule: Schedule, lang: str) -> str:
    """What it means, in words. A condition, and what cannot be checked, are said as they were written."""
    upon = schedule.upon
    if schedule.kind == "unchecked" or (upon and schedule.kind != "per_meeting" and upon.relation != "at"):
        return schedule.words
    if upon and schedule.kind != "per_meeting":
        if schedule.edtf is None:
            return schedule.words
        return f"{upon.what} ({write_date(schedule.edtf, lang, placed=True)})"
    parts = [_kind(schedule, lang), _when(schedule, lang), _length(schedule, lang)]
    if not schedule.confirmed:
        parts.append(say(N_("to be confirmed"), lang))
    return ", ".join(filter(None, parts))


def _kind(schedule: Schedule, lang: str) -> str:
    if schedule.kind == "recurring":
        return _rhythm(schedule.rrule, schedule.times, lang)
    if schedule.kind == "continuous":
        return say(N_("continuously"), lang)
    if schedule.kind == "as_needed":
        return say(N_("as needed"), lang)
    if schedule.kind == "per_meeting" and schedule.upon:
        return _meeting(schedule.upon, schedule.duration, lang)
    return ""


def _meeting(upon: Upon, away: str | None, lang: str) -> str:
    """« à chaque CA », « 2 semaines avant chaque CA »."""
    if away is None or upon.relation not in _AWAY:
        return say(_MEETINGS[upon.relation], lang, what=upon.what)
    length = plural(*_SPANS[away[-1]], int(away[1:-1]), lang)
    return say(_AWAY[upon.relation], lang, length=length, what=upon.what)


def _when(schedule: Schedule, lang: str) -> str:
    if schedule.edtf is None:
        return ""
    written, times = write_date(schedule.edtf, lang, placed=True), schedule.times
    if times is None and schedule.kind == "once" and schedule.edtf.endswith("/.."):
        return say(N_("once, {when}"), lang, when=written)
    if times is None or schedule.kind != "once":
        return written
    if times.max is None:
        return say(N_("on several occasions {when}"), lang, when=written)
    return plural("on {n} occasion {when}", "on {n} occasions {when}", times.min, lang, when=written)


def _length(schedule: Schedule, lang: str) -> str:
    if schedule.duration is None or (schedule.kind == "per_meeting" and schedule.upon and schedule.upon.relation in _AWAY):
        return ""
    return plural(*_LENGTHS[schedule.duration[-1]], int(schedule.duration[1:-1]), lang)


def _rhythm(rrule: str | None, times: Count | None, lang: str) -> str:
    if rrule is None:
        return say(N_("periodically"), lang)
    rhythm = Rhythm.of(rrule)
    if rhythm.weekday:
        return _weekday(rhythm.weekday, lang)
    if rhythm.day and not rhythm.months:
        return say(N_("on the {n} of each month"), lang, n=rhythm.day)
    when = rhythm.when(seasons=times is not None or len(rhythm.months) != 3)
    base = _each(rhythm, None if when and times == ONCE else times, lang)
    return f"{base}, {write_date(when, lang, placed=True)}" if when else base


def _weekday(text: str, lang: str) -> str:
    day, rank = say(_DAYS[text[-2:]], lang), text[:-2]
    day = day.lower() if lang == "fr" else day  # the catalogue names it as a heading
    return say(_RANKS[rank], lang, day=day) if rank else say(N_("each {day}"), lang, day=day)


def _each(rhythm: Rhythm, times: Count | None, lang: str) -> str:
    one, *many = _EACH[rhythm.freq]
    each = say(one, lang) if rhythm.interval == 1 else plural(many[0], many[1], rhythm.interval, lang)
    if times is None:
        return each
    counted = _times(times, lang)
    return say(_PER[rhythm.freq], lang, times=counted) if rhythm.interval == 1 else f"{counted} {each}"


def _times(times: Count, lang: str) -> str:
    if times.max is None:
        return plural("at least {n} time", "at least {n} times", times.min, lang)
    if 0 < times.min < times.max:
        return say(N_("{least} to {most} times"), lang, least=times.min, most=times.max)
    if times.min < times.max:
        return plural("at most {n} time", "at most {n} times", times.max, lang)
    return plural("{n} time", "{n} times", times.min, lang)
