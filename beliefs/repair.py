"""Repair: a belief whose row is not as mindhold wrote it, put right by its owner's word."""

from contextlib import suppress
from dataclasses import dataclass, replace

from mindhold.beliefs import journal
from mindhold.beliefs.change import Changing
from mindhold.beliefs.codec import decode
from mindhold.beliefs.database import Database, Transaction
from mindhold.beliefs.errors import NotFound, Refused, StoreBroken
from mindhold.beliefs.lineage import emptied
from mindhold.beliefs.model import Belief
from mindhold.beliefs.seals import UNSOUND
from mindhold.beliefs.states import Event
from mindhold.beliefs.step import Step
from mindhold.beliefs.write import Write

_DAMAGED = f"SELECT id, value FROM beliefs WHERE {UNSOUND} ORDER BY id"  # noqa: S608
_TOLD = "SELECT value FROM journal WHERE belief = ? ORDER BY sequence DESC LIMIT 1"
_LOOKED_UP = (("beliefs", "id"), ("places", "belief"), ("names", "belief"),
              ("sources", "belief"), ("successions", "belief"))  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Damage:
    """A row that cannot be trusted: what stands in it, and what the journal says should.

    Either is None where it cannot be read.
    """

    id: str
    found: Belief | None
    told: Belief | None


def damages(database: Database) -> list[Damage]:
    """Every damaged row, of every user; each row of the store is looked at (4 µs).

    Raises `StoreSealed` where nobody can tell.
    """
    database.demand_proof()
    return [
        Damage(id=row["id"], found=_read(row["value"]), told=_told(database, row["id"]))
        for row in database.rows(_DAMAGED)
    ]


def restore(write: Write, damage: Damage) -> Belief:
    """Puts back what the journal says the belief was; raises `Refused` where it cannot tell."""
    if damage.told is None:
        raise Refused("The journal cannot tell what this belief was.")
    return _put(write, damage.id, damage.told)


def accept(write: Write, damage: Damage) -> Belief:
    """Keeps what stands in the row now; raises `Refused` where that is no belief, `Invalid`."""
    found = damage.found
    if found is None or found.id != damage.id:
        raise Refused("What stands there now cannot be read as this belief.")
    last = damage.told.version if damage.told else 0
    return _put(write, damage.id, replace(found, version=max(found.version, last + 1)))


def _put(write: Write, id: str, belief: Belief) -> Belief:
    """Writes it as if it were new, so that nothing of the damaged row is built upon."""
    if not write.connection.execute(
        f"SELECT 1 FROM beliefs WHERE id = ? AND {UNSOUND}",  # noqa: S608
        (id,),
    ).fetchone():
        raise NotFound("This belief is not damaged any more.")
    forgotten = journal.is_forgotten(write.connection, id)
    _clear(write.connection, id)
    event = Event.ERASED if belief == emptied(belief) else Event.REPAIRED
    step = Step(before=None, after=belief, event=event, forgotten=forgotten)
    Changing(write.connection, write.hand, write.key).apply(step)
    return write.get(id)


def _clear(connection: Transaction, id: str) -> None:
    for table, column in _LOOKED_UP:
        connection.execute(f"DELETE FROM {table} WHERE {column} = ?", (id,))  # noqa: S608


def _told(database: Database, id: str) -> Belief | None:
    rows = database.rows(_TOLD, id)
    return _read(rows[0][0]) if rows else None


def _read(value: bytes | None) -> Belief | None:
    with suppress(StoreBroken):
        return decode(value) if value is not None else None
    return None
