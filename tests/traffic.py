"""Traffic: what a household's clients send, drawn at random, and how each call of it must end.

Conversations of every dialect that ask and teach, agents with their tools, histories that the
server keeps, pasted pages, errors of every side, and clients that leave.
"""

import json
import random
from collections.abc import Generator
from dataclasses import dataclass, field
from enum import Enum
from typing import Any

from line import Heard
from provided import FAIL, PAUSE, WORDS
from speaking import CHAT, DIALECTS, MESSAGES, OLLAMA, RESPONSES, WITH_HISTORY, Turn
from written import write

BELIEFS = 1_000
GONE = "gone"  # a model whose upstream nobody listens for
_SCOPES = 12
_TOOLS = 50  # things that are said to be in use, again and again
_TURNS = 4  # of a conversation at most
_ROUNDS = 10  # of an agent for one question at most
_PAGE = "The quarterly report lists drawers, shelves and the people who look after them. "
_LONG = 33 << 20  # bytes: more than are ever held
_KINDS = {"chat": CHAT, "responses": RESPONSES, "messages": MESSAGES, "ollama": OLLAMA}
_SCHEMA = {"type": "object", "properties": {"path": {"type": "string"}}}


class End(Enum):
    """How a call ends: heard to its last byte, cut by the upstream, or left by its client before
    all of it was sent or before all of the answer was read."""

    WHOLE = "whole"
    CUT = "cut"
    UNSENT = "unsent"
    UNREAD = "unread"


@dataclass(frozen=True, slots=True, kw_only=True)
class Call:
    """One call, and the status that it must be answered with."""

    path: str
    body: bytes = b""
    headers: dict[str, str] = field(default_factory=dict)
    status: int = 200
    end: End = End.WHOLE
    kind: str = "a chat"

    @property
    def method(self) -> str:
        """A call without a body asks for something."""
        return "POST" if self.body else "GET"


Talk = Generator[Call, Heard | None, None]


def traffic(rng: random.Random) -> Talk:
    """Talk after talk without an end; each call is told what the one before it was answered."""
    talks, weights = zip(*_MIX.items(), strict=True)
    while True:
        (talk,) = rng.choices(talks, weights)
        yield from talk(rng)


def question(number: int) -> str:
    """What names one belief, and is asked only once."""
    return f"Where is {name(number % BELIEFS)}? That is question {number}."


def name(number: int) -> str:
    """A word that no language has."""
    digits = [int(digit) for digit in f"{number:04}"]
    return "k" + "".join("aeiou"[digit % 5] + "bcdfghjlmn"[digit] for digit in digits)


def _conversation(rng: random.Random) -> Talk:
    """Some turns, of which a few teach."""
    dialect, headers, said = rng.choice(DIALECTS), _scoped(rng), list[Turn]()
    for _ in range(rng.randint(1, _TURNS)):
        said.append(("user", _said(rng)))
        body = dialect.request(*said, stream=rng.random() < 0.7, model="scripted")
        yield Call(path=dialect.path, body=_json(body), headers=headers)
        said.append(("assistant", "All right."))


def _agent(rng: random.Random) -> Talk:
    """A question, calls of a tool with their results, and perhaps another question."""
    kind, headers = rng.choice([*_KINDS]), _scoped(rng)
    said: list[dict[str, Any]] = [{"role": "system", "content": _PAGE * 20}]
    for _ in range(rng.randint(1, 2)):
        said.append({"role": "user", "content": _question(rng)})
        yield _round(kind, said, headers)
        for _ in range(rng.randint(1, _ROUNDS)):
            said += _looked(f"call_{rng.randrange(1 << 30)}", name(rng.randrange(BELIEFS)))
            yield _round(kind, said, headers)
        said.append({"role": "assistant", "content": "It is there."})


def _looked(id: str, path: str) -> list[dict[str, Any]]:
    function = {"name": "look", "arguments": json.dumps({"path": path})}
    call = {"id": id, "type": "function", "function": function}
    return [
        {"role": "assistant", "content": None, "tool_calls": [call]},
        {"role": "tool", "tool_call_id": id, "content": f"{path}: {_PAGE * 5}"},
    ]


def _round(kind: str, said: list[dict[str, Any]], headers: dict[str, str]) -> Call:
    function = {"name": "look", "description": "Looks into a file.", "parameters": _SCHEMA}
    tool: dict[str, Any] = {"type": "function", "function": function}
    if kind == "responses":
        tool = {"type": "function", **function}
    elif kind == "messages":
        tool = {"name": "look", "input_schema": _SCHEMA}
    body = {**write(kind, said), "model": "scripted", "tools": [tool], "stream": True}
    return Call(path=_KINDS[kind].path, body=_json(body), headers=headers, kind="an agent's round")


def _kept(rng: random.Random) -> Talk:
    """A conversation whose history the server keeps."""
    headers, held = _scoped(rng), {}
    for _ in range(rng.randint(2, _TURNS)):
        body = RESPONSES.request(("user", _said(rng)), model="scripted") | held
        heard = yield Call(path=RESPONSES.path, body=_json(body), headers=headers, kind="a turn"
                           " of a history that the server keeps")  # fmt: skip
        held = {"previous_response_id": json.loads(heard.body)["id"]} if heard else {}


def _pasted(rng: random.Random) -> Talk:
    """A page of 20 to 200 kB behind a question."""
    dialect = rng.choice(WITH_HISTORY)
    text = f"{_question(rng)}\n\n```\n{_PAGE * rng.randint(250, 2_500)}\n```"
    body = dialect.request(("user", text), model="scripted")
    yield Call(path=dialect.path, body=_json(body), headers=_scoped(rng), kind="a pasted page")


def _endless(rng: random.Random) -> Talk:
    """More than is ever held."""
    body = _json(CHAT.request(("user", _question(rng)), model="scripted"))
    yield Call(path=CHAT.path, body=body[:-1] + b" " * _LONG + b"}", headers={FAIL: "400"},
               status=400, kind="a body of 33 MiB")  # fmt: skip


def _failing(rng: random.Random) -> Talk:
    """An upstream that refuses, breaks off or is not there; a call that is wrong."""
    dialect = rng.choice(WITH_HISTORY)
    body = _json(dialect.request(("user", _said(rng)), stream=True, model="scripted"))
    lost = _json(CHAT.request(("user", _said(rng)), model=GONE))
    kind = "an error"
    yield rng.choice([
        *(Call(path=dialect.path, body=body, headers={FAIL: str(status)}, status=status, kind=kind)
          for status in (400, 429, 500)),
        *(Call(path=dialect.path, body=body, headers={FAIL: fail}, end=End.CUT, kind=kind)
          for fail in ("cut", "reset")),
        Call(path=CHAT.path, body=lost, status=502, kind=kind),
        Call(path=dialect.path, body=body[:-1], headers={FAIL: "400"}, status=400, kind=kind),
        Call(path=dialect.path, body=body, headers={"x-mindhold-scope": "no scope!"}, status=400,
             kind=kind),
        Call(path=dialect.path, body=body, headers={"host": "elsewhere"}, status=403, kind=kind),
        Call(path="/mindhold/nothing", status=404, kind=kind),
    ])  # fmt: skip


def _leaving(rng: random.Random) -> Talk:
    """A client that leaves: before it has said all, or before it has read all."""
    dialect = rng.choice(WITH_HISTORY)
    body = _json(dialect.request(("user", _said(rng)), stream=True, model="scripted"))
    slow = {**_scoped(rng), WORDS: "40", PAUSE: "0.05"}
    end = rng.choice([End.UNSENT, End.UNREAD])
    yield Call(path=dialect.path, body=body, headers=slow, end=end, kind="a client that leaves")


def _asking(rng: random.Random) -> Talk:
    """What is no chat: lists, vectors, our own counts."""
    vector = _json({"model": "scripted", "input": "Where is it?"})
    yield rng.choice([
        Call(path="/v1/models", kind=_OTHER), Call(path="/api/tags", kind=_OTHER),
        Call(path="/v1/embeddings", body=vector, kind=_OTHER),
        Call(path="/healthz", kind=_OTHER), Call(path="/metrics", kind=_OTHER),
    ])  # fmt: skip


def _commanding(rng: random.Random) -> Talk:
    """A question, and then a command for the proxy itself."""
    dialect, headers = rng.choice(WITH_HISTORY), _scoped(rng)
    said: list[Turn] = [("user", _question(rng)), ("assistant", "All right.")]
    first = dialect.request(said[0], model="scripted")
    yield Call(path=dialect.path, body=_json(first), headers=headers)
    told = rng.choice(["!why", f"!remember that we use tool{rng.randrange(_TOOLS)}x."])
    body = _json(dialect.request(*said, ("user", told), model="scripted"))
    yield Call(path=dialect.path, body=body, headers=headers, kind="a command")


_OTHER = "a call that is no chat"
_MIX = {
    _conversation: 700, _agent: 200, _kept: 50, _pasted: 10, _failing: 60, _leaving: 40,
    _asking: 20, _commanding: 10, _endless: 0.1,
}  # fmt: skip


def _said(rng: random.Random) -> str:
    """What a person says next: mostly a question, now and then what is in use."""
    if rng.random() < 0.1:
        return f"We use tool{rng.randrange(_TOOLS)}x."
    return _question(rng)


def _question(rng: random.Random) -> str:
    return question(rng.randrange(1 << 30))


def _scoped(rng: random.Random) -> dict[str, str]:
    """Every other call names a project."""
    if rng.random() < 0.5:
        return {}
    return {"x-mindhold-scope": f"project:p{rng.randrange(_SCOPES)}, domain:general"}


def _json(body: dict[str, Any]) -> bytes:
    return json.dumps(body).encode()
