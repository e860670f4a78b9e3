-- What goes out, what stands in the way of a clock, who beats, and who may enter.

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

GRANT SELECT ON suivi.troubles, suivi.reactions, suivi.heartbeats, suivi.outbox
    TO suivi_writer, suivi_reader;
GRANT INSERT, UPDATE, DELETE ON suivi.troubles TO suivi_writer;
GRANT INSERT, UPDATE ON suivi.reactions, suivi.outbox, suivi.heartbeats TO suivi_writer;
GRANT SELECT, INSERT, UPDATE ON suivi.tokens TO suivi_writer;
