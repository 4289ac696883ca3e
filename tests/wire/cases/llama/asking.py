"""Requests to Ollama as its clients write them, and the dialects of its two calls."""

from typing import Any

from wire.corpus import LINES, NAMED, Dialect, compact

Body = dict[str, Any]

ASKED = f"{NAMED}! What is it called?"
TURN: Body = {"role": "user", "content": ASKED}
COUNTS: Body = {
    "done_reason": "stop",
    "done": True,
    "total_duration": 174560334,
    "load_duration": 101397084,
    "prompt_eval_count": 11,
    "prompt_eval_duration": 13074791,
    "eval_count": 18,
    "eval_duration": 52479709,
}


def chat(messages: object = (TURN,), **fields: object) -> bytes:
    """A body of /api/chat."""
    return compact({"model": "gemma4", "messages": messages, **fields})


def generate(prompt: object = ASKED, **fields: object) -> bytes:
    """A body of /api/generate."""
    return compact({"model": "gemma4", "prompt": prompt, **fields})


def line(**fields: object) -> bytes:
    """One object of an answer, with its line's end."""
    return compact({"model": "gemma4", "created_at": "2026-11-21T20:00:00.5Z", **fields}) + b"\n"


def spoken(content: str, **fields: object) -> bytes:
    """One piece of a chat's answer."""
    return line(message={"role": "assistant", "content": content}, done=False, **fields)


def said(**message: object) -> bytes:
    """A whole answer of a chat."""
    return line(message={"role": "assistant", "content": "", **message}, **COUNTS)[:-1]


CHAT = Dialect(
    name="ollama",
    target=b"/api/chat",
    asked=chat().replace(b"gemma4", b"m-1"),
    said=said(content="A port."),
    pieces=[spoken("Grüß"), spoken(" Gott"), spoken(" 🦅")],
    end=line(message={"role": "assistant", "content": ""}, **COUNTS),
    kind=LINES,
)
GENERATE = Dialect(
    name="generate",
    target=b"/api/generate",
    asked=generate().replace(b"gemma4", b"m-1"),
    said=line(response="A port.", context=[105, 2364, 107], **COUNTS)[:-1],
    pieces=[line(response="Grüß", done=False), line(response=" 🦅", done=False)],
    end=line(response="", context=[105, 2364], **COUNTS),
    kind=LINES,
)
