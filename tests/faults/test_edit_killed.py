"""An edit of a message that the host has not acknowledged yet is made, whoever dies meanwhile."""

import contextlib
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.client.viewers import Viewer, opened
from tests.support import CHECKOUT, running_server, wait_until
from tests.tagged import TaggedClient
from tkchat.client.events import Live
from tkchat.net.address import Address
from tkchat.selftest.link import Faults, Plan
from tkchat.selftest.proxy import FaultProxy

pytestmark = pytest.mark.usefixtures("soon")

CLIENT = """
import sys, time
from pathlib import Path
from tkchat.client.database import Database
from tkchat.client.session import Session
from tkchat.net.address import Address

port, folder = sys.argv[1:]
database = Database(Path(folder) / "chats.sqlite3")
session = Session(Address("127.0.0.1", int(port)), "alice", database)
session.start()
while not session.is_tagged:
    time.sleep(0.01)
(said,) = session.say("helo")
sys.stdin.readline()
session.replace(said.mid, "hullo")
session.replace(said.mid, "hello")
while True:
    session.events.get()
"""


@contextlib.contextmanager
def client(address: Address, folder: Path) -> Iterator[subprocess.Popen[str]]:
    """Run alice's client, which says something, and edits it after a line on its input."""
    process = subprocess.Popen(
        [sys.executable, "-c", CLIENT, str(address.port), str(folder)],
        cwd=CHECKOUT,
        stdin=subprocess.PIPE,
        text=True,
    )
    try:
        yield process
    finally:
        process.kill()
        process.communicate()


def visit(address: Address, folder: Path) -> None:
    """Let alice come in and go: her computer knows the chat then."""
    with opened(folder) as database, Viewer(address, "alice", database) as alice:
        alice.next(Live)
        alice.wait_until(lambda: alice.model.room.is_paged)
        alice.wait_until(lambda: alice.model.room_counts.get("general"))


def waiting(folder: Path) -> list[str]:
    """Return what waits in the outbox."""
    with contextlib.closing(sqlite3.connect(folder / "chats.sqlite3")) as connection:
        return [text for (text,) in connection.execute("SELECT text FROM outbox ORDER BY id")]


def test_an_edit_outlives_the_client(tmp_path: Path) -> None:
    with running_server() as server, FaultProxy(server.address) as proxy:
        visit(proxy.address, tmp_path)
        visit(proxy.address, tmp_path)
        # The next greeting is as long as the last: no acknowledgement comes through.
        proxy.plan(Plan(down=Faults(stall_at=proxy.links[-1].down.passed)))
        with (
            TaggedClient(server.address, "bob") as bob,
            client(proxy.address, tmp_path) as process,
        ):
            assert [entry.text for entry in bob.read_entries(1)] == ["helo"]
            assert process.stdin is not None
            process.stdin.write("\n")
            process.stdin.flush()
            wait_until(lambda: waiting(tmp_path)[-1:] == ["hello"])
        assert waiting(tmp_path) == ["helo", "hello"]
        with opened(tmp_path) as database, Viewer(proxy.address, "alice", database) as alice:
            message = alice.wait_for_text("hello")
            alice.wait_until(lambda: not alice.model.waiting_count)
            assert message.edited
            assert alice.sees == ["hello"]
        assert waiting(tmp_path) == []
