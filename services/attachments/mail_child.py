"""Reads the e-mail on its standard input, and tells what is in it as one JSON document.

What someone else sent is read here and nowhere else: alone, in a process with little memory, little time and no way to
open a file or a connection. It is started by `services.attachments.mails`, by its path, with the standard library only.
Attachments are counted and named, never unpacked."""

from __future__ import annotations

import codecs
import json
import re
import sys
from collections.abc import Iterator
from datetime import datetime
from email.header import decode_header, make_header
from email.message import Message
from email.parser import BytesParser
from email.utils import parseaddr, parsedate_to_datetime
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))  # it is started by its path, alone

from services.confined import limits

SECONDS = 8  # of processor
MOST_LINES = 500_000  # 25 MB of attachments have 350,000
HEADERS = 256 * 2**10  # bytes before the first empty line
DEEPEST = 20
MOST_PARTS = 300
MOST_TEXT = 50_000  # characters
MOST_LINE = 500  # characters of a header that is told
MOST_IDS = 50
CHARSETS = ("utf-8", "us-ascii", "iso-8859-1", "iso-8859-15", "windows-1252", "utf-16", "utf-16-le", "utf-16-be", "utf-7")
_BEGINS = re.compile(rb"(?:\xef\xbb\xbf|From [^\n]*\n|\s)*[!-9;-~]{1,100}:")
_SPLIT = re.compile(rb"\r?\n\r?\n")
_ID = re.compile(r"<[^<>\s]{3,300}>")
_BLOCKS = {"p", "br", "div", "tr", "li", "h1", "h2", "h3", "h4", "blockquote", "table", "ul", "ol"}


class NotRead(Exception):
    """Why it is not read: `not_mail`, `headers`, `nested`, `long` or `damaged`."""


class Words(HTMLParser):
    """The words of a page, without scripts and styles."""

    def __init__(self) -> None:
        super().__init__()
        self.said: list[str] = []
        self.hidden = 0

    def handle_starttag(self, tag: str, attrs: Any) -> None:
        self.hidden += tag in ("script", "style", "head")
        self.said += ["\n"] if tag in _BLOCKS else []

    def handle_endtag(self, tag: str) -> None:
        self.hidden = max(self.hidden - (tag in ("script", "style", "head")), 0)
        self.said += ["\n"] if tag in _BLOCKS else []

    def handle_data(self, data: str) -> None:
        if not self.hidden:
            self.said.append(data)


def read(content: bytes) -> dict[str, Any]:
    """What is told of the mail. Raises `NotRead`."""
    if content.count(b"\n") > MOST_LINES:
        raise NotRead("long")
    if not _BEGINS.match(content[:4096]):
        raise NotRead("not_mail")
    head = content[: HEADERS + 4]
    if len(_SPLIT.split(head, 1)[0]) > HEADERS:
        raise NotRead("headers")
    message = BytesParser().parsebytes(content)
    if not (message["From"] and (message["Date"] or message["Message-ID"] or message["Subject"])):
        raise NotRead("not_mail")
    name, address = parseaddr(header(message, "From"))
    text, files = told(message)
    ids = dict.fromkeys(_ID.findall(header(message, "In-Reply-To", 20_000) + header(message, "References", 20_000)))
    return {
        "name": name, "address": address, "subject": header(message, "Subject"), "ids": list(ids)[-MOST_IDS:],
        "said": header(message, "Date"), "date": date(header(message, "Date")), "text": text, "files": files,
        "automatic": header(message, "Auto-Submitted").lower().startswith("auto-"),
    }  # fmt: skip


def header(message: Message, name: str, most: int = MOST_LINE) -> str:
    """A header in characters, whatever it was written in."""
    raw = str(message.get(name) or "")[: 4 * most]
    try:
        decoded = str(make_header(decode_header(raw)))
    except Exception:  # an unknown charset, a broken word: as it came
        decoded = raw
    return " ".join(decoded.encode("utf-8", "replace").decode().split())[:most]


def date(said: str) -> str | None:
    """The instant, in ISO 8601; null for one that means nothing."""
    try:
        found = parsedate_to_datetime(said)
    except Exception:
        return None
    return found.isoformat() if 1980 <= found.year <= 2200 else None


def told(message: Message) -> tuple[str, list[str]]:
    """The text, plain rather than of a page, and the names of what came with it."""
    plain, pages, files = list[str](), list[str](), list[str]()
    for part in leaves(message):
        kind, name = part.get_content_type(), part.get_filename()
        if name or part.get_content_disposition() == "attachment" or part.get_content_maintype() != "text":
            files.append(" ".join(str(name or kind).encode("utf-8", "replace").decode().split())[:200])
        elif kind == "text/html":
            pages.append(part_text(part))
        else:
            plain.append(part_text(part))
    text = "\n".join(plain) if any(each.strip() for each in plain) else "\n".join(map(words_of, pages))
    return text[:MOST_TEXT], files[:20]


def leaves(message: Message) -> Iterator[Message]:
    """Its parts that hold no others, in order. A message within is a file: it is not opened."""
    waiting, seen = [(message, 0)], 0
    while waiting:
        part, depth = waiting.pop()
        seen += 1
        if depth > DEEPEST or seen > MOST_PARTS:
            raise NotRead("nested")
        inner = part.get_payload() if part.is_multipart() else None  # else it may be decoded, and trip
        if part.get_content_maintype() == "multipart" and isinstance(inner, list):
            waiting += [(each, depth + 1) for each in reversed(inner) if isinstance(each, Message)]
        else:
            yield part


def part_text(part: Message) -> str:
    """Its characters, in the charset that it says, else in one that fits."""
    try:
        payload, said = part.get_payload(decode=True), str(part.get_content_charset() or "utf-8")
    except Exception:  # the library trips over some damaged headers
        return ""
    content = payload[: 4 * MOST_TEXT] if isinstance(payload, bytes) else b""
    for charset in (said, "utf-8", "windows-1252"):
        try:
            return content.decode(charset, "strict" if len(content) < 4 * MOST_TEXT else "ignore")
        except (LookupError, ValueError, OSError, ImportError):
            continue
    return content.decode("windows-1252", "replace")


def words_of(page: str) -> str:
    """What a page says."""
    words = Words()
    words.feed(page)
    return "".join(words.said)


def confine() -> None:
    """From here on: so much memory, so much time, and nothing more can be opened. What is loaded late is loaded now."""
    for charset in CHARSETS:
        codecs.lookup(charset)
    sample = b"From: =?utf-8?q?a?= <a@b.c>\nDate: Mon, 1 Jan 2024 10:00:00 -0500\nContent-Type: text/html\n\n<p>&eacute;"
    read(sample)
    read(b"From: a@b.c\nSubject: x\nContent-Transfer-Encoding: base64\n\neA==")
    datetime.now().isoformat()
    limits.confine(SECONDS)


def main() -> None:
    """One document, whatever comes."""
    confine()
    try:
        answer = read(sys.stdin.buffer.read())
    except NotRead as error:
        answer = {"error": str(error)}
    except RecursionError:
        answer = {"error": "nested"}
    except MemoryError:
        answer = {"error": "long"}
    except Exception:
        answer = {"error": "damaged"}
    sys.stdout.buffer.write(json.dumps(answer).encode())


if __name__ == "__main__":
    main()
