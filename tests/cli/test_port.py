"""The port is ours alone, or we say whose it is."""

import os
import socket

import pytest
from ports import free_port

from mindhold.cli.failure import Failed
from mindhold.cli.port import bind, holder


def test_localhost_is_both_loopback_addresses() -> None:
    bound = bind("localhost", free_port())
    names = {one.getsockname()[0] for one in bound}
    for one in bound:
        one.close()
    assert "127.0.0.1" in names
    assert names <= {"127.0.0.1", "::1"}


def test_a_taken_port_names_its_holder() -> None:
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = other.getsockname()[1]
        with pytest.raises(Failed, match=rf"Port {port} is taken by .*\(pid {os.getpid()}\)"):
            bind("localhost", port)


def test_a_free_port_has_no_holder() -> None:
    assert holder(free_port()) is None


def test_an_address_of_another_machine_cannot_be_bound() -> None:
    with pytest.raises(Failed, match=r"192\.0\.2\.1"):
        bind("192.0.2.1", free_port())
