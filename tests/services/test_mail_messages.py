"""Whatever people write in names, titles and addresses: one message, with the same headers.

SUIVI_EXAMPLES=10000 for more."""

from __future__ import annotations

import os
import re
from datetime import UTC, datetime
from email.headerregistry import Address
from typing import Any
from uuid import NAMESPACE_URL, uuid5

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from services.mail.messages import address, domain_of, message_of, sender, thread_of
from tests.services.mailing import parsed

EXAMPLES = int(os.environ.get("SUIVI_EXAMPLES", 400))
AT = datetime(2024, 9, 18, 14, tzinfo=UTC)
FROM = Address("Suivi", "suivi", "example.org")
HEADERS = ["From", "To", "Subject", "Date", "Message-ID", "In-Reply-To", "References", "Auto-Submitted",
           "MIME-Version", "Content-Type", "Content-Language"]  # fmt: skip
NASTY = ["\r\n", "\n", "\r", "Bcc: x@y.z", "\x00", "\u202e", "é", "👩🏽‍🌾", "\ud800", "=?utf-8?q?", "@", " ", '"', "\u2028",
         ".", "a@b.c", "<", ">", ",", ";", "\x85", "א"]  # fmt: skip

nasty = st.one_of(
    st.text(st.characters(exclude_categories=[])),
    st.lists(st.sampled_from(NASTY)).map("".join),
)  # fmt: skip


def sent(to: Address, body: str, html: str = "<p>") -> bytes:
    made = message_of(sender=FROM, to=to, message_id="<1@example.org>", lang="fr", subject="Suivi – 2023:17",
                      body=body, html=html, at=AT, thread="<0@example.org>")  # fmt: skip
    return made.as_bytes()


def lines_of(text: str) -> list[str]:
    return re.split("\r\n|\r|\n", text.rstrip("\r\n"))


@given(nasty)
@settings(max_examples=EXAMPLES)
def test_an_address_is_fit_or_none(text: str) -> None:
    found = address(text)
    if found is None:
        return
    assert found.addr_spec.isascii() and found.addr_spec.isprintable()
    message = parsed(sent(found, "x"))
    assert message.keys() == HEADERS and len(message["To"].addresses) == 1
    assert message["To"].addresses[0].addr_spec == found.addr_spec


@given(nasty.map(lambda text: text.encode("utf-8", "replace").decode().replace("\x00", "?")))
@settings(max_examples=EXAMPLES)
def test_whatever_a_text_holds_it_is_one_message_with_the_same_headers(text: str) -> None:
    content = sent(Address("", "a", "example.org"), text, f"<p>{text}</p>")
    message = parsed(content)
    assert message.keys() == HEADERS
    assert content.isascii() and max(map(len, content.split(b"\r\n"))) <= 78
    assert b"\n" not in content.replace(b"\r\n", b"") and b"\r" not in content.replace(b"\r\n", b"")
    plain, html = message.iter_parts()
    assert [plain.get_content_type(), html.get_content_type()] == ["text/plain", "text/html"]
    assert lines_of(plain.get_content()) == lines_of(text)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("marie@example.org", "marie@example.org"),
        (" marie@example.org ", "marie@example.org"),
        ("marie.o'neil+suivi@exemple.québec", "marie.o'neil+suivi@exemple.xn--qubec-csa"),
        ("marie@mél.example", "marie@xn--ml-bja.example"),
        ("zoé@example.org", None),
        ("marie", None),
        ("marie@localhost", None),
        ("marie@@example.org", None),
        ('"a b"@example.org', None),
        ("marie@[127.0.0.1]", None),
        ("marie@example..org", None),
        ("marie@-a.org", None),
        (".marie@example.org", None),
        ("marie@example.org\r\nBcc: x@y.z", None),
        ("marie@example.org, x@y.z", None),
        ("Marie <marie@example.org>", None),
        ("a" * 65 + "@example.org", None),
        ("a@" + "b" * 64 + ".org", None),
        ("a@" + ".".join(["b" * 60] * 5), None),
        ("", None),
        ("@", None),
    ],
)
def test_addresses(text: str, expected: str | None) -> None:
    found = address(text)
    assert (found and found.addr_spec) == expected


def test_a_thread_is_of_one_reader_and_one_stream() -> None:
    case, other, ana, marie = (uuid5(NAMESPACE_URL, name) for name in ("case", "other", "ana", "marie"))
    ids = [thread_of(case, ana, "<1@example.org>"), thread_of(case, marie, "<2@example.org>"), thread_of(other, ana, "<3@e.org>")]
    assert len(set(ids)) == 3
    assert thread_of(case, ana, "<4@example.org>") == ids[0]
    assert all(re.fullmatch(r"<[0-9a-f-]{36}@[a-z.]+>", id) for id in ids)


def test_what_mail_programs_read_stays_whole_however_long() -> None:
    """RFC 8058 lets the address of one-click unsubscribing neither be folded nor encoded."""
    domain = "syndicat-des-travailleuses-et-travailleurs-du-jardin-botanique.example.org"
    way_out = f"https://{domain}/avis/{'a' * 150}"
    thread = thread_of(uuid5(NAMESPACE_URL, "case"), uuid5(NAMESPACE_URL, "ana"), f"<1@{domain}>")
    content = message_of(sender=FROM, to=Address("", "a", "example.org"), message_id=f"<1@{domain}>", lang="fr", subject="S",
                         body="x", html="<p>", at=AT, thread=thread, unsubscribe=way_out).as_bytes()  # fmt: skip
    lines = content.decode().split("\r\n")
    assert {f"References: {thread}", f"In-Reply-To: {thread}"} <= set(lines)
    assert {f"List-Unsubscribe: <{way_out}>", "List-Unsubscribe-Post: List-Unsubscribe=One-Click"} <= set(lines)


def test_a_line_break_cannot_get_into_a_header() -> None:
    facts: dict[str, Any] = {"sender": FROM, "to": Address("", "a", "example.org"), "message_id": "<1@example.org>", "lang": "fr",
             "subject": "S", "body": "x", "html": "<p>", "at": AT, "thread": "<0@example.org>"}  # fmt: skip
    for name in ("message_id", "subject", "thread", "unsubscribe"):
        with pytest.raises(ValueError):
            message_of(**{**facts, name: "a\r\nBcc: x@y.z"})


def test_the_sender_and_the_domain_of_ids() -> None:
    assert sender("Suivi du syndicat <suivi@example.org>") == Address("Suivi du syndicat", "suivi", "example.org")
    assert (domain_of("Suivi <suivi@example.org>"), domain_of(None)) == ("example.org", "suivi.invalid")
