"""A window beside the chat: settings, the sheet of keys."""

import tkinter as tk

from tkchat.gui.look.theme import Theme
from tkchat.gui.widgets.keyboard import keyboard_holder


class SideWindow(tk.Toplevel):
    """A window over ``over`` that goes with it and blocks nothing; Escape closes it.

    Built unseen: `show` puts it on the screen once it is filled.
    """

    def __init__(self, over: tk.Misc, theme: Theme, title: str) -> None:
        super().__init__(over, class_="Tkchat")
        self.withdraw()
        self.title(title)
        self.configure(background=theme.palette.window)  # of which the theme knows from now on
        self.theme = theme
        self._over = over.winfo_toplevel()
        self._first: tk.Misc = self
        self.bind("<Escape>", lambda _: self.close())
        self.protocol("WM_DELETE_WINDOW", self.close)

    def show(self, focus: tk.Misc, size: tuple[int, int] = (0, 0)) -> None:
        """Put the window over the other one, as large as it wants to be or the screen allows.

        ``size`` is in pixels; 0 for what the contents need.
        """
        self._first = focus
        self.update_idletasks()
        over = self._over
        width, height = self._on_this_screen(*size)
        if over.winfo_viewable():
            self.transient(over)
            x = over.winfo_rootx() + (over.winfo_width() - width) // 2
            y = over.winfo_rooty() + (over.winfo_height() - height) // 3
        else:
            x, y = (
                (self.winfo_screenwidth() - width) // 2,
                (self.winfo_screenheight() - height) // 3,
            )
        self._put_at(width, height, x, y)
        # It cannot have the keyboard before it is to be seen, and waiting would let events in.
        self.bind("<Visibility>", self._on_first_sight)
        self.deiconify()
        self.lift()

    def resize(self, size: tuple[int, int]) -> None:
        """Have another size, in pixels, as far as the screen reaches from where the window is."""
        width, height = self._on_this_screen(*size)
        width = min(width, max(self.winfo_screenwidth() - self.winfo_rootx(), self.winfo_width()))
        below = self.winfo_screenheight() - self.winfo_rooty()
        height = min(height, max(below, self.winfo_height()))
        self.geometry(f"{width}x{height}")  # no place: a window manager may add its frame to it

    def _on_this_screen(self, width: int, height: int) -> tuple[int, int]:
        return (
            min(width or self.winfo_reqwidth(), self.winfo_screenwidth()),
            min(height or self.winfo_reqheight(), self.winfo_screenheight()),
        )

    def _put_at(self, width: int, height: int, x: int, y: int) -> None:
        x = max(min(x, self.winfo_screenwidth() - width), 0)
        y = max(min(y, self.winfo_screenheight() - height), 0)
        self.geometry(f"{width}x{height}+{x}+{y}")

    def take_keyboard(self) -> None:
        """Come to the front: the person has asked for this window again."""
        self.deiconify()
        self.lift()
        (self.focus_lastfor() or self._first).focus_force()

    def close(self) -> None:
        """Close it, and give the keyboard back."""
        over = self._over
        had_it = bool(keyboard_holder(self))
        self.destroy()
        if had_it and over.winfo_viewable():
            (over.focus_lastfor() or over).focus_force()

    def _on_first_sight(self, event: "tk.Event[tk.Misc]") -> None:
        if event.widget is self:
            self.unbind("<Visibility>")
            self._first.focus_force()
