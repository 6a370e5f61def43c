"""One change of theme or zoom reaches everything, at once."""

import time
import tkinter as tk
from collections.abc import Callable
from datetime import datetime
from functools import partial
from tkinter import ttk

import pytest

from tests.gui.driving import colour_at, show, wait_until
from tests.gui.sample_messages import many
from tkchat.client.settings import MAX_ZOOM, MIN_ZOOM
from tkchat.gui.look.palette import DARK, LIGHT
from tkchat.gui.look.theme import Taste, Theme
from tkchat.gui.messages.message_list import MessageList


def test_a_switch_recolours_what_is_on_screen(root: tk.Tk, theme: Theme) -> None:
    button = ttk.Button(root, text="Send", style="Accent.TButton")
    button.pack(padx=20, pady=20)
    wait_until(root, lambda: colour_at(button, 8, button.winfo_height() // 2) == LIGHT.accent)
    theme.use(DARK)
    wait_until(root, lambda: colour_at(button, 8, button.winfo_height() // 2) == DARK.accent)
    wait_until(root, lambda: colour_at(root, 2, 2) == DARK.window)


def test_what_the_first_window_has_not_may_be_made_later(root: tk.Tk) -> None:
    theme = Theme(root, LIGHT, whole=False)
    style = ttk.Style(root)
    assert "Accent.Rounded.button" in style.element_names()
    assert "Pill.button" not in style.element_names()
    theme.complete()
    theme.complete()
    assert "Pill.button" in style.element_names()


def test_a_change_leaves_nothing_out(root: tk.Tk) -> None:
    theme = Theme(root, LIGHT, whole=False)
    theme.set_zoom(150)
    thumb = theme.px(36)
    for _ in range(2):
        bar = ttk.Scrollbar(root, orient="vertical")
        bar.pack()
        root.update_idletasks()
        assert bar.winfo_reqheight() == thumb
        theme.set_zoom(100)
        thumb = theme.px(36)


def test_subscribers_hear_of_changes_until_they_leave(theme: Theme) -> None:
    heard: list[tuple[str, int]] = []
    leave = theme.subscribe(lambda: heard.append((theme.palette.name, theme.zoom)))
    theme.use(DARK)
    theme.use(DARK)
    theme.set_zoom(150)
    leave()
    leave()
    theme.set_zoom(100)
    assert heard == [("dark", 100), ("dark", 150)]


def test_zoom_changes_fonts_and_lengths(theme: Theme) -> None:
    size = theme.fonts.body.metrics("linespace")
    length = theme.px(100)
    theme.set_zoom(200)
    assert theme.fonts.body.metrics("linespace") > 1.8 * size
    assert theme.px(100) == pytest.approx(2 * length, abs=1)


@pytest.mark.parametrize(("asked", "got"), [(10, MIN_ZOOM), (50, 50), (250, 250), (999, MAX_ZOOM)])
def test_zoom_has_bounds(theme: Theme, asked: int, got: int) -> None:
    theme.set_zoom(asked)
    assert theme.zoom == got


def test_a_switch_takes_less_than_100_ms(root: tk.Tk, theme: Theme) -> None:
    # Processor time: how busy the machine is with other things is not the question.
    for number in range(100):
        ttk.Button(root, text=str(number)).grid(row=number // 10, column=number % 10)
    show(root)
    theme.use(DARK)
    took = []
    for palette in (LIGHT, DARK, LIGHT, DARK, LIGHT):
        began = time.process_time()
        theme.use(palette)
        root.update()
        took.append(time.process_time() - began)
    assert min(took) < 0.1


def test_two_themes_on_one_root_do_not_collide(root: tk.Tk, theme: Theme) -> None:
    other = Theme(root, DARK)
    assert other.fonts.body.name != theme.fonts.body.name


def test_the_dropped_list_of_a_combobox_follows(root: tk.Tk, theme: Theme) -> None:
    box = ttk.Combobox(root, values=["a", "b"])
    box.pack()
    show(box)
    root.tk.call("ttk::combobox::Post", box)
    root.update()
    theme.use(DARK)
    assert root.tk.call(f"{box}.popdown.f.l", "cget", "-background") == DARK.surface
    root.tk.call("ttk::combobox::Unpost", box)


def test_windows_opened_later_have_the_colour(root: tk.Tk, theme: Theme) -> None:
    theme.use(DARK)
    assert str(tk.Toplevel(root).cget("background")) == DARK.window


@pytest.mark.parametrize(
    ("hour", "twelve", "twenty_four"),
    [(0, "12:05 AM", "00:05"), (9, "9:05 AM", "09:05"), (12, "12:05 PM", "12:05"),
     (23, "11:05 PM", "23:05")],
)  # fmt: skip
def test_the_clock_counts_as_asked(theme: Theme, hour: int, twelve: str, twenty_four: str) -> None:
    at = datetime(2026, 11, 21, hour, 5).astimezone()
    assert theme.clock(at) == twenty_four
    theme.set_taste(compact=False, hours=12, family="")
    assert theme.clock(at) == twelve


def test_subscribers_hear_of_a_change_of_taste(theme: Theme) -> None:
    heard: list[tuple[bool, str]] = []
    theme.subscribe(lambda: heard.append((theme.compact, theme.fonts.bold.cget("family"))))
    usual = theme.fonts.body.cget("family")
    theme.set_taste(compact=True, hours=24, family="")
    theme.set_taste(compact=True, hours=24, family="")
    theme.set_taste(compact=True, hours=24, family="DejaVu Serif")
    theme.set_taste(compact=False, hours=24, family="")
    assert heard == [(True, usual), (True, "DejaVu Serif"), (False, usual)]


def test_code_keeps_its_font(theme: Theme) -> None:
    before = theme.fonts.mono.cget("family"), theme.fonts.mono_bold.cget("family")
    theme.set_taste(compact=False, hours=24, family="DejaVu Serif")
    assert (theme.fonts.mono.cget("family"), theme.fonts.mono_bold.cget("family")) == before


def test_it_may_begin_with_a_taste(root: tk.Tk) -> None:
    theme = Theme(root, LIGHT, 100, Taste(compact=True, hours=12, family="DejaVu Serif"))
    assert theme.compact
    assert theme.fonts.title.cget("family") == "DejaVu Serif"


def test_a_switch_takes_less_than_100_ms_under_2000_messages(
    root: tk.Tk, theme: Theme, chat: MessageList
) -> None:
    messages = many(2_000)
    chat.show(messages[-100:])
    while len(messages) > 100:
        del messages[-100:]
        chat.prepend(messages[-100:])
    assert chat.drawn == 2_000
    wait_until(root, lambda: not root.tk.getboolean(root.tk.call(chat.text, "pendingsync")), 30)

    def seconds(change: Callable[[], None]) -> float:
        began = time.process_time()
        change()
        root.update()
        return time.process_time() - began

    palettes = [seconds(partial(theme.use, palette)) for palette in (DARK, LIGHT) * 3]
    zooms = [seconds(partial(theme.set_zoom, zoom)) for zoom in (110, 100) * 3]
    assert min(palettes) < 0.1
    assert min(zooms) < 0.1
