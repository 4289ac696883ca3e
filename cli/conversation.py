"""A conversation in a file: OpenAI messages as JSON, of which the user's turns are read."""

import json
import sys
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from json import JSONDecoder
from pathlib import Path
from typing import Any

from mindhold.cli.failure import Failed

_ROLES = ("system", "developer", "user", "assistant", "tool", "function")
_SPACE = " \t\r\n"


@dataclass(frozen=True, slots=True, kw_only=True)
class UserTurn:
    """What the user said, and the answer that stood right before it; empty where none did."""

    text: str
    answer: str = ""


class _Wrong(Exception):
    """What is not as it must be, in the message of this number; None: in the whole."""

    def __init__(self, said: str, message: int | None = None) -> None:
        super().__init__(said)
        self.message = message


def user_turns(source: str) -> tuple[UserTurn, ...]:
    """The user's turns in a file, `-` for stdin; raises `Failed` with the line and the reason."""
    name = "What is piped" if source == "-" else source
    raw = _bytes(source, name)
    try:
        return tuple(_turns(_messages(decoded(raw, name))))
    except _Wrong as wrong:
        where = "" if wrong.message is None else f", line {_line(_text(raw, name), wrong.message)}"
        raise Failed(f"{name}{where}: {wrong}.") from None


def decoded(raw: bytes, name: str) -> Any:
    """The value of a JSON file; raises `Failed` with the line and the reason."""
    text = _text(raw, name)
    if not text.strip():
        raise Failed(f"{name} is empty.")
    try:
        return json.loads(text)
    except json.JSONDecodeError as error:
        raise Failed(f"{name}, line {error.lineno}: this is not JSON: {error.msg}.") from None
    except RecursionError:
        raise Failed(f"{name} is nested too deeply.") from None
    except ValueError:
        raise Failed(f"{name} holds a number that is too long.") from None


def _bytes(source: str, name: str) -> bytes:
    try:
        return sys.stdin.buffer.read() if source == "-" else Path(source).read_bytes()
    except OSError as error:
        raise Failed(f"{name} cannot be read: {error.strerror or 'error'}.") from None


def _text(raw: bytes, name: str) -> str:
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = raw.count(b"\n", 0, error.start) + 1
        raise Failed(f"{name}, line {line}: this is not UTF-8.") from None


def _messages(value: Any) -> list[Mapping[str, Any]]:
    messages = value.get("messages") if isinstance(value, dict) else value
    if not isinstance(messages, list):
        raise _Wrong('there is no list of messages, neither as the whole nor under "messages"')
    for number, one in enumerate(messages):
        if not isinstance(one, dict):
            raise _Wrong(f"message {number + 1} is no object with a role and a content", number)
        if one.get("role") not in _ROLES:
            role = json.dumps(one["role"], ensure_ascii=False)[:40] if "role" in one else "no role"
            known = f"{', '.join(_ROLES[:-1])} or {_ROLES[-1]}"
            raise _Wrong(f"message {number + 1} has {role}; a role is {known}", number)
        if not _has_content(one):
            raise _Wrong(f"the content of message {number + 1} is no text, nor a list of parts",
                         number)  # fmt: skip
    return messages


def _has_content(message: Mapping[str, Any]) -> bool:
    """Text, parts, or nothing at all where a model only called tools."""
    content = message.get("content")
    if content is None:
        return bool(message["role"] != "user")
    parts = content if isinstance(content, list) else [content]
    return all(isinstance(part, str | dict) for part in parts) and not isinstance(content, dict)


def _turns(messages: Sequence[Mapping[str, Any]]) -> Iterator[UserTurn]:
    answer = ""
    for one in messages:
        text, role = spoken(one), one["role"]
        if role == "user" and text:
            yield UserTurn(text=text, answer=answer)
        if role in {"user", "assistant"}:
            answer = text if role == "assistant" else ""


def spoken(message: Mapping[str, Any]) -> str:
    """The text of a message, its parts on lines of their own; images and files are left out."""
    content = message.get("content")
    parts = content if isinstance(content, list) else [content]
    texts = [part.get("text") if isinstance(part, dict) else part for part in parts]
    return "\n".join(text for text in texts if isinstance(text, str) and text.strip())


def _line(raw: str, message: int) -> int:
    """The line of text at which a message of this JSON begins, which is known to be well formed."""
    at = _after(raw, 0)
    if raw[at] == "{":
        at = _value_of(raw, at, "messages")
    at = _after(raw, at + 1)
    for _ in range(message):
        at = _next(raw, at)
    return raw.count("\n", 0, at) + 1


def _value_of(raw: str, at: int, wanted: str) -> int:
    """Where the value of a key stands in the object that begins here."""
    at = _after(raw, at + 1)
    while True:
        key, end = JSONDecoder().raw_decode(raw, at)
        at = _after(raw, _after(raw, end) + 1)
        if key == wanted:
            return at
        at = _next(raw, at)


def _next(raw: str, at: int) -> int:
    """Where what follows this value and its comma begins."""
    return _after(raw, _after(raw, JSONDecoder().raw_decode(raw, at)[1]) + 1)


def _after(raw: str, at: int) -> int:
    while raw[at] in _SPACE:
        at += 1
    return at
