-- Who is signed in, and how people prove who they are. Secrets are kept as hashes only; the key of one-time codes, which
-- must be known to check one, is for the writer alone to read. Times are those of the database server.

-- What a browser's cookie stands for. `roles`: those of the account when it was opened: with others, it is over.
-- `proven_at`: when the person last proved who they are; `device`: the kind of browser, in a few words.
CREATE TABLE suivi.sessions (
    id         uuid        PRIMARY KEY,
    hash       bytea       NOT NULL UNIQUE CHECK (length(hash) = 32),
    person     uuid        NOT NULL,
    roles      text[]      NOT NULL,
    means      text        NOT NULL CHECK (means IN ('link', 'password', 'passkey', 'provider', 'invitation', 'reset')),
    device     text        NOT NULL,
    created_at timestamptz NOT NULL,
    proven_at  timestamptz NOT NULL,
    seen_at    timestamptz NOT NULL,
    expires_at timestamptz NOT NULL,
    ended_at   timestamptz
);
CREATE INDEX sessions_person ON suivi.sessions (person) WHERE ended_at IS NULL;

-- What a browser has begun and not ended: the second step of entering, the challenge of a passkey, the way to the
-- provider and back. Each serves once.
CREATE TABLE suivi.attempts (
    hash       bytea       PRIMARY KEY CHECK (length(hash) = 32),
    kind       text        NOT NULL CHECK (kind IN ('second', 'passkey', 'new-passkey', 'code', 'provider')),
    person     uuid,
    facts      jsonb       NOT NULL,
    expires_at timestamptz NOT NULL
);
CREATE INDEX attempts_over ON suivi.attempts (expires_at);

CREATE TABLE suivi.passwords (
    person     uuid        PRIMARY KEY,
    hash       text        NOT NULL,
    changed_at timestamptz NOT NULL
);

CREATE TABLE suivi.passkeys (
    id         uuid        PRIMARY KEY,
    person     uuid        NOT NULL,
    credential bytea       NOT NULL UNIQUE,
    public_key bytea       NOT NULL,
    sign_count bigint      NOT NULL,
    name       text        NOT NULL,
    created_at timestamptz NOT NULL,
    used_at    timestamptz
);
CREATE INDEX passkeys_person ON suivi.passkeys (person);

-- One-time codes. `step`: the last half-minute a code of which was taken; none up to it serves again.
CREATE TABLE suivi.one_time_codes (
    person     uuid        PRIMARY KEY,
    key        text        NOT NULL,
    step       bigint      NOT NULL,
    created_at timestamptz NOT NULL
);

-- Codes for whoever lost the other means. Each serves once.
CREATE TABLE suivi.recovery_codes (
    person  uuid        NOT NULL,
    hash    bytea       NOT NULL CHECK (length(hash) = 32),
    used_at timestamptz,
    PRIMARY KEY (person, hash)
);

-- The address of an account: where a link was sent that its person opened, or that an administrator gave. Ways back in are
-- sent there alone: what others write in the directory opens no account.
CREATE TABLE suivi.own_addresses (
    person     uuid        PRIMARY KEY,
    mail       text        NOT NULL,
    changed_at timestamptz NOT NULL
);
CREATE INDEX own_addresses_mail ON suivi.own_addresses (lower(mail));

-- Links that are sent by mail, to that address. `invitation`: whoever accepts gets an account with these roles; `reset`: another password.
CREATE TABLE suivi.invitations (
    id         uuid        PRIMARY KEY,
    kind       text        NOT NULL CHECK (kind IN ('invitation', 'reset')),
    hash       bytea       NOT NULL UNIQUE CHECK (length(hash) = 32),
    person     uuid        NOT NULL,
    mail       text,
    roles      text[]      NOT NULL,
    added_by   uuid        NOT NULL,
    created_at timestamptz NOT NULL,
    expires_at timestamptz NOT NULL,
    used_at    timestamptz,
    revoked_at timestamptz
);
CREATE INDEX invitations_person ON suivi.invitations (person) WHERE used_at IS NULL AND revoked_at IS NULL;

-- Who a person is to the provider that the organisation signs in with.
CREATE TABLE suivi.identities (
    issuer     text        NOT NULL,
    subject    text        NOT NULL,
    person     uuid        NOT NULL,
    created_at timestamptz NOT NULL,
    PRIMARY KEY (issuer, subject)
);
CREATE INDEX identities_person ON suivi.identities (person);

-- How often something was tried. `key`: an HMAC: neither a login nor an address can be read from it.
CREATE TABLE suivi.guesses (
    key     bytea       PRIMARY KEY CHECK (length(key) = 32),
    tried   integer     NOT NULL,
    ends_at timestamptz NOT NULL
);
CREATE INDEX guesses_over ON suivi.guesses (ends_at);

-- A message of the kind `access` bears a link that opens an account; the text in this table does not hold its secret.
ALTER TABLE suivi.outbox
    DROP CONSTRAINT outbox_kind_check,
    ADD CONSTRAINT outbox_kind_check
        CHECK (kind IN ('reminder', 'news', 'personal', 'digest', 'bounce', 'access'));

GRANT SELECT, INSERT, UPDATE, DELETE ON suivi.sessions, suivi.attempts, suivi.passwords, suivi.passkeys,
    suivi.one_time_codes, suivi.recovery_codes, suivi.own_addresses, suivi.invitations, suivi.identities, suivi.guesses TO suivi_writer;
