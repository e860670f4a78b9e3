"""The page that a signed link of a mail opens: what its one button does, and, once pressed, that it is done."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from anyio.to_thread import run_sync
from fastapi import APIRouter, Request
from starlette.responses import Response

from domain.errors import SuiviError
from projections.phrases.catalogue import N_
from services.home import Home
from services.mail.letters import language as written_in
from services.mail.matters import matter_of
from services.one_button import PATH, SECRET, LinkOver, LinkUnfit, Offer, offer, press, read
from services.store import Store
from web.entering import PUBLIC
from web.origin import FromElsewhere, refuse_elsewhere
from web.pages.letting_in import said
from web.problems import status_of
from web.rendering import Page, asked_language, render

router = APIRouter(include_in_schema=False)

LABELS = {
    "seen": N_("I have seen this reminder"), "later": N_("Remind me of it in two weeks"),
    "leave": N_("I want no more news of this case"),
}  # fmt: skip
HEADINGS = {
    "seen": N_("Say that you have seen a reminder"), "later": N_("Put a reminder off"), "leave": N_("To hear no more of a case"),
}  # fmt: skip
EFFECTS = {
    "seen": N_("By pressing the button, you say that you have seen it. Nobody is reminded of this date any more."),
    "later": N_("By pressing the button, you put its reminders off: the next one comes {day.placed}, for everyone."),
    "leave": N_("By pressing the button, you ask for no more news of this case. Your reminders, if you have any, go on."),
}
DONE = {
    "seen": N_("It is recorded: you have seen this reminder, and nobody is reminded of this date any more."),
    "later": N_("It is recorded: the reminders of this date are put off by two weeks."),
    "leave": N_("It is recorded: you get no more news of this case."),
}
HEADERS = {"X-Robots-Tag": "noindex, nofollow", "Referrer-Policy": "no-referrer"}
LONGEST = 1000  # characters of a secret that are looked at

Use = Callable[[Store, str], Offer]


@router.get(PATH, dependencies=[PUBLIC])
async def show_button(request: Request, lien: str = "") -> Response:
    """What the button does. Whatever follows the link changes nothing."""
    return await _answer(request, lien, offer)


@router.post(PATH, dependencies=[PUBLIC])
async def press_button(request: Request) -> Response:
    """Does it, once."""
    form = await said(request)
    if form.get("List-Unsubscribe") == "One-Click":  # a mail program, by itself (RFC 8058)
        return await _answer(request, request.query_params.get(SECRET, ""), _leave)
    return await _answer(request, form.get(SECRET, ""), _pressed(request))


def _leave(store: Store, secret: str) -> Offer:
    """What a mail program may do by itself: nothing but leave."""
    if read(store, secret).deed != "leave":
        raise LinkUnfit()
    return press(store, secret)


def _pressed(request: Request) -> Use:
    def use(store: Store, secret: str) -> Offer:
        refuse_elsewhere(request)
        return press(store, secret)

    return use


async def _answer(request: Request, secret: str, use: Use) -> Response:
    async with request.app.state.desks.lend() as home:
        answer: Response = await run_sync(_page, request, home, secret[:LONGEST], use)
    answer.headers.update(HEADERS)
    return answer


def _page(request: Request, home: Home, secret: str, use: Use) -> Response:
    """The page, in the language of the person whom the link names."""
    page = Page(asked_language(request), PATH, {SECRET: secret})
    try:
        found = use(home.store, secret)
    except (LinkUnfit, LinkOver, FromElsewhere) as error:
        return render(page, "one_button.html", status_of(error), heading=page.say(N_("This link opens nothing")),
                      refusal=page.say(error), matter=None, who="", done="")  # fmt: skip
    except SuiviError as refusal:
        return _shown(request, home, page, secret, offer(home.store, secret), refusal)
    return _shown(request, home, page, secret, found, found.refusal)


def _shown(request: Request, home: Home, page: Page, secret: str, found: Offer, refusal: SuiviError | None) -> Response:
    own = written_in(found.person, home.store.present.organisation)
    page = Page(asked_language(request, own), PATH, page.asked)
    deed, calendar = found.button.deed, home.store.present.calendar
    model: dict[str, Any] = {
        "heading": page.say(N_("It is done")) if found.done else page.say(HEADINGS[deed]),
        "matter": matter_of(home.store, found.subject, found.clock, found.person, page.lang),
        "who": found.person.name,
        "effect": page.say(EFFECTS[deed], day=calendar.after(calendar.today(found.until), 0)),
        "done": page.say(DONE[deed]) if found.done else "",
        "refusal": page.say(refusal) if refusal and not found.done else "",
        "label": page.say(LABELS[deed]),
        "secret": secret,
        "name": SECRET,
    }
    status = status_of(refusal) if refusal and not found.done and request.method == "POST" else 200
    return render(page, "one_button.html", status, **model)
