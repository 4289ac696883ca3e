"""The real application under the real server, on a real port, in a thread."""

import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

import uvicorn
from starlette.types import ASGIApp
from waiting import PATIENCE, until

from mindhold.proxy.server import configuration


@dataclass(slots=True)
class Served:
    """A running application."""

    app: ASGIApp
    port: int
    server: uvicorn.Server

    @property
    def origin(self) -> str:
        """Where it listens, without a path."""
        return f"http://127.0.0.1:{self.port}"

    @property
    def url(self) -> str:
        """Where it listens, as an OpenAI base URL."""
        return f"{self.origin}/v1"


class _Quiet(uvicorn.Server):
    @contextmanager
    def capture_signals(self) -> Iterator[None]:
        """Signals belong to the main thread."""
        yield


@contextmanager
def serving(app: ASGIApp) -> Iterator[Served]:
    """The app on a free port of 127.0.0.1 until the end of the block."""
    with socket.create_server(("127.0.0.1", 0)) as listener:
        server = _Quiet(configuration(app))
        thread = threading.Thread(target=server.run, args=([listener],), name="served", daemon=True)
        thread.start()
        until(lambda: server.started or not thread.is_alive())
        assert server.started
        try:
            yield Served(app, listener.getsockname()[1], server)
        finally:
            server.should_exit = True
            thread.join(PATIENCE)
            assert not thread.is_alive()
