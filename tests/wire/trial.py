"""A trial: one exchange done in two ways, everything that may differ, and what did."""

import json
import re
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path
from zlib import crc32

from injection.place import add, belief
from serving import Served, serving
from upstream import Pair, Upstream
from wire.corpus import NAMED, Case
from wire.exchange import end_to_end, exchange

from mindhold.beliefs.text.block import find_blocks
from mindhold.proxy.app import create_app
from mindhold.proxy.settings import Inject, Learn, Settings
from mindhold.proxy.settings import Upstream as Line

OURS = frozenset({b"x-mindhold-request", b"x-mindhold-memory"})
HOP = frozenset({b"host"})
NOTHING = (b"null", b'""')
TEXT = re.compile(rb'"(?:[^"\\]|\\.)*"')
WRAPPING = 80  # bytes around a block: a part, a member or a message of its own


@dataclass(frozen=True, slots=True, kw_only=True)
class Trace:
    """Everything that two ways of doing one exchange may differ in."""

    method: bytes
    target: bytes
    sent: list[Pair]
    body: bytes
    status: int
    got: list[Pair]
    answer: bytes
    complete: bool
    kept_back: bool

    @property
    def response(self) -> "Trace":
        """What the client saw of it."""
        return replace(self, method=b"", target=b"", sent=[], body=b"")

    @property
    def head(self) -> tuple[bytes, bytes, list[Pair]]:
        """What the upstream saw of it, but for the body and its length."""
        sent = [pair for pair in self.sent if pair[0] != b"content-length"]
        return self.method, self.target, sent


@dataclass(frozen=True, slots=True, kw_only=True)
class Trial:
    """The upstream, and proxies in front of it: one that remembers nothing, one with a pinned
    belief, one with a belief that is called `NAMED`."""

    upstream: Upstream
    empty: Served
    stable: Served
    turn: Served
    _direct: dict[int, tuple[Case, Trace]] = field(default_factory=dict)

    def direct(self, case: Case) -> Trace:
        """The exchange without anything in between; done once, however often it is asked for."""
        if id(case) not in self._direct:
            self._direct[id(case)] = case, trace(case, self.upstream.port, self.upstream)
        return self._direct[id(case)][1]

    def through(self, port: int, case: Case) -> Trace:
        """The exchange through what listens there, in a conversation of its own."""
        own = b"{host}\r\nX-Mindhold-Conversation: %d" % crc32(case.name.encode())
        asked = replace(case, request=case.request.replace(b"{host}", own, 1))
        return trace(asked, port, self.upstream)


@contextmanager
def trying(home: Path) -> Iterator[Trial]:
    """A trial whose three proxies keep their memories under `home`."""
    held = {
        "empty": [],
        "stable": [belief("style", pinned=True, scopes=("domain:general",))],
        "turn": [belief(NAMED.lower(), "Say it in Latin.", scopes=("domain:general",))],
    }
    with ExitStack() as stack:
        upstream = stack.enter_context(Upstream().running())
        proxies = {}
        for name, beliefs in held.items():
            add(home / name, *beliefs)
            app = create_app(_settings(home / name, upstream))
            proxies[name] = stack.enter_context(serving(app))
        yield Trial(upstream=upstream, **proxies)


def _settings(home: Path, upstream: Upstream) -> Settings:
    lines = (
        Line(name="one", dialect="openai", base_url=upstream.url),
        Line(name="two", dialect="anthropic", base_url=upstream.origin),
        Line(name="three", dialect="ollama", base_url=upstream.origin),
    )
    slow = Inject(deadline_ms=10_000)  # a busy machine is no reason to go without a block
    return Settings(home=home, upstreams=lines, inject=slow, learn=Learn(mode="off"))


def trace(case: Case, port: int, upstream: Upstream) -> Trace:
    """The exchange with what listens on a port, as its client and the upstream saw it."""
    upstream.forget()
    upstream.script(*case.steps)
    got = exchange(port, case.request, heard=upstream.heard)
    assert len(upstream.seen) == 1, "one request there for one request here"
    seen = upstream.last
    return Trace(
        method=seen.method,
        target=seen.target,
        sent=end_to_end(seen.headers, without=HOP),
        body=seen.body,
        status=got.status,
        got=end_to_end(got.headers, without=OURS),
        answer=got.body,
        complete=got.complete,
        kept_back=seen.kept_back,
    )


def blocks_added(original: bytes, made: bytes) -> int:
    """How many blocks have to be taken out of `made`, with their wrapping, to leave the original.

    Fails where anything else was changed. Whatever was put in is one piece, which may stand in
    the place of nothing; only a text that stood alone may become one of two parts.
    """
    if made == original:
        return 0
    blocks = [text[one.start : one.end] for text in _texts(json.loads(made)) for one in
              find_blocks(text)]  # fmt: skip
    wrapping = _put_in(original, made) - sum(
        len(json.dumps(text, ensure_ascii=False).encode()) for text in blocks
    )
    assert wrapping <= WRAPPING, "what was put in is more than a block"
    return len(blocks)


def _put_in(original: bytes, made: bytes) -> int:
    """The size of what has to be taken out of `made`."""
    pairs = enumerate(zip(original, made, strict=False))
    at = next((n for n, (a, b) in pairs if a != b), len(original))
    gone = next((one for one in NOTHING if original.startswith(one, at)), b"")
    alone = TEXT.match(original, at) if made.startswith(b"[", at) and not gone else None
    kept = alone[0] if alone else gone
    rest = original[at + len(kept) :]
    size = len(made) - at - len(rest)
    assert made.endswith(rest), "more was changed than was put in"
    assert gone or made.count(kept, at, at + size), "the text is gone"
    return size - len(kept) if alone else size


def _texts(value: object) -> Iterator[str]:
    """Every string in a JSON value."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict | list):
        for inner in value.values() if isinstance(value, dict) else value:
            yield from _texts(inner)
