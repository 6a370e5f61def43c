"""A script's chat with a host without a log: everything is said, or the exit code tells."""

import contextlib
import select
import socket

import pytest

from tests.client.hosts import ScriptedHost, read_line
from tests.support import PATIENCE, Client, running_server, wait_until
from tests.terminal.scripts import run, script
from tkchat.terminal import pipe, plain_pipe
from tkchat.terminal.ledger import WINDOW_LINES


def greet(sock: socket.socket) -> None:
    sock.sendall(f"SERVER~{read_line(sock)} joined the chat app\n".encode())
    while read_line(sock) not in ("/rooms", ""):
        pass


def test_what_is_said_is_heard_and_written(capsys: pytest.CaptureFixture[str]) -> None:
    with running_server() as server, Client(server.address, "bob") as bob:
        assert run(server.address, "hi", "//slash", "/me waves") == 0
        bob.expect("SERVER~bot joined the chat app", "bot~hi", "bot~/slash", "bot~* bot waves")
        bob.expect("SERVER~bot left the chat app")
    out, err = capsys.readouterr()
    assert out.splitlines()[-3:] == ["bot~hi", "bot~/slash", "bot~* bot waves"]
    assert out.startswith("SERVER~bot joined\nSERVER~In general: bob bot\n")
    assert err == ""


def test_many_lines_arrive_in_order() -> None:
    lines = [f"line {n}" for n in range(2000)]
    with running_server() as server, Client(server.address, "bob") as bob:
        assert run(server.address, *lines) == 0
        heard = bob.read_until("SERVER~bot left the chat app")
    assert heard[1:] == [f"bot~{line}" for line in lines]


def test_a_host_that_slows_senders_gets_all_of_it() -> None:
    lines = [str(n) for n in range(13)]
    with running_server(flood_limit=True) as server, Client(server.address, "bob") as bob:
        assert run(server.address, *lines) == 0
        heard = bob.read_until("SERVER~bot left the chat app")
    assert heard[1:] == [f"bot~{line}" for line in lines]


def test_messages_are_written_while_the_input_stays_open(
    capsys: pytest.CaptureFixture[str],
) -> None:
    written = ""

    def has_written(text: str) -> bool:
        nonlocal written
        written += capsys.readouterr().out
        return text in written

    with (
        running_server() as server,
        Client(server.address, "bob") as bob,
        script(server.address) as bot,
    ):
        bob.say("hi bot")
        wait_until(lambda: has_written("bob~hi bot\n"))
        bot.say("hi bob", "/join ops")
        wait_until(lambda: has_written("bot~hi bob\n"))
        wait_until(lambda: has_written("SERVER~You are in ops\n"))
        assert bot.exit_code() == 0


def test_another_host_that_never_echoes_gets_a_while(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(plain_pipe, "UNECHOED_SECONDS", 0.3)
    heard: list[str] = []

    def listen(sock: socket.socket) -> None:
        while line := read_line(sock):
            heard.append(line)

    with ScriptedHost(listen) as host:
        assert run(host.address, "one", "two") == 0
        wait_until(lambda: heard == ["bot", "one", "two"])


def test_another_host_that_echoes_is_asked_nothing() -> None:
    heard: list[str] = []

    def echo(sock: socket.socket) -> None:
        read_line(sock)
        while line := read_line(sock):
            heard.append(line)
            sock.sendall(f"bot~{line}\n".encode())

    with ScriptedHost(echo) as host:
        assert run(host.address, "one", "two") == 0
    assert heard == ["one", "two"]


def test_a_line_that_the_host_leaves_out_is_told(capsys: pytest.CaptureFixture[str]) -> None:
    def censor(sock: socket.socket) -> None:
        read_line(sock)
        while line := read_line(sock):
            if line != "two":
                sock.sendall(f"bot~{line}\n".encode())

    with ScriptedHost(censor) as host:
        assert run(host.address, "one", "two", "three") == 1
    assert capsys.readouterr().err == "tkchat: The host did not take 1 line.\n"


def test_a_loss_on_the_way_tells_how_many(capsys: pytest.CaptureFixture[str]) -> None:
    def take_two(sock: socket.socket) -> None:
        greet(sock)
        sock.sendall(f"bot~{read_line(sock)}\n".encode())
        read_line(sock)
        read_line(sock)

    with ScriptedHost(take_two) as host, script(host.address) as bot:
        bot.say("one", "two", "three")
        assert bot.codes.get(timeout=PATIENCE) == 1
    assert "2 lines of the input may not have arrived." in capsys.readouterr().err


def test_a_loss_with_nothing_on_the_way_is_outlived(capsys: pytest.CaptureFixture[str]) -> None:
    with contextlib.ExitStack() as stack:
        with running_server() as server:
            bot = stack.enter_context(script(server.address))
            bot.say("before")
            wait_until(lambda: "bot~before\n" in capsys.readouterr().out)
        again = stack.enter_context(running_server(port=server.address.port))
        bob = stack.enter_context(Client(again.address, "bob"))
        bot.say("after")
        bob.read_until("bot~after")
        assert bot.exit_code() == 0


def test_commands_at_the_end_get_a_while(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(plain_pipe, "UNECHOED_SECONDS", 0.3)
    with running_server() as server, Client(server.address, "bob") as bob:
        assert run(server.address, "hi", "/msg bob psst") == 0
        bob.expect("SERVER~bot joined the chat app", "bot~hi", "bot~(to bob only) psst")


def test_a_host_that_stops_answering_is_given_up(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pipe, "STUCK_SECONDS", 0.3)

    def freeze(sock: socket.socket) -> None:
        read_line(sock)
        sock.sendall(f"bot~{read_line(sock)}\n".encode())
        while read_line(sock):
            pass

    with ScriptedHost(freeze) as host:
        assert run(host.address, "one", "two") == 1
    assert "1 line of the input may not have arrived." in capsys.readouterr().err


def test_no_more_is_on_its_way_than_the_window_holds() -> None:
    is_early = []

    def answer_late(sock: socket.socket) -> None:
        read_line(sock)
        while lines := [line for _ in range(WINDOW_LINES) if (line := read_line(sock))]:
            is_early.append(bool(select.select([sock], [], [], 0.1)[0]))
            sock.sendall("".join(f"bot~{line}\n" for line in lines).encode())

    with ScriptedHost(answer_late) as host:
        assert run(host.address, *(str(n) for n in range(WINDOW_LINES * 3))) == 0
    assert is_early == [False] * 3
