"""The settings: each change at once and for good, in a file that people can read."""

import json
import tkinter as tk
from pathlib import Path
from tkinter import ttk

import pytest

from tests.gui.apps import People, Person
from tests.gui.driving import colour_at, every, focus, press, text_of
from tests.tagged import TaggedClient
from tkchat.client.profile import Profile
from tkchat.gui.look import looks
from tkchat.gui.look.palette import CONTRAST_DARK, CONTRAST_LIGHT, DARK, LIGHT
from tkchat.gui.settings.settings_window import SettingsWindow
from tkchat.server.server import Server
from tkchat.wire.presence import State
from tkchat.wire.tagged import Presence


def opened(people: People, person: Person) -> SettingsWindow:
    """Open the settings by their keys."""
    person.press("<Control-comma>")
    people.wait_until(lambda: person.app.settings_window is not None)
    window = person.app.settings_window
    assert window is not None
    people.wait_until(lambda: str(person.keyboard).startswith(str(window)))
    return window


def choose(window: tk.Misc, text: str) -> None:
    """Press what begins with ``text``, by keyboard."""
    kinds = ttk.Button | ttk.Radiobutton | ttk.Checkbutton
    button = next(
        each
        for each in every(window)
        if text_of(each).startswith(text) and isinstance(each, kinds) and each.winfo_viewable()
    )
    focus(button)
    press(button, "<space>")


def in_file(person: Person) -> dict[str, object]:
    """Return what the file of settings says by now; nothing while it is being replaced."""
    try:
        found = json.loads((person.profile.folder / "settings.json").read_text("utf-8"))
    except (FileNotFoundError, ValueError):
        return {}
    assert isinstance(found, dict)
    return found


def test_the_look_changes_at_once_and_stays(
    people: People, server: Server, alice: Person, bob: TaggedClient
) -> None:
    bob.say("hello")
    people.wait_until(lambda: "hello" in alice.read)
    window = opened(people, alice)
    choose(window, "Dark")
    corner = alice.messages.text
    people.wait_until(lambda: str(corner.cget("background")) == DARK.window)
    choose(window, "12 hours")
    people.wait_until(lambda: "AM" in alice.read or "PM" in alice.read)
    choose(window, "Compact")
    choose(window, "+")
    people.wait_until(lambda: alice.app.theme.zoom == 110)
    people.wait_until(lambda: in_file(alice).get("zoom") == 110)
    told = in_file(alice)
    assert [told[name] for name in ("theme", "clock", "density")] == ["dark", "12", "compact"]
    alice.press("<Escape>")
    people.wait_until(lambda: alice.keyboard is alice.composer.entry)
    alice.press("<Control-0>")
    people.wait_until(lambda: in_file(alice)["zoom"] == 100)
    alice.close()

    again = people.again(alice)
    again.app.open(server.address, "alice")
    people.wait_until(lambda: again.app.window is not None)
    people.wait_until(again.window.winfo_viewable)
    people.wait_until(lambda: colour_at(again.messages.text, 40, 300) == DARK.window)
    assert again.app.theme.compact


@pytest.fixture(params=[False, True], ids=["light", "dark"])
def is_dark(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> bool:
    """How the desktop is."""
    is_dark = bool(request.param)
    monkeypatch.setattr(looks, "prefers_dark", lambda: is_dark)
    return is_dark


def test_there_is_a_theme_of_high_contrast(is_dark: bool, people: People, alice: Person) -> None:
    people.wait_until(lambda: alice.app.theme.palette == (DARK if is_dark else LIGHT))
    choose(opened(people, alice), "High contrast")
    palette = CONTRAST_DARK if is_dark else CONTRAST_LIGHT
    people.wait_until(lambda: alice.app.theme.palette == palette)
    ground, ink = alice.app.theme.palette.window, alice.app.theme.palette.text
    assert {ground, ink} == {"#000000", "#ffffff"}
    assert str(alice.messages.text.cget("background")) == ground


def test_do_not_disturb_and_the_status_reach_the_others(
    people: People, alice: Person, bob: TaggedClient
) -> None:
    window = opened(people, alice)
    alice.press("<Down>")
    people.wait_until(lambda: "Notify about" in alice.sees)
    choose(window, "Do not disturb")
    bob.read_until(lambda event: event == Presence("alice", State.BUSY, ""))
    alice.press("<Control-Tab>", "<Control-Tab>")
    people.wait_until(lambda: str(alice.profile.folder) in alice.sees)
    status = next(
        each for each in every(window) if isinstance(each, ttk.Entry) and each.winfo_viewable()
    )
    focus(status)
    alice.type("writing\n")
    bob.read_until(lambda event: event == Presence("alice", State.BUSY, "writing"))


def test_every_page_is_there(people: People, server: Server, alice: Person) -> None:
    opened(people, alice)
    for words in ("Colours", "Notify about", "Go to a room or person", "Folder", "Version"):
        people.wait_until(lambda words=words: words in alice.sees)  # type: ignore[misc]  # a lambda's default has no type
        alice.press("<Down>")
    people.wait_until(lambda: "Colours" in alice.sees)


def test_a_broken_file_is_set_aside_and_named(
    people: People, server: Server, tmp_path: Path
) -> None:
    folder = tmp_path / "profile 0"
    folder.mkdir()
    (folder / "settings.json").write_text("{ not settings", "utf-8")
    person = people.add()
    assert person.profile.settings.theme == "system"
    person.app.open(server.address, "alice")
    people.wait_until(lambda: "The settings could not be read" in person.sees or person.app.window)
    people.wait_until(lambda: person.app.window is not None)
    people.wait_until(lambda: "settings.broken.json" in person.read + person.sees)
    assert (folder / "settings.broken.json").read_text("utf-8") == "{ not settings"
    people.wait_until(lambda: in_file(person).get("name") == "alice")


def test_one_wrong_value_leaves_the_others(tmp_path: Path) -> None:
    (tmp_path / "settings.json").write_text('{"theme": "pink", "zoom": 150, "mine": 1}', "utf-8")
    profile = Profile(tmp_path)
    assert (profile.settings.theme, profile.settings.zoom) == ("system", 150)
    assert "theme" in profile.problem
    profile.save()
    assert json.loads((tmp_path / "settings.json").read_text("utf-8"))["mine"] == 1
