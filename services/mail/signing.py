"""Signing in to the mail server: by name and password, or with a token (XOAUTH2, as Microsoft 365 wants it). A relay
that asks for neither is not signed in to."""

from __future__ import annotations

import smtplib
from typing import TYPE_CHECKING

from services.mail.access import forget, token_of
from services.mail.lines import printed
from services.mail.reasons import LoginRefused, MailboxClosed, RelayAway, TokenNotWanted, TokenRejected, Trouble

if TYPE_CHECKING:
    from services.mail.relay import Place

CLOSED = "5.7.139"  # Microsoft: authenticated SMTP is switched off for the mailbox, or for the tenant


def sign_in(smtp: smtplib.SMTP, place: Place) -> None:
    """Signs in as the place says. Raises a `Trouble`, or what `smtplib` raises where no answer came."""
    try:
        if place.application:
            _by_token(smtp, place)
        else:
            smtp.login(place.user or "", place.password)
    except smtplib.SMTPAuthenticationError as error:
        raise _refusal(place, error) from error


def _by_token(smtp: smtplib.SMTP, place: Place) -> None:
    """A token that was kept may have been withdrawn meanwhile: once, another is asked for."""
    assert place.application
    smtp.ehlo_or_helo_if_needed()  # once it is encrypted, the server says anew what it offers
    if "XOAUTH2" not in smtp.esmtp_features.get("auth", "").upper().split():
        raise TokenNotWanted()
    token, fresh = token_of(place.application)
    try:
        _present(smtp, place.user or "", token)
    except smtplib.SMTPAuthenticationError:
        forget(place.application)
        if fresh:
            raise
        _present(smtp, place.user or "", token_of(place.application)[0])


def _present(smtp: smtplib.SMTP, mailbox: str, token: str) -> None:
    """Microsoft's and Google's XOAUTH2: after a challenge, which tells why not, an empty line is owed."""
    smtp.auth("XOAUTH2", lambda challenge=None: f"user={mailbox}\x01auth=Bearer {token}\x01\x01" if challenge is None else "")


def _refusal(place: Place, error: smtplib.SMTPAuthenticationError) -> Trouble:
    answer = printed(error.smtp_code, error.smtp_error)
    if error.smtp_code < 500:
        return RelayAway(answer=answer)
    if CLOSED in answer:
        return MailboxClosed(answer=answer)
    return TokenRejected(answer=answer) if place.application else LoginRefused(answer=answer)
