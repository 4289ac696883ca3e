"""Answered: what is known of the answer to a call while it flows past."""

from collections.abc import Callable

import httpx

from mindhold.proxy.tap import Tap


class Answered:
    """Fed with the answer's raw bytes; `named` hears its id as soon as that is known, and again
    when it was counted what the answer took: only then is it whole.

    A client may go on from the id before the upstream has ended its answer.
    """

    def __init__(self, named: Callable[[str, bool], None]) -> None:
        self.status: int | None = None
        self.tap = Tap(())
        self._named = named
        self._told = ("", False)
        self._left = -1  # bytes to come, where the upstream said how many

    def begin(self, answer: httpx.Response) -> None:
        """Its status line and headers are there."""
        self.status = answer.status_code
        self.tap = Tap(answer.headers.raw)
        length = answer.headers.get("content-length", "")
        self._left = int(length) if length.isdecimal() else -1

    def feed(self, chunk: bytes) -> None:
        """These bytes have gone on to the client."""
        self.tap.feed(chunk)
        self._left -= len(chunk)
        if self._left == 0:
            self.tap.close()
        known = self.tap.response_id or "", self.tap.usage is not None
        if known[0] and known != self._told and self.status == httpx.codes.OK:
            self._told = known
            self._named(*known)
