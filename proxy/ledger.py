"""The ledger: what each user turn was sent with, so that it can be sent the same way again.

It answers from memory alone. A turn is known by the chain of what stood before it and by its own
words; where a conversation as a whole was seen before, that settles which of two conversations
with the same opening this is.
"""

import hashlib
import re
from collections import OrderedDict
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import datetime
from itertools import islice

from mindhold.beliefs.codec import microseconds
from mindhold.beliefs.learning.said import ANSWER, context
from mindhold.beliefs.ledger import Answered, Block, Ending, Entry
from mindhold.proxy.continued import Continuations, Continued
from mindhold.proxy.dialects.dialogue import UserTurn
from mindhold.proxy.turn import Turn

KEPT = 10_000  # entries and endings
_LIKELY = 256  # entries after one chain that are compared by their beginnings
_AGAIN = 600_000_000  # microseconds in which the same first words are the same conversation
_MARKS = 1_024  # beginnings of a text that are remembered, from its end
_MARKED = 65_536  # characters from the end of a text, in which they lie
_MARK = 12  # bytes of one: 4 of length, 8 of hash
_BREAK = re.compile(r"\s+")


@dataclass(frozen=True, slots=True, kw_only=True)
class Trace:
    """What the ledger knows of a request.

    `entries` are those of its history turns, None where a turn stays bare. `newest` is the turn
    to be computed afresh, if one ends the request. `frozen`: the conversation has its stable
    block, or goes without one. `before` are the entries of the turns that the server holds, and
    `held` what else is known of that part of the conversation.
    """

    chains: tuple[bytes, ...]
    end: bytes
    entries: tuple[Entry | None, ...]
    newest: UserTurn | None
    frozen: bool
    stable: Block | None
    conversation: str
    at: int  # microseconds since 1970
    before: tuple[Entry | None, ...] = ()
    held: Continued | None = None

    @property
    def node(self) -> str:
        """The hash of everything up to and with the newest turn."""
        return self.chains[self.newest.index + 1].hex() if self.newest else ""

    def given(self) -> Iterator[Block]:
        """Every block that the conversation carries already, the stable one first."""
        if self.stable:
            yield self.stable
        yield from self.earlier()

    def earlier(self) -> Iterator[Block]:
        """The blocks of its turns before the newest, those first that the server holds."""
        yield from self.kept()
        yield from (block for _, block in self.blocks())

    def kept(self) -> Iterator[Block]:
        """The blocks of the turns that the server holds: this request does not carry them."""
        return (entry.block for entry in self.before if entry and entry.block)

    def blocks(self) -> Iterator[tuple[int, Block]]:
        """The number and block of each history turn that has one."""
        for number, entry in enumerate(self.entries):
            if entry and entry.block:
                yield number, entry.block


class Ledger:
    """The entries in memory, the least used ones dropped; not safe for several threads."""

    def __init__(
        self,
        key: bytes,
        entries: Iterable[Entry] = (),
        endings: Iterable[Ending] = (),
        answers: Iterable[Answered] = (),
    ) -> None:
        self._key = key
        self._entries: OrderedDict[int, Entry] = OrderedDict()
        self._after: dict[bytes, dict[int, None]] = {}  # by chain, and by chain and own text
        self._endings: OrderedDict[bytes, Ending] = OrderedDict()
        for entry in entries:
            self._keep(entry)
        for ending in endings:
            self._end(ending)
        self._continued = Continuations(answers)
        self._next = max(self._entries, default=0) + 1

    def __len__(self) -> int:
        """How many turns it knows."""
        return len(self._entries)

    def trace(self, turn: Turn, now: datetime) -> Trace:
        """What is known of this request; changes nothing but what was used last."""
        dialogue = turn.dialogue
        held = self._continued.get(turn)
        chains = tuple(self._hashes(turn, held))
        newest = dialogue.turns[-1] if dialogue.ends else None
        history = dialogue.turns[:-1] if newest else dialogue.turns
        ending = self._ending(chains[1 : newest.index + 1]) if newest else self._round(chains[1:])
        if ending is None and held:
            ending = held.ending
        before = tuple(map(self._entries.get, held.ending.turns)) if held else ()
        entries: list[Entry | None] = []
        for number, past in enumerate(history, len(before)):
            earlier = entries[-1] if entries else None
            entries.append(self._entry(number, chains[past.index], past.text, ending, earlier))
        last = next((entry for entry in reversed(entries) if entry), None)
        stable = ending.stable if ending else last.stable if last else None
        sent = any(
            entry
            for entry, past in zip(entries, history, strict=True)
            if past.index not in turn.commands.turns
        )
        return Trace(
            chains=chains,
            end=chains[-1],
            entries=tuple(entries),
            newest=newest,
            frozen=bool(ending) or sent,
            stable=stable,
            conversation=turn.conversation
            or (held and held.conversation)
            or self._conversation(turn, chains, last, now),
            at=microseconds(now),
            before=before,
            held=held,
        )

    def record(
        self, trace: Trace, *, stable: Block | None, block: Block | None
    ) -> tuple[Entry | None, tuple[int, ...]]:
        """Keeps how a request was sent: the new entry, if it had a newest turn, and all ids."""
        entry = None
        if trace.newest:
            entry = self._made(trace, trace.newest, stable, block)
            self._keep(entry)
        turns = _ids(trace, entry)
        if turns:  # without a turn, any conversation may follow
            self._end(Ending(end=trace.end, turns=turns, stable=stable))
        return entry, turns

    def note(self, trace: Trace) -> Entry | None:
        """Keeps a turn that was not sent at all; what follows it is the same conversation."""
        if not trace.newest:
            return None
        entry = self._made(trace, trace.newest, trace.stable, None)
        self._keep(entry)
        return entry

    def answered(
        self,
        turn: Turn,
        trace: Trace,
        turns: tuple[int, ...],
        *,
        stable: Block | None,
        response: str,
        answer: str = "",
        whole: bool,
    ) -> None:
        """Keeps what a later request goes on from when it names this response, or else, once the
        answer is whole, its conversation."""
        earlier = trace.held.said if trace.held else ()
        known = Continued(
            ending=Ending(end=trace.end, turns=turns, stable=stable),
            conversation=trace.conversation,
            node=trace.node or (trace.held.node if trace.held else ""),
            said=context([*earlier, *(one.text for one in turn.dialogue.turns)]),
            answer=answer[:ANSWER],
        )
        self._continued.keep(turn, response, known, whole=whole)

    def drop(self, gone: Collection[str]) -> None:
        """Takes out every block that holds one of these beliefs; its turns go bare from now on."""

        def left(block: Block | None) -> Block | None:
            return None if block and any(one.id in gone for one in block.given) else block

        for id, entry in self._entries.items():
            self._entries[id] = replace(entry, block=left(entry.block), stable=left(entry.stable))

        def bare(ending: Ending) -> Ending:
            return replace(ending, stable=left(ending.stable))

        for end, ending in self._endings.items():
            self._endings[end] = bare(ending)
        self._continued.change(bare)

    def _hashes(self, turn: Turn, held: Continued | None) -> Iterator[bytes]:
        """The chain: a hash of the place, then one after each message, system text not counted.

        A command that changes the scopes midway is such a message: what was said before it stays.
        What goes on from a known history begins with the last turn of that instead.
        """
        place: tuple[object, ...] = (
            turn.user, turn.agent, sorted(set(turn.began)), turn.conversation
        )  # fmt: skip
        if turn.dialogue.held:
            place += (turn.dialogue.held,)
        chain = self._hash(repr(place).encode("utf-8", "surrogatepass"))
        if held and held.ending.turns:
            chain = self._behind(held.ending.turns[-1])
        yield chain
        for message in turn.dialogue.messages:
            if words := message.words:
                chain = self._hash(chain + words)
            yield chain

    def _conversation(
        self, turn: Turn, chains: tuple[bytes, ...], last: Entry | None, now: datetime
    ) -> str:
        """A name for the conversation: that of its last known turn, or of the same words just said.

        Who asks the same again within minutes wants another answer; later it is something new.
        """
        if last is None and turn.dialogue.ends:
            newest = turn.dialogue.turns[-1]
            digest = self._digest(newest.text.rstrip())
            asked = next(self._newest(chains[newest.index] + digest), None)
            if asked and microseconds(now) - asked.at < _AGAIN:
                return asked.conversation
        return last.conversation if last else turn.request

    def _ending(self, chains: tuple[bytes, ...]) -> Ending | None:
        """The longest beginning of this request that was sent as a whole."""
        for end in reversed(chains):
            if ending := self._endings.get(end):
                self._endings.move_to_end(end)
                return ending
        return None

    def _round(self, chains: tuple[bytes, ...]) -> Ending | None:
        """As `_ending`, for a request that may have been sent as it is.

        Two conversations may say the same up to here: it is that whose turns were said last.
        """
        whole, before = self._ending(chains[-1:]), self._ending(chains[:-1])
        if whole and before and before.turns > whole.turns[: len(before.turns)]:
            return before
        return whole or before

    def _behind(self, id: int) -> bytes:
        """The chain of what was said behind a turn that the server holds."""
        return self._hash(b"behind %d" % id)

    def _entry(
        self, number: int, chain: bytes, text: str, ending: Ending | None, earlier: Entry | None
    ) -> Entry | None:
        """That of a history turn, `earlier` the one before it: what the server held of a history
        is sent again once the server has let it go."""
        if ending and number < len(ending.turns):
            found = self._entries.get(ending.turns[number])
        else:
            found = self._alike(chain, text.rstrip())
            if earlier and not found:
                found = self._alike(self._behind(earlier.id), text.rstrip())
        if found:
            self._entries.move_to_end(found.id)
        return found

    def _alike(self, chain: bytes, text: str) -> Entry | None:
        """The newest turn with this text after this chain, else one that begins as the other."""
        if chain not in self._after:
            return None
        digest = self._digest(text)
        likely = islice(self._newest(chain), _LIKELY)
        akin = (entry for entry in likely if self._akin(entry, text, digest))
        return next(self._newest(chain + digest), None) or next(akin, None)

    def _newest(self, after: bytes) -> Iterator[Entry]:
        return (self._entries[id] for id in reversed(self._after.get(after, {})))

    def _akin(self, entry: Entry, text: str, digest: bytes) -> bool:
        """Whether one is a beginning of the other: clients append rules to the newest turn."""
        if len(text) > entry.length:
            return self._digest(text[: entry.length]) == entry.digest
        mark = len(text).to_bytes(4, "big") + digest[: _MARK - 4]
        at = entry.marks.find(mark)
        while at > 0 and at % _MARK:
            at = entry.marks.find(mark, at + 1)
        return at >= 0

    def _made(
        self, trace: Trace, newest: UserTurn, stable: Block | None, block: Block | None
    ) -> Entry:
        text = newest.text.rstrip()
        made = Entry(
            id=self._next,
            chain=trace.chains[newest.index],
            digest=self._digest(text),
            length=len(text),
            marks=self._marks(text),
            conversation=trace.conversation,
            at=trace.at,
            block=block,
            stable=stable,
        )
        self._next += 1
        return made

    def _marks(self, text: str) -> bytes:
        """A hash of each beginning of the text that ends before white space."""
        late = max(0, len(text) - _MARKED)
        ends = [space.start() for space in _BREAK.finditer(text, late)][-_MARKS:]
        hashed = hashlib.blake2b(key=self._key, digest_size=16)
        marks, at = [], 0
        for end in ends:
            hashed.update(text[at:end].encode("utf-8", "surrogatepass"))
            marks.append(end.to_bytes(4, "big") + hashed.copy().digest()[: _MARK - 4])
            at = end
        return b"".join(marks)

    def _digest(self, text: str) -> bytes:
        return self._hash(text.encode("utf-8", "surrogatepass"))

    def _hash(self, data: bytes) -> bytes:
        return hashlib.blake2b(data, key=self._key, digest_size=16).digest()

    def _keep(self, entry: Entry) -> None:
        self._entries[entry.id] = entry
        for after in (entry.chain, entry.chain + entry.digest):
            self._after.setdefault(after, {})[entry.id] = None
        if len(self._entries) > KEPT:
            id, oldest = self._entries.popitem(last=False)
            for after in (oldest.chain, oldest.chain + oldest.digest):
                del self._after[after][id]
                if not self._after[after]:
                    del self._after[after]

    def _end(self, ending: Ending) -> None:
        self._endings[ending.end] = ending
        self._endings.move_to_end(ending.end)
        if len(self._endings) > KEPT:
            self._endings.popitem(last=False)


def _ids(trace: Trace, newest: Entry | None) -> tuple[int, ...]:
    held = trace.held.ending.turns if trace.held else ()
    known = tuple(entry.id if entry else 0 for entry in trace.entries)
    return (*held, *known, newest.id) if newest else (*held, *known)
