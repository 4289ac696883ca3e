"""A batch: the turns of one conversation that one call is about, their sentences numbered."""

import re
from collections import deque
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from mindhold.beliefs.learning.background.turn import Turn
from mindhold.beliefs.learning.heard import MASK, Heard

_MOST = 6_000  # characters of sentences that one call is shown
_LONG = 500  # characters of one sentence
_MASKED = re.compile(f"{MASK}+")


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One line of a turn as a model is shown it; `number` None: a stretch that is no evidence.

    `quote` is the longest piece of it that is the user's own, verbatim.
    """

    text: str
    number: int | None = None
    quote: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown:
    """A turn with its lines, and how the gate hears it."""

    turn: Turn
    heard: Heard
    lines: tuple[Line, ...]


def batch(turns: Sequence[Turn]) -> tuple[Shown, ...]:
    """As many of the turns, oldest first, as one call is shown; at least one.

    Of a turn that alone is longer than that, the beginning is shown.
    """
    made: list[Shown] = []
    number, left = 1, _MOST
    for turn in turns:
        size = min(len(turn.said.text), _MOST)
        if made and size > left:
            break
        heard = turn.heard()
        lines = tuple(_lines(turn, heard, number))
        number += sum(line.number is not None for line in lines)
        left -= size
        made.append(Shown(turn=turn, heard=heard, lines=lines))
    return tuple(made)


def _lines(turn: Turn, heard: Heard, number: int) -> Iterator[Line]:
    """Sentences in order, each stretch between them that is hidden once, in its place."""
    hidden, left = deque(turn.hidden), _MOST
    kinds = {at: what for at, _, what in turn.hidden}
    for sentence in heard.sentences:
        while hidden and hidden[0][0] < sentence.start:
            yield Line(text=f"[{hidden.popleft()[2]}]")
        while hidden and hidden[0][0] < sentence.end:
            hidden.popleft()
        left -= min(len(sentence.text), _LONG)
        if left < 0:
            return
        yield _line(kinds, sentence.start, sentence.text[:_LONG], number)
        number += 1
    yield from (Line(text=f"[{what}]") for _, _, what in hidden)


def _line(kinds: Mapping[int, str], start: int, text: str, number: int) -> Line:
    shown = _MASKED.sub(lambda run: f"[{kinds.get(start + run.start(), 'quote')}]", text)
    own = max(_MASKED.split(text), key=len).strip()
    return Line(text=shown, number=number, quote=own)
