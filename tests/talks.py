"""Talks: any clients talking through a memory while its store changes, and what must stay true.

The suite holds a few hundred conversations; `scripts/soak talks` as many as are asked for.
"""

import asyncio
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from homes import passing_home
from hypothesis import strategies as st
from injection.place import NOW, Place, assistant, belief, settings, user
from written import CHAT, PATHS, Message, plain, read, text_of, write

from mindhold.beliefs.errors import BeliefError
from mindhold.beliefs.model import Belief
from mindhold.beliefs.scope import UNIVERSAL
from mindhold.beliefs.store import Store
from mindhold.beliefs.text.block import Note, find_blocks
from mindhold.proxy.memory import Memory
from mindhold.proxy.settings import Inject, Learn

NAMES = ("vitest", "postgres", "terraform", "grafana", "kubernetes", "ansible")
SCOPES = ("project:a", "project:b", "domain:code")
OPENINGS = ("Hello, can you help me?", "How do I set up vitest?", "What of postgres and grafana?")
RULES = "\n\nAnswer in SEARCH/REPLACE blocks only. Never apologise."
KINDS = ("string", "list", "aider", "named", "responses", "chained", "codex", "messages", "ollama")

Step = tuple[str, int, int, int]
VERBS = (
    "open", "open", "go_on", "go_on", "go_on", "go_on", "round", "round", "branch", "edit",
    "again", "compact", "add", "add", "pin", "supersede", "change", "forget", "forget_hard",
    "restart",
)  # fmt: skip

steps = st.tuples(st.sampled_from(VERBS), *(st.integers(0, 11),) * 3)
_kinds = st.lists(st.sampled_from(range(len(KINDS))), min_size=1, max_size=3, unique=True)
talks = st.tuples(_kinds, st.lists(steps, min_size=6, max_size=30)).map(
    lambda drawn: [*(("open", kind, 1, 1) for kind in drawn[0]), *drawn[1]]
)


@dataclass(frozen=True)
class Point:
    """A response that a server keeps: the first `length` messages of the client's led to it, and
    `seen` is what the upstream saw of them."""

    response: str
    length: int
    seen: tuple[Message, ...]


@dataclass
class Conversation:
    """One conversation as its client keeps it. `sent` is the last request as the upstream saw it.

    `known` is the place of the first turn that was ever the newest: what stands before it is new
    to any proxy. `sure`: nothing has made it impossible to know that the next request goes on
    with it. `points` are the answers so far, where the server keeps the history.
    """

    kind: str
    scope: str
    name: str
    messages: list[dict[str, Any]] = field(default_factory=list)
    sent: bytes = b""
    known: int = 0
    sure: bool = True
    points: list[Point] = field(default_factory=list)

    def held(self) -> Point:
        """The last answer that the next request can go on from."""
        said = max(at for at, one in enumerate(self.messages) if one["role"] != "assistant")
        past = [point for point in self.points if point.length <= said]
        return past[-1] if past else Point("", 0, ())


def hold(sequence: list[Step]) -> int:
    """Holds the talks of one sequence in a store of their own; how many there were."""
    with passing_home() as home:
        return asyncio.run(_hold(home, sequence))


async def _hold(home: Path, sequence: list[Step]) -> int:
    with Store.open(home) as store:
        party = Party(home, store)
        await party.start()
        try:
            for step in sequence:
                await party.live(step)
        finally:
            await party.place.memory.stop()
        return party.count


class Party:
    """Clients, a memory and an owner who changes things."""

    def __init__(self, home: Path, store: Store) -> None:
        inject = Inject(deadline_ms=10_000, turn_tokens=10_000, stable_tokens=2_000)
        self.settings = settings(home, inject=inject, learn=Learn(mode="off"))
        self.store = store
        self.open: list[Conversation] = []
        self.count = self.words = 0
        self.erased: list[str] = []

    async def start(self) -> None:
        """A memory as the daemon would have it."""
        memory = Memory(self.settings)
        await memory.start()
        self.place = Place(memory=memory, settings=self.settings)

    async def live(self, step: Step) -> None:
        """One step, by its name."""
        verb, a, b, c = step
        if verb == "restart":
            await self.place.memory.stop()
            await self.start()
        elif verb == "open":
            await self.opened(a, b, c)
        elif verb in {"add", "pin", "supersede", "change", "forget", "forget_hard"}:
            with suppress(BeliefError):
                self.change(verb, a, b, c)
        elif self.open:
            await getattr(self, verb)(self.open[a % len(self.open)], b, c)

    async def opened(self, a: int, b: int, c: int) -> None:
        """A new conversation, often with words that others opened with."""
        self.count += 1
        talk = Conversation(
            kind=KINDS[a % len(KINDS)], scope=SCOPES[b % 3], name=f"talk {self.count}"
        )
        if c % 2:
            talk.messages.append({"role": "system", "content": f"You are helper {c}."})
        talk.messages.append(self.said(talk, OPENINGS[c % 3]))
        talk.known = len(talk.messages) - 1
        self.open.append(talk)
        await self.send(talk, fresh=True)

    async def go_on(self, talk: Conversation, b: int, c: int) -> None:
        """The answer has come; the user says more."""
        talk.messages += [self.answer(), self.said(talk, self.text(b, c))]
        await self.send(talk, fresh=True)

    async def round(self, talk: Conversation, b: int, c: int) -> None:
        """The model calls a tool, whose output names things too."""
        call = {"id": f"call {self.words}", "type": "function"}
        function = {"name": "read", "arguments": f'{{"path": "{self.word()}"}}'}
        talk.messages += [
            {"role": "assistant", "content": None, "tool_calls": [{**call, "function": function}]},
            {
                "role": "tool",
                "tool_call_id": call["id"],
                "content": f"{NAMES[b % 6]} {self.word()}",
            },
        ]
        await self.send(talk, fresh=False)

    async def branch(self, talk: Conversation, b: int, c: int) -> None:
        """Another conversation goes on from an earlier point of this one."""
        turns = [at for at, message in enumerate(talk.messages) if message["role"] == "user"]
        cut = turns[b % len(turns)]
        if cut <= talk.known:
            return
        other = Conversation(
            kind=talk.kind, scope=talk.scope, name=talk.name, sent=talk.sent, known=talk.known
        )
        other.messages = [*talk.messages[:cut], self.said(talk, self.text(b, c))]
        other.points = [point for point in talk.points if point.length <= cut]
        seen = read(talk.sent)
        shift = len(seen) - len(talk.messages)
        await self.send(other, fresh=True, extends=False)
        if talk.kind not in {"aider", "chained"} and talk.sure:
            assert read(other.sent)[: cut + shift] == seen[: cut + shift], "a branch differs"
        self.open.append(other)

    async def edit(self, talk: Conversation, b: int, c: int) -> None:
        """The newest turn is rewritten."""
        self.back(talk)
        talk.messages[-1] = self.said(talk, self.text(b, c))
        await self.send(talk, fresh=True, extends=False)

    async def again(self, talk: Conversation, b: int, c: int) -> None:
        """The newest turn is sent once more as it was."""
        self.back(talk)
        await self.send(talk, fresh=True, extends=False)

    async def compact(self, talk: Conversation, b: int, c: int) -> None:
        """The client replaces what was said by a summary."""
        lead = [message for message in talk.messages[:1] if message["role"] == "system"]
        summary = user(f"This session is being continued: {self.word()}.")
        talk.messages = [*lead, summary, self.answer(), self.said(talk, self.text(b, c))]
        talk.known = len(talk.messages) - 1
        talk.points = []
        await self.send(talk, fresh=True, extends=False)

    def back(self, talk: Conversation) -> None:
        """The conversation as it was when the user last spoke."""
        while talk.messages[-1]["role"] != "user":
            talk.messages.pop()
        talk.points = [point for point in talk.points if point.length < len(talk.messages)]

    def change(self, verb: str, a: int, b: int, c: int) -> None:
        """The owner changes the store, in a process of their own as it were."""
        held = [one for one in self.store.select() if one.live]
        target = held[a % len(held)] if held else None
        with self.store.write(actor="owner", now=NOW) as write:
            if verb == "add":
                write.add(self.belief(NAMES[a % 6], SCOPES[b % 3], pinned=c == 0))
            elif not target:
                return
            elif verb == "pin":
                (write.unpin if target.pinned else write.pin)(target.id)
            elif verb == "supersede":
                write.supersede(target.id, self.belief(NAMES[b % 6], target.scopes[0]))
            elif verb == "change":
                write.edit(target.id, content=f"Now {self.word()} in {target.scopes[0]}.")
            elif verb == "forget":
                write.forget(target.id)
            else:
                write.forget_hard(target.id)
                self.erased.append(target.content)
                for talk in self.open:
                    talk.sure = False  # the cache loss is meant

    def belief(self, name: str, scope: str, **fields: Any) -> Belief:
        """A belief whose content says where it belongs."""
        return belief(name, f"Take {self.word()} in {scope}.", scopes=(scope,), **fields)

    async def send(self, talk: Conversation, *, fresh: bool, extends: bool = True) -> None:
        """Sends what the client holds, and looks at what the upstream saw."""
        content = list(talk.messages)
        if talk.kind == "aider" and fresh:
            content[-1] = user(content[-1]["content"] + RULES)
        headers = {"X-Mindhold-Scope": talk.scope}
        if talk.kind == "named":
            headers["X-Mindhold-Conversation"] = talk.name
        held = talk.held() if talk.kind == "chained" else Point("", 0, ())
        lead = [one for one in content if one["role"] == "system"]
        new = content[held.length :]
        while held.response and new[0]["role"] == "assistant":
            new = new[1:]  # the server keeps its answers itself
        answer = f"resp_{self.word()}"
        made = await self.place.send(
            write(talk.kind, [*lead, *new] if held.response else new, held.response),
            path=PATHS.get(talk.kind, CHAT),
            headers=headers,
            response=answer,
        )
        assert made.header.startswith("injected="), made.header
        seen = self.seen(held, content, made.body)
        self.check(talk, content, seen, made.body, fresh=fresh)
        if extends and talk.sent and talk.sure:
            self.check_prefix(talk, made.body)
        talk.points.append(Point(answer, len(content), tuple(seen)))
        if len([one for one in content if one["role"] == "user"]) == 1:
            self.blur(talk)
        talk.sent, talk.sure = made.body, True

    def blur(self, talk: Conversation) -> None:
        """Nobody can tell two unanswered conversations with the same first words apart."""
        for other in self.open:
            alike = (other.scope, other.messages[-1:]) == (talk.scope, talk.messages[-1:])
            if other is not talk and alike and "named" not in {other.kind, talk.kind}:
                other.sure = False

    def seen(self, held: Point, content: list[Message], body: bytes) -> list[Message]:
        """All that the upstream knows of a conversation, the instructions of this request first."""
        now = read(body)
        if not held.response:
            return now
        at = held.length
        while content[at]["role"] == "assistant":
            at += 1
        lead = leads(body)
        said = [one for one in held.seen if one["role"] != "system"]
        return [*lead, *said, *map(plain, content[held.length : at]), *now[len(lead) :]]

    def check_prefix(self, talk: Conversation, body: bytes) -> None:
        """The request goes on with what the upstream saw last, as far as its cache reaches."""
        if talk.kind == "messages":  # its breakpoints move
            before = read(talk.sent)
            assert read(body)[: len(before)] == before, "the prefix is lost"
        elif talk.kind == "chained":
            leads = [
                [one for one in read(raw) if one["role"] == "system"] for raw in (body, talk.sent)
            ]
            assert leads[0] == leads[1], "the instructions have changed"
        elif talk.kind == "codex":  # its tools come after the history
            assert body.startswith(talk.sent.rpartition(b'], "tools"')[0]), "the prefix is lost"
        elif talk.kind != "aider":
            assert body.startswith(talk.sent[:-2]), "the prefix is lost"

    def check(
        self,
        talk: Conversation,
        content: list[Message],
        seen: list[Message],
        body: bytes,
        *,
        fresh: bool,
    ) -> None:
        """What the upstream saw is what was written, with notes that are all true here."""
        notes = [note for message in seen for note in notes_in(message)]
        notes = [note for note in notes if note.content not in self.erased]  # a server keeps them
        left = [bare(message) for message in seen]
        assert [one for one in left if one] == [*map(plain, content)], "words were changed"
        text = body.decode()
        for words in self.erased:
            assert words not in text, "forgotten words"
        for note in notes:
            where = note.content.rpartition(" in ")[2].rstrip(".")
            assert where in {"", talk.scope, UNIVERSAL}, "a belief outside its place"
        if fresh:
            self.check_truth(talk, notes, text_of(content[-1]))

    def check_truth(self, talk: Conversation, notes: list[Note], said: str) -> None:
        """The newest turn is told everything it names, and every earlier note that is not so."""
        live = {
            one.canonical_name: one for one in self.store.select(scopes={talk.scope}) if one.live
        }
        last: dict[str, Note] = {}
        for note in notes:
            last[note.name] = note
            if note.replaces:
                last.pop(note.replaces, None)
        for name, one in live.items():
            if name in said or one.pinned:
                assert name in last, "a belief is lost"
        for name, note in last.items():
            if name in live:
                assert note.content == live[name].content, "an old note stands uncorrected"
            else:
                assert note.status == "no longer holds", "what has ended still stands"

    def said(self, talk: Conversation, text: str) -> dict[str, Any]:
        if talk.kind == "list":
            return {"role": "user", "content": [{"type": "text", "text": text}]}
        return user(text)

    def text(self, b: int, c: int) -> str:
        return f"Tell me of {NAMES[b % 6]} and {NAMES[c % 6]}, {self.word()}."

    def answer(self) -> dict[str, Any]:
        return assistant(f"It is {self.word()}.")

    def word(self) -> str:
        self.words += 1
        return f"w{self.words}"


def leads(body: bytes) -> list[Message]:
    """The instructions of a request."""
    return [one for one in read(body) if one["role"] == "system"]


def notes_in(message: dict[str, Any]) -> list[Note]:
    """The notes that a message carries."""
    return [note for found in find_blocks(text_of(message)) for note in found.notes]


def bare(message: dict[str, Any]) -> dict[str, Any] | None:
    """The message without our blocks; None where it was nothing else."""
    content = message["content"]
    found = list(find_blocks(content))
    if not found:
        return message
    left = content[: found[0].start].removesuffix("\n\n") + content[found[-1].end :].removeprefix(
        "\n\n"
    )
    return {**message, "content": left} if left else None
