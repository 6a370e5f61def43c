"""The context menu of what is written in."""

import tkinter as tk
from tkinter import ttk

import pytest

from tests.gui.driving import click, focus, press, show, type_text, wait_until
from tests.gui.rows import pick
from tkchat.gui.emoji.emoji import Emoji
from tkchat.gui.look.theme import Theme
from tkchat.gui.widgets.ask import Prompt
from tkchat.gui.widgets.edit_menu import Can, EditMenu
from tkchat.gui.widgets.menu import Menu
from tkchat.gui.widgets.plain_entry import keep_plain
from tkchat.gui.widgets.row_list import RowList
from tkchat.gui.writing.writing_box import WritingBox


@pytest.fixture
def box(root: tk.Tk, emoji: Emoji) -> WritingBox:
    made = WritingBox(root, emoji, lambda: None)
    made.pack()
    show(made)
    focus(made)
    return made


@pytest.fixture
def menu(box: WritingBox, theme: Theme, emoji: Emoji) -> Menu:
    def can() -> Can:
        return Can(box.can_undo, box.can_redo, bool(box.tag_ranges("sel")))

    return EditMenu(box, theme, emoji, can).menu


def possible(field: tk.Misc, menu: Menu) -> list[str]:
    """Open the menu by key, and return what it lets one do."""
    press(field, "<Shift-F10>")
    assert menu.is_open
    found = [row.text for row in menu.rows.rows if row.can_be_chosen]
    press(menu.rows.canvas, "<Escape>")
    wait_until(field, lambda: field.focus_get() is field)
    return found


def test_it_offers_what_is_possible(box: WritingBox, menu: Menu) -> None:
    box.clipboard_clear()
    assert possible(box, menu) == ["Select all"]
    type_text(box, "word")
    box.select_all()
    box.event_generate("<<Copy>>")
    assert possible(box, menu) == ["Undo", "Cut", "Copy", "Paste", "Select all"]


def test_a_right_click_opens_it_and_it_does_what_it_says(box: WritingBox, menu: Menu) -> None:
    box.begin_with("word")
    click(box, 5, 5, button=3)
    pick(menu, "Select all")
    assert box.written("sel.first", "sel.last") == "word"
    assert box.focus_get() is box


def keyboard(field: tk.Misc) -> tk.Misc:
    """Return the list of lines of the menu that has the keyboard."""
    rows = field.focus_get()
    assert rows is not None
    assert isinstance(rows.master, RowList)
    return rows


def test_entries_have_it_too(root: tk.Tk, theme: Theme, emoji: Emoji) -> None:
    entry = ttk.Entry(root)
    entry.pack()
    keep_plain(entry, theme, emoji)
    focus(entry)
    type_text(entry, "word")
    press(entry, "<Control-a>", "<Menu>")
    press(keyboard(entry), "c", "<Return>")
    assert entry.get() == ""
    assert entry.clipboard_get() == "word"


def test_in_a_dialog_it_is_wholly_in_it_and_the_dialog_stays(
    root: tk.Tk, theme: Theme, emoji: Emoji
) -> None:
    prompt = Prompt(root, theme, emoji, "A word", "Go", str, lambda _: None, initial="word")
    wait_until(root, lambda: root.focus_get() is prompt.entry)
    press(prompt.entry, "<Menu>")
    rows = keyboard(prompt.entry)
    wait_until(root, rows.winfo_viewable)
    assert prompt.grab_status() is None
    press(rows, "<Escape>")
    assert root.focus_get() is prompt.entry
    assert prompt.grab_status() == "local"
    prompt.close()


def test_it_goes_with_its_field(root: tk.Tk, box: WritingBox, menu: Menu) -> None:
    press(box, "<Menu>")
    box.destroy()
    root.update()
    assert not menu.panel.winfo_exists()
