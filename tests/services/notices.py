"""Notices of non-delivery, as mail servers write them: in their form, with addresses and words of our own."""

from __future__ import annotations

from textwrap import dedent

BROKEN = "550 5.1.1 <marie@example.org>: Recipient address rejected: User unknown"


def postfix(message_id: str, action: str = "failed", status: str = "5.1.1", diagnostic: str = f"smtp; {BROKEN}",
            whole: bool = True) -> bytes:  # fmt: skip
    """RFC 3464; the message that came back is whole, or only its headers are there (RFC 3462)."""
    kind = "message/rfc822" if whole else "text/rfc822-headers"
    return mail(f"""\
        Return-Path: <>
        From: MAILER-DAEMON@relay.example.org (Mail Delivery System)
        To: suivi@example.org
        Subject: Undelivered Mail Returned to Sender
        Message-ID: <20240918140000.1@relay.example.org>
        MIME-Version: 1.0
        Content-Type: multipart/report; report-type=delivery-status; boundary="b"

        --b
        Content-Type: text/plain; charset=us-ascii

        The mail system could not deliver your message.

        --b
        Content-Type: message/delivery-status

        Reporting-MTA: dns; relay.example.org

        Final-Recipient: rfc822; marie@example.org
        Action: {action}
        Status: {status}
        Diagnostic-Code: {diagnostic}

        --b
        Content-Type: {kind}

        From: suivi@example.org
        To: marie@example.org
        Message-ID: {message_id}
        Subject: Suivi

        --b--
        """)


def exchange(message_id: str) -> bytes:
    """Microsoft 365: the message that came back may be missing, what it answers to is said in the headers."""
    return mail(f"""\
        From: <MicrosoftExchange329e71ec88ae4615bbc36ab6ce41109e@example.onmicrosoft.com>
        To: <suivi@example.org>
        Subject: Undeliverable: Suivi
        Message-ID: <00000000-0000-4000-8000-0000000000ff@example.onmicrosoft.com>
        In-Reply-To: {message_id}
        References: {message_id}
        MIME-Version: 1.0
        Content-Type: multipart/report; report-type=delivery-status; boundary="b"

        --b
        Content-Type: multipart/alternative; boundary="c"

        --c
        Content-Type: text/html; charset=utf-8

        <p>Your message to marie@example.org couldn't be delivered.</p>
        --c--

        --b
        Content-Type: message/delivery-status

        Reporting-MTA: dns;PROD.OUTLOOK.COM

        Final-recipient: RFC822;marie@example.org
        Action: failed
        Status: 5.1.10
        Diagnostic-code: smtp;550 5.1.10 RESOLVER.ADR.RecipientNotFound; Recipient not found by SMTP address lookup

        --b--
        """)


def exim(message_id: str) -> bytes:
    """In plain words, with the headers of the message below them."""
    return mail(f"""\
        From: Mail Delivery System <Mailer-Daemon@relay.example.org>
        To: suivi@example.org
        Subject: Mail delivery failed: returning message to sender
        X-Failed-Recipients: marie@example.org
        Auto-Submitted: auto-replied

        This message was created automatically by mail delivery software.

          marie@example.org
            host mx.example.org [192.0.2.5]
            SMTP error from remote mail server after RCPT TO:<marie@example.org>:
            550 5.7.1 mailbox is closed

        ------ This is a copy of the message, including all the headers. ------

        From: suivi@example.org
        Message-ID: {message_id}
        Subject: Suivi

        Code 250 2.0.0 is in what was written, and means nothing.
        """)


def qmail(message_id: str) -> bytes:
    """Older still: no status, only a number."""
    return mail(f"""\
        From: MAILER-DAEMON@relay.example.org
        To: suivi@example.org
        Subject: failure notice

        Hi. This is the program at relay.example.org.
        I'm afraid I wasn't able to deliver your message to the following addresses.
        This is a permanent error; I've given up. Sorry it didn't work out.

        <marie@example.org>:
        Remote host said: 554 delivery error: this user has no account here

        --- Below this line is a copy of the message.

        From: suivi@example.org
        Message-ID: {message_id}
        """)


def warning(message_id: str) -> bytes:
    """Not given up yet, in plain words."""
    return mail(f"""\
        From: Mail Delivery System <Mailer-Daemon@relay.example.org>
        To: suivi@example.org
        Subject: Warning: message delayed 24 hours

        Your message has not been delivered to marie@example.org. It will be tried again.

        Message-ID: {message_id}
        """)


def holiday(message_id: str) -> bytes:
    """An answer of a person who is away: no notice."""
    return mail(f"""\
        From: Marie <marie@example.org>
        To: suivi@example.org
        Subject: Absente
        In-Reply-To: {message_id}
        Auto-Submitted: auto-replied

        Je suis de retour le 550.
        """)


def mail(text: str) -> bytes:
    return dedent(text).replace("\n", "\r\n").encode()
