"""A conversation in a file: OpenAI messages as JSON, of which the user's turns are read."""

import json
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from mindhold.cli.failure import Failed


def user_turns(source: str) -> tuple[str, ...]:
    """The texts of the user's turns in a file, `-` for stdin; raises `Failed` with the line."""
    try:
        raw = sys.stdin.read() if source == "-" else Path(source).read_text("utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise Failed(f"{source} cannot be read: {_cause(error)}.") from error
    try:
        value = json.loads(raw)
    except json.JSONDecodeError as error:
        raise Failed(f"{source} is not JSON, line {error.lineno}: {error.msg}.") from error
    except RecursionError as error:
        raise Failed(f"{source} is nested too deeply.") from error
    messages = value.get("messages") if isinstance(value, dict) else value
    if not isinstance(messages, list) or not all(isinstance(one, dict) for one in messages):
        raise Failed(f"{source} holds no list of messages, each with a role and a content.")
    return tuple(text for one in messages if one.get("role") == "user" for text in _texts(one))


def _texts(message: dict[str, Any]) -> Iterator[str]:
    content = message.get("content")
    parts = content if isinstance(content, list) else [content]
    texts = [part.get("text") if isinstance(part, dict) else part for part in parts]
    if joined := "\n".join(text for text in texts if isinstance(text, str) and text.strip()):
        yield joined


def _cause(error: OSError | UnicodeDecodeError) -> str:
    return "it is not UTF-8" if isinstance(error, UnicodeDecodeError) else error.strerror or "error"
