"""The tables of a store, as append-only migrations, and what a hard forget takes out of each.

A migration is one SQL script, applied in one transaction with its version bump. Once released it
is never edited. Times are whole microseconds since 1970, UTC.

A redaction is one SQL statement that a hard forget runs inside its own transaction. It may use
:belief (its id), :user, and as JSON arrays :requests, :conversations, :fingerprints, :quotes and
:names: those of its evidence, and the surfaces that it alone had.
"""

from mindhold.beliefs.seals import SEALS

_BELIEFS = """
CREATE TABLE meta (key TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;

CREATE TABLE beliefs (
    id TEXT PRIMARY KEY,
    user TEXT NOT NULL,
    agent TEXT,
    type TEXT NOT NULL,
    state TEXT NOT NULL,
    pinned INTEGER NOT NULL,
    subtype TEXT,
    value BLOB NOT NULL          -- the whole belief, JSON
);
CREATE INDEX beliefs_pinned ON beliefs (user) WHERE pinned;
CREATE INDEX beliefs_subtype ON beliefs (user, subtype) WHERE subtype IS NOT NULL;
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

CREATE TABLE tombstones (
    hash BLOB NOT NULL,          -- keyed with the store's key
    belief TEXT NOT NULL,
    PRIMARY KEY (hash, belief)
) WITHOUT ROWID;
CREATE INDEX tombstones_belief ON tombstones (belief);

CREATE TABLE jobs (job TEXT PRIMARY KEY, at INTEGER NOT NULL) WITHOUT ROWID;
"""

_LEARNING = """
CREATE TABLE learning (          -- user turns that wait to be learned from, secrets taken out
    id INTEGER PRIMARY KEY,
    mark TEXT NOT NULL UNIQUE,
    fingerprint TEXT NOT NULL,
    text TEXT NOT NULL,
    value BLOB NOT NULL,         -- where it was said, JSON
    tries INTEGER NOT NULL
);

CREATE TABLE offered (mark TEXT PRIMARY KEY, at INTEGER NOT NULL) WITHOUT ROWID;

CREATE TABLE turns_heard (       -- which text stood last at which turn of a conversation
    user TEXT NOT NULL,
    agent TEXT NOT NULL,
    conversation TEXT NOT NULL,
    turn TEXT NOT NULL,
    fingerprint TEXT NOT NULL,
    at INTEGER NOT NULL,
    PRIMARY KEY (conversation, turn, user, agent)
) WITHOUT ROWID;

CREATE TABLE openings (          -- how texts begin, to know a program's template
    mark TEXT NOT NULL,
    user TEXT NOT NULL,
    conversation TEXT NOT NULL,
    fingerprint TEXT NOT NULL,
    at INTEGER NOT NULL,
    PRIMARY KEY (mark, user, conversation, fingerprint)
) WITHOUT ROWID;

CREATE TABLE decisions (         -- what the gate decided, proposal by proposal
    id INTEGER PRIMARY KEY,
    at INTEGER NOT NULL,
    user TEXT NOT NULL,
    agent TEXT,
    client TEXT NOT NULL,
    conversation TEXT,
    request TEXT,
    fingerprint TEXT NOT NULL,
    extractor TEXT NOT NULL,
    rule TEXT NOT NULL,
    outcome TEXT NOT NULL,
    reason TEXT NOT NULL,
    belief TEXT,
    quote TEXT NOT NULL          -- a keyed hash where it held a secret
);
CREATE INDEX decisions_conversation ON decisions (conversation);
CREATE INDEX decisions_client ON decisions (client, at);
"""

_CALLS = """
CREATE TABLE blocks (            -- what stood in requests, by the keyed hash of its content
    nonce TEXT PRIMARY KEY,
    text TEXT NOT NULL,
    given TEXT NOT NULL          -- JSON: [[belief, version], ...] in the order of its lines
) WITHOUT ROWID;

CREATE TABLE turns (             -- the ledger: user turns as they were sent, known by keyed hashes
    id INTEGER PRIMARY KEY,
    chain BLOB NOT NULL,
    digest BLOB NOT NULL,
    length INTEGER NOT NULL,
    marks BLOB NOT NULL,
    conversation TEXT NOT NULL,
    block TEXT,                  -- NULL: it went bare; one that is gone counts as NULL
    stable TEXT,
    at INTEGER NOT NULL
);

CREATE TABLE requests (          -- the injection log
    id TEXT PRIMARY KEY,
    at INTEGER NOT NULL,
    query TEXT,                  -- an excerpt, secrets taken out
    block TEXT,
    stable TEXT,
    ending BLOB,                 -- the ledger's hash of the whole conversation
    turns TEXT NOT NULL,         -- JSON: the ledger's entries that it carried
    value TEXT NOT NULL          -- all else, JSON
) WITHOUT ROWID;
CREATE INDEX requests_at ON requests (at);

CREATE TABLE projects (
    slug TEXT PRIMARY KEY,
    identity TEXT NOT NULL UNIQUE,
    at INTEGER NOT NULL
) WITHOUT ROWID;

CREATE TABLE switches (name TEXT PRIMARY KEY, until INTEGER NOT NULL) WITHOUT ROWID;
"""


def _named(column: str) -> str:
    """Whether a column tells one of the names; ASCII is folded, as SQLite can no more."""
    words = f"replace(lower({column}), '_', ' ')"
    return f"EXISTS (SELECT 1 FROM json_each(:names) AS one WHERE instr({words}, one.value))"  # noqa: S608


def _lists(column: str, path: str) -> str:
    """Whether a JSON list has an item whose `path` is the belief."""
    found = f"json_extract(item.value, '{path}') = :belief"
    return f"EXISTS (SELECT 1 FROM json_each({column}) AS item WHERE {found})"  # noqa: S608


_THEIRS = "json_extract(requests.value, '$.user') = :user"
_INJECTED = _lists("json_extract(requests.value, '$.injected')", "$.id")
_LEFT_OUT = _lists("json_extract(requests.value, '$.left_out')", "$.id")
_QUOTED = "EXISTS (SELECT 1 FROM json_each(:quotes) AS one WHERE instr(query, one.value))"
_KEPT = (
    "SELECT json_group_array(json(item.value))"  # noqa: S608
    " FROM json_each(requests.value, '$.left_out') AS item"
    f" WHERE json_extract(item.value, '$.id') <> :belief AND NOT {_named('item.value')}"
)
_UNWORDED = (
    "SELECT json_group_array(json(CASE"  # noqa: S608
    f" WHEN json_extract(item.value, '$.id') = :belief OR {_named('item.value')}"
    " THEN json_set(item.value, '$.alias', NULL, '$.matched', NULL, '$.via', NULL)"
    " ELSE item.value END)) FROM json_each(requests.value, '$.injected') AS item"
)
_REDACT_LEARNING: tuple[str, ...] = (
    f"""DELETE FROM learning WHERE fingerprint IN (SELECT value FROM json_each(:fingerprints))
        OR {_named("text")}""",  # noqa: S608
    """UPDATE decisions SET quote = '', reason = '' WHERE belief = :belief
        OR fingerprint IN (SELECT value FROM json_each(:fingerprints))""",
    f"UPDATE decisions SET quote = '' WHERE user = :user AND {_named('quote')}",  # noqa: S608
)
_REDACT_CALLS: tuple[str, ...] = (
    f"DELETE FROM blocks WHERE {_lists('given', '$[0]')}",  # noqa: S608
    f"""UPDATE requests SET query = NULL WHERE {_THEIRS} AND query IS NOT NULL AND (
        id IN (SELECT value FROM json_each(:requests)) OR {_INJECTED} OR {_LEFT_OUT}
        OR {_QUOTED} OR {_named("query")})""",  # noqa: S608
    f"""UPDATE requests SET value = json_set(value, '$.left_out', json(({_KEPT})),
        '$.injected', json(({_UNWORDED}))) WHERE {_THEIRS}""",  # noqa: S608
)

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

_PROBES = """
CREATE TABLE probes (            -- messages whose answer the owner has judged, secrets taken out
    id TEXT PRIMARY KEY,
    at INTEGER NOT NULL,
    user TEXT NOT NULL,
    agent TEXT NOT NULL,         -- '' sees what is shared
    belief TEXT NOT NULL,
    scopes TEXT NOT NULL,        -- JSON array, sorted
    text TEXT NOT NULL,
    due INTEGER NOT NULL         -- whether the belief belongs to the message, or must stay out
) WITHOUT ROWID;
CREATE UNIQUE INDEX probes_asked ON probes (belief, text, scopes, user, agent);
"""
_QUOTES = "EXISTS (SELECT 1 FROM json_each(:quotes) AS one WHERE instr(text, one.value))"
_REDACT_PROBES: tuple[str, ...] = (
    f"""DELETE FROM probes WHERE belief = :belief
        OR (user = :user AND ({_QUOTES} OR {_named("text")}))""",  # noqa: S608
)

_REVIEW = """
ALTER TABLE beliefs ADD COLUMN review_by TEXT;  -- a day, as ISO 8601 writes it
UPDATE beliefs SET review_by = json_extract(CAST(value AS TEXT), '$.review_by');
CREATE INDEX beliefs_review ON beliefs (review_by) WHERE review_by IS NOT NULL;
"""

_ENDING = """
ALTER TABLE beliefs ADD COLUMN valid_until TEXT;  -- a day, as ISO 8601 writes it
UPDATE beliefs SET valid_until = json_extract(CAST(value AS TEXT), '$.valid_until');
CREATE INDEX beliefs_ending ON beliefs (valid_until) WHERE valid_until IS NOT NULL;
"""

_BACKGROUND = """
CREATE TABLE background_turns (  -- user turns that a model will be asked about, masked
    id INTEGER PRIMARY KEY,
    mark TEXT NOT NULL UNIQUE,
    place TEXT NOT NULL,         -- whose, where, and in which conversation
    fingerprint TEXT NOT NULL,
    text TEXT NOT NULL,
    value TEXT NOT NULL,         -- where it was said, JSON
    at INTEGER NOT NULL,
    tries INTEGER NOT NULL DEFAULT 0,
    due INTEGER NOT NULL DEFAULT 0
);
CREATE INDEX background_place ON background_turns (place);

CREATE TABLE background_calls (  -- what was asked of the model, and what it cost; nobody's words
    id INTEGER PRIMARY KEY,
    at INTEGER NOT NULL,
    upstream TEXT NOT NULL,
    model TEXT NOT NULL,
    turns INTEGER NOT NULL,
    tokens_in INTEGER NOT NULL,  -- until the answer says otherwise, as many as it may become
    tokens_out INTEGER NOT NULL,
    cost REAL,                   -- NULL: the config has no prices
    estimated INTEGER NOT NULL,  -- whether the tokens are by our own count
    outcome TEXT NOT NULL,       -- unfinished, answered or failed
    reason TEXT NOT NULL,
    ms INTEGER NOT NULL
);
CREATE INDEX background_calls_at ON background_calls (at);
"""
_REDACT_BACKGROUND: tuple[str, ...] = (
    f"""DELETE FROM background_turns WHERE {_QUOTES} OR {_named("text")}
        OR {_named("value")}
        OR fingerprint IN (SELECT value FROM json_each(:fingerprints))""",  # noqa: S608
)

_SIGHTINGS = """
CREATE TABLE sightings (         -- words that were used for a belief, known by keyed hashes
    word TEXT NOT NULL,
    belief TEXT NOT NULL,
    user TEXT NOT NULL,
    conversation TEXT NOT NULL,
    weight INTEGER NOT NULL,
    fingerprint TEXT NOT NULL,   -- of the message
    at INTEGER NOT NULL,
    PRIMARY KEY (word, belief, conversation)
) WITHOUT ROWID;
CREATE INDEX sightings_fingerprint ON sightings (fingerprint);
CREATE INDEX sightings_belief ON sightings (belief);
"""
_REDACT_SIGHTINGS: tuple[str, ...] = ("DELETE FROM sightings WHERE belief = :belief",)

_BRANCHES = """
ALTER TABLE turns_heard ADD COLUMN node TEXT NOT NULL DEFAULT '';    -- all up to and with the turn
ALTER TABLE turns_heard ADD COLUMN parent TEXT NOT NULL DEFAULT '';  -- the node of the turn before
"""

_CAPABILITIES = """
ALTER TABLE tokens ADD COLUMN can TEXT NOT NULL DEFAULT '["chat", "inject", "learn"]';  -- JSON
ALTER TABLE tokens ADD COLUMN expires_at INTEGER;  -- NULL: never
"""

_HELD = """
CREATE INDEX beliefs_held ON beliefs (type, state, user);  -- to count, without reading the rows
"""

_SEEN_BY = """
ALTER TABLE sightings ADD COLUMN client TEXT NOT NULL DEFAULT 'unknown';
"""

MIGRATIONS: tuple[str, ...] = (
    _BELIEFS,
    _LEARNING,
    _CALLS,
    _TOKENS,
    _PROBES,
    _REVIEW,
    _ENDING,
    _BACKGROUND,
    _SIGHTINGS,
    _BRANCHES,
    _CAPABILITIES,
    SEALS,
    _HELD,
    _SEEN_BY,
)
REDACTIONS: tuple[str, ...] = (
    *_REDACT_LEARNING,
    *_REDACT_CALLS,
    *_REDACT_PROBES,
    *_REDACT_BACKGROUND,
    *_REDACT_SIGHTINGS,
)
