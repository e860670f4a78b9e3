"""Databases of tests, by copy: what many tests begin with is made once for the run."""

from __future__ import annotations

import os
import uuid
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import psycopg
from psycopg.conninfo import make_conninfo

from services.schema import Urls
from services.servers import Server
from services.servers.leases import locked

HOME = "SUIVI_TEST_HOME"
TEMPLATE = "template_suivi"


@contextmanager
def copied(server: Server, template: Urls, source: str = TEMPLATE) -> Iterator[Urls]:
    """A copy, for so long."""
    with created(server, f"TEMPLATE {source} STRATEGY FILE_COPY") as name:
        yield addresses(template, name)


@contextmanager
def created(server: Server, like: str) -> Iterator[str]:
    """The name of a database that is there for so long."""
    name = f"t_{uuid.uuid4().hex[:12]}"
    with psycopg.connect(server.superuser_url, autocommit=True) as connection:
        connection.execute(f"CREATE DATABASE {name} OWNER suivi_owner {like}")
        yield name
        connection.execute(f"DROP DATABASE IF EXISTS {name} WITH (FORCE)")


def addresses(template: Urls, name: str) -> Urls:
    """Those of the database of that name."""
    return Urls(*(make_conninfo(url, dbname=name) for url in (template.owner, template.writer, template.reader)))


def once(server: Server, template: Urls, name: str, fill: Callable[[Urls], None]) -> str:
    """The name of a database that is filled once for the run, whoever of its workers comes first, and then only copied."""
    with locked(Path(os.environ[HOME]) / f"{name}.lock"), psycopg.connect(server.superuser_url, autocommit=True) as connection:
        if not connection.execute("SELECT 1 FROM pg_database WHERE datname = %s", (name,)).fetchone():
            with created(server, f"TEMPLATE {TEMPLATE} STRATEGY FILE_COPY") as made:
                fill(addresses(template, made))
                connection.execute(f"ALTER DATABASE {made} RENAME TO {name}")
    return name
