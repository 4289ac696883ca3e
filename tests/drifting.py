"""Drifting: a scripted user whose words for things change, talking through the real application.

A life in `drift/*.yaml` has beliefs with the names that they begin with, further words that its
user takes up from some conversation on, messages that are traps, and homonyms: messages in which a
new word means what it means to others. A word comes in one of three
ways: `told` in a sentence, `used` as an abbreviation, or `silent`, with nothing said. How it is
told is drawn from what people write, not from what is understood: many of the sentences are not.
Whether the model asks back is drawn as well, and what is answered. A seed gives one course of it.
"""

import asyncio
import json
import random
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import httpx
import yaml

from mindhold.beliefs.model import Alias, Belief, Origin, Type
from mindhold.beliefs.store import Store
from mindhold.beliefs.text.block import find_blocks
from mindhold.proxy.app import create_app
from mindhold.proxy.memory import Memory
from mindhold.proxy.settings import Inject, Learn, Settings, Upstream

LIVES = sorted((Path(__file__).parent / "drift").glob("*.yaml"))
BEGAN = datetime(2026, 3, 2, 9, tzinfo=UTC)
CONVERSATIONS = 50
_DRIFTED, _TRAPPED, _ASKED = 0.6, 0.4, 0.4  # chances: a new word, a trap, a question back

_TOLD = {
    "en": (
        "{K} (we call it {x}) acts up again, where do I look first?",
        "{K} (or {x} for short) acts up again.",
        "By the way, we call {k} {x}.",
        "{x} is short for {k}, in case I write that.",
        "{K} aka {x}: who looks after it?",
        "When I say {x}, I mean {k}.",
        "{K}, better known as {x}, acts up.",
        "Can you help me with {k}? (We say {x}, by the way.)",
        "Everybody here says {x} for {k}.",
        "{x}, you know, {k}, acts up.",
        "I've taken to calling {k} {x}.",
        "{K}, lovingly called {x}, acts up.",
        "For us {x} and {k} are one and the same thing.",
        "{K} - {x} to us - acts up.",
        "{x} being {k}, who may touch it?",
        "What I call {x} is really {k}.",
        "{x} is how I think of {k}, so do not wonder.",
        "I'll be writing {x} where I mean {k}, it is quicker.",
        "{K}... well, {x}, as it says on the sticker, acts up.",
        "In this chat and everywhere: {x}, that's {k}.",
    ),
    "de": (
        "{K} (wir nennen es {x}) macht wieder Ärger.",
        "Mit {x} meine ich {k}.",
        "{K}, kurz {x}, macht wieder Ärger.",
        "{K} alias {x}: wer kümmert sich?",
        "Bei uns sagt jeder {x} zu {k}.",
        "{x}, du weißt schon, {k}, macht Ärger.",
        "{K} hat jetzt einen Spitznamen, {x}.",
        "{x} ist für mich dasselbe wie {k}.",
    ),
}
_ANSWERS = {
    "en": ("{K}.", "I mean {k}.", "That's {k}.", "Oh, {k} of course.", "Never mind."),
    "de": ("{K}.", "Ich meine {k}.", "Na, {k} natürlich.", "Egal.", "Das ist {k}."),
}
_TAILS = {
    "en": (
        "",
        "",
        " Thanks.",
        " It is for the meeting.",
        " Keep it short.",
        " No hurry.",
        " Again.",
    ),
    "de": ("", "", " Danke.", " Es ist für die Sitzung.", " Bitte kurz.", " Eilt nicht."),
}


@dataclass(slots=True)
class Word:
    """A word that the user takes up for a belief."""

    belief: str
    say: str
    how: str
    first: int
    told: bool = False


@dataclass(slots=True)
class Count:
    """What became of one conversation: first mentions of a thing and how many brought its belief;
    the same of those by a new word, unexplained; beliefs that were given, and how many of them
    nobody spoke of; homonyms, and how many of them brought what else is called so."""

    due: int = 0
    found: int = 0
    new: int = 0
    new_found: int = 0
    given: int = 0
    wrong: int = 0
    homonyms: int = 0
    taken: int = 0


@dataclass(slots=True)
class Lived:
    """One course of a life: its conversations, and the names that its beliefs gained.

    `names`: of each word how it came and whether it was learned; `strange`: names of things that
    they are not called by; `mistakes`: messages with what they were wrongly given.
    """

    counts: list[Count] = field(default_factory=list)
    names: list[tuple[str, str, bool]] = field(default_factory=list)
    strange: list[str] = field(default_factory=list)
    mistakes: list[str] = field(default_factory=list)


def lived(path: Path, seed: int, *, learning: bool, conversations: int = CONVERSATIONS) -> Lived:
    """The life at `path` as this seed has it, in a home of its own; off: nothing is learned."""
    from tempfile import TemporaryDirectory

    with TemporaryDirectory(prefix="mindhold-") as home:
        told = yaml.safe_load(path.read_text("utf-8"))
        return asyncio.run(_live(Path(home), told, seed, learning, conversations))


async def _live(
    home: Path, told: dict[str, Any], seed: int, learning: bool, conversations: int
) -> Lived:
    _hold(home, told)
    settings = Settings(
        home=home,
        inject=Inject(deadline_ms=10_000),
        learn=Learn(mode="auto" if learning else "off"),
        upstreams=(Upstream(name="model", dialect="openai", base_url="https://model.test/v1"),),
    )
    user = User(told, random.Random(seed))
    memory = Memory(settings, clock=lambda: user.now)
    model = httpx.AsyncClient(transport=httpx.MockTransport(user.answered))
    app = create_app(settings, client=model, memory=memory)
    async with app.router.lifespan_context(app):
        wire = httpx.ASGITransport(app)
        async with httpx.AsyncClient(transport=wire, base_url="http://localhost:7723") as client:
            for number in range(1, conversations + 1):
                await user.converse(client, memory, number)
    user.look_back(home)
    return user.lived


def _hold(home: Path, told: dict[str, Any]) -> None:
    """The beliefs that the owner wrote down before the first conversation."""
    with Store.open(home) as store, store.write(actor="owner", now=BEGAN) as write:
        for name, row in told["beliefs"].items():
            write.add(
                Belief(
                    id=name,
                    type=Type(row["type"]),
                    canonical_name=_canonical(row),
                    content=row["content"],
                    why_it_matters="Keep to it.",
                    scopes=(told["scope"],),
                    created_at=BEGAN,
                    updated_at=BEGAN,
                    aliases=tuple(Alias(text=text) for text in row["names"]),
                )
            )


class User:
    """Somebody with a vocabulary of their own, and the model that they talk to."""

    def __init__(self, told: dict[str, Any], chance: random.Random) -> None:
        self.now = BEGAN
        self.lived = Lived()
        self._told = told
        self._meant = {_bare(row["say"]): row["belief"] for row in told["drift"]}
        self._ids = {_canonical(row): name for name, row in told["beliefs"].items()}
        self._chance = chance
        self._answers = random.Random(chance.random())  # apart: a course is the same either way
        self._words = [
            Word(row["belief"], row["say"], row["how"], row["from"]) for row in told["drift"]
        ]
        self._traps = list(told["traps"])
        self._homonyms = list(told["homonyms"])
        self._language = told["language"]
        self._seen: list[dict[str, Any]] = []
        self._about = ""
        self._wondering = ""  # what the model asks about where it has no note
        chance.shuffle(self._traps)

    async def converse(self, client: httpx.AsyncClient, memory: Memory, number: int) -> None:
        """One conversation, a day after the last: of two things, twice each; maybe a trap."""
        self.now = BEGAN + timedelta(days=number)
        self.lived.counts.append(Count())
        talk: list[dict[str, Any]] = []
        known: set[str] = set()
        for belief in self._chance.sample(sorted(self._told["beliefs"]), 2):
            for time in range(2):
                text, word = self._mention(belief, number)
                self._about = belief
                self._wondering = word if self._chance.random() < _ASKED else ""
                known.add(belief)
                asked = await self._say(client, memory, talk, text, known)
                if time == 0:
                    self._count(belief, new=bool(word))
                self._wondering = ""
                if asked:
                    answer = self._put(self._answers.choice(_ANSWERS[self._language]), belief, "")
                    await self._say(client, memory, talk, answer, known)
        self._wondering = ""
        if self._chance.random() < _TRAPPED and self._traps:
            text, due = self._traps.pop()
            await self._say(client, memory, talk, text, known | set(due))
        if self._chance.random() < _TRAPPED / 2:
            self.lived.counts[-1].homonyms += 1
            text = self._chance.choice(self._homonyms)
            await self._say(client, memory, talk, text, known, homonym=True)

    def _mention(self, belief: str, number: int) -> tuple[str, str]:
        """A message about a belief, and the new word in it that nobody has explained."""
        words = [one for one in self._words if one.belief == belief and one.first <= number]
        if not words or self._chance.random() > _DRIFTED:
            return self._framed(self._told["beliefs"][belief]["known"]), ""
        word = self._chance.choice(words)
        if word.how == "told" and not word.told:
            word.told = True
            return self._put(self._chance.choice(_TOLD[self._language]), belief, word.say), ""
        return self._framed(word.say), word.say

    def _framed(self, thing: str) -> str:
        frame = self._chance.choice(self._told["frames"])
        text = frame.format(x=thing) + self._chance.choice(_TAILS[self._language])
        return text[0].upper() + text[1:] if not frame.startswith("{x}") else text

    def _put(self, sentence: str, belief: str, word: str) -> str:
        known = self._told["beliefs"][belief]["known"]
        return sentence.format(k=known, K=known[0].upper() + known[1:], x=word)

    async def _say(
        self, client: httpx.AsyncClient, memory: Memory, talk: list[dict[str, Any]], text: str,
        known: set[str], *, homonym: bool = False,
    ) -> bool:  # fmt: skip
        """Says it, and waits until it is learned from; whether the model asked back."""
        talk.append({"role": "user", "content": text})
        got = await client.post(
            "/v1/chat/completions",
            json={"model": "m", "messages": talk},
            headers={"x-mindhold-scope": self._told["scope"]},
            timeout=30,
        )
        answer = got.json()["choices"][0]["message"]
        talk.append(answer)
        assert await asyncio.to_thread(memory._behind._worker.drain, 30)
        given = set(self._named(self._seen[-1:]))
        known = known | {name for name, belief in self._meant.items() if belief in known}
        count = self.lived.counts[-1]
        if homonym:
            count.taken += bool(given - known)
        else:
            count.given += len(given)
            count.wrong += len(given - known)
        self.lived.mistakes += [f"{text} → {name}" for name in given - known]
        return bool(self._wondering) and answer["content"].endswith("?")

    def _count(self, belief: str, *, new: bool) -> None:
        """The first mention of a thing in a conversation."""
        count, found = self.lived.counts[-1], belief in self._named(self._seen)
        count.due += 1
        count.found += found
        count.new += new
        count.new_found += new and found

    def _named(self, messages: list[dict[str, Any]]) -> Iterator[str]:
        """Which beliefs stand in front of these messages."""
        for message in messages:
            for block in find_blocks(message["content"]):
                yield from (self._ids.get(note.name, note.name) for note in block.notes)

    def answered(self, request: httpx.Request) -> httpx.Response:
        """The model's answer: that it is done, or what it wonders about where it has no note."""
        self._seen = json.loads(request.content)["messages"]
        wonders = self._wondering and self._about not in self._named(self._seen)
        text = f"What is meant by {self._wondering}?" if wonders else "All right."
        message = {"role": "assistant", "content": text}
        choice = {"index": 0, "message": message, "finish_reason": "stop"}
        return httpx.Response(200, json={"id": "c", "choices": [choice]})

    def look_back(self, home: Path) -> None:
        """Which of the words the beliefs are called by now."""
        with Store.open(home) as store:
            observed = {
                (belief.id, _bare(alias.text))
                for belief in store.select()
                for alias in belief.aliases
                if alias.origin is Origin.OBSERVED
            }
        wanted = {(word.belief, _bare(word.say)): word for word in self._words}
        self.lived.names = [(word.how, word.say, name in observed) for name, word in wanted.items()]
        self.lived.strange = sorted(f"{name}: {text}" for name, text in observed - wanted.keys())


def _canonical(row: dict[str, Any]) -> str:
    return str(row["names"][0]).replace(" ", "_").casefold()


def _bare(text: str) -> str:
    words = text.casefold().split()
    return " ".join(words[1:] if words[0] in {"the", "der", "die", "das"} else words)
