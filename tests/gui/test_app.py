"""From the dialog into the chat, whatever goes wrong on the way."""

import json
import socket
from collections.abc import Callable, Iterator
from pathlib import Path
from tkinter import ttk

import pytest

from tests.gui.apps import People, Person
from tests.gui.driving import every, focus, press, text_of, type_text
from tests.support import Client, running_server
from tkchat.client.presence import Presence, State
from tkchat.gui.look.palette import DARK
from tkchat.net.address import Address
from tkchat.server.server import Server


@pytest.fixture
def dead_end() -> Iterator[Address]:
    """An address where connecting neither succeeds nor fails: a listener's queue that is full."""
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        listener.listen(0)
        where = listener.getsockname()
        waiting = []
        for _ in range(3):
            sock = socket.socket()
            sock.setblocking(False)
            sock.connect_ex(where)
            waiting.append(sock)
        yield Address(*where)
        for sock in waiting:
            sock.close()


def test_a_taken_name_is_said_and_another_one_is_let_in(people: People, server: Server) -> None:
    with Client(server.address, "alice"):
        person = people.add()
        person.app.open(server.address, "alice")
        people.wait_until(lambda: "The name alice is taken" in person.sees)
        person.dialog.fill("carol", [str(server.address)], host_here=False)
        person.dialog.submit()
        people.wait_until(lambda: person.app.window is not None)
        assert person.profile.settings.name == "carol"


def test_nobody_listening_is_said(people: People) -> None:
    with socket.socket() as unused:
        unused.bind(("127.0.0.1", 0))
        address = Address("127.0.0.1", unused.getsockname()[1])
        person = people.add()
        person.app.open(address, "alice")
        people.wait_until(lambda: "No chat is open at" in person.sees)


def test_an_unknown_name_is_said(people: People) -> None:
    person = people.add()
    person.app.open(Address("no-such-computer.invalid", 1), "alice")
    people.wait_until(lambda: "No computer is called" in person.sees, timeout=30)


def test_connecting_can_be_called_off_and_done_again(
    people: People, server: Server, dead_end: Address
) -> None:
    person = people.add()
    person.app.open(dead_end, "alice")
    people.wait_until(lambda: "Connecting to" in person.sees)
    focus(person.dialog)
    press(person.dialog, "<Escape>")
    people.wait_until(lambda: "Connecting to" not in person.sees)
    person.dialog.fill("alice", [str(server.address)], host_here=False)
    person.dialog.submit()
    people.wait_until(lambda: person.app.window is not None)


def test_hosting_can_be_called_off(people: People) -> None:
    person = people.add()
    person.app.open(name="alice")
    person.dialog.submit()
    people.wait_until(lambda: "Opening the chat" in person.sees)
    focus(person.dialog)
    press(person.dialog, "<Escape>")
    people.wait_until(lambda: "Opening the chat" not in person.sees)
    assert person.app.window is None


def test_a_running_chat_on_this_computer_is_offered(people: People, server: Server) -> None:
    person = people.add()
    person.app._host_here = server.address
    person.app.open(name="alice")
    people.wait_until(lambda: str(server.address) in person.sees)


def test_hosting_where_a_chat_runs_says_so(people: People, server: Server) -> None:
    person = people.add()
    person.app._host_here = Address("127.0.0.1", server.address.port)
    person.app.open(name="alice")
    person.dialog.touched = True
    person.dialog.submit()
    people.wait_until(lambda: "A chat may be open on this computer already" in person.sees)


def test_name_address_zoom_and_theme_are_remembered(people: People, server: Server) -> None:
    person = people.join(server.address, "alice")
    focus(person.composer.entry)
    press(person.composer.entry, "<Control-plus>", "<Control-plus>", "<Control-minus>")
    assert person.app.theme.zoom == 110
    press(person.composer.entry, "<Control-comma>")
    people.wait_until(lambda: "High contrast" in person.sees)
    dark = next(each for each in every(person.root) if text_of(each) == "Dark")
    press(dark, "<space>")
    assert person.app.theme.palette == DARK
    person.close()
    stored = json.loads((person.profile.folder / "settings.json").read_text("utf-8"))
    assert stored["name"] == "alice"
    assert stored["recent"] == [str(server.address)]
    assert (stored["zoom"], stored["theme"]) == (110, "dark")


def test_there_is_one_settings_window_at_most(people: People, server: Server) -> None:
    person = people.join(server.address, "alice")
    press(person.composer.entry, "<Control-comma>")
    people.wait_until(lambda: "High contrast" in person.sees)
    first = person.app.settings_window
    assert first is not None
    people.wait_until(lambda: first.focus_displayof() is not None)
    focus(person.composer.entry)
    press(person.composer.entry, "<Control-comma>")
    people.wait_until(lambda: str(first.focus_displayof() or "").startswith(str(first)))
    assert person.app.settings_window is first
    press(first, "<Escape>")
    people.wait_until(lambda: person.composer.entry.focus_displayof() is person.composer.entry)
    press(person.composer.entry, "<Control-comma>")
    people.wait_until(lambda: "High contrast" in person.sees)
    assert person.app.settings_window is not first


def test_a_status_that_is_being_written_is_kept_when_the_program_ends(
    people: People, server: Server
) -> None:
    person = people.join(server.address, "alice")
    person.app.open_settings()
    settings = person.app.settings_window
    assert settings is not None
    settings.go_to("profile")
    status = next(each for each in every(settings) if isinstance(each, ttk.Entry))
    type_text(status, "lunch")
    person.close()
    assert people.again(person).profile.settings.status == "lunch"


def test_the_keys_are_shown_and_put_away_by_f1(people: People, server: Server) -> None:
    person = people.join(server.address, "alice")
    press(person.composer.entry, "<F1>")
    people.wait_until(lambda: "Keyboard shortcuts" in person.sees)
    press(person.composer.entry, "<F1>")
    people.wait_until(lambda: "Keyboard shortcuts" not in person.sees)


def test_others_see_the_status_and_that_one_is_busy(people: People, server: Server) -> None:
    alice = people.join(server.address, "alice")
    bob = people.join(server.address, "bob")
    people.wait_until(lambda: bob.model.presence_of("alice") == Presence())
    alice.profile.settings.status = "writing"
    alice.profile.settings.dnd = True
    alice.app._changed("dnd")
    people.wait_until(lambda: bob.model.presence_of("alice") == Presence(State.BUSY, "writing"))
    alice.close()
    people.wait_until(lambda: bob.model.presence_of("alice") is None)
    again = people.again(alice)
    again.app.open(server.address, "alice")
    people.wait_until(lambda: bob.model.presence_of("alice") == Presence(State.BUSY, "writing"))


def test_what_one_said_in_the_window_is_kept_for_the_next_start(
    people: People, server: Server
) -> None:
    person = people.join(server.address, "alice")
    person.app._keep_presence(State.BUSY, "writing")
    person.close()
    kept = people.again(person).profile.settings
    assert (kept.dnd, kept.status) == (True, "writing")


def test_a_status_that_was_typed_outlives_the_client_and_the_host(
    people: People, tmp_path: Path
) -> None:
    with running_server(data=tmp_path / "log") as server:
        alice = people.join(server.address, "alice")
        alice.type("/busy\n")
        alice.type("/status back at 3\n")
        people.wait_until(lambda: _own(alice) == Presence(State.BUSY, "back at 3"))
        alice.close()
    again = people.again(alice)
    again.app.open(server.address, "alice")  # where nobody is
    people.wait_until(lambda: _own(again) == Presence(State.BUSY, "back at 3"))
    with running_server(port=server.address.port, data=tmp_path / "log") as server:
        bob = people.join(server.address, "bob")
        again.window._session.retry_now()
        back = Presence(State.BUSY, "back at 3")
        people.wait_until(lambda: bob.model.presence_of("alice") == back)
        again.type("/status\n")
        people.wait_until(lambda: bob.model.presence_of("alice") == Presence(State.BUSY))
    again.close()
    assert people.again(again).profile.settings.status == ""


def _own(person: Person) -> Presence | None:
    return person.model.presence.get("alice") if person.app.window else None


def test_emoji_used_last_are_offered_after_the_next_start(people: People) -> None:
    person = people.add()
    person.app.emoji.recent.used("🦊")
    saved = person.profile.folder / "settings.json"
    people.wait_until(lambda: saved.exists() and "🦊" in saved.read_text("utf-8"))
    assert people.again(person).app.emoji.recent.shown()[0] == "🦊"


def test_a_problem_with_the_settings_is_told_in_the_chat_if_there_is_no_dialog(
    people: People, server: Server
) -> None:
    person = people.add()
    person.profile.problem = "The settings could not be read."
    person.app.open(server.address, "alice")
    people.wait_until(lambda: person.app.window is not None)
    people.wait_until(lambda: "The settings could not be read." in person.read)


def test_a_broken_settings_file_is_named_in_the_dialog(people: People) -> None:
    person = people.add()
    person.profile.problem = "The settings could not be read."
    person.app.open()
    people.wait_until(lambda: "The settings could not be read" in person.sees)


def test_control_q_ends_the_program(people: People, server: Server) -> None:
    person = people.join(server.address, "alice")
    focus(person.composer.entry)
    press(person.composer.entry, "<Control-q>")
    people.wait_until(lambda: not person.open)
    people.wait_until(lambda: server.connections == 0)


@pytest.mark.parametrize("end", [Person.close, lambda person: person.window.close()])
def test_what_was_being_written_is_kept(
    people: People, server: Server, end: Callable[[Person], None]
) -> None:
    person = people.join(server.address, "alice")
    person.composer.set_text("not yet sa")  # and no time for the next look at it
    end(person)
    again = people.again(person)
    again.app.open(server.address, "alice")
    people.wait_until(lambda: again.app.window is not None)
    assert again.composer.text() == "not yet sa"
