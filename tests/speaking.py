"""One conversation in every dialect: what a client sends, and the text that it is answered."""

import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

Turn = tuple[str, str]  # role and text
Body = dict[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class Dialect:
    """`body` makes a request of the turns of a conversation, the newest last; `text` reads an
    answer, `piece` one event of a streamed one."""

    name: str
    path: str
    body: Callable[[Sequence[Turn]], Body]
    text: Callable[[Body], str]
    piece: Callable[[Body], str]

    def request(self, *turns: Turn, stream: bool = False, **more: Any) -> Body:
        """The body for the model demo, unless `more` names another."""
        return {"model": "demo", **self.body(turns), "stream": stream, **more}

    def heard(self, body: bytes, *, stream: bool) -> str:
        """The text of an answer."""
        if not stream:
            return self.text(json.loads(body))
        lines = [line.removeprefix("data: ") for line in body.decode().splitlines()]
        return "".join(self.piece(json.loads(line)) for line in lines if line.startswith("{"))


def _messages(turns: Sequence[Turn]) -> list[Body]:
    return [{"role": role, "content": text} for role, text in turns]


def _items(turns: Sequence[Turn]) -> list[Body]:
    return [
        {
            "role": role,
            "content": [
                {"type": "output_text" if role == "assistant" else "input_text", "text": text}
            ],
        }
        for role, text in turns
    ]


def _delta(event: Body) -> str:
    return event["delta"] if event["type"] == "response.output_text.delta" else ""


CHAT = Dialect(
    name="chat",
    path="/v1/chat/completions",
    body=lambda turns: {"messages": _messages(turns)},
    text=lambda said: said["choices"][0]["message"]["content"],
    piece=lambda event: event["choices"][0]["delta"].get("content", ""),
)
RESPONSES = Dialect(
    name="responses",
    path="/v1/responses",
    body=lambda turns: {"input": _items(turns)},
    text=lambda said: said["output"][0]["content"][0]["text"],
    piece=_delta,
)
MESSAGES = Dialect(
    name="messages",
    path="/v1/messages",
    body=lambda turns: {"max_tokens": 99, "messages": _messages(turns)},
    text=lambda said: said["content"][0]["text"],
    piece=lambda event: event.get("delta", {}).get("text", ""),
)
OLLAMA = Dialect(
    name="ollama",
    path="/api/chat",
    body=lambda turns: {"messages": _messages(turns)},
    text=lambda said: said["message"]["content"],
    piece=lambda line: line["message"]["content"],
)
GENERATE = Dialect(
    name="generate",
    path="/api/generate",
    body=lambda turns: {"prompt": turns[-1][1]},
    text=lambda said: said["response"],
    piece=lambda line: line["response"],
)
WITH_HISTORY = (CHAT, RESPONSES, MESSAGES, OLLAMA)
DIALECTS = (*WITH_HISTORY, GENERATE)
