-- Who may act (a person of the directory under a login), and what a reader may see.

CREATE TABLE suivi.accounts (
    login      text        PRIMARY KEY,
    person     uuid        NOT NULL UNIQUE,
    roles      text[]      NOT NULL CHECK (cardinality(roles) > 0),
    disabled   boolean     NOT NULL DEFAULT false,
    added_by   uuid        NOT NULL,
    changed_at timestamptz NOT NULL DEFAULT clock_timestamp()
);

-- The one place that says who sees what; every list, search, count, mail and export calls it.
-- open: everyone here. officers: whoever has an account with a role. named: the secretary and those named.
CREATE FUNCTION suivi.may_see(visibility text, people uuid[], viewer uuid, roles text[]) RETURNS boolean
LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
    SELECT CASE visibility
        WHEN 'open' THEN true
        WHEN 'officers' THEN roles && ARRAY['officer', 'secretary', 'auditor', 'administrator']
        WHEN 'named' THEN roles && ARRAY['secretary'] OR coalesce(viewer = ANY (people), false)
        ELSE false END
$$;

-- Where each projection stands; the row lock makes one follower at a time. `generation` names its live tables.
CREATE TABLE suivi.projections (
    name       text        PRIMARY KEY,
    version    integer     NOT NULL,
    generation integer     NOT NULL,
    position   bigint      NOT NULL DEFAULT 0,
    failed     text,
    changed_at timestamptz NOT NULL DEFAULT clock_timestamp()
);

GRANT SELECT ON suivi.accounts, suivi.projections TO suivi_reader, suivi_writer;
GRANT INSERT, UPDATE ON suivi.accounts TO suivi_writer;
GRANT INSERT, UPDATE, DELETE ON suivi.projections TO suivi_writer;

-- What the writer makes in `read`, the reader may read.
ALTER DEFAULT PRIVILEGES FOR ROLE suivi_writer IN SCHEMA read GRANT SELECT ON TABLES TO suivi_reader;
