"""Anthropic's message threads: the server holds what was said before, and its system text."""

import asyncio
import json
from pathlib import Path
from typing import Any

from injection.place import Place, add, assistant, belief, change, running, settings, user

from mindhold.beliefs.text.block import find_blocks

Body = dict[str, Any]

ASKED = "How do I set up Jest here?"
CALL = {"type": "tool_use", "id": "t1", "name": "read", "input": {}}
CALLED = {"role": "assistant", "content": [CALL]}
RESULT = {
    "role": "user",
    "content": [{"type": "tool_result", "tool_use_id": "t1", "content": "Jest"}],
}


class Thread:
    """A client that sends only what is new; `seen` is the last body that the upstream saw."""

    def __init__(self, place: Place, name: str = "t") -> None:
        self.place, self.name, self.answers = place, name, 0
        self.seen: Body = {}

    async def send(self, *messages: Body, after: int | None = None, **fields: Any) -> list[str]:
        """What the notes in the request are about; it goes on from the answer before it."""
        after = self.answers if after is None else after
        thread = {"type": "create"}
        if after:
            thread = {"type": "continue", "previous_message_id": f"{self.name}_{after}"}
        self.answers += 1
        made = await self.place.send(
            {"model": "m", "max_tokens": 9, "messages": messages, "thread": thread, **fields},
            path=b"/v1/messages",
            headers={"X-Mindhold-Scope": "project:a"},
            response=f"{self.name}_{self.answers}",
            answer="So.",
        )
        self.seen = json.loads(made.body)
        contents = [self.seen.get("system"), *(one["content"] for one in self.seen["messages"])]
        texts = [block.get("text", "") for some in contents for block in blocks(some)]
        return [note.name for text in texts for found in find_blocks(text) for note in found.notes]


def blocks(content: Any) -> list[Body]:
    """The blocks of a content; a text alone is one."""
    return [{"text": content}] if isinstance(content, str) else content or []


def known(home: Path) -> None:
    """Vitest is known when it is named, and a style always."""
    add(
        home,
        belief("vitest", "We use Vitest.", aliases=("jest",)),
        belief("style", "Write plainly.", pinned=True),
    )


def test_a_thread_is_told_everything_once_and_its_system_text_only_at_its_beginning(
    tmp_path: Path,
) -> None:
    known(tmp_path)

    async def story() -> None:
        async with running(settings(tmp_path)) as place:
            thread = Thread(place)
            assert await thread.send(user("Good morning."), system="Be brief.") == ["style"]
            assert await thread.send(user(ASKED)) == ["vitest"]
            assert "system" not in thread.seen
            assert await thread.send(RESULT) == []
            assert thread.seen["messages"] == [RESULT]
            assert await thread.send(user("And Jest mocks?")) == []

    asyncio.run(story())


def test_a_thread_goes_on_after_a_restart_and_hears_of_what_has_changed(tmp_path: Path) -> None:
    vitest = belief("vitest", "We use Vitest.")
    add(tmp_path, vitest)

    async def begin() -> None:
        async with running(settings(tmp_path)) as place:
            assert await Thread(place).send(user("What of vitest?")) == ["vitest"]

    async def go_on() -> None:
        change(tmp_path, lambda write: write.edit(vitest.id, content="We use Vitest 4."))
        async with running(settings(tmp_path)) as place:
            thread = Thread(place)
            thread.answers = 1
            assert await thread.send(user("And now?")) == ["vitest"]
            assert "Vitest 4" in json.dumps(thread.seen)
            assert await thread.send(user("vitest?")) == []

    asyncio.run(begin())
    asyncio.run(go_on())


def test_two_branches_of_a_thread_are_each_told_what_they_name(tmp_path: Path) -> None:
    known(tmp_path)

    async def story() -> None:
        async with running(settings(tmp_path)) as place:
            thread = Thread(place)
            await thread.send(user("Good morning."))
            assert await thread.send(user(ASKED)) == ["vitest"]
            assert await thread.send(user("Jest?"), after=1) == ["vitest"]
            assert await thread.send(user("Jest!"), after=2) == []

    asyncio.run(story())


def test_a_thread_that_nobody_knows_is_told_in_its_turn_what_always_holds(tmp_path: Path) -> None:
    known(tmp_path)

    async def story() -> None:
        async with running(settings(tmp_path)) as place:
            thread = Thread(place, "elsewhere")
            thread.answers = 3
            assert await thread.send(user(ASKED)) == ["style", "vitest"]
            assert "system" not in thread.seen
            assert await thread.send(user("Jest?")) == []

    asyncio.run(story())


def test_a_thread_that_expired_is_sent_whole_again_as_it_was(tmp_path: Path) -> None:
    known(tmp_path)

    async def story() -> None:
        async with running(settings(tmp_path)) as place:
            thread = Thread(place)
            await thread.send(user("Good morning."), system="Be brief.")
            system = thread.seen["system"]
            await thread.send(user(ASKED))
            told = thread.seen["messages"]
            history = [user("Good morning."), assistant("So."), user(ASKED), assistant("So.")]
            await thread.send(*history, user("Thanks."), after=0, system="Be brief.")
            assert thread.seen["system"] == system
            assert thread.seen["messages"] == [*history[:2], *told, history[3], user("Thanks.")]
            assert await thread.send(user("Jest, once more?")) == []

    asyncio.run(story())
