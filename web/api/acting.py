"""`POST`: what someone records, once for each `Idempotency-Key`, and only upon what they have read."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Annotated, Any
from uuid import UUID, uuid4, uuid5

import msgspec
from fastapi import Depends, Header, Request
from starlette.responses import Response

from domain.errors import Invalid, NotFound
from services.act import Ask
from services.execute import Outcome, StaleVersion
from services.home import ListsBehind
from services.missed import act_on_what_was_read
from services.reading import When, history
from web.api.answers import Headers, answer
from web.entering import Desk
from web.problems import BodyUnreadable, VersionNeeded, problem

COMMUTING = frozenset({
    "note", "attach", "add-task", "link", "acknowledge-step", "remind-me", "subscribe", "unsubscribe",
})  # fmt: skip
"""What adds to a case or a thread whatever else was added meanwhile: it needs no If-Match, and ignores one."""

PATIENCE = 1.0  # seconds that the answer waits for the lists to show what was recorded
DEEPEST = 20  # levels of a body
_TAG = re.compile(r'"([0-9]{1,9})"')


class VersionUnreadable(Invalid):
    """The header If-Match takes one ETag, as GET gave it: "7" for instance. Nothing was recorded."""


class IdempotencyKeyUnfit(Invalid):
    """An Idempotency-Key has 1 to {most} printable characters. Nothing was recorded."""


class FactNotText(Invalid):
    """“{name}” takes a text."""


@dataclass(frozen=True)
class Said:
    """What was sent: the facts, and beside them the part that is meant, the date of the act."""

    facts: dict[str, Any]
    part: str | None = None
    occurred: str | None = None

    def ask(self, ref: str, verb: str, version: int | None) -> Ask:
        """The same, as every door passes it on."""
        return Ask(ref=ref, verb=verb, facts=self.facts, part=self.part, occurred=self.occurred, if_version=version)


async def said(request: Request) -> Said:
    """The body, one JSON object; no body says nothing. Raises `BodyUnreadable`."""
    try:
        content = await request.body()
        facts = msgspec.json.decode(content, type=dict[str, Any]) if content.strip() else {}
        _check(facts, DEEPEST)
    except (msgspec.MsgspecError, UnicodeError, RecursionError) as error:
        raise BodyUnreadable() from error
    return Said(facts, _text(facts, "part"), _text(facts, "occurred"))


def _check(value: Any, depth: int) -> None:
    """Refuses what is too deep, and the character that no database's text holds."""
    if (isinstance(value, str) and "\0" in value) or depth == 0:
        raise BodyUnreadable()
    inner = [*value, *value.values()] if isinstance(value, dict) else value if isinstance(value, list) else ()
    for each in inner:
        _check(each, depth - 1)


def _text(facts: dict[str, Any], name: str) -> str | None:
    value = facts.pop(name, None)
    if value is not None and not isinstance(value, str):
        raise FactNotText(name=name)
    return value


Body = Annotated[Said, Depends(said)]
Key = Annotated[str | None, Header(alias="Idempotency-Key", description="Any text: the same request is recorded once.")]
Match = Annotated[str | None, Header(alias="If-Match", description="The ETag of what you have read.")]
MOST = 200  # characters of an Idempotency-Key


def command_id(desk: Desk, key: str | None) -> UUID:
    """The id of the command: of a key, always the same for the same person."""
    if key is None:
        return uuid4()
    if not 1 <= len(key) <= MOST or not key.isprintable():
        raise IdempotencyKeyUnfit(most=MOST)
    return uuid5(desk.entered.person, key)


def version_of(match: str | None, verb: str) -> int | None:
    """The version that a verb is to find; null for any. Raises `VersionNeeded`."""
    if verb in COMMUTING:
        return None
    if match is None:
        raise VersionNeeded()
    if match.strip() == "*":
        return None
    if not (found := _TAG.fullmatch(match.strip())):
        raise VersionUnreadable()
    return int(found[1])


Read = Callable[[], dict[str, Any]]


def record(desk: Desk, ask: Ask, key: str | None, read: Read, created: str | None = None) -> Response:
    """Does what is asked, and answers with what it concerns as it now stands. `created`: the address of what was
    made."""
    try:
        outcome = act_on_what_was_read(desk.home.store, desk.entered.actor, ask, command_id(desk, key))
    except StaleVersion as error:
        return problem(error, desk.lang, {"ETag": f'"{error.facts["now"]}"'}, missed=_missed(desk, ask, error))
    return recorded(desk, ask, outcome, read, created)


def recorded(
    desk: Desk, ask: Ask, outcome: Outcome, read: Read, created: str | None = None, more: Headers | None = None
) -> Response:
    """The answer to what was done."""
    status, headers = 201 if created else 200, ({"Location": created} if created else {}) | (more or {})
    if outcome.repeated:
        headers["Idempotent-Replayed"] = "true"
    try:
        desk.home.settle(outcome, PATIENCE)
        shown = read()
    except ListsBehind:
        return answer(desk, _least(ask, outcome), headers, status=202)
    except NotFound:  # the act itself took it from the actor's sight
        return answer(desk, _least(ask, outcome), headers, status=status)
    return answer(desk, shown, headers, status=status, version=shown["version"])


def _missed(desk: Desk, ask: Ask, error: StaleVersion) -> list[dict[str, Any]]:
    """The entries of the history that the asker had not read."""
    desk.home.catch_up()
    return [entry for entry in history(desk.home, ask.ref, When(), desk.lang) if entry["version"] > error.facts["read"]]


def _least(ask: Ask, outcome: Outcome) -> dict[str, Any]:
    """What is known where the thing itself cannot be shown: its versions, as stored."""
    return {"ref": ask.ref, "version": max(outcome.versions.values(), default=None)}
