"""What single calls show: events that a project does not want. The settings deny them all but `socket`."""

from __future__ import annotations

import contextlib
import socket

import pytest


def test_binds_every_interface() -> None:
    # found in test_binds_every_interface: it bound 0.0.0.0:PORT, which every interface of the host answers
    with socket.create_server(("", 0)):
        pass


def test_fixes_a_port() -> None:
    # found in test_fixes_a_port: it bound port PORT, a number that the kernel did not choose
    with socket.create_server(("127.0.0.2", 20471)):
        pass


def test_is_refused() -> None:
    with socket.socket() as listener, socket.socket() as client, contextlib.suppress(ConnectionRefusedError):
        listener.bind(("127.0.0.1", 0))
        # found in test_is_refused: connect() to 127.0.0.1:PORT was refused
        client.connect(listener.getsockname())


def test_calls_far_away() -> None:
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as sender, contextlib.suppress(OSError):
        # found in test_calls_far_away: it spoke to 192.0.2.1:PORT, which is not loopback
        sender.connect(("192.0.2.1", 9))


def test_is_reset() -> None:
    with (
        socket.create_server(("127.0.0.1", 0)) as listener,
        socket.create_connection(listener.getsockname()) as client,
    ):
        accepted, _ = listener.accept()
        client.sendall(b"x")
        accepted.close()  # without reading
        with contextlib.suppress(ConnectionResetError):
            # found in test_is_reset: recv() failed with ECONNRESET: the other end had gone without reading everything
            client.recv(1)


@pytest.mark.socktrace(deny=["socket"])
def test_opens_none() -> None:
    # found in test_opens_none: it opened a socket
    socket.socket().close()


@pytest.mark.socktrace(allow=["wildcard"])
def test_may_bind_every_interface() -> None:
    with socket.create_server(("", 0)):
        pass


def test_talks_at_home() -> None:
    with (
        socket.create_server(("127.0.0.1", 0)) as listener,
        socket.create_connection(listener.getsockname()) as client,
    ):
        listener.accept()[0].close()
        assert client.recv(1) == b""
