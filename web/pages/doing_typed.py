"""What a person typed into a form: read as it came, put back into its fields, made into the facts of the act."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Annotated, Any
from uuid import UUID, uuid4, uuid5

from fastapi import Depends
from starlette.requests import Request

from domain.errors import SuiviError
from domain.time import Edtf, earliest, latest, read_date
from projections.phrases.catalogue import N_
from services.attachments.files import FileEmpty, Upload, upload
from web.api import forms
from web.bodies import written
from web.pages.doing_controls import Control
from web.rendering import Page

FORM = "id"  # the field that tells one sending of a form from another
VERSION = "version"
MORE = "encore"
LONGEST = 20_000  # characters of one field
KEYS, VALUES = ".cle", ".valeur"
DRAWN = frozenset("\n\r\t")
TURNING = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\u200e\u200f\u061c")
BROKEN = "\ufffd"

NEEDED = {
    "date": N_("Write a date: “2025”, “spring 2025” or “14 February 2025”."),
    "radio": N_("Choose one of these."), "select": N_("Choose one of these."), "checks": N_("Choose one of these."),
    "file": N_("Choose a file."), "pairs": N_("Fill in at least one line."), "rows": N_("Fill in at least one line."),
    "choices": N_("Fill in at least one line."), "area": N_("Write at least a few words."),
}  # fmt: skip
OTHERWISE = N_("This field cannot stay empty.")
TOO_LONG = N_("This text is too long: {n} characters at most.")
UNSEEN = N_("A character that cannot be seen is in this text ({code}). Delete it, or write the text anew.")


@dataclass(frozen=True)
class Typed:
    """The fields as they came, each with its values in order, and the files."""

    fields: Mapping[str, Sequence[str]]
    file: Upload | None = None
    file_fault: SuiviError | None = None

    def one(self, name: str) -> str:
        """The last value of a field; nothing where there is none."""
        return ([*self.fields.get(name, ())] or [""])[-1]

    def all(self, name: str) -> list[str]:
        """Those values that say something."""
        return [value for value in self.fields.get(name, ()) if value.strip()]

    def id(self, person: UUID) -> UUID:
        """The id of the command: the same whenever this very form is sent again by that person."""
        return uuid5(person, self.one(FORM)[:100]) if self.one(FORM) else uuid4()

    @property
    def version(self) -> int | None:
        """The version that was read."""
        text = self.one(VERSION)
        return int(text) if text.isdecimal() and len(text) < 10 else None


def typed(content: bytes, content_type: str) -> Typed:
    """The body of a form. Bytes that are no text become a mark that is then refused, and shown. Raises `FormTooLong`."""
    if forms.is_form(content_type):
        return _with_file(forms.fields(content, content_type))
    return Typed(_gathered((name, value) for name, values in written(content).items() for value in values))


async def sent(request: Request) -> Typed:
    """What was typed; the body was read once it was known who sends it."""
    return typed(await request.body(), request.headers.get("content-type", ""))


Given = Annotated[Typed, Depends(sent)]


def _gathered(pairs: Iterable[tuple[str, str]]) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for name, value in pairs:
        found.setdefault(name, []).append(value.replace("\r\n", "\n"))
    return found


def _with_file(fields: Sequence[forms.Field]) -> Typed:
    texts = _gathered((f.name, f.content.decode("utf-8", "replace")) for f in fields if f.file is None)
    sent = next((f for f in fields if f.file), None)
    if sent is None:
        return Typed(texts)
    try:
        return Typed(texts, upload(sent.file or "", sent.content))
    except FileEmpty as fault:
        return Typed(texts, file_fault=fault)


def filled(controls: Sequence[Control], given: Typed) -> list[Control]:
    """The fields with what was typed in them."""
    return [replace(control, values=_values(control, given)) for control in controls]


def _values(control: Control, given: Typed) -> Sequence[Any]:
    name = control.name
    if control.form in ("pairs", "choices"):
        keys, values = given.fields.get(name + KEYS, ()), given.fields.get(name + VALUES, ())
        pairs = [(key.strip(), value.strip()) for key, value in zip(keys, values, strict=False)]
        return [pair for pair in pairs if pair[0] or (pair[1] and control.form == "pairs")] + _more(control, given, ("", ""))
    if control.form in ("rows", "checks"):
        return given.all(name) + _more(control, given, "")
    value = given.one(name)
    return [value] if value.strip() else []


def _more(control: Control, given: Typed, empty: Any) -> list[Any]:
    """The lines that were asked for."""
    return [empty] if given.one(MORE) == control.name else []


def checked(page: Page, controls: Sequence[Control], given: Typed) -> list[Control]:
    """The fields with what is wrong in each, as far as each can be judged alone, and how a date is understood."""
    return [_judged(page, control, given) for control in controls]


def _judged(page: Page, control: Control, given: Typed) -> Control:
    texts = [text for value in control.values for text in (value if isinstance(value, tuple) else (value,))]
    if control.form == "file":
        fault = page.say(given.file_fault) if given.file_fault else "" if given.file else page.say(NEEDED["file"])
        return replace(control, fault=fault)
    if any(len(text) > LONGEST for text in texts):
        return replace(control, fault=page.say(TOO_LONG, n=LONGEST), values=[])
    if unseen := next((each for text in texts for each in text if _unseen(each)), None):
        return replace(control, fault=page.say(UNSEEN, code=f"U+{ord(unseen):04X}"))
    if control.required and not any(texts):
        return replace(control, fault=page.say(NEEDED.get(control.form, OTHERWISE)))
    return _dated(page, control) if control.form == "date" and control.value else control


def _unseen(each: str) -> bool:
    """Whether a character is none that a text may have: a control, an override of direction, half of one."""
    return each in TURNING or each == BROKEN or (each not in DRAWN and unicodedata.category(each) in ("Cc", "Cs"))


def _dated(page: Page, control: Control) -> Control:
    try:
        read = read_date(control.value.strip(), page.today)
    except SuiviError as fault:
        return replace(control, fault=page.say(fault))
    return replace(control, understood=understood(page, read, control.value))


def understood(page: Page, read: str, as_typed: str) -> str:
    """« Compris : printemps 2025, du 20 mars 2025 au 20 juin 2025 »."""
    first, last = earliest(read), latest(read)
    if first and last and first != last:
        return page.say(N_("Understood: {day}, from {first} to {last}."), day=Edtf(read), first=first, last=last)
    return "" if _same(as_typed, first) else page.say(N_("Understood: {day}."), day=Edtf(read))


def _same(as_typed: str, day: date | None) -> bool:
    return day is not None and as_typed.strip() == day.isoformat()


def facts_of(controls: Sequence[Control], before: Sequence[Control] = ()) -> dict[str, Any]:
    """The facts of the act: what was left empty is not said. `before`: fields that began filled in, of which what was
    emptied is said to be nothing, and what stayed is not said."""
    stood = {control.name: list(control.values) for control in before}
    facts: dict[str, Any] = {}
    for control in controls:
        if control.name in ("part", "occurred", "file", "key"):
            continue
        values = [value for value in control.values if value not in ("", ("", ""))]
        if control.name in stood:
            if values != stood[control.name]:
                facts[control.name] = _fact(control, values) if values else _nothing(control)
        elif values:
            facts[control.name] = _fact(control, values)
    return facts


def _fact(control: Control, values: Sequence[Any]) -> Any:
    if control.form in ("pairs", "choices"):
        return {key: _pieces(value) if control.name.endswith("parts") else value for key, value in values}
    if control.form in ("rows", "checks"):
        return list(values)
    return str(values[0]).strip()


def _pieces(text: str) -> list[str]:
    return [piece.strip() for piece in text.split(",") if piece.strip()]


def _nothing(control: Control) -> Any:
    return {"pairs": {}, "choices": {}, "rows": []}.get(control.form, "" if control.form in ("line", "area") else None)
