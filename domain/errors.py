"""Every error a person may meet. The class docstring is the default message, in English; `projections.phrases`
says it in the reader's language from the same docstring and the same facts."""

from __future__ import annotations

from typing import Any, NamedTuple


class Word(str):
    """An English word or phrase that the catalogue translates, as a fact of a sentence."""


class Label(NamedTuple):
    """What a definition calls something, in each language, as a fact of a sentence."""

    fr: str
    en: str


class SuiviError(Exception):
    """Something went wrong."""

    def __init__(self, **facts: Any) -> None:
        self.facts = facts
        super().__init__(self.message.format(**facts))

    @property
    def message(self) -> str:
        """The template that a catalogue translates: the docstring on one line."""
        return " ".join((type(self).__doc__ or "").split())


class NotFound(SuiviError):
    """« {what} » is not known here."""


class Refused(SuiviError):
    """This cannot be done now."""


class Forbidden(SuiviError):
    """This is not allowed to you."""


class Invalid(SuiviError):
    """This cannot be read."""


class Conflict(SuiviError):
    """Someone else wrote at the same moment."""


class Unavailable(SuiviError):
    """The service does not answer for now; nothing was changed."""
