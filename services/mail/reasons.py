"""Why a message waits or was set aside: kept in the outbox as data, said in the reader's language when read."""

from __future__ import annotations

import msgspec

from domain.errors import SuiviError
from projections.phrases.catalogue import say


class Trouble(SuiviError):
    """The message could not be sent."""


class NotWritten(Trouble):
    """This message could not be written ({reason}): nothing was sent. The step itself is recorded; see the case."""


class CaseHidden(Trouble):
    """This person may not see the case: nothing was sent to them."""


class AddressMissing(Trouble):
    """The directory holds no mail address for this person. Give one (suivi act person:KEY set-address --set mail=…), then send it again."""  # noqa: E501 - one sentence


class AddressUnfit(Trouble):
    """The mail address that the directory holds for this person cannot be written to. Correct it, then send it again."""


class RecipientRefused(Trouble):
    """The mail server refuses this recipient ({answer}). Correct the address if need be, then send it again."""


class MessageRefused(Trouble):
    """The mail server refuses this message ({answer})."""


class NotTaken(Trouble):
    """The mail server did not take the message ({answer}); it will be tried again."""


class RelayAway(Trouble):
    """The mail server cannot be used for now ({answer}); what is to be sent waits, and will be tried again."""


class LoginRefused(Trouble):
    """The mail server refuses the name and password of SMTP_URL ({answer}); what is to be sent waits."""


class LoginInTheClear(Trouble):
    """The mail server offers no encryption: the password of SMTP_URL was not sent to it; what is to be sent waits."""


class LoginUnfit(Trouble):
    """The name and password of SMTP_URL may hold no accents: what is to be sent waits."""


class MailboxClosed(Trouble):
    """Microsoft 365 does not let this mailbox send by SMTP ({answer}). An administrator of the tenant must allow authenticated SMTP for it; what is to be sent waits."""  # noqa: E501 - one sentence


class TokenNotWanted(Trouble):
    """The mail server does not offer XOAUTH2, with which SMTP_OAUTH_CLIENT_ID is to sign in; what is to be sent waits."""


class TokenRejected(Trouble):
    """The mail server refuses the application of SMTP_OAUTH_CLIENT_ID ({answer}). Look whether it may send (SMTP.SendAsApp) and has rights in this mailbox; what is to be sent waits."""  # noqa: E501 - one sentence


class TokenRefused(Trouble):
    """The provider gives the application of SMTP_OAUTH_CLIENT_ID no token ({answer}); what is to be sent waits."""


class TokenAway(Trouble):
    """No token for the mail server can be had for now ({answer}); what is to be sent waits, and will be tried again."""


class TenantUnknown(Trouble):
    """Microsoft 365 does not know the tenant of SMTP_OAUTH_TENANT ({answer}); what is to be sent waits."""


class ApplicationUnknown(Trouble):
    """The tenant does not know the application of SMTP_OAUTH_CLIENT_ID ({answer}); what is to be sent waits."""


class SecretExpired(Trouble):
    """The secret in SMTP_OAUTH_CLIENT_SECRET_FILE has expired ({answer}). Put a new one into that file; what is to be sent waits."""  # noqa: E501 - one sentence


class SecretWrong(Trouble):
    """The provider refuses the secret in SMTP_OAUTH_CLIENT_SECRET_FILE ({answer}); what is to be sent waits."""


class SecretUnreadable(Trouble):
    """The file {file}, of SMTP_OAUTH_CLIENT_SECRET_FILE, cannot be read or is empty; what is to be sent waits."""


class SenderRefused(Trouble):
    """The mail server refuses the sender, MAIL_FROM ({answer}); what is to be sent waits."""


class SenderUnknown(Trouble):
    """SMTP_URL says where to send, but MAIL_FROM does not say from whom: what is to be sent waits. Set MAIL_FROM."""


class RelayUnreadable(Trouble):
    """“{given}” in SMTP_URL is no way to encrypt: write starttls=required, offered or never. What is to be sent waits."""


class GivenUp(Trouble):
    """Tried {tries} times in vain; the last time, the answer was: {answer}."""


class TooLate(Trouble):
    """This message should have gone more than {days} days ago: it was set aside, so that nobody is reminded too late."""


class Overtaken(Trouble):
    """What it was about was settled, put off or acknowledged before it could be sent."""


class Bounced(Trouble):
    """It came back: the mail servers could not deliver it ({answer}). Correct the address if need be, then send it again."""


class Delayed(Trouble):
    """Not delivered yet ({answer}); the mail servers are still trying."""


class BackFromBackup(Trouble):
    """This message came back with a backup and may have been sent since: it was set aside, so that nobody gets it twice."""


SIGN_IN = (
    LoginRefused, LoginInTheClear, LoginUnfit, MailboxClosed, TokenNotWanted, TokenRejected, TokenRefused, TokenAway,
    TenantUnknown, ApplicationUnknown, SecretExpired, SecretWrong, SecretUnreadable,
)  # fmt: skip

KINDS: dict[str, type[Trouble]] = {kind.__name__: kind for kind in Trouble.__subclasses__()}


def written(trouble: Trouble) -> str:
    """How a reason is kept: the name of its kind and its facts, as JSON."""
    return msgspec.json.encode([type(trouble).__name__, trouble.facts], enc_hook=str).decode()


def read(kept: str) -> Trouble:
    """The reason that was kept."""
    kind, facts = msgspec.json.decode(kept)
    return KINDS[kind](**facts)


def said(kept: str | None, lang: str) -> str | None:
    """The reason in a sentence; null for none."""
    return say(read(kept), lang) if kept else None
