"""How the terminal client begins and ends. Under pytest the standard input has ended already."""

import os
import socket
import sys
from pathlib import Path

import pytest

from tests.support import Client, running_server
from tkchat.client.invitation import Invitation
from tkchat.client.profile import Profile
from tkchat.net.address import Address
from tkchat.terminal import app


@pytest.fixture(autouse=True)
def no_input() -> None:
    """Make sure of it also when pytest runs with ``-s``."""
    if os.isatty(0):
        pytest.skip("the standard input is a terminal: run without -s")


def test_nothing_to_say_is_a_success(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with running_server() as server:
        assert app.run(Profile(tmp_path), Invitation(server.address), "bot") == 0
    assert capsys.readouterr().err == ""


def test_who_leaves_is_out_at_once(tmp_path: Path) -> None:
    with running_server() as server, Client(server.address, "bob") as bob:
        app.run(Profile(tmp_path), Invitation(server.address), "bot")
        bob.expect("SERVER~bot joined the chat app", "SERVER~bot left the chat app")


def test_nobody_listens(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with socket.socket() as bound:
        bound.bind(("127.0.0.1", 0))  # and does not listen
        address = Address("127.0.0.1", bound.getsockname()[1])
        assert app.run(Profile(tmp_path), Invitation(address), "bot") == 1
    out, err = capsys.readouterr()
    assert out == ""
    assert err == (
        f"tkchat: No chat is open at {address}. Ask the host whether it is running, and where.\n"
    )


def test_a_refused_name(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with running_server() as server, Client(server.address, "bot"):
        assert app.run(Profile(tmp_path), Invitation(server.address), "bot") == 1
    (line,) = capsys.readouterr().err.splitlines()
    assert line.startswith("tkchat: The name bot is taken.")


def test_closed_standard_streams(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdin", None)
    monkeypatch.setattr(sys, "stdout", None)
    with running_server() as server:
        assert app.run(Profile(tmp_path), Invitation(server.address), "bot") == 0


def test_a_folder_whose_chats_cannot_be_used(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "chats.sqlite3").mkdir()
    assert app.run(Profile(tmp_path), Invitation(Address("127.0.0.1", 1)), "bot") == 1
    out, err = capsys.readouterr()
    assert (out, len(err.splitlines())) == ("", 1)
    assert str(tmp_path / "chats.sqlite3") in err


def test_a_damaged_file_is_told_and_replaced(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "chats.sqlite3").write_text("no database" * 1000)
    with running_server() as server:
        assert app.run(Profile(tmp_path), Invitation(server.address), "bot") == 0
    assert "could not be read" in capsys.readouterr().err


def test_the_name_is_kept_for_the_profile(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with running_server() as server:
        codes = [
            app.run(Profile(tmp_path / folder), Invitation(server.address), "bot")
            for folder in ("one", "one", "two")
        ]
    assert codes == [0, 0, 1]
    assert "If it is yours from another computer or profile" in capsys.readouterr().err
