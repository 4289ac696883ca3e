"""Wanderings: callers of any user, agent, scope and token, and what each of them may be shown.

The suite wanders five hundred times; `scripts/soak isolation` as often as it is asked to.
"""

import asyncio
import json
import random
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from homes import passing_home
from injection.place import NOW, Place, belief, settings, user

from mindhold.beliefs.errors import BeliefError
from mindhold.beliefs.model import Belief, Type
from mindhold.beliefs.scope import UNIVERSAL, expand
from mindhold.beliefs.store import Store
from mindhold.beliefs.text.block import parse
from mindhold.proxy.errors import ForbiddenScope
from mindhold.proxy.frontdoor import Caller
from mindhold.proxy.memory import Memory
from mindhold.proxy.settings import Learn
from mindhold.retrieval.query import Query
from mindhold.retrieval.recall import Recall

USERS = ("local", "ann")
AGENTS = (None, "coder", "writer")
SCOPES = ("project:a", "project:b", "domain:code", "domain:code/ts", "domain:tea")
NAMES = ("vitest", "postgres", "terraform", "grafana")
STORE = 25  # wanderings through one store, which fills up meanwhile
STEPS = 8  # operations in one wandering


def wander(count: int, seed: int) -> int:
    """Wanders `count` times; how many outputs were looked at."""
    looked = 0
    for batch in range(0, count, STORE):
        with passing_home() as home:
            chance = random.Random(seed + batch)
            looked += asyncio.run(_wander(home, chance, min(STORE, count - batch)))
    return looked


async def _wander(home: Path, chance: random.Random, count: int) -> int:
    configured = settings(home, learn=Learn(mode="off"))
    with Store.open(home) as store, Recall(store) as recall:
        memory = Memory(configured)
        await memory.start()
        try:
            walk = Walk(store, recall, Place(memory=memory, settings=configured), chance)
            for _ in range(count):
                for _ in range(STEPS):
                    await walk.step()
        finally:
            await memory.stop()
        return walk.looked


@dataclass(frozen=True, kw_only=True)
class Asker:
    """Who asks, and from where."""

    user: str
    agent: str | None
    scopes: tuple[str, ...]

    def may_see(self, one: Belief) -> bool:
        """Whether the belief stands in a place of the asker's; the persona is everywhere."""
        here = {UNIVERSAL, *expand(self.scopes)}
        mine = one.user == self.user and one.agent in {None, self.agent}
        return mine and not here.isdisjoint(one.scopes)


class Walk:
    """One store, and everything that can be done with it, at random."""

    def __init__(self, store: Store, recall: Recall, place: Place, chance: random.Random) -> None:
        self.store, self.recall, self.place, self.chance = store, recall, place, chance
        self.looked = self.words = 0

    async def step(self) -> None:
        """One operation."""
        do = self.chance.choice(
            [self.write, self.write, self.write, self.request, self.request, self.ask, self.read]
        )
        await do()

    async def write(self) -> None:
        """The owner adds, moves, pins or ends something."""
        with suppress(BeliefError), self.store.write(actor="owner", now=NOW) as write:
            known = list(self.store.select(user=None))
            target = self.chance.choice(known).id if known else ""
            verb = self.chance.choice(("add", "add", "add", "pin", "move", "supersede", "forget"))
            if verb == "add" or not target:
                write.add(self.belief())
            elif verb == "move":
                write.edit(target, scopes=(self.scope(),))
            elif verb == "supersede":
                write.supersede(target, self.belief())
            elif verb == "pin":
                write.pin(target)
            else:
                write.forget(target)

    async def request(self) -> None:
        """A client sends a conversation of one or two turns."""
        asker, how = self.asker()
        limit = how["caller"].scopes
        allowed = limit is None or set(asker.scopes) <= set(limit)
        body = {"model": "m", "messages": [user(self.text())]}
        try:
            made = await self.place.send(body, **how)
        except ForbiddenScope:
            assert not allowed, "a scope was refused that the token has"
            return
        assert allowed, "a scope was served that the token has not"
        said = {note.content for note in parse(_texts(made.body))}
        told = [one for one in self.store.select(user=None) if one.content in said]
        assert len(told) == len(said)
        self.look(asker, [one.id for one in told])
        self.look(asker, [one.id for one in made.injected])
        self.look(asker, [one.id for one in made.drawn.left_out] if made.drawn else [])

    async def ask(self) -> None:
        """A question put to recall, with the reasons."""
        asker, _ = self.asker()
        query = Query(
            text=self.text(), scopes=asker.scopes, now=NOW, user=asker.user, agent=asker.agent
        )
        found = self.recall.recall(query)
        self.look(asker, [one.id for one in (*found.prelude, *found.beliefs())])
        self.look(asker, [one.id for one in found.rejected])
        if self.chance.random() < 0.2:
            self.recall.catch_up()

    async def read(self) -> None:
        """The owner lists a place."""
        asker, _ = self.asker()
        scopes = expand(asker.scopes)
        for one in self.store.select(user=asker.user, agent=asker.agent, scopes=scopes):
            assert asker.may_see(one)
            self.looked += 1

    def look(self, asker: Asker, ids: list[str]) -> None:
        """Every belief that was shown stands in a place of the asker's."""
        for one in self.store.many(ids).values():
            self.looked += 1
            assert asker.may_see(one), "a belief outside its place"

    def asker(self) -> tuple[Asker, dict[str, Any]]:
        """Somebody, with the headers and the token that make them so."""
        name, agent = self.chance.choice(USERS), self.chance.choice(AGENTS)
        scopes = tuple(dict.fromkeys(self.chance.choices(SCOPES, k=self.chance.randint(1, 2))))
        limit = tuple(dict.fromkeys(self.chance.choices(SCOPES, k=3)))
        limited = self.chance.random() < 0.4
        how: dict[str, Any] = {
            "headers": {"X-Mindhold-Scope": ", ".join(scopes)},
            "caller": Caller(user=name, scopes=limit if limited else None),
        }
        if limited and self.chance.random() < 0.5:
            scopes, how["headers"] = limit, {}
        if agent and self.chance.random() < 0.5:
            how["headers"]["X-Mindhold-Agent"] = agent
        elif agent:
            how["caller"] = Caller(user=name, agent=agent, scopes=how["caller"].scopes)
            how["headers"]["X-Mindhold-Agent"] = "writer"  # a token's agent is its own
        return Asker(user=name, agent=agent, scopes=scopes), how

    def belief(self) -> Belief:
        """A belief of anybody's, anywhere."""
        fields: dict[str, Any] = {
            "user": self.chance.choice(USERS),
            "agent": self.chance.choice(AGENTS),
            "scopes": (self.scope(),),
            "pinned": self.chance.random() < 0.1,
        }
        if fields["scopes"] == (UNIVERSAL,):
            fields["type"] = Type.PREFERENCE
        self.words += 1
        return belief(self.chance.choice(NAMES), f"It is w{self.words}.", **fields)

    def scope(self) -> str:
        return self.chance.choice((*SCOPES, UNIVERSAL))

    def text(self) -> str:
        return f"What of {' and '.join(self.chance.choices(NAMES, k=2))}?"


def _texts(body: bytes) -> str:
    return "\n".join(message["content"] for message in json.loads(body)["messages"])
