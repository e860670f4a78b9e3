"""Notices of non-delivery are read in every form that servers give them, and never run away."""

from __future__ import annotations

import os
import time
from collections.abc import Callable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from services.mail.returned import LARGEST, NoNotice, Notice, NoticeTooLarge, WasDelivered, read_notice
from tests.services import notices

EXAMPLES = int(os.environ.get("SUIVI_EXAMPLES", 200))
ID = "<0f8fad5b-d9cb-469f-a165-70867728950e@example.org>"


@pytest.mark.parametrize(
    ("notice", "expected"),
    [
        (notices.postfix(ID), Notice((ID,), True, notices.BROKEN)),
        (notices.postfix(ID, whole=False), Notice((ID,), True, notices.BROKEN)),
        (notices.postfix(ID, "Delayed", "4.4.1", "smtp; 451 4.4.1 no answer"), Notice((ID,), False, "451 4.4.1 no answer")),
        (notices.postfix(ID, "failed", "4.4.7", "x-unix; given up"), Notice((ID,), True, "4.4.7 given up")),
        (notices.postfix(ID, "", "5.2.2", "full"), Notice((ID,), True, "5.2.2 full")),
        (notices.postfix(ID, "", "4.2.2", "full"), Notice((ID,), False, "4.2.2 full")),
        (notices.exim(ID), Notice((ID,), True, "550 5.7.1 mailbox is closed")),
        (notices.qmail(ID), Notice((ID,), True, "Remote host said: 554 delivery error: this user has no account here")),
        (notices.warning(ID), Notice((ID,), False, "Warning: message delayed 24 hours")),
    ],
)  # fmt: skip
def test_a_notice_is_read(notice: bytes, expected: Notice) -> None:
    assert read_notice(notice) == expected


def test_what_microsoft_answers_to_is_in_its_headers() -> None:
    found = read_notice(notices.exchange(ID))
    assert (found.about, found.final) == ((ID,), True)
    assert found.answer.startswith("550 5.1.10 RESOLVER.ADR.RecipientNotFound")


@pytest.mark.parametrize("action", ["delivered", "relayed", "expanded"])
def test_good_news_is_no_bounce(action: str) -> None:
    with pytest.raises(WasDelivered):
        read_notice(notices.postfix(ID, action, "2.0.0", "ok"))


@pytest.mark.parametrize("content", [notices.holiday(ID), b"", b"\0", b"{}", b"Subject: hello\r\n\r\n550 5.1.1 no", b"\xff" * 99])
def test_what_is_no_notice_is_refused(content: bytes) -> None:
    with pytest.raises(NoNotice):
        read_notice(content)


def test_too_large_a_notice_is_not_read() -> None:
    with pytest.raises(NoticeTooLarge):
        read_notice(b"x" * (LARGEST + 1))


def nested(n: int) -> bytes:
    return b"".join(b"Content-Type: multipart/mixed; boundary=b%d\n\n--b%d\n" % (k, k) for k in range(n))


HEAD = b"From: mailer-daemon@a\nX-Failed-Recipients: a\n"


@pytest.mark.parametrize(
    "made",
    [
        lambda: nested(20_000),
        lambda: b"Content-Type: message/rfc822\n\n" * 30_000,
        lambda: HEAD + b"Content-Type: multipart/report; boundary=b\n\n" + b"--b\nA: b\n\n" * 80_000,
        lambda: HEAD + b"\n" + b"Message-ID: " * 80_000,
        lambda: HEAD + b"\n" + b"> " * 400_000,
        lambda: HEAD + b"References: " + b"<" * 900_000 + b"\n\n",
        lambda: HEAD + b"References: " + ID.encode() * 15_000 + b"\n\n",
        lambda: HEAD + b"Content-Type: text/plain; " + b"a*0=b; " * 100_000 + b"\n\n",
        lambda: HEAD + b"Subject: " + b"=?utf-8?q?a?= " * 60_000 + b"\n\n",
        lambda: HEAD + b"\n" + b"5." * 400_000,
        lambda: HEAD + b"Content-Transfer-Encoding: base64\n\n" + b"A" * 900_000,
        lambda: HEAD + b"Content-Type: text/plain; charset=idna\n\n" + b"\xff" * 1000,
    ],
)  # fmt: skip
def test_a_notice_made_to_run_away_does_not(made: Callable[[], bytes]) -> None:
    content = made()[:LARGEST]
    began = time.process_time()
    try:
        found = read_notice(content)
        assert len(found.about) <= 100 and len(found.answer) <= 200
    except (NoNotice, WasDelivered):
        pass
    assert time.process_time() - began < 20


@given(st.binary(max_size=3000) | st.builds(lambda a, b: notices.postfix(ID)[:a] + b + notices.postfix(ID)[a:],
                                            st.integers(0, 900), st.binary(max_size=40)))  # fmt: skip
@settings(max_examples=EXAMPLES)
def test_whatever_comes_is_read_or_refused(content: bytes) -> None:
    try:
        found = read_notice(content)
    except (NoNotice, WasDelivered):
        return
    assert found.answer.isprintable() and all(len(id) < 320 and id.isascii() for id in found.about)
