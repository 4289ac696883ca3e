"""The stem of a word: what it shares with its plural, in the languages we know a little."""

import re
from functools import lru_cache

from mindhold.beliefs.text.words import known

_SHORT = 4  # shorter words are left as they are: gas, bus, its
_IRREGULAR = {"herrn": "herr"}  # Herrn Müller, in every case but the first
_CYRILLIC = re.compile(
    "(?<=[а-яіє]{3})(?:ами|ями|ого|его|ому|ему|ов|ев|еи|ои|ом|ем|ам|ям|ах|ях|ым|их|[аяуюыиеоіь])$"
)

_ENDINGS = ("ings", "ing", "ers", "ied", "ies", "ed", "er", "es", "e", "s", "y")
_ROOT = 3  # letters that a root has at least


@lru_cache(maxsize=32_768)
def stem(word: str) -> str:
    """The word without a plural ending; equal for a word and its plural, not a dictionary form.

    English endings always; German and Romance ones only from words that English does not know.
    Slavic cases where they are only an ending (дача, на даче); no long vowel at the end of a
    katakana word (サーバー, サーバ).
    """
    if len(word) < _SHORT or not word.isalpha():
        return word
    if not word.isascii():
        return word[:-1] if word[-1] == "ー" else _CYRILLIC.sub("", word)
    if word in _IRREGULAR:
        return _IRREGULAR[word]
    return _english(word) if known(word) else _foreign(_english(word))


def _english(word: str) -> str:
    if word.endswith("ies") and len(word) > _SHORT:
        return word[:-3] + "y"
    if word.endswith(("sses", "shes", "ches", "xes", "zzes")):
        return word[:-2]
    if word.endswith("s") and not word.endswith(("ss", "us", "is")):
        return word[:-1]
    if word.endswith("us") and known(word[:-1]):  # menus, emus; no campus, no status
        return word[:-1]
    return word


def _foreign(word: str) -> str:
    if word.endswith("cione"):  # decisiones, from which the s is gone
        return word[:-1]
    if len(word) >= 8 and word.endswith(("en", "er")):  # Datenbanken, Verzeichnisse
        return word[:-2]
    return word[:-1] if len(word) >= 6 and word.endswith(("e", "aux", "eux", "oux")) else word


@lru_cache(maxsize=8_192)
def root(word: str) -> str:
    """What a word shares with its verb and its plural: locked, locking and locks with lock."""
    for ending in _ENDINGS:
        if word.endswith(ending) and len(word) - len(ending) >= _ROOT:
            return word[: -len(ending)]
    return word
