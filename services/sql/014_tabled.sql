-- The documents that were given to assemblies are kept as attached files are, and had again in the same way: by the event
-- that proves them.

CREATE OR REPLACE FUNCTION suivi.attached(p_stream uuid, p_version integer, p_from integer, p_length integer) RETURNS bytea
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
    SELECT substring(a.content FROM p_from + 1 FOR p_length)
      FROM suivi.events e
      JOIN suivi.attachments a ON a.sha256 = decode(convert_from(e.data, 'UTF8')::jsonb ->> 'file', 'hex')
     WHERE e.stream = p_stream AND e.version = p_version
       AND split_part(e.topic, '.', 1) IN ('FileAttached', 'ReportTabled')
$$;
