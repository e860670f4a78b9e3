"""Words of time -> the schedules they may mean, the likeliest first."""

from __future__ import annotations

from msgspec.structs import replace

from domain.errors import Word
from domain.time.notation import edtf, normalised
from domain.time.reading import NoReference
from domain.time.schedules import grammar
from domain.time.schedules.dates import another_weekday, reference_of
from domain.time.schedules.doubts import others
from domain.time.schedules.impossible import refuse_backwards, refuse_impossible
from domain.time.schedules.phrase import LONGEST, Phrase
from domain.time.schedules.refusals import BadSchedule, NoPeriod, NoPrevious
from domain.time.schedules.values import Confidence, Context, Reading, Schedule

_NOWHERE = Context()


def read_schedule(words: str, context: Context = _NOWHERE) -> tuple[Reading, ...]:
    """What an expression of time may mean, in French, in simple English or in EDTF, the likeliest first.

    One reading: nothing else was found to be meant. Several: a person chooses. Each keeps the words and what it rests
    on. Raises BadSchedule, and its kin that say what is wrong: NoReference, NoPeriod, NoPrevious, NoSuchDay, …;
    BadDate for a context that is no EDTF."""
    if not words.strip() or len(words) > LONGEST:
        raise BadSchedule(words=words)
    if plain := normalised(words):
        return (Reading(Schedule(words=words, kind="once", edtf=plain, said=plain), "high", Word("as written")),)
    phrase = Phrase.of(words)
    refuse_impossible(words, phrase)
    for given in filter(None, (context.reference, context.period, context.previous)):
        edtf(str(given))
    try:
        found = grammar.read(phrase, context)
    except (NoReference, NoPeriod, NoPrevious) as refusal:
        raise type(refusal)(words=words) from refusal
    if found is None:
        refuse_backwards(words, phrase)
        raise BadSchedule(words=words)
    doubts = list(others(found, phrase, context))
    readings = [Reading(found, *_sure(found, phrase, context, bool(doubts))), *doubts]
    return tuple(each._replace(schedule=_kept(each.schedule, words, context)) for each in readings)


def _kept(schedule: Schedule, words: str, context: Context) -> Schedule:
    """With the words as written, and what its date rests on where they do not say it."""
    reference = reference_of(context)
    rests = (context.period or context.previous) if schedule.said is None else reference
    known = schedule.reference or (str(rests) if schedule.inferred and rests else None)
    return replace(schedule, words=words, reference=known)


def _sure(found: Schedule, phrase: Phrase, context: Context, doubted: bool) -> tuple[Confidence, Word]:
    if another_weekday(phrase, found.edtf):
        return "low", Word("the day of the week is another")
    if found.upon and found.edtf and found.upon.relation == "at":
        return "medium", Word("the date at the end of the words")
    if found.inferred and "XXXX" in (found.said or ""):
        later = context.ahead is not False
        return "medium", Word("the next such date after the text") if later else Word(
            "the last such date before the text"
        )
    if found.inferred and found.said is None:
        return "medium" if doubted else "high", Word("counted from the date of the text or of the mandate")
    return "medium" if doubted else "high", Word("as written")
