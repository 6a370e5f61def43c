"""A chat from a pipe, whatever the host speaks."""

import socket

import pytest

from tests.client.hosts import ScriptedHost, read_line
from tests.support import PATIENCE, Client, running_server
from tests.terminal.scripts import run, script
from tkchat.client.database import Database
from tkchat.terminal.output import Output


@pytest.fixture(params=["tagged", "plain"])
def kept(request: pytest.FixtureRequest, database: Database) -> Database | None:
    """What a session begins with: it decides which dialect it speaks with our own host."""
    return database if request.param == "tagged" else None


def test_nothing_to_say_leaves_at_once(kept: Database | None) -> None:
    with running_server() as server, Client(server.address, "bob") as bob:
        assert run(server.address, database=kept) == 0
        bob.expect("SERVER~bot joined the chat app", "SERVER~bot left the chat app")


def test_quit_ends_the_input(kept: Database | None) -> None:
    with running_server() as server, Client(server.address, "bob") as bob:
        with script(server.address, kept) as bot:
            bot.say("one", " /QUIT ", "two")
            assert bot.codes.get(timeout=PATIENCE) == 0
        heard = bob.read_until("SERVER~bot left the chat app")
    assert heard[1:] == ["bot~one"]


def test_another_kind_of_host_gets_plain_lines(database: Database) -> None:
    heard: list[str] = []

    def echo(sock: socket.socket) -> None:
        while line := read_line(sock):
            heard.append(line)
            sock.sendall(f"bot~{line}\n".encode())

    with ScriptedHost(echo) as host:
        assert run(host.address, "one", "two", database=database) == 0
    assert heard[-3:] == ["bot", "one", "two"]


@pytest.mark.parametrize(
    ("error", "code"), [(BrokenPipeError(), 0), (OSError(28, "No space left"), 1)]
)
def test_an_output_that_fails(
    kept: Database | None,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    error: OSError,
    code: int,
) -> None:
    def fail(_: Output, __: str) -> None:
        raise error

    monkeypatch.setattr(Output, "print", fail)
    with running_server() as server, script(server.address, kept) as bot:
        assert bot.codes.get(timeout=PATIENCE) == code  # whoever is here is told first of all
    assert ("No space left" in capsys.readouterr().err) == bool(code)
