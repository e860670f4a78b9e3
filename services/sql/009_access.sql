-- Who entered, who read what only some may read, who changed what nobody's history shows; and what is shown to everyone.

-- Written once, never changed. `person` is null where nobody was recognised. `what` is a word of services.access.
CREATE TABLE suivi.access (
    id      bigint      GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    at      timestamptz NOT NULL DEFAULT clock_timestamp(),
    person  uuid,
    what    text        NOT NULL,
    about   text        NOT NULL DEFAULT '',
    role    text        NOT NULL DEFAULT ''
);
CREATE INDEX access_of ON suivi.access (person, id DESC);
CREATE INDEX access_what ON suivi.access (what, id DESC);
CREATE INDEX access_about ON suivi.access (about, id DESC) WHERE about <> '';

CREATE FUNCTION suivi.access_stays() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'the access log is only added to';
END $$;
CREATE TRIGGER access_stays BEFORE UPDATE OR DELETE ON suivi.access
    FOR EACH ROW EXECUTE FUNCTION suivi.access_stays();
CREATE TRIGGER access_is_not_emptied BEFORE TRUNCATE ON suivi.access
    FOR EACH STATEMENT EXECUTE FUNCTION suivi.access_stays();
ALTER TABLE suivi.access ENABLE ALWAYS TRIGGER access_stays;
ALTER TABLE suivi.access ENABLE ALWAYS TRIGGER access_is_not_emptied;

-- Assemblies whose progress everyone may read, without an account.
CREATE TABLE suivi.public_pages (
    assembly   uuid        PRIMARY KEY,
    open       boolean     NOT NULL,
    changed_by uuid        NOT NULL,
    changed_at timestamptz NOT NULL DEFAULT clock_timestamp()
);

GRANT SELECT ON suivi.access, suivi.public_pages TO suivi_writer, suivi_reader;
GRANT INSERT ON suivi.access TO suivi_writer;
GRANT INSERT, UPDATE ON suivi.public_pages TO suivi_writer;

-- The one place that says who sees what; every list, search, count, mail and export calls it.
-- open: everyone here. officers: whoever works here. named: the secretary, those named, and an auditor, each of whose
-- readings is written down (services.access).
CREATE OR REPLACE FUNCTION suivi.may_see(visibility text, people uuid[], viewer uuid, roles text[]) RETURNS boolean
LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
    SELECT CASE visibility
        WHEN 'open' THEN true
        WHEN 'officers' THEN roles && ARRAY['officer', 'secretary', 'auditor', 'administrator']
        WHEN 'named' THEN roles && ARRAY['secretary', 'auditor'] OR coalesce(viewer = ANY (people), false)
        ELSE false END
$$;
