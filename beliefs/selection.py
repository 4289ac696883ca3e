"""A selection: which beliefs are asked for, as SQL over the table or as a test of a value."""

from collections.abc import Collection
from dataclasses import dataclass
from types import EllipsisType

from mindhold.beliefs.codec import encode_list
from mindhold.beliefs.model import Belief, State, Type

_MANY = "id IN (SELECT belief FROM places WHERE scope IN (SELECT value FROM json_each(?)))"
# Where another condition leaves few beliefs, each is asked for its places, and not the other way:
# a place may hold a hundred thousand.
_FEW = (
    "EXISTS (SELECT 1 FROM places WHERE belief = beliefs.id"
    " AND scope IN (SELECT value FROM json_each(?)))"
)

_HOLDS = (
    "(CAST(value AS TEXT) LIKE '%' || ? || '%'"
    " OR length(CAST(value AS TEXT)) <> length(CAST(value AS BLOB)))"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Selection:
    """Every condition that is given must hold; None is no condition.

    `agent` not given: every agent's; None: shared ones only; a name: that agent's and shared ones.
    `words`, of ASCII letters and digits, spare reading what does not hold each of them somewhere;
    what is not all ASCII comes along.
    `scopes`: beliefs that stand in one of them, as written: expanding is the caller's.
    """

    user: str | None = "local"
    agent: str | EllipsisType | None = ...
    scopes: Collection[str] | None = None
    types: Collection[Type] | None = None
    states: Collection[State] | None = None
    pinned: bool | None = None
    subtype: str | None = None
    words: Collection[str] = ()

    def where(self) -> tuple[str, list[object]]:
        """The condition over the table `beliefs`, and its parameters."""
        parts: list[str] = []
        values: list[object] = []
        if self.scopes is not None:
            parts.append(_FEW if self.pinned or self.subtype else _MANY)
            values.append(encode_list(list(self.scopes)))
        if self.user is not None:
            parts.append("user = ?")
            values.append(self.user)
        if self.agent is None:
            parts.append("agent IS NULL")
        elif isinstance(self.agent, str):
            parts.append("(agent IS NULL OR agent = ?)")
            values.append(self.agent)
        if self.types is not None:
            # The plus keeps beliefs_held out of it: pages in the order of ids would be sorted anew.
            parts.append("+type IN (SELECT value FROM json_each(?))")
            values.append(encode_list([choice.value for choice in self.types]))
        if self.states is not None:
            parts.append("state IN (SELECT value FROM json_each(?))")
            values.append(encode_list([choice.value for choice in self.states]))
        if self.pinned is not None:
            parts.append("pinned" if self.pinned else "NOT pinned")
        if self.subtype is not None:
            parts.append("subtype = ?")
            values.append(self.subtype)
        for word in self.words:
            parts.append(_HOLDS)
            values.append(word)
        return " AND ".join(parts) or "1", values

    def admits(self, belief: Belief) -> bool:
        """The same condition over a value."""
        return (
            (self.user is None or belief.user == self.user)
            and (self.agent is ... or belief.agent in {None, self.agent})
            and (self.scopes is None or not set(self.scopes).isdisjoint(belief.scopes))
            and (self.types is None or belief.type in self.types)
            and (self.states is None or belief.state in self.states)
            and (self.pinned is None or belief.pinned == self.pinned)
            and (self.subtype is None or belief.subtype == self.subtype)
        )
