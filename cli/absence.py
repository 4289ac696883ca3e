"""Absence: why a belief is not given to a message, and what would bring it."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from mindhold.beliefs.model import Belief, Type
from mindhold.beliefs.scope import UNIVERSAL, expand
from mindhold.beliefs.shorthand import short
from mindhold.beliefs.states import WAITING
from mindhold.beliefs.store import Store
from mindhold.cli.cautions import cautions

if TYPE_CHECKING:
    from mindhold.retrieval.query import Query, Recalled

NO_NAME_HELPS = frozenset({"budget", "muted"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Reason:
    """Why a belief stayed out. `rule` is short and stable; `alias` is a name that would help,
    `todo` a command that does where no name can."""

    rule: str
    said: str
    alias: str | None = None
    todo: str | None = None


def absence(store: Store, belief: Belief, query: "Query", recalled: "Recalled") -> Reason | None:
    """Why the query was not given the belief; None where it was, in whatever tier."""
    if any(one.id == belief.id for one in (*recalled.prelude, *recalled.beliefs())):
        return None
    if barred := _barred(store, belief, query):
        return barred
    for rejection in recalled.rejected:
        if rejection.id == belief.id:
            return helped(store, belief, query.text, rejection.rule, rejection.reason)
    names = ", ".join(f"“{name}”" for name in _names(belief))
    said = f"none of its names is in the message; it is called {names}"
    return Reason(rule="unnamed", said=said)


def helped(store: Store, belief: Belief, text: str, rule: str, said: str) -> Reason:
    """With the name that would help: one in the message's words, else one in the belief's own."""
    from mindhold.retrieval.remedy import remedy

    if rule in NO_NAME_HELPS:
        return Reason(rule=rule, said=said)
    own = (caution.alias for caution in cautions(store, belief) if caution.alias)
    return Reason(rule=rule, said=said, alias=remedy(text, belief) or next(own, None))


def _barred(store: Store, belief: Belief, query: "Query") -> Reason | None:
    """What keeps it from every message like this one, whatever names are in it."""
    id_ = short(store.database, belief.id)
    if not belief.live:
        todo = f"mindhold beliefs edit {id_} --status active" if belief.state in WAITING else None
        return Reason(rule="state", said=f"it is {belief.state.value}, not live", todo=todo)
    if belief.agent not in {None, query.agent}:
        return Reason(rule="agent", said=f"it is given to the agent {belief.agent} only")
    if {UNIVERSAL, *expand(query.scopes)}.isdisjoint(belief.scopes):
        said = f"it holds in {', '.join(belief.scopes)}, and that was in {', '.join(query.scopes)}"
        scopes = " ".join(f"--scope {scope}" for scope in (*belief.scopes, query.scopes[0]))
        return Reason(rule="scope", said=said, todo=f"mindhold beliefs edit {id_} {scopes}")
    if belief.muted:
        return Reason(rule="muted", said="it is muted", todo=f"mindhold beliefs mute {id_} --off")
    if belief.type is Type.OPEN_QUESTION and not belief.pinned:
        said = "an open question is given only while it is pinned"
        return Reason(rule="question", said=said, todo=f"mindhold beliefs pin {id_}")
    return None


def _names(belief: Belief) -> Iterator[str]:
    from mindhold.retrieval.surface import named

    yield from (surface.text for surface in named(belief).surfaces if not surface.muted)
