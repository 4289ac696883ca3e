"""A request's body less what memory added, and less the ids that are never twice the same."""

import re
from typing import Any, Final

from real.outcome import path
from upstream import Seen

from mindhold.beliefs.text.block import without_blocks

NOTHING: Final = object()
_ID = re.compile(r"(?<=_)[0-9a-f]{32}\b|\b[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}\b")


def bare(seen: Seen) -> object:
    """The body as a client without memory would have sent it.

    A text of Anthropic's that stands alone is the same as a block with that text: it becomes one
    where a block of ours stands beside it.
    """
    left = _bare(seen.json)
    assert isinstance(left, dict)
    if path(seen) == "/v1/messages":
        holders = [(left, "system"), *((message, "content") for message in left["messages"])]
        for holder, key in holders:
            if isinstance(text := holder.get(key), str):
                holder[key] = [{"type": "text", "text": text}]
    return left


def without_ids(text: str) -> str:
    """The text with the same word for each id, a provider's or a client's own."""
    return _ID.sub("…", text)


def _bare(value: Any) -> object:
    if isinstance(value, str):
        text = without_blocks(value)
        if text == value:
            return without_ids(text)
        return text.rstrip() or NOTHING
    if isinstance(value, list):
        return [kept for inner in value if (kept := _bare(inner)) is not NOTHING]
    if isinstance(value, dict):
        inside = {key: _bare(inner) for key, inner in value.items()}
        # A part or a message that was all block was added whole.
        if NOTHING in (inside.get("text"), inside.get("content")):
            return NOTHING
        return {key: inner for key, inner in inside.items() if inner is not NOTHING}
    return value
