"""The program's picture in windows."""

import tkinter as tk

from tkchat.gui.look.icons import AppIcon, set_window_icons
from tkchat.gui.look.theme import Theme


def test_the_icon_follows_the_zoom(root: tk.Tk, theme: Theme) -> None:
    icon = AppIcon(root, theme, 48)
    assert icon.photo().width() == theme.px(48)
    assert icon.photo() is icon.photo()
    theme.set_zoom(200)
    assert icon.photo().width() == theme.px(48)


def test_windows_get_every_size(root: tk.Tk) -> None:
    assert [photo.width() for photo in set_window_icons(root)] == [16, 32, 48, 128]
