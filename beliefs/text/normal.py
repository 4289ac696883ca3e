"""The normal form of one word: what is the same however it is typed."""

import re
import unicodedata
from functools import lru_cache

_APOSTROPHES = re.compile("['’ʼ＇`´]")
_ELIDED = re.compile(
    "(?:[cdjlmnst]|(?:jus|lors|puis|quoi)?qu|dell|all|nell|sull|dall|un)$", re.IGNORECASE
)
_UMLAUTS = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue"})
_IGNORED = re.compile("[\u00ad\u200b-\u200d\u2060\ufe0e\ufe0f\ufeff\U0001f3fb-\U0001f3ff]")
_PARTICLE = re.compile(
    "(?<=[가-힣])(?:에서|으로|까지|부터|이나|하고|이랑|에게|한테|입니다)$"
    "|(?<=[가-힣]{2})[은는이가을를에의로와과도만나랑]$"
)


@lru_cache(maxsize=32_768)
def normal(word: str) -> str:
    """NFKC, case folded, without accents (kana and Hangul keep theirs) or invisible characters."""
    if word.isascii():
        return word.lower()
    folded = unicodedata.normalize("NFKC", _IGNORED.sub("", word)).casefold()
    return unicodedata.normalize("NFC", _unaccented(unicodedata.normalize("NFKC", folded)))


def _unaccented(word: str) -> str:
    if word.isascii():
        return word
    parts = unicodedata.normalize("NFD", word)
    kept = (
        mark
        for mark in parts
        if unicodedata.category(mark) != "Mn"
        or mark in "\u3099\u309a"
        or "\u0900" <= mark < "\u1100"
    )
    return "".join(kept)


def accented(word: str) -> bool:
    """Whether a letter of the raw word has an accent."""
    return not word.isascii() and any(
        unicodedata.category(mark) == "Mn" for mark in unicodedata.normalize("NFD", word)
    )


@lru_cache(maxsize=32_768)
def alternate(word: str) -> str:
    """The other way the raw word may be spelled: Mueller for Müller, a Hangul noun without its
    particle; the normal form itself when there is none."""
    if word.isascii():
        return normal(word)
    composed = unicodedata.normalize("NFC", word).lower()
    return normal(_PARTICLE.sub("", composed.translate(_UMLAUTS)))


@lru_cache(maxsize=8_192)
def apart(word: str) -> tuple[int, int]:
    """Where the word itself starts and ends when an elided article or a possessive hangs on it.

    `l'API` is (2, 5), `Mara's` (0, 4), `O'Reilly` (0, 8).
    """
    start, end = 0, len(word)
    mark = _APOSTROPHES.search(word)
    if mark and _ELIDED.match(word[: mark.start()]) and end - mark.end() >= 2:
        start = mark.end()
    if end - start > 2 and word[-1] in "sS" and _APOSTROPHES.match(word[-2]):
        end -= 2
    return start, end


def without_apostrophes(word: str) -> str:
    """The word with what may stand inside it taken out: OReilly for O'Reilly."""
    return _APOSTROPHES.sub("", word)
