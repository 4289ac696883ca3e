"""What /metrics tells: counts of what was done, all of them documented, and nobody's words."""

import re
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import httpx
from injection.place import add, belief
from serving import Served, serving
from speaking import DIALECTS, WITH_HISTORY

from mindhold.proxy.app import create_app
from mindhold.proxy.logged import Injection
from mindhold.proxy.memory import Memory
from mindhold.proxy.settings import Inject, Listen, Settings
from mindhold.proxy.turn import Turn

DOCUMENTED = (Path(__file__).parents[2] / "docs" / "metrics.md").read_text("utf-8")
_LINE = re.compile(
    r'# TYPE \w+ (?:counter|gauge|histogram)|(\w+)(?:\{(?:\w+="[^"\n]*",?)+\})? [\d.+e-]+'
)
CANARIES = ("canaryword", "canaryscope", "canarymodel", "canarykey", "canarybelief")


def told(served: Served) -> str:
    answer = httpx.get(f"{served.origin}/metrics")
    assert answer.status_code == 200
    assert answer.headers["content-type"].startswith("text/plain; version=0.0.4")
    return answer.text


def value(text: str, name: str) -> float:
    """The value of one line, its labels included."""
    return next(float(line.split(" ")[-1]) for line in text.splitlines() if line.startswith(name))


def talk(served: Served) -> None:
    """One call of each kind that finds a belief, one that finds none, and ones that go wrong."""
    headers = {"x-mindhold-scope": "project:canaryscope", "authorization": "Bearer canarykey"}
    with httpx.Client(base_url=served.origin, headers=headers, timeout=30) as client:
        for dialect in DIALECTS:
            body = dialect.request(
                ("user", "What of canarybelief? canaryword"), model="canarymodel"
            )
            assert client.post(dialect.path, json=body).status_code == 200
        plain = WITH_HISTORY[0].request(("user", "Hello."), model="canarymodel")
        client.post("/v1/chat/completions", json=plain)
        client.post("/v1/chat/completions", content=b"canaryword")
        client.post("/v1/chat/completions", json=plain, headers={"host": "canaryword"})


def test_calls_are_counted_by_what_their_callers_were_told(
    serve: Callable[..., Served], settings: Settings
) -> None:
    add(settings.home, belief("canarybelief", scopes=("project:canaryscope",)))
    served = serve(inject=Inject(deadline_ms=5_000))
    talk(served)
    text = told(served)
    for dialect, count in (("openai", 2), ("anthropic", 1), ("ollama", 2)):
        labels = f'{{dialect="{dialect}",status="2xx",memory="injected"}}'
        assert value(text, f"mindhold_calls_total{labels}") == count
    assert value(text, 'mindhold_calls_total{dialect="openai",status="2xx",memory="none"}') == 1
    assert value(text, 'mindhold_bypasses_total{reason="') == 1
    assert value(text, 'mindhold_errors_total{code="foreign_host"}') == 1
    assert value(text, "mindhold_injected_beliefs_total") == 5
    assert value(text, "mindhold_added_milliseconds_count") == 6
    assert value(text, "mindhold_memory_caused_failures_total") == 0
    assert value(text, 'mindhold_beliefs{state="active"}') == 1
    assert value(text, "mindhold_calls_open") == 1  # the one that asks


def test_every_line_is_of_the_format_and_every_name_is_documented(
    serve: Callable[..., Served], settings: Settings
) -> None:
    add(settings.home, belief("canarybelief", scopes=("project:canaryscope",)))
    served = serve()
    talk(served)
    text = told(served)
    assert text.endswith("\n")
    for line in text.splitlines():
        assert _LINE.fullmatch(line), line
    names = {line.split(" ")[2] for line in text.splitlines() if line.startswith("# TYPE")}
    assert len(names) > 15
    assert [name for name in sorted(names) if f"`{name}`" not in DOCUMENTED] == []


def test_no_word_of_anybody_is_in_them(serve: Callable[..., Served], settings: Settings) -> None:
    add(settings.home, belief("canarybelief", scopes=("project:canaryscope",)))
    served = serve()
    talk(served)
    text = told(served)
    assert [word for word in CANARIES if word in text] == []


class Junk(Memory):
    """A memory that answers with what is no body."""

    async def inject(self, turn: Turn) -> Injection:
        """Not bytes."""
        return replace(await super().inject(turn), body=7)  # type: ignore[arg-type]


def test_a_chat_that_failed_because_of_memory_would_be_seen(settings: Settings) -> None:
    with serving(create_app(settings, memory=Junk(settings))) as served:
        body = WITH_HISTORY[0].request(("user", "Hello."))
        assert httpx.post(f"{served.url}/chat/completions", json=body).status_code == 500
        assert value(told(served), "mindhold_memory_caused_failures_total") == 1


def test_beyond_this_machine_they_take_a_token(serve: Callable[..., Served]) -> None:
    served = serve(listen=Listen(host="0.0.0.0"))
    assert httpx.get(f"{served.origin}/metrics").status_code == 401
