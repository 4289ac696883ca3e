"""The front door: a matrix of names and pages, and who needs a token for what."""

import json
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import httpx
import pytest
from serving import Served
from upstream import Upstream
from wire.exchange import exchange

from mindhold.beliefs.database import Database
from mindhold.beliefs.store import Store
from mindhold.beliefs.tokens import Tokens
from mindhold.proxy.frontdoor import demands_token
from mindhold.proxy.settings import Listen, Settings
from mindhold.proxy.settings import Upstream as Line

NOW = datetime(2026, 11, 21, tzinfo=UTC)
CHAT = {"model": "m", "messages": [{"role": "user", "content": "Hello"}]}

# The Host line, other header lines, and whether the door opens; PORT is ours.
MATRIX: list[tuple[str, str, bool]] = [
    ("127.0.0.1:PORT", "", True),
    ("localhost:PORT", "", True),
    ("LOCALHOST:PORT", "", True),
    ("[::1]:PORT", "", True),
    ("memory.lan", "", True),
    ("memory.lan:PORT", "", True),
    ("Memory.LAN:PORT", "", True),
    ("odd.lan:8443", "", True),
    ("odd.lan", "", False),
    ("odd.lan:PORT", "", False),
    ("memory.lan:1", "", False),
    ("127.0.0.1", "", False),
    ("127.0.0.1:1", "", False),
    ("127.0.0.1:", "", False),
    ("127.0.0.1:0PORT", "", False),
    ("127.0.0.1:PORT ", "", True),
    ("127.0.0.1:PORT:PORT", "", False),
    ("localhost", "", False),
    ("localhost.:PORT", "", False),
    ("localhost.evil.example:PORT", "", False),
    ("evil.example:PORT", "", False),
    ("evil.example", "", False),
    ("127.0.0.1.nip.io:PORT", "", False),
    ("127.1:PORT", "", False),
    ("2130706433:PORT", "", False),
    ("0x7f.0.0.1:PORT", "", False),
    ("127.0.0.2:PORT", "", False),
    ("0.0.0.0:PORT", "", False),
    ("[::]:PORT", "", False),
    ("::1:PORT", "", False),
    ("[::ffff:127.0.0.1]:PORT", "", False),
    ("user@127.0.0.1:PORT", "", False),
    ("127.0.0.1:PORT/", "", False),
    ("127.0.0.1:PORT,evil.example", "", False),
    ("xlocalhost:PORT", "", False),
    ("", "", False),
    ("127.0.0.1:PORT", "Host: evil.example", False),
    ("127.0.0.1:PORT", "Origin: http://127.0.0.1:PORT", True),
    ("127.0.0.1:PORT", "Origin: http://localhost:PORT", True),
    ("127.0.0.1:PORT", "Origin: https://memory.lan", True),
    ("127.0.0.1:PORT", "Origin: http://127.0.0.1:1", False),
    ("127.0.0.1:PORT", "Origin: http://localhost", False),
    ("127.0.0.1:PORT", "Origin: https://evil.example", False),
    ("127.0.0.1:PORT", "Origin: null", False),
    ("127.0.0.1:PORT", "Origin:", False),
    ("127.0.0.1:PORT", "Origin: file://", False),
    ("127.0.0.1:PORT", "Origin: chrome-extension://127.0.0.1:PORT", False),
    ("127.0.0.1:PORT", "Origin: http://127.0.0.1:PORT.evil.example", False),
    ("127.0.0.1:PORT", "Origin: http://localhost:PORT\r\nOrigin: http://evil.example", False),
    ("127.0.0.1:PORT", "Sec-Fetch-Site: cross-site", False),
    ("127.0.0.1:PORT", "Sec-Fetch-Site: Cross-Site", False),
    ("127.0.0.1:PORT", "Sec-Fetch-Site: same-origin", True),
    ("127.0.0.1:PORT", "Sec-Fetch-Site: none", True),
]
PATHS = ("/healthz", "/v1/models", "/scope/project:x/v1/models", "/nowhere")


def test_the_matrix_of_hosts_and_origins(serve: Callable[..., Served], upstream: Upstream) -> None:
    served = serve(listen=Listen(port=1, names=("memory.lan", "odd.lan:8443")))
    for host, line, opens in MATRIX:
        for path in PATHS:
            head = f"GET {path} HTTP/1.1\r\nHost: {host}\r\n{line}".rstrip("\r\n")
            request = f"{head}\r\nConnection: close\r\n\r\n".replace("PORT", str(served.port))
            upstream.forget()
            status = exchange(served.port, request.encode()).status
            assert (status == 200) is opens, (host, line, path)
            assert status == (200 if opens else 403)
            assert opens or not upstream.seen


@pytest.mark.parametrize(
    ("listens", "host"),
    [("192.168.1.5", "192.168.1.5"), ("fd00::5", "[fd00::5]"), ("[fd00::5]", "[fd00::5]")],
)
def test_the_address_that_it_listens_on_is_a_host_of_ours(
    serve: Callable[..., Served], listens: str, host: str
) -> None:
    served = serve(listen=Listen(host=listens), require_token="never")

    def status(named: str) -> int:
        head = f"GET /v1/models HTTP/1.1\r\nHost: {named}\r\nConnection: close\r\n\r\n"
        return exchange(served.port, head.encode()).status

    assert status(f"{host}:{served.port}") == 200
    assert status(f"{host}0:{served.port}") == status(f"0{host}:{served.port}") == 403


def test_no_host_at_all_is_refused(proxy: Served) -> None:
    assert exchange(proxy.port, b"GET /healthz HTTP/1.0\r\n\r\n").status == 403


@pytest.fixture
def store(settings: Settings) -> Iterator[Tokens]:
    with Database.open(settings.home) as database:
        yield Tokens(database)


@pytest.fixture
def keyed(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> tuple[Line, ...]:
    """The same upstreams, for which the proxy holds keys."""
    monkeypatch.setenv("HELD", "sk-held")
    return tuple(replace(line, key="env:HELD") for line in settings.upstreams[:2])


def call(served: Served, **headers: str) -> httpx.Response:
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    return httpx.post(f"{served.url}/chat/completions", json=CHAT, headers=named)


def test_a_proxy_that_holds_a_key_asks_for_a_token_on_every_path_but_healthz(
    serve: Callable[..., Served], keyed: tuple[Line, ...], upstream: Upstream
) -> None:
    served = serve(upstreams=keyed)
    for path in ("/v1/models", "/v1/chat/completions", "/scope/project:x/v1/models", "/", "/api/x"):
        answer = httpx.get(served.origin + path)
        assert answer.status_code == 401
    assert answer.json() == {"error": answer.json()["error"]}
    assert call(served, authorization="Bearer sk-somebody").status_code == 401
    assert httpx.get(f"{served.origin}/healthz").status_code == 200
    assert not upstream.seen


@pytest.mark.parametrize("name", ["authorization", "x-api-key", "x-mindhold-token"])
def test_a_token_is_taken_from_three_places_and_our_key_goes_on_instead(
    name: str,
    serve: Callable[..., Served],
    store: Tokens,
    keyed: tuple[Line, ...],
    upstream: Upstream,
) -> None:
    served = serve(upstreams=keyed)
    secret, _ = store.create("aider", now=NOW)
    value = f"Bearer {secret}" if name == "authorization" else secret
    assert call(served, **{name: value}).status_code == 200
    assert upstream.last.header(b"authorization") == b"Bearer sk-held"
    assert secret.encode() not in upstream.last.raw
    assert b"mindhold" not in upstream.last.raw.lower()


def test_a_revoked_token_is_refused_by_the_running_proxy(
    serve: Callable[..., Served], store: Tokens, keyed: tuple[Line, ...]
) -> None:
    served = serve(upstreams=keyed)
    secret, _ = store.create("aider", now=NOW)
    assert call(served, x_mindhold_token=secret).status_code == 200
    store.revoke("aider", now=NOW)
    refused = call(served, x_mindhold_token=secret)
    assert refused.status_code == 401
    assert secret not in refused.text


def test_a_tokens_scopes_are_its_default_and_its_limit(
    serve: Callable[..., Served], store: Tokens, keyed: tuple[Line, ...], upstream: Upstream
) -> None:
    served = serve(upstreams=keyed)
    secret, _ = store.create("aider", now=NOW, scopes=("project:a", "domain:code"))
    default = call(served, x_mindhold_token=secret)
    assert "scopes=project:a,domain:code" in default.headers["x-mindhold-memory"]
    within = call(served, x_mindhold_token=secret, x_mindhold_scope="project:a")
    assert within.status_code == 200
    upstream.forget()
    beyond = call(served, x_mindhold_token=secret, x_mindhold_scope="project:b")
    assert beyond.status_code == 403
    assert not upstream.seen


def test_an_expired_token_is_refused_in_a_sentence(
    serve: Callable[..., Served], store: Tokens, keyed: tuple[Line, ...], upstream: Upstream
) -> None:
    served, soon = serve(upstreams=keyed), datetime.now(UTC) + timedelta(seconds=1)
    secret, _ = store.create("aider", now=NOW, expires_at=soon)
    over, _ = store.create("old", now=NOW, expires_at=NOW + timedelta(seconds=1))
    assert call(served, x_mindhold_token=secret).status_code == 200
    upstream.forget()
    refused = call(served, x_mindhold_token=over)
    assert refused.status_code == 401
    assert refused.json()["error"]["message"].startswith("This access token expired on 2026-11-21:")
    time.sleep(max(0.0, (soon - datetime.now(UTC)).total_seconds()))
    assert call(served, x_mindhold_token=secret).status_code == 401
    assert not upstream.seen


def test_a_token_without_chat_reaches_no_upstream_by_any_path(
    serve: Callable[..., Served], store: Tokens, keyed: tuple[Line, ...], upstream: Upstream
) -> None:
    served = serve(upstreams=keyed)
    secret, _ = store.create("reader", now=NOW, can=("read", "write", "admin"))
    for method, path in (
        ("POST", "/v1/chat/completions"),
        ("POST", "/v1/messages"),
        ("POST", "/v1/embeddings"),
        ("GET", "/v1/models"),
        ("GET", "/"),
        ("POST", "/temporary/v1/chat/completions"),
    ):
        refused = httpx.request(
            method, served.origin + path, json=CHAT, headers={"x-mindhold-token": secret}
        )
        assert (refused.status_code, "chat" in refused.text) == (403, True), path
    assert not upstream.seen


def test_a_token_is_given_and_teaches_only_what_it_is_for(
    serve: Callable[..., Served], store: Tokens, settings: Settings, upstream: Upstream
) -> None:
    served = serve(require_token="always", commands=True)
    usual, _ = store.create("usual", now=NOW)
    deaf, _ = store.create("deaf", now=NOW, can=("chat", "learn"))
    dumb, _ = store.create("dumb", now=NOW, can=("chat", "inject"))

    def say(secret: str, *turns: str) -> httpx.Response:
        roles = ("user", "assistant")
        messages = [{"role": roles[at % 2], "content": text} for at, text in enumerate(turns)]
        return httpx.post(
            f"{served.url}/chat/completions",
            json={"model": "m", "messages": messages},
            headers={"x-mindhold-token": secret},
        )

    def held() -> list[str]:
        time.sleep(0.5)  # what is learned is written within a fifth of a second
        with Store.open(settings.home, readonly=True) as beliefs:
            return sorted(one.canonical_name for one in beliefs.select())

    say(dumb, "Remember that we deploy with Kestrel.")
    assert held() == []
    say(deaf, "Remember that we deploy with Kestrel.")
    [name] = held()

    question = "How do I set up Kestrel?"
    given = say(usual, question)
    assert given.headers["x-mindhold-memory"].startswith("injected=1;")
    block = upstream.last.body
    bare = say(deaf, question)
    assert bare.headers["x-mindhold-memory"] == "off"
    assert b"mindhold" in block
    assert upstream.last.body == bare.request.content

    upstream.forget()
    for secret, command in (
        (dumb, "!remember we use Vitest"),
        (dumb, f"!forget {name}"),
        (deaf, f"!forget {name}"),
        (deaf, "!why"),
    ):
        told = say(secret, question, "Like this.", command).json()
        assert "This access token is not one for" in told["choices"][0]["message"]["content"]
    assert not upstream.seen
    assert held() == [name]


def test_a_wrong_token_is_refused_even_where_none_is_needed(proxy: Served) -> None:
    assert call(proxy, authorization="Bearer mh_wrong").status_code == 401
    assert call(proxy, x_mindhold_token="anything").status_code == 401
    assert call(proxy, authorization="Bearer sk-own").status_code == 200


def test_beside_a_passthrough_key_only_the_key_goes_on(
    serve: Callable[..., Served], store: Tokens, upstream: Upstream
) -> None:
    served = serve(require_token="always")
    secret, _ = store.create("aider", now=NOW)
    both = call(served, x_mindhold_token=secret, authorization="Bearer sk-own")
    assert both.status_code == 200
    assert upstream.last.header(b"authorization") == b"Bearer sk-own"
    assert secret.encode() not in upstream.last.raw


def test_a_consumed_token_has_no_key_to_pass_on_and_reaches_only_held_ones(
    serve: Callable[..., Served], store: Tokens, upstream: Upstream
) -> None:
    served = serve(require_token="always")
    secret, _ = store.create("aider", now=NOW)
    answer = call(served, authorization=f"Bearer {secret}")
    assert answer.status_code == 401
    assert "X-Mindhold-Token" in answer.json()["error"]["message"]
    assert not upstream.seen
    demo = httpx.post(
        f"{served.url}/chat/completions",
        json=CHAT | {"model": "demo"},
        headers={"authorization": f"Bearer {secret}"},
    )
    assert demo.status_code == 200


@pytest.mark.parametrize(
    ("changes", "demanded"),
    [
        ({}, False),
        ({"require_token": "always"}, True),
        ({"listen": Listen(host="0.0.0.0")}, True),
        ({"listen": Listen(host="192.168.1.5")}, True),
        ({"listen": Listen(host="::1")}, False),
        ({"upstreams": (Line(name="a", dialect="openai", base_url="x", key="keyring"),)}, True),
        ({"upstreams": (Line(name="a", dialect="openai", base_url="x", key="none"),)}, False),
        ({"listen": Listen(host="0.0.0.0"), "require_token": "never"}, False),
    ],
)
def test_auto_asks_for_a_token_when_there_is_something_to_guard(
    changes: dict[str, object], demanded: bool, settings: Settings
) -> None:
    assert demands_token(replace(settings, **changes)) is demanded  # type: ignore[arg-type]


def test_a_store_that_cannot_be_read_lets_nobody_in_who_needs_a_token(
    serve: Callable[..., Served], keyed: tuple[Line, ...], settings: Settings
) -> None:
    settings.home.mkdir(parents=True)
    (settings.home / "store.db").write_bytes(b"not a database" * 100)
    answer = call(serve(upstreams=keyed), authorization="Bearer mh_" + "x" * 43)
    assert answer.status_code == 503
    assert json.loads(answer.text)["error"]["code"] == "tokens_unreadable"


def test_a_head_that_is_too_large_is_refused(proxy: Served, upstream: Upstream) -> None:
    request = b"GET /v1/models HTTP/1.1\r\nHost: {host}\r\nX-A: " + b"a" * 40_000 + b"\r\n\r\n"
    assert exchange(proxy.port, request).status == 431
    assert not upstream.seen
    fits = b"GET /v1/models HTTP/1.1\r\nHost: {host}\r\nX-A: " + b"a" * 30_000
    assert exchange(proxy.port, fits + b"\r\nConnection: close\r\n\r\n").status == 200
