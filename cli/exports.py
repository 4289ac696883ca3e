"""Exports of ChatGPT and Claude: the conversations in them, of which the user's turns are read.

Both are a `conversations.json`, in a zip as it is downloaded or alone. ChatGPT keeps a tree of
messages: the branch that was shown last is read. Claude keeps a list.
"""

import zipfile
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from fnmatch import fnmatch
from pathlib import Path
from typing import Any

from mindhold.cli.conversation import decoded, spoken
from mindhold.cli.failure import Failed

_NAMES = "conversations*.json"
_ROLES = {"human": "user"}  # as Claude calls them


@dataclass(frozen=True, slots=True, kw_only=True)
class Turn:
    """What the user said, when, and the answer that stood right before it."""

    text: str
    at: datetime
    answer: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Conversation:
    """One conversation; `id` is the export's own."""

    id: str
    client: str
    turns: tuple[Turn, ...]


@dataclass(slots=True, kw_only=True)
class Exported:
    """What a file held: its conversations, and how many could not be read."""

    conversations: list[Conversation]
    unread: int = 0


def exported(path: Path) -> Exported:
    """The conversations of a file; raises `Failed` where it is no such export."""
    found = Exported(conversations=[])
    for name, raw in _files(path):
        entries = decoded(raw, name)
        if not isinstance(entries, list) or not all(map(_known, entries)):
            raise Failed(f"{name} is no export of ChatGPT or Claude: no list of conversations.")
        for entry in entries:
            try:
                found.conversations.append(_conversation(entry))
            except (KeyError, TypeError, ValueError, AttributeError):
                found.unread += 1
    return found


def _files(path: Path) -> Iterator[tuple[str, bytes]]:
    try:
        if not zipfile.is_zipfile(path):
            yield str(path), path.read_bytes()
            return
        with zipfile.ZipFile(path) as archive:
            names = sorted(n for n in archive.namelist() if fnmatch(Path(n).name, _NAMES))
            if not names:
                raise Failed(f"{path} holds no conversations.json.")
            for name in names:
                yield f"{path}, {name}", archive.read(name)
    except (OSError, zipfile.BadZipFile, RuntimeError) as error:  # RuntimeError: it is encrypted
        raise Failed(f"{path} cannot be read: {error}.") from None


def _known(entry: Any) -> bool:
    return isinstance(entry, dict) and ("mapping" in entry or "chat_messages" in entry)


def _conversation(entry: Mapping[str, Any]) -> Conversation:
    if "mapping" in entry:
        id, client = entry.get("conversation_id") or entry["id"], "chatgpt"
        begun, said = entry["create_time"], _branch(entry)
    else:
        id, client = entry["uuid"], "claude"
        begun, said = entry["created_at"], _listed(entry)
    return Conversation(id=str(id), client=client, turns=tuple(_turns(said, _moment(begun))))


Said = tuple[str, str, Any]
"""Who said what, and when, as the export writes it."""


def _branch(entry: Mapping[str, Any]) -> list[Said]:
    """From the message that was shown last back to the first; each has one parent."""
    nodes, at, said = entry["mapping"], entry["current_node"], list[Said]()
    seen: set[str] = set()
    while at and at not in seen:
        seen.add(at)
        if message := nodes[at].get("message"):
            parts = (message.get("content") or {}).get("parts") or ()
            role = message["author"]["role"]
            said.append((role, spoken({"content": list(parts)}), message.get("create_time")))
        at = nodes[at].get("parent")
    return said[::-1]


def _listed(entry: Mapping[str, Any]) -> list[Said]:
    return [
        (
            _ROLES.get(one["sender"], one["sender"]),
            spoken({"content": one.get("content") or one.get("text")}),
            one.get("created_at"),
        )
        for one in entry["chat_messages"]
    ]


def _turns(said: Sequence[Said], begun: datetime) -> Iterator[Turn]:
    answer = ""
    for role, text, at in said:
        if role == "user" and text:
            yield Turn(text=text, at=_moment(at) if at else begun, answer=answer)
        if role in {"user", "assistant"} and text:
            answer = text if role == "assistant" else ""


def _moment(value: Any) -> datetime:
    """Seconds since 1970, or a time as ISO 8601 writes it."""
    if isinstance(value, int | float):
        return datetime.fromtimestamp(value, UTC)
    found = datetime.fromisoformat(value)
    return found if found.tzinfo else found.replace(tzinfo=UTC)
