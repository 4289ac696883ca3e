"""The distance of two words, as far as it matters: none, one typing error, more."""

from itertools import pairwise

_MIDDLING, _LONG = 6, 8  # letters from which more errors are forgiven
_ROWS = ("qwertyuiop", "asdfghjkl", "zxcvbnm")
_BESIDE = {frozenset(pair) for row in _ROWS for pair in pairwise(row)} | {
    frozenset(pair)
    for upper, lower in pairwise(_ROWS)
    for shift in (0, 1)
    for pair in zip(upper[shift:], lower, strict=False)
}
_ALIKE = {frozenset(pair) for pair in ("ck", "cs", "sz", "iy", "vw", "dt", "bp", "gj", "kq")}
_VOWELS = frozenset("aeiouy")


def one_error(word: str, other: str) -> bool:
    """Whether the two differ by exactly one letter put in, left out, changed, or swapped with
    its neighbour."""
    if word == other or abs(len(word) - len(other)) > 1:
        return False
    short, long = sorted((word, other), key=len)
    at = next((i for i, letter in enumerate(short) if letter != long[i]), len(short))
    if len(short) < len(long):
        return short[at:] == long[at + 1 :]
    swapped = short[at + 1 : at + 2] + short[at]
    return short[at + 1 :] == long[at + 1 :] or swapped + short[at + 2 :] == long[at:]


def near_keys(word: str) -> set[str]:
    """Keys of which two words that begin with the same two letters share one whenever they are
    one error apart: the word itself, and it without any one of its further letters."""
    return {word, *(word[:at] + word[at + 1 :] for at in range(2, len(word)))}


def likely_slip(typed: str, meant: str, *, strict: bool = False) -> bool:
    """Whether a hand or an ear that meant the one word is likely to have typed the other, of two
    that are one error apart.

    Letters swapped, doubled or not doubled always; one left out, hit beside another or heard alike
    from six letters on, any other error from eight; `strict`, where the word may well be another,
    all of them from eight. A last letter is only ever mistaken for one beside it, and no vowel for
    another: Caroline and Carolina are two.
    """
    middling = _LONG if strict else _MIDDLING
    if len(typed) == len(meant):
        return _likely_change(typed, meant, middling)
    short, long = sorted((typed, meant), key=len)
    at = next((i for i, letter in enumerate(short) if letter != long[i]), len(short))
    if long[at] == long[at - 1]:
        return True
    if at == len(short) and strict:
        return False
    missing = short is typed and at < len(short)
    return len(meant) >= _LONG or (len(meant) >= middling and (missing or _beside(long, at)))


def _likely_change(typed: str, meant: str, middling: int) -> bool:
    at = next(i for i, letter in enumerate(typed) if letter != meant[i])
    if typed[at + 1 :] != meant[at + 1 :]:
        return True  # swapped
    pair = frozenset((typed[at], meant[at]))
    last = at == len(meant) - 1
    near = pair in _BESIDE or (not last and (pair in _ALIKE or pair <= _VOWELS))
    return (len(meant) >= _LONG and not last) or (len(meant) >= middling and near)


def _beside(word: str, at: int) -> bool:
    """Whether the letter lies beside one of its neighbours on the keyboard."""
    return any(frozenset((word[at], other)) in _BESIDE for other in word[at - 1 : at + 2 : 2])
