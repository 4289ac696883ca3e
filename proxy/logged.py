"""What the injection log keeps of one request."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from mindhold.beliefs.learning.said import ANSWER, EARLIER, Said, context
from mindhold.beliefs.ledger import Block, Entry, Given
from mindhold.beliefs.requests import Injected, Request, excerpt
from mindhold.beliefs.text.block import without_blocks
from mindhold.proxy.dialects.dialogue import UserTurn
from mindhold.proxy.inject import Drawn
from mindhold.proxy.ledger import Trace
from mindhold.proxy.opened import plain
from mindhold.proxy.turn import Bypass, Turn
from mindhold.retrieval.budget import estimate
from mindhold.retrieval.query import Hit


@dataclass(frozen=True, slots=True, kw_only=True)
class Injection:
    """What goes upstream. `header` is the text of X-Mindhold-Memory; the rest is for the log.

    `entry` is the newest user turn as the ledger keeps it, `turns` the ids of all of them; times
    are milliseconds. `unheard`: no store had been open yet, so what was known of the request is
    looked up when its end is written.
    """

    body: bytes
    header: str
    trace: Trace | None = None
    unheard: bool = False
    drawn: Drawn | None = None
    entry: Entry | None = None
    turns: tuple[int, ...] = ()
    recall_ms: float = 0.0
    added_ms: float = 0.0

    def blocks(self) -> Iterator[tuple[str, Block]]:
        """Every block that the model is given, under the tier that brought it."""
        if self.drawn and self.drawn.stable:
            yield "stable", self.drawn.stable
        if self.drawn and self.trace:
            yield from (("held", block) for block in self.trace.kept())
            yield from (("earlier", block) for _, block in self.trace.blocks())
        if self.drawn and self.drawn.turn:
            yield "turn", self.drawn.turn

    @property
    def injected(self) -> tuple[Injected, ...]:
        """Each belief that the model is given, once, as it was said last."""
        hits = {hit.belief.id: hit for hit in self.drawn.hits} if self.drawn else {}
        found = {
            given.id: _injected(given, tier, hits.get(given.id))
            for tier, block in self.blocks()
            for given in block.given
        }
        return tuple(found.values())


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """What became of a request upstream; `status` None: no answer came."""

    at: datetime
    status: int | None
    usage: dict[str, Any] | None = None
    response: str | None = None

    @property
    def good(self) -> bool:
        """Whether the upstream took the request; after anything else the client asks again."""
        return self.status is not None and 200 <= self.status < 300


def said(turn: Turn, injection: Injection, trace: Trace, words: str, at: datetime) -> Said:
    """The newest user turn as learning sees it."""
    newest = trace.newest.index if trace.newest else 0
    earlier = [one for one in turn.dialogue.turns[-EARLIER - 1 :] if one.index < newest]
    held = trace.held.said if trace.held else ()
    return Said(
        text=without_blocks(words),  # another proxy may stand before this one
        scopes=turn.scopes,
        at=at,
        user=turn.user,
        agent=turn.agent,
        client=turn.client,
        conversation=trace.conversation,
        request=turn.request,
        model=turn.model,
        turn=trace.chains[trace.newest.index].hex() if trace.newest else "",
        node=trace.node,
        parent=_parent(trace, earlier[-1] if earlier else None),
        injected=tuple(one.id for one in injection.injected),
        earlier=context([*held, *(without_blocks(plain(turn.own(one.text))) for one in earlier)]),
        answer=plain(_answer(turn, trace)),
        limit=turn.limit,
    )


def _parent(trace: Trace, turn: UserTurn | None) -> str:
    """The hash of everything up to and with the user's turn before the newest."""
    if turn:
        return trace.chains[turn.index + 1].hex()
    return trace.held.node if trace.held else ""


def _answer(turn: Turn, trace: Trace) -> str:
    """What the model said right before the newest turn."""
    before = turn.dialogue.messages[: trace.newest.index] if trace.newest else ()
    last = next((one for one in reversed(before) if one.role in {"assistant", "user"}), None)
    asked = next((one.index for one in reversed(turn.dialogue.turns[:-1])), -1)
    if asked in turn.commands.turns:
        return ""  # it was ours
    if last is None:
        return trace.held.answer if trace.held else ""
    return last.text[:ANSWER] if last.role == "assistant" else ""


def _injected(given: Given, tier: str, hit: Hit | None) -> Injected:
    match = hit.match if hit else None
    return Injected(
        id=given.id,
        version=given.version,
        tier=tier,
        alias=match.alias if match else None,
        matched=match.matched if match else None,
        via=hit.via if hit else None,
    )


def logged(turn: Turn, injection: Injection, outcome: Outcome, *, query: str | None) -> Request:
    """The row for a request; `query` is the user's newest text if any of it may be kept."""
    drawn, trace = injection.drawn, injection.trace
    injected = injection.injected
    if query is None:
        injected = tuple(replace(one, matched=None) for one in injected)
    return Request(
        id=turn.request,
        at=outcome.at,
        dialect=turn.dialect,
        scopes=turn.scopes,
        origin=turn.origin,
        memory=injection.header,
        user=turn.user,
        agent=turn.agent,
        client=turn.client,
        model=turn.model,
        conversation=trace.conversation if trace else turn.conversation,
        query=None if query is None else excerpt(query),
        injected=injected,
        left_out=drawn.left_out if drawn else (),
        block=drawn.turn.nonce if drawn and drawn.turn else None,
        stable=drawn.stable.nonce if drawn and drawn.stable else None,
        recall_ms=round(injection.recall_ms, 3),
        added_ms=round(injection.added_ms, 3),
        tokens=sum(estimate(block.text) for tier, block in injection.blocks() if tier != "held"),
        status=outcome.status,
        usage=outcome.usage,
        response=outcome.response,
        end=trace.end if trace and injection.turns else None,
        turns=injection.turns,
    )


def passed(bypass: Bypass, outcome: Outcome) -> Request:
    """The row for a request that memory could not serve."""
    return Request(
        id=bypass.request,
        at=outcome.at,
        dialect=bypass.dialect,
        scopes=bypass.scopes,
        origin=bypass.origin,
        memory=bypass.header,
        user=bypass.user,
        agent=bypass.agent,
        client=bypass.client,
        model=bypass.model,
        conversation=bypass.conversation,
        status=outcome.status,
        usage=outcome.usage,
        response=outcome.response,
    )
