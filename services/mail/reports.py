"""What a letter with news of a case says: where it stands, where it stood, why, and how to hear no more of it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, NamedTuple
from urllib.parse import quote

from domain.base import Recorded
from domain.case.case import Case
from domain.directory import Body, Person
from domain.time import Edtf
from projections.phrases.catalogue import N_, say
from projections.phrases.nouns import body_noun
from projections.phrases.states import state_words
from services.mail import wording
from services.mail.letters import Letter, laid_out, language
from services.mail.subscriptions import Why
from services.one_button import PATH, SECRET, way_out
from services.store import Store

BECAUSE = {
    "mover": N_("You get this message because you moved this resolution."),
    "seconder": N_("You get this message because you seconded this resolution."),
    "submitter": N_("You get this message because you submitted this resolution."),
    "subscribed": N_("You get this message because you subscribed to the news of this case."),
}
BECAUSE_OF_BODY = {
    "mover": N_("You get this message on behalf {body}, which moved this resolution."),
    "seconder": N_("You get this message on behalf {body}, which seconded this resolution."),
    "submitter": N_("You get this message on behalf {body}, which submitted this resolution."),
    "referred": N_("You get this message on behalf {body}, to which this resolution was referred."),
}


class News(NamedTuple):
    """A case as it stands and as the reader last knew it; what happened since, and whether something was taken back."""

    case: Case
    before: Case
    reader: Person
    why: Why
    burst: Sequence[Recorded]
    taken_back: bool
    url: str


def write(store: Store, news: News) -> Letter:
    """The letter, in the reader's language. The subject has the REF and nothing that anyone typed."""
    case, organisation = news.case, store.present.organisation
    lang = language(news.reader, organisation)
    said = _paragraphs(news, lang)
    leave = f"{news.url}{PATH}?{SECRET}={way_out(store, news.reader.id, case.id)}"
    return laid_out("news", {
        "lang": lang, "organisation": organisation.name,
        "today": say("{day}", lang, day=organisation.calendar.today(store.present.now)),
        "subject": say(N_("Suivi – {ref}: news of the case"), lang, ref=case.ref),
        "heading": say(N_("News of the case"), lang),
        "ref": case.ref, "title": case.title,
        "paragraphs": said,
        "open": say(N_("Open the case"), lang), "link": f"{news.url}/dossiers/{quote(case.ref, safe=':')}",
        "why": _why(store, news, lang),
        "leave": say(wording.DEEDS["leave"], lang), "leave_link": leave, "commands": [],
        "foot": say(wording.FOOT, lang),
    }, summary=" ".join(said))  # fmt: skip


def _paragraphs(news: News, lang: str) -> list[str]:
    said = [say(N_("This resolution is now {now}; it was {before} before."), lang,
                now=_state(news.case, lang), before=_state(news.before, lang))]  # fmt: skip
    if news.taken_back:
        said.insert(0, say(N_("Something that you were told had been recorded by mistake, and was taken back."), lang))
    if until := next((part.until for part in news.case.parts if part.until), None):
        said.append(say(N_("It is to be taken up again {until.placed}."), lang, until=Edtf(until)))
    reasons = [getattr(entry.event, "reason", None) for entry in news.burst]
    if (reason := reasons[-1]) and not news.taken_back:
        said.append(say(N_("The reason that was given: {reason}"), lang, reason=reason))
    return said


def _state(case: Case, lang: str) -> str:
    return state_words(case.workflow, case.parts, case.state, case.completion, lang)


def _why(store: Store, news: News, lang: str) -> str:
    how, body = news.why
    if body is None:
        return say(BECAUSE[how], lang)
    facts: dict[str, Any] = {"body": body_noun(store.load(Body, body).name, lang).of}
    return say(BECAUSE_OF_BODY[how], lang, **facts)
