"""A mention: the place in a message where one surface of a belief stands."""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from mindhold.beliefs.text.distance import one_error
from mindhold.beliefs.text.tokens import Gap
from mindhold.retrieval.message import Message
from mindhold.retrieval.surface import LONG, Named, Surface


class Kind(StrEnum):
    """How the message's words and the surface's are the same."""

    EXACT = "exact"
    INFLECTED = "inflected"
    JOINED = "joined"  # node js, nodejs
    GAP = "gap"  # one word inserted into a long name
    FUZZY = "fuzzy"  # one typing error


@dataclass(frozen=True, slots=True, kw_only=True)
class Mention:
    """`count` tokens of the message from `first` on that are a surface of the belief."""

    named: Named
    surface: Surface
    first: int
    count: int
    kind: Kind

    @property
    def end(self) -> int:
        """The token after the last."""
        return self.first + self.count

    def overlaps(self, other: "Mention") -> bool:
        """Whether the two share a token."""
        return self.first < other.end and other.first < self.end


def mentions(message: Message, named: Named) -> Iterator[Mention]:
    """Every place where a surface of the belief stands, whatever the rules will say of it."""
    for surface in named.surfaces:
        found = False
        for first, count, kind in _whole(message, surface):
            found = True
            yield Mention(named=named, surface=surface, first=first, count=count, kind=kind)
        if found:
            continue
        for first, count in _gapped(message, surface):
            found = True
            yield Mention(named=named, surface=surface, first=first, count=count, kind=Kind.GAP)
        if not found and message.typos:
            for first in _mistyped(message, surface):
                count = len(surface.words)
                yield Mention(
                    named=named, surface=surface, first=first, count=count, kind=Kind.FUZZY
                )


def _whole(message: Message, surface: Surface) -> Iterator[tuple[int, int, Kind]]:
    seen: set[tuple[int, int]] = set()
    for key in surface.keys:
        for first, count in message.spans.get(key, ()):
            end = _rest(message, surface, first + count)
            if end is not None and (first, end) not in seen:
                seen.add((first, end))
                yield first, end - first, _kind(message, surface, first, end)


def _rest(message: Message, surface: Surface, at: int) -> int | None:
    """Where the surface ends if its words after the first three follow at `at`."""
    for expected in surface.stems[LONG:]:
        if not _follows(message, at) or message.stems[at] != expected:
            return None
        at += 1
    return at


def _follows(message: Message, at: int) -> bool:
    return at < len(message.stems) and message.tokens.gaps[at] is not Gap.HARD


def _kind(message: Message, surface: Surface, first: int, end: int) -> Kind:
    words = message.tokens.words[first:end]
    if len(words) != len(surface.words):
        return Kind.JOINED
    if (
        tuple(words) == surface.words
        or tuple(message.tokens.alternates[first:end]) == surface.words
    ):
        return Kind.EXACT
    return Kind.INFLECTED if tuple(message.stems[first:end]) == surface.stems else Kind.JOINED


def _gapped(message: Message, surface: Surface) -> Iterator[tuple[int, int]]:
    size = len(surface.words)
    starts: set[int] = set()
    for place, anchor in enumerate(surface.anchors):
        for first, count in message.spans.get(anchor, ()):
            if count == 2:
                starts.add(first if place == 0 else first + 2 - size - 1)
    for start in sorted(starts):
        if start >= 0 and _with_one_more(message, surface, start):
            yield start, size + 1


def _with_one_more(message: Message, surface: Surface, start: int) -> bool:
    at, spare = start, 1
    for place, expected in enumerate(surface.stems):
        if place and not _follows(message, at):
            return False
        if place and spare and message.stems[at] != expected:
            at, spare = at + 1, 0
            if not _follows(message, at):
                return False
        if at >= len(message.stems) or message.stems[at] != expected:
            return False
        at += 1
    return spare == 0


def _mistyped(message: Message, surface: Surface) -> Iterator[int]:
    for place, word in surface.fuzzy_words():
        for typo, positions in message.typos.items():
            if typo[:2] == word[:2] and one_error(typo, word):
                yield from (at - place for at in positions if _around(message, surface, at, place))


def _around(message: Message, surface: Surface, at: int, place: int) -> bool:
    """Whether the other words of the surface stand where they should around the mistyped one."""
    first = at - place
    if first < 0 or first + len(surface.words) > len(message.stems):
        return False
    return all(
        index == place or message.stems[first + index] == expected
        for index, expected in enumerate(surface.stems)
    ) and all(_follows(message, first + index) for index in range(1, len(surface.words)))
