"""The program in German, whose words are long: nothing is cut off, and nothing stays English."""

import tkinter as tk
from collections.abc import Callable, Iterator
from tkinter import ttk

import pytest

from tests.gui.apps import People, Person
from tests.gui.driving import every, press, text_of
from tests.tagged import TaggedClient
from tkchat.gui.places.header import Header
from tkchat.gui.settings.settings_window import SettingsWindow
from tkchat.gui.settings.shortcut_sheet import ShortcutSheet
from tkchat.gui.widgets.ask import Panel
from tkchat.gui.widgets.clipped_label import ClippedLabel
from tkchat.gui.widgets.row_list import RowList
from tkchat.i18n import speak_anew
from tkchat.server.server import Server

SAYING = ttk.Label | ttk.Button | ttk.Radiobutton | ttk.Checkbutton | tk.Label
LOOKS = [(size, zoom) for size in ((980, 700), (900, 600)) for zoom in (100, 175)]


@pytest.fixture(autouse=True)
def in_german(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setenv("LANGUAGE", "de")
    speak_anew()
    yield
    monkeypatch.undo()
    speak_anew()


@pytest.fixture(params=LOOKS, ids=lambda look: f"{look[0][0]}x{look[0][1]} {look[1]} %")
def window(request: pytest.FixtureRequest, people: People, alice: Person) -> tk.Toplevel:
    """alice's window in a size and zoom."""
    (width, height), zoom = request.param
    window = alice.window
    window.minsize(1, 1)  # as on a screen that is no larger
    window.geometry(f"{width}x{height}+0+0")
    alice.app.theme.set_zoom(zoom)
    people.wait_until(lambda: (window.winfo_width(), window.winfo_height()) == (width, height))
    return window


def cut_off(widget: tk.Misc) -> list[str]:
    """Return which words in a window are cut off; some end in … on purpose."""
    widget.update()
    found = []
    for each in every(widget):
        if not each.winfo_viewable():
            continue
        if isinstance(each, SAYING) and not isinstance(each, ClippedLabel) and text_of(each):
            window = each.winfo_toplevel()
            right = each.winfo_rootx() + each.winfo_width()
            is_outside = right > window.winfo_rootx() + window.winfo_width()
            is_narrow = each.winfo_reqwidth() > each.winfo_width()
            is_low = each.winfo_reqheight() > each.winfo_height()
            if is_outside or is_narrow or is_low:
                sizes = (
                    f"{each.winfo_reqwidth()}x{each.winfo_reqheight()} in {each.winfo_geometry()}"
                )
                found.append(f"{each} {text_of(each)!r} {sizes}")
        elif isinstance(each, RowList):
            found += [f"{each} {text!r}" for text in each._painter.clipped.values()]
    return found


def test_the_first_window(people: People, server: Server) -> None:
    for zoom in (100, 175):
        person = people.add()
        person.app.theme.set_zoom(zoom)
        person.app.open()
        people.wait_until(lambda person=person: person.dialog.winfo_viewable())  # type: ignore[misc]  # a lambda's default has no type
        assert "Name" in person.sees
        assert "Eröffnen" in person.sees
        assert "Open" not in person.sees
        assert not cut_off(person.root)
        people.wait_until(lambda person=person: person.app._icons)  # type: ignore[misc]  # as above
        person.close()


def test_the_chat_window(
    people: People, alice: Person, bob: TaggedClient, window: tk.Toplevel
) -> None:
    bob.confirm(bob.say("hallo"))
    people.wait_until(lambda: "hallo" in alice.read)
    assert "Heute" in alice.read
    assert not cut_off(window)
    alice.choose("hallo", "Antworten")
    alice.composer.set_text("x" * 4001)
    press(alice.composer.entry, "<Return>")  # says why that is not sent
    assert not cut_off(window)
    alice.composer.set_text("")
    alice.press("<Control-k>")
    assert not cut_off(window)
    alice.press("<Escape>", "<Control-f>")
    people.wait_until(lambda: "Suche" in alice.sees)
    assert not cut_off(window)


def test_the_menus(people: People, alice: Person, window: tk.Toplevel) -> None:
    header = alice.part(Header)
    where = alice.window._where
    people.wait_until(lambda: "bob" in alice.model.room.people)
    for open_menu in (
        header.open_menu,
        header._open_room_menu,
        where.sidebar.own.open_menu,
        lambda: where._menu.post(where.person_menu.entries("bob"), 100, 100),
    ):
        open_menu()
        assert not cut_off(window)
        alice.press("<Escape>")


def test_the_settings(people: People, alice: Person, window: tk.Toplevel) -> None:
    alice.press("<Control-comma>")
    people.wait_until(lambda: str(alice.keyboard).startswith(str(alice.part(SettingsWindow))))
    for _ in range(5):  # page by page
        assert not cut_off(alice.part(SettingsWindow))
        alice.press("<Down>")


def test_the_sheet_of_keys(people: People, alice: Person, window: tk.Toplevel) -> None:
    alice.press("<F1>")
    people.wait_until(lambda: alice.part(ShortcutSheet).winfo_viewable())
    assert not cut_off(alice.part(ShortcutSheet))


def test_the_questions(people: People, alice: Person, window: tk.Toplevel) -> None:
    room, export = alice.model.room, alice.window._actions.export
    assert export is not None
    asks: list[Callable[[], object]] = [
        lambda: alice.window._where.room_menu.ask_topic(room),
        alice.window._where.person_menu._ask_status,
        export,
        lambda: alice.composer._pasting._ask("x\n" * 20, 20),
    ]
    for ask in asks:
        ask()
        people.wait_until(lambda: alice.part(Panel).grab_status())
        assert not cut_off(alice.part(Panel))
        alice.press("<Escape>")
