-- What the columns of a table that comes in hold: said once by a person, by the headings of the table, for this office.

CREATE TABLE suivi.import_mappings (
    signature  text        PRIMARY KEY,
    columns    jsonb       NOT NULL,
    person     uuid        NOT NULL,
    decided_at timestamptz NOT NULL DEFAULT clock_timestamp()
);

ALTER TABLE suivi.import_drafts ADD COLUMN columns jsonb NOT NULL DEFAULT '{}';

GRANT SELECT, INSERT, UPDATE, DELETE ON suivi.import_mappings TO suivi_writer;
