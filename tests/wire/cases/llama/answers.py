"""What Ollama answers to a chat: objects, lines of objects, errors."""

from collections.abc import Iterator

from upstream import Pair, answer
from wire.cases.llama.asking import CHAT, COUNTS, line, said, spoken
from wire.cases.llama.chat import CALL
from wire.corpus import JSON, Case, compact

UTF8: Pair = (b"Content-Type", b"application/json; charset=utf-8")
TALK = [*CHAT.pieces, CHAT.end]
CHANCE = {"token": "Grüß", "logprob": -0.0012, "bytes": [71, 114]}

WHOLE: dict[str, bytes] = {
    "an answer": said(content="Ein Anschluß. 🦅"),
    "an answer with its thinking": said(content="A port.", thinking="Where?"),
    "a call for a tool": said(tool_calls=[CALL]),
    "two calls with ids": said(tool_calls=[{"id": "call_1", **CALL}, {"id": "call_2", **CALL}]),
    "an answer with logprobs": line(
        message={"role": "assistant", "content": "Grüß"},
        logprobs=[{**CHANCE, "top_logprobs": [CHANCE]}],
        **COUNTS,
    ),
    "as many tokens as were allowed": line(
        message={"role": "assistant", "content": "A"}, **{**COUNTS, "done_reason": "length"}
    ),
    "a model that was loaded": line(
        message={"role": "assistant", "content": ""}, done_reason="load", done=True
    ),
    "an answer of a model elsewhere": line(
        remote_model="gpt-oss:120b",
        remote_host="https://ollama.com:443",
        message={"role": "assistant", "content": "A port."},
        **COUNTS,
    ),
}

REFUSED: dict[str, tuple[bytes, dict[str, object]]] = {
    "no such model": (b"404 Not Found", {"error": "model 'none' not found"}),
    "a bad request": (b"400 Bad Request", {"error": "invalid character 'h' looking for …"}),
    "a model that cannot": (b"400 Bad Request", {"error": '"gemma4" does not support tools'}),
    "nobody signed in": (
        b"401 Unauthorized",
        {"error": "unauthorized", "signin_url": "https://ollama.com/connect?name=a&key=b"},
    ),
    "too many requests": (b"429 Too Many Requests", {"error": "too many concurrent requests"}),
    "an inner error": (b"500 Internal Server Error", {"error": "model requires more memory"}),
    "a full queue": (b"503 Service Unavailable", {"error": "server busy, please try again"}),
    "a cloud that is away": (b"502 Bad Gateway", {"error": "cannot be reached"}),
}

STREAMS: dict[str, list[bytes]] = {
    "thinking, then words": [
        line(message={"role": "assistant", "content": "", "thinking": "Who"}, done=False),
        line(message={"role": "assistant", "content": "", "thinking": "?"}, done=False),
        *TALK,
    ],
    "a call": [
        line(message={"role": "assistant", "content": "", "tool_calls": [CALL]}, done=False),
        CHAT.end,
    ],
    "logprobs": [spoken("Grüß", logprobs=[CHANCE]), CHAT.end],
    "nothing but its end": [CHAT.end],
    "an error after the first words": [*TALK[:2], b'{"error":"an error was encountered"}\n'],
    "empty lines": [TALK[0], b"\n", *TALK[1:]],
    "a very long line": [spoken("x" * 300_000), CHAT.end],
    "an object of a kind to come": [b'{"progress":{"step":1}}\n', *TALK],
}

RAW = b"".join(TALK)
HALF = RAW.index("ß".encode()) + 1
PIECES: dict[str, list[bytes]] = {
    "in the middle of a character": [RAW[:HALF], RAW[HALF:]],
    "two to a chunk": [TALK[0] + TALK[1], TALK[2] + TALK[3]],
    "half to a chunk": [RAW[:40], RAW[40:150], RAW[150:]],
}


def cases() -> Iterator[Case]:
    """The plain question, and each of them."""
    for name, raw in WHOLE.items():
        yield CHAT.case(name, None, answer(raw, headers=(UTF8,)))
    for name, (status, error) in REFUSED.items():
        told = answer(compact(error), status=status, headers=(JSON,))
        yield CHAT.case(f"refused: {name}", None, told)
    asked = CHAT.ask(CHAT.streamed)
    for name, lines in STREAMS.items():
        yield CHAT.case(f"lines: {name}", asked, *CHAT.stream(*lines))
    for name, pieces in PIECES.items():
        yield CHAT.case(f"lines {name}", asked, *CHAT.stream(*pieces))
