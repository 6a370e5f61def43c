"""Taking words out of the program: the clipboard, and files."""

import json
import re
from pathlib import Path

import pytest

from tests.gui.apps import People, Person
from tests.gui.driving import focus
from tests.gui.rows import pick
from tests.tagged import TaggedClient
from tkchat.gui.export_dialog import ExportDialog
from tkchat.gui.places.header import Header

TIME = r"\[\d\d:\d\d\]"


@pytest.fixture
def talk(people: People, alice: Person, bob: TaggedClient) -> None:
    """Two have said something, with an emoji, which is drawn as a picture."""
    seq = bob.confirm(bob.say("**shall** we? 👍")).seq
    bob.confirm(bob.say("👍", react=seq))
    alice.type("we shall\n")
    people.wait_until(lambda: "we shall" in alice.read and not alice.model.room.waiting)
    people.wait_until(lambda: alice.model.room.messages[-2].reactions)


def clipboard(person: Person) -> str:
    return str(person.root.clipboard_get())


@pytest.mark.usefixtures("talk")
def test_a_selection_is_copied_with_and_without_names(alice: Person) -> None:
    focus(alice.messages.text)
    alice.press("<Control-a>", "<Control-c>")
    assert clipboard(alice) == "shall we? 👍\nwe shall"
    alice.press("<Control-Shift-C>")
    wanted = rf"{TIME} bob: shall we\? 👍\n{TIME} alice: we shall"
    assert re.fullmatch(wanted, clipboard(alice))


@pytest.mark.usefixtures("talk")
def test_a_message_is_copied_as_it_was_written(alice: Person) -> None:
    alice.choose("we?", "Copy message")
    assert clipboard(alice) == "**shall** we? 👍"
    alice.choose("we?", "Copy with name and time")
    assert re.fullmatch(rf"{TIME} bob: \*\*shall\*\* we\? 👍", clipboard(alice))


def export(people: People, person: Person, path: Path) -> str:
    """Save the current room under ``path``; return what is in the file."""
    person.press("<F10>")
    pick(person.part(Header).menu, "Save or print the room…")
    people.wait_until(lambda: person.keyboard is person.part(ExportDialog).entry)
    person.press("<Control-a>", "<BackSpace>")
    person.part(ExportDialog).entry.insert(0, str(path))
    person.press("<Return>")
    people.wait_until(lambda: "Saved 2 messages" in person.sees)
    people.wait_until(lambda: person.keyboard is person.composer.entry)
    return path.read_text("utf-8")


@pytest.mark.usefixtures("talk")
def test_a_room_is_saved_for_people_and_programs(
    people: People, alice: Person, tmp_path: Path
) -> None:
    text = export(people, alice, tmp_path / "room.txt")
    assert "bob: **shall** we? 👍" in text
    assert "alice: we shall" in text

    page = export(people, alice, tmp_path / "room.html")
    assert page.lstrip().startswith("<!DOCTYPE html>")
    assert "<strong>shall</strong> we?" in page
    assert not re.search(r'(?:src|href)="(?!https?:|data:|#)', page)  # it needs no other file

    told = json.loads(export(people, alice, tmp_path / "room.json"))
    said = [(each["author"], each["text"]) for each in told["messages"]]
    assert said == [("bob", "**shall** we? 👍"), ("alice", "we shall")]
    assert told["messages"][0]["reactions"] == {"👍": ["bob"]}
