"""The short form of an id: as much of it as no other belief's begins with."""

from mindhold.beliefs.database import Database

_LEAST = 8  # characters; of our own ids these tell seconds apart
_NEIGHBOURS = """
SELECT (SELECT max(id) FROM beliefs WHERE id < ?1), (SELECT min(id) FROM beliefs WHERE id > ?1)
"""


def short(database: Database, id: str) -> str:
    """The shortest beginning of this id that means it and no other; at least 8 characters."""
    neighbours = database.rows(_NEIGHBOURS, id)[0]
    shared = max(_shared(id, other or "") for other in neighbours)
    return id[: max(_LEAST, shared + 1)]


def _shared(one: str, other: str) -> int:
    pairs = zip(one, other, strict=False)
    return next((place for place, (a, b) in enumerate(pairs) if a != b), min(len(one), len(other)))
