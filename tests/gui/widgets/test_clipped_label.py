"""What does not fit says so."""

import tkinter as tk
from tkinter import ttk

from tests.gui.driving import text_of, wait_until
from tkchat.gui.look.theme import Theme
from tkchat.gui.widgets.clipped_label import ClippedLabel, clip

TEXT = "Connected to 192.168.1.20:12345 · not encrypted"


def test_text_that_fits_is_whole(theme: Theme) -> None:
    font = theme.fonts.small
    assert clip(TEXT, font, font.measure(TEXT)) == TEXT


def test_what_is_left_fits_and_ends_in_an_ellipsis(theme: Theme) -> None:
    font = theme.fonts.small
    for width in range(font.measure("…"), font.measure(TEXT)):
        clipped = clip(TEXT, font, width)
        assert clipped.endswith("…")
        assert font.measure(clipped) <= width


def test_the_label_follows_its_room(root: tk.Tk, theme: Theme) -> None:
    label = ClippedLabel(root, theme)
    label.pack(fill="x")
    label.show(TEXT)
    root.geometry("150x100")
    wait_until(root, lambda: text_of(label).endswith("…"))
    root.geometry("700x100")
    wait_until(root, lambda: text_of(label) == TEXT)


def test_the_ellipsis_is_whole(root: tk.Tk, theme: Theme) -> None:
    label = ClippedLabel(root, theme)
    label.pack(fill="x")
    label.show(TEXT)
    free = ttk.Label(root, style="Muted.TLabel")
    for width in range(150, 190):
        root.geometry(f"{width}x100")
        wait_until(root, lambda width=width: label.winfo_width() == width)  # type: ignore[misc]  # a lambda's default has no type
        free.configure(text=text_of(label))
        assert free.winfo_reqwidth() <= width
