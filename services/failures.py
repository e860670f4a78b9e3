"""What was not foreseen, written down for whoever repairs it: where in the program, and never with what data."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from traceback import walk_tb

LOG = "failures.log"


def record(home: Path, work: str, error: BaseException) -> Path | None:
    """Appends to the log in the home: the time, what was being done, and the way to the error, without its message nor
    any value, which may hold what people wrote. Null if it cannot be written."""
    file = home / LOG
    lines = [f"{datetime.now(UTC).isoformat(timespec='seconds')} {work}", *_way(error)]
    try:
        home.mkdir(mode=0o700, parents=True, exist_ok=True)
        with file.open("a", encoding="utf-8") as log:
            log.write("\n".join(lines) + "\n\n")
    except OSError:
        return None
    return file


def _way(error: BaseException | None) -> list[str]:
    """The error and what caused it, the cause first."""
    if error is None:
        return []
    frames = [
        f"  {frame.f_code.co_filename}:{line} {frame.f_code.co_qualname}"
        for frame, line in walk_tb(error.__traceback__)
    ]
    return [
        *_way(error.__cause__ or error.__context__),
        f"{type(error).__module__}.{type(error).__qualname__}",
        *frames,
    ]
