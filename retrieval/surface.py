"""A surface: one name of a belief, ready to be looked for in a message."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from mindhold.beliefs.model import Belief
from mindhold.beliefs.text.stems import stem
from mindhold.beliefs.text.tokens import Tokens, tokenize
from mindhold.beliefs.text.words import closed_class

LONG = 3
"""Words from which a name tolerates one inserted word; also the longest run of words in a key."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Surface:
    """A name in normal words. `keys` stand for the whole of it (its first three words when it is
    longer), `anchors` for its first and last two words, one of which an inserted word leaves whole.

    `descriptive`: the belief's own text uses the word in lower case, so that its everyday meaning
    is what the belief is about.
    """

    text: str
    canonical: bool
    words: tuple[str, ...]
    stems: tuple[str, ...]
    keys: tuple[str, ...]
    anchors: tuple[str, ...]
    descriptive: bool

    def fuzzy_words(self) -> Iterator[tuple[int, str]]:
        """The words a typing error may hide in, with their places: 5 to 32 letters, no digits."""
        for place, word in enumerate(self.words):
            if 5 <= len(word) <= 32 and word.isalpha():
                yield place, word


@dataclass(frozen=True, slots=True, kw_only=True)
class Named:
    """A belief and the surfaces that may name it."""

    belief: Belief
    surfaces: tuple[Surface, ...]


def named(belief: Belief) -> Named:
    """The belief with its surfaces: aliases in the owner's order, then the canonical name.

    What is muted is left out: an alias, every name spelled like it, or the whole belief.
    """
    if belief.muted:
        return Named(belief=belief, surfaces=())
    muted = {_words(alias.text) for alias in belief.aliases if alias.muted}
    canonical = tokenize(belief.canonical_name)
    made: dict[tuple[str, ...], Surface] = {}
    for text in (said for alias in belief.aliases if not alias.muted for said in _said(alias.text)):
        tokens = tokenize(text)
        surface = _surface(tokens, tokens.words == canonical.words, belief.content)
        made.setdefault(surface.words, surface)
    surface = _surface(canonical, True, belief.content)
    made.setdefault(surface.words, surface)
    kept = (surface for words, surface in made.items() if words and words not in muted)
    return Named(belief=belief, surfaces=tuple(kept))


def _said(alias: str) -> Iterator[str]:
    """As it is written, and "Dill & Sons" also as it is spoken."""
    yield alias
    if " & " in alias:
        yield alias.replace(" & ", " and ")


def _words(text: str) -> tuple[str, ...]:
    return tuple(tokenize(text).words)


def _surface(tokens: Tokens, canonical: bool, content: str) -> Surface:
    words = tuple(tokens.words)
    return Surface(
        text=tokens.text,
        canonical=canonical,
        words=words,
        stems=tuple([stem(word) for word in words]),
        keys=_keys(tokens),
        anchors=_anchors(words),
        descriptive=len(words) == 1 and _used_plainly(words[0], content),
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


def _used_plainly(word: str, content: str) -> bool:
    at = content.find(word)
    while at >= 0:
        end = at + len(word)
        if not content[at - 1 : at].isalnum() and not content[end : end + 1].isalnum():
            return True
        at = content.find(word, end)
    return False
