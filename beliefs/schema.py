"""The tables of a store, as append-only migrations, and what a hard forget takes out of each.

A migration is one SQL script, applied in one transaction with its version bump. Once released it
is never edited. Times are whole microseconds since 1970, UTC.

A redaction is one SQL statement that a hard forget runs inside its own transaction. It may use
:belief (its id), :user, and as JSON arrays :requests, :conversations, :fingerprints, :quotes and
:names: those of its evidence, and the surfaces that it alone had.
"""

_BELIEFS = """
CREATE TABLE meta (key TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;

CREATE TABLE beliefs (
    id TEXT PRIMARY KEY,
    user TEXT NOT NULL,
    agent TEXT,
    type TEXT NOT NULL,
    state TEXT NOT NULL,
    pinned INTEGER NOT NULL,
    value BLOB NOT NULL          -- the whole belief, JSON
);
CREATE INDEX beliefs_pinned ON beliefs (user) WHERE pinned;
CREATE INDEX beliefs_state ON beliefs (state) WHERE state <> 'active';

CREATE TABLE places (            -- where each belief stands; one live belief a name and place
    belief TEXT NOT NULL,
    scope TEXT NOT NULL,
    user TEXT NOT NULL,
    agent TEXT NOT NULL,         -- '' is shared
    name TEXT NOT NULL,
    live INTEGER NOT NULL,
    PRIMARY KEY (belief, scope)
) WITHOUT ROWID;
CREATE INDEX places_scope ON places (scope, belief);
CREATE UNIQUE INDEX places_live ON places (name, scope, user, agent) WHERE live;

CREATE TABLE names (             -- every surface, normalised, canonical names included
    name TEXT NOT NULL,
    belief TEXT NOT NULL,
    PRIMARY KEY (name, belief)
) WITHOUT ROWID;

CREATE TABLE sources (           -- which beliefs rest on which message
    fingerprint TEXT NOT NULL,
    belief TEXT NOT NULL,
    PRIMARY KEY (fingerprint, belief)
) WITHOUT ROWID;

CREATE TABLE successions (       -- superseded belief -> its successor
    belief TEXT PRIMARY KEY,
    successor TEXT NOT NULL
) WITHOUT ROWID;
CREATE INDEX successions_successor ON successions (successor);

CREATE TABLE journal (
    sequence INTEGER PRIMARY KEY,
    change INTEGER NOT NULL,     -- the sequence of the first row of the same change
    belief TEXT NOT NULL,
    user TEXT NOT NULL,
    at INTEGER NOT NULL,
    actor TEXT NOT NULL,
    event TEXT NOT NULL,
    reason TEXT NOT NULL,
    job TEXT,
    forgotten INTEGER NOT NULL,  -- whether it may not be learned again after this row
    value BLOB                   -- the belief after it; NULL once redacted
);
CREATE INDEX journal_belief ON journal (belief, sequence);

CREATE TABLE outbox (sequence INTEGER PRIMARY KEY, belief TEXT NOT NULL);

CREATE TABLE tombstones (
    hash BLOB NOT NULL,          -- keyed with the store's key
    belief TEXT NOT NULL,
    PRIMARY KEY (hash, belief)
) WITHOUT ROWID;
CREATE INDEX tombstones_belief ON tombstones (belief);

CREATE TABLE jobs (job TEXT PRIMARY KEY, at INTEGER NOT NULL) WITHOUT ROWID;
"""

_LEARNING = ""
_REDACT_LEARNING: tuple[str, ...] = ()

_CALLS = ""
_REDACT_CALLS: tuple[str, ...] = ()

_TOKENS = """
CREATE TABLE tokens (
    id TEXT PRIMARY KEY,
    name TEXT NOT NULL,
    digest TEXT NOT NULL UNIQUE, -- SHA-256 of 256 random bits
    scopes TEXT NOT NULL,        -- JSON array; empty: any scope
    user TEXT NOT NULL,
    agent TEXT,
    created_at INTEGER NOT NULL,
    revoked_at INTEGER
);
CREATE UNIQUE INDEX tokens_live ON tokens (name) WHERE revoked_at IS NULL;
"""

MIGRATIONS: tuple[str, ...] = (_BELIEFS, _LEARNING, _CALLS, _TOKENS)
REDACTIONS: tuple[str, ...] = (*_REDACT_LEARNING, *_REDACT_CALLS)
