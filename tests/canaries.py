"""Canaries: a key for each of ten upstreams, one in every header of a caller, and who hears which.

The daemon, its commands and the upstreams are real. The suite asks 500 times, `scripts/soak keys`
as often as it is told to.
"""

import json
import os
import random
import re
import secrets
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator, Mapping
from contextlib import ExitStack
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

from daemon import daemon
from upstream import CUT, Script, Seen, Step, Upstream, answer, chat
from wire.exchange import exchange

from mindhold.beliefs.database import Database
from mindhold.beliefs.tokens import Tokens
from mindhold.proxy.keys import origin, service
from mindhold.proxy.settings import Dialect
from mindhold.proxy.settings import Upstream as Line

HELD = ("env", "file", "keyring")
_KINDS = ("passthrough", *HELD, "none")
_DIALECTS: tuple[Dialect, ...] = ("openai", "anthropic", "ollama")
_OWED = {
    "openai": (b"authorization", b"api-key"),
    "anthropic": (b"x-api-key", b"authorization"),
    "ollama": (b"authorization",),
}
_STANDS = {"openai": b"authorization", "anthropic": b"x-api-key", "ollama": b"authorization"}
_SENT = (
    b"authorization", b"x-api-key", b"api-key", b"x-goog-api-key", b"proxy-authorization",
    b"cookie",
)  # fmt: skip
_BEFORE = (b"Bearer %s", b"bearer  %s", b"Basic %s", b"Token token=%s", b"%s")
_CANARY = re.compile(rb"canary[0-9a-f]{32}")
_PREFIXES = (
    b"", b"", b"", b"/temporary", b"/scope/domain:code", b"/scope/domain%3Acode/temporary",
    b"/temporary/scope/project:x", b"/scope/%2e%2e",
)  # fmt: skip
_PATHS = (
    b"/v1/chat/completions", b"/v1/responses", b"/v1/messages", b"/v1/messages/count_tokens",
    b"/api/chat", b"/api/generate", b"/v1/embeddings", b"/v1/models", b"/api/tags", b"/",
    b"/v1/models/%s", b"/v1beta/models/%s:generateContent", b"/ui", b"/mindhold/v1", b"/metrics",
    b"/healthz",
)  # fmt: skip
_CHATS: dict[Dialect, tuple[bytes, ...]] = {
    "openai": (b"/v1/chat/completions", b"/v1/responses", b"/v1/embeddings"),
    "anthropic": (b"/v1/messages", b"/v1/messages/count_tokens"),
    "ollama": (b"/api/chat", b"/api/generate", b"/api/embed"),
}
_QUERIES = (b"", b"", b"?beta=true", b"?key=", b"??a=%2e%2e/", b"?u=http://127.0.0.1:%d/v1")
_TOLD = ("We use Vitest for tests.", "How do we run the tests?", "I prefer tabs.", "Hello.")
_RING = Path(__file__).parent / "cli" / "ring"


@dataclass(frozen=True, slots=True, kw_only=True)
class Kept:
    """An upstream of the config; `canary` is the key that is held for it, if one is."""

    line: Line
    server: Upstream
    canary: bytes

    @property
    def kind(self) -> str:
        """Where its key is held."""
        return self.line.key.partition(":")[0]


@dataclass(slots=True, kw_only=True)
class Watched:
    """What became of all calls: `wrong` is empty unless a key was where none should be."""

    calls: int
    statuses: Counter[int] = field(default_factory=Counter)
    seen: Counter[str] = field(default_factory=Counter)  # calls, by upstream
    keys: Counter[str] = field(default_factory=Counter)  # calls with a key in them, by upstream
    wrong: list[str] = field(default_factory=list)
    files: int = 0
    learned: int = 0

    def report(self) -> str:
        """The figures in a sentence or two."""
        return (
            f"{self.calls:,} calls, {sum(self.seen.values()):,} of which reached one of"
            f" {len(self.seen)} upstreams, {sum(self.keys.values()):,} with a key: each saw its own"
            " or, where it takes the caller's, those of its dialect; none saw another's, none an"
            f" access token. No key was in any answer, in {self.files} files (the log at debug, the"
            f" store with {self.learned} beliefs, an export, a backup restored) or in ps."
        )


def watch(place: Path, count: int, rng: random.Random) -> Watched:
    """So many calls of every shape through a daemon in `place`, and a look everywhere after it."""
    home, found = place / "home", Watched(calls=count)
    Database.open(home).close()
    with ExitStack() as stack:
        kept = [_kept(number, stack, place) for number in range(10)]
        token = _token(home)
        environ = _told(kept, home, place)
        with daemon(home, environ=environ) as running:
            caller = {name: _canary() for name in _SENT}
            for number in range(count):
                sent = _call(rng, caller, token, kept)
                got = exchange(running.port, sent % {b"number": b"%d" % number})
                found.statuses[got.status] += 1
                said = got.body + b"".join(name + value for name, value in got.headers)
                _look(found, said, f"the answer to {sent!r}", token)
            listed = subprocess.run(["ps", "-A", "-o", "args="], capture_output=True, check=True)
            _look(found, listed.stdout, "ps", token)
        _carry(found, home, place, environ)
    _compare(found, kept, caller, token)
    for file in (file for file in home.parent.rglob("*") if file.is_file()):
        if file.parent.name != "keys":
            found.files += 1
            _look(found, file.read_bytes(), str(file), token)
    return found


def _canary() -> bytes:
    return b"canary" + secrets.token_hex(16).encode()


def _kept(number: int, stack: ExitStack, place: Path) -> Kept:
    kind, dialect = _KINDS[number % 5], _DIALECTS[number % 3]
    server = stack.enter_context(Upstream().running())
    where = {"env": f":CANARY_{number}", "file": f":{place}/keys/{number}"}.get(kind, "")
    line = Line(
        name=f"{dialect}-{kind}",
        dialect=dialect,
        base_url=server.url if dialect == "openai" else server.origin,
        key=kind + where,
        models=(f"m{number}*",),
    )
    return Kept(line=line, server=server, canary=_canary())


def _token(home: Path) -> bytes:
    with Database.open(home) as database:
        secret, _ = Tokens(database).create("caller", now=datetime.now(UTC))
    return secret.encode()


def _told(kept: list[Kept], home: Path, place: Path) -> Mapping[str, str]:
    """Writes the config and puts every key where it says; the variables that a daemon needs."""
    ring, environ = {}, {}
    (place / "keys").mkdir()
    for one in kept:
        one.server.default = _answering([other.server for other in kept])
        kind, _, where = one.line.key.partition(":")
        if kind == "env":
            environ[where] = one.canary.decode()
        if kind == "file":
            Path(where).write_bytes(one.canary)
            Path(where).chmod(0o600)
        if kind == "keyring":
            ring[f"{service(home)}\n{origin(one.line)}"] = one.canary.decode()
    (place / "keys" / "ring").write_text(json.dumps(ring))
    lines = [
        {"name": one.name, "dialect": one.dialect, "base_url": one.base_url, "key": one.key,
         "models": list(one.models)}
        for one in (each.line for each in kept)
    ]  # fmt: skip
    (home / "config.yaml").write_text(json.dumps({"upstreams": lines, "log": {"level": "debug"}}))
    return environ | {
        "PYTHONPATH": str(_RING),
        "PYTHON_KEYRING_BACKEND": "mindhold_ring.Ring",
        "RING_FILE": str(place / "keys" / "ring"),
    }


def _answering(servers: list[Upstream]) -> Script:
    """What the caller wants to be answered: a redirect to another upstream, an error, a chat."""

    def answering(seen: Seen) -> Iterator[Step]:
        wanted = seen.header(b"x-answer") or b""
        if wanted.startswith(b"3"):
            other = servers[int(wanted[3:])].url.encode() + b"/chat/completions"
            yield answer(status=wanted[:3] + b" Elsewhere", headers=[(b"Location", other)])
        elif wanted == b"cut":
            yield CUT
        elif wanted:
            yield answer(b'{"error":{"message":"No."}}', status=wanted + b" No")
        else:
            yield from chat(seen)

    return answering


def _call(
    rng: random.Random, caller: Mapping[bytes, bytes], token: bytes, kept: list[Kept]
) -> bytes:
    """One request, its number to be filled in."""
    meant = rng.randrange(10)
    model = rng.choice([f"m{meant}-large"] * 8 + ["demo", "unheard-of"]).encode()
    said = [{"role": "user", "content": rng.choice(_TOLD)}]
    body = json.dumps({"model": model.decode(), "max_tokens": 9, "messages": said}).encode()
    headers = [(name, _spelled(rng, name, caller[name])) for name in _SENT if rng.random() < 0.5]
    headers = _with_token(rng, headers, token)
    if rng.random() < 0.2:
        headers.append((b"connection", rng.choice((b"x-api-key", b"Authorization, cookie"))))
    if rng.random() < 0.2:
        headers.append((b"anthropic-version", b"2023-06-01"))
    if rng.random() < 0.2:
        headers.append((b"x-forwarded-host", b"127.0.0.1:%d" % rng.choice(kept).server.port))
    wanted = rng.choice([b""] * 4 + [b"301", b"302", b"307", b"308", b"401", b"500", b"cut"])
    wanted += b"%d" % rng.randrange(10) if wanted.startswith(b"3") else b""
    headers += [(b"x-answer", wanted), (b"x-call", b"%(number)s")]
    rng.shuffle(headers)
    lines = [_cased(rng, name) + b": " + value for name, value in headers]
    method = rng.choice([b"POST"] * 5 + [b"GET", b"DELETE", b"PUT"])
    head = [
        method + b" " + _target(rng, model, kept, kept[meant].line.dialect) + b" HTTP/1.1",
        b"Host: {host}",
        *lines,
    ]
    head += [b"Content-Type: application/json", b"Content-Length: %d" % len(body)]
    text = b"\r\n".join([*head, b"Connection: close", b"", body])
    return text.replace(b"%", b"%%").replace(b"%%(number)s", b"%(number)s")


def _with_token(
    rng: random.Random, headers: list[tuple[bytes, bytes]], token: bytes
) -> list[tuple[bytes, bytes]]:
    """The token where it belongs, where a key stands, in odd places beside it, or not at all."""
    place = rng.choice(("own", "own", "own", "own", "beside", "beside", "bearer", "key", "none"))
    if place == "own":
        return [*headers, (b"x-mindhold-token", token)]
    if place == "beside":
        name = rng.choice(_SENT)
        form = rng.choice((*_BEFORE, b"Bearer\t%s", b"Bearer %s,", b"session=%s; a=b", b'"%s"'))
        left = [pair for pair in headers if pair[0] != name]
        return [*left, (name, form % token), (b"x-mindhold-token", token)]
    if place == "bearer":
        left = [pair for pair in headers if pair[0] != b"authorization"]
        return [*left, (b"authorization", b"Bearer " + token)]
    if place == "key":
        return [*(pair for pair in headers if pair[0] != b"x-api-key"), (b"x-api-key", token)]
    return headers


def _spelled(rng: random.Random, name: bytes, canary: bytes) -> bytes:
    if name == b"cookie":
        return b"a=b; session=" + canary
    return rng.choice(_BEFORE) % canary if name.endswith(b"authorization") else canary


def _cased(rng: random.Random, name: bytes) -> bytes:
    return rng.choice((name, name.upper(), name.title()))


def _target(rng: random.Random, model: bytes, kept: list[Kept], dialect: Dialect) -> bytes:
    path = rng.choice(_PATHS if rng.random() < 0.2 else _CHATS[dialect]).replace(b"%s", model)
    query = rng.choice(_QUERIES)
    port = rng.choice(kept).server.port
    target = rng.choice(_PREFIXES) + path + query.replace(b"%d", b"%d" % port)
    match rng.randrange(24):
        case 0:
            target = b"http://127.0.0.1:%d" % port + target
        case 1:
            target = b"/" + target
        case 2:
            target = target.replace(b"c", b"%63", 1)
        case 3:
            target = b"/v1/.." + target
        case 4:
            target = b"//127.0.0.1:%d" % port + target
        case 5:
            target = b"/@127.0.0.1:%d" % port + target
    return target


def _compare(found: Watched, kept: list[Kept], caller: Mapping[bytes, bytes], token: bytes) -> None:
    """What each upstream saw, with what it is owed; each call is for one upstream, once."""
    numbers: Counter[bytes] = Counter()
    for one in kept:
        for seen in one.server.seen:
            numbers[seen.header(b"x-call") or b"?"] += 1
            found.seen[one.line.name] += 1
            here = Counter(_CANARY.findall(seen.raw))
            found.keys[one.line.name] += bool(here)
            if token in seen.raw or not _fair(one, seen, here, caller):
                found.wrong.append(f"{one.line.name} saw {seen.raw!r}")
    found.wrong += [f"call {number!r} went out {n} times" for number, n in numbers.items() if n > 1]


def _fair(one: Kept, seen: Seen, here: Counter[bytes], caller: Mapping[bytes, bytes]) -> bool:
    """Whether an upstream saw its own key, once and where it belongs, or what it is owed."""
    if one.kind == "none":
        return not here
    if one.kind in HELD:
        stands = seen.header(_STANDS[one.line.dialect]) or b""
        return here == {one.canary: 1} and stands.removeprefix(b"Bearer ") == one.canary
    owed = {caller[name] for name in _OWED[one.line.dialect]}
    return here.keys() <= owed and all(number == 1 for number in here.values())


def _carry(found: Watched, home: Path, place: Path, environ: Mapping[str, str]) -> None:
    """An export, and a backup that is restored elsewhere: both in files that are looked into."""
    (place / "passphrase").write_text("a passphrase of some length")
    words = f"--passphrase-file={place / 'passphrase'}"
    exported = _run(environ, home, "export")
    (place / "export.jsonl").write_text(exported)
    found.learned = exported.count('"canonical_name"')
    _run(environ, home, "backup", str(place / "backup"), words)
    _run(environ, place / "restored", "restore", str(place / "backup"), words)


def _run(environ: Mapping[str, str], home: Path, *words: str) -> str:
    done = subprocess.run(
        [sys.executable, "-P", "-m", "mindhold", *words],
        env={**os.environ, **environ, "MINDHOLD_HOME": str(home)},
        capture_output=True, text=True, check=False, stdin=subprocess.DEVNULL,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    return done.stdout + done.stderr


def _look(found: Watched, text: bytes, where: str, token: bytes) -> None:
    if _CANARY.search(text) or token in text:
        found.wrong.append(f"a key is in {where}")
