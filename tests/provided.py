"""A provider in a process of its own, so that what a test measures of the proxy is the proxy's.

It answers calls of every dialect, as slowly or as badly as it is told, and says in a header what
the body's digest is: who asked can tell that all of it came.
"""

import hashlib
import multiprocessing
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from multiprocessing.connection import Connection

from provider.said import Asked, Said, choose
from provider.script import Provider, refusal
from upstream import CUT, RESET, Seen, Step, Upstream

DIGEST = "x-digest"
FAIL = "x-fail"  # a request's header: a status to refuse it with, or "cut" or "reset" midway
PAUSE = "x-pause"  # a request's header: seconds between the pieces of its answer
WORDS = "x-words"  # a request's header: how many words its answer has


@contextmanager
def provided() -> Iterator[int]:
    """The port that it listens on until the end of the block."""
    here, there = multiprocessing.Pipe()
    process = multiprocessing.get_context("spawn").Process(target=_serve, args=(there,))
    process.start()
    try:
        assert here.poll(20)
        yield here.recv()
    finally:
        here.send(None)
        process.join(20)
        process.kill()


def _serve(pipe: Connection) -> None:
    upstream = Upstream()

    def answer(seen: Seen) -> list[Step]:
        upstream.seen.clear()  # or a long test would keep every request here
        return _answer(seen)

    upstream.default = answer
    with upstream.running():
        pipe.send(upstream.port)
        pipe.recv()


def _answer(seen: Seen) -> list[Step]:
    fail = (seen.header(FAIL.encode()) or b"").decode()
    if fail.isdigit():
        return _marked(refusal(seen, f"{fail} Refused".encode(), "refused", "Not now."), 0)
    marked = _marked(_spoken(seen), float(seen.header(PAUSE.encode()) or 0))
    if not fail:
        return marked
    *begun, last = marked
    return [*begun, *([last[: len(last) // 2]] if isinstance(last, bytes) else []), _FAILS[fail]]


_FAILS = {"cut": CUT, "reset": RESET}


def _spoken(seen: Seen) -> list[Step]:
    count = int(seen.header(WORDS.encode()) or 5)
    text = " ".join(f"word{number}" for number in range(count))

    def said(asked: Asked) -> Said:
        return choose(asked) if asked.tools and not asked.results else Said(text=text)

    return Provider(choice=said)(seen)


def _marked(steps: Sequence[Step], pause: float) -> list[Step]:
    """The answer with its digest, in one piece or with pauses between its pieces."""
    head, *pieces = _parted(steps)
    digest = hashlib.sha256(b"".join(map(_bare, pieces))).hexdigest()
    lines = head.replace(b"\r\n\r\n", f"\r\n{DIGEST}: {digest}\r\n\r\n".encode())
    if not pause:
        return [lines, b"".join(pieces)]
    return [lines, *(step for piece in pieces for step in (piece, pause))][:-1]


def _parted(steps: Sequence[Step]) -> list[bytes]:
    """The head, and then the pieces of the body as they are framed."""
    first, *rest = (step for step in steps if isinstance(step, bytes))
    head, end, body = first.partition(b"\r\n\r\n")
    return [head + end, *([body] if body else []), *rest]


def _bare(piece: bytes) -> bytes:
    """A piece of the body without its frame: in an answer with a length it has none."""
    size, end, rest = piece.partition(b"\r\n")
    return rest[: int(size, 16)] if end else piece
