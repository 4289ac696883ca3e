"""Short: whether a word is made of a name's own letters, as people shorten names; pure."""

import re

from mindhold.beliefs.text.acronyms import meanings, spells
from mindhold.beliefs.text.lexicon import is_listed
from mindhold.beliefs.text.tokens import tokenize
from mindhold.beliefs.text.words import UNKNOWN, closed_class, rank, technical

_NUMBERED = re.compile(r"([a-z])(\d{1,2})([a-z])")
_VOWELS = frozenset("aeiouy")
_LONG = 6  # letters of a name that is shortened
_LETTERS = range(2, 7)  # of what it is shortened to
_TRADE = frozenset(
    re.findall(
        r"\w+",
        """
    js ts py rb rs go sh db vm ci cd pr qa ui ux os id ip tz ml ai pm ad hr pc tv dm cm mr rc lb gb
    mb kb tb ms sdk api cli gui ide orm url uri sql css xml csv pdf png jpg svg ssh ssl tls dns tcp
    udp aws gcp rds cdn vpn cpu gpu ram ssd hdd llm jwt
    """,
    )
)
"""Abbreviations that everybody has for one thing, whatever else they may be short for."""


def fits(short: str, name: str) -> bool:
    """Whether the letters of `short` are those of the name, in the way of k8s, NDP, pg or psql."""
    words = tokenize(name).words
    word = short.casefold()
    if not words or word in words:
        return False
    if numbered := _NUMBERED.fullmatch(word):
        whole = "".join(words)
        inside = len(whole) - 2 == int(numbered[2])
        return inside and (whole[0], whole[-1]) == (numbered[1], numbered[3])
    if not word.isalpha():
        return False
    if len(words) > 1:
        return len(word) > 1 and spells(words, word)
    return _squeezed(word, words[0])


def telling(short: str, name: str) -> bool:
    """Whether a word that fits is short for this name and hardly for anything else.

    Of two words the initials are not, and a shortened word is not where a list has it.
    """
    word = short.casefold()
    if word in _TRADE or meanings(word) or not fits(short, name):
        return False
    if _NUMBERED.fullmatch(word):
        return True
    if len(said := tokenize(name).words) > 1:
        return len([one for one in said if not closed_class(one)]) > 2 and short.isupper()
    return not everyday(word)


def everyday(word: str) -> bool:
    """Whether some list has the normal word, of whatever language or trade."""
    return rank(word) < UNKNOWN or technical(word) or is_listed(word)


def _squeezed(word: str, name: str) -> bool:
    """The beginning of a long word, or some of its consonants in their order, the first first."""
    if len(name) < _LONG or len(word) not in _LETTERS or len(word) > len(name) - 2:
        return False
    if word[0] != name[0]:
        return False
    if name.startswith(word):
        return len(word) > 3
    letters = iter(name)
    return _VOWELS.isdisjoint(word[1:]) and all(letter in letters for letter in word)
