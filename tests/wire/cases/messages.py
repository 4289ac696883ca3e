"""Anthropic's messages: what their clients send and their servers answer."""

from collections.abc import Iterator
from itertools import chain

from wire.cases.anthropic import answers, beside, content, fields, rounds, streams
from wire.cases.anthropic.asking import DIALECT
from wire.corpus import Case

__all__ = ["DIALECT", "cases"]


def cases() -> Iterator[Case]:
    """The exchanges that only this dialect has."""
    parts = (content, rounds, fields, answers, streams, beside)
    return chain.from_iterable(part.cases() for part in parts)
