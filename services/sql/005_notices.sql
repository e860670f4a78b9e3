-- How each message of the outbox reaches its reader, and whether they have read it.
-- `channel`: `mail` goes by itself; `digest` waits until `not_before` to be gathered with the others of its reader into
-- one mail, a row of the kind `digest` that `digest` then names; `inbox` is read in the application alone.
-- `held`: it waits for its reader to come back; without a known day, `not_before` lies beyond every calendar.
-- `summary`: the same in a sentence or two, for the mail that gathers it. `stream` of a digest is its reader.
ALTER TABLE suivi.outbox
    ADD COLUMN kind    text    NOT NULL DEFAULT 'reminder' CHECK (kind IN ('reminder', 'news', 'personal', 'digest')),
    ADD COLUMN held    boolean NOT NULL DEFAULT false,
    ADD COLUMN digest  uuid    REFERENCES suivi.outbox,
    ADD COLUMN summary text,
    ADD COLUMN read_at timestamptz,
    ADD CHECK (channel IN ('mail', 'digest', 'inbox'));
CREATE INDEX outbox_gathered ON suivi.outbox (recipient, not_before) WHERE state = 'waiting' AND channel = 'digest';
CREATE INDEX outbox_digest ON suivi.outbox (digest) WHERE digest IS NOT NULL;
CREATE INDEX outbox_reader ON suivi.outbox (recipient, created_at) WHERE kind <> 'digest';
