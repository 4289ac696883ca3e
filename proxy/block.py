"""Rendering: beliefs as the lines of a block, within a budget of tokens."""

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass

from mindhold.beliefs.ledger import Block, Given
from mindhold.beliefs.model import Belief, Epistemic, State
from mindhold.beliefs.text.block import Note, line, wrap
from mindhold.retrieval.budget import estimate

ENDED = "no longer holds"
_NO_NONCE = "0" * 16


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """A belief as one line of a block will say it."""

    given: Given
    note: Note


@dataclass(frozen=True, slots=True, kw_only=True)
class Rendered:
    """A block of what fitted, and what did not; no block when nothing did."""

    block: Block | None
    over: tuple[Item, ...] = ()


def item(belief: Belief, *, corrects: str = "") -> Item:
    """The line for a belief as it stands; `corrects` names the earlier note that it takes back."""
    note = Note(
        name=belief.canonical_name,
        replaces="" if corrects == belief.canonical_name else corrects,
        content=belief.content,
        why_it_matters=belief.why_it_matters,
        status=_status(belief),
        changed=bool(corrects),
    )
    return Item(given=Given(id=belief.id, version=belief.version), note=note)


def ended(given: Given, name: str) -> Item:
    """The line that takes back what was given earlier, without saying anything new."""
    return Item(given=given, note=Note(name=name, status=ENDED, changed=True))


def render(items: Iterable[Item], *, tokens: int, key: bytes) -> Rendered:
    """The items that fit the budget, in order, as one block.

    The same items give the same bytes: no clock, no randomness. The nonce is a keyed hash of the
    lines, so that nobody who writes a belief's words can foresee it.
    """
    kept: list[tuple[Item, str]] = []
    over: list[Item] = []
    left = tokens - estimate(wrap((), _NO_NONCE))
    for one in items:
        text = line(one.note)
        cost = estimate(text) + 1  # its line break
        if cost > left:
            over.append(one)
            continue
        left -= cost
        kept.append((one, text))
    if not kept:
        return Rendered(block=None, over=tuple(over))
    lines = [text for _, text in kept]
    nonce = hashlib.blake2b("\n".join(lines).encode(), key=key, digest_size=8).hexdigest()
    given = tuple(one.given for one, _ in kept)
    return Rendered(
        block=Block(nonce=nonce, text=wrap(lines, nonce), given=given), over=tuple(over)
    )


def _status(belief: Belief) -> str:
    """How it is known and since when, as in `stated 2026-01`."""
    said = [evidence.at for evidence in belief.evidence]
    edited = [belief.updated_at] if belief.user_edited else []
    month = max([*said, *edited], default=belief.created_at).strftime("%Y-%m")
    if belief.state is State.CONTESTED:
        return f"contested, may have changed; {belief.epistemic} {month}"
    if belief.state is State.EXPLORATORY or belief.epistemic is Epistemic.EXPLORATORY:
        return f"exploratory {month}"
    if belief.state is State.OPEN:
        return f"open question {month}"
    return f"{belief.epistemic} {month}"
