"""A turn that waits for a model: its own words only, everything else in it masked for good."""

import re
from dataclasses import dataclass, replace

import msgspec

from mindhold.beliefs.learning import marks
from mindhold.beliefs.learning.heard import MASK, Heard, heard_again
from mindhold.beliefs.learning.said import Said
from mindhold.beliefs.text.secrets import find_secrets, redact
from mindhold.beliefs.text.zones import Zone, segment

_KEPT = 20_000  # characters of a turn, as many as statements are looked for in
_REDACTED = re.compile(r"\[secret: \w+\]")
_CODE, _QUOTE, _SECRET = "code", "quote", "secret"
_OURS = frozenset({Zone.PROSE, Zone.INLINE})

Hidden = tuple[int, int, str]
"""Characters from, to, and what they are: code, quote or secret."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Turn:
    """One user turn; the text of `said` is masked, and has the offsets of what was said.

    `mark` is the job of learning from it, `fingerprint` that of the message as the rules saw it.
    """

    mark: str
    fingerprint: str
    said: Said
    playing: bool = False
    hidden: tuple[Hidden, ...] = ()

    def heard(self) -> Heard:
        """The turn as the gate hears it."""
        return heard_again(self.said, playing=self.playing)


def turn_of(heard: Heard, *, key: bytes, fingerprint: str) -> Turn:
    """What may wait of a turn: no pasted word, no secret, nothing of earlier turns."""
    text = heard.masked[:_KEPT]
    hidden = tuple(_hidden(heard, text))
    for start, end, what in hidden:
        if what == _SECRET:
            text = text[:start] + MASK * (end - start) + text[end:]
    text = text.rstrip(MASK + " \n")
    kept = replace(heard.said, text=text, earlier=(), answer=redact(heard.said.answer))
    return Turn(
        mark="background " + marks.job(key, heard.said),
        fingerprint=fingerprint,
        said=kept,
        playing=heard.playing,
        hidden=hidden,
    )


def encoded(turn: Turn) -> str:
    """All but its mark, fingerprint and text, which have columns of their own."""
    value = (replace(turn.said, text=""), turn.playing, turn.hidden)
    return msgspec.json.encode(value).decode()


def decoded(*, mark: str, fingerprint: str, text: str, value: str) -> Turn:
    """The turn that was encoded."""
    said, playing, hidden = msgspec.json.decode(
        value, type=tuple[Said, bool, tuple[tuple[int, int, str], ...]]
    )
    kept = replace(said, text=text)
    return Turn(mark=mark, fingerprint=fingerprint, said=kept, playing=playing, hidden=hidden)


def _hidden(heard: Heard, text: str) -> list[Hidden]:
    found: list[Hidden] = []
    if MASK in text:
        found += (
            (part.start, part.end, _CODE if part.zone is Zone.CODE else _QUOTE)
            for part in segment(heard.text)
            if part.zone not in _OURS
        )
    found += ((one.start, one.end, _SECRET) for one in find_secrets(text))
    found += ((*one.span(), _SECRET) for one in _REDACTED.finditer(text))
    return sorted(one for one in found if one[0] < len(text))
