"""Recall: the beliefs that belong in front of one message, with the reason for each."""

import threading
import time
from collections.abc import Collection, Iterable, Iterator, Sequence
from datetime import date
from pathlib import Path
from typing import Literal, Self

from mindhold.beliefs import home
from mindhold.beliefs.model import LIVE, Belief, Type
from mindhold.beliefs.scope import expand
from mindhold.beliefs.store import Store
from mindhold.retrieval.budget import fit
from mindhold.retrieval.candidates import Candidates
from mindhold.retrieval.context import Context, Tiers, valid
from mindhold.retrieval.index import FACTS, QUESTIONS, WAITING, Place
from mindhold.retrieval.indexer import Indexer, Lag
from mindhold.retrieval.message import Message
from mindhold.retrieval.query import Hit, Query, Recalled, Rejection
from mindhold.retrieval.rank import hit, ranked
from mindhold.retrieval.rules.rule import Rule
from mindhold.retrieval.verify import RULES, Verdict, verify

INDEX = home.INDEX
"""The directory of the index in the home of a store."""

Mode = Literal["match", "all"]
_NEIGHBOURS = 20


class Recall:
    """Answers queries over one store, always as the store stands at that moment.

    `directory` is where the index lies; without one it is kept in memory. One process writes an
    index: with `writes` False, or where another process is at it, an index there is read while it
    can be trusted. Until there is an index, the store's own tables are searched, which is slower
    and gives the same answer. In mode "all", a place whose facts fit the budget gives all of them.
    Somebody who measures what a rule is worth leaves it out of `rules`.

    `recall` and `find` may be called from any thread, `catch_up` from one at a time. Raises
    `StoreError` where the store cannot serve.
    """

    def __init__(
        self,
        store: Store,
        *,
        directory: Path | None = None,
        mode: Mode = "match",
        writes: bool = True,
        rules: Sequence[Rule] = RULES,
    ) -> None:
        self._store = store
        self._mode = mode
        self._rules = rules
        self._indexer = Indexer(store, directory, writes=writes)
        self._candidates = Candidates(store, self._indexer)
        self._context = Context(store)
        self._turn = threading.Lock()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    @property
    def indexed(self) -> bool:
        """Whether an index answers, and not the slow way through the store's tables."""
        return self._indexer.index is not None

    @property
    def lag(self) -> Lag:
        """How far the index is behind the store; what it lacks is found all the same."""
        return self._indexer.lag

    def recall(self, query: Query) -> Recalled:
        """What memory has to say to the query, in its four tiers."""
        started = time.perf_counter()
        place = Place(user=query.user, agent=query.agent, scopes=expand(query.scopes))
        with self._indexer.asked():
            sequence = self._store.sequence
            with self._turn:
                tiers = self._context.tiers(place, sequence).on(query.now.date())
            relevant, rejected = self._relevant(query, place, sequence, tiers)
        pinned, kept, questions = fit(tiers.pinned, relevant, tiers.questions, query.max_beliefs)
        over = tuple(_over(hit) for hit in relevant[len(kept) :])
        return Recalled(
            prelude=tiers.prelude,
            pinned=pinned,
            relevant=kept,
            questions=questions,
            rejected=over + rejected,
            ms=(time.perf_counter() - started) * 1e3,
        )

    def find(
        self, text: str, *, scopes: Sequence[str], user: str, agent: str | None
    ) -> list[Belief]:
        """Up to 20 beliefs that the text names, for learning: questions, expertise and what waits
        to be admitted among them, whatever their validity, nearest first."""
        place = Place(user=user, agent=agent, scopes=expand(tuple(scopes)))
        shelves = FACTS + QUESTIONS + WAITING
        message = Message(text)
        named = self._candidates.find(message, place, self._store.sequence, shelves)
        verdict = verify(message, named, self._rules)
        return [hit.belief for hit in _ranked(message, verdict)][:_NEIGHBOURS]

    def catch_up(self) -> int:
        """Brings the index up to the store; returns how many beliefs it took. May take seconds
        the first time: never on a request's path."""
        return self._indexer.catch_up()

    def giving_way(self, beliefs: Iterable[Belief]) -> Iterator[Belief]:
        """These beliefs, one by one, while nobody asks: for who reads many beside the requests."""
        return self._indexer.giving_way(beliefs)

    def leave_off(self) -> None:
        """Ends what is read on other threads, which then raise `Interrupted`; before it closes."""
        self._indexer.leave_off()

    def close(self) -> None:
        """Gives back the index; the store stays open."""
        self._indexer.close()

    def _relevant(
        self, query: Query, place: Place, sequence: int, tiers: Tiers
    ) -> tuple[tuple[Hit, ...], tuple[Rejection, ...]]:
        message = Message(query.text)
        day = query.now.date()
        named = [
            candidate
            for candidate in self._candidates.find(message, place, sequence, FACTS)
            if valid(candidate.belief, day)
        ]
        verdict = verify(message, named, self._rules)
        hits = self._with_participants(_ranked(message, verdict), place, day)
        shown = {belief.id for belief in (*tiers.pinned, *tiers.prelude)}
        relevant = [hit for hit in hits if hit.belief.id not in shown]
        if self._mode == "all":
            relevant = self._all(relevant, place, query, tiers)
        return tuple(relevant), _rejections(verdict, shown)

    def _with_participants(self, hits: list[Hit], place: Place, day: date) -> list[Hit]:
        """A relation brings what it relates, one hop, after what was named itself."""
        relations = [hit.belief for hit in hits if hit.belief.type is Type.RELATION]
        have = {hit.belief.id for hit in hits}
        wanted = {id: r.id for r in reversed(relations) for id in r.participants if id not in have}
        if not wanted:
            return hits
        brought = [
            Hit(belief=belief, match=None, via=wanted[id])
            for id, belief in self._store.many(wanted).items()
            if _may_follow(belief, place, day)
        ]
        return [*hits, *sorted(brought, key=lambda hit: hit.belief.id)]

    def _all(self, relevant: list[Hit], place: Place, query: Query, tiers: Tiers) -> list[Hit]:
        """Everything of a small place, what was named first; no change in a larger one."""
        room = None if query.max_beliefs is None else query.max_beliefs - len(tiers.pinned)
        shown = {belief.id for belief in (*tiers.pinned, *tiers.prelude)}
        shown |= {hit.belief.id for hit in relevant}
        rest: list[Hit] = []
        for belief in self._store.select(
            user=place.user, agent=place.agent, scopes=place.scopes, states=LIVE, pinned=False
        ):
            if belief.id not in shown and _may_follow(belief, place, query.now.date()):
                rest.append(Hit(belief=belief, match=None))
            if room is not None and len(relevant) + len(rest) > room:
                return relevant
        return [*relevant, *rest]


def _ranked(message: Message, verdict: Verdict) -> list[Hit]:
    return ranked(
        hit(message, mentions, verdict.readings[id]) for id, mentions in verdict.accepted.items()
    )


def _may_follow(belief: Belief, place: Place, day: date) -> bool:
    """Whether a belief that the message does not name may come along."""
    return (
        belief.live
        and not belief.muted
        and belief.type is not Type.OPEN_QUESTION
        and belief.subtype != "expertise"
        and belief.user == place.user
        and belief.agent in (None, place.agent)
        and not set(belief.scopes).isdisjoint(place.scopes)
        and valid(belief, day)
    )


def _over(hit: Hit) -> Rejection:
    return Rejection(
        id=hit.belief.id,
        name=hit.belief.canonical_name,
        surface=hit.match.alias if hit.match else hit.belief.canonical_name,
        rule="budget",
        reason="named, but the budget of beliefs was used up before it",
    )


def _rejections(verdict: Verdict, shown: Collection[str]) -> tuple[Rejection, ...]:
    """What was refused and is not there by another way, pinned or in the prelude."""
    return tuple(
        Rejection(
            id=refused.mention.named.belief.id,
            name=refused.mention.named.belief.canonical_name,
            surface=refused.mention.surface.text,
            rule=refused.rule,
            reason=refused.reason,
        )
        for refused in verdict.refused
        if refused.mention.named.belief.id not in shown
    )
