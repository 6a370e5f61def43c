"""Whole conversations: a host with strange guests, and a client with a strange host."""

import contextlib
import logging
import os
import queue
import socket
import tempfile
import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from unittest import mock

from tests.client.hosts import ScriptedHost
from tests.support import PATIENCE, running_server
from tests.tagged import TaggedClient
from tkchat.client.database import Database
from tkchat.client.events import NotIn
from tkchat.client.model import Model
from tkchat.client.room import Changes
from tkchat.client.session import Session
from tkchat.server.limits import Limits
from tkchat.wire.limits import MAX_LINE_BYTES
from tkchat.wire.lines import decode_tagged

Lines = list[bytes]
EVENTS_PER_LINE = 60  #: an honest line makes a few; a list of people has many names
QUIET_SECONDS = 0.06


class _Raised(logging.Handler):
    """Keeps what was logged as an error, and what ended a thread."""

    def __init__(self) -> None:
        super().__init__(logging.ERROR)
        self.found: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.found.append(self.format(record))


@contextlib.contextmanager
def nothing_raised() -> Iterator[None]:
    """Fail on a logged error, and on an exception in any thread."""
    handler = _Raised()
    logging.getLogger().addHandler(handler)
    before = threading.excepthook
    threading.excepthook = lambda args: handler.found.append(repr(args.exc_value))
    try:
        yield
    finally:
        threading.excepthook = before
        logging.getLogger().removeHandler(handler)
    assert not handler.found, handler.found


@contextlib.contextmanager
def host() -> Iterator[Callable[[Lines], None]]:
    """Give out what has a host hear some lines, in one connection; it must answer on."""
    limits = Limits(flood_burst=1_000_000)  # tries at a name are slowed otherwise
    with (
        running_server(limits=limits) as server,
        TaggedClient(server.address, "watcher") as watcher,
    ):

        def converse(lines: Lines) -> None:
            with nothing_raised():
                address = (server.address.host, server.address.port)
                with (
                    socket.create_connection(address, PATIENCE) as sock,
                    contextlib.suppress(ConnectionError),
                ):
                    sock.sendall(b"".join(line + b"\n" for line in lines))
                    sock.shutdown(socket.SHUT_WR)
                    _check_heard(sock, is_tagged=bool(lines) and lines[0][:1] == b"@")
                watcher.ping()
                watcher.heard.clear()
                watcher.entries.clear()

        yield converse


def _check_heard(sock: socket.socket, *, is_tagged: bool) -> None:
    heard = b""
    while data := sock.recv(65_536):
        heard += data
    for raw in heard.split(b"\n"):
        assert len(raw) < MAX_LINE_BYTES, raw[:100]
        if is_tagged and raw.startswith(b"@"):
            decode_tagged(raw)


@contextlib.contextmanager
def client() -> Iterator[Callable[[Lines], None]]:
    """Give out what lets a client join a host that says some lines, whatever it is asked."""
    script: Lines = []

    def talk(sock: socket.socket) -> None:
        sock.recv(4096)
        sock.sendall(b"".join(line + b"\n" for line in script))
        sock.settimeout(QUIET_SECONDS)
        with contextlib.suppress(TimeoutError):
            while sock.recv(65_536):
                pass

    with tempfile.TemporaryDirectory() as home, ScriptedHost(talk) as scripted:
        profile = Path(home) / "profile"
        profile.mkdir()

        def visit(lines: Lines) -> None:
            script[:] = lines
            with nothing_raised(), mock.patch.dict(os.environ, {"HOME": home}):
                database = Database(profile / "chats.sqlite3")
                session = Session(scripted.address, "alice", database)
                session.start()
                try:
                    _follow(session, 50 + EVENTS_PER_LINE * len(lines))
                finally:
                    session.close()
                    session.join(PATIENCE)
                    database.close()
            assert [path.name for path in Path(home).iterdir()] == ["profile"]

        yield visit


def _follow(session: Session, most: int) -> None:
    """Draw what a session tells until it is quiet, at most so many events."""
    model, count = Model("alice"), 0
    with contextlib.suppress(queue.Empty):
        while True:
            event = session.events.get(timeout=QUIET_SECONDS)
            model.apply(event, Changes())
            count += 1
            assert count < most, f"a storm of events: {event}"
            if isinstance(event, NotIn):
                return
