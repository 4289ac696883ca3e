"""The root path: Ollama's clients look there before anything else, and so do people."""

from collections.abc import Callable

import httpx
import pytest
from serving import Served
from upstream import Upstream, answer

from mindhold.proxy.settings import Settings

RUNS = answer(b"Ollama is running", headers=((b"Content-Type", b"text/plain; charset=utf-8"),))
ROOTS = ("/", "/scope/project:my-app", "/scope/project:my-app/", "/temporary/")
every_root = pytest.mark.parametrize("root", ROOTS)


@every_root
def test_an_ollama_upstream_says_itself_whether_it_runs(
    root: str, proxy: Served, upstream: Upstream
) -> None:
    upstream.script(RUNS)
    assert httpx.get(f"{proxy.origin}{root}?a=1").text == "Ollama is running"
    assert upstream.last.target == b"/?a=1"
    upstream.script(RUNS.partition(b"Ollama")[0])
    assert httpx.head(proxy.origin + root).headers["content-length"] == "17"
    upstream.script(answer(b"no", status=b"503 Busy"))
    assert httpx.head(proxy.origin + root).status_code == 503


@every_root
def test_without_one_the_proxy_says_that_it_runs_and_no_other_upstream_is_asked(
    root: str, serve: Callable[..., Served], settings: Settings, upstream: Upstream
) -> None:
    others = tuple(line for line in settings.upstreams if line.dialect != "ollama")
    origin = serve(upstreams=others).origin
    got = httpx.get(origin + root)
    assert (got.status_code, got.text) == (200, "mindhold is running")
    assert got.headers["content-type"] == "text/plain; charset=utf-8"
    assert (httpx.head(origin + root).status_code, httpx.head(origin + root).content) == (200, b"")
    assert not upstream.seen


def test_what_is_sent_to_the_root_is_for_the_upstream_of_all_else(
    proxy: Served, upstream: Upstream
) -> None:
    httpx.post(proxy.origin, headers={"authorization": "Bearer sk-1"})
    assert upstream.last.header(b"authorization") == b"Bearer sk-1"
