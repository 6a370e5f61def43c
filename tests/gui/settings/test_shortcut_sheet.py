"""All keys at a glance."""

import tkinter as tk

import pytest

from tests.gui.driving import every, press, show, text_of, wait_until
from tkchat.gui.look.palette import DARK
from tkchat.gui.look.theme import Theme
from tkchat.gui.settings.shortcut_sheet import ShortcutSheet
from tkchat.gui.shortcuts import shortcuts


@pytest.fixture
def sheet(root: tk.Tk, theme: Theme) -> ShortcutSheet:
    sheet = ShortcutSheet(root, theme)
    sheet.open()
    show(sheet)
    return sheet


def test_every_key_is_on_it(sheet: ShortcutSheet) -> None:
    said = {text_of(each) for each in every(sheet)}
    assert {shortcut.shown for shortcut in shortcuts()} <= said


@pytest.mark.parametrize("key", ["<Escape>", "<F1>", "<Control-slash>"])
def test_escape_or_the_same_key_closes_it(sheet: ShortcutSheet, key: str) -> None:
    press(sheet, key)
    assert not sheet.winfo_exists()


def test_nothing_is_cut_off_in_width(sheet: ShortcutSheet, root: tk.Tk, theme: Theme) -> None:
    for zoom in (100, 175):
        sheet.close()
        theme.set_zoom(zoom)
        sheet = ShortcutSheet(root, theme)
        sheet.open()
        show(sheet)
        wait_until(root, lambda: sheet.winfo_width() > theme.px(400))  # noqa: B023 (used at once)
        root.update()
        for label in every(sheet):
            if text_of(label):
                assert label.winfo_width() >= label.winfo_reqwidth(), (zoom, text_of(label))


def test_it_follows_the_theme(sheet: ShortcutSheet, theme: Theme) -> None:
    theme.use(DARK)
    assert str(sheet.cget("background")) == DARK.window


def test_keys_scroll_it(sheet: ShortcutSheet, theme: Theme) -> None:
    sheet.geometry("600x200")
    caption = next(each for each in every(sheet) if text_of(each) == shortcuts()[0].group)
    wait_until(sheet, lambda: sheet.winfo_height() == 200)
    before = caption.winfo_rooty()
    press(sheet, "<Next>")
    wait_until(sheet, lambda: caption.winfo_rooty() < before)
    press(sheet, "<Prior>")
    wait_until(sheet, lambda: caption.winfo_rooty() == before)
