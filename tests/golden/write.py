"""Stores the events that have no file yet: `python -m tests.golden.write`. A file is never written twice: what is
recorded somewhere must load for ever, so a shape that changes gets another revision, and an upcast from the last."""

from __future__ import annotations

from domain.codec import seal
from tests.golden.files import file_of, kinds
from tests.golden.samples import sample


def main() -> None:
    for event in kinds():
        file = file_of(event, event.revision)
        if not file.exists():
            file.write_bytes(seal(sample(event)))
            print(f"written: {file.name}")


if __name__ == "__main__":
    main()
