"""Segmented: reads labelled messages, and says how well their words were told apart.

A file holds messages, each below a title (`=== title [language]`). A line of one's own begins with
`o`, a foreign one with `f`; ⟦ and ⟧ stand around what is foreign inside a line of one's own.
"""

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path

from mindhold.beliefs.text.tokens import OWN_WORDS
from mindhold.beliefs.text.zones import segment

SEGMENTS = Path(__file__).parent / "segments"
_WORD = re.compile(r"\w+")


@dataclass(frozen=True, slots=True, kw_only=True)
class Labelled:
    """A message, and for each of its characters whether it is its writer's own."""

    title: str
    language: str
    text: str
    own: tuple[bool, ...]

    @property
    def all_own(self) -> bool:
        """Whether nothing in it is foreign."""
        return all(self.own)


def labelled(path: Path) -> Iterator[Labelled]:
    """The messages of one file."""
    for part in re.split(r"^=== ", path.read_text("utf-8"), flags=re.MULTILINE)[1:]:
        heading, *rows = part.rstrip("\n").split("\n")
        title, _, language = heading.rstrip("]").rpartition(" [")
        characters = [pair for row in rows for pair in _characters(row)][:-1]
        yield Labelled(
            title=title,
            language=language,
            text="".join(character for character, _ in characters),
            own=tuple(own for _, own in characters),
        )


def _characters(row: str) -> Iterator[tuple[str, bool]]:
    own = row[0] == "o"
    for character in row[2:]:
        if character in "⟦⟧":
            own = character == "⟧"
        else:
            yield character, own
    yield "\n", own


def told(message: Labelled) -> Counter[tuple[bool, bool]]:
    """How many lines are (own, told to be own); a line that is both counts in both ways.

    A line counts as told right when every word of that kind is.
    """
    words = list(_words(message))
    lines: Counter[tuple[bool, bool]] = Counter()
    for (_, own), group in groupby(sorted(words), key=lambda word: word[:2]):
        said = [found for *_, found in group]
        lines[own, all(said) if own else any(said)] += 1
    return lines


def _words(message: Labelled) -> Iterator[tuple[int, bool, bool]]:
    """For each word its line, whether it is own, and whether it was told to be."""
    zones = [
        part.zone in OWN_WORDS
        for part in segment(message.text)
        for _ in range(part.start, part.end)
    ]
    for word in _WORD.finditer(message.text):
        at = word.start()
        yield message.text.count("\n", 0, at), message.own[at], zones[at]


def total(messages: Iterable[Labelled]) -> Counter[tuple[bool, bool]]:
    """The lines of all the messages."""
    lines: Counter[tuple[bool, bool]] = Counter()
    for message in messages:
        lines.update(told(message))
    return lines
