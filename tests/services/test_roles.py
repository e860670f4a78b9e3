"""What the application's logins can never do, and what not even a superuser does by inadvertence."""

from __future__ import annotations

from collections.abc import Iterator
from uuid import uuid4

import psycopg
import pytest
from psycopg.conninfo import make_conninfo

from domain.codec import StoredRow
from services.schema import Urls
from services.sequencer import sequence_all
from services.servers import Server
from services.store import Recorder
from tests.services.racing import ACTOR, append

RECORDED = ("events", "log", "command_log")
CHANGES = {
    "events": ("UPDATE suivi.events SET data = ''", "DELETE FROM suivi.events", "TRUNCATE suivi.events CASCADE"),
    "log": ("UPDATE suivi.log SET leaf = sha256('')", "DELETE FROM suivi.log", "TRUNCATE suivi.log"),
    "command_log": (
        "UPDATE suivi.command_log SET request = sha256('')",
        "DELETE FROM suivi.command_log",
        "TRUNCATE suivi.command_log",
    ),
}
ON_A_TABLE = (
    "ALTER TABLE suivi.{table} ADD COLUMN more text",
    "ALTER TABLE suivi.{table} DISABLE TRIGGER ALL",
    "ALTER TABLE suivi.{table} ENABLE TRIGGER no_change",
    "ALTER TABLE suivi.{table} OWNER TO suivi_writer",
    "DROP TABLE suivi.{table} CASCADE",
    "DROP TRIGGER no_change ON suivi.{table}",
    "CREATE TRIGGER mine AFTER INSERT ON suivi.{table} EXECUTE FUNCTION suivi.refuse_change()",
    "CREATE RULE mine AS ON INSERT TO suivi.{table} DO INSTEAD NOTHING",
    "CREATE INDEX mine ON suivi.{table} ((1))",
    "COPY suivi.{table} FROM '/dev/null'",
    "COPY suivi.{table} FROM PROGRAM 'true'",
    "SELECT * FROM suivi.{table} FOR UPDATE",
    "LOCK TABLE suivi.{table} IN ACCESS EXCLUSIVE MODE",
)
ELSEWHERE = (
    "SET session_replication_role = replica",
    "SET ROLE suivi_owner",
    "CREATE OR REPLACE FUNCTION suivi.refuse_change() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NEW; END'",
    "ALTER FUNCTION suivi.refuse_change() RENAME TO another",
    "CREATE TABLE suivi.more (n integer)",
    "CREATE TABLE public.more (n integer)",
    "CREATE SCHEMA more",
    "DROP SCHEMA suivi CASCADE",
    "UPDATE suivi.log_head SET name = 'another'",
    "UPDATE suivi.log_head SET request_key = ''",
    "DELETE FROM suivi.log_head",
    "UPDATE suivi.keys SET stream = gen_random_uuid()",
    "TRUNCATE suivi.keys, suivi.pending",
    "ALTER SEQUENCE suivi.pending_id_seq CACHE 50",
    "SELECT setval('suivi.pending_id_seq', 1)",
    "DELETE FROM suivi.accounts",
    "CREATE ROLE more SUPERUSER",
)
WRITER_REFUSED = [
    *(change for changes in CHANGES.values() for change in changes),
    *(statement.format(table=table) for table in RECORDED for statement in ON_A_TABLE),
    *ELSEWHERE,
]
READER_REFUSED = [
    "INSERT INTO suivi.events SELECT * FROM suivi.events",
    "INSERT INTO suivi.log SELECT * FROM suivi.log",
    "INSERT INTO suivi.keys VALUES ('case', '17', gen_random_uuid())",
    "INSERT INTO suivi.command_log DEFAULT VALUES",
    "INSERT INTO suivi.pending (stream, version) VALUES (gen_random_uuid(), 1)",
    "INSERT INTO suivi.log_head DEFAULT VALUES",
    "INSERT INTO suivi.accounts DEFAULT VALUES",
    "INSERT INTO suivi.projections DEFAULT VALUES",
    "INSERT INTO public.migrations DEFAULT VALUES",
    "UPDATE suivi.log_head SET size = 0",
    "UPDATE suivi.accounts SET disabled = false",
    "UPDATE suivi.projections SET position = 0",
    "DELETE FROM suivi.keys",
    "SELECT * FROM suivi.command_log",
    "SELECT * FROM suivi.pending",
    "SELECT * FROM suivi.log_head",
    "SELECT request_key FROM suivi.log_head",
    "SELECT suivi.append(gen_random_uuid(), gen_random_uuid(), sha256(''), ARRAY[gen_random_uuid()], ARRAY[1],"
    " ARRAY['Noted'], ARRAY[''::bytea], '{}', '{}', '{}', '{}', '{}', NULL)",
    "CREATE TABLE read.mine (n integer)",
    "CREATE TABLE public.mine (n integer)",
    "CREATE SCHEMA mine",
    "SET ROLE suivi_writer",
    "SET session_replication_role = replica",
    *CHANGES["events"],
    *CHANGES["log"],
]


@pytest.fixture
def written(database: Urls) -> Urls:
    """A store with one event, placed."""
    command = uuid4()
    with psycopg.connect(database.writer, autocommit=True) as connection:
        row = StoredRow(uuid4(), 1, "Noted", b"{}", ACTOR, command)
        Recorder(connection).insert_events([row], append=append(command))
        sequence_all(connection)
    return database


@pytest.mark.parametrize("role", ["suivi_writer", "none"])
def test_the_writer_changes_nothing_recorded(written: Urls, role: str) -> None:
    with psycopg.connect(written.writer, autocommit=True) as connection:
        connection.execute(f"SET ROLE {role}")
        assert [statement for statement in WRITER_REFUSED if not refused(connection, statement)] == []


@pytest.mark.parametrize("role", ["suivi_reader", "none"])
def test_the_reader_writes_nothing_and_reads_no_secret(written: Urls, role: str) -> None:
    with psycopg.connect(written.reader, autocommit=True) as connection:
        connection.execute(f"SET ROLE {role}")
        assert [statement for statement in READER_REFUSED if not refused(connection, statement)] == []
        for table in ("events", "log", "keys", "accounts", "projections"):
            connection.execute(f"SELECT count(*) FROM suivi.{table}")


@pytest.mark.parametrize("table", RECORDED)
def test_the_writer_has_two_rights_on_what_is_recorded_and_can_grant_itself_no_other(written: Urls, table: str) -> None:
    query = "SELECT privilege_type FROM information_schema.role_table_grants WHERE grantee = %s AND table_name = %s"
    with psycopg.connect(written.writer, autocommit=True) as connection:
        connection.execute(f"GRANT ALL ON suivi.{table} TO suivi_writer")  # a warning says that nothing was granted
        rights = connection.execute(query, ("suivi_writer", table)).fetchall()
    assert sorted(rights) == [("INSERT",), ("SELECT",)]


def refused(connection: psycopg.Connection, statement: str) -> bool:
    """For want of the right to, not for another reason; what is not refused is undone."""
    try:
        with connection.transaction(force_rollback=True):
            connection.execute(statement)
    except psycopg.errors.InsufficientPrivilege:
        return True
    return False


def test_what_is_refused_is_told_from_what_is_not(written: Urls) -> None:
    with psycopg.connect(written.writer, autocommit=True) as connection:
        assert not refused(connection, "DELETE FROM suivi.keys")
        with pytest.raises(psycopg.errors.UndefinedTable):
            refused(connection, "DELETE FROM suivi.nothing")


@pytest.fixture
def superuser(server: Server, written: Urls) -> Iterator[psycopg.Connection]:
    """As whoever restores or repairs: no ordinary trigger fires."""
    name = psycopg.conninfo.conninfo_to_dict(written.owner)["dbname"]
    with psycopg.connect(make_conninfo(server.superuser_url, dbname=name), autocommit=True) as connection:
        connection.execute("SET session_replication_role = replica")
        yield connection


@pytest.mark.parametrize("statement", [change for changes in CHANGES.values() for change in changes])
def test_not_even_a_superuser_changes_what_is_recorded(superuser: psycopg.Connection, statement: str) -> None:
    with pytest.raises(psycopg.Error, match="what is recorded is never changed") as caught:
        superuser.execute(statement)
    assert caught.value.sqlstate == "SV002"


@pytest.mark.parametrize("table", RECORDED)
def test_twin_an_ordinary_trigger_lets_them_through(superuser: psycopg.Connection, table: str) -> None:
    superuser.execute(f"ALTER TABLE suivi.{table} ENABLE TRIGGER no_change")
    changed = superuser.execute(CHANGES[table][0])
    assert changed.rowcount == 1


def test_the_owner_meets_the_triggers_too(written: Urls) -> None:
    with psycopg.connect(written.owner, autocommit=True) as connection:
        for changes in CHANGES.values():
            for change in changes:
                with pytest.raises(psycopg.Error, match="what is recorded is never changed"):
                    connection.execute(change)
