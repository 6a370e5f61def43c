"""The list above the box to write in."""

import tkinter as tk
from tkinter import ttk

import pytest

from tests.gui.canvases import texts_in
from tests.gui.driving import show, wait_until
from tkchat.client.presence import Presence, State
from tkchat.gui.emoji.emoji import Emoji
from tkchat.gui.look.palette import DARK
from tkchat.gui.look.theme import Theme
from tkchat.gui.writing.completion_popup import MAX_ROWS, CompletionPopup
from tkchat.gui.writing.offers import Offer


@pytest.fixture
def taken() -> list[str]:
    return []


@pytest.fixture
def popup(root: tk.Tk, theme: Theme, emoji: Emoji, taken: list[str]) -> CompletionPopup:
    field = ttk.Frame(root, height=30)
    field.pack(side="bottom", fill="x", padx=20, pady=10)
    show(field)
    return CompletionPopup(field, theme, emoji, lambda offer: taken.append(offer.text))


def rows(count: int) -> list[Offer]:
    return [Offer(f"@p{n} ", f"p{n}") for n in range(count)]


def texts(popup: CompletionPopup) -> list[str]:
    return texts_in(popup.canvas)


def test_it_stands_right_above_the_field(popup: CompletionPopup) -> None:
    popup.show(rows(3))
    wait_until(popup.canvas, popup.canvas.winfo_ismapped)
    assert popup._field.winfo_rootx() == popup.canvas.winfo_rootx()
    gap = popup._field.winfo_rooty() - popup.canvas.winfo_rooty() - popup.canvas.winfo_height()
    assert 0 < gap < 10
    assert popup.selected == rows(3)[0]
    popup.close()
    wait_until(popup.canvas, lambda: not popup.canvas.winfo_ismapped())
    assert popup.selected is None


def test_it_is_wide_enough_even_above_a_narrow_field(
    root: tk.Tk, theme: Theme, emoji: Emoji
) -> None:
    field = ttk.Frame(root)  # not on the screen yet
    popup = CompletionPopup(field, theme, emoji, lambda _offer: None)
    popup.show(rows(1))
    assert int(popup.canvas.place_info()["width"]) >= theme.px(100)


def test_it_scrolls_along_with_the_selection(popup: CompletionPopup) -> None:
    popup.show(rows(MAX_ROWS + 2))
    assert texts(popup) == [
        *(f"p{n}" for n in range(MAX_ROWS)),
        f"1–{MAX_ROWS} of {MAX_ROWS + 2}  ↑↓",
    ]
    popup.move(-1)
    assert popup.selected == rows(MAX_ROWS + 2)[-1]
    there = f"3–{MAX_ROWS + 2} of {MAX_ROWS + 2}  ↑↓"
    assert texts(popup) == [*(f"p{n}" for n in range(2, MAX_ROWS + 2)), there]
    popup.move(1)
    assert texts(popup)[0] == "p0"


def test_in_a_low_window_fewer_rows_are_shown(popup: CompletionPopup, root: tk.Tk) -> None:
    root.geometry("600x200")
    wait_until(root, lambda: root.winfo_height() == 200)
    popup.show(rows(MAX_ROWS))
    wait_until(root, popup.canvas.winfo_ismapped)
    wait_until(root, lambda: popup.canvas.winfo_height() > 1)
    assert popup.canvas.winfo_rooty() >= root.winfo_rooty()
    shown = texts(popup)
    assert shown[-1] == f"1–{len(shown) - 1} of {MAX_ROWS}  ↑↓"
    popup.move(-1)
    assert f"p{MAX_ROWS - 1}" in texts(popup)


def test_what_does_not_fit_is_cut(popup: CompletionPopup) -> None:
    popup.show(
        [
            Offer("@bob ", "bob", "x" * 500, is_person=True, presence=Presence(State.BUSY)),
            Offer("@eve ", "y" * 500, "never seen"),
            Offer("🎉", ":tada:", emoji="🎉"),
        ]
    )
    shown = texts(popup)
    assert shown[0] == "bob"
    assert shown[1].endswith("x…")
    assert shown[2].endswith("y…")
    assert shown[3] == ":tada:"


def test_the_pointer_selects_and_clicks(popup: CompletionPopup, taken: list[str]) -> None:
    popup.show(rows(4))
    wait_until(popup.canvas, popup.canvas.winfo_ismapped)
    y = popup.canvas.winfo_height() - 12
    popup.canvas.event_generate("<Motion>", x=30, y=y)
    assert popup.selected == rows(4)[3]
    popup.canvas.event_generate("<Button-1>", x=30, y=y)
    assert taken == ["@p3 "]
    popup.canvas.event_generate("<Button-1>", x=30, y=1)
    assert taken == ["@p3 "]
    popup.canvas.event_generate("<Button-4>")
    assert popup.selected == rows(4)[2]


def test_it_follows_theme_and_zoom(popup: CompletionPopup, theme: Theme) -> None:
    popup.show(rows(2))
    wait_until(popup.canvas, popup.canvas.winfo_ismapped)
    height = popup.canvas.winfo_height()
    theme.use(DARK)
    theme.set_zoom(175)
    wait_until(popup.canvas, lambda: popup.canvas.winfo_height() > 1.5 * height)
    assert popup.canvas.cget("background") == DARK.surface
    popup.canvas.destroy()
    theme.set_zoom(100)
