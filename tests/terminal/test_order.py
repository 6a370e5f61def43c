"""Passwords and commands of those who keep order, at a terminal."""

import contextlib
from pathlib import Path

import pytest
from prompt_toolkit.application import create_app_session
from prompt_toolkit.input import create_pipe_input
from prompt_toolkit.output import DummyOutput

from tests.client.viewers import opened
from tests.server.order_kit import hosted, ordered
from tests.support import PATIENCE, Client, running_server, wait_until
from tests.tagged import TaggedClient
from tests.terminal.scripts import script
from tests.terminal.test_interactive import CTRL_D, ENTER, UP, person
from tkchat.client import receiver
from tkchat.client.invitation import Invitation
from tkchat.client.profile import Profile
from tkchat.terminal import app


def test_a_script_is_told_that_there_is_a_password(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with running_server(password="sesame") as server:
        assert app.run(Profile(tmp_path), Invitation(server.address), "bot") == 1
    (line,) = capsys.readouterr().err.splitlines()
    assert line == (
        "tkchat: This chat has a password. Ask whoever hosts this chat for its password."
    )


def test_a_person_is_asked_for_the_password_out_of_sight(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    given = iter(["wrong", "sesame"])
    asked: list[str] = []

    def getpass(prompt: str) -> str:
        asked.append(prompt)
        return next(given)

    with (
        running_server(password="sesame") as server,
        TaggedClient(server.address, "alice", password="sesame") as alice,
        contextlib.ExitStack() as stack,
    ):
        monkeypatch.setattr(receiver, "GREETING_SECONDS", PATIENCE)  # a hash takes its time
        monkeypatch.setattr(app, "getpass", getpass)
        monkeypatch.setattr(app, "_is_terminal", lambda _: True)
        keys = stack.enter_context(create_pipe_input())
        stack.enter_context(create_app_session(input=keys, output=DummyOutput()))
        keys.send_text(CTRL_D)
        assert app.run(Profile(tmp_path), Invitation(server.address), "bob") == 0
        alice.read_until(lambda event: getattr(event, "user", "") == "bob")
    assert asked == ["Password: "] * 2


def test_what_is_decided_is_typed_and_answered_and_passwords_are_not_kept(tmp_path: Path) -> None:
    with (
        hosted(tmp_path / "host", "hal") as (server, host),
        opened(tmp_path) as database,
        Client(server.address, "bob") as bob,
        person(server.address, database) as alice,
    ):
        alice.sees("You are in general")
        alice.press("/mute bob", ENTER)
        alice.sees("Only the host and moderators can do that.")
        ordered(host, "/moderator alice")
        alice.press("/mute bob 5 loud", ENTER)
        alice.sees("bob is muted for 5 minutes.")
        bob.read_until("SERVER~alice muted you for 5 minutes: loud")
        alice.press("/audit", ENTER)
        alice.sees("alice: mute bob: for 5 minutes: loud")
        alice.press("/register correct horse", ENTER)
        alice.sees("The name alice has a password now")
        shown = len(alice.seen)
        alice.press(UP)
        alice.sees("/audit")
        assert "horse" not in alice.seen[shown:]
        alice.press(CTRL_D)


def test_scripts_read_of_decisions_as_they_are_on_the_wire(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    written = ""

    def has_written(text: str) -> bool:
        nonlocal written
        written += capsys.readouterr().out
        return text in written

    with (
        hosted(tmp_path / "host", "hal") as (server, host),
        opened(tmp_path) as database,
        script(server.address, database) as bot,
    ):
        wait_until(lambda: has_written("SERVER~In general: "))
        ordered(host, "/mute bot 5 loud")
        ordered(host, "/lock general")
        wait_until(lambda: has_written("SERVER~hal locked general\n"), describe=lambda: written)
        assert "SERVER~hal muted you for 5 minutes: loud\n" in written
        assert bot.exit_code() == 0
