"""A client that is killed, or whose disk is full: what was said is in the log once, or refused."""

import contextlib
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.client.viewers import Viewer, opened
from tests.server.log_kit import small_disk
from tests.support import CHECKOUT, running_server, wait_until
from tests.tagged import TaggedClient
from tkchat.client.events import Live, Lost, Noticed
from tkchat.client.history import History
from tkchat.client.message import Delivery, Message
from tkchat.net.address import Address
from tkchat.selftest.link import Faults, Plan
from tkchat.selftest.proxy import FaultProxy

pytestmark = pytest.mark.usefixtures("soon")

TEXTS = ["one", "two", "three"]
HEARD = [f"meanwhile {number}" for number in range(5)]
WRITES = 9  # the welcome, three rows, and what comes, in one piece or several


@contextlib.contextmanager
def client(
    address: Address, folder: Path, *texts: str, stage: str = "", commit: int = 0
) -> Iterator[subprocess.Popen[bytes]]:
    """Run alice's client as a process, which is killed at the end, if it was not before."""
    arguments = (str(address.port), str(folder), stage, str(commit), *texts)
    process = subprocess.Popen(
        [sys.executable, "-m", "tests.faults.killable_client", *arguments], cwd=CHECKOUT
    )
    try:
        yield process
    finally:
        process.kill()
        process.wait()


def visit(address: Address, folder: Path) -> None:
    """Let alice come in and go: her computer knows the chat then."""
    with opened(folder) as database, Viewer(address, "alice", database) as alice:
        alice.next(Live)
        alice.wait_until(lambda: alice.model.room.is_paged)
        alice.wait_until(lambda: alice.model.room_counts.get("general"))


def expect_all_once(address: Address, folder: Path, *texts: str) -> None:
    """Start alice's client again; what she said and what there is must be the log, once."""
    with opened(folder) as database, Viewer(address, "alice", database) as alice:
        alice.next(Live)
        alice.wait_until(lambda: not alice.model.waiting_count and set(texts) <= set(alice.sees))
        log = server_log(address)
        assert alice.sees == log
    assert [text for text in log if text in texts] == list(texts)
    with opened(folder) as database:
        stored = History(database, str(address), "alice").page("general", None, 1_000).entries
    assert [entry.text for entry in stored] == log
    assert waiting_rows(folder) == 0


def waiting_rows(folder: Path) -> int:
    """Count what waits in the outbox."""
    with contextlib.closing(sqlite3.connect(folder / "chats.sqlite3")) as connection:
        count: int = connection.execute("SELECT count(*) FROM outbox").fetchone()[0]
    return count


def test_killed_after_saving_and_before_sending(tmp_path: Path) -> None:
    with running_server() as server, FaultProxy(server.address) as proxy:
        visit(proxy.address, tmp_path)
        proxy.plan(Plan(up=Faults(stall_at=0)))
        with client(proxy.address, tmp_path, *TEXTS):
            wait_until(lambda: waiting_rows(tmp_path) == len(TEXTS))
        assert server_log(server.address) == []
        expect_all_once(proxy.address, tmp_path, *TEXTS)


def test_killed_after_sending_and_before_the_acknowledgement(tmp_path: Path) -> None:
    with running_server() as server, FaultProxy(server.address) as proxy:
        visit(proxy.address, tmp_path)
        visit(proxy.address, tmp_path)
        greeting = proxy.links[-1].down.passed  # and the next one is as long
        proxy.plan(Plan(down=Faults(stall_at=greeting)))
        with TaggedClient(server.address, "bob") as bob, client(proxy.address, tmp_path, *TEXTS):
            assert [entry.text for entry in bob.read_entries(len(TEXTS))] == TEXTS
            assert waiting_rows(tmp_path) == len(TEXTS)
        expect_all_once(proxy.address, tmp_path, *TEXTS)


@pytest.mark.parametrize("stage", ["before commit", "after commit"])
@pytest.mark.parametrize("commit", range(1, WRITES + 1))
def test_killed_at_each_write(tmp_path: Path, stage: str, commit: int) -> None:
    with running_server() as server, TaggedClient(server.address, "bob") as bob:
        visit(server.address, tmp_path)
        for text in HEARD[:3]:
            bob.confirm(bob.say(text))
        with client(server.address, tmp_path, *TEXTS, stage=stage, commit=commit) as alice:
            for text in HEARD[3:]:
                bob.confirm(bob.say(text))
            while True:  # until it has written often enough
                with contextlib.suppress(subprocess.TimeoutExpired):
                    alice.wait(0.05)
                    break
                bob.confirm(bob.say("more"))
        saved = waiting_rows(tmp_path)
        with opened(tmp_path) as database, Viewer(server.address, "alice", database) as again:
            again.next(Live)
            again.wait_until(lambda: not again.model.waiting_count)
        log = server_log(server.address)
        said = [text for text in log if text in TEXTS]
        assert said == TEXTS[: len(said)]
        assert len(said) >= saved
        expect_all_once(server.address, tmp_path, *said)


def test_a_full_disk_refuses_what_is_said_and_hears_again_what_was_not_stored(
    tmp_path: Path,
) -> None:
    with (
        small_disk(tmp_path / "disk", 4_096) as folder,
        running_server() as server,
        TaggedClient(server.address, "bob") as bob,
    ):
        with opened(folder) as database, Viewer(server.address, "alice", database) as alice:
            alice.next(Live)
            alice.wait_until(lambda: alice.model.room.is_paged)
            fill(folder)
            refused = say_until_refused(alice)
            assert "could not be saved on this computer" in refused.why
            while not any("cannot be stored" in text for text in notices(alice)):
                hear(alice, bob.confirm(bob.say("y" * 1_000)).seq)
            (folder / "ballast").unlink()
            bob.confirm(bob.say("there is room"))
            alice.next(Lost)
            alice.next(Live)
            alice.session.replace(refused.mid, "said again")
            alice.wait_for_text("said again")
        expect_all_once(server.address, folder, "there is room", "said again")
        assert refused.seq == 0


def say_until_refused(viewer: Viewer) -> Message:
    """Say something until the disk takes no more; return what was refused."""
    while True:
        message = viewer.say("x" * 1_000)
        assert message is not None
        viewer.wait_until(lambda: not viewer.model.waiting_count)
        if message.delivery is Delivery.REFUSED:
            return message


def hear(viewer: Viewer, seq: int) -> None:
    """Wait until a message has come."""
    viewer.wait_until(lambda: viewer.model.room.last_seq >= seq)


def notices(viewer: Viewer) -> list[str]:
    """Return what ``viewer`` was told."""
    return [event.text for event in viewer.events if isinstance(event, Noticed)]


def fill(folder: Path) -> None:
    """Leave no room on a disk."""
    with (folder / "ballast").open("ab", buffering=0) as file:
        for size in (65_536, 4_096):
            with contextlib.suppress(OSError):
                while file.write(b"x" * size) == size:
                    pass


def server_log(address: Address) -> list[str]:
    """Return all that was said."""
    with TaggedClient(address, "reader", since=0, install="reader") as reader:
        return [entry.text for entry in reader.entries]
