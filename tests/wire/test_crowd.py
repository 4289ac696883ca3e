"""Many conversations at once through one proxy, in every dialect: each has a memory of its own."""

import asyncio
import random
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

import httpx
from injection.place import add, belief
from provider.script import Provider
from serving import Served
from talks import notes_in
from upstream import Upstream
from written import CHAT, PATHS, Message, read, write

from mindhold.beliefs.model import Belief
from mindhold.beliefs.store import Store
from mindhold.proxy.settings import Inject, Settings

CONVERSATIONS = 64
KINDS = ("chat", "responses", "messages", "ollama", "chat", "chained", "messages", "ollama")
SYLLABLES = ("bra", "kel", "mo", "tru", "vex", "lin", "dor", "pag")


@dataclass
class Conversation:
    """One client's conversation; what it is about is known to it alone."""

    number: int
    kind: str
    thing: str
    messages: list[Message] = field(default_factory=list)
    response: str | None = None

    @property
    def scope(self) -> str:
        return f"project:p{self.number}"

    def belief(self) -> Belief:
        return belief(self.thing.lower(), f"We use {self.thing}.", scopes=(self.scope,))

    async def say(self, client: httpx.AsyncClient, text: str) -> None:
        """One more turn, and its answer."""
        said = {"role": "user", "content": f"{text} [{self.number}]"}
        self.messages.append(said)
        body = write(self.kind, [said] if self.response else self.messages, self.response)
        path = f"/scope/{self.scope}{PATHS.get(self.kind, CHAT).decode()}"
        if self.number % 2:
            path = PATHS.get(self.kind, CHAT).decode()
        headers = {"X-Mindhold-Scope": self.scope} if self.number % 2 else {}
        got = await client.post(path, json={"stream": False, **body, "model": "m"}, headers=headers)
        assert got.status_code == 200, got.text
        assert got.headers["x-mindhold-memory"].startswith("injected="), got.headers
        if self.kind == "chained":
            self.response = got.json()["id"]
        self.messages.append({"role": "assistant", "content": f"Yes. [{self.number}]"})


def test_no_belief_of_one_conversation_is_given_to_another(
    serve: Callable[..., Served], upstream: Upstream, settings: Settings
) -> None:
    upstream.default = Provider()
    proxy = serve(inject=Inject(deadline_ms=10_000))  # all of them speak at once
    crowd = _crowd()
    asyncio.run(_talk(proxy, settings, crowd))
    given: dict[int, set[str]] = {}
    for seen in upstream.seen:
        messages = read(seen.body)
        number = int(messages[-1]["content"].rpartition("[")[2].rstrip("]"))
        names = {note.name for message in messages for note in notes_in(message)}
        given.setdefault(number, set()).update(names)
        assert names <= {crowd[number].thing.lower()}, "somebody else's belief"
    assert given == {one.number: {one.thing.lower()} for one in crowd}
    with Store.open(settings.home) as store:
        for one in crowd:
            held = {belief.canonical_name for belief in store.select(scopes={one.scope})}
            assert held == {one.thing.lower()}


def test_each_request_goes_on_with_what_the_upstream_saw_of_that_conversation(
    serve: Callable[..., Served], upstream: Upstream, settings: Settings
) -> None:
    upstream.default = Provider()
    proxy = serve(inject=Inject(deadline_ms=10_000))  # all of them speak at once
    asyncio.run(_talk(proxy, settings, _crowd()))
    before: dict[Any, list[Message]] = {}
    went_on = 0
    for seen in upstream.seen:
        if "previous_response_id" in seen.json:
            continue
        messages = read(seen.body)
        number = messages[-1]["content"].rpartition("[")[2]
        sent = before.get(number, [])
        assert messages[: len(sent)] == sent
        before[number] = messages
        went_on += bool(sent)
    assert went_on >= CONVERSATIONS


def _crowd() -> list[Conversation]:
    chance = random.Random(64)
    things: list[str] = []
    while len(things) < CONVERSATIONS:
        thing = "".join(chance.sample(SYLLABLES, 4)).capitalize()
        if all(_apart(thing, other) for other in things):
            things.append(thing)
    return [
        Conversation(number=number, kind=KINDS[number % len(KINDS)], thing=thing)
        for number, thing in enumerate(things)
    ]


def _apart(one: str, other: str) -> bool:
    """Whether nobody takes one for the other misspelt."""
    return sum(a != b for a, b in zip(one, other, strict=False)) > 4


async def _talk(proxy: Served, settings: Settings, crowd: list[Conversation]) -> None:
    """Each tells what it uses; then each is asked of all things, by two clients in turn."""
    chance = random.Random(7)
    everything = ", ".join(one.thing for one in crowd)
    async with httpx.AsyncClient(base_url=proxy.origin, timeout=60) as client:
        await _round(client, crowd[::2], chance, "We use {thing} in this project.")
        await _round(client, crowd[1::2], chance, "Hello there.")
        await _learned(settings, len(crowd) // 2)
        add(settings.home, *(one.belief() for one in crowd[1::2]))  # so many a day are not learned
        await _round(client, crowd, chance, f"Which of these do we use: {everything}?")
        await _round(client, crowd, chance, "And how is {thing} set up?")


async def _round(
    client: httpx.AsyncClient, crowd: list[Conversation], chance: random.Random, text: str
) -> None:
    order = chance.sample(crowd, len(crowd))
    await asyncio.gather(*(one.say(client, text.format(thing=one.thing)) for one in order))


async def _learned(settings: Settings, count: int) -> None:
    """Waits until what was told is held."""
    with Store.open(settings.home) as store:
        for _ in range(300):
            if len(list(store.select())) == count:
                return
            await asyncio.sleep(0.1)
    raise AssertionError("not all was learned")
