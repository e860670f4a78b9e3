"""What can keep an embedded server from starting, and what to do then."""

from __future__ import annotations

import errno
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from domain.errors import Invalid, Unavailable


class NoServerHere(Unavailable):
    """Suivi has no database server for this machine; give the address of a PostgreSQL server in
    DATABASE_URL."""


class NoBrokerHere(Unavailable):
    """Suivi has no message broker for this machine; give the address of a Valkey or Redis server in BROKER_URL."""


class NoSystemAccount(Unavailable):
    """The embedded servers never run as root, and the account « {account} » that should run them could not be
    made or used. Make it, start Suivi with an ordinary account, or give the addresses of servers of your own in
    DATABASE_URL and BROKER_URL."""


class HomeOfAnother(Invalid):
    """The folder « {folder} » belongs to the account « {owner} ». Start Suivi with that account, or choose
    another folder with SUIVI_HOME."""


class HomeUnusable(Invalid):
    """Suivi cannot write in the folder « {folder} ». Allow it, or choose another folder with SUIVI_HOME."""


class UnsafeFolder(Unavailable):
    """The folder « {folder} » should be open to this account alone. Remove it and start again, or choose with
    SUIVI_HOME a folder whose path is shorter."""


class DiskFull(Unavailable):
    """The disk that holds « {folder} » is full. Free some space, then start again: nothing recorded is
    lost."""


class OtherMajorVersion(Unavailable):
    """The data in « {folder} » was written by PostgreSQL {found}, and this Suivi comes with PostgreSQL
    {wanted}. Make a backup with the Suivi that wrote it, then restore it with this one into an empty
    home."""


class SecretsLost(Unavailable):
    """The file « {file} », which holds the passwords of the database, is missing or damaged. Put it back
    from a copy of the folder, or restore a backup into an empty home."""


class DoesNotStart(Unavailable):
    """The database server does not start; « {log} » says why."""


class BrokerDoesNotStart(Unavailable):
    """The message broker does not start; « {log} » says why."""


class StillRecovering(Unavailable):
    """The database server is still recovering from an interruption. Try again in a few minutes: nothing
    recorded is lost."""


class InUse(Unavailable):
    """The database of « {folder} » is in use. End what uses it, then try again."""


@contextmanager
def in_words(folder: Path) -> Iterator[None]:
    """What the file system refuses, said for the person who chose `folder`."""
    try:
        yield
    except OSError as error:
        match error.errno:
            case errno.ENOSPC | errno.EDQUOT:
                raise DiskFull(folder=folder) from error
            case errno.EACCES | errno.EPERM | errno.EROFS | errno.ENOTDIR | errno.EEXIST | errno.ENAMETOOLONG:
                raise HomeUnusable(folder=folder) from error
        raise
