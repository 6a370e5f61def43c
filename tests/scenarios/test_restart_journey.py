"""Where a person was, and what they had begun to write, after the program has ended somehow."""

import contextlib
import signal
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.gui.apps import People, Person
from tests.gui.driving import focus, press
from tests.scenarios.real_keys import wait_for_focus, xdotool
from tests.support import CHECKOUT, wait_until
from tests.tagged import TaggedClient
from tkchat.net.address import Address
from tkchat.server.server import Server
from tkchat.wire.requests import AskJoin

SAID = 60


def starts_again(people: People, person: Person, address: Address) -> Person:
    """Close somebody's program by its keys, and start it once more."""
    person.press("<Control-q>")
    people.wait_until(lambda: not person.open)
    again = people.again(person)
    again.app.open(address, "alice")
    people.wait_until(lambda: again.app.window is not None)
    people.wait_until(lambda: again.root.focus_get() is again.composer.entry)
    return again


def top(person: Person) -> str:
    """Return what the first line in view says."""
    text = person.messages.text
    return text.get("@0,0 linestart", "@0,0 lineend")


def test_one_goes_on_where_one_was(
    people: People, server: Server, alice: Person, bob: TaggedClient
) -> None:
    bob.ask(AskJoin("lab"))
    for number in range(SAID):
        mid = bob.say(f"{number} bottles", "lab")
    bob.confirm(mid)
    alice.press("<Control-k>")
    alice.type("lab\n")
    people.wait_until(lambda: f"{SAID - 1} bottles" in alice.read)
    alice.type("half a sentence")
    focus(alice.messages.text)
    press(alice.messages.text, "<Prior>")
    before = top(alice)
    assert "bottles" in before
    assert not alice.messages.at_bottom

    again = starts_again(people, alice, server.address)
    assert again.model.room.name == "lab"
    people.wait_until(lambda: top(again) == before)
    assert again.composer.text() == "half a sentence"
    again.press("<Return>")
    assert bob.read_entries(1)[0].text == "half a sentence"
    room = again.model.room
    people.wait_until(lambda: room.anchor is None and room.read_seq == room.last_seq)
    once_more = starts_again(people, again, server.address)
    assert once_more.composer.text() == ""
    people.wait_until(lambda: "half a sentence" in once_more.read)


def test_each_room_keeps_its_draft(people: People, server: Server, alice: Person) -> None:
    for room in ("lab", "general", "lab"):
        alice.go_to(room)
        people.wait_until(lambda room=room: alice.model.room.name == room)  # type: ignore[misc]  # a lambda's default has no type
        alice.type(f"in {room} ")
    assert alice.composer.text() == "in lab in lab "
    again = starts_again(people, alice, server.address)
    assert again.composer.text() == "in lab in lab "
    again.press("<Alt-Up>")
    people.wait_until(lambda: again.composer.text() == "in general ")


@pytest.mark.skipif(sys.platform != "linux", reason="xdotool presses keys of X11 only")
def test_a_killed_program_keeps_what_was_written(
    server: Server, bob: TaggedClient, tmp_path: Path
) -> None:
    with running_client(server.address, tmp_path) as first:
        wait_for_focus("#general – tkchat")
        xdotool("key", "ctrl+k")
        xdotool("type", "lab")
        xdotool("key", "Return")
        wait_for_focus("#lab – tkchat")
        xdotool("type", "not lost")
        wait_until(lambda: "not lost" in drafts(tmp_path))
        first.send_signal(signal.SIGKILL)
        first.wait()
    bob.ask(AskJoin("lab"))
    with running_client(server.address, tmp_path):
        wait_for_focus("#lab – tkchat")
        xdotool("key", "Return")
        assert bob.read_entries(1)[0].text == "not lost"


@contextlib.contextmanager
def running_client(address: Address, folder: Path) -> Iterator["subprocess.Popen[bytes]"]:
    """Run ``run_client.py`` with alice's profile in ``folder``."""
    command = [sys.executable, str(CHECKOUT / "run_client.py"), "--profile", str(folder)]
    with subprocess.Popen([*command, "--connect", str(address), "--name", "alice"]) as client:
        try:
            yield client
        finally:
            client.kill()


def drafts(folder: Path) -> list[str]:
    """Return what is kept of unfinished messages in a profile's file."""
    with contextlib.closing(sqlite3.connect(folder / "chats.sqlite3")) as connection:
        return [str(draft) for (draft,) in connection.execute("SELECT draft FROM room")]
