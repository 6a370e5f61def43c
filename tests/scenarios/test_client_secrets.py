"""What somebody types at a client to come in is not to be read there, nor on the host."""

import contextlib
import sqlite3
import subprocess
import sys
import tkinter as tk
from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from tkinter import ttk

import pytest

from tests.attacks.kit import elsewhere
from tests.gui.apps import People, Person
from tests.gui.driving import press, type_text
from tests.scenarios.real_keys import wait_for_focus, xdotool
from tests.scenarios.secrets_kit import (
    CHAT,
    NEW_CHAT,
    OWN,
    WRONG,
    found_in,
    host_code,
    read_all,
    server_process,
    shown_of,
)
from tests.scenarios.test_terminal import CTRL_D, Terminal
from tests.server.order_kit import order, ordered
from tests.support import CHECKOUT, ServerProcess, wait_until
from tests.tagged import TaggedClient
from tkchat.client.database import Database
from tkchat.client.export.about import About
from tkchat.client.export.stored_messages import stored_messages
from tkchat.client.export.transcript import Format, write_transcript
from tkchat.client.history import History
from tkchat.net.address import Address
from tkchat.net.identity import CERTIFICATE_FILE, read_fingerprint
from tkchat.wire.entry import from_ms
from tkchat.wire.join_code import KEY_BYTES, JoinCode, encode
from tkchat.wire.order import Audit

CHATS = "chats.sqlite3"  #: where a client keeps the token, beside what it has heard
SAID = "what everybody may read"


@dataclass
class Scene:
    """A host that takes encrypted connections only, and a client's place on another computer."""

    host: ServerProcess
    data: Path
    profile: Path
    address: Address

    @property
    def command(self) -> list[str]:
        """What starts the client."""
        key = read_fingerprint(self.data / CERTIFICATE_FILE)[:KEY_BYTES]
        code = encode(JoinCode(self.address.host, self.address.port, key))
        script = str(CHECKOUT / "run_client.py")
        arguments = ["--connect", code, "--name", "alice", "--profile", str(self.profile)]
        return [sys.executable, script, *arguments]

    def exports(self) -> dict[str, bytes]:
        """Return what alice saves of the room, in each form."""
        folder = self.profile.parent / "exports"
        folder.mkdir()
        about = About("general", str(self.address), "alice", from_ms(0))
        with contextlib.closing(Database(self.profile / CHATS)) as database:
            history = History(database, str(self.address), "alice")
            for form in Format:
                messages = stored_messages(history, "general")
                write_transcript(folder / f"export{form.value}", form, about, messages)
        written = read_all(folder)
        assert all(SAID.encode() in data for data in written.values())
        return written

    def token(self) -> str:
        """Return what proves alice's name."""
        with contextlib.closing(sqlite3.connect(self.profile / CHATS)) as database:
            [(token,)] = database.execute("SELECT token FROM chat").fetchall()
        assert isinstance(token, str)
        return token

    def look_for_secrets(self, written: dict[str, bytes], *others: str) -> None:
        """Look into ``written``, the files of both and the exports."""
        token = self.token()
        ours = read_all(self.profile)
        written = {**written, **ours, **self.exports(), **read_all(self.profile)}
        secrets = {CHAT, OWN, WRONG, token, *others}
        assert found_in(written, secrets, CHATS, token) == []
        code = host_code(self.data)
        assert found_in(read_all(self.data), {*secrets, code}, "host-code", code) == []
        assert found_in({"standard error": self.host.stderr.encode()}, secrets, "", "") == []
        assert b"alice" in ours[CHATS]


@pytest.fixture
def scene(tmp_path: Path) -> Iterator[Scene]:
    """A host in a network, whose password a client has to type."""
    data = tmp_path / "data"
    arguments = ("--host", "0.0.0.0", "--no-announce", "--password-file")
    with server_process(data, *arguments, str(tmp_path / "password.txt")) as host:
        yield Scene(host, data, tmp_path / "profile", Address(elsewhere(), host.address.port))


@pytest.mark.timeout(120)
@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no pseudo-terminals for Python")
def test_a_terminal_keeps_no_secret_but_the_token(scene: Scene) -> None:
    terminal = Terminal([*scene.command, "--terminal"])
    try:
        terminal.sees("Password:")
        terminal.press(f"{WRONG}\r".encode())
        terminal.sees("wrong")
        terminal.sees("Password:", after="wrong")
        terminal.press(f"{CHAT}\r".encode())
        terminal.sees("connected as alice")
        drawn = terminal.seen  # from here on, what is typed is drawn
        code = host_code(scene.data)
        for typed, answer in (
            (f"/register {OWN}", "has a password now"),
            (f"/host {WRONG}", "not the code"),
            (f"/host {code}", "You are the host now"),
            (f"/password {NEW_CHAT}", "has a new password"),
            (SAID, f"alice: {SAID}"),
        ):
            terminal.press(f"{typed}\r".encode())
            terminal.sees(answer)
        terminal.press(f"/register {OWN}".encode())  # left half-written
        terminal.sees(OWN, after=f"alice: {SAID}")
        visible = {"what is drawn": drawn.encode(), **shown_of(terminal.process.pid)}
        terminal.press(b"\x15" + CTRL_D)
        assert terminal.exit_code() == 0
    finally:
        terminal.close()
    scene.look_for_secrets(visible, code, NEW_CHAT)


def has_decided(host: TaggedClient, by: str, action: str) -> bool:
    """Tell whether the audit has a decision; nothing is always decided."""
    rows = [row for row in order(host, "/audit") if isinstance(row, Audit)]
    return not action or (by, action) in [(row.by, row.action) for row in rows]


def type_line(text: str) -> None:
    """Type it, and press Return."""
    xdotool("type", text)
    xdotool("key", "Return")


@pytest.mark.timeout(120)
@pytest.mark.skipif(sys.platform != "linux", reason="xdotool presses keys of X11 only")
def test_a_window_keeps_no_secret_but_the_token(scene: Scene) -> None:
    output, code = scene.profile.parent / "output.txt", host_code(scene.data)
    with (
        output.open("wb") as log,
        TaggedClient(scene.host.address, "bob", password=code) as bob,
    ):
        ordered(bob, "/password -")  # in another test it is typed
        with subprocess.Popen(scene.command, stdout=log, stderr=log, cwd="/") as client:
            try:
                wait_for_focus("#general – tkchat")
                for text, decided in (
                    (f"/register {OWN}", "register"),
                    (f"/host {WRONG}", ""),
                    (f"/host {code}", "host"),
                    (f"/password {NEW_CHAT}", "password"),
                ):
                    type_line(text)
                    wait_until(partial(has_decided, bob, "alice", decided))
                type_line(SAID)
                bob.read_until(lambda event: getattr(event, "text", "") == SAID)
                xdotool("type", f"/register {OWN}")  # left half-written
                visible = shown_of(client.pid)
                xdotool("key", "ctrl+q")
                assert client.wait(10) == 0
            finally:
                client.kill()
    scene.look_for_secrets({"output": output.read_bytes(), **visible}, code, NEW_CHAT)


def test_what_is_typed_into_a_page_of_a_window_is_kept_nowhere(
    scene: Scene, people: People
) -> None:
    alice = people.add()
    alice.app.open(scene.host.address, "alice")
    for password in (WRONG, CHAT):
        people.wait_until(lambda: isinstance(focused(alice), ttk.Entry))
        type_text(focused(alice), password)
        press(focused(alice), "<Return>")
        people.wait_until(lambda: not isinstance(focused(alice), ttk.Entry))
    people.wait_until(lambda: alice.app.window is not None)
    people.wait_until(lambda: "Connected" in alice.sees)
    alice.close()
    written = read_all(alice.profile.folder)
    assert b"alice" in written[CHATS]
    assert found_in(written, {WRONG, CHAT}, "", "") == []


def focused(person: Person) -> tk.Misc:
    """Return what has the keyboard."""
    return person.root.focus_get() or person.root
