"""Marks: keyed hashes by which a user turn is known again without keeping its text."""

import hashlib
from collections.abc import Sequence

from mindhold.beliefs.learning.said import Said

OPENING = 200  # characters that make two texts the work of one program


def fingerprint(key: bytes, text: str) -> str:
    """The mark of a whole user text."""
    return _hash(key, ("text", text))


def openings(key: bytes, said: Said) -> tuple[str, ...]:
    """The marks that a program's template would share: the whole text, and its long opening.

    They hold for one place: people say the same of several projects.
    """
    place, text = sorted(said.scopes), said.text
    whole = _hash(key, ("whole", *place, text))
    if len(text) < OPENING:
        return (whole,)
    return whole, _hash(key, ("opening", *place, text[:OPENING]))


def job(key: bytes, said: Said) -> str:
    """The mark of one user turn where it was said; a turn sent again has the same."""
    where = said.conversation or f"turn {said.turn}"
    mark = fingerprint(key, said.text)
    return _hash(key, ("job", said.user, said.agent or "", *sorted(said.scopes), where, mark))


def word(key: bytes, name: str, *, user: str, agent: str | None) -> str:
    """The mark of a name in the mouth of this user, spoken to this agent."""
    return _hash(key, ("word", user, agent or "", name))


def again(key: bytes, mark: str, stands: str) -> str:
    """The mark of a turn that returns to its place, where another text stands by now."""
    return _hash(key, ("again", mark, stands))


def _hash(key: bytes, parts: Sequence[str]) -> str:
    data = "\0".join(parts).encode("utf-8", "surrogatepass")
    return hashlib.blake2b(data, key=key[:32], digest_size=16).hexdigest()
