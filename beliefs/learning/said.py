"""Said: one user turn, out of its wire form, as learning sees it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

EARLIER = 6  # turns
ANSWER = 1_000  # characters of an answer that are kept; none so long proposes one thing alone
_LONG = 4_000  # characters of an earlier turn that is left out whole


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """The newest user turn of a request, and where it was said.

    `text` is the turn's own text, never an earlier turn, nor what a tool or a model said.
    `conversation` is whatever names the conversation steadily, None if nothing does. `turn` says
    where in it the turn stands: a keyed hash of all that went before it. The same `turn` with
    another text is an edit or a regeneration; empty means that nothing is known. `node` is the same
    with the turn itself, `parent` the node of the user's turn before it. `injected` holds
    the ids of beliefs that this request carried. `at` is aware.
    `earlier` are the user's turns before it, the latest last, and `answer` what the model said
    last: never evidence, they only tell what "scratch that" or "let's do that" is about.
    `command`: how many characters in front of `text` only ask for the rest to be remembered.
    `limit`: the scopes that whoever said it may write to, and no others; None: any.
    """

    text: str
    scopes: tuple[str, ...]
    at: datetime
    user: str = "local"
    agent: str | None = None
    client: str = "unknown"
    conversation: str | None = None
    request: str | None = None
    model: str | None = None
    turn: str = ""
    node: str = ""
    parent: str = ""
    injected: tuple[str, ...] = ()
    earlier: tuple[str, ...] = ()
    answer: str = ""
    command: int = 0
    limit: tuple[str, ...] | None = None


def context(earlier: Sequence[str]) -> tuple[str, ...]:
    """Of the user's turns before the newest the few and short ones that may tell its sense."""
    return tuple(text for text in earlier[-EARLIER:] if len(text) <= _LONG)
