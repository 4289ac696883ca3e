"""A surface: one name of a belief, ready to be looked for in a message."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import cached_property

from mindhold.beliefs.model import Belief
from mindhold.beliefs.text.stems import stem
from mindhold.beliefs.text.tokens import Tokens, tokenize
from mindhold.beliefs.text.words import closed_class
from mindhold.retrieval.sense.gist import Gist, everyday, gist

LONG = 3
"""Words from which a name tolerates one inserted word; also the longest run of words in a key."""


@dataclass(frozen=True, kw_only=True)
class Surface:
    """A name in normal words. `keys` stand for the whole of it (its first three words when it is
    longer), `anchors` for its first and last two words, one of which an inserted word leaves whole.
    `muted`: its owner wants it to bring nothing up.
    """

    belief: Belief = field(compare=False, repr=False)
    text: str
    canonical: bool
    words: tuple[str, ...]
    stems: tuple[str, ...]
    keys: tuple[str, ...]
    anchors: tuple[str, ...]
    muted: bool

    @cached_property
    def descriptive(self) -> bool:
        """Whether the belief's own text uses the lone word in lower case, so that its everyday
        meaning is what the belief is about; asked of few names, and dear."""
        return len(self.words) == 1 and everyday(self.text, self.belief, canonical=self.canonical)

    def fuzzy_words(self) -> Iterator[tuple[int, str]]:
        """The words a typing error may hide in, with their places: 5 to 32 letters, no digits."""
        for place, word in enumerate(self.words):
            if 5 <= len(word) <= 32 and word.isalpha():
                yield place, word


@dataclass(frozen=True, kw_only=True)
class Named:
    """A belief and the surfaces that may name it."""

    belief: Belief
    surfaces: tuple[Surface, ...]

    @cached_property
    def gist(self) -> Gist:
        """What the belief is about; asked of few beliefs, and dear."""
        return gist(self.belief)


def named(belief: Belief) -> Named:
    """The belief with its surfaces: aliases in the owner's order, then the canonical name.

    An alias that is muted mutes every name spelled like it.
    """
    canonical = tokenize(belief.canonical_name)
    spelled = [(tokens, a.muted) for a in belief.aliases for tokens in spellings(a.text)]
    muted = {tuple(tokens.words) for tokens, quiet in spelled if quiet}
    made: dict[tuple[str, ...], Surface] = {}
    for tokens in (*(tokens for tokens, _ in spelled), canonical):
        words = tuple(tokens.words)
        if words and words not in made:
            quiet, own = words in muted, tokens.words == canonical.words
            made[words] = _surface(tokens, own, belief, muted=quiet)
    return Named(belief=belief, surfaces=tuple(made.values()))


def spellings(name: str) -> list[Tokens]:
    """The name in normal words, as it is written and as it is said."""
    return [tokenize(said) for said in _said(name)]


def keys(tokens: Tokens) -> Iterator[str]:
    """Everything under which a name is looked for in a message: its keys and its anchors."""
    yield from _keys(tokens)
    yield from _anchors(tuple(tokens.words))


def _said(alias: str) -> Iterator[str]:
    """As it is written, and "Dill & Sons" also as it is spoken."""
    yield alias
    if " & " in alias:
        yield alias.replace(" & ", " and ")


def _surface(tokens: Tokens, canonical: bool, belief: Belief, *, muted: bool) -> Surface:
    words = tuple(tokens.words)
    return Surface(
        belief=belief,
        text=tokens.text,
        canonical=canonical,
        words=words,
        stems=tuple([stem(word) for word in words]),
        keys=_keys(tokens),
        anchors=_anchors(words),
        muted=muted,
    )


def _keys(tokens: Tokens) -> tuple[str, ...]:
    head = tokens.words[:LONG]
    other = tokens.alternates[:LONG]
    keys = [whole_key(head), "".join(head), stem("".join(head)), whole_key(other)]
    return tuple(dict.fromkeys(keys))


def _anchors(words: tuple[str, ...]) -> tuple[str, ...]:
    """None for a name with fewer than three words of content: museo del mar is easily come by."""
    if sum(not closed_class(word) for word in words) < LONG:
        return ()
    return tuple(dict.fromkeys((whole_key(words[:2]), whole_key(words[-2:]))))


def whole_key(words: Sequence[str]) -> str:
    """The compact key of adjacent words: Node.js, nodejs and node js have one in common."""
    return "".join([stem(word) for word in words])
