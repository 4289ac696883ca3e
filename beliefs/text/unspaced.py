"""Words where no spaces are written: whether some characters of Japanese or Chinese are a word.

The lists and where they are from lie beside this file; each is read once, on first use.
"""

import gzip
import re
from functools import cache
from importlib.resources import files
from itertools import pairwise

_ENTRY = re.compile("([^a-z]*)([a-z])")
_LONGEST = 5  # characters of a word in the lists
_UNKNOWN = 14.0  # the cost of a character that is no word
_NAME = 11.5  # of a name, whether the lists have it or not: that of an uncommon word
_KANA = re.compile("[\u3041-\u30ff]")


@cache
def _costs(language: str) -> dict[str, int]:
    """Each word with its cost, the negative logarithm of its probability."""
    packed = files(__package__).joinpath(f"{language}.txt.gz").read_bytes()
    return {
        line[0] + rest: ord(step) - ord("a") + 1
        for line in gzip.decompress(packed).decode().split("\n")
        for rest, step in _ENTRY.findall(line[1:])
    }


def is_word(run: str, start: int, end: int, *, japanese: bool) -> bool:
    """Whether the characters from `start` to `end` are one word where the run is cut into words
    in the likeliest way, given that they are a name (Viterbi over words taken by themselves).

    公文 is one in 今日公文に and none in 公文書の. Give what is around it, not a whole text.
    """
    costs = _costs("japanese" if japanese else "chinese")
    best: list[tuple[float, int]] = [(0.0, 0)]
    for stop in range(1, len(run) + 1):
        best.append(
            min(
                (best[at][0] + _cost(costs, run, at, stop, (start, end)), at)
                for at in range(max(0, stop - max(_LONGEST, end - start)), stop)
            )
        )
    cuts = [len(run)]
    while cuts[-1]:
        cuts.append(best[cuts[-1]][1])
    return (end, start) in pairwise(cuts)


def _cost(costs: dict[str, int], run: str, at: int, stop: int, name: tuple[int, int]) -> float:
    if (at, stop) == name:
        return _NAME
    return costs.get(run[at:stop], _UNKNOWN if stop - at == 1 else 1_000)


def has_kana(text: str) -> bool:
    """Whether the text is Japanese rather than Chinese."""
    return _KANA.search(text) is not None
