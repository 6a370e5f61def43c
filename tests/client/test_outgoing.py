"""The way of own messages to the host, past full disks on either side."""

import contextlib
import socket
import sqlite3
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.client.hosts import ScriptedHost, accept, read_said, wait_for_end, welcome
from tests.client.viewers import Viewer, opened
from tests.support import running_server, wait_until
from tests.tagged import TaggedClient
from tkchat.client import database as database_module
from tkchat.client import outgoing
from tkchat.client.database import Database
from tkchat.client.events import Live, Lost, Noticed, Opened, Refused, Replaced
from tkchat.client.message import Delivery
from tkchat.wire import tagged
from tkchat.wire.entry import Kind
from tkchat.wire.requests import Say


@pytest.fixture(autouse=True)
def still_sooner(soon: None, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(outgoing, "FIRST_PAUSE_SECONDS", 0.01)
    monkeypatch.setattr(outgoing, "LAST_PAUSE_SECONDS", 0.05)
    monkeypatch.setattr(database_module, "BUSY_SECONDS", 0.05)


@contextlib.contextmanager
def unwritable(folder: Path) -> Iterator[None]:
    """Let nobody write into the database: somebody else does, and does not end."""
    with contextlib.closing(sqlite3.connect(folder / "chats.sqlite3")) as other:
        other.execute("BEGIN IMMEDIATE")
        yield
        other.rollback()


def test_a_host_whose_disk_is_full_gets_it_again_in_order(database: Database) -> None:
    had: list[str] = []
    tries: list[str] = []

    def chat(sock: socket.socket) -> None:
        welcome(sock)
        while say := read_said(sock):
            tries.append(say.text)
            if len(tries) <= 5:
                refusal = tagged.Refused("storage", "The disk is full.", say.mid)
                sock.sendall(tagged.encode(refusal))
            elif say.text not in had:
                had.append(say.text)
                accept(sock, len(had), say)

    with ScriptedHost(chat) as host, Viewer(host.address, "alice", database) as alice:
        alice.next(Live)
        for number in range(3):
            alice.say(str(number))
        alice.wait_until(lambda: len(had) == 3 and not alice.waits)
        assert sorted(had) == ["0", "1", "2"]
        assert not any(isinstance(event, Refused) for event in alice.events)


def test_what_cannot_be_saved_here_is_not_sent_and_says_so(
    database: Database, tmp_path: Path
) -> None:
    with running_server() as server, Viewer(server.address, "alice", database) as alice:
        alice.next(Live)
        with unwritable(tmp_path):
            message = alice.say("hello")
            assert message is not None
            alice.next(Refused)
        assert message.delivery is Delivery.REFUSED
        assert "could not be saved on this computer" in message.why
        alice.session.replace(message.mid, "hello again")
        alice.wait_for_text("hello again")
        assert alice.waits == []


def test_what_cannot_be_stored_is_shown_and_fetched_again(
    database: Database, tmp_path: Path
) -> None:
    with running_server() as server, TaggedClient(server.address, "bob") as bob:
        with Viewer(server.address, "alice", database) as alice:
            alice.next(Live)
            bob.confirm(bob.say("stored"))
            alice.wait_for_text("stored")
            with unwritable(tmp_path):
                bob.confirm(bob.say("not stored"))
                alice.wait_for_text("not stored")
                bob.confirm(bob.say("nor this"))
                alice.wait_for_text("nor this")
            bob.confirm(bob.say("stored again"))
            alice.next(Lost)
            alice.next(Live)
            told = [e.text for e in alice.events if isinstance(e, Noticed)]
            assert len([text for text in told if "cannot be stored" in text]) == 1
            assert alice.sees == ["stored", "not stored", "nor this", "stored again"]
        address = server.address
    with Viewer(address, "alice", database) as alice:
        alice.next(Opened)
        assert alice.sees == ["stored", "not stored", "nor this", "stored again"]


def test_what_is_changed_on_its_way_is_edited_when_it_has_arrived(database: Database) -> None:
    texts: list[Say] = []

    def chat(sock: socket.socket) -> None:
        welcome(sock)
        first = read_said(sock)
        assert first is not None
        texts.append(first)
        while len(texts) < 2:
            wait_until(lambda: is_changed)
            accept(sock, 1, first)
            edit = read_said(sock)
            assert edit is not None
            texts.append(edit)
            accept(sock, 2, edit)
        wait_for_end(sock)

    is_changed: list[bool] = []
    with ScriptedHost(chat) as host, Viewer(host.address, "alice", database) as alice:
        alice.next(Live)
        message = alice.say("helo")
        assert message is not None
        wait_until(lambda: texts)
        alice.session.discard(message.mid)  # it is too late for that
        alice.session.replace(message.mid, "hello")
        alice.session.set_draft("general", "a job after both")
        wait_until(lambda: database_has_draft(database))
        alice.take()
        assert (alice.waits, message.delivery) == (["hello"], Delivery.WAITING)
        is_changed.append(True)
        alice.wait_until(lambda: not alice.model.waiting_count)
        assert alice.sees == ["hello"]
    assert (texts[1].kind, texts[1].target) == (Kind.EDIT, 1)


def database_has_draft(database: Database) -> bool:
    with database.reading() as connection:
        return bool(connection.execute("SELECT 1 FROM room WHERE draft <> ''").fetchone())


def test_a_loss_in_the_middle_doubles_nothing(database: Database) -> None:
    log: dict[str, int] = {}

    def chat(sock: socket.socket) -> None:
        welcome(sock, len(log))
        taken = 0
        while say := read_said(sock):
            log.setdefault(say.mid, len(log) + 1)
            taken += 1
            if taken == 3 and len(log) < 20:
                return  # it has it, and nobody knows
            accept(sock, log[say.mid], say)

    with ScriptedHost(chat) as host, Viewer(host.address, "alice", database) as alice:
        alice.next(Live)
        for number in range(20):
            alice.say(str(number))
        alice.wait_until(lambda: not alice.waits)
        assert alice.sees == list(map(str, range(20)))


def test_a_refused_reply_stays_a_reply_when_it_is_changed(database: Database) -> None:
    with (
        running_server() as server,
        TaggedClient(server.address, "bob") as bob,
        Viewer(server.address, "alice", database) as alice,
    ):
        alice.next(Live)
        first = bob.confirm(bob.say("a question", "@alice"))
        alice.send(Say("@bob", "an answer", kind=Kind.REPLY, target=first.seq + 7))
        refused = alice.next(Refused)
        alice.session.replace(refused.mid, "another")
        again = alice.next(Replaced).say
        assert again == Say("@bob", "another", again.mid, Kind.REPLY, first.seq + 7)


def test_a_reply_that_could_not_be_saved_stays_one_when_it_is_changed(
    database: Database, tmp_path: Path
) -> None:
    with (
        running_server() as server,
        TaggedClient(server.address, "bob") as bob,
        Viewer(server.address, "alice", database) as alice,
    ):
        alice.next(Live)
        first = bob.confirm(bob.say("a question", "@alice"))
        with unwritable(tmp_path):
            alice.send(Say("@bob", "an answer", kind=Kind.REPLY, target=first.seq))
            refused = alice.next(Refused)
        alice.session.replace(refused.mid, "another")
        answer = bob.read_entries(1)[0]
        assert (answer.room, answer.text, answer.target) == ("@alice", "another", first.seq)


def test_what_another_window_has_discarded_is_not_sent(database: Database, tmp_path: Path) -> None:
    with contextlib.ExitStack() as stack:
        with running_server(data=tmp_path / "host") as server:
            address = server.address
            here = stack.enter_context(Viewer(address, "alice", database))
            here.next(Live)
        here.next(Lost)
        for text in ("first", "second", "third"):
            here.say(text)
        wait_until(lambda: len(rows(database)) == 3)
        another = stack.enter_context(opened(tmp_path))
        there = stack.enter_context(Viewer(address, "alice", another))
        there.next(Opened)
        first, second = there.model.room.waiting[:2]
        there.session.discard(first.mid)
        there.session.replace(second.mid, "changed")
        there.next(Replaced)
        wait_until(lambda: rows(database) == ["third", "changed"])
        stack.enter_context(running_server(data=tmp_path / "host", port=address.port))
        for each in (here, there):
            each.wait_for_seen(2)
            each.wait_until(lambda: not each.waits)  # noqa: B023 (used at once)
            assert sorted(each.sees) == ["changed", "third"]


def rows(database: Database) -> list[str]:
    with database.reading() as connection:
        return [text for (text,) in connection.execute("SELECT text FROM outbox ORDER BY id")]


def test_what_was_sent_before_a_loss_is_not_discarded_and_is_edited(database: Database) -> None:
    texts: list[Say] = []

    def chat(sock: socket.socket) -> None:
        welcome(sock)
        while say := read_said(sock):
            texts.append(say)
            if len(texts) == 1:
                return  # it has it, and nobody knows
            accept(sock, len(texts), say)

    with ScriptedHost(chat) as host, Viewer(host.address, "alice", database) as alice:
        alice.next(Live)
        message = alice.say("helo")
        assert message is not None
        alice.next(Lost)
        alice.session.discard(message.mid)
        alice.session.replace(message.mid, "hello")
        alice.wait_until(lambda: not alice.model.waiting_count)
        assert (alice.sees, message.edited) == (["hello"], True)
        assert [text.mid for text in texts[:2]] == [message.mid] * 2


def test_what_was_accepted_just_before_is_edited_and_not_said_again(database: Database) -> None:
    with running_server() as server, Viewer(server.address, "alice", database) as alice:
        alice.next(Live)
        message = alice.say("helo")
        assert message is not None
        alice.wait_until(lambda: message.seq)
        alice.session.replace(message.mid, "hello")  # as somebody may who sees it wait
        alice.wait_until(lambda: message.text == "hello" and message.edited)
        alice.wait_until(lambda: not alice.model.waiting_count)
        assert alice.sees == ["hello"]
        wait_until(lambda: rows(database) == [])


def test_what_is_refused_after_it_was_edited_is_sent_as_it_was_meant(database: Database) -> None:
    said: list[Say] = []

    def chat(sock: socket.socket) -> None:
        welcome(sock)
        while say := read_said(sock):
            said.append(say)
            if len(said) == 2:
                sock.sendall(tagged.encode(tagged.Refused("too-long", "Too long.", say.mid)))
            elif len(said) > 2:
                accept(sock, len(said), say)
            else:
                return

    with ScriptedHost(chat) as host, Viewer(host.address, "alice", database) as alice:
        alice.next(Live)
        message = alice.say("much")
        assert message is not None
        alice.next(Lost)
        alice.session.replace(message.mid, "less")
        alice.wait_for_text("less")
        assert [(say.text, say.kind) for say in said[1:]] == [
            ("much", Kind.MESSAGE),
            ("less", Kind.MESSAGE),
        ]
        assert (alice.waits, rows(database)) == ([], [])
