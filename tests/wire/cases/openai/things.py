"""Calls about what is kept on the server: models, batches, stores, responses."""

from upstream import answer
from wire.cases.openai.asking import BETA, KEY, OK, Exchange, asks, bare, gives
from wire.cases.transport import TEN
from wire.corpus import ask, compact

THINGS: dict[str, Exchange] = {
    "models": (
        bare(b"GET", "models"),
        gives({"object": "list", "data": []}, (b"x-request-id", b"r")),
    ),
    "a model": (bare(b"GET", "models/org%2Fname:1"), gives({"id": "org/name:1"})),
    "a model deleted": (bare(b"DELETE", "models/ft:gpt:me::1"), gives({"deleted": True})),
    "organisation and project": (
        bare(b"GET", "models", b"OpenAI-Organization: o", b"OpenAI-Project: p"),
        gives({}),
    ),
    "a batch": (
        asks(
            "batches",
            {"input_file_id": "file-1", "endpoint": "/v1/chat/completions"},
            b"Idempotency-Key: i",
        ),
        gives({"id": "batch_1", "status": "validating"}),
    ),
    "a batch cancelled": (bare(b"POST", "batches/batch_1/cancel"), gives({"status": "cancelling"})),
    "a vector store": (
        asks("vector_stores", {"name": "Hello", "file_ids": ["file-1"]}, BETA),
        gives({}),
    ),
    "a search in it": (
        asks("vector_stores/vs/search", {"query": "Hello", "filters": None}),
        gives({"data": []}),
    ),
    "an evaluation": (
        asks("evals", {"name": "Hello", "data_source_config": {"type": "custom"}}),
        gives({}),
    ),
    "a fine-tuning job": (
        bare(b"GET", "fine_tuning/jobs/ft-1/events?limit=1"),
        gives({"data": []}),
    ),
    "a response fetched": (
        bare(b"GET", "responses/resp_1?include%5B%5D=a&stream=false"),
        gives({"id": "resp_1"}),
    ),
    "a response's items": (
        bare(b"GET", "responses/resp_1/input_items?order=asc"),
        gives({"data": []}),
    ),
    "a response cancelled": (bare(b"POST", "responses/resp_1/cancel"), gives({"id": "resp_1"})),
    "a response deleted": (bare(b"DELETE", "responses/resp_1"), gives({"deleted": True})),
    "costs": (bare(b"GET", "organization/costs?start_time=1&group_by[]=project_id"), gives({})),
    "a project changed": (
        ask(OK, KEY, method=b"PATCH", target=b"/v1/organization/projects/p"),
        gives({}),
    ),
    "bytes put": (
        ask(
            TEN,
            KEY,
            b"Content-Type: application/octet-stream",
            method=b"PUT",
            target=b"/v1/x/1?a=%2F&a=&b",
        ),
        [b"HTTP/1.1 204 No Content\r\nETag: x\r\n\r\n"],
    ),
    "what may be done": (
        ask(None, method=b"OPTIONS", target=b"/v1/embeddings"),
        [
            answer(b"", status=b"204 No Content", headers=((b"Allow", b"POST, OPTIONS"),)).replace(
                b"Content-Length: 0\r\n", b""
            )
        ],
    ),
    "a deployment": (
        ask(
            compact({"messages": [{"role": "user", "content": "Hello"}]}),
            b"api-key: k",
            target=b"/openai/deployments/d/chat/completions?api-version=2024-10-21",
        ),
        gives({"choices": []}),
    ),
    "a server's health": (ask(None, method=b"GET", target=b"/health"), gives({"status": "ok"})),
    "a server's properties": (ask(None, method=b"GET", target=b"/props?model="), gives({})),
    "words to tokens": (
        ask(compact({"content": "Hello"}), target=b"/tokenize"),
        gives({"tokens": [1]}),
    ),
    "nothing that is there": (
        bare(b"GET", "no/such/path"),
        gives({"error": {"code": 404}}, status=b"404 Not Found"),
    ),
    "too much at once": (
        asks("embeddings", {"input": "Hello"}),
        gives(
            {"error": {"code": "rate"}},
            (b"Retry-After", b"2"),
            (b"x-ratelimit-remaining-tokens", b"0"),
            status=b"429 Too Many Requests",
        ),
    ),
}
