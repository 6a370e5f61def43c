"""The context menu of what is written in."""

import tkinter as tk
from tkinter import ttk

import pytest

from tests.gui.driving import focus, press, show, type_text, wait_until
from tkchat.gui.edit_menu import Can, EditMenu
from tkchat.gui.emoji import Emoji
from tkchat.gui.plain_entry import keep_plain
from tkchat.gui.writing_box import WritingBox


@pytest.fixture
def box(root: tk.Tk, emoji: Emoji) -> WritingBox:
    made = WritingBox(root, emoji, lambda: None)
    made.pack()
    show(made)
    focus(made)
    return made


@pytest.fixture
def menu(box: WritingBox) -> EditMenu:
    return EditMenu(box, lambda: Can(box.can_undo, box.can_redo, bool(box.tag_ranges("sel"))))


def open_by_key(field: tk.Misc, menu: tk.Menu) -> None:
    press(field, "<Shift-F10>")
    wait_until(field, menu.winfo_ismapped)


def possible(menu: tk.Menu) -> list[str]:
    """Return what the open menu lets one do; close it."""
    found = [
        str(menu.entrycget(index, "label")).strip()
        for index in range(int(menu.index("end") or 0) + 1)
        if menu.type(index) == "command" and menu.entrycget(index, "state") == "normal"
    ]
    menu.unpost()
    return found


def test_it_offers_what_is_possible(box: WritingBox, menu: EditMenu) -> None:
    box.clipboard_clear()
    open_by_key(box, menu.menu)
    assert possible(menu.menu) == ["Select all"]
    type_text(box, "word")
    box.select_all()
    box.event_generate("<<Copy>>")
    open_by_key(box, menu.menu)
    assert possible(menu.menu) == ["Undo", "Cut", "Copy", "Paste", "Select all"]


def test_a_right_click_opens_it_and_it_does_what_it_says(box: WritingBox, menu: EditMenu) -> None:
    box.begin_with("word")
    box.event_generate("<Button-3>", x=5, y=5)
    wait_until(box, menu.menu.winfo_ismapped)
    menu.menu.invoke("end")
    menu.menu.unpost()
    assert box.written("sel.first", "sel.last") == "word"


def test_entries_have_it_too(root: tk.Tk, emoji: Emoji) -> None:
    entry = ttk.Entry(root)
    entry.pack()
    keep_plain(entry, emoji)
    focus(entry)
    type_text(entry, "word")
    press(entry, "<Control-a>", "<Menu>")
    [menu] = [each for each in entry.winfo_children() if isinstance(each, tk.Menu)]
    wait_until(entry, menu.winfo_ismapped)
    menu.invoke(3)  # cut
    menu.unpost()
    assert entry.get() == ""
    assert entry.clipboard_get() == "word"
