"""Whatever people write in names, titles and addresses: one message, with the same headers.

SUIVI_EXAMPLES=10000 for more."""

from __future__ import annotations

import os
import re
from datetime import UTC, datetime
from email.headerregistry import Address

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from services.mail.messages import address, domain_of, message_of, sender
from tests.services.mailing import parsed

EXAMPLES = int(os.environ.get("SUIVI_EXAMPLES", 400))
AT = datetime(2024, 9, 18, 14, tzinfo=UTC)
FROM = Address("Suivi", "suivi", "example.org")
HEADERS = ["From", "To", "Subject", "Date", "Message-ID", "Auto-Submitted", "MIME-Version", "Content-Type",
           "Content-Language"]  # fmt: skip
NASTY = ["\r\n", "\n", "\r", "Bcc: x@y.z", "\x00", "\u202e", "é", "👩🏽‍🌾", "\ud800", "=?utf-8?q?", "@", " ", '"', "\u2028",
         ".", "a@b.c", "<", ">", ",", ";", "\x85", "א"]  # fmt: skip

nasty = st.one_of(
    st.text(st.characters(exclude_categories=[])),
    st.lists(st.sampled_from(NASTY)).map("".join),
)  # fmt: skip


def sent(to: Address, body: str, html: str = "<p>") -> bytes:
    made = message_of(sender=FROM, to=to, message_id="<1@example.org>", lang="fr", subject="Suivi – 2023:17",
                      body=body, html=html, at=AT)  # fmt: skip
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


def test_the_sender_and_the_domain_of_ids() -> None:
    assert sender("Suivi du syndicat <suivi@example.org>") == Address("Suivi du syndicat", "suivi", "example.org")
    assert (domain_of("Suivi <suivi@example.org>"), domain_of(None)) == ("example.org", "suivi.invalid")
