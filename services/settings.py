"""The settings of the process, read once from its environment. What an organisation sets (zone, days off,
thresholds) is not here: those are events of its own."""

from __future__ import annotations

import os
import pwd
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Literal, get_args

import platformdirs

from domain.errors import Invalid

Lang = Literal["fr", "en"]


class UnknownLanguage(Invalid):
    """« {lang} » is not a language of Suivi; SUIVI_LANG accepts {accepted}."""


@dataclass(frozen=True)
class Settings:
    """Where this process finds its data and whom it serves.

    A database URL left out means the embedded server; `database_url` is the owner's and serves to set up
    and migrate. """

    home: Path
    user: str
    lang: Lang = "fr"
    database_url: str | None = None
    database_writer_url: str | None = None
    database_reader_url: str | None = None

    @classmethod
    def from_environment(cls, environ: Mapping[str, str] = os.environ) -> Settings:
        """An empty variable counts as absent. Raises `UnknownLanguage`."""
        return cls(
            home=_home(environ),
            user=environ.get("SUIVI_USER") or account_name(),
            lang=_lang(environ.get("SUIVI_LANG") or "fr"),
            database_url=environ.get("DATABASE_URL") or None,
            database_writer_url=environ.get("DATABASE_WRITER_URL") or None,
            database_reader_url=environ.get("DATABASE_READER_URL") or None,
        )


def account_name() -> str:
    """The account of the operating system that runs this process; its number where it has no name
    (containers)."""
    uid = os.geteuid()
    try:
        return pwd.getpwuid(uid).pw_name
    except KeyError:
        return str(uid)


def _home(environ: Mapping[str, str]) -> Path:
    given = environ.get("SUIVI_HOME")
    home = Path(given) if given else platformdirs.user_data_path("suivi", appauthor=False)
    return home.expanduser().absolute()


def _lang(name: str) -> Lang:
    match name.lower():
        case "fr" | "en" as lang:
            return lang
    raise UnknownLanguage(lang=name, accepted=", ".join(get_args(Lang)))
