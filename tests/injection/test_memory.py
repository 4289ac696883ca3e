"""What memory does to a chat, request by request."""

import asyncio
from pathlib import Path

from injection.place import add, assistant, belief, running, settings, user

from mindhold.beliefs.text.block import parse


def test_a_belief_stands_in_front_of_the_turn_that_names_it(tmp_path: Path) -> None:
    async def story() -> None:
        add(tmp_path, belief("vitest", "We use Vitest, not Jest.", aliases=("jest",)))
        async with running(settings(tmp_path)) as place:
            seen = await place.ask([user("How do I set up Jest here?")])
            notes = parse(seen[0]["content"])
            assert [note.name for note in notes] == ["vitest"]
            assert seen[0]["content"].endswith("\n\nHow do I set up Jest here?")
            again = await place.ask(
                [user("How do I set up Jest here?"), assistant("So."), user("And Jest mocks?")]
            )
            assert again[0] == seen[0]
            assert again[2] == user("And Jest mocks?")

    asyncio.run(story())
