"""Branches: what stands after a conversation was edited, regenerated and gone back in."""

import asyncio
import random
from pathlib import Path

import pytest
from injection.place import Place, assistant, running, settings, user

from mindhold.beliefs.store import Store

SAID = 9  # statements of one conversation; after ten the rest waits
Turn = tuple[str, str]  # what the user said, and the answer


class Talk:
    """One conversation in a client, which shows one branch of it, and what should stand."""

    def __init__(self, place: Place, name: str, headers: dict[str, str]) -> None:
        self.place, self.name, self.headers = place, name, headers
        self.shown: list[Turn] = []
        self.stands: dict[tuple[Turn | str, ...], str] = {}
        self.said = self.answered = 0

    async def say(self, number: int, text: str = "") -> None:
        """Says something after so many turns: at the end, or in the place of what stood there."""
        if not text:
            self.said += 1
            text = f"We use tool{self.said}{self.name}."
        before = tuple(self.shown[:number])
        messages = [m for said, told in before for m in (user(said), assistant(told))]
        await self.place.ask([*messages, user(text)], headers=self.headers)
        await self.place.settled()
        path = (*before, text)
        for other in list(self.stands):
            if self.parted(other, path):
                del self.stands[other]
        self.stands[path] = text
        self.answered += 1
        self.shown = [*before, (text, f"Noted, {self.answered}.")]

    @staticmethod
    def parted(other: tuple[Turn | str, ...], path: tuple[Turn | str, ...]) -> bool:
        """Whether the conversation goes on otherwise from a turn that both share."""
        regenerated = False
        for here, there in zip(path, other, strict=False):
            one, two = (part if isinstance(part, str) else part[0] for part in (here, there))
            if one != two:
                return True
            if regenerated:
                return False  # the same words after another answer: a branch of its own
            regenerated = here != there and not isinstance(here, str) and not isinstance(there, str)
        return False


async def wander(home: Path, seed: int, steps: int, headers: dict[str, str]) -> None:
    chance = random.Random(seed)
    async with running(settings(home)) as place:
        talk = Talk(place, "abcdefghij"[seed % 10], headers)
        while talk.said < SAID and steps:
            steps -= 1
            number = chance.randint(1 if talk.shown else 0, len(talk.shown))
            again = chance.random() < 0.25 and number < len(talk.shown)
            await talk.say(number, talk.shown[number][0] if again else "")
            with Store.open(home) as store:
                held = {one.content for one in store.select() if one.live}
            assert held == set(talk.stands.values()), (seed, steps)


@pytest.mark.parametrize("seed", range(5))
@pytest.mark.parametrize("header", ["named", "unnamed"])
def test_only_what_the_conversation_still_holds_is_held(
    tmp_path: Path, seed: int, header: str
) -> None:
    where = {"X-Mindhold-Scope": "project:a"}
    if header == "named":
        where["X-Mindhold-Conversation"] = "one"
    asyncio.run(wander(tmp_path, seed, 12, where))


def test_who_edits_a_turn_back_and_forth_is_taken_at_the_last_word(tmp_path: Path) -> None:
    async def talk() -> None:
        async with running(settings(tmp_path)) as place:
            for text in ("We use Postgres.", "We use SQLite.", "We use Postgres."):
                for _ in range(2):  # as an agent's rounds send it again
                    where = {"X-Mindhold-Conversation": "one", "X-Mindhold-Scope": "project:a"}
                    await place.ask([user(text)], headers=where)
                    await place.settled()

    asyncio.run(talk())
    with Store.open(tmp_path) as store:
        assert [one.content for one in store.select() if one.live] == ["We use Postgres."]
