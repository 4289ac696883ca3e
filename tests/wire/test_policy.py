"""The policy of every route: who may come, with what, and how much of a body is held.

A route, a call of a dialect or a reserved path without a row here fails the first test.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime

import pytest
from serving import Served
from upstream import Upstream
from wire.exchange import Got, exchange

from mindhold.beliefs.database import Database
from mindhold.beliefs.tokens import CAPABILITIES, Tokens
from mindhold.proxy.app import create_app
from mindhold.proxy.errors import NotAllowed, NoToken
from mindhold.proxy.frontdoor import FrontDoor
from mindhold.proxy.reading import MAX_BODY
from mindhold.proxy.route import KINDS, RESERVED, read_route
from mindhold.proxy.settings import Listen, Settings
from mindhold.proxy.settings import Upstream as Line
from mindhold.proxy.wanted import limit

NOW = datetime(2026, 11, 21, tzinfo=UTC)


@dataclass(frozen=True, slots=True, kw_only=True)
class Policy:
    """One kind of route. Host and Origin are checked on all of them.

    `token`: whether one is demanded where the proxy holds a key; `capability`: what it must be
    for. `held`: bytes of a body, below zero none. `status`: what a welcome caller gets.
    """

    method: str
    path: str
    token: bool
    capability: str | None = None
    held: int = -1
    status: int = 200


def relayed(method: str, path: str, held: int = -1) -> Policy:
    return Policy(method=method, path=path, token=True, capability="chat", held=held)


OWN = (
    Policy(method="GET", path="/healthz", token=False),
    Policy(method="GET", path="/metrics", token=False),
)
NOTHING = (
    Policy(method="GET", path="/ui", token=False, status=404),
    Policy(method="POST", path="/mindhold/v1/beliefs", token=False, status=404),
)
CALLS = (
    relayed("POST", "/v1/chat/completions", MAX_BODY),
    relayed("POST", "/v1/responses", MAX_BODY),
    relayed("POST", "/v1/messages", MAX_BODY),
    relayed("POST", "/api/chat", MAX_BODY),
    relayed("POST", "/api/generate", MAX_BODY),
)
ELSE = (
    relayed("GET", "/v1/models"),
    relayed("POST", "/v1/files"),
    relayed("POST", "/v1/messages/count_tokens"),
    relayed("DELETE", "/v1/responses/resp_1"),
    relayed("PUT", "/nowhere"),
    relayed("GET", "/"),
    relayed("GET", "/scope/project:x/v1/models"),
    relayed("POST", "/temporary/v1/audio/speech"),
)
POLICIES = (*OWN, *NOTHING, *CALLS, *ELSE)


def test_every_route_has_a_policy(settings: Settings) -> None:
    routes = {getattr(route, "path", None) for route in create_app(settings).routes}
    assert routes == {policy.path for policy in OWN}
    assert {path.decode() for _, path in KINDS} == {policy.path for policy in CALLS}
    answered = {policy.path.split("/")[1] for policy in (*OWN, *NOTHING)}
    assert set(RESERVED) <= answered


def ask(served: Served, policy: Policy, *lines: str, host: str = "") -> Got:
    length = "" if policy.method == "GET" else "Content-Type: application/json\r\nContent-Length: 2"
    head = [f"{policy.method} {policy.path} HTTP/1.1", f"Host: {host or '{host}'}", *lines, length]
    head = [line for line in (*head, "Connection: close") if line]
    body = "" if policy.method == "GET" else "{}"
    return exchange(served.port, ("\r\n".join(head) + "\r\n\r\n" + body).encode())


@pytest.fixture
def keyed(
    settings: Settings, serve: Callable[..., Served], monkeypatch: pytest.MonkeyPatch
) -> Served:
    """The proxy with keys of its own for every dialect."""
    monkeypatch.setenv("HELD", "sk-held")
    lines: tuple[Line, ...] = tuple(replace(line, key="env:HELD") for line in settings.upstreams)
    return serve(upstreams=lines)


@pytest.fixture
def tokens(settings: Settings) -> Iterator[Tokens]:
    with Database.open(settings.home) as database:
        yield Tokens(database)


def test_names_and_pages_are_checked_first_and_everywhere(
    keyed: Served, upstream: Upstream
) -> None:
    for policy in POLICIES:
        assert ask(keyed, policy, host="evil.example").status == 403, policy
        assert ask(keyed, policy, "Origin: https://evil.example").status == 403, policy
        assert ask(keyed, policy, "Sec-Fetch-Site: cross-site").status == 403, policy
    assert not upstream.seen


def test_a_token_is_demanded_where_the_table_says_so(
    keyed: Served, tokens: Tokens, upstream: Upstream
) -> None:
    for number, policy in enumerate(POLICIES):
        upstream.forget()
        needed = policy.capability or "chat"
        others = [one for one in CAPABILITIES if one != needed]
        right, _ = tokens.create(f"right {number}", now=NOW, can=[needed])
        wrong, _ = tokens.create(f"wrong {number}", now=NOW, can=others)
        assert ask(keyed, policy).status == (401 if policy.token else policy.status), policy
        refused = ask(keyed, policy, f"X-Mindhold-Token: {wrong}")
        assert refused.status == (403 if policy.capability else policy.status), policy
        assert not upstream.seen, policy
        assert ask(keyed, policy, f"X-Mindhold-Token: {right}").status == policy.status, policy
        assert bool(upstream.seen) is (policy in (*CALLS, *ELSE)), policy


def test_only_bodies_that_are_read_are_held() -> None:
    headers = [(b"content-type", b"text/plain"), (b"content-length", b"2")]
    for policy in POLICIES:
        route = read_route(policy.method, policy.path.encode(), b"", headers)
        assert limit(route, headers, choice=True) == policy.held, policy
        assert route.own is (policy.path.split("/")[1] in RESERVED), policy


SPELLED = (
    "/ui", "/ui/", "/ui/app.js", "/UI", "/%75i", "//ui", "/ui?x=1", "/temporary/ui",
    "/mindhold", "/mindhold/v1", "/mindhold/v1/beliefs", "/metrics/", "/metrics/x", "/metrics;x",
    "/%256detrics", "/\\ui", "/%5cui", "/%20ui", "/ui%20", "/ui%00", "/mindhold;a/v1", "/%0aui",
    "/./metrics", "/metrics%3fx",
)  # fmt: skip


def test_our_own_paths_never_go_upstream_however_they_are_spelled(
    keyed: Served, tokens: Tokens, upstream: Upstream
) -> None:
    token, _ = tokens.create("right", now=NOW)
    for path in SPELLED:
        for method in ("GET", "POST", "OPTIONS"):
            policy = Policy(method=method, path=path, token=False)
            answer = ask(keyed, policy, f"X-Mindhold-Token: {token}")
            assert answer.status == 404, (method, path)
    assert not upstream.seen


def test_what_is_only_like_one_of_our_paths_goes_upstream(
    proxy: Served, upstream: Upstream
) -> None:
    for path in ("/uis", "/v1/ui", "/metricsx", "/v1/metrics", "/mindholds"):
        upstream.forget()
        assert ask(proxy, Policy(method="GET", path=path, token=False)).status == 200
        assert upstream.last.target.decode() == path


def test_our_own_answers_are_of_no_use_to_a_browser_and_those_of_others_are_left_alone(
    proxy: Served, upstream: Upstream
) -> None:
    ours = [
        ask(proxy, OWN[0]),
        ask(proxy, replace(OWN[0], method="POST")),
        ask(proxy, NOTHING[0]),
        ask(proxy, ELSE[0], host="evil.example"),
        ask(proxy, ELSE[0], "X-Mindhold-Token: mh_wrong"),
        exchange(proxy.port, b"nonsense\r\n\r\n"),
        exchange(proxy.port, b"GET / HTTP/1.1\r\nX-A: " + b"a" * 40_000 + b"\r\n\r\n"),
    ]
    assert [one.status for one in ours] == [200, 405, 404, 403, 401, 400, 431]
    for answer in ours:
        named = dict(answer.headers)
        assert named[b"content-type"] == b"application/json"
        assert named[b"cache-control"] == b"no-store"
        assert named[b"x-content-type-options"] == b"nosniff"
        assert named[b"content-security-policy"].startswith(b"default-src 'none'")
        assert not {b"server", b"set-cookie", b"access-control-allow-origin"} & set(named)
    theirs = ask(proxy, ELSE[0])
    assert theirs.status == 200
    assert b"content-security-policy" not in dict(theirs.headers)


def test_beyond_loopback_counts_are_for_who_can_read(settings: Settings, tokens: Tokens) -> None:
    reading, _ = tokens.create("prometheus", now=NOW, can=("read",))
    usual, _ = tokens.create("usual", now=NOW)
    here = FrontDoor(settings, tokens)
    here.admit_reader([])
    there = FrontDoor(replace(settings, listen=Listen(host="0.0.0.0")), tokens)
    there.admit_reader([(b"x-mindhold-token", reading.encode())])
    with pytest.raises(NoToken):
        there.admit_reader([])
    with pytest.raises(NotAllowed):
        there.admit_reader([(b"x-mindhold-token", usual.encode())])
