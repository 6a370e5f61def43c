"""The program's own picture, in windows and as their icon."""

import tkinter as tk

from tkchat.desktop import icon
from tkchat.gui.look.elements import to_photo
from tkchat.gui.look.theme import Theme

_TITLE_BAR_SIZES = (16, 32, 48, 128)


class AppIcon:
    """The program's icon inside a window, redrawn when the zoom changes."""

    def __init__(self, master: tk.Misc, theme: Theme, size: int) -> None:
        self._master = master
        self._theme = theme
        self._size = size
        self._photo: tk.PhotoImage | None = None

    def photo(self) -> tk.PhotoImage:
        """Return the picture for the present zoom; to be kept no longer than this object."""
        pixels = self._theme.px(self._size)
        if self._photo is None or self._photo.width() != pixels:
            self._photo = to_photo(self._master, icon.draw(pixels))
        return self._photo


def set_window_icons(root: tk.Tk, *windows: tk.Toplevel) -> list[tk.PhotoImage]:
    """Give ``root``, these and all later windows the icon; the pictures are to be kept."""
    photos = [to_photo(root, icon.draw(size)) for size in _TITLE_BAR_SIZES]
    root.iconphoto(True, *photos)
    for window in windows:
        window.iconphoto(False, *photos)
    return photos
