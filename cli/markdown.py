"""Beliefs as Markdown, to be read or printed, scope by scope."""

import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import datetime, tzinfo

from mindhold.beliefs.model import Belief, State, Type
from mindhold.beliefs.store import Store
from mindhold.cli import moments
from mindhold.cli.screen import plain
from mindhold.cli.tables import standing

_SIGNS = re.compile(r"([\\`*_<>\[\]#|~])")


@dataclass(frozen=True, slots=True, kw_only=True)
class Selected:
    """Which beliefs are written; None: all."""

    scopes: Collection[str] | None
    types: Collection[Type] | None
    states: Collection[State] | None


def written(store: Store, selected: Selected, local: tzinfo | None, now: datetime) -> Iterator[str]:
    """The lines, without memory that grows; a belief stands under the first of its scopes."""
    yield f"# What is held, {now.astimezone(local):%Y-%m-%d}"
    for scope in _scopes(store, selected):
        yield f"\n## {_escaped(scope)}"
        found = store.select(
            user=None, scopes=[scope], types=selected.types, states=selected.states
        )
        for belief in found:
            if _home(belief, selected) == scope:
                yield from _belief(belief, local, now)


def _scopes(store: Store, selected: Selected) -> list[str]:
    found = store.select(
        user=None, scopes=selected.scopes, types=selected.types, states=selected.states
    )
    return sorted({_home(belief, selected) for belief in found})


def _home(belief: Belief, selected: Selected) -> str:
    wanted = selected.scopes or belief.scopes
    return next(scope for scope in belief.scopes if scope in wanted)


def _belief(belief: Belief, local: tzinfo | None, now: datetime) -> Iterator[str]:
    yield f"\n### {_escaped(belief.canonical_name)}\n"
    yield _escaped(belief.content)
    yield f"\n- **So:** {_escaped(belief.why_it_matters)}"
    yield f"- {belief.type.value}: {', '.join(standing(belief))}"
    if belief.aliases:
        yield f"- also called {_escaped(', '.join(alias.text for alias in belief.aliases))}"
    for quote in belief.evidence:
        when = moments.day(quote.at, local, now=now)
        yield f"- {when}, in {_escaped(quote.client)}: “{_escaped(quote.quote)}”"


def _escaped(text: str) -> str:
    """The text as text: nothing in it is Markdown."""
    return _SIGNS.sub(r"\\\1", plain(text))
