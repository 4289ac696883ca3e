"""A port that nobody listens on."""

import socket


def free_port() -> int:
    """Free a moment ago; for what takes a number rather than a socket."""
    with socket.create_server(("127.0.0.1", 0)) as taken:
        return int(taken.getsockname()[1])
