"""An answer: what a model wrote about a batch, taken apart into what the gate can judge.

Nothing is trusted here: offsets are found by us, and what does not fit the contract is named and
left out.
"""

import json
import re
from collections.abc import Iterator, Sequence
from typing import Any, get_args, get_type_hints

import msgspec

from mindhold.beliefs.errors import Invalid
from mindhold.beliefs.learning.background.batch import Shown
from mindhold.beliefs.learning.background.trim import trimmed
from mindhold.beliefs.learning.background.waiting import NAME
from mindhold.beliefs.learning.candidate import MAX_EXTRACTION, Extraction
from mindhold.beliefs.learning.heard import Heard

_THOUGHT = "</think>"
_FENCE = re.compile(r"```(?:json)?\s*\n(.*?)```", re.DOTALL | re.IGNORECASE)
_STARTS = 8  # braces at which an object is looked for
_ITEMS = 32  # of one list that are looked at
_CITED = 5  # quotes of one item
_NUMBERED = re.compile(r"\W*(?P<number>\d{1,3})(?:[.:)\]]\s*(?P<quote>.*))?", re.DOTALL)
_MARKS = " \t\"“”„«»'"
_KINDS: dict[str, type] = {
    name: get_args(hint)[0] for name, hint in get_type_hints(Extraction).items()
}
"""What each list of the contract holds."""


class Reading:
    """What one turn of the batch was said to teach: an extractor whose work is done.

    `refused` counts the items that fitted no contract.
    """

    name = NAME

    def __init__(self, shown: Shown, extraction: Extraction, *, version: str, refused: int) -> None:
        self.shown = shown
        self.version = version
        self.refused = refused
        self._extraction = extraction

    def extract(self, heard: Heard) -> Extraction:
        """What was found, whoever hears it."""
        return self._extraction


def read(text: str, shown: Sequence[Shown], *, version: str) -> tuple[Reading, ...]:
    """The answer turn by turn; raises `Invalid`, in one sentence, for what is none at all.

    `version` says which prompt and model it is from.
    """
    found: list[dict[str, list[Any]]] = [{} for _ in shown]
    refused = [0] * len(shown)
    for name, item in _items(_object(text)):
        at, placed = _placed(item, shown)
        try:
            made: Any = msgspec.json.decode(json.dumps(placed), type=_KINDS[name], strict=False)
        except (msgspec.MsgspecError, RecursionError):
            refused[at] += 1
        else:
            found[at].setdefault(name, []).append(made)
    return tuple(
        Reading(
            one,
            Extraction(**{name: tuple(made) for name, made in lists.items()}),
            version=version,
            refused=count,
        )
        for one, lists, count in zip(shown, found, refused, strict=True)
    )


def _object(text: str) -> dict[str, Any]:
    """The one JSON object of an answer, bare, in a fence or in prose."""
    if len(text) > MAX_EXTRACTION:
        raise Invalid("It wrote too much.")
    known = False
    for made in _objects(text.rpartition(_THOUGHT)[2]):
        if made.keys() <= _KINDS.keys():
            return made
        known = True
    raise Invalid(
        "It wrote fields that the contract does not know." if known else "It wrote no JSON object."
    )


def _objects(text: str) -> Iterator[dict[str, Any]]:
    decoder, at = json.JSONDecoder(), -1
    fenced = (match[1].strip() for match in _FENCE.finditer(text))
    for part in (text.strip(), *fenced):
        yield from _decoded(decoder, part, 0, whole=True)
    for _ in range(_STARTS):
        at = text.find("{", at + 1)
        if at < 0:
            return
        yield from _decoded(decoder, text, at, whole=False)


def _decoded(
    decoder: json.JSONDecoder, text: str, at: int, *, whole: bool
) -> Iterator[dict[str, Any]]:
    try:
        made, end = decoder.raw_decode(text, at)
    except (ValueError, RecursionError):
        return
    if isinstance(made, dict) and (end == len(text) or not whole):
        yield made


def _items(made: dict[str, Any]) -> Iterator[tuple[str, Any]]:
    for name in _KINDS:
        listed = made.get(name)
        for item in listed[:_ITEMS] if isinstance(listed, list) else filter(None, (listed,)):
            yield name, item


def _placed(item: Any, shown: Sequence[Shown]) -> tuple[int, Any]:
    """The turn that an item speaks of, the newest that it cites, with its words as evidence."""
    last = len(shown) - 1
    if not isinstance(item, dict):
        return last, item
    cited = item.get("evidence")
    cited = cited[:_CITED] if isinstance(cited, list) else [cited]
    found = [_found(one, shown) for one in cited]
    at = max((place[0] for place in found if place), default=last)
    quotes = [
        place[1] if place else str(one)
        for place, one in zip(found, cited, strict=True)
        if place is None or place[0] == at
    ]
    return at, trimmed(item, " ".join(quotes)) | {"evidence": _shortest(quotes)}


def _shortest(quotes: list[str]) -> list[str]:
    """Each once, and none that another one is a part of: a number beside the words themselves."""
    return [
        quote
        for quote in dict.fromkeys(quotes)
        if not any(other != quote and other in quote for other in quotes)
    ]


def _found(cited: Any, shown: Sequence[Shown]) -> tuple[int, str] | None:
    """Where what an item cites stands, a number or words, bare or as a quote with offsets that
    are not trusted; in the user's own characters."""
    if isinstance(cited, dict):
        cited = cited.get("quote")
    if type(cited) is int:  # true is no number
        return _numbered(cited, shown)
    if not isinstance(cited, str):
        return None
    if verbatim := _verbatim(cited, shown):
        return verbatim
    marked = _NUMBERED.fullmatch(cited)
    if marked is None:
        return None
    if marked["quote"]:
        return _verbatim(marked["quote"], shown)
    return _numbered(int(marked["number"]), shown)


def _numbered(number: int, shown: Sequence[Shown]) -> tuple[int, str] | None:
    for at, one in enumerate(shown):
        for line in one.lines:
            if line.number == number and line.quote:
                return at, line.quote
    return None


def _verbatim(quote: str, shown: Sequence[Shown]) -> tuple[int, str] | None:
    """The words as the user wrote them, in the newest turn that has them."""
    words = quote.strip(_MARKS).split()
    if not any(map(str.isalpha, quote)) or not words:
        return None
    escaped = (re.sub(r"['’]", "['’]", re.escape(word)) for word in words)
    pattern = re.compile(r"\s+".join(escaped), re.IGNORECASE)
    for at in range(len(shown) - 1, -1, -1):
        if match := pattern.search(shown[at].heard.masked):
            return at, match[0]
    return None
