"""Heads: what a thing may be called after its name without becoming another thing.

A Redis server is Redis, a Hope street is no Hope. `heads.txt` has the words that stand apart or
behind a hyphen; `heads.joined.txt` those that German and Japanese write onto the name. Of some
names the members of their family are known, whatever their letters: `families.txt`.
"""

import re
from collections.abc import Iterator
from functools import cache, lru_cache
from importlib.resources import files

from mindhold.beliefs.text.lexicon import is_listed
from mindhold.beliefs.text.normal import normal
from mindhold.beliefs.text.stems import stem
from mindhold.beliefs.text.words import closed_class, known

_SHORTEST = 4  # letters of a name that may be the front of a word
_LINKS = ("", "s", "n", "en", "es")  # what German puts between: Elternrats|sitzung
_PLURALS = ("", "e", "en", "n", "s")
_VERSIONED = re.compile(r"([^\W\d_]{2,})[1-9]\d?")
_MADE = re.compile(r"(.{5,})i[sz](?:e[ds]?|ing|ation|ieren|ierte?n?)")  # dockerized
_PARTICLES = frozenset({"away", "back", "down", "in", "off", "on", "out", "over", "up"})  # fly-out
_ADJECTIVE = re.compile(
    r".{2,}(?:ed|ing|able|ible|ish|esque)|bound|built|driven|fed|held|led|made|run|written"
    r"|agnostic|aware|centric|dependent|equivalent|first|free|friendly|grade|heavy|independent|like"
    r"|native|only|powered|ready|safe|side|specific|style|type|wide"
    r"|.{0,9}(?:basiert|kompatibel|fahig|artig|ahnlich|bezogen|intern|frei)(?:e[mnrs]?)?"
    r"|bas(?:ee?|ad[ao])s?|compatibles"
)


@cache
def _heads(name: str) -> frozenset[str]:
    text = files(__package__).joinpath(name).read_text("utf-8")
    return frozenset(normal(word) for word in text.split())


@lru_cache(maxsize=8_192)
def is_head(word: str) -> bool:
    """Whether a normal word says what kind of thing the name before it is: server, Konto."""
    singular = stem(word)
    return any(
        one in heads for one in (word, singular) for heads in (_heads("heads.txt"), _joined())
    )


@cache
def _families() -> frozenset[tuple[str, str]]:
    text = files(__package__).joinpath("families.txt").read_text("utf-8")
    rows = (line.partition(": ") for line in text.splitlines())
    return frozenset((head, member) for head, _, members in rows for member in members.split())


def is_family(word: str, after: str) -> bool:
    """Whether the two normal words are the name of something that the first alone is not:
    react native, docker hub."""
    return (word, after) in _families()


@lru_cache(maxsize=8_192)
def is_adjectival(word: str) -> bool:
    """Whether a normal word behind a hyphen makes an adjective of the name: Redis-backed."""
    if word in _PARTICLES:
        return False
    return closed_class(word) or _ADJECTIVE.fullmatch(word) is not None


@lru_cache(maxsize=32_768)
def fronts(word: str) -> tuple[str, ...]:
    """The names that a normal word may begin with, when the rest only says which or what of it:
    a version (godot4), the ending of a verb (dockerized), a head (proxmoxserver)."""
    if versioned := _VERSIONED.fullmatch(word):
        return (versioned[1],)
    made = _MADE.fullmatch(word)
    if made and not known(made[1]):  # rationalization
        return (made[1],)
    if not word.isalpha() or is_listed(word):
        return ()
    return tuple(dict.fromkeys(_before_heads(word)))


def _before_heads(word: str) -> Iterator[str]:
    """Cheap for the many words that end like no head."""
    least = 2 if "\u30a0" <= word[0] <= "\u30ff" else _SHORTEST
    if len(word) < least + 2 or word[-2:] not in _tails():
        return
    for at in range(least, len(word) - 1):
        rest = word[at:]
        if any(
            rest.endswith(end) and rest[: len(rest) - len(end)] in _joined() for end in _PLURALS
        ):
            front = word[:at]
            yield from (
                front.removesuffix(link)
                for link in _LINKS
                if front.endswith(link) and at - len(link) >= least
            )


@cache
def _joined() -> frozenset[str]:
    heads = _heads("heads.joined.txt")
    return heads | {stem(head) for head in heads}


@cache
def _tails() -> frozenset[str]:
    return frozenset((head + end)[-2:] for head in _joined() for end in _PLURALS)
