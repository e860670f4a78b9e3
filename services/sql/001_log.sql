-- The durable tables: events, keys, command log, pending marks, the log and its head, the store's time, the due rows.
-- Valid from PostgreSQL 15 on. Run once by `services.schema`, as the owner.

CREATE SCHEMA suivi;
-- The read tables (`projections/`) live apart: the writer owns that schema, rebuilds and swaps what is in it.
CREATE SCHEMA read AUTHORIZATION suivi_writer;

-- What happened, one row an event, for ever. `data` is the event as stored (sealed fields included): its hash is in the leaf.
CREATE TABLE suivi.events (
    stream      uuid        NOT NULL,
    version     integer     NOT NULL CHECK (version > 0),
    topic       text        NOT NULL,
    data        bytea       NOT NULL,
    key_ids     uuid[]      NOT NULL DEFAULT '{}',
    actor       uuid        NOT NULL,
    command_id  uuid        NOT NULL,
    recorded_at timestamptz NOT NULL,
    PRIMARY KEY (stream, version)
);

-- What may exist only once, and how a REF finds its stream. Two cases 17, or one file imported twice, stop here.
CREATE TABLE suivi.keys (
    scope  text NOT NULL,
    key    text NOT NULL,
    stream uuid NOT NULL,
    PRIMARY KEY (scope, key)
);

-- What was asked and done, without a word of it: the answer to a command that comes twice. Refusals are not remembered.
CREATE TABLE suivi.command_log (
    command_id  uuid        PRIMARY KEY,
    actor       uuid        NOT NULL,
    request     bytea       NOT NULL CHECK (length(request) = 32),
    streams     uuid[]      NOT NULL,
    versions    integer[]   NOT NULL,
    recorded_at timestamptz NOT NULL
);

-- Committed events that the sequencer has not yet placed. The identity has CACHE 1: a later event of a stream,
-- written after the earlier one was read, always has the higher id.
CREATE TABLE suivi.pending (
    id      bigint  GENERATED ALWAYS AS IDENTITY (CACHE 1) PRIMARY KEY,
    stream  uuid    NOT NULL,
    version integer NOT NULL
) WITH (autovacuum_vacuum_threshold = 200, autovacuum_vacuum_scale_factor = 0, fillfactor = 50);

-- The order of everything, gapless; the only thing that followers, exports and auditors read.
CREATE TABLE suivi.log (
    position  bigint      PRIMARY KEY CHECK (position > 0),
    stream    uuid        NOT NULL,
    version   integer     NOT NULL,
    logged_at timestamptz NOT NULL,
    header    bytea       NOT NULL,
    leaf      bytea       NOT NULL CHECK (length(leaf) = 32),
    UNIQUE (stream, version) INCLUDE (leaf),
    FOREIGN KEY (stream, version) REFERENCES suivi.events
);
CREATE INDEX ON suivi.log (logged_at);

-- One row: whoever holds it is the sequencer. The name is drawn once and travels with every copy of the store;
-- `request_key` keys the HMAC of the command log.
CREATE TABLE suivi.log_head (
    one         boolean     PRIMARY KEY DEFAULT true CHECK (one),
    name        text        NOT NULL,
    request_key bytea       NOT NULL,
    size        bigint      NOT NULL DEFAULT 0,
    logged_at   timestamptz NOT NULL DEFAULT '-infinity'
);
INSERT INTO suivi.log_head (name, request_key)
VALUES ('suivi/' || gen_random_uuid(),
        sha256(convert_to(gen_random_uuid()::text || gen_random_uuid()::text, 'UTF8')));

-- One row. Null: the time is the database server's. Set: a simulated store, whose time stands still until it is moved.
CREATE TABLE suivi.clock (
    one          boolean     PRIMARY KEY DEFAULT true CHECK (one),
    simulated_at timestamptz
);
INSERT INTO suivi.clock DEFAULT VALUES;

-- The only time that deadlines, mail and the log know. Stable, so that an index may be asked with it.
CREATE FUNCTION suivi.now() RETURNS timestamptz LANGUAGE plpgsql STABLE AS $$
BEGIN
    RETURN coalesce((SELECT simulated_at FROM suivi.clock), clock_timestamp());
END $$;

-- A store is simulated from before its first event, for ever, and its time never goes back.
CREATE FUNCTION suivi.keep_time() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF OLD.simulated_at IS NULL AND EXISTS (SELECT FROM suivi.events) THEN
        RAISE EXCEPTION 'this store lives in real time' USING ERRCODE = 'SV003';
    ELSIF NEW.simulated_at IS NULL OR NEW.simulated_at < OLD.simulated_at THEN
        RAISE EXCEPTION 'the time of a simulated store only goes on' USING ERRCODE = 'SV003';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER keep_time BEFORE UPDATE ON suivi.clock FOR EACH ROW EXECUTE FUNCTION suivi.keep_time();
ALTER TABLE suivi.clock ENABLE ALWAYS TRIGGER keep_time;

-- One row a clock that has not been stopped: towards which date it runs, and what comes next on its ladder. Written
-- by the append, from the events it stores (`projections.due`); `suivi rebuild due` makes it anew.
CREATE TABLE suivi.due (
    clock      uuid        PRIMARY KEY,
    stream     uuid        NOT NULL,
    kind       text        NOT NULL,
    about      text        NOT NULL,
    due        text        NOT NULL,
    ends       timestamptz NOT NULL,
    state      text        NOT NULL CHECK (state IN ('running', 'acknowledged', 'lapsed', 'spent')),
    calendar   integer     NOT NULL,
    step       integer,
    repetition integer,
    next_id    uuid,
    next_at    timestamptz
);
CREATE INDEX due_next ON suivi.due (next_at, clock) WHERE next_at IS NOT NULL;
CREATE INDEX due_calendar ON suivi.due (calendar, clock) WHERE next_at IS NOT NULL;
CREATE INDEX due_stream ON suivi.due (stream);
CREATE INDEX due_ends ON suivi.due (ends, clock);

-- Brings the due rows to where the events just stored put them. A stream's rows are touched by its own appends only,
-- and those come one after the other: nothing here waits for anyone.
CREATE FUNCTION suivi.write_due(p_due jsonb) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
    DELETE FROM suivi.due d USING jsonb_to_recordset(p_due) AS r(op text, clock uuid)
     WHERE d.clock = r.clock AND r.op = 'stop';
    UPDATE suivi.due d
       SET state = r.state, calendar = coalesce(r.calendar, d.calendar), ends = coalesce(r.ends, d.ends),
           step = r.step, repetition = r.repetition, next_id = r.next_id, next_at = r.next_at
      FROM jsonb_to_recordset(p_due) AS r(op text, clock uuid, state text, calendar integer, ends timestamptz,
                                          step integer, repetition integer, next_id uuid, next_at timestamptz)
     WHERE d.clock = r.clock AND r.op = 'move';
    INSERT INTO suivi.due (clock, stream, kind, about, due, ends, state, calendar, step, repetition, next_id, next_at)
    SELECT r.clock, r.stream, r.kind, r.about, r.due, r.ends, r.state, r.calendar, r.step, r.repetition, r.next_id,
           r.next_at
      FROM jsonb_to_recordset(p_due) AS r(op text, clock uuid, stream uuid, kind text, about text, due text,
                                          ends timestamptz, state text, calendar integer, step integer,
                                          repetition integer, next_id uuid, next_at timestamptz)
     WHERE r.op = 'start' ORDER BY r.clock;
END $$;

-- Appends events of one or several streams, all or nothing. Lock order: keys, events, command log, due, pending.
-- `versions` are those the events are to have; a stream that stands elsewhere raises unique_violation (someone wrote
-- first) or 'SV001' (a gap, or a stream's events given in another order). Given order is the order in the log; locks
-- are taken in the order of streams. `p_due`: an array of {op: start | move | stop, clock, …the columns of suivi.due},
-- each clock once; null for none.
CREATE FUNCTION suivi.append(
    p_command uuid, p_actor uuid, p_request bytea,
    p_streams uuid[], p_versions integer[], p_topics text[], p_data bytea[],
    p_free_scopes text[], p_free_keys text[],
    p_scopes text[], p_keys text[], p_key_streams uuid[],
    p_due jsonb
) RETURNS timestamptz LANGUAGE plpgsql AS $$
DECLARE
    instant timestamptz := suivi.now();
    stored  integer;
BEGIN
    IF cardinality(p_free_keys) > 0 THEN
        DELETE FROM suivi.keys k USING unnest(p_free_scopes, p_free_keys) AS f(scope, key)
         WHERE k.scope = f.scope AND k.key = f.key;
    END IF;
    IF cardinality(p_keys) > 0 THEN
        INSERT INTO suivi.keys
        SELECT k.scope, k.key, k.stream FROM unnest(p_scopes, p_keys, p_key_streams) AS k(scope, key, stream)
         ORDER BY k.scope, k.key;
    END IF;
    INSERT INTO suivi.events (stream, version, topic, data, actor, command_id, recorded_at)
    SELECT n.stream, n.version, n.topic, n.data, p_actor, p_command, instant
      FROM unnest(p_streams, p_versions, p_topics, p_data) AS n(stream, version, topic, data)
     WHERE n.version = 1
        OR EXISTS (SELECT FROM suivi.events e WHERE e.stream = n.stream AND e.version = n.version - 1)
        OR cardinality(p_streams) > 1 AND EXISTS (
               SELECT FROM unnest(p_streams, p_versions) AS o(stream, version)
                WHERE o.stream = n.stream AND o.version = n.version - 1)
     ORDER BY n.stream, n.version;
    GET DIAGNOSTICS stored = ROW_COUNT;
    IF stored <> cardinality(p_streams) OR cardinality(p_streams) > 1 AND EXISTS (
           SELECT FROM (SELECT n.version, lag(n.version) OVER (PARTITION BY n.stream ORDER BY n.place) AS before
                          FROM unnest(p_streams, p_versions) WITH ORDINALITY AS n(stream, version, place)) AS n
            WHERE n.version <= n.before) THEN
        RAISE EXCEPTION 'a stream does not stand at the expected version' USING ERRCODE = 'SV001';
    END IF;
    INSERT INTO suivi.command_log VALUES (p_command, p_actor, p_request, p_streams, p_versions, instant);
    IF p_due IS NOT NULL THEN
        PERFORM suivi.write_due(p_due);
    END IF;
    INSERT INTO suivi.pending (stream, version)
    SELECT n.stream, n.version
      FROM unnest(p_streams, p_versions) WITH ORDINALITY AS n(stream, version, place) ORDER BY n.place;
    RETURN instant;
END $$;

-- The same for what officers do all day, one event and no key, at a third of the cost: no array, no sort.
CREATE FUNCTION suivi.append_one(
    p_command uuid, p_actor uuid, p_request bytea, p_stream uuid, p_version integer, p_topic text, p_data bytea
) RETURNS timestamptz LANGUAGE plpgsql AS $$
DECLARE
    instant timestamptz := suivi.now();
BEGIN
    INSERT INTO suivi.events (stream, version, topic, data, actor, command_id, recorded_at)
    SELECT p_stream, p_version, p_topic, p_data, p_actor, p_command, instant
     WHERE p_version = 1 OR EXISTS (SELECT FROM suivi.events WHERE stream = p_stream AND version = p_version - 1);
    IF NOT FOUND THEN
        RAISE EXCEPTION 'a stream does not stand at the expected version' USING ERRCODE = 'SV001';
    END IF;
    INSERT INTO suivi.command_log VALUES (p_command, p_actor, p_request, ARRAY[p_stream], ARRAY[p_version], instant);
    INSERT INTO suivi.pending (stream, version) VALUES (p_stream, p_version);
    RETURN instant;
END $$;

-- Nobody rewrites the past: refused by grant, and by trigger whatever the session's replication role.
CREATE FUNCTION suivi.refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION '% on %: what is recorded is never changed', TG_OP, TG_TABLE_NAME USING ERRCODE = 'SV002';
END $$;
DO $$
DECLARE t text;
BEGIN
    FOREACH t IN ARRAY ARRAY['events', 'log', 'command_log'] LOOP
        EXECUTE format('CREATE TRIGGER no_change BEFORE UPDATE OR DELETE ON suivi.%I
                        FOR EACH ROW EXECUTE FUNCTION suivi.refuse_change()', t);
        EXECUTE format('CREATE TRIGGER no_truncate BEFORE TRUNCATE ON suivi.%I
                        FOR EACH STATEMENT EXECUTE FUNCTION suivi.refuse_change()', t);
        EXECUTE format('ALTER TABLE suivi.%I ENABLE ALWAYS TRIGGER no_change', t);
        EXECUTE format('ALTER TABLE suivi.%I ENABLE ALWAYS TRIGGER no_truncate', t);
    END LOOP;
END $$;

REVOKE ALL ON SCHEMA public FROM PUBLIC;
GRANT USAGE ON SCHEMA suivi, read TO suivi_writer, suivi_reader;
GRANT SELECT ON ALL TABLES IN SCHEMA suivi TO suivi_writer;
GRANT SELECT ON suivi.events, suivi.keys, suivi.log TO suivi_reader;
GRANT SELECT (one, name, size, logged_at) ON suivi.log_head TO suivi_reader;
GRANT INSERT ON suivi.events, suivi.log, suivi.command_log TO suivi_writer;
GRANT INSERT, DELETE ON suivi.keys, suivi.pending TO suivi_writer;
GRANT SELECT ON suivi.clock, suivi.due TO suivi_reader;
GRANT INSERT, UPDATE, DELETE ON suivi.due TO suivi_writer;
GRANT UPDATE (simulated_at) ON suivi.clock TO suivi_writer;
GRANT UPDATE (size, logged_at) ON suivi.log_head TO suivi_writer;
