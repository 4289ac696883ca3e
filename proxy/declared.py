"""Declared: what the headers of a request say about it, our own and those of known clients."""

import hashlib
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from mindhold.beliefs.text.secrets import find_secrets
from mindhold.proxy.codex import Codex, is_codex, read_codex
from mindhold.proxy.dialects.dialogue import Dialogue

_JOINED = frozenset({"x-mindhold-scope", "x-mindhold-inject", "x-mindhold-learn"})
_KNOWN = _JOINED | {
    "x-mindhold-agent",
    "x-mindhold-conversation",
    "x-mindhold-token",
    "x-mindhold-request",  # of an answer, which a program may send back as it is
    "x-mindhold-memory",
}
_OURS = re.compile(r"(?:x[-_])?mindhold[-_]")
MAX_NAME = 200  # characters of an agent's or a conversation's name
_SESSIONS = (
    "x-mindhold-conversation",
    "thread-id",
    "session-id",
    "session_id",
    "x-session-id",
    "x-session-affinity",
    "x-claude-code-session-id",
    "x-openwebui-chat-id",
    "goose-session-id",
)
# A helper that an agent sent for: the user of its dialogue is a model.
_DELEGATED = (
    "x-claude-code-agent-id",
    "x-openai-subagent",
    "x-codex-parent-thread-id",
    "x-parent-session-id",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Declared:
    """`named`: the headers by their names in small letters."""

    named: Mapping[str, str]
    codex: Codex

    @property
    def scope(self) -> str | None:
        """The scopes, not yet parsed."""
        return self.named.get("x-mindhold-scope")

    @property
    def agent(self) -> str | None:
        """The agent whose memory is meant."""
        return _name(self.named.get("x-mindhold-agent"))

    @property
    def inject(self) -> bool:
        """Whether memory may give."""
        return self._on("x-mindhold-inject")

    @property
    def learn(self) -> bool:
        """Whether memory may learn."""
        return self._on("x-mindhold-learn")

    @property
    def misspelled(self) -> bool:
        """Whether a header of ours has a name that we do not know, and may have meant a scope or
        that nothing shall be learned."""
        ours = (name for name in self.named if _OURS.match(name))
        return any(name.lower() not in _KNOWN for name in ours)

    @property
    def encoded(self) -> bool:
        """Whether the body is compressed."""
        return self.named.get("content-encoding", "identity").lower() != "identity"

    @property
    def program(self) -> str:
        """`openai-python/3.1 …` is openai-python; a label, never a boundary."""
        product = self.named.get("user-agent", "").partition(" ")[0].partition("/")[0]
        return _name(product) or ""

    @property
    def delegated(self) -> bool:
        """Whether an agent asks on its own account."""
        return any(self.named.get(name) for name in _DELEGATED)

    @property
    def session(self) -> str | None:
        """What the client calls the conversation in a header."""
        header = next((name for name in _SESSIONS if self.named.get(name)), "")
        named = self.named.get(header, "")
        if header == "x-claude-code-session-id":  # a helper shares it with whoever sent for it
            named = f"{named} {self.named.get('x-claude-code-agent-id', '')}".strip()
        return _name(named)

    def conversation(self, dialogue: Dialogue) -> str | None:
        """What the client calls the conversation, anywhere."""
        key = dialogue.payload.get("prompt_cache_key") if is_codex(self.named) else None
        return self.session or _name(dialogue.conversation) or _name(key)

    def _on(self, header: str) -> bool:
        """A privacy switch fails closed: whatever is not `on`, each time it is said, is off."""
        said = self.named.get(header, "on").lower().split(",")
        return all(one.strip() == "on" for one in said)


def read_headers(headers: Sequence[tuple[bytes, bytes]]) -> Declared:
    """The headers by name; of several of one name scopes and switches are joined by commas, else
    the first counts."""
    named: dict[str, str] = {}
    for raw_name, raw_value in headers:
        name = raw_name.decode("latin-1").lower()
        value = raw_value.decode("utf-8", "replace").strip()
        if name in _JOINED and name in named:
            named[name] += "," + value
        named.setdefault(name, value)
    return Declared(named=named, codex=read_codex(named))


def _name(value: object) -> str | None:
    return named(value[:MAX_NAME]) if isinstance(value, str) and value else None


def named(text: str) -> str:
    """A name as it may be kept: of a credential that stands where a name should, only a hash."""
    if not find_secrets(text):
        return text
    return f"hidden-{hashlib.sha256(text.encode()).hexdigest()[:16]}"
