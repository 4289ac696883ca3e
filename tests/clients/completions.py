"""A chat-completions server that answers by the name of the model asked for.

It stands where a provider would: a real port, the provider's shapes, every request kept.
"""

import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

Body = dict[str, Any]

USAGE = {"prompt_tokens": 9, "completion_tokens": 3, "total_tokens": 12}
WEATHER_CALL = {
    "id": "call_1",
    "type": "function",
    "function": {"name": "weather", "arguments": '{"city": "Bern"}'},
}


@dataclass
class Completions:
    """The server's address and what it was asked."""

    url: str = ""
    requests: list[Body] = field(default_factory=list)

    def texts(self) -> list[str]:
        """The last request's messages, each as one string, in order."""
        return [_text(message.get("content")) for message in self.requests[-1]["messages"]]

    def prompt(self) -> str:
        """All that the model was given in the last request."""
        return "\n".join(self.texts())


def _text(content: object) -> str:
    if isinstance(content, list):
        return "\n".join(str(part.get("text", "")) for part in content)
    return str(content or "")


def _message(body: Body) -> Body:
    if body["model"] == "tools":
        return {"role": "assistant", "content": None, "tool_calls": [WEATHER_CALL]}
    if body["model"] == "structured":
        return {"role": "assistant", "content": '{"tool": "vitest", "reason": "décidé"}'}
    return {"role": "assistant", "content": "All right, noted.", "refusal": None}


def _completion(body: Body) -> Body:
    choices = []
    for index in range(body.get("n") or 1):
        choice: Body = {"index": index, "message": _message(body), "finish_reason": "stop"}
        if body.get("logprobs"):
            token = {"token": "All", "logprob": -0.25, "bytes": [65, 108, 108], "top_logprobs": []}
            choice["logprobs"] = {"content": [token], "refusal": None}
        choices.append(choice)
    return {
        "id": "chatcmpl-1",
        "object": "chat.completion",
        "created": 1,
        "model": body["model"],
        "choices": choices,
        "usage": USAGE,
        "system_fingerprint": "fp_1",
    }


def _chunks(body: Body) -> Iterator[Body]:
    head = {"id": "chatcmpl-1", "object": "chat.completion.chunk", "created": 1}
    head["model"] = body["model"]
    for index in range(body.get("n") or 1):
        message = _message(body)
        if message.get("tool_calls"):
            call = {"index": 0, **WEATHER_CALL}
            delta = {"role": "assistant", "content": None, "tool_calls": [call]}
            yield {**head, "choices": [{"index": index, "delta": delta, "finish_reason": None}]}
        else:
            for word in message["content"].split(" "):
                delta = {"role": "assistant", "content": word + " "}
                yield {**head, "choices": [{"index": index, "delta": delta, "finish_reason": None}]}
        yield {**head, "choices": [{"index": index, "delta": {}, "finish_reason": "stop"}]}
    if (body.get("stream_options") or {}).get("include_usage"):
        yield {**head, "choices": [], "usage": USAGE}


def _handler(server: Completions) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_POST(self) -> None:
            body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
            server.requests.append(body)
            if body["model"] == "limited":
                self.refuse()
            elif body.get("stream"):
                self.stream(body)
            else:
                self.answer(200, json.dumps(_completion(body)).encode())

        def refuse(self) -> None:
            error = {"message": "Slow down.", "type": "rate_limit", "code": "rate_limit_exceeded"}
            self.answer(
                429,
                json.dumps({"error": error}).encode(),
                {"retry-after": "7", "x-ratelimit-remaining-requests": "0"},
            )

        def answer(self, status: int, data: bytes, headers: dict[str, str] | None = None) -> None:
            self.send_response(status)
            self.send_header("content-type", "application/json")
            self.send_header("content-length", str(len(data)))
            self.send_header("x-request-id", "req_upstream")
            for name, value in (headers or {}).items():
                self.send_header(name, value)
            self.end_headers()
            self.wfile.write(data)

        def stream(self, body: Body) -> None:
            self.send_response(200)
            self.send_header("content-type", "text/event-stream")
            self.send_header("transfer-encoding", "chunked")
            self.end_headers()
            for event in [*map(json.dumps, _chunks(body)), "[DONE]"]:
                data = f"data: {event}\n\n".encode()
                self.wfile.write(b"%x\r\n%s\r\n" % (len(data), data))
            self.wfile.write(b"0\r\n\r\n")

        def log_message(self, *args: object) -> None:
            pass

    return Handler


@contextmanager
def completions() -> Iterator[Completions]:
    """A running server on a free port of 127.0.0.1; stopped at the end."""
    server = Completions()
    http = ThreadingHTTPServer(("127.0.0.1", 0), _handler(server))
    http.daemon_threads = True
    server.url = f"http://127.0.0.1:{http.server_port}/v1"
    thread = threading.Thread(target=http.serve_forever, daemon=True)
    thread.start()
    try:
        yield server
    finally:
        http.shutdown()
        http.server_close()
        thread.join()
