-- The store's time, the deadlines, what goes out, who beats, and who may enter.

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

-- Clocks whose step could not be recorded: tried again later, then set aside in sight of a human.
CREATE TABLE suivi.troubles (
    clock    uuid        PRIMARY KEY,
    tries    integer     NOT NULL,
    reason   text        NOT NULL,
    retry_at timestamptz NOT NULL,
    parked   boolean     NOT NULL DEFAULT false
);

-- Where each reaction stands in the log. Never rebuilt: what was told once is not told again.
CREATE TABLE suivi.reactions (
    name       text        PRIMARY KEY,
    position   bigint      NOT NULL DEFAULT 0,
    failed     text,
    changed_at timestamptz NOT NULL DEFAULT clock_timestamp()
);

-- What is to be sent: one row a step, reader and channel. The bodies are kept 30 days after sending.
CREATE TABLE suivi.outbox (
    id          uuid        PRIMARY KEY,
    step        uuid        NOT NULL,
    stream      uuid        NOT NULL,
    position    bigint      NOT NULL,
    recipient   uuid        NOT NULL,
    channel     text        NOT NULL DEFAULT 'mail',
    message_id  text        NOT NULL UNIQUE,
    lang        text        NOT NULL,
    subject     text        NOT NULL,
    body        text,
    html        text,
    created_at  timestamptz NOT NULL,
    not_before  timestamptz NOT NULL,
    state       text        NOT NULL DEFAULT 'waiting' CHECK (state IN ('waiting', 'sent', 'parked')),
    tries       integer     NOT NULL DEFAULT 0,
    leased_till timestamptz,
    sent_at     timestamptz,
    reason      text,
    UNIQUE (step, recipient, channel)
);
CREATE INDEX outbox_waiting ON suivi.outbox (not_before, id) WHERE state = 'waiting';
CREATE INDEX outbox_bodies ON suivi.outbox (sent_at) WHERE state = 'sent' AND body IS NOT NULL;
CREATE INDEX outbox_list ON suivi.outbox (created_at, id);

-- When each pass was last made, in the time of the database server: a clock that stands still is seen.
CREATE TABLE suivi.heartbeats (
    name text        PRIMARY KEY,
    at   timestamptz NOT NULL,
    who  text        NOT NULL
);

-- Who may enter through HTTP: only the hash of a secret is kept. `link` is a one-time link, `session` what it opens.
CREATE TABLE suivi.tokens (
    id         uuid        PRIMARY KEY,
    hash       bytea       NOT NULL UNIQUE CHECK (length(hash) = 32),
    kind       text        NOT NULL CHECK (kind IN ('api', 'link', 'session')),
    person     uuid        NOT NULL,
    name       text        NOT NULL,
    scopes     text[]      NOT NULL,
    added_by   uuid        NOT NULL,
    created_at timestamptz NOT NULL,
    expires_at timestamptz NOT NULL,
    used_at    timestamptz,
    revoked_at timestamptz
);

-- As in 001, with the store's time and the due rows. Lock order: keys, events, command log, due, pending.
-- `p_due`: an array of {op: start | move | stop, clock, …the columns of suivi.due}, each clock once.
DROP FUNCTION suivi.append(uuid, uuid, bytea, uuid[], integer[], text[], bytea[], text[], text[], text[], text[], uuid[]);
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

CREATE OR REPLACE FUNCTION suivi.append_one(
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

GRANT SELECT ON suivi.clock, suivi.due, suivi.troubles, suivi.reactions, suivi.heartbeats, suivi.outbox
    TO suivi_writer, suivi_reader;
GRANT UPDATE (simulated_at) ON suivi.clock TO suivi_writer;
GRANT INSERT, UPDATE, DELETE ON suivi.due, suivi.troubles TO suivi_writer;
GRANT INSERT, UPDATE ON suivi.reactions, suivi.outbox, suivi.heartbeats TO suivi_writer;
GRANT SELECT, INSERT, UPDATE ON suivi.tokens TO suivi_writer;
