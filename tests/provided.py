"""A provider in a process of its own, so that what a test measures of the proxy is the proxy's.

It answers chats of every dialect, as slowly as it is told, and says in a header what the body's
digest is: who asked can tell that all of it came.
"""

import hashlib
import multiprocessing
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from multiprocessing.connection import Connection

from provider.said import Said
from provider.script import speak
from upstream import Seen, Step, Upstream

DIGEST = "x-digest"
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
    text = " ".join(f"word{number}" for number in range(int(seen.header(WORDS.encode()) or 5)))
    head, *pieces = _parted(speak(seen, Said(text=text)))
    pause = float(seen.header(PAUSE.encode()) or 0)
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
