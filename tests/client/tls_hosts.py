"""Hosts that encrypt, or do not, and what they hear of a client."""

import socket
import ssl
from collections.abc import Callable
from pathlib import Path
from typing import TypeAlias

from tests.client.hosts import ScriptedHost, Watched, wait_for_end, welcome
from tests.net.tls_kit import make_context
from tkchat.client.database import Database
from tkchat.client.events import Live, NotIn
from tkchat.client.session import Session
from tkchat.net.identity import CERTIFICATE_FILE, read_fingerprint

Script: TypeAlias = Callable[[socket.socket], object]


class Host:
    """Somebody's host, with a key of its own; ``heard`` is all that clients ever said to it."""

    def __init__(self, folder: Path) -> None:
        folder.mkdir(exist_ok=True)
        self.context = make_context(folder)
        self._sockets: list[ssl.SSLSocket] = []
        self.fingerprint = read_fingerprint(folder / CERTIFICATE_FILE)
        self.heard = b""
        self.visits = 0

    def listens(self, sock: socket.socket) -> None:
        """Hear whatever the client says, and never answer."""
        self.visits += 1
        with self.context.wrap_socket(sock, server_side=True) as secure:
            while data := secure.recv(65_536):
                self.heard += data

    def welcomes(self, log: str = "log") -> Script:
        """Return a script that lets everybody in."""

        def script(sock: socket.socket) -> None:
            self.visits += 1
            with self.context.wrap_socket(sock, server_side=True) as secure:
                self._sockets.append(secure)
                hello = welcome(secure, log=log)
                self.heard += hello.token.encode()
                wait_for_end(secure)

        return script

    def hang_up(self) -> None:
        """End the connections of those whom it let in."""
        for sock in self._sockets:
            socket.socket.shutdown(sock, socket.SHUT_RDWR)


def hears(script: Script) -> tuple[list[bytes], Script]:
    """Return what is first heard by a host, and a script that then goes on with ``script``."""
    heard: list[bytes] = []

    def run(sock: socket.socket) -> None:
        heard.append(sock.recv(65_536))
        script(sock)

    return heard, run


def last_of(scripts: list[Script]) -> Script:
    """Return a script that is always the last one of these."""

    def run(sock: socket.socket) -> None:
        scripts[-1](sock)

    return run


def lets_in(sock: socket.socket) -> None:
    """Be a host that does not encrypt."""
    welcome(sock)
    wait_for_end(sock)


def visit(host: Host, database: Database) -> None:
    """Join a chat there as alice, once."""
    with (
        ScriptedHost(host.welcomes()) as there,
        Watched(Session(there.address, "alice", database)) as alice,
    ):
        alice.next(Live)


def end_of(session: Session) -> tuple[NotIn, Watched]:
    """Let the session end by itself; return why it did."""
    with Watched(session) as alice:
        end = alice.next(NotIn)
        alice.wait_until_over()
    return end, alice
