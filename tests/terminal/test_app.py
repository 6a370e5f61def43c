"""How the terminal client begins and ends. Under pytest the standard input has ended already."""

import os
import socket
import sys

import pytest

from tests.support import Client, running_server
from tkchat.net.address import Address
from tkchat.terminal import app


@pytest.fixture(autouse=True)
def no_input() -> None:
    """Make sure of it also when pytest runs with ``-s``."""
    if os.isatty(0):
        pytest.skip("the standard input is a terminal: run without -s")


def test_nothing_to_say_is_a_success(capsys: pytest.CaptureFixture[str]) -> None:
    with running_server() as server:
        assert app.run(server.address, "bot") == 0
    assert capsys.readouterr().err == ""


def test_who_leaves_is_out_at_once() -> None:
    with running_server() as server, Client(server.address, "bob") as bob:
        app.run(server.address, "bot")
        bob.expect("SERVER~bot joined the chat app", "SERVER~bot left the chat app")


def test_nobody_listens(capsys: pytest.CaptureFixture[str]) -> None:
    with socket.socket() as bound:
        bound.bind(("127.0.0.1", 0))  # and does not listen
        address = Address("127.0.0.1", bound.getsockname()[1])
        assert app.run(address, "bot") == 1
    out, err = capsys.readouterr()
    assert out == ""
    assert err == (
        f"tkchat: No chat is open at {address}. Ask the host whether it is running, and where.\n"
    )


def test_a_refused_name(capsys: pytest.CaptureFixture[str]) -> None:
    with running_server() as server, Client(server.address, "bot"):
        assert app.run(server.address, "bot") == 1
    assert capsys.readouterr().err == (
        "tkchat: The name bot is taken. Please choose another name.\n"
    )


def test_closed_standard_streams(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdin", None)
    monkeypatch.setattr(sys, "stdout", None)
    with running_server() as server:
        assert app.run(server.address, "bot") == 0
