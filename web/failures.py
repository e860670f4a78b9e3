"""What goes wrong, as a page: what happened in a sentence, and what to do next."""

from __future__ import annotations

from collections.abc import Mapping

from fastapi import Request
from starlette.responses import Response

from domain.errors import Forbidden, SuiviError
from projections.phrases.catalogue import N_
from web.rendering import Page, asked_language, render

ENTER = "suivi up"  # what prints a link


class LinkSpent(Forbidden):
    """A link opens the pages once, within ten minutes of its being printed; this one opens nothing any more."""


TITLES = {
    401: N_("One enters by a link"),
    403: N_("This is not open to you"),
    404: N_("There is nothing here"),
    503: N_("Suivi does not answer for now"),
}
OTHERWISE = N_("This did not work")
SPENT = N_("This link has served already, or is too old")
ENTRY = N_("Suivi is read on this machine by whoever holds the link that it prints as it starts.")
NEXT = {
    401: N_("To have a link, end Suivi with Ctrl-C where it runs, then start it again as before:"),
    403: N_("To have another one, end Suivi with Ctrl-C where it runs, then start it again as before:"),
    503: N_("Nothing was lost. Try again in a moment; if it goes on, look at what the terminal says."),
    500: N_("Nothing that was recorded is lost. Try again; if it goes on, give that number to whoever keeps this server."),
}
AGAIN = {
    401: N_("You have entered already: open this page"),  # a browser keeps the session to itself on the way from elsewhere
    500: N_("Try again"),
    503: N_("Try again"),
}
SECRET = "lien"  # is repeated nowhere


def is_page(request: Request) -> bool:
    """Whether a person asked, in a browser, and not a program."""
    return request.method in ("GET", "HEAD") and not request.url.path.startswith("/api/")


def failure(request: Request, error: SuiviError, status: int, headers: Mapping[str, str] | None = None) -> Response:
    """The page that tells an error."""
    enters = status == 401 or isinstance(error, LinkSpent)
    asked = {name: value for name, value in request.query_params.items() if name != SECRET}
    page = Page(asked_language(request), request.url.path, asked)
    answer = render(
        page, "failure.html", status,
        heading=page.say(SPENT if isinstance(error, LinkSpent) else TITLES.get(status, OTHERWISE)),
        sentence=page.say(ENTRY if status == 401 else error),
        following=page.say(NEXT[status]) if status in NEXT and (enters or status != 403) else "",
        command=ENTER if enters else "",
        again=page.here() if status in AGAIN else "",
        open_it=page.say(AGAIN.get(status, "")),
    )  # fmt: skip
    answer.headers.update(headers or {})
    return answer
