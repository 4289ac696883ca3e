"""Said: one user turn, out of its wire form, as learning sees it."""

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """The newest user turn of a request, and where it was said.

    `text` is the turn's own text, never an earlier turn, nor what a tool or a model said.
    `conversation` is whatever names the conversation steadily, None if nothing does. `turn` says
    where in it the turn stands: a keyed hash of all that went before it. The same `turn` with
    another text is an edit or a regeneration; empty means that nothing is known. `injected` holds
    the ids of beliefs that this request carried. `at` is aware.
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
    injected: tuple[str, ...] = ()
