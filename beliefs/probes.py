"""Probes: messages whose answer the owner has judged, kept to be asked again."""

import json
import sqlite3
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

import msgspec

from mindhold.beliefs.codec import encode_list, microseconds, moment
from mindhold.beliefs.database import Database
from mindhold.beliefs.errors import Ambiguous, Invalid, NotFound
from mindhold.beliefs.scope import parse_scope
from mindhold.beliefs.text.codepoints import suspicious
from mindhold.beliefs.text.secrets import redact

MOST = 20_000  # characters of a message


@dataclass(frozen=True, slots=True, kw_only=True)
class Probe:
    """A message, where it was said, and whether a belief belongs to it (`due`) or must stay out.

    `scopes` are as the request had them, `agent` None sees shared beliefs only.
    """

    id: str
    at: datetime
    text: str
    scopes: tuple[str, ...]
    belief: str
    due: bool
    user: str = "local"
    agent: str | None = None


def checked(probe: Probe) -> Probe:
    """The probe as it may be kept, secrets named only; raises `Invalid`."""
    text = redact(probe.text.strip())
    if not text:
        raise Invalid("A probe needs the words of a message.")
    if len(text) > MOST:
        raise Invalid(f"The message of a probe has at most {MOST:,} characters.")
    if probe.at.tzinfo is None:
        raise Invalid("A time needs its time zone.")
    if suspicious(text) == "lone_surrogate":
        raise Invalid("A text holds half a character (a lone surrogate).")
    scopes = tuple(sorted({parse_scope(scope) for scope in probe.scopes}))
    if not (scopes and probe.id and probe.user and probe.belief):
        raise Invalid("A probe needs an id, a user, a scope and a belief.")
    return replace(probe, text=text, scopes=scopes)


def record(connection: sqlite3.Connection, probe: Probe) -> Probe:
    """Keeps it, within the caller's transaction; of two judgements of one message the later
    stands, and is returned."""
    made = checked(probe)
    asked = (made.user, made.agent or "", made.belief, encode_list(list(made.scopes)), made.text)
    for row in connection.execute(_SAME, (made.id, *asked)):
        if (known := _probe(row)).at > made.at:
            return known
    connection.execute(_INSERT, (made.id, microseconds(made.at), *asked, made.due))
    return made


def read(database: Database) -> list[Probe]:
    """Every probe, oldest first."""
    return [_probe(row) for row in database.rows("SELECT * FROM probes ORDER BY at, id")]


def drop(connection: sqlite3.Connection, reference: str) -> Probe:
    """Lets go of the probe with this id or beginning of one; raises `NotFound`, `Ambiguous`."""
    found = connection.execute(_STARTING, (reference, reference + "\U0010ffff")).fetchall()
    if not found or not reference:
        raise NotFound(f"There is no probe {reference}: see mindhold eval retrieval --mine.")
    if len(found) > 1:
        raise Ambiguous(f"Several probes begin with {reference}.")
    connection.execute("DELETE FROM probes WHERE id = ?", (found[0]["id"],))
    return _probe(found[0])


def rescope(connection: sqlite3.Connection, before: str, after: str) -> None:
    """Names a scope anew in every probe that has it."""
    for row in connection.execute("SELECT * FROM probes").fetchall():
        probe = _probe(row)
        if before in probe.scopes:
            scopes = tuple(after if scope == before else scope for scope in probe.scopes)
            connection.execute("DELETE FROM probes WHERE id = ?", (probe.id,))
            record(connection, replace(probe, scopes=scopes))


def to_json(probe: Probe) -> dict[str, Any]:
    """The probe as plain JSON values; `probe` is its id, by which a line is known for one."""
    made: dict[str, Any] = msgspec.to_builtins(probe)
    return {"probe": made.pop("id"), **made}


def from_json(value: Mapping[str, Any]) -> Probe:
    """The probe that `to_json` wrote; raises `Invalid`."""
    given = dict(value)
    try:
        return checked(msgspec.convert({"id": given.pop("probe"), **given}, Probe))
    except (msgspec.ValidationError, KeyError):
        raise Invalid("A probe needs text, scopes, belief and due, of the right kind.") from None


_INSERT = (
    "INSERT OR REPLACE INTO probes (id, at, user, agent, belief, scopes, text, due)"
    " VALUES (?, ?, ?, ?, ?, ?, ?, ?)"
)
_SAME = (
    "SELECT * FROM probes WHERE id = ?"
    " OR (user = ? AND agent = ? AND belief = ? AND scopes = ? AND text = ?)"
)
_STARTING = "SELECT * FROM probes WHERE id >= ? AND id < ? ORDER BY id LIMIT 2"


def _probe(row: sqlite3.Row) -> Probe:
    return Probe(
        id=row["id"],
        at=moment(row["at"]),
        text=row["text"],
        scopes=tuple(json.loads(row["scopes"])),
        belief=row["belief"],
        due=bool(row["due"]),
        user=row["user"],
        agent=row["agent"] or None,
    )
