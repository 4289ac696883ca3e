"""What an outsider tries at the door: odd requests, tokens in odd places, misspelled switches."""

import json
import logging
import time
from base64 import b64encode
from collections.abc import Callable, Iterator
from datetime import UTC, datetime

import httpx
import pytest
from injection.place import add, belief
from serving import Served
from upstream import HANG, Upstream, answer
from waiting import until
from wire.corpus import ask
from wire.exchange import exchange, read_all
from wire.test_server import connect

from mindhold.beliefs.database import Database
from mindhold.beliefs.model import State
from mindhold.beliefs.store import Store
from mindhold.beliefs.tokens import SECRET_CHARACTERS, Tokens
from mindhold.proxy.settings import Inject, Settings
from mindhold.proxy.settings import Upstream as Line

NOW = datetime(2026, 11, 21, tzinfo=UTC)
AHEAD = ask().replace(b"Connection: close\r\n", b"")  # more may follow it on the connection


def get(served: Served, line: str, *headers: str) -> int:
    """The status that a request of this first line gets."""
    lines = [line, f"Host: 127.0.0.1:{served.port}", *headers, "Connection: close", "", ""]
    text = "\r\n".join(lines).replace("PORT", str(served.port))
    return exchange(served.port, text.encode()).status


@pytest.fixture
def keyed(
    settings: Settings, serve: Callable[..., Served], monkeypatch: pytest.MonkeyPatch
) -> Served:
    """A key of the proxy's for one upstream, none for another, the caller's for the third."""
    monkeypatch.setenv("HELD", "sk-held")
    own, url = "env:HELD", settings.upstreams[0].base_url
    lines = (
        Line(name="held", dialect="openai", base_url=url, key=own, models=("held",)),
        Line(name="bare", dialect="openai", base_url=url, key="none", models=("bare",)),
        Line(name="passed", dialect="openai", base_url=url, models=("passed",)),
    )
    return serve(upstreams=lines)


@pytest.fixture
def token(settings: Settings) -> Iterator[str]:
    with Database.open(settings.home) as database:
        yield Tokens(database).create("mine", now=NOW)[0]


def say(served: Served, model: str, token: str, headers: dict[str, str]) -> int:
    """The status that a chat with this model gets, with the token beside its headers."""
    body = {"model": model, "messages": [{"role": "user", "content": "Hello"}]}
    sent = {"x-mindhold-token": token, **headers}
    return httpx.post(f"{served.url}/chat/completions", json=body, headers=sent).status_code


@pytest.mark.parametrize(
    ("target", "status"),
    [
        ("http://127.0.0.1:PORT/v1/models", 200),
        ("HTTP://localhost:PORT/v1/models", 200),
        ("http://evil.example/v1/models", 403),
        ("http://evil.example/healthz", 403),
        ("https://127.0.0.1:PORT@evil.example/v1/models", 403),
        ("http://127.0.0.1:1/v1/models", 403),
        ("ftp://127.0.0.1:PORT/v1/models", 400),
        ("v1/models", 400),
        ("*", 400),
    ],
)
def test_a_target_that_is_a_url_must_name_us_as_well(
    target: str, status: int, proxy: Served, upstream: Upstream
) -> None:
    assert get(proxy, f"GET {target} HTTP/1.1") == status
    assert bool(upstream.seen) is (status == 200)


@pytest.mark.parametrize("version", ["HTTP/0.9", "HTTP/1.2", "HTTP/2.0", "HTTP/3.0"])
def test_no_other_version_or_protocol_is_spoken(
    version: str, proxy: Served, upstream: Upstream
) -> None:
    assert get(proxy, f"GET /v1/models {version}") == 400
    assert not upstream.seen


@pytest.mark.parametrize("method", ["CONNECT", "TRACE"])
def test_no_tunnel_is_opened_and_no_key_is_echoed(
    method: str, keyed: Served, token: str, upstream: Upstream
) -> None:
    for path in ("/v1/models", "/v1/chat/completions", "/nowhere"):
        assert get(keyed, f"{method} {path} HTTP/1.1", f"X-Mindhold-Token: {token}") == 501
    assert not upstream.seen


@pytest.mark.parametrize(
    "path",
    [
        "/v1/../admin", "/../admin", "/v1/a/../../admin", "/%2e%2e/admin", "/v1/%2E%2e/admin",
        "/v1/..%2fadmin", "/v1/..;a/admin", "/v1//../admin", "/v1\\..\\..\\admin", "/v1/%5c../x",
        "/scope/project:x/v1/../../admin", "/temporary/../admin",
    ],
)  # fmt: skip
def test_no_path_leads_out_of_the_api_of_an_upstream(
    path: str, proxy: Served, upstream: Upstream
) -> None:
    assert get(proxy, f"GET {path} HTTP/1.1") == 400
    assert not upstream.seen


@pytest.mark.parametrize("value", ["cross-site, same-origin", '"cross-site"', "junk", ""])
def test_a_browser_that_says_an_odd_thing_of_its_page_is_refused(
    value: str, proxy: Served, upstream: Upstream
) -> None:
    assert get(proxy, "GET /v1/models HTTP/1.1", f"Sec-Fetch-Site: {value}") == 403
    assert not upstream.seen


def test_who_sends_ahead_and_leaves_is_not_gone_on_for(proxy: Served, upstream: Upstream) -> None:
    upstream.script(HANG)
    with connect(proxy.port, AHEAD * 3):
        until(lambda: upstream.seen)
    assert upstream.last.left.wait(2)
    assert len(upstream.seen) == 1


def test_junk_behind_a_request_is_no_fault_of_ours(
    proxy: Served, upstream: Upstream, caplog: pytest.LogCaptureFixture
) -> None:
    upstream.script(0.3, answer(b"{}"))
    with caplog.at_level(logging.ERROR), connect(proxy.port, AHEAD * 2 + b"JUNK\r\n\r\n") as line:
        assert read_all(line).startswith(b"HTTP/1.1 400")
        time.sleep(0.5)
    assert not caplog.records
    told = httpx.get(f"{proxy.origin}/metrics").text
    assert "mindhold_memory_caused_failures_total 0" in told


PLACES: list[Callable[[str], tuple[str, str]]] = [
    lambda token: ("authorization", f"Basic {b64encode(f'{token}:'.encode()).decode()}"),
    lambda token: ("authorization", f"Basic {b64encode(f'me:{token}'.encode()).decode()}"),
    lambda token: ("x-auth-token", token),
    lambda token: ("helicone-auth", f"Bearer {token}"),
    lambda token: ("user-agent", f"tool/1 ({token})"),
    lambda token: ("referer", f"http://127.0.0.1/?key={token}"),
    lambda token: ("x-note", f'"{token}"'),
    lambda token: ("x_mindhold_token", token),
    lambda token: ("mindhold-token", token),
]


@pytest.mark.parametrize("model", ["held", "bare", "passed"])
def test_a_token_of_ours_goes_up_in_no_header(
    model: str, keyed: Served, token: str, upstream: Upstream
) -> None:
    for place in PLACES:
        name, value = place(token)
        upstream.forget()
        assert say(keyed, model, token, {name: value}) == 200, name
        raw = upstream.last.raw
        assert token.encode() not in raw, name
        assert upstream.last.header(name.encode()) in (None, b"Bearer sk-held"), name


@pytest.mark.parametrize(
    "path", ["/v1/models?key=%s", "/v1/models/%s", "/v1/models?a=b&x=mh%%5F%s"]
)
def test_a_token_of_ours_goes_up_in_no_url(
    path: str, keyed: Served, token: str, upstream: Upstream
) -> None:
    target = path % (token[3:] if "%5F" in path % token else token)
    assert get(keyed, f"GET {target} HTTP/1.1", f"X-Mindhold-Token: {token}") == 400
    assert not upstream.seen


def test_a_token_is_as_long_as_it_is_looked_for(token: str) -> None:
    assert len(token) == len("mh_") + SECRET_CHARACTERS


KEYS = (
    "x-auth-token", "helicone-auth", "apikey", "xi-api-key", "ocp-apim-subscription-key",
    "x-amz-security-token", "cf-access-client-secret", "x-forwarded-authorization", "cookie2",
    "x-access-token", "portkey-virtual-key", "private-token",
)  # fmt: skip
NO_KEYS = ("idempotency-key", "x-session-id", "openai-organization", "x-max-tokens", "author")


def test_a_callers_keys_for_others_go_to_no_upstream_whose_key_is_not_theirs(
    keyed: Served, token: str, upstream: Upstream
) -> None:
    sent = dict.fromkeys((*KEYS, *NO_KEYS), "canary")
    for model, theirs in (("held", False), ("bare", False), ("passed", True)):
        assert say(keyed, model, token, sent) == 200
        seen = {key.decode().lower() for key, _ in upstream.last.headers}
        assert seen >= set(NO_KEYS)
        assert seen.isdisjoint(KEYS) is not theirs


OFF: list[tuple[str, list[tuple[str, str]]]] = [
    ("/scope/domain:a/Temporary", []),
    ("/scope/domain:a/%74emporary", []),
    ("/scope/domain:a%2Ftemporary", []),
    ("/scope/domain:a/temporary%20", []),
    ("", [("X-Mindhold-Learn", "on"), ("X-Mindhold-Learn", "off")]),
    ("", [("X-Mindhold-Learn", "off"), ("X-Mindhold-Learn", "on")]),
    ("", [("X-Mindhold-Learn", "offf")]),
    ("", [("X-Mindhold-Lern", "off")]),
    ("", [("X_Mindhold_Learn", "off")]),
    ("", [("Mindhold-Learn", "off")]),
    ("", [("X-Mindhold-Temporary", "1")]),
    ("", [("X-Mindhold-Scopes", "project:other")]),
]


def test_a_wish_to_be_left_alone_is_heard_however_it_is_spelled(
    proxy: Served, settings: Settings, upstream: Upstream
) -> None:
    def teach(name: str, path: str, headers: list[tuple[str, str]]) -> int:
        said = {"role": "user", "content": f"Remember that our build tool is {name}."}
        told = httpx.post(
            f"{proxy.origin}{path}/v1/chat/completions",
            content=json.dumps({"model": "m", "messages": [said]}),
            headers=[("Content-Type", "application/json"), *headers],
        )
        return told.status_code

    for at, (path, headers) in enumerate(OFF):
        assert teach(f"Forbidden{at}", path, headers) == 200
    teach("Kestrel", "", [("X-Mindhold-Learn", "on"), ("X-Mindhold-Learn", "ON")])
    deadline = time.monotonic() + 10
    while not (held := kept(settings)) and time.monotonic() < deadline:
        time.sleep(0.1)
    assert "Kestrel" in held
    assert "Forbidden" not in held
    assert all(b"mindhold" not in key.lower() for seen in upstream.seen for key, _ in seen.headers)


def test_a_token_teaches_changes_and_forgets_nothing_outside_its_scopes(
    serve: Callable[..., Served], settings: Settings
) -> None:
    served = serve(require_token="always", commands=True)
    with Database.open(settings.home) as database:
        wide, _ = Tokens(database).create("wide", now=NOW)
        narrow, _ = Tokens(database).create("narrow", now=NOW, scopes=("domain:home/attic",))

    def tell(token: str, text: str) -> None:
        body = {"model": "m", "messages": [{"role": "user", "content": text}]}
        headers = {"x-mindhold-token": token}
        told = httpx.post(f"{served.url}/chat/completions", json=body, headers=headers)
        assert told.status_code == 200
        time.sleep(0.4)  # what is learned is written within a fifth of a second

    tell(wide, "I live in Lisbon.")
    tell(narrow, "I moved from Lisbon to Porto.")
    tell(narrow, "I no longer live in Lisbon.")
    tell(narrow, "!forget Lisbon")
    tell(narrow, "I am allergic to peanuts.")
    tell(narrow, "In all my projects we use Bazel.")
    tell(narrow, "!remember for all of my projects that I prefer tabs")
    with Store.open(settings.home, readonly=True) as store:
        held = {(one.scopes, one.content, one.state) for one in store.select()}
    outside = {one for one in held if one[0] != ("domain:home/attic",)}
    assert outside == {(("user:universal",), "I live in Lisbon.", State.CANDIDATE)}
    assert len(held) > 3


def kept(settings: Settings) -> str:
    """All that is held, in words."""
    with Store.open(settings.home, readonly=True) as store:
        return "\n".join(one.content for one in store.select())


@pytest.mark.parametrize(
    "first",
    [
        answer(b"{}") + answer(b'{"told":"somebody else"}'),
        b"HTTP/1.1 204 No Content\r\n\r\n" + answer(b'{"told":"somebody else"}'),
        b"HTTP/1.1 304 Not Modified\r\nContent-Length: 9\r\n\r\nunawaited",
    ],
    ids=["two answers", "a body behind a 204", "a body behind a 304"],
)
def test_what_an_upstream_says_too_much_is_nobodys_answer(
    first: bytes, proxy: Served, upstream: Upstream
) -> None:
    upstream.script(first)
    exchange(proxy.port, ask())
    got = exchange(proxy.port, ask())
    assert (got.status, b"somebody else" in got.body) == (200, False)


@pytest.mark.parametrize(
    ("header", "seen"),
    [
        (b"X-Note: \x1b[31mred", None),
        (b"X-Mindhold-Memory: injected=99", None),
        (b"X-Mindhold-Owner: me", None),
        (b"X-Note: plain", b"plain"),
    ],
)
def test_an_upstream_speaks_not_in_our_name_nor_in_controls(
    header: bytes, seen: bytes | None, proxy: Served, upstream: Upstream
) -> None:
    upstream.script(b"HTTP/1.1 200 OK\r\n%s\r\nContent-Length: 2\r\n\r\n{}" % header)
    got = exchange(proxy.port, ask())
    assert (got.status, got.body, got.complete) == (200, b"{}", True)
    assert dict(got.headers).get(b"x-note") == seen
    assert b"x-mindhold-owner" not in dict(got.headers)
    [memory] = [value for name, value in got.headers if name == b"x-mindhold-memory"]
    assert b"99" not in memory


def test_a_length_beside_chunks_means_nothing(proxy: Served, upstream: Upstream) -> None:
    head = b"HTTP/1.1 200 OK\r\nContent-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n"
    upstream.script(head + b"2\r\n{}\r\n0\r\n\r\n")
    got = exchange(proxy.port, ask())
    assert (got.status, got.body, got.complete) == (200, b"{}", True)


def test_behind_thirty_megabytes_a_question_is_heard_in_time(
    serve: Callable[..., Served], settings: Settings
) -> None:
    add(settings.home, belief("Kestrel", scopes=("domain:general",)))
    served = serve(inject=Inject(deadline_ms=5_000))
    log = "INFO the service has started\n" * 1_000_000
    said = f"```\n{log}```\n\nHow do I set up Kestrel?"
    body = {"model": "m", "messages": [{"role": "user", "content": said}]}
    told = httpx.post(f"{served.url}/chat/completions", json=body, timeout=60)
    assert told.headers["x-mindhold-memory"].startswith("injected=1;")
