"""A form with a file, multipart/form-data (RFC 7578), already whole and of a limited size."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from web.problems import BodyUnreadable

MOST_PARTS = 20
MOST_HEADER = 4096  # bytes, of one part
MOST_TEXT = 20_000  # bytes of a field that is no file

_BOUNDARY = re.compile(r';\s*boundary=(?:"([^"]{1,70})"|([^\s;"]{1,70}))', re.IGNORECASE)
_DISPOSITION = re.compile(rb"^content-disposition:[ \t]*form-data[ \t]*(;[^\r\n]*)", re.IGNORECASE | re.MULTILINE)
_PARAMETER = re.compile(r';\s*(name|filename)="((?:[^"\\]|\\.)*)"', re.IGNORECASE)


class FormUnreadable(BodyUnreadable):
    """This form cannot be read: multipart/form-data, with the file in “file” and the facts beside it. Nothing was recorded."""


@dataclass(frozen=True)
class Field:
    """A field; of a file, its name."""

    name: str
    content: bytes
    file: str | None = None

    @property
    def text(self) -> str:
        """What was written into it. Raises `FormUnreadable`."""
        try:
            text = self.content.decode()
        except UnicodeDecodeError as error:
            raise FormUnreadable() from error
        if len(self.content) > MOST_TEXT or "\0" in text:
            raise FormUnreadable()
        return text


def is_form(content_type: str) -> bool:
    """Whether a body says that it is such a form."""
    return content_type.partition(";")[0].strip().lower() == "multipart/form-data"


def fields(content: bytes, content_type: str) -> list[Field]:
    """The fields, in their order. Raises `FormUnreadable`."""
    if (found := _BOUNDARY.search(content_type)) is None:
        raise FormUnreadable()
    read = list(_parts(content, b"--" + (found[1] or found[2]).encode("latin-1", "replace")))
    if len(read) > MOST_PARTS:
        raise FormUnreadable()
    return read


def _parts(content: bytes, line: bytes) -> Iterator[Field]:
    """What stands between the lines that part it; the last one ends with two dashes."""
    at = 0 if content.startswith(line) else content.find(b"\r\n" + line) + 2
    for _ in range(MOST_PARTS + 1):
        after = at + len(line)
        if not content.startswith(line, at) or content.startswith(b"--", after):
            break
        begins = content.find(b"\r\n\r\n", after, after + MOST_HEADER)
        ends = content.find(b"\r\n" + line, begins + 2)
        if not content.startswith(b"\r\n", after) or begins < 0 or ends < 0:
            raise FormUnreadable()
        yield _field(content[after:begins], content[begins + 4 : max(ends, begins + 4)])
        at = ends + 2
    if not content.startswith(line, at):
        raise FormUnreadable()


def _field(header: bytes, content: bytes) -> Field:
    disposition = _DISPOSITION.search(header)
    said = _PARAMETER.findall(disposition[1].decode("utf-8", "replace")) if disposition else []
    named = {name.lower(): re.sub(r"\\(.)", r"\1", value).replace("%22", '"') for name, value in said}
    if "name" not in named:
        raise FormUnreadable()
    return Field(named["name"], content, named.get("filename"))
