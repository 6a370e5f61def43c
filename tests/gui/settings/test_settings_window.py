"""The settings by keyboard and mouse; each change at once."""

import tkinter as tk
from pathlib import Path
from tkinter import ttk

import pytest

from tests.gui.driving import click, every, focus, press, show, text_of, wait_until
from tkchat.client.profile import Profile
from tkchat.gui.emoji.emoji import Emoji
from tkchat.gui.look.looks import Looks
from tkchat.gui.look.palette import DARK
from tkchat.gui.pump import Pump
from tkchat.gui.settings.settings_window import SettingsWindow

PAGES = ["appearance", "notifications", "keyboard", "profile", "about"]


class Opened:
    """The window over another, with all that it changes."""

    def __init__(self, root: tk.Tk, folder: Path) -> None:
        self.profile = Profile(folder)
        self.changed: list[str] = []
        self.pump = Pump(root)
        self.looks = Looks(root, self.profile.settings, self.pump)
        self.window = SettingsWindow(
            root,
            self.looks.theme,
            Emoji(root),
            self.profile,
            self._change,
            self.pump.in_background,
            address="10.0.0.1:12345",
        )
        self.window.open()
        show(self.window)

    def _change(self, field: str) -> None:
        self.changed.append(field)
        self.looks.follow()

    @property
    def said(self) -> str:
        return " | ".join(text_of(each) for each in every(self.window) if each.winfo_ismapped())

    @property
    def tabs(self) -> list[tk.Misc]:
        return [each for each in every(self.window) if _is_tab(each)]

    def find(self, text: str) -> tk.Misc:
        return next(
            each
            for each in every(self.window)
            if text_of(each).startswith(text) and isinstance(each, ttk.Button | ttk.Radiobutton)
        )


def _is_tab(widget: tk.Misc) -> bool:
    return isinstance(widget, ttk.Radiobutton) and str(widget.cget("style")) == "Tab.TRadiobutton"


@pytest.fixture
def opened(root: tk.Tk, tmp_path: Path) -> Opened:
    return Opened(root, tmp_path)


def test_arrows_turn_the_pages_and_take_the_keyboard_along(opened: Opened) -> None:
    first = opened.tabs[0]
    wait_until(first, lambda: first.focus_displayof() is first)
    seen = []
    for _ in PAGES:
        seen.append(text_of(next(each for each in every(opened.window) if _is_title(each))))
        tab = opened.window.focus_get()
        assert tab is not None
        press(tab, "<Down>")
    assert seen == ["Appearance", "Notifications", "Keyboard", "Profile", "About"]
    assert opened.window.focus_get() is first


def _is_title(widget: tk.Misc) -> bool:
    return isinstance(widget, ttk.Label) and str(widget.cget("style")) == "Title.TLabel"


def test_pages_turn_from_anywhere_by_control_tab(opened: Opened) -> None:
    press(opened.find("Dark"), "<Control-Tab>")
    assert "Notify about" in opened.said
    press(opened.find("Nothing"), "<Control-Prior>")
    assert "Colours" in opened.said


def test_everything_is_reached_by_tab(opened: Opened) -> None:
    widget: tk.Misc = opened.tabs[0]
    focus(widget)
    met = {str(widget)}
    for _ in range(60):
        press(widget, "<Tab>")
        found = opened.window.focus_get()
        assert found is not None
        widget = found
        met.add(str(widget))
    kinds = (ttk.Button, ttk.Checkbutton, ttk.Combobox, ttk.Scale)
    fields = {str(each) for each in every(opened.window) if isinstance(each, kinds)}
    assert fields <= met
    # Of each group what is chosen; the arrows lead to the others.
    chosen = [text_of(opened.window.nametowidget(each)) for each in met if "radiobutton" in each]
    assert sorted(each.split(":")[0] for each in chosen) == [
        "Appearance",
        "Cosy",
        "Like the desktop",
        "Like the desktop",
    ]


def test_the_tab_stop_of_a_group_moves_with_what_is_chosen(opened: Opened) -> None:
    light, dark = opened.find("Light"), opened.find("Dark")
    press(light, "<Down>")
    assert opened.profile.settings.theme == "dark"
    assert opened.window.focus_get() is dark
    press(dark, "<Tab>")
    after = opened.window.focus_get()
    assert after is not None
    press(after, "<<PrevWindow>>")
    assert opened.window.focus_get() is dark
    press(dark, "<<PrevWindow>>")
    assert opened.window.focus_get() is opened.tabs[0]


def test_a_change_is_seen_and_told_at_once(opened: Opened) -> None:
    click(opened.find("Dark"))
    assert opened.changed == ["theme"]
    assert opened.profile.settings.theme == "dark"
    assert opened.looks.theme.palette == DARK
    assert str(opened.window.cget("background")) == DARK.window


def test_the_window_grows_with_its_contents(opened: Opened) -> None:
    width = opened.window.winfo_width()
    press(opened.find("+"), "<space>", "<space>", "<space>")
    wait_until(opened.window, lambda: opened.window.winfo_width() >= 1.2 * width)
    assert opened.profile.settings.zoom == 130


def test_escape_closes_it_from_any_page(opened: Opened) -> None:
    opened.window.go_to("profile")
    entry = next(each for each in every(opened.window) if isinstance(each, ttk.Entry))
    press(entry, "<Escape>")
    assert not opened.window.winfo_exists()


@pytest.mark.parametrize("page", PAGES)
@pytest.mark.parametrize("zoom", [100, 175])
def test_nothing_is_cut_off_in_width(root: tk.Tk, tmp_path: Path, page: str, zoom: int) -> None:
    opened = Opened(root, tmp_path)
    opened.profile.settings.zoom = zoom
    opened.looks.follow()
    opened.window.go_to(page)
    opened.window.update()
    wait_until(root, lambda: opened.window.winfo_width() >= opened.window.winfo_reqwidth())
    for widget in every(opened.window):
        if text_of(widget) and not isinstance(widget, tk.Toplevel):
            assert widget.winfo_width() >= widget.winfo_reqwidth(), text_of(widget)


def test_larger_stays_under_the_mouse_and_the_window_where_it_is(opened: Opened) -> None:
    window, larger = opened.window, opened.find("+")
    focus(larger)
    place = (window.winfo_rootx(), window.winfo_rooty())

    def is_under_mouse() -> bool:
        return window.winfo_containing(*window.winfo_pointerxy()) is larger

    larger.event_generate("<Motion>", x=5, y=5, warp=True)
    wait_until(larger, is_under_mouse)
    for zoom in (110, 120, 130, 140):
        click(larger)
        assert opened.profile.settings.zoom == zoom
        wait_until(larger, is_under_mouse)
    assert (window.winfo_rootx(), window.winfo_rooty()) == place


def test_at_the_largest_size_it_is_on_the_screen_and_scrolls_aside(opened: Opened) -> None:
    window = opened.window
    focus(opened.find("+"))
    for _ in range(20):
        press(opened.find("+"), "<space>")
    assert opened.profile.settings.zoom == 250
    wait_until(window, lambda: window.winfo_rootx() + window.winfo_width() > 1000)
    window.update()
    assert window.winfo_rootx() + window.winfo_width() <= window.winfo_screenwidth()
    assert window.winfo_rooty() + window.winfo_height() <= window.winfo_screenheight()
    window.geometry("600x400")
    larger = opened.find("+")
    focus(opened.tabs[0])
    focus(larger)
    wait_until(window, lambda: _right_of(larger) <= _right_of(window))


def _right_of(widget: tk.Misc) -> int:
    return widget.winfo_rootx() + widget.winfo_width()
