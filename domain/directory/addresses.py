"""Addresses for mail, as far as the directory judges them."""

from __future__ import annotations

import re
from collections.abc import Iterable

from domain.errors import Invalid

_MAIL = re.compile(r"[^\s@<>(),;:\"\x00-\x1f\x7f]+@[^\s@<>(),;:\"\x00-\x1f\x7f]+")


class MailUnfit(Invalid):
    """“{mail}” is not an address for mail: one name, an @ and one domain, without spaces or line breaks. Nothing was recorded."""


def fit_mail(mail: str | None) -> str | None:
    """The address without blanks around it; null for none. Raises `MailUnfit`."""
    if mail is None or not mail.strip(" "):
        return None
    if not _MAIL.fullmatch(bare := mail.strip(" ")):
        raise MailUnfit(mail=mail)
    return bare


def fit_lines(address: Iterable[str]) -> tuple[str, ...]:
    """A postal address line by line, however it was given, without blank lines."""
    return tuple(line.strip() for text in address for line in text.splitlines() if line.strip())
