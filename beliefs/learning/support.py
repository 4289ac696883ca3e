"""Support: whether the words of a proposal are borne out by the quote that it cites; pure."""

import re
from collections.abc import Iterable

from mindhold.beliefs.learning.tongues.english import ENGLISH
from mindhold.beliefs.learning.tongues.known import tongue_of
from mindhold.beliefs.learning.tongues.tongue import Voice
from mindhold.beliefs.text.words import known

_WORD = re.compile(r"[^\W_][\w'’.+#/-]*[\w+#]|[^\W_]")
_FIGURE = re.compile(r"\d")
_URL = re.compile(r"[a-z]{2,10}://\S+|\b[\w-]+\.(?:com|org|net|io|dev|ai)\b\S*", re.IGNORECASE)


def words(text: str) -> list[str]:
    """Its words, in lower case."""
    return [word[0].lower().replace("’", "'") for word in _WORD.finditer(text)]


def unsupported(text: str, quotes: str, table: Iterable[str]) -> str | None:
    """What in `text` neither the quotes nor the alias table bear out; None when all is."""
    given = _given(quotes, table)
    for address in _URL.findall(text):
        if address.lower() not in quotes.lower():
            return "an address"
    for index, word in enumerate(_WORD.finditer(text)):
        name = word[0]
        if name.lower().replace("’", "'") in given:
            continue
        if _FIGURE.search(name):
            return "a number"
        first = index == 0 or text[: word.start()].rstrip()[-1:] in ".!?;:"
        if name != name.lower() and not (first and known(name.lower())):
            return "a name"
    return None


def negates(text: str) -> bool:
    """Whether the text denies, ends or excludes something."""
    return any(voice.negation.search(text) for voice in _voices(text))


def turned(content: str, quotes: str) -> bool:
    """Whether one of content and quote denies what the other affirms."""
    if negates(content) == negates(quotes):
        return False
    return not (_contrasts(content) and _contrasts(quotes))


def _contrasts(text: str) -> bool:
    return any(voice.contrast.search(text) for voice in _voices(text))


def _voices(text: str) -> tuple[Voice, ...]:
    """English, in which a model may write of any text, and the tongue that it is in."""
    tongue = tongue_of(text)
    return (ENGLISH.voice,) if tongue is ENGLISH else (ENGLISH.voice, tongue.voice)


def overlap(text: str, quotes: str, table: Iterable[str]) -> float:
    """The share of its content words that quotes or alias table hold; 1 when it has none."""
    given = {_stem(word) for word in _given(quotes, table)}
    ours = [voice.template for voice in _voices(text)]
    telling = [word for word in words(text) if not any(word in template for template in ours)]
    if not telling:
        return 1.0
    return sum(_stem(word) in given for word in telling) / len(telling)


def _given(quotes: str, table: Iterable[str]) -> set[str]:
    given = set(words(quotes))
    for name in table:
        given.update(words(name.replace("_", " ")))
    return given | {word.removesuffix("'s") for word in given}


def _stem(word: str) -> str:
    for ending in ("ing", "ies", "ed", "es", "s", "ly"):
        if word.endswith(ending) and len(word) > len(ending) + 3:
            return word.removesuffix(ending)
    return word
