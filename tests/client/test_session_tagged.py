"""A session with a host that keeps a log: nothing is lost, doubled or out of order."""

import contextlib
import socket
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.client.hosts import ScriptedHost, read_line, wait_for_end
from tests.client.viewers import Viewer, opened
from tests.support import Client, running_server
from tests.tagged import TaggedClient
from tkchat.client import receiver
from tkchat.client.database import Database
from tkchat.client.events import (
    Connecting,
    Entered,
    Live,
    Lost,
    NotIn,
    Opened,
    Problem,
    Refused,
    Reset,
    Welcome,
)
from tkchat.client.message import Delivery
from tkchat.client.model import Link
from tkchat.net.address import Address
from tkchat.server.server import Server
from tkchat.wire.names import GENERAL

pytestmark = pytest.mark.usefixtures("soon")


@contextlib.contextmanager
def server_on(folder: Path, port: int = 0) -> Iterator[Server]:
    with running_server(data=folder / "host", port=port) as server:
        yield server


def free_address() -> Address:
    with socket.socket() as sock:
        sock.bind(("127.0.0.1", 0))
        return Address("127.0.0.1", sock.getsockname()[1])


def test_the_first_time(database: Database) -> None:
    with running_server() as server, Viewer(server.address, "alice", database) as alice:
        alice.wait_until(lambda: alice.model.room.joined)
        assert alice.events[:3] == [
            Connecting(server.address),
            Welcome("alice", GENERAL, tagged=True),
            Live(),
        ]
        assert alice.session.is_tagged
        assert alice.model.people == ["alice"]


def test_what_is_said_is_accepted(database: Database) -> None:
    with (
        running_server() as server,
        TaggedClient(server.address, "bob") as bob,
        Viewer(server.address, "alice", database) as alice,
    ):
        alice.next(Live)
        message = alice.say("two\nlines")
        assert message is not None
        assert message.delivery is Delivery.WAITING
        alice.wait_until(lambda: message.delivery is Delivery.SENT)
        assert bob.read_entries(1)[0].text == "two\nlines"
        assert alice.waits == []


def test_what_is_said_without_a_host_arrives_later_once(database: Database, tmp_path: Path) -> None:
    with contextlib.ExitStack() as stack:
        with server_on(tmp_path) as server:
            alice = stack.enter_context(Viewer(server.address, "alice", database))
            alice.next(Live)
            alice.say("before")
            alice.wait_for_text("before")
        alice.next(Lost)
        for number in range(40):
            alice.say(str(number))
        assert alice.model.waiting_count == 40
        stack.enter_context(server_on(tmp_path, server.address.port))
        alice.wait_until(lambda: not alice.waits)
        assert alice.sees == ["before", *map(str, range(40))]
        with TaggedClient(server.address, "bob") as bob:
            assert [entry.text for entry in bob.entries][-40:] == list(map(str, range(40)))


def test_what_a_crashed_program_had_said_is_sent_by_the_next(tmp_path: Path) -> None:
    with server_on(tmp_path) as server:
        address = server.address
        with opened(tmp_path) as database, Viewer(address, "alice", database) as alice:
            alice.next(Live)
    with opened(tmp_path) as database, Viewer(address, "alice", database) as alice:
        alice.next(Opened)
        alice.say("not sent by this one")
    with opened(tmp_path) as database, Viewer(address, "alice", database) as alice:
        alice.next(Opened)
        assert alice.waits == ["not sent by this one"]
        with server_on(tmp_path, address.port):
            alice.wait_for_text("not sent by this one")
            assert alice.waits == []


def test_the_window_opens_without_a_host(tmp_path: Path) -> None:
    with server_on(tmp_path) as server:
        address = server.address
        with opened(tmp_path) as database, Viewer(address, "alice", database) as alice:
            alice.next(Live)
            alice.say("hello")
            alice.wait_for_text("hello")
            alice.session.set_draft("ops", "half a sen")
    with opened(tmp_path) as database, Viewer(address, "alice", database) as alice:
        alice.next(Lost)
        assert alice.model.link is Link.LOST
        assert alice.sees == ["hello"]
        assert alice.model.rooms["ops"].draft == "half a sen"
        alice.session.go_to("ops")
        alice.next(Entered)
        assert alice.model.room.name == "ops"


def test_without_anything_of_the_chat_a_failure_ends_the_session(database: Database) -> None:
    with Viewer(free_address(), "alice", database) as alice:
        assert alice.next(NotIn).problem is Problem.NOBODY_LISTENS


def test_what_was_missed_comes_when_the_host_is_back(tmp_path: Path) -> None:
    with server_on(tmp_path) as server:
        address = server.address
        with TaggedClient(address, "bob") as bob:
            with opened(tmp_path) as database, Viewer(address, "alice", database) as alice:
                alice.next(Live)
                bob.confirm(bob.say("one"))
                alice.wait_for_text("one")
            for number in range(200):
                bob.confirm(bob.say(str(number)))
            with opened(tmp_path) as database, Viewer(address, "alice", database) as alice:
                alice.next(Live)
                assert alice.sees == ["one", *map(str, range(200))]


def test_a_name_that_somebody_else_owns_says_so(tmp_path: Path, database: Database) -> None:
    with running_server() as server:
        with TaggedClient(server.address, "alice"):
            pass
        with Viewer(server.address, "alice", database) as alice:
            refusal = alice.next(NotIn)
            assert refusal.problem is Problem.NAME_REFUSED
            assert "30 days" in refusal.detail


def test_another_log_begins_anew_below_what_was(tmp_path: Path) -> None:
    with contextlib.ExitStack() as stack:
        database = stack.enter_context(opened(tmp_path))
        with server_on(tmp_path / "one") as server:
            alice = stack.enter_context(Viewer(server.address, "alice", database))
            alice.next(Live)
            alice.say("old")
            alice.wait_for_text("old")
        alice.next(Lost)
        alice.say("waiting")
        stack.enter_context(server_on(tmp_path / "two", server.address.port))
        # What was meant for one chat is not said in another without a question.
        refused = alice.next(Refused)
        assert Reset() in alice.events
        assert refused.code == "other-chat"
        alice.session.replace(refused.mid, "waited")
        alice.wait_for_text("waited")
        assert alice.sees == ["old", "waited"]
        assert alice.model.room.messages[-1].seq == 1


def test_another_kind_of_host_is_spoken_to_as_it_likes(database: Database) -> None:
    heard: list[str] = []

    def chat(sock: socket.socket) -> None:
        name = read_line(sock)
        if name.startswith("@"):
            sock.sendall(b"SERVER~A username cannot have = in it. Choose another username.\n")
            wait_for_end(sock)
            return
        sock.sendall(f"SERVER~{name} joined the chat app\n".encode())
        while line := read_line(sock):
            heard.append(line)

    with ScriptedHost(chat) as host, Viewer(host.address, "alice", database) as alice:
        assert alice.next(Welcome) == Welcome("alice", GENERAL)
        assert not alice.session.is_tagged
        assert alice.say("hello") is None
        alice.wait_until(lambda: "hello" in heard)


def test_a_host_that_does_not_greet_is_plain(
    database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(receiver, "GREETING_SECONDS", 0.1)
    with ScriptedHost(wait_for_end) as host, Viewer(host.address, "alice", database) as alice:
        assert not alice.next(Welcome).tagged


def test_an_impossible_name_is_refused_by_the_host(database: Database) -> None:
    with running_server() as server, Viewer(server.address, "a b", database) as nobody:
        assert nobody.next(NotIn).problem is Problem.NAME_REFUSED


def test_two_windows_of_one_person_see_the_same(database: Database, tmp_path: Path) -> None:
    with (
        running_server() as server,
        opened(tmp_path) as another,
        Viewer(server.address, "alice", database) as here,
    ):
        here.next(Live)
        with Viewer(server.address, "alice", another) as there:
            there.next(Live)
            here.say("from here")
            there.say("from there")
            for each in (here, there):
                each.wait_for_text("from here")
                each.wait_for_text("from there")
                assert each.waits == []
            assert here.sees == there.sees


def test_plain_people_take_part(database: Database) -> None:
    with (
        running_server() as server,
        Client(server.address, "nc") as nc,
        Viewer(server.address, "alice", database) as alice,
    ):
        alice.next(Live)
        alice.say("hello")
        nc.read_until("alice~hello")
        nc.say("hi")
        alice.wait_for_text("hi")


def test_two_people_see_the_same_however_often_the_host_is_restarted(tmp_path: Path) -> None:
    with contextlib.ExitStack() as stack:
        viewers: list[Viewer] = []
        address = free_address()
        for name in ("alice", "bob"):
            (tmp_path / name).mkdir()
            database = stack.enter_context(opened(tmp_path / name))
            with server_on(tmp_path, address.port):
                viewers.append(stack.enter_context(Viewer(address, name, database)))
                viewers[-1].next(Live)
        for turn in range(6):
            with server_on(tmp_path, address.port):
                for number in range(20):
                    for viewer in viewers:
                        viewer.say(f"{turn}.{number}")
                        viewer.take()
                viewers[turn % 2].wait_for_seen(20 * turn + 1)
        with server_on(tmp_path, address.port):
            for viewer in viewers:
                viewer.wait_for_seen(240)
                assert viewer.waits == []
        alice, bob = viewers
        assert alice.sees == bob.sees
        for viewer in viewers:
            mine = [m.text for m in viewer.model.room.messages if m.own and m.seq]
            assert mine == [f"{turn}.{number}" for turn in range(6) for number in range(20)]


def test_closing_loses_nothing(tmp_path: Path) -> None:
    with server_on(tmp_path) as server:
        address = server.address
        with opened(tmp_path) as database, Viewer(address, "alice", database) as alice:
            alice.next(Live)
    with opened(tmp_path) as database, Viewer(address, "alice", database) as alice:
        alice.next(Opened)
        for number in range(100):
            alice.say(str(number))
        alice.session.close()
        assert alice.session.say("too late") is None
    with opened(tmp_path) as database, Viewer(address, "alice", database) as alice:
        alice.next(Opened)
        assert alice.waits == list(map(str, range(100)))
