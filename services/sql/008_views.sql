-- The lists that people keep: a name for what a list is asked. `asked`: the question, as its address has it, or `refs`,
-- the cases of an import. Private ones are their owner's alone. `home_views`: the list that opens first, for each person.
CREATE TABLE suivi.views (
    id         uuid        PRIMARY KEY,
    owner      uuid        NOT NULL,
    name       text        NOT NULL CHECK (length(name) BETWEEN 1 AND 80),
    shared     boolean     NOT NULL DEFAULT false,
    asked      jsonb       NOT NULL,
    created_at timestamptz NOT NULL DEFAULT suivi.now(),
    UNIQUE (owner, name)
);
CREATE INDEX views_shared ON suivi.views (name) WHERE shared;
CREATE TABLE suivi.home_views (
    person uuid PRIMARY KEY,
    view   uuid NOT NULL REFERENCES suivi.views ON DELETE CASCADE
);

GRANT SELECT ON suivi.views, suivi.home_views TO suivi_writer, suivi_reader;
GRANT INSERT, UPDATE, DELETE ON suivi.views, suivi.home_views TO suivi_writer;
