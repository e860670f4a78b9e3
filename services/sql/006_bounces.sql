-- Mail that came back after a server had taken it on: set aside as `bounced`, until it is sent again.
-- `bounce`: the SHA-256 of the last notice about it, so that the same one changes nothing. A row of the kind `bounce`
-- tells the secretary that a reader could not be reached.
ALTER TABLE suivi.outbox
    ADD COLUMN bounced_at timestamptz,
    ADD COLUMN bounce     bytea CHECK (length(bounce) = 32),
    DROP CONSTRAINT outbox_state_check,
    ADD CONSTRAINT outbox_state_check CHECK (state IN ('waiting', 'sent', 'parked', 'bounced')),
    DROP CONSTRAINT outbox_kind_check,
    ADD CONSTRAINT outbox_kind_check CHECK (kind IN ('reminder', 'news', 'personal', 'digest', 'bounce'));
