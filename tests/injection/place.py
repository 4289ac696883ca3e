"""A proxy's memory without its wire: requests go in as a client writes them, bodies come out."""

import asyncio
import json
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from mindhold.beliefs.ids import new_id
from mindhold.beliefs.model import Alias, Belief, Type
from mindhold.beliefs.store import Store
from mindhold.proxy.frontdoor import Caller
from mindhold.proxy.logged import Injection
from mindhold.proxy.memory import Memory
from mindhold.proxy.reading import read_turn
from mindhold.proxy.route import read_route
from mindhold.proxy.settings import Inject, Settings
from mindhold.proxy.turn import Bypass, Turn

NOW = datetime(2026, 1, 15, tzinfo=UTC)
PATH = b"/v1/chat/completions"


def settings(home: Path, **fields: Any) -> Settings:
    """Settings for a home, with a deadline that a busy test machine keeps."""
    fields.setdefault("inject", Inject(deadline_ms=5_000))
    return Settings(home=home, **fields)


def belief(name: str, content: str = "", **fields: Any) -> Belief:
    """A decision of the owner's, in project:a unless told otherwise."""
    fields.setdefault("scopes", ("project:a",))
    fields.setdefault("why_it_matters", f"Answer as if {name} were in use.")
    fields.setdefault("type", Type.DECISION)
    aliases = tuple(Alias(text=text) for text in fields.pop("aliases", ()))
    return Belief(
        id=new_id(NOW),
        canonical_name=name,
        content=content or f"We use {name}.",
        aliases=aliases,
        created_at=NOW,
        updated_at=NOW,
        **fields,
    )


def add(home: Path, *beliefs: Belief) -> None:
    """The owner adds beliefs, as from another terminal."""
    with Store.open(home) as store, store.write(actor="owner", now=NOW) as write:
        for one in beliefs:
            write.add(one)


def change(home: Path, make: Callable[[Any], object]) -> None:
    """The owner changes something, as from another terminal."""
    with Store.open(home) as store, store.write(actor="owner", now=NOW) as write:
        make(write)


@dataclass
class Place:
    """One running memory."""

    memory: Memory
    settings: Settings

    def read(
        self,
        body: bytes | dict[str, Any],
        *,
        path: bytes = PATH,
        headers: dict[str, str] | None = None,
        caller: Caller | None = None,
    ) -> Turn | Bypass:
        """The request as `read_turn` reads it."""
        raw = body if isinstance(body, bytes) else json.dumps(body, ensure_ascii=False).encode()
        pairs = [(k.lower().encode(), v.encode()) for k, v in (headers or {}).items()]
        return read_turn(
            request=new_id(datetime.now(UTC)),
            route=read_route("POST", path, b"", pairs),
            headers=pairs,
            body=raw,
            caller=caller or Caller(),
            settings=self.settings,
            projects=self.memory.projects,
        )

    async def send(
        self,
        body: bytes | dict[str, Any],
        *,
        status: int = 200,
        response: str | None = None,
        answer: str = "",
        **how: Any,
    ) -> Injection:
        """Sends a request all the way; what went upstream and the header that came back.

        `response` is the id of what it is answered with, `answer` the text of it.
        """
        usage = {"total_tokens": 9} if response else None
        turn = self.read(body, **how)
        if isinstance(turn, Bypass):
            raw = body if isinstance(body, bytes) else json.dumps(body, ensure_ascii=False).encode()
            return Injection(body=raw, header=f"bypass; reason={turn.reason}")
        made = await self.memory.inject(turn)
        self.memory.finished(
            turn, made, status=status, usage=usage, response_id=response, answer=answer
        )
        return made

    async def settled(self) -> None:
        """Waits until what was sent so far is written and learned from."""
        assert await asyncio.to_thread(self.memory._behind._worker.drain, 20)

    async def ask(self, messages: list[dict[str, Any]], **how: Any) -> list[dict[str, Any]]:
        """The messages that the upstream sees."""
        how.setdefault("headers", {"X-Mindhold-Scope": "project:a"})
        made = await self.send({"model": "m", "messages": messages}, **how)
        seen: list[dict[str, Any]] = json.loads(made.body)["messages"]
        return seen


@asynccontextmanager
async def running(configured: Settings, **how: Any) -> AsyncIterator[Place]:
    """A memory that is started, and stopped again."""
    memory = Memory(configured, **how)
    await memory.start()
    try:
        yield Place(memory=memory, settings=configured)
    finally:
        await memory.stop()


def user(text: str) -> dict[str, Any]:
    """A user message."""
    return {"role": "user", "content": text}


def assistant(text: str) -> dict[str, Any]:
    """An assistant's answer."""
    return {"role": "assistant", "content": text}
