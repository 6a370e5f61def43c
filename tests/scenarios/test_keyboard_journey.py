"""The whole program without a mouse: menus, Tab order, visible focus, Escape."""

import tkinter as tk
from tkinter import ttk

import pytest

from tests.gui.apps import People, Person
from tests.gui.driving import every, focus, press, screenshot, text_of
from tests.gui.rows import labels
from tests.tagged import TaggedClient
from tkchat.gui.places.header import Header
from tkchat.gui.places.people_list import PeopleList
from tkchat.gui.places.room_list import RoomsList
from tkchat.gui.search.search_panel import SearchPanel
from tkchat.gui.settings.settings_window import SettingsWindow
from tkchat.gui.settings.shortcut_sheet import ShortcutSheet
from tkchat.gui.shortcuts import shortcuts
from tkchat.gui.widgets.menu import Menu
from tkchat.gui.widgets.row_list import RowList

MENU_KEYS = ["<Menu>", "<Shift-F10>"]


@pytest.mark.parametrize("key", ["<F1>", "<Control-slash>"])
def test_the_sheet_of_keys_opens_and_closes(people: People, alice: Person, key: str) -> None:
    alice.type("half a")
    alice.press(key)
    people.wait_until(lambda: str(alice.keyboard) == str(alice.part(ShortcutSheet)))
    for shortcut in shortcuts():
        assert shortcut.shown in alice.sees
        assert shortcut.help in alice.sees
    alice.press("<Escape>")
    people.wait_until(lambda: alice.keyboard is alice.composer.entry)
    alice.press(key)
    people.wait_until(lambda: str(alice.keyboard) == str(alice.part(ShortcutSheet)))
    alice.press(key)
    people.wait_until(lambda: alice.keyboard is alice.composer.entry)
    assert alice.composer.text() == "half a"


@pytest.mark.parametrize("key", MENU_KEYS)
def test_menus_of_rooms_people_and_oneself(people: People, alice: Person, key: str) -> None:
    people.wait_until(lambda: "bob" in alice.part(PeopleList).shown_keys())
    where = alice.window._where
    for canvas, menu, words in (
        (alice.part(RoomsList).canvas, where._menu, "Mute"),
        (alice.part(PeopleList).canvas, where._menu, "Set a status…"),
        (where.sidebar.own, where.sidebar.own.menu, "Set a status…"),
    ):
        press(canvas, key)
        closes_by_escape(people, alice, menu, words)
        assert alice.keyboard is canvas
    focus(alice.part(PeopleList).canvas)
    alice.press("<Down>", key)
    closes_by_escape(people, alice, where._menu, "Write to bob")


def closes_by_escape(people: People, person: Person, menu: Menu, words: str) -> None:
    """Wait until ``menu`` is open and says ``words``, and close it."""
    people.wait_until(lambda: menu.is_open and person.keyboard is menu.rows.canvas)
    assert words in [row.text for row in menu.rows.rows]
    person.press("<Escape>")
    people.wait_until(lambda: not menu.is_open)


@pytest.mark.parametrize("key", MENU_KEYS)
def test_the_menu_of_a_message(people: People, alice: Person, bob: TaggedClient, key: str) -> None:
    bob.say("hello")
    people.wait_until(lambda: "hello" in alice.read)
    press(alice.messages.text, key)
    closes_by_escape(people, alice, alice.messages.menu.menu, "Reply")
    assert alice.keyboard is alice.messages.text


def fields(person: Person) -> list[tk.Misc]:
    """Open everything that is written in; return it."""
    person.press("<Control-f>")
    search = person.part(SearchPanel).entry
    person.press("<Control-k>")
    return [person.composer.entry, search, person.window._where.navigation.switcher.entry]


def written(field: tk.Misc) -> str:
    return text_of(field)


def test_every_field_has_the_usual_keys(people: People, alice: Person) -> None:
    for field in fields(alice):
        focus(field)
        alice.type("abc")
        press(field, "<Control-a>", "x")
        assert written(field) == "x", field
        press(field, "<Control-z>")
        assert written(field).startswith("abc"), field
        press(field, "<Control-y>")
        assert written(field) == "x", field
        press(field, "<Shift-F10>")
        rows = alice.keyboard.master
        assert isinstance(rows, RowList)
        assert labels(rows)[:2] == ["Undo", "Redo"]
        alice.press("<Escape>")
        assert alice.keyboard is field
        press(field, "<Control-a>", "<BackSpace>")
        if field is not alice.composer.entry:
            press(field, "<Escape>")


def test_escape_closes_what_is_on_top_and_nothing_else(
    people: People, alice: Person, bob: TaggedClient
) -> None:
    bob.say("shall we?")
    people.wait_until(lambda: "shall we?" in alice.read)
    panel, switcher = alice.part(SearchPanel), alice.window._where.navigation.switcher
    alice.choose("shall we?", "Reply")
    people.wait_until(lambda: "Reply to bob" in alice.sees)
    alice.press("<Control-f>")
    people.wait_until(lambda: alice.keyboard is panel.entry)
    alice.press("<Control-k>")
    people.wait_until(lambda: alice.keyboard is switcher.entry)
    alice.press("<Escape>")
    assert not switcher.is_open
    assert panel.winfo_ismapped()
    focus(panel.entry)
    alice.press("<Escape>")
    people.wait_until(lambda: not panel.winfo_ismapped())
    assert "Reply to bob" in alice.sees
    alice.type("@b")
    assert alice.composer.completing.popup.is_open
    alice.press("<Escape>")
    assert not alice.composer.completing.popup.is_open
    assert "Reply to bob" in alice.sees
    alice.press("<Escape>")
    people.wait_until(lambda: "Reply to bob" not in alice.sees)
    assert alice.composer.text() == "@b"


def goes_round(person: Person, first: tk.Misc) -> list[tk.Misc]:
    """Press Tab until the keyboard is back where it began; return what had it, in order."""
    focus(first)
    met = [first]
    while True:
        assert len(met) < 60, met
        person.press("<Tab>")
        if person.keyboard is first:
            return met
        met.append(person.keyboard)


def shown_controls(window: tk.Misc) -> set[tk.Misc]:
    """Return all that is to be seen in a window and can be used."""
    kinds = (ttk.Button, ttk.Radiobutton, ttk.Checkbutton, ttk.Entry, ttk.Combobox, ttk.Scale)
    return {
        each
        for each in every(window)
        if isinstance(each, kinds) and each.winfo_viewable() and each.winfo_toplevel() is window
        and "disabled" not in each.state() and str(each.cget("takefocus")) != "0"
    }  # fmt: skip


def test_tab_visits_everything_in_order(people: People, alice: Person) -> None:
    people.wait_until(lambda: "bob" in alice.part(PeopleList).shown_keys())
    met = goes_round(alice, alice.composer.entry)
    assert shown_controls(alice.window) <= set(met)
    parts = [
        alice.part(RoomsList).canvas,
        alice.part(PeopleList).canvas,
        alice.part(Header)._search,
        alice.messages.text,
    ]
    assert [each for each in met if each in parts] == parts
    focus(alice.composer.entry)
    alice.press("<Shift-Tab>")
    assert alice.keyboard is met[-1]


def test_focus_is_visible_on_whatever_has_it(people: People, alice: Person) -> None:
    people.wait_until(lambda: "bob" in alice.part(PeopleList).shown_keys())
    alice.press("<Control-comma>")
    window = alice.part(SettingsWindow)
    people.wait_until(lambda: str(alice.keyboard).startswith(str(window)))
    looks_focused(people, alice, goes_round(alice, alice.keyboard))
    alice.press("<Escape>")
    people.wait_until(lambda: alice.keyboard is alice.composer.entry)
    looks_focused(people, alice, goes_round(alice, alice.composer.entry))


def looks_focused(people: People, person: Person, widgets: list[tk.Misc]) -> None:
    """Wait for another picture of each widget, or of what is around it, once it has the focus."""
    for at, widget in enumerate(widgets):
        focus(widgets[at - 1])
        around = widget.nametowidget(widget.winfo_parent())  # a field is marked around it
        before = screenshot(around)
        focus(widget)
        try:
            people.wait_until(lambda shown=around, was=before: screenshot(shown) != was, 3)  # type: ignore[misc]  # a lambda's default has no type
        except AssertionError:
            raise AssertionError(f"nothing shows that {widget} has the keyboard") from None


def test_the_menu_is_walked_by_keys(people: People, alice: Person) -> None:
    alice.press("<F10>")
    menu = alice.part(Header).menu
    people.wait_until(lambda: menu.is_open)
    while menu.rows.rows[int(menu.rows.focused or 0)].text != "Settings…":
        alice.press("<Down>")
    alice.press("<Return>")
    people.wait_until(lambda: alice.app.settings_window is not None)
