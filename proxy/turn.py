"""One call as the proxy understands it: who asks, in which scope, and what may be done with it."""

from dataclasses import dataclass

from mindhold.beliefs.text.machine import Errand
from mindhold.beliefs.text.own import own_words
from mindhold.beliefs.tokens import USUAL, Capability
from mindhold.proxy.commands import NONE, Commands
from mindhold.proxy.dialects.dialogue import Dialogue


@dataclass(frozen=True, slots=True, kw_only=True)
class Turn:
    """A call that memory may serve; everything here is a function of this one request.

    `body` goes on when there is nothing to inject: what the client sent, less our own metadata
    key. `conversation` is the id that the client itself names, never guessed. `origin` says where
    the scopes came from, as `why` will print it: header, path, command, token, metadata, prompt,
    rule, default; `began` are those before any command, and `limit` those that the caller's token
    may write to (None: any). `client` is a label, `program` what its user agent says. `can`: what
    the caller may do with memory. `errand`: what the client wants for itself, when it is not its
    user who asks.
    """

    request: str
    dialect: str
    body: bytes
    dialogue: Dialogue
    scopes: tuple[str, ...]
    origin: str
    began: tuple[str, ...]
    user: str = "local"
    agent: str | None = None
    client: str = "unknown"
    program: str = ""
    model: str | None = None
    conversation: str | None = None
    commands: Commands = NONE
    inject: bool = True
    learn: bool = True
    temporary: bool = False
    can: frozenset[Capability] = USUAL
    limit: tuple[str, ...] | None = None
    errand: Errand | None = None

    def own(self, text: str) -> str:
        """What its person typed of a user's text of this call."""
        return own_words(text, self.dialogue.system_text, self.program)


@dataclass(frozen=True, slots=True, kw_only=True)
class Bypass:
    """A call that memory cannot serve; it goes on as it came.

    `reason` is for the header, all else for the log.
    """

    request: str
    dialect: str
    reason: str
    scopes: tuple[str, ...]
    origin: str
    user: str = "local"
    agent: str | None = None
    client: str = "unknown"
    model: str | None = None
    conversation: str | None = None

    @property
    def header(self) -> str:
        """What X-Mindhold-Memory says of it."""
        return f"bypass; reason={self.reason}"
