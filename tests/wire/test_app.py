"""The application from outside: what a client and an upstream see of a call."""

import json
import socket
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime

import httpx
import pytest
from serving import Served, serving
from upstream import CUT, Upstream, answer, chunked
from waiting import until
from wire.corpus import DONE, GREETING, ask
from wire.exchange import exchange

from mindhold.beliefs.database import Database
from mindhold.beliefs.tokens import Tokens
from mindhold.proxy.app import create_app
from mindhold.proxy.logged import Injection
from mindhold.proxy.memory import Memory
from mindhold.proxy.settings import Inject, Settings
from mindhold.proxy.settings import Upstream as Line
from mindhold.proxy.turn import Turn
from mindhold.proxy.upstream import environment_proxy

CALLS = ("/v1/chat/completions", "/v1/responses", "/v1/messages", "/api/chat")
CHAT = {"model": "gpt-x", "messages": [{"role": "user", "content": "Hello"}]}


def test_a_chat_goes_to_the_upstream_and_its_answer_comes_back(
    serve: Callable[..., Served], upstream: Upstream
) -> None:
    unhurried = serve(inject=Inject(deadline_ms=10_000))  # on a busy machine too
    got = httpx.post(f"{unhurried.url}/chat/completions?a=%2F", json=CHAT)
    assert got.json()["choices"][0]["message"]["content"] == "All right."
    assert got.headers["x-mindhold-memory"].startswith("injected=0; scopes=domain:general; ms=")
    assert len(got.headers["x-mindhold-request"]) == 26
    assert upstream.last.target == b"/v1/chat/completions?a=%2F"
    assert upstream.last.json == CHAT


def test_scope_and_temporary_are_not_part_of_the_upstreams_target(
    proxy: Served, upstream: Upstream
) -> None:
    path = "/scope/project:My-App,domain:code/ts/v1/chat/completions?x=%41"
    got = httpx.post(proxy.origin + path, json=CHAT)
    assert "scopes=project:my-app,domain:code/ts" in got.headers["x-mindhold-memory"]
    assert upstream.last.target == b"/v1/chat/completions?x=%41"
    got = httpx.post(f"{proxy.origin}/temporary/v1/chat/completions", json=CHAT)
    assert got.headers["x-mindhold-memory"] == "off"


@pytest.mark.parametrize("path", ["/v1/chat/completions", "/v1/embeddings", "/v1/models"])
def test_a_scope_that_does_not_parse_is_a_400_that_names_its_place(
    path: str, proxy: Served, upstream: Upstream
) -> None:
    by_header = httpx.post(proxy.origin + path, json=CHAT, headers={"x-mindhold-scope": "nonsense"})
    assert by_header.status_code == 400
    assert "X-Mindhold-Scope" in by_header.json()["error"]["message"]
    by_path = httpx.post(f"{proxy.origin}/scope/non:sense{path}", json=CHAT)
    assert by_path.status_code == 400
    assert "path" in by_path.json()["error"]["message"]
    assert not upstream.seen


def test_what_is_ours_or_of_one_hop_never_reaches_the_upstream(
    proxy: Served, upstream: Upstream
) -> None:
    ours = {
        "x-mindhold-agent": "a",
        "x-mindhold-inject": "off",
        "origin": proxy.origin,
        "sec-fetch-mode": "cors",
        "connection": "x-hop, close",
        "x-hop": "1",
        "te": "trailers",
        "keep-alive": "timeout=5",
        "upgrade": "h2c",
        "cookie": "session=1",
        "proxy-authorization": "Basic x",
        "x-goog-api-key": "g",
        "x-api-key": "not this dialect's",
        "x-custom": "stays",
    }
    httpx.post(f"{proxy.url}/chat/completions", json=CHAT, headers=ours)
    names = {name.lower() for name, _ in upstream.last.headers}
    assert names & {name.encode() for name in ours} == {b"x-custom"}
    assert upstream.last.header(b"host") == b"127.0.0.1:%d" % upstream.port


@pytest.mark.parametrize(
    ("path", "headers", "passed"),
    [
        ("/v1/models", {"authorization": "Bearer sk-1"}, {b"authorization"}),
        ("/v1/models", {"api-key": "azure"}, {b"api-key"}),
        ("/v1/models", {"x-api-key": "sk-ant"}, set()),
        ("/v1/messages", {"x-api-key": "sk-ant"}, {b"x-api-key"}),
        ("/v1/messages", {"authorization": "Bearer oauth"}, {b"authorization"}),
        ("/v1/messages", {"api-key": "azure"}, set()),
        ("/api/tags", {"authorization": "Bearer sk-1"}, set()),
    ],
)
def test_an_upstream_gets_only_the_credential_it_is_owed(
    path: str, headers: dict[str, str], passed: set[bytes], proxy: Served, upstream: Upstream
) -> None:
    httpx.get(proxy.origin + path, headers=headers)
    credentials = {b"authorization", b"x-api-key", b"api-key"}
    assert {name.lower() for name, _ in upstream.last.headers} & credentials == passed


@pytest.mark.parametrize("header", ["authorization", "api-key"])
def test_an_access_token_never_goes_upstream_wherever_it_stands(
    header: str, settings: Settings, proxy: Served, upstream: Upstream
) -> None:
    with Database.open(settings.home) as database:
        secret, _ = Tokens(database).create("phone", now=datetime.now(UTC))
    answer = httpx.get(f"{proxy.url}/models", headers={"x-mindhold-token": secret, header: secret})
    assert answer.status_code == 200
    assert secret.encode() not in b"".join(value for _, value in upstream.last.headers)


def test_a_model_finds_its_upstream_and_without_one_it_is_the_first(
    serve: Callable[..., Served], upstream: Upstream
) -> None:
    with Upstream().running() as other:
        lines = (
            Line(name="a", dialect="openai", base_url=upstream.url, models=("gpt-*",)),
            Line(name="b", dialect="openai", base_url=other.url, models=("llama*",), key="none"),
        )
        served = serve(upstreams=lines)
        key = {"authorization": "Bearer sk-1"}
        for path in ("/chat/completions", "/embeddings", "/responses"):
            httpx.post(served.url + path, json=CHAT | {"model": "llama3:8b"}, headers=key)
            assert other.last.header(b"authorization") is None
        assert len(other.seen) == 3
        httpx.get(f"{served.url}/models")
        httpx.post(f"{served.url}/chat/completions", json=CHAT)
        httpx.post(f"{served.url}/chat/completions", content=b"not JSON")
        assert len(upstream.seen) == 3
        unknown = httpx.post(f"{served.url}/chat/completions", json=CHAT | {"model": "x"})
        assert unknown.status_code == 404
        assert unknown.json()["error"]["code"] == "model_not_found"


@pytest.mark.parametrize(
    ("base", "asked", "target"),
    [
        ("/v1", "/v1/models", b"/v1/models"),
        ("/v1/", "/v1/models", b"/v1/models"),
        ("", "/v1/models", b"/v1/models"),
        ("/api/v1", "/v1/models?a=1", b"/api/v1/models?a=1"),
        ("/v1beta/openai", "/v1/models", b"/v1beta/openai/models"),
        ("/v1", "/props", b"/props"),
        ("/deep/v1", "/props", b"/deep/props"),
    ],
)
def test_the_base_url_is_what_an_sdk_would_be_given(
    base: str, asked: str, target: bytes, serve: Callable[..., Served], upstream: Upstream
) -> None:
    lines = (Line(name="a", dialect="openai", base_url=upstream.origin + base),)
    httpx.get(serve(upstreams=lines).origin + asked)
    assert upstream.last.target == target


def test_a_websocket_client_is_told_at_once_to_use_http(proxy: Served, upstream: Upstream) -> None:
    request = ask(
        None,
        b"Upgrade: websocket",
        b"Connection: Upgrade",
        b"Sec-WebSocket-Key: x",
        b"Sec-WebSocket-Version: 13",
        target=b"/v1/responses",
        method=b"GET",
    ).replace(b"Connection: close\r\n", b"")
    with socket.create_connection(("127.0.0.1", proxy.port), timeout=5) as line:
        line.sendall(request.replace(b"{host}", b"127.0.0.1:%d" % proxy.port))
        assert line.recv(1000).startswith(b"HTTP/1.1 426 ")
    assert not upstream.seen


def test_an_oversized_chat_streams_on_untouched(proxy: Served, upstream: Upstream) -> None:
    body = b'{"model":"m","messages":[],"x":"' + b"y" * (33 << 20) + b'"}'
    for framing in ({"content-length": str(len(body))}, {}):
        content = body if framing else (body[at : at + 65536] for at in range(0, len(body), 65536))
        got = httpx.post(f"{proxy.url}/chat/completions", content=content, timeout=60)
        assert got.headers["x-mindhold-memory"] == "bypass; reason=body too large"
        assert upstream.last.body == body


class Broken(Memory):
    """A memory whose every call fails."""

    async def inject(self, turn: Turn) -> Injection:
        raise RuntimeError("secret words")

    def finished(self, *_: object, **__: object) -> None:
        raise RuntimeError("secret words")


def test_a_memory_that_fails_in_every_call_costs_nobody_their_chat(
    settings: Settings, upstream: Upstream
) -> None:
    with serving(create_app(settings, memory=Broken(settings))) as served:
        typed = {"content-type": "application/json"}
        for number, path in enumerate(CALLS, 1):
            sent = json.dumps(CHAT | {"input": "Hello."}, indent=3).encode()
            got = httpx.post(served.origin + path, content=sent, headers=typed)
            assert got.status_code == 200
            assert upstream.last.body == sent
            assert got.headers["x-mindhold-memory"] == "bypass; reason=fault"
            assert httpx.get(f"{served.origin}/healthz").json()["faults"] == number


class Listening(Memory):
    """A memory that remembers how calls ended."""

    def __init__(self, settings: Settings) -> None:
        super().__init__(settings)
        self.ends: list[tuple[int | None, object, str | None]] = []

    def finished(
        self, turn: Turn, injection: Injection, *, status: int | None, **known: object
    ) -> None:
        super().finished(turn, injection, status=status, **known)  # type: ignore[arg-type]
        self.ends.append((status, known["usage"], known["response_id"]))  # type: ignore[arg-type]


def test_memory_hears_of_every_end_once(settings: Settings, upstream: Upstream) -> None:
    memory = Listening(settings)
    with serving(create_app(settings, memory=memory)) as served:
        exchange(served.port, ask())
        upstream.script(*chunked(GREETING[0], end=False), CUT)
        exchange(served.port, ask())
        upstream.script(answer(b'{"error":{}}', status=b"429 Slow down"))
        exchange(served.port, ask())
        upstream.script(CUT)
        exchange(served.port, ask())
        upstream.script(*chunked(GREETING[0]), 5.0, DONE)
        with socket.create_connection(("127.0.0.1", served.port), timeout=5) as line:
            line.sendall(ask().replace(b"{host}", b"127.0.0.1:%d" % served.port))
            got = b""
            while b"c-1" not in got:  # the first piece is on its way when the client leaves
                got += line.recv(1000)
        until(lambda: len(memory.ends) >= 5)
    usage = {"prompt_tokens": 7, "completion_tokens": 2, "total_tokens": 9}
    assert memory.ends == [
        (200, usage, "chatcmpl-1"),
        (200, None, "c-1"),
        (429, None, None),
        (None, None, None),
        (200, None, "c-1"),
    ]


def test_a_key_that_cannot_be_read_is_told_by_the_call_that_needs_it(
    serve: Callable[..., Served], settings: Settings, upstream: Upstream
) -> None:
    lines = (replace(settings.upstreams[0], key="env:MINDHOLD_NOT_SET"),)
    got = httpx.post(
        f"{serve(upstreams=lines, require_token='never').url}/chat/completions", json=CHAT
    )
    assert got.status_code == 503
    assert "MINDHOLD_NOT_SET" in got.json()["error"]["message"]
    assert not upstream.seen


def test_an_injected_client_takes_the_place_of_the_real_connections(settings: Settings) -> None:
    asked: list[httpx.Request] = []

    def there(request: httpx.Request) -> httpx.Response:
        asked.append(request)
        return httpx.Response(200, json={"ok": True}, headers={"x-a": "1"})

    client = httpx.AsyncClient(transport=httpx.MockTransport(there))
    with serving(create_app(settings, client=client)) as served:
        got = httpx.post(f"{served.url}/chat/completions", json=CHAT)
    assert (got.json(), got.headers["x-a"]) == ({"ok": True}, "1")
    assert asked[0].url.path == "/v1/chat/completions"
    assert "user-agent" in asked[0].headers


def test_an_upstreams_own_proxy_carries_its_calls(
    serve: Callable[..., Served], upstream: Upstream
) -> None:
    line = Line(
        name="far", dialect="openai", base_url="http://far.invalid/v1", proxy=upstream.origin
    )
    assert httpx.get(f"{serve(upstreams=(line,)).url}/models?a=%2F").status_code == 200
    assert upstream.last.target == b"http://far.invalid/v1/models?a=%2F"


def test_the_environments_proxy_is_for_other_machines_only(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HTTPS_PROXY", "http://proxy.lan:3128")
    monkeypatch.setenv("NO_PROXY", "inside.example")
    assert environment_proxy("api.example") == "http://proxy.lan:3128"
    for host in ("inside.example", "a.inside.example", "localhost", "127.0.0.1", "::1"):
        assert environment_proxy(host) is None


def test_a_tunnel_is_asked_for_by_the_upstreams_name(
    serve: Callable[..., Served], upstream: Upstream
) -> None:
    line = Line(
        name="far", dialect="openai", base_url="https://far.invalid/v1", proxy=upstream.origin
    )
    upstream.script(answer(b"", status=b"407 Proxy Authentication Required"))
    got = httpx.get(f"{serve(upstreams=(line,)).url}/models")
    assert (got.status_code, "through its proxy" in got.text) == (502, True)
    assert (upstream.last.method, upstream.last.target) == (b"CONNECT", b"far.invalid:443")
