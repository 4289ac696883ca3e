"""Journal: one row for every proposal, with the rule that decided it."""

import sqlite3
from dataclasses import dataclass
from datetime import datetime, timedelta

from mindhold.beliefs.codec import microseconds
from mindhold.beliefs.learning import marks
from mindhold.beliefs.learning.said import Said
from mindhold.beliefs.text.secrets import redact

ADMITTED = "admitted"
WITHDRAWN = "withdrawn"
DAY = timedelta(days=1)  # what the daily limit of a client looks back on


@dataclass(frozen=True, slots=True, kw_only=True)
class Decision:
    """What became of one proposal; `rule` is the one that decided, `quote` the user's words."""

    rule: str
    quote: str
    outcome: str
    name: str = ""
    content: str = ""
    reason: str = ""
    extractor: str = "rules"
    belief: str | None = None
    redacted: bool = False  # the words hold a secret: only their keyed hash is kept


def write_down(
    connection: sqlite3.Connection, key: bytes, said: Said, fingerprint: str, decision: Decision
) -> None:
    """Keeps the decision; of words that hold a secret only a keyed hash."""
    quote = redact(decision.quote)[:500]
    if decision.redacted:
        quote = f"hash:{marks.fingerprint(key, decision.quote)}"
    connection.execute(
        "INSERT INTO decisions (at, user, agent, client, conversation, request, fingerprint,"
        " extractor, rule, outcome, reason, belief, quote)"
        " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        (microseconds(said.at), said.user, said.agent, said.client, said.conversation,
         said.request, fingerprint, decision.extractor, decision.rule, decision.outcome,
         decision.reason, decision.belief, quote),
    )  # fmt: skip


def admitted(connection: sqlite3.Connection, said: Said) -> tuple[int, int]:
    """How many new active beliefs this conversation, and this client within a day, have had."""
    since = microseconds(said.at - DAY)
    sql = (
        "SELECT count(*) FILTER (WHERE conversation IS ?1), count(*) FILTER (WHERE client = ?2 AND"
        " at > ?3) FROM decisions WHERE user = ?4 AND outcome = 'active' AND"
        " (conversation IS ?1 OR (client = ?2 AND at > ?3))"
    )
    row = connection.execute(sql, (said.conversation, said.client, since, said.user)).fetchone()
    return int(row[0]) if said.conversation is not None else 0, int(row[1])


def prune(connection: sqlite3.Connection, before: datetime) -> None:
    """Deletes the decisions that are older."""
    connection.execute("DELETE FROM decisions WHERE at < ?", (microseconds(before),))
