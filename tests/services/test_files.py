"""What a file is, by its content alone, and the name under which it is kept."""

from __future__ import annotations

import io
import unicodedata
import zipfile
from hashlib import sha256

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from domain.media import EXTENSIONS, OPEN_DOCUMENT, OPEN_XML, fits
from projections.phrases.files import size_words, type_word
from services.attachments.files import LARGEST, FileEmpty, FileTooLarge, clean, upload
from services.attachments.media import media_type


def zipped(*names: str, first: bytes = b"") -> bytes:
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w") as archive:
        if first:
            archive.writestr("mimetype", first)
        for name in names:
            archive.writestr(name, "x" * 50)
    return held.getvalue()


OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600
CONTENTS = [
    (b"%PDF-1.4\n", "application/pdf"), (b"\xef\xbb\xbf\n%PDF-1.7", "application/pdf"),
    (b"\x89PNG\r\n\x1a\n...", "image/png"), (b"\xff\xd8\xff\xe0\0\x10JFIF", "image/jpeg"), (b"GIF89a..", "image/gif"),
    (b"RIFF\x10\0\0\0WEBPVP8 ", "image/webp"), (b"RIFF\x10\0\0\0WAVEfmt ", "audio/wav"), (b"RIFF\x10\0\0\0AVI ", None),
    (b"\0\0\0\x18ftypheic", "image/heic"), (b"\0\0\0\x18ftypisom", "video/mp4"), (b"ID3\x03\0", "audio/mpeg"),
    (b"BM" + (60).to_bytes(4, "little") + b"\0" * 54, "image/bmp"), (b"BM est une association.", "text/plain"),
    (b"MZ" + b"\0" * 58 + (64).to_bytes(4, "little") + b"PE\0\0", "application/x-msdownload"),
    (b"MZ est le sigle de la Mauricie.", "text/plain"), (b"\x7fELF\x02\x01", "application/x-executable"),
    (zipped("[Content_Types].xml", "word/document.xml"), f"{OPEN_XML}wordprocessingml.document"),
    (zipped("xl/workbook.xml", "[Content_Types].xml"), f"{OPEN_XML}spreadsheetml.sheet"),
    (zipped("[Content_Types].xml", "ppt/presentation.xml"), f"{OPEN_XML}presentationml.presentation"),
    (zipped("content.xml", first=f"{OPEN_DOCUMENT}text".encode()), f"{OPEN_DOCUMENT}text"),
    (zipped("content.xml", first=f"{OPEN_DOCUMENT}spreadsheet".encode()), f"{OPEN_DOCUMENT}spreadsheet"),
    (zipped("word/document.xml"), "application/zip"), (zipped(), "application/zip"), (b"PK\x03\x04torn", "application/zip"),
    (OLE + "WordDocument".encode("utf-16-le"), "application/msword"),
    (OLE + "Workbook".encode("utf-16-le"), "application/vnd.ms-excel"), (OLE, "application/x-ole-storage"),
    (b"{\\rtf1\\ansi}", "application/rtf"), (b"<!DOCTYPE html><p>", "text/html"), (b"\n <HTML lang=fr>", "text/html"),
    (b"<?xml version='1.0'?><svg xmlns='x'/>", "image/svg+xml"), (b"<?xml version='1.0'?><a/>", "text/xml"),
    (b"From: a@b.c\r\nTo: d@e.f\r\nSubject: x\r\n\r\nBonjour", "message/rfc822"), (b"De : Ana\nObjet : x\n", "text/plain"),
    (b"From: seul\n", "text/plain"), (b"BEGIN:VCALENDAR\r\n", "text/calendar"), (b"BEGIN:VCARD\r\n", "text/vcard"),
    ("Où est l’école?\n".encode(), "text/plain"), ("Où est l'école?".encode("cp1252"), "text/plain"),
    ("Où est l’école?".encode("utf-16"), "text/plain"), (b"a;b\n1;2\n", "text/plain"), (b"abc\0def", None),
    (bytes(range(256)), None), (b"x" * 65_535 + "é".encode(), "text/plain"),
]  # fmt: skip


@pytest.mark.parametrize(("content", "expected"), CONTENTS)
def test_a_file_is_what_it_holds(content: bytes, expected: str | None) -> None:
    assert media_type(content) == (expected or "application/octet-stream")


@settings(max_examples=400)
@given(st.sampled_from([b"", b"PK\x03\x04", b"PK\x05\x06", OLE, b"MZ", b"RIFF", b"BM", b"<", b"From: a\nDate: b\n"]),
       st.binary())  # fmt: skip
def test_every_content_is_something(beginning: bytes, rest: bytes) -> None:
    assert media_type(beginning + rest)


NAMES = [
    ("lettre.pdf", "lettre.pdf"), ("C:\\ana\\lettre.pdf", "lettre.pdf"), ("../../etc/passwd", "passwd"),
    ("/", "fichier"), ("", "fichier"), ("..", "fichier"), (" . ", "fichier"), ("a/", "fichier"), ("e\u0301.pdf", "é.pdf"),
    ("exe.\u202efdp", "exe.fdp"), ("a\0b\x1bc\u200bd.txt", "abcd.txt"), ("a\nb\tc.txt", "a b c.txt"),
    ("a\u00a0 b.txt", "a b.txt"),
    ("lettre.pdf. ", "lettre.pdf"), ('a<b>:"|?*.txt', "a_b______.txt"), (".htaccess", ".htaccess"), ("\ud800x", "x"),
    ("x" * 300 + ".pdf", "x" * 196 + ".pdf"), ("é" * 200 + ".pdf", "é" * 118 + ".pdf"), ("x." + "y" * 300, "x." + "y" * 198),
]  # fmt: skip


@pytest.mark.parametrize(("given_name", "kept"), NAMES)
def test_a_name_is_a_name_and_nothing_else(given_name: str, kept: str) -> None:
    assert clean(given_name) == kept


@settings(max_examples=500)
@given(st.text())
def test_whatever_the_name(name: str) -> None:
    kept = clean(name)
    assert kept and len(kept) <= 200 and len(kept.encode()) <= 240 and kept not in (".", "..")
    assert not set(kept) & set("/\\\0\n\r<>:\"|?*") and kept == kept.strip()
    assert not {unicodedata.category(each) for each in kept} & {"Cc", "Cf", "Cs"}
    assert clean(kept) == kept


def test_a_file_as_it_will_be_recorded() -> None:
    made = upload("dossier/lettre.pdf", b"%PDF-1.4")
    assert (made.file.name, made.file.size, made.file.type) == ("lettre.pdf", 8, "application/pdf")
    assert made.file.sha256 == sha256(b"%PDF-1.4").hexdigest() and made.proof.content == b""
    with pytest.raises(FileEmpty):
        upload("vide", b"")
    assert upload("x", b"x" * LARGEST).file.size == LARGEST
    with pytest.raises(FileTooLarge):
        upload("x", b"x" * (LARGEST + 1))


@pytest.mark.parametrize(
    ("name", "type", "fit"),
    [("a.PDF", "application/pdf", True), ("a.pdf", "text/html", False), ("a.jpeg", "image/jpeg", True),
     ("a", "text/html", True), ("a.xyz", "text/html", True),
     ("a.csv", "text/plain", True), ("a.doc", "application/rtf", True), ("pdf", "text/plain", True)],
)  # fmt: skip
def test_what_a_name_claims(name: str, type: str, fit: bool) -> None:
    assert fits(name, type) == fit


@pytest.mark.parametrize(
    ("size", "words"),
    [(1, "1 octet"), (999, "999 octets"), (1000, "1 ko"), (119_001, "120 ko"), (999_999, "1000 ko"), (1_000_000, "1 Mo"),
     (1_150_000, "1,2 Mo"), (26_214_400, "26,3 Mo")],
)  # fmt: skip
def test_how_large_it_is(size: int, words: str) -> None:
    assert size_words(size, "fr").replace("\u00a0", " ") == words


def test_every_type_has_a_word() -> None:
    assert all(type_word(type, lang) for type in EXTENSIONS for lang in ("fr", "en"))
    assert type_word("application/x-ole-storage", "fr") == "application/x-ole-storage"
