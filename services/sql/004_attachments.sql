-- The contents of attached files. What a file is called, what it is and where it belongs stands in the events, which
-- name it by its SHA-256; here are its bytes, once for each hash, however often they are attached.

CREATE TABLE suivi.attachments (
    sha256     bytea       PRIMARY KEY,
    content    bytea       NOT NULL,
    size       integer     NOT NULL GENERATED ALWAYS AS (octet_length(content)) STORED,
    created_at timestamptz NOT NULL DEFAULT suivi.now(),
    CONSTRAINT attachments_size CHECK (octet_length(content) BETWEEN 1 AND 25 * 1024 * 1024)
);
-- Not compressed: what comes is, mostly, and a piece can be read without the rest.
ALTER TABLE suivi.attachments ALTER COLUMN content SET STORAGE EXTERNAL;

-- A content comes under its own hash, or not at all. By trigger and not by CHECK: one damaged content must not keep
-- a backup of everything from being restored.
CREATE FUNCTION suivi.refuse_other_hash() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NEW.sha256 IS DISTINCT FROM sha256(NEW.content) THEN
        RAISE EXCEPTION 'this is not the hash of the content' USING ERRCODE = 'SV004';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER own_hash BEFORE INSERT ON suivi.attachments FOR EACH ROW EXECUTE FUNCTION suivi.refuse_other_hash();
CREATE TRIGGER no_change BEFORE UPDATE OR DELETE ON suivi.attachments
    FOR EACH ROW EXECUTE FUNCTION suivi.refuse_change();
CREATE TRIGGER no_truncate BEFORE TRUNCATE ON suivi.attachments
    FOR EACH STATEMENT EXECUTE FUNCTION suivi.refuse_change();
ALTER TABLE suivi.attachments ENABLE ALWAYS TRIGGER own_hash;
ALTER TABLE suivi.attachments ENABLE ALWAYS TRIGGER no_change;
ALTER TABLE suivi.attachments ENABLE ALWAYS TRIGGER no_truncate;

-- A piece of the content that one event attached, `p_from` counted from 0; null where there is none. The reader's only
-- way to a content: as part of something, which the doors show to whoever may see it.
CREATE FUNCTION suivi.attached(p_stream uuid, p_version integer, p_from integer, p_length integer) RETURNS bytea
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
    SELECT substring(a.content FROM p_from + 1 FOR p_length)
      FROM suivi.events e
      JOIN suivi.attachments a ON a.sha256 = decode(convert_from(e.data, 'UTF8')::jsonb ->> 'file', 'hex')
     WHERE e.stream = p_stream AND e.version = p_version AND split_part(e.topic, '.', 1) = 'FileAttached'
$$;
REVOKE ALL ON FUNCTION suivi.attached(uuid, integer, integer, integer) FROM PUBLIC;

GRANT SELECT, INSERT (sha256, content) ON suivi.attachments TO suivi_writer;
GRANT SELECT (sha256, size, created_at) ON suivi.attachments TO suivi_reader;
GRANT EXECUTE ON FUNCTION suivi.attached(uuid, integer, integer, integer) TO suivi_writer, suivi_reader;
