"""`python -m services.reports.typesetting FOLDER MEMORY SECONDS [places]`: lays out the data that lie in a folder as a PDF
beside them, or tells there on which pages each of its blocks would stand, with so many bytes of addresses and so many
seconds of the processor.

It runs alone, so that a document that would take all the memory of the machine takes only its own. Whoever asked holds the
other end of its standard input: when that one was killed, it erases the folder, whose words nobody waits for, and ends."""

from __future__ import annotations

import os
import shutil
import sys
from pathlib import Path
from threading import Thread


def main(folder: Path, memory: int, seconds: int, places: bool) -> int:
    """0 once the file is there; else 1, with the reason."""
    import typst

    Thread(target=_end_with_who_asked, args=(folder,), daemon=True).start()
    _limit(memory, seconds)
    page = typst.Compiler(  # no files but those of the folder, no fonts but its own, no packages
        folder / "page.typ", root=folder, ignore_system_fonts=True, package_path=folder, package_cache_path=folder
    )
    try:
        if places:
            (folder / "places.json").write_text(page.query("<places>", field="value", one=True))
        else:
            page.compile(output=folder / "printed.pdf", pdf_standards=["ua-1"], timestamp=0)
    except typst.TypstError as error:
        print(" ".join(error.message.split()), file=sys.stderr)
        return 1
    except MemoryError:
        print(f"memory: {(folder / 'printed.json').stat().st_size} bytes", file=sys.stderr)
        return 1
    return 0


def _end_with_who_asked(folder: Path) -> None:
    os.read(0, 1)
    shutil.rmtree(folder, ignore_errors=True)
    os._exit(1)


def _limit(memory: int, seconds: int) -> None:
    """Of this process; where the machine knows no limits, none."""
    try:
        import resource
    except ImportError:
        return
    resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
    resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds))


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1]), int(sys.argv[2]), int(sys.argv[3]), "places" in sys.argv[4:]))
