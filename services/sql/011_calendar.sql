-- What comes back, and the calendars that people read elsewhere.

-- When a case is to be asked about a task that comes back: derived from the log, up to `rhythms_read`, and read from its
-- beginning again if it is lost. `next_on`: null where nothing is to come by itself; `awaits`: it goes with meetings.
CREATE TABLE suivi.rhythms (
    stream  uuid    NOT NULL,
    task    integer NOT NULL,
    next_on date,
    awaits  boolean NOT NULL,
    PRIMARY KEY (stream, task)
);
CREATE INDEX rhythms_next ON suivi.rhythms (next_on, stream) WHERE next_on IS NOT NULL;
CREATE INDEX rhythms_awaits ON suivi.rhythms (stream) WHERE awaits;

CREATE TABLE suivi.rhythms_read (
    one      boolean PRIMARY KEY DEFAULT true CHECK (one),
    position bigint  NOT NULL
);
INSERT INTO suivi.rhythms_read (position) VALUES (0);

-- The secret address of a calendar: one of a person and feed that serves, of which only the hash is kept.
CREATE TABLE suivi.feeds (
    id         uuid        PRIMARY KEY,
    hash       bytea       NOT NULL UNIQUE CHECK (length(hash) = 32),
    person     uuid        NOT NULL,
    feed       text        NOT NULL CHECK (feed IN ('all', 'mine')),
    lang       text        NOT NULL CHECK (lang IN ('fr', 'en')),
    added_at   timestamptz NOT NULL DEFAULT clock_timestamp(),
    revoked_at timestamptz
);
CREATE UNIQUE INDEX feeds_serving ON suivi.feeds (person, feed) WHERE revoked_at IS NULL;

GRANT SELECT, INSERT, UPDATE, DELETE ON suivi.rhythms TO suivi_writer;
GRANT SELECT, UPDATE ON suivi.rhythms_read TO suivi_writer;
GRANT SELECT, INSERT, UPDATE ON suivi.feeds TO suivi_writer;

-- An address dies with its account, and does not come back with it.
CREATE FUNCTION suivi.end_feeds() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    UPDATE suivi.feeds SET revoked_at = clock_timestamp() WHERE person = NEW.person AND revoked_at IS NULL;
    RETURN NEW;
END $$;
CREATE TRIGGER end_feeds AFTER UPDATE OF disabled ON suivi.accounts
    FOR EACH ROW WHEN (NEW.disabled) EXECUTE FUNCTION suivi.end_feeds();
