"""What goes wrong, as a page: what happened in a sentence, and what to do next."""

from __future__ import annotations

from collections.abc import Mapping

from fastapi import Request
from starlette.responses import Response

from domain.errors import Forbidden, SuiviError
from projections.phrases.catalogue import N_
from web.doorstep import ENTER as ENTRANCE
from web.doorstep import asked_page, doorstep
from web.rendering import Page, asked_language, render

ENTER = "suivi up"  # what prints a link


class LinkSpent(Forbidden):
    """A link opens the pages once, within ten minutes of its being printed; this one opens nothing any more."""


TITLES = {
    403: N_("This is not open to you"),
    404: N_("There is nothing here"),
    503: N_("Suivi does not answer for now"),
}
OTHERWISE = N_("This did not work")
SPENT = N_("This link has served already, or is too old")
NEXT = {
    403: N_("To have another one, end Suivi with Ctrl-C where it runs, then start it again as before:"),
    503: N_("Nothing was lost. Try again in a moment; if it goes on, look at what the terminal says."),
    500: N_("Nothing that was recorded is lost. Try again; if it goes on, give that number to whoever keeps this server."),
}
AGAIN = {
    500: N_("Try again"),
    503: N_("Try again"),
}
OTHER_WAY = N_("Enter another way")
SECRET = "lien"  # is repeated nowhere


def is_page(request: Request) -> bool:
    """Whether a person asked, in a browser, and not a program."""
    return not request.url.path.startswith("/api/")


def failure(request: Request, error: SuiviError, status: int, headers: Mapping[str, str] | None = None) -> Response:
    """The page that tells an error; who has not entered is let try."""
    if status == 401:
        return doorstep(request, status, following=asked_page(request), headers=headers)
    enters = isinstance(error, LinkSpent)
    asked = {name: value for name, value in request.query_params.items() if name != SECRET}
    page = Page(asked_language(request), request.url.path, asked)
    answer = render(
        page, "failure.html", status,
        heading=page.say(SPENT if enters else TITLES.get(status, OTHERWISE)),
        sentence=page.say(error),
        following=page.say(NEXT[status]) if status in NEXT and (enters or status != 403) else "",
        command=ENTER if enters else "",
        again=page.link(ENTRANCE) if enters else page.here() if status in AGAIN else "",
        open_it=page.say(OTHER_WAY if enters else AGAIN.get(status, "")),
    )  # fmt: skip
    answer.headers.update(headers or {})
    return answer
