"""No upstream is there for a call: what the client is told, and that following it helps."""

import re
from collections.abc import Callable
from pathlib import Path

import httpx
import pytest
from serving import Served
from upstream import Upstream
from wire.corpus import ask
from wire.exchange import exchange

from mindhold.proxy.config import load
from mindhold.proxy.settings import ANTHROPIC, OPENAI, Dialect
from mindhold.proxy.settings import Upstream as Line

CALLS: dict[Dialect, str] = {
    "openai": "/v1/chat/completions",
    "anthropic": "/v1/messages",
    "ollama": "/api/chat",
}
ASKED = {"model": "meta/llama-3:8b", "messages": [{"role": "user", "content": "Hello"}]}
every_dialect = pytest.mark.parametrize("dialect", CALLS)
every_prefix = pytest.mark.parametrize("prefix", ["", "/scope/project:my-app", "/temporary"])


def message(dialect: Dialect, got: httpx.Response) -> str:
    """The sentence in the error, whose shape and type must be the dialect's own."""
    told = got.json()
    if dialect == "ollama":
        assert list(told) == ["error"]
        return str(told["error"])
    if dialect == "anthropic":
        assert (told["type"], told["error"]["type"]) == ("error", "not_found_error")
    else:
        assert list(told["error"]) == ["message", "type", "param", "code"]
        assert told["error"]["type"] == "invalid_request_error"
    return str(told["error"]["message"])


def of_other_dialects(dialect: Dialect, upstream: Upstream) -> tuple[Line, ...]:
    return tuple(
        Line(name=f"the-{other}-one", dialect=other, base_url=upstream.url, key="none")
        for other in CALLS
        if other != dialect
    )


@every_dialect
@every_prefix
def test_a_dialect_that_no_upstream_speaks_is_a_404_with_the_line_to_add(
    dialect: Dialect,
    prefix: str,
    serve: Callable[..., Served],
    upstream: Upstream,
    tmp_path: Path,
) -> None:
    served = serve(upstreams=of_other_dialects(dialect, upstream))
    got = httpx.post(served.origin + prefix + CALLS[dialect], json=ASKED)
    assert got.status_code == 404
    assert not upstream.seen, "nothing is translated"
    told = message(dialect, got)
    assert f"dialect {dialect}" in told
    line = re.search(r"upstreams: in the config .*(- \{.*\})", told)
    assert line, told
    config = tmp_path / "config.yaml"
    config.write_text(f"upstreams:\n  {line[1]}\n")
    (added,) = load(config, home=tmp_path).upstreams
    assert added.dialect == dialect


def test_without_a_list_of_ones_own_the_built_in_one_is_named_with_it(
    serve: Callable[..., Served], tmp_path: Path
) -> None:
    served = serve(upstreams=(OPENAI, ANTHROPIC))
    told = message("ollama", httpx.post(served.origin + "/api/chat", json=ASKED))
    config = tmp_path / "config.yaml"
    config.write_text("upstreams:\n" + "\n".join(re.findall(r"- \{.*?\}", told)))
    lines = load(config, home=tmp_path).upstreams
    assert lines[:2] == (OPENAI, ANTHROPIC)
    assert lines[2].dialect == "ollama"


@every_dialect
@every_prefix
def test_a_model_that_no_upstream_serves_is_a_404_with_the_globs_there_are(
    dialect: Dialect,
    prefix: str,
    serve: Callable[..., Served],
    upstream: Upstream,
    tmp_path: Path,
) -> None:
    lines = (
        Line(name="a", dialect=dialect, base_url=upstream.origin, models=("gpt-*", "o?")),
        Line(name="b", dialect=dialect, base_url=upstream.origin, models=("qwen*",), key="none"),
        *of_other_dialects(dialect, upstream),
    )
    served = serve(upstreams=lines)
    got = httpx.post(served.origin + prefix + CALLS[dialect], json=ASKED)
    assert got.status_code == 404
    assert not upstream.seen
    told = message(dialect, got)
    assert "a serves gpt-*, o?; b serves qwen*." in told
    models = re.search(r"models: \[.*\]", told)
    assert models, told
    config = tmp_path / "config.yaml"
    base = "{name: a, dialect: openai, base_url: http://127.0.0.1:1/v1, %s}"
    config.write_text(f"upstreams:\n  - {base % models[0]}\n")
    assert load(config, home=tmp_path).upstreams[0].models == ("gpt-*", "o?", ASKED["model"])


def test_a_model_whose_name_is_none_is_not_repeated(serve: Callable[..., Served]) -> None:
    served = serve(
        upstreams=(
            Line(name="a", dialect="openai", base_url="http://127.0.0.1:1/v1", models=("x",)),
        )
    )
    asked = ASKED | {"model": 'my key is sk-1"\n'}
    told = httpx.post(f"{served.url}/chat/completions", json=asked).text
    assert "sk-1" not in told
    assert "MODEL" in told


@pytest.mark.parametrize("target", [b"/v1/realtime?model=gpt-realtime", b"/v1/realtime"])
def test_realtime_is_refused_with_the_way_to_go(
    target: bytes, proxy: Served, upstream: Upstream
) -> None:
    headers = b"Upgrade: websocket", b"Connection: Upgrade", b"Sec-WebSocket-Key: x"
    got = exchange(proxy.port, ask(None, *headers, target=target, method=b"GET"))
    assert (got.status, got.complete) == (501, True)
    assert b'"code": "realtime_unsupported"' in got.body
    assert b"provider's own base URL" in got.body
    assert not upstream.seen


def test_what_prepares_a_realtime_session_is_plain_http_and_goes_on(
    proxy: Served, upstream: Upstream
) -> None:
    for path in ("/realtime/client_secrets", "/realtime/sessions", "/realtime/calls"):
        assert httpx.post(proxy.url + path, json={"model": "m"}).status_code == 200
        assert upstream.last.target == f"/v1{path}".encode()


@every_prefix
def test_a_base_url_with_one_v1_too_many_is_told(
    prefix: str, proxy: Served, upstream: Upstream
) -> None:
    version = {"anthropic-version": "2023-06-01"}
    got = httpx.post(f"{proxy.origin}{prefix}/v1/v1/messages", json=ASKED, headers=version)
    assert got.status_code == 404
    assert "leave it out" in message("anthropic", got)
    assert not upstream.seen
