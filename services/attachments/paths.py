"""Files of this machine: read to be attached, written from what was attached."""

from __future__ import annotations

import os
import stat
from collections.abc import Iterable
from pathlib import Path

from domain.errors import Invalid, Refused
from services.attachments.files import LARGEST, MEGABYTES, FileTooLarge, Upload, upload
from services.imports.notices import FileMissing, NotAllowedToRead


class NotOneFile(Invalid):
    """“{name}” is not an ordinary file. Give one file; of a folder, make a zip first. Nothing was recorded."""


class FileThere(Refused):
    """“{file}” exists already; nothing was written. Give another name with --out."""


class FileUnwritable(Refused):
    """“{file}” cannot be written ({reason})."""


def read(path: Path) -> Upload:
    """The file at that place, to be attached."""
    return upload(_said(path.name), content_of(path))


def content_of(path: Path) -> bytes:
    """The bytes at that place, if they are not too many."""
    try:
        status = path.stat()
        if not stat.S_ISREG(status.st_mode):
            raise NotOneFile(name=_said(path.name or str(path)))
        if status.st_size > LARGEST:
            raise FileTooLarge(most=MEGABYTES)
        with path.open("rb") as file:
            return file.read(LARGEST + 1)
    except (FileNotFoundError, NotADirectoryError) as error:
        raise FileMissing(name=_said(path.name or str(path))) from error
    except PermissionError as error:
        raise NotAllowedToRead(name=_said(path.name)) from error
    except (OSError, ValueError) as error:  # a name with a NUL, a disk that does not answer
        raise FileMissing(name=_said(path.name or str(path))) from error


def write(pieces: Iterable[bytes], file: Path, over: bool = False) -> int:
    """Writes the pieces, all of them or nothing, where there is no file yet, or `over` another. Returns how many bytes
    there are."""
    if file.exists() and not (over and file.is_file()):
        raise FileThere(file=_said(str(file)))
    beside = file.with_name(f".{file.name[:100]}.{os.getpid()}")
    try:
        with beside.open("xb") as out:
            size = sum(out.write(piece) for piece in pieces)
        beside.rename(file)
    except OSError as error:
        raise FileUnwritable(file=_said(str(file)), reason=error.strerror) from error
    finally:
        beside.unlink(missing_ok=True)
    return size


def _said(name: str) -> str:
    """A name as text, whatever its bytes."""
    return os.fsencode(name).decode("utf-8", "replace")
