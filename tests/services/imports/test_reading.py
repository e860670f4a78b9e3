"""A file is read as UTF-8 or refused with one sentence that says what would be accepted."""

from __future__ import annotations

import io
import os
import sys
import zipfile
from pathlib import Path

import pytest

from domain.errors import Invalid
from projections.phrases.catalogue import say
from services.imports import notices
from services.imports.reading import LIMIT, decode, read

TEXT = "RÉSOLUTION 1\n\nUn titre à accents\n\nLe rapport est prêt.\n"


def write(folder: Path, data: bytes, name: str = "suivi.txt") -> Path:
    path = folder / name
    path.write_bytes(data)
    return path


def archive(*names: str) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as file:
        for name in names:
            file.writestr(name, "<x/>")
    return buffer.getvalue()


@pytest.mark.parametrize("newline", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize("mark", [b"", b"\xef\xbb\xbf"])
def test_utf8_is_read_with_any_newline_and_mark(tmp_path: Path, newline: str, mark: bytes) -> None:
    source = read(write(tmp_path, mark + TEXT.replace("\n", newline).encode()))
    assert source.lines == tuple(TEXT.split("\n"))
    assert source.name == "suivi.txt"
    assert len(source.sha256) == 64


def test_a_fingerprint_is_of_the_bytes(tmp_path: Path) -> None:
    plain, marked = read(write(tmp_path, TEXT.encode())), read(write(tmp_path, b"\xef\xbb\xbf" + TEXT.encode()))
    assert plain.text == marked.text
    assert plain.sha256 != marked.sha256


REFUSED = {
    "empty": (b"", notices.EmptyFile),
    "blank": (b"\xef\xbb\xbf \r\n\t\f\n", notices.EmptyFile),
    "utf-16 with mark": (TEXT.encode("utf-16"), notices.WideEncoding),
    "utf-16 big": (TEXT.encode("utf-16-be"), notices.WideEncoding),
    "utf-16 little": (TEXT.encode("utf-16-le"), notices.WideEncoding),
    "utf-32": (TEXT.encode("utf-32"), notices.WideEncoding),
    "utf-32 little": (TEXT.encode("utf-32-le"), notices.WideEncoding),
    "windows-1252": (TEXT.encode("cp1252"), notices.NotUtf8),
    "latin-1": (TEXT.encode("latin-1"), notices.NotUtf8),
    "damaged twice": (TEXT.replace("Un", "Éé").encode().decode("cp1252").encode(), notices.Garbled),
    "zeros": (bytes(500), notices.BinaryFile),
    "a zero in a text": (TEXT.encode() + b"\0", notices.BinaryFile),
    "pdf": (b"%PDF-1.7\n%\xe2\xe3", notices.OtherFormat),
    "pdf after a line": (b"\n%PDF-1.4\n", notices.OtherFormat),
    "docx": (archive("[Content_Types].xml", "word/document.xml"), notices.OtherFormat),
    "xlsx": (archive("xl/workbook.xml"), notices.OtherFormat),
    "zip": (archive("suivi.txt"), notices.OtherFormat),
    "rtf": (b"{\\rtf1\\ansi Bonjour}", notices.OtherFormat),
    "html": (b"  <!DOCTYPE HTML><html><body>RESOLUTION 1", notices.OtherFormat),
    "old word": (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), notices.OtherFormat),
    "png": (b"\x89PNG\r\n\x1a\n", notices.OtherFormat),
    "jpeg": (b"\xff\xd8\xff\xe0", notices.OtherFormat),
}


@pytest.mark.parametrize("case", REFUSED)
def test_what_is_not_utf8_text_is_refused(tmp_path: Path, case: str) -> None:
    data, refusal = REFUSED[case]
    with pytest.raises(refusal) as caught:
        read(write(tmp_path, data))
    sentence = say(caught.value, "fr")
    assert "suivi.txt" in sentence and "{" not in sentence
    assert sentence != say(caught.value, "en")
    assert sentence.endswith((".", "UTF-8."))


@pytest.mark.parametrize(
    ("case", "kind"), [("docx", "Word (DOCX)"), ("pdf", "PDF"), ("zip", "ZIP"), ("xlsx", "Excel (XLSX)")]
)
def test_another_format_is_named(tmp_path: Path, case: str, kind: str) -> None:
    with pytest.raises(notices.OtherFormat) as caught:
        read(write(tmp_path, REFUSED[case][0]))
    assert caught.value.facts["kind"] == kind


def test_the_first_bad_character_is_placed() -> None:
    data = "Première ligne\r\nété\r\n".encode() + "déjà vu".encode("cp1252")
    with pytest.raises(notices.NotUtf8) as caught:
        decode("suivi.txt", data)
    assert (caught.value.facts["line"], caught.value.facts["column"]) == (3, 2)


def test_a_column_counts_characters_after_the_mark() -> None:
    with pytest.raises(notices.NotUtf8) as caught:
        decode("suivi.txt", b"\xef\xbb\xbf" + "été ".encode() + b"\xe9")
    assert (caught.value.facts["line"], caught.value.facts["column"]) == (1, 5)


def test_accents_that_only_look_odd_are_read() -> None:
    assert decode("suivi.txt", "Ã© une fois, et “â€” entre guillemets".encode()).lines


def test_a_missing_file_and_a_folder_are_refused(tmp_path: Path) -> None:
    with pytest.raises(notices.FileMissing):
        read(tmp_path / "absent.txt")
    with pytest.raises(notices.FileMissing):
        read(write(tmp_path, b"x") / "below.txt")
    with pytest.raises(notices.FolderGiven):
        read(tmp_path)


@pytest.mark.skipif(sys.platform == "win32", reason="no pipes in a folder there")
def test_a_pipe_is_refused_without_waiting_for_it(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    with pytest.raises(notices.NotAFile):
        read(tmp_path / "pipe")


def test_a_large_file_is_refused_before_it_is_read(tmp_path: Path) -> None:
    path = tmp_path / "large.txt"
    with path.open("wb") as file:
        file.truncate(LIMIT * 1_000_000 + 1)
    with pytest.raises(notices.TooLarge):
        read(path)


@pytest.mark.skipif(sys.platform == "win32" or os.geteuid() == 0, reason="root may read everything")
def test_a_file_of_somebody_else_is_refused(tmp_path: Path) -> None:
    path = write(tmp_path, TEXT.encode())
    path.chmod(0)
    with pytest.raises(notices.NotAllowedToRead):
        read(path)


@pytest.mark.skipif(sys.platform == "win32" or os.geteuid() != 0, reason="only root becomes another account")
def test_root_under_another_account_is_refused(tmp_path: Path) -> None:
    path = write(tmp_path, TEXT.encode())
    path.chmod(0o600)
    child = os.fork()
    if child == 0:  # leaves by os._exit, whatever happens
        status = 1
        try:
            os.setuid(65534)
            read(path)
        except notices.NotAllowedToRead:
            status = 0
        finally:
            os._exit(status)
    assert os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 0


def test_a_name_that_is_not_utf8_can_be_said(tmp_path: Path) -> None:
    path = Path(os.fsdecode(os.fsencode(tmp_path) + b"/caf\xe9.txt"))
    with pytest.raises(Invalid) as caught:
        read(path)
    str(caught.value).encode()
