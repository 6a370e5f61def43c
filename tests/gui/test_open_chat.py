"""What goes on around the window of a chat."""

import tkinter as tk
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.gui.apps import People, Person
from tests.gui.driving import every, focus, press
from tests.support import running_server
from tests.tagged import TaggedClient
from tkchat.gui.export_dialog import ExportDialog
from tkchat.net.address import Address, own_addresses
from tkchat.server.server import Server


def test_the_menu_saves_the_room(people: People, server: Server, tmp_path: Path) -> None:
    alice = people.join(server.address, "alice")
    alice.say("for later")
    people.wait_until(lambda: alice.message("for later").seq)
    export = next(each for each in alice.window._menu_entries() if each.text.startswith("Save or"))
    export.action()
    [dialog] = [each for each in every(alice.window) if isinstance(each, ExportDialog)]
    focus(dialog.entry)
    path = tmp_path / "room.txt"
    dialog.entry.delete(0, "end")
    dialog.entry.insert(0, str(path))
    press(dialog.entry, "<Return>")
    people.wait_until(lambda: "Saved 1 message" in alice.sees)
    assert "alice: for later" in path.read_text("utf-8")


def test_what_is_said_while_nobody_looks_counts_on_the_window(
    people: People, server: Server
) -> None:
    alice = people.join(server.address, "alice")
    with TaggedClient(server.address, "bob") as bob:
        alice.window.withdraw()
        bob.say("are you there?", "@alice")
        people.wait_until(lambda: alice.window.title().startswith("(1)"))
        alice.window.open_room("@bob")
        people.wait_until(lambda: not alice.window.title().startswith("("))


@pytest.fixture
def everywhere() -> Iterator[Server]:
    """A host that others on the network can reach."""
    with running_server(host="0.0.0.0") as server:
        yield server


@pytest.mark.skipif(not own_addresses(), reason="this computer is on no network")
def test_others_are_told_an_address_that_leads_here(everywhere: Server, people: People) -> None:
    """Also by whoever joined on the host's computer, and did not start the host."""
    port = everywhere.address.port
    alice = people.join(Address("127.0.0.1", port), "alice")
    for_others = str(Address(own_addresses()[0], port))
    people.wait_until(lambda: f"They can join with {for_others}" in alice.sees)
    menu = [entry.text for entry in alice.window._menu_entries()]
    assert f"Copy the address {for_others}" in menu


@pytest.fixture
def entering(people: People, server: Server) -> Person:
    """Somebody whose window is being made."""
    person = people.add()
    person.app.open(server.address)
    person.dialog.fill("alice", [str(server.address)], host_here=False)
    focus(person.dialog)
    person.dialog.submit()
    while person.app._chat is None:
        person.root.tk.dooneevent(0)
    return person


def test_the_dialog_stays_until_the_window_is_made(people: People, entering: Person) -> None:
    assert entering.app.window is None
    assert "Connecting to" in entering.sees
    people.wait_until(lambda: entering.app.window is not None)
    assert entering.app.dialog is None
    people.wait_until(lambda: "general" in entering.sees)


def test_making_a_window_can_be_called_off(
    people: People, server: Server, entering: Person
) -> None:
    entering.dialog.event_generate("<Escape>")  # no update, which would finish the window
    assert "Connecting to" not in entering.sees
    [dialog] = [each for each in every(entering.root) if isinstance(each, tk.Toplevel)]
    assert dialog is entering.dialog
    entering.dialog.submit()
    people.wait_until(lambda: entering.app.window is not None)


def test_the_program_can_be_closed_while_its_window_is_made(entering: Person) -> None:
    entering.app.quit()
    assert not entering.open


def test_settings_can_change_while_the_window_is_made(people: People, entering: Person) -> None:
    entering.dialog.event_generate("<Control-plus>")
    people.wait_until(lambda: entering.app.window is not None)
    assert entering.app.theme.zoom == 110
