"""Ollama's chat and what stands beside it: what its clients send and the server answers."""

from collections.abc import Iterator
from itertools import chain

from wire.cases.llama import answers, beside, chat
from wire.cases.llama.asking import CHAT as DIALECT
from wire.corpus import Case

__all__ = ["DIALECT", "cases"]


def cases() -> Iterator[Case]:
    """The exchanges that only this dialect has."""
    return chain.from_iterable(part.cases() for part in (chat, answers, beside))
