"""What Ollama has beside chats and prompts: embeddings, and models that come and go."""

import hashlib
from collections.abc import Iterator

from upstream import CUT, Step, answer, chunked
from wire.cases.llama.answers import UTF8
from wire.cases.llama.asking import CHAT
from wire.cases.transport import TEN
from wire.corpus import LINES, Case, ask, compact

DIGEST = b"sha256:" + hashlib.sha256(TEN).hexdigest().encode()
PULLED = [
    b'{"status":"pulling manifest"}\n',
    b'{"status":"pulling 6a0746a1ec1a","digest":"sha256:6a07","total":4661211808,"completed":1}\n',
    b'{"status":"verifying sha256 digest"}\n',
    b'{"status":"success"}\n',
]
VECTOR = {"model": "e", "embeddings": [[0.010071029, -1e-7, 0.0]], "prompt_eval_count": 3}
MODEL = {"name": "gemma4:latest", "size": 3338801804, "digest": "a2af", "details": {}}


def post(path: str, **fields: object) -> bytes:
    """A request with a body."""
    return ask(compact(fields), target=path.encode())


def get(path: str, method: bytes = b"GET") -> bytes:
    """A request without one."""
    return ask(None, target=path.encode(), method=method)


def gives(value: object) -> list[Step]:
    """An answer of JSON."""
    return [answer(compact(value), headers=(UTF8,))]


def lines(*said: bytes) -> list[Step]:
    """An answer of lines."""
    return [*chunked(*said, headers=(LINES,))]


PAIRS: dict[str, tuple[bytes, list[Step]]] = {
    "an embedding": (post("/api/embed", model="e", input="Hello"), gives(VECTOR)),
    "embeddings": (
        post("/api/embed", model="e", input=["Hello", ""], truncate=True, dimensions=64),
        gives(VECTOR),
    ),
    "an embedding in the older way": (
        post("/api/embeddings", model="e", prompt="Hello"),
        gives({"embedding": [0.5, 1e-9]}),
    ),
    "models": (get("/api/tags"), gives({"models": [MODEL]})),
    "models in memory": (get("/api/ps"), gives({"models": [{**MODEL, "size_vram": 1}]})),
    "the version": (get("/api/version"), gives({"version": "0.40.12"})),
    "a model": (
        post("/api/show", model="gemma4", verbose=True),
        gives({"modelfile": 'SYSTEM "…"', "capabilities": ["completion"], "model_info": {}}),
    ),
    "a model that is not there": (
        post("/api/show", model="none"),
        [answer(b'{"error":"model \'none\' not found"}', status=b"404 Not Found")],
    ),
    "a model that is pulled": (post("/api/pull", model="gemma4"), lines(*PULLED)),
    "a pull in one piece": (
        post("/api/pull", model="gemma4", stream=False),
        gives({"status": "success"}),
    ),
    "a pull that fails": (
        post("/api/pull", model="none"),
        lines(PULLED[0], b'{"error":"pull model manifest: file does not exist"}\n'),
    ),
    "a pull that is cut": (
        post("/api/pull", model="gemma4"),
        [*chunked(*PULLED[:2], headers=(LINES,), end=False), CUT],
    ),
    "a model that is pushed": (
        post("/api/push", model="me/kestrel", insecure=True),
        lines(b'{"status":"pushing manifest"}\n', PULLED[-1]),
    ),
    "a model that is made": (
        post("/api/create", model="k", system="About Hello.", **{"from": "gemma4"}),
        lines(b'{"status":"using existing layer"}\n', PULLED[-1]),
    ),
    "a model that is made of a talk": (
        post("/api/create", model="k", messages=[{"role": "user", "content": "Hello"}]),
        lines(PULLED[-1]),
    ),
    "a model that is copied": (
        post("/api/copy", source="a", destination="b"),
        [answer(b"", headers=())],
    ),
    "a model that is deleted": (
        ask(b'{"model":"gemma4"}', target=b"/api/delete", method=b"DELETE"),
        [answer(b"", headers=())],
    ),
    "a blob that is there": (
        get(f"/api/blobs/{DIGEST.decode()}", b"HEAD"),
        [b"HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n"],
    ),
    "a blob": (
        ask(
            TEN,
            b"Content-Type: application/octet-stream",
            target=b"/api/blobs/" + DIGEST,
        ),
        [answer(b"", status=b"201 Created", headers=())],
    ),
    "who is signed in": (ask(None, target=b"/api/me"), gives({"name": "ann"})),
    "a search": (
        post("/api/web_search", query="Hello", max_results=3),
        gives({"results": [{"title": "K", "url": "https://example.org", "content": "bird"}]}),
    ),
    "a page": (post("/api/web_fetch", url="https://example.org"), gives({"links": []})),
    "a path of a year to come": (post("/api/forecast", a=1), gives({})),
    "a chat that is asked for": (
        get("/api/chat"),
        [answer(b"404 page not found", status=b"404 Not Found", headers=())],
    ),
    "a slash too many": (post("/api/chat/", model="m", messages=[]), gives({})),
}


def cases() -> Iterator[Case]:
    """Each of them; memory has no part in any."""
    for name, (request, steps) in PAIRS.items():
        yield CHAT.case(name, request, *steps)
