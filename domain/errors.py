"""The kinds of error a person may meet, and what their facts may be. The class docstring is the default message, in
English; `projections.phrases` says it in the reader's language from the same docstring and the same facts."""

from __future__ import annotations

from typing import NamedTuple

from workflows.errors import SuiviError

__all__ = ["Conflict", "Forbidden", "Invalid", "Label", "NotFound", "Refused", "SuiviError", "Unavailable", "Word"]


class Word(str):
    """An English word or phrase that the catalogue translates, as a fact of a sentence."""


class Label(NamedTuple):
    """What a definition calls something, in each language, as a fact of a sentence."""

    fr: str
    en: str


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
