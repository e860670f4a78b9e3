"""`python -m services.reports.typesetting FOLDER MEMORY SECONDS`: lays out the data that lie in a folder as a PDF beside
them, with so many bytes of addresses and so many seconds of the processor.

It runs alone, so that a document that would take all the memory of the machine takes only its own."""

from __future__ import annotations

import sys
from pathlib import Path


def main(folder: Path, memory: int, seconds: int) -> int:
    """0 once the PDF is there; else 1, with the reason."""
    _limit(memory, seconds)
    import typst

    data = folder / "printed.json"
    try:
        typst.compile(
            folder / "page.typ", output=folder / "printed.pdf", root=folder, ignore_system_fonts=True,
            package_path=folder, package_cache_path=folder, pdf_standards=["ua-1"], timestamp=0,
        )  # fmt: skip
    except typst.TypstError as error:
        print(" ".join(error.message.split()), file=sys.stderr)
        return 1
    except MemoryError:
        print(f"memory: {data.stat().st_size} bytes", file=sys.stderr)
        return 1
    return 0


def _limit(memory: int, seconds: int) -> None:
    """Of this process; where the machine knows no limits, none."""
    try:
        import resource
    except ImportError:
        return
    resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
    resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds))


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1]), int(sys.argv[2]), int(sys.argv[3])))
