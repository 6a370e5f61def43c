"""What goes on around the window of a chat."""

from pathlib import Path

from tests.gui.apps import People
from tests.gui.driving import every, focus, press
from tests.tagged import TaggedClient
from tkchat.gui.export_dialog import ExportDialog
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
