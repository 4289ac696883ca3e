"""The distance of two words, as far as it matters: none, one typing error, more."""


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
