-- Documents that were given but not brought in yet: each is its person's alone, and gone after a day.

CREATE TABLE suivi.import_drafts (
    id         uuid        PRIMARY KEY,
    person     uuid        NOT NULL,
    file       text        NOT NULL,
    content    bytea       NOT NULL,
    kind       text        NOT NULL,
    assembly   text,
    reference  text,
    created_at timestamptz NOT NULL DEFAULT clock_timestamp(),
    expires_at timestamptz NOT NULL
);
CREATE INDEX import_drafts_person ON suivi.import_drafts (person, created_at);

GRANT SELECT, INSERT, UPDATE, DELETE ON suivi.import_drafts TO suivi_writer;
