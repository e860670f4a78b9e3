"""Who may enter and what they may do: accounts, invitations, public pages."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, BinaryIO
from uuid import UUID

from fastapi import APIRouter, Request
from starlette.responses import RedirectResponse, Response

from domain.errors import SuiviError
from projections.phrases.catalogue import N_
from services import access, accounts, publishing
from services.accounts import GRANTED, Account
from services.home import Home
from services.leaving import export, named_for
from services.reading import When, assemblies
from services.reading.names import words_of
from services.reports.words import Progress
from services.signing_in import invitations, links, sessions
from services.signing_in.opening import check_roles
from web.entering import Administrator, Desk, Keeper
from web.pages.doing_controls import Control
from web.pages.doing_options import Option
from web.pages.doing_typed import Given
from web.pages.reports_made import begun, following
from web.pages.these import NowPage
from web.problems import status_of
from web.rendering import Page, render
from workflows.vocabulary import ROLES

PATH = "/administration"
ACCOUNTS = f"{PATH}/comptes"
PUBLIC_PAGES = f"{PATH}/pages-publiques"
RIGHTS = {
    "officer": N_("advances cases, writes letters, records answers"),
    "secretary": N_("the same, sees confidential cases, keeps the organisation’s settings"),
    "auditor": N_("reads everything, confidential cases included, which is written down; changes nothing"),
    "member": N_("reads what is public to members"),
    "administrator": N_("invites people and gives roles"),
}
SAID = {
    "invited": N_("The invitation was sent."), "changed": N_("The account was changed."), "closed": N_("The account is closed."),
    "opened": N_("The account is open again."), "withdrawn": N_("The invitation was withdrawn."),
    "sent": N_("A link to choose another password was sent."), "published": N_("The page is open to everyone."),
    "unpublished": N_("The page is closed."),
}  # fmt: skip

router = APIRouter(include_in_schema=False)


@router.get(PATH)
def show_administration(desk: Keeper, page: NowPage) -> Response:
    """What there is to set, and where."""
    return render(page, "administration.html")


@router.post(f"{PATH}/tout-emporter")
def take_away(desk: Administrator, page: NowPage, request: Request) -> Response:
    """Begins an archive of what the administrator may read."""

    def made(home: Home, out: BinaryIO, progress: Progress) -> str:
        export(home, out, "zip", lang=page.lang, progress=progress)
        return named_for(home, "zip")

    return following(page, begun(request, desk, made))


@router.get(ACCOUNTS)
def show_accounts(desk: Administrator, page: NowPage) -> Response:
    """Who may enter, and who was invited."""
    return _shown(desk, page)


@router.post(f"{ACCOUNTS}/inviter")
def invite(desk: Administrator, page: NowPage, given: Given) -> Response:
    """Invites someone of the directory, or someone new."""
    name, mail, roles = given.one("name"), given.one("mail"), given.all("roles")
    typed = {"name": name, "mail": mail, "roles": roles}
    store, settings = desk.home.store, desk.home.settings
    try:
        sent = invitations.invite(store, settings, desk.entered.actor, name.strip(), roles, mail.strip() or None)
    except SuiviError as error:
        return _shown(desk, page, error, typed)
    access.record(store, "invited", desk.entered.person, str(sent.person.id))
    desk.home.catch_up()
    return _again(page, ACCOUNTS, "invited")


@router.post(f"{ACCOUNTS}/{{login}}")
def change(desk: Administrator, page: NowPage, login: str, given: Given) -> Response:
    """Gives other roles, closes, opens again, or sends a link to choose another password. Sessions end with what they
    were opened for."""
    store, actor = desk.home.store, desk.entered.actor
    try:
        done = _change(desk, login, given.one("what"), given.all("roles"))
    except SuiviError as error:
        return _shown(desk, page, error, {"login": login})
    about = _account(store, login)
    if done in ("changed", "closed") and about and about.person != actor.person:
        sessions.end_all(store, about.person)
    what = "account-disabled" if done == "closed" else "account-changed"
    access.record(store, what, actor.person, str(about.person) if about else "")
    return _again(page, ACCOUNTS, done)


@router.post(f"{ACCOUNTS}/invitations/{{id}}")
def withdraw(desk: Administrator, page: NowPage, id: UUID) -> Response:
    """Takes an invitation back."""
    invitations.withdraw(desk.home.store, desk.entered.actor, id)
    return _again(page, ACCOUNTS, "withdrawn")


@router.get(PUBLIC_PAGES)
def show_public_pages(desk: Administrator, page: NowPage) -> Response:
    """Which assemblies everyone may read."""
    return render(page, "public_pages.html", rows=_public_rows(page, desk.home), said=said(page))


@router.post(f"{PUBLIC_PAGES}/{{key}}")
def publish(desk: Administrator, page: NowPage, key: str, given: Given) -> Response:
    """Opens the page of an assembly to everyone, or closes it."""
    open = given.one("open") == "1"
    publishing.publish(desk.home, desk.entered.actor, key, open)
    return _again(page, PUBLIC_PAGES, "published" if open else "unpublished")


def said(page: Page) -> str:
    """What was just done, if anything was."""
    return page.say(SAID[done]) if (done := page.asked.get("dit", "")) in SAID else ""


def _again(page: Page, path: str, done: str) -> Response:
    return RedirectResponse(page.link(path, dit=done), 303)


def _change(desk: Desk, login: str, what: str, roles: list[str]) -> str:
    store, actor = desk.home.store, desk.entered.actor
    if what == "close":
        accounts.disable(store, actor, login)
        return "closed"
    if what == "reset":
        invitations.reset(store, desk.home.settings, actor, login)
        return "sent"
    found = _account(store, login)
    if found is None:
        raise accounts.LoginUnknown(login=login, logins=[each.login for each in accounts.all_accounts(store)])
    check_roles(roles := sorted(found.roles) if what == "open" else roles)
    accounts.add(store, actor, login, roles)
    return "opened" if what == "open" else "changed"


def _account(store: Any, login: str) -> Account | None:
    return next((each for each in accounts.all_accounts(store) if each.login == login), None)


def _shown(
    desk: Desk, page: Page, error: SuiviError | None = None, typed: Mapping[str, Any] | None = None
) -> Response:  # fmt: skip
    model = accounts_model(page, desk.home, typed or {})
    return render(page, "accounts.html", status_of(error) if error else 200, fault=page.say(error) if error else "", **model)


def accounts_model(page: Page, home: Home, typed: Mapping[str, Any]) -> dict[str, Any]:
    """The accounts by name, the invitations under way, and the form of a new one with what was typed."""
    all_of_them, waiting = accounts.all_accounts(home.store), links.invitations(home.store)
    names = words_of(home, [each.person for each in all_of_them] + [each.person for each in waiting])
    rows = [_row(page, names, each) for each in all_of_them]
    return {
        "rows": sorted(rows, key=lambda row: (row["closed"], row["name"].casefold())),
        "waiting": [{"id": each.id, "name": names.get(each.person, each.mail or ""), "mail": each.mail,
                     "roles": _roles(page, each.roles), "until_day": each.expires_at.date()} for each in waiting],
        "fields": _fields(page, typed), "said": said(page), "me": page.who,
    }  # fmt: skip


def _row(page: Page, names: Mapping[UUID, str], account: Account) -> dict[str, Any]:
    return {
        "login": account.login, "name": names.get(account.person, account.login), "roles": _roles(page, account.roles),
        "closed": account.disabled, "checks": _roles_control(page, account.roles, account.login),
    }  # fmt: skip


def _roles(page: Page, roles: Any) -> list[str]:
    return [page.say(ROLES[role]) for role in GRANTED if role in roles]


def _roles_control(page: Page, chosen: Any, whose: str = "") -> Control:
    """The roles, each with what it allows."""
    options = [Option(role, page.say(N_("{role}: {rights}"), role=page.say(ROLES[role]), rights=page.say(RIGHTS[role])))
               for role in GRANTED]  # fmt: skip
    name = page.say(N_("Roles of {login}"), login=whose) if whose else page.say(N_("Roles"))
    return Control("roles", "checks", name, required=True, options=options, values=list(chosen))


def _fields(page: Page, typed: Mapping[str, Any]) -> list[Control]:
    say = page.say
    return [
        Control("name", "line", say(N_("Name")), say(N_("As in the directory, or someone new.")), True,
                values=[typed.get("name", "")]),
        Control("mail", "line", say(N_("E-mail address")),
                say(N_("Where the invitation goes; left empty, that of the directory.")), values=[typed.get("mail", "")]),
        _roles_control(page, typed.get("roles", ["officer"])),
    ]  # fmt: skip


def _public_rows(page: Page, home: Home) -> list[dict[str, Any]]:
    opened = publishing.published(home.reader)
    return [{"key": row["key"], "name": row["name"], "date": page.day(row["date"]) if row["date"] else "",
             "open": row["key"] in opened, "href": f"/public/{row['key']}"} for row in assemblies(home, When())]  # fmt: skip
