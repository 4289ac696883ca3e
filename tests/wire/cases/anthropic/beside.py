"""What Anthropic's API has beside messages: counting, models, batches, files."""

from collections.abc import Iterator

from upstream import Step, answer, chunked
from wire.cases.anthropic.answers import refused
from wire.cases.anthropic.asking import DIALECT, KEY, TURN, VERSION, body
from wire.cases.transport import TEN
from wire.corpus import JSON, Case, ask, compact

FILES = b"anthropic-beta: files-api-2025-04-14"
LINES = b"".join(
    compact({"custom_id": f"c{n}", "result": {"type": "succeeded"}}) + b"\n" for n in range(3)
)
FORM = (
    b'--b\r\nContent-Disposition: form-data; name="file"; filename="a.bin"\r\n'
    b"Content-Type: application/octet-stream\r\n\r\n" + TEN + b"\r\n--b--\r\n"
)
ASKED = {"custom_id": "c0", "params": {"model": "claude-m", "messages": [TURN]}}
BATCH = compact({"requests": [ASKED]})


def get(target: bytes, method: bytes = b"GET") -> bytes:
    """A request without a body."""
    return ask(None, VERSION, KEY, target=target, method=method)


def post(raw: bytes, target: bytes) -> bytes:
    """A request with a body."""
    return ask(raw, VERSION, KEY, target=target)


def gives(value: object) -> list[Step]:
    """An answer of JSON."""
    return [answer(compact(value))]


COUNTED = gives({"input_tokens": 14, "context_management": {"original_input_tokens": 14}})
COUNT = b"/v1/messages/count_tokens"
BATCHES = b"/v1/messages/batches"

PAIRS: dict[str, tuple[bytes, list[Step]]] = {
    "counting": (post(body(), COUNT), COUNTED),
    "counting, with a query": (post(body(), COUNT + b"?beta=true"), COUNTED),
    "counting what is no message": (post(b'{"messages": 7}', COUNT), COUNTED),
    "counting refused": (
        post(body(), COUNT),
        [answer(refused("invalid_request_error", "no"), status=b"400 Bad Request")],
    ),
    "models": (
        get(b"/v1/models?limit=2&after_id=claude-a"),
        gives({"data": [], "has_more": False}),
    ),
    "a model": (get(b"/v1/models/claude-m"), gives({"id": "claude-m", "type": "model"})),
    "a model with capabilities": (
        get(b"/v1/models/claude-m?beta=true"),
        gives({"id": "claude-m", "capabilities": {"effort": {"supported": True}}}),
    ),
    "no such model": (
        get(b"/v1/models/none"),
        [answer(refused("not_found_error", "model: none"), status=b"404 Not Found")],
    ),
    "a batch": (post(BATCH, BATCHES), gives({"id": "msgbatch_1", "request_counts": {}})),
    "batches": (get(BATCHES + b"?limit=1"), gives({"data": [], "first_id": None})),
    "one batch": (get(BATCHES + b"/msgbatch_1"), gives({"processing_status": "ended"})),
    "a batch's results": (
        get(BATCHES + b"/msgbatch_1/results"),
        [*chunked(LINES[:30], LINES[30:], headers=((b"Content-Type", b"application/x-jsonl"),))],
    ),
    "a batch that is called off": (
        ask(None, VERSION, KEY, target=BATCHES + b"/msgbatch_1/cancel"),
        gives({"processing_status": "canceling"}),
    ),
    "a batch that is deleted": (
        get(BATCHES + b"/msgbatch_1", b"DELETE"),
        gives({"type": "message_batch_deleted"}),
    ),
    "a file": (
        ask(
            FORM,
            VERSION,
            KEY,
            FILES,
            b"Content-Type: multipart/form-data; boundary=b",
            target=b"/v1/files",
        ),
        gives({"id": "file_1", "size_bytes": len(TEN)}),
    ),
    "files": (get(b"/v1/files?scope_id=s"), gives({"data": []})),
    "a file's content": (
        get(b"/v1/files/file_1/content"),
        [answer(TEN, headers=((b"Content-Type", b"image/png"), (b"ETag", b'"1"')))],
    ),
    "a file that is deleted": (get(b"/v1/files/file_1", b"DELETE"), gives({"id": "file_1"})),
    "skills": (get(b"/v1/skills"), gives({"data": []})),
    "a path of a year to come": (post(b"{}", b"/v1/messages/forecast"), gives({})),
    "messages that are asked for": (
        get(b"/v1/messages"),
        [
            answer(
                refused("invalid_request_error", "Method Not Allowed"),
                status=b"405 Method Not Allowed",
                headers=(JSON, (b"Allow", b"POST")),
            )
        ],
    ),
    "a CORS question": (get(b"/v1/messages", b"OPTIONS"), [answer(b"", headers=())]),
}


def cases() -> Iterator[Case]:
    """Each of them; memory has no part in any."""
    for name, (request, steps) in PAIRS.items():
        yield DIALECT.case(name, request, *steps)
