"""A script's chat with a host that keeps a log: nothing that goes in is lost."""

import contextlib
import queue
import socket
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.client.hosts import ScriptedHost, accept, read_said, welcome
from tests.client.viewers import Viewer, opened
from tests.support import PATIENCE, Client, running_server, wait_until
from tests.terminal.scripts import run, script
from tkchat.client.database import Database
from tkchat.client.history import History
from tkchat.client.outbox import Outbox
from tkchat.net.address import Address
from tkchat.terminal import pipe, tagged_pipe
from tkchat.wire import tagged
from tkchat.wire.entry import Kind
from tkchat.wire.requests import Say


@pytest.fixture
def alice(tmp_path: Path) -> Iterator[Database]:
    """The chats of somebody else."""
    (tmp_path / "alice").mkdir()
    with opened(tmp_path / "alice") as database:
        yield database


def outbox(database: Database, address: Address) -> list[str]:
    return [each.say.text for each in Outbox(History(database, str(address), "bot")).waiting()]


def test_what_is_said_is_heard_and_written(
    database: Database, capsys: pytest.CaptureFixture[str]
) -> None:
    with running_server() as server, Client(server.address, "bob") as bob:
        lines = ("hi", "", "//slash", "/me waves", "/msg bob psst", "bye")
        assert run(server.address, *lines, database=database) == 0
        bob.expect("SERVER~bot joined the chat app", "bot~hi", "bot~/slash", "bot~* bot waves")
        bob.expect("bot~(to bob only) psst", "bot~bye", "SERVER~bot left the chat app")
    out, err = capsys.readouterr()
    said = ["bot~hi", "bot~/slash", "bot~* bot waves", "bot~(to bob only) psst", "bot~bye"]
    assert out.splitlines()[-5:] == said
    assert out.startswith("SERVER~In general: bob bot\n")
    assert err == ""


def test_many_lines_arrive_in_order(database: Database) -> None:
    lines = [f"line {n}" for n in range(500)]
    with running_server() as server, Client(server.address, "bob") as bob:
        assert run(server.address, *lines, database=database) == 0
        heard = bob.read_until("SERVER~bot left the chat app")
        assert outbox(database, server.address) == []
    assert heard[1:] == [f"bot~{line}" for line in lines]


def test_with_no_echo_too(database: Database, capsys: pytest.CaptureFixture[str]) -> None:
    with running_server(echo=False) as server:
        assert run(server.address, "hi", database=database) == 0
    assert "bot~hi\n" in capsys.readouterr().out


def test_commands_are_answered_before_it_leaves(
    database: Database, capsys: pytest.CaptureFixture[str]
) -> None:
    with running_server() as server, Client(server.address, "bob") as bob:
        lines = ("/join ops", "/join OPS", "hi", "/who", "/rooms", "/help")
        assert run(server.address, *lines, database=database) == 0
        bob.expect("SERVER~bot joined the chat app")
    out = capsys.readouterr().out
    for line in ("You are in ops", "In ops: bot", "Rooms: general (2) ops (1)"):
        assert f"SERVER~{line}\n" in out
    assert "bot~hi\n" in out
    assert "SERVER~/who [ROOM]" in out


def test_what_others_say(
    database: Database, alice: Database, capsys: pytest.CaptureFixture[str]
) -> None:
    written = ""

    def has_written(text: str) -> bool:
        nonlocal written
        written += capsys.readouterr().out
        return text in written

    with (
        running_server() as server,
        Viewer(server.address, "alice", alice) as friend,
        script(server.address, database) as bot,
    ):
        wait_until(lambda: has_written("SERVER~In general: "))
        friend.wait_until(lambda: friend.model.is_live)
        friend.say("hello\nthere")
        seq = friend.wait_for_text("hello\nthere").seq
        friend.session.go_to("ops")
        friend.say("not for general", "ops")
        friend.say("psst", "@bot")
        for say in (
            Say("general", "so", kind=Kind.REPLY, target=seq),
            Say("general", "hello", kind=Kind.EDIT, target=seq),
            Say("general", "👍", kind=Kind.REACT, target=seq),
            Say("general", "👍", kind=Kind.REACT, target=seq),
            Say("general", kind=Kind.DELETE, target=seq, text=""),
        ):
            friend.send(say)
        wait_until(lambda: has_written("(took back"), describe=lambda: written)
        assert bot.exit_code() == 0
    assert [line for line in written.splitlines() if not line.startswith("SERVER~")] == [
        "alice~hello",
        "alice~there",
        "alice~(to bot only) psst",
        "alice~(to alice: hello there) so",
        "alice~(edited) hello",
        "alice~(reacts with 👍 to alice: hello)",
        "alice~(no longer reacts with 👍 to alice: hello)",
        "alice~(took back an earlier message)",
    ]


def test_what_was_said_before_is_not_written(
    database: Database, capsys: pytest.CaptureFixture[str]
) -> None:
    with running_server() as server, Client(server.address, "bob") as bob:
        bob.say("early")
        bob.expect("bob~early")
        assert run(server.address, "one", database=database) == 0
        bob.say("between")
        bob.read_until("bob~between")
        assert run(server.address, "two", database=database) == 0
    out = capsys.readouterr().out
    assert [line for line in out.splitlines() if not line.startswith("SERVER~")] == [
        "bot~one",
        "bot~two",
    ]


def test_a_lost_connection_is_waited_out(
    tmp_path: Path, database: Database, capsys: pytest.CaptureFixture[str]
) -> None:
    data, written = tmp_path / "host", ""

    def has_written(text: str) -> bool:
        nonlocal written
        written += capsys.readouterr().out
        return text in written

    with contextlib.ExitStack() as stack:
        with running_server(data=data) as server:
            bot = stack.enter_context(script(server.address, database))
            bot.say("before")
            wait_until(lambda: has_written("bot~before\n"))
        bot.say("meanwhile", "and more")
        bot.writer.close()
        wait_until(lambda: outbox(database, server.address) == ["meanwhile", "and more"])
        stack.enter_context(running_server(data=data, port=server.address.port))
        assert bot.exit_code() == 0
    assert has_written("bot~meanwhile\nbot~and more\n")
    assert capsys.readouterr().err == ""


def test_what_the_host_never_took_is_sent_the_next_time(
    tmp_path: Path,
    database: Database,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    data = tmp_path / "host"
    with running_server(data=data) as server:
        assert run(server.address, database=database) == 0
    monkeypatch.setattr(pipe, "STUCK_SECONDS", 0.5)
    assert run(server.address, "one", "two", "/join ops", "three", database=database) == 1
    err = capsys.readouterr().err.splitlines()
    assert err[0].startswith("tkchat: The host is not there: ")
    assert err[1:] == [
        "tkchat: 2 lines wait on this computer, to be sent the next time that bot joins "
        "from this profile.",
        "tkchat: The rest of the input was not said.",
    ]
    monkeypatch.undo()
    with (
        running_server(data=data, port=server.address.port) as again,
        Client(again.address, "bob") as bob,
    ):
        assert run(again.address, database=database) == 0
        heard = bob.read_until("SERVER~bot left the chat app")
    assert heard[1:] == ["bot~one", "bot~two"]


def test_only_so_much_waits_at_once(
    tmp_path: Path, database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    data = tmp_path / "host"
    with running_server(data=data) as server:
        assert run(server.address, database=database) == 0
    monkeypatch.setattr(pipe, "STUCK_SECONDS", 0.5)
    monkeypatch.setattr(tagged_pipe, "MOST_WAITING", 3)
    with script(server.address, database) as bot:
        bot.say(*map(str, range(5)))
        assert bot.codes.get(timeout=PATIENCE) == 1  # though the input has not ended
    wait_until(lambda: outbox(database, server.address) == ["0", "1", "2"])


def test_what_the_host_refuses_is_told_and_not_kept(
    database: Database, capsys: pytest.CaptureFixture[str]
) -> None:
    with running_server() as server, Client(server.address, "bob") as bob:
        assert run(server.address, "/msg nobody psst", "fine", database=database) == 1
        bob.expect("SERVER~bot joined the chat app", "bot~fine")
        wait_until(lambda: outbox(database, server.address) == [])
    (line,) = capsys.readouterr().err.splitlines()
    assert line.startswith('tkchat: The host did not take "psst": ')


def test_a_wrong_command_is_told(database: Database, capsys: pytest.CaptureFixture[str]) -> None:
    with running_server() as server:
        assert run(server.address, "/dance", database=database) == 1
    assert "There is no command /dance" in capsys.readouterr().err


def test_an_answer_that_got_lost_is_written_once(
    database: Database, capsys: pytest.CaptureFixture[str]
) -> None:
    """The host has the line, but its answer comes only over the next connection."""
    said: queue.SimpleQueue[Say] = queue.SimpleQueue()
    visits = iter(range(2))

    def forget_once(sock: socket.socket) -> None:
        visit = next(visits)
        welcome(sock, head=visit)
        say = read_said(sock)
        if say is None or visit == 0:
            return
        said.put(say)
        accept(sock, 1, say, "bot")
        sock.sendall(tagged.encode(tagged.Ping()))
        read_said(sock)

    with ScriptedHost(forget_once) as host:
        assert run(host.address, "hi", database=database) == 0
    assert said.get().text == "hi"
    assert capsys.readouterr().out.count("bot~hi\n") == 1
