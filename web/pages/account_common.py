"""What the pages of one’s own account share: who may use their forms, and the proof that some of them ask for."""

from __future__ import annotations

from dataclasses import replace
from typing import Annotated

from fastapi import Depends, Request
from starlette.responses import RedirectResponse, Response

from domain.errors import Forbidden
from services import access
from services.signing_in.sessions import proven_again
from web.doorstep import next_of
from web.entering import Desk
from web.pages.letting_in import carry, said
from web.rendering import HEADERS, Page

PATH = "/compte"
PROOF = f"{PATH}/preuve"
Said = Annotated[dict[str, str], Depends(said)]  # a handler asks for its desk first: until then nothing is read


class SessionNeeded(Forbidden):
    """One changes this in a browser, where one has entered oneself: a token does not allow it."""




def mine(request: Request) -> None:
    """Its handler asks for a desk of one’s own first. Raises `SessionNeeded` for a token, which could else make others that
    allow more."""
    desk: Desk = request.state.desk
    if desk.entered.session is None:
        raise SessionNeeded()


Mine = Annotated[None, Depends(mine)]


def unproven(desk: Desk, to: str) -> Response | None:
    """The way to prove who one is, where that was more than ten minutes ago; null where it was not."""
    if desk.entered.session is not None and desk.entered.proven:
        return None
    return RedirectResponse(f"{PROOF}?suite={next_of(to)}", 303, headers=HEADERS)


def carried_on(request: Request, desk: Desk, to: str) -> Response:
    """On to a page of one’s own, with a new secret for this session: what it may do has changed."""
    answer = RedirectResponse(next_of(to), 303, headers=HEADERS)
    session = desk.entered.session
    secret = proven_again(desk.home.store, desk.entered.person, session) if session else None
    if secret:
        carry(request, answer, secret)
    return answer


def noted(desk: Desk, what: str, about: str = "") -> None:
    """Writes it into the access log."""
    access.record(desk.home.store, what, desk.entered.person, about)


def same_page(page: Page) -> Page:
    """The page of the account, shown again in answer to one of its forms."""
    return replace(page, path=PATH)
