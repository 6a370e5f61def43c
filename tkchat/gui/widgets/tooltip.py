"""A few words beside the pointer, which never take the keyboard from anybody."""

import tkinter as tk
from collections.abc import Callable

from tkchat.gui.look.theme import Theme
from tkchat.gui.widgets.inside import is_inside

DELAY_MS = 600  # the pointer rests so long before anything comes up
WIDEST = 360  # of 96 dpi; longer texts are wrapped
_BELOW = 18  # of 96 dpi: so far from the pointer, which would cover it


class Tooltip:
    """One small window of words over ``widget``'s window. Only for Tk's thread.

    It goes when the widget does, and at the next key or click in its window.
    """

    def __init__(self, widget: tk.Misc, theme: Theme) -> None:
        self._widget = widget
        self._theme = theme
        self._due = ""
        self._panel: tk.Toplevel | None = None
        self._label: tk.Label | None = None
        for sequence in ("<Leave>", "<Button>", "<MouseWheel>", "<Key>", "<Unmap>"):
            widget.bind(sequence, lambda _event: self.hide(), add=True)
        widget.bind("<Destroy>", self._on_destroy, add=True)

    @property
    def text(self) -> str:
        """What is on the screen now; empty for nothing."""
        shown = self._panel is not None and self._panel.winfo_viewable()
        return str(self._label.cget("text")) if shown and self._label is not None else ""

    def show(self, text: str, x_root: int, y_root: int) -> None:
        """Show ``text`` near a point of the screen; empty: nothing.

        A text that came from others must have passed `Emoji.plain`.
        """
        self.hide()
        if not text:
            return
        panel, label = self._made()
        palette, px = self._theme.palette, self._theme.px
        panel.configure(background=palette.line)
        label.configure(
            text=text,
            background=palette.surface,
            foreground=palette.text,
            font=self._theme.fonts.small,
            wraplength=px(WIDEST),
            padx=px(8),
            pady=px(5),
        )
        label.pack_configure(padx=max(px(1), 1), pady=max(px(1), 1))
        panel.update_idletasks()  # only then does it know its size
        panel.geometry("+{}+{}".format(*self._place(panel, x_root, y_root)))
        panel.deiconify()
        panel.lift()

    def show_soon(self, text: Callable[[], str]) -> None:
        """Show what ``text`` returns by then, where the pointer is by then, after a while."""
        self.hide()
        self._due = self._widget.after(DELAY_MS, self._show_due, text)

    def hide(self) -> None:
        """Take it away, or do not show it after all."""
        if self._due:
            self._widget.after_cancel(self._due)
            self._due = ""
        if self._panel is not None and self._panel.winfo_exists():
            self._panel.withdraw()

    def _show_due(self, text: Callable[[], str]) -> None:
        self._due = ""
        holder = self._widget.tk.call("grab", "current", self._widget)
        if not holder or is_inside(self._widget, holder):  # else a menu is open, or a question
            self.show(text(), *self._widget.winfo_pointerxy())

    def _made(self) -> tuple[tk.Toplevel, tk.Label]:
        """Return the window, made when it is first needed: most are never."""
        if self._panel is None or self._label is None:
            self._panel = tk.Toplevel(self._widget)
            self._panel.withdraw()
            self._panel.wm_overrideredirect(True)
            if self._widget.tk.call("tk", "windowingsystem") == "aqua":  # else it is given a frame
                style = "::tk::unsupported::MacWindowStyle"
                self._widget.tk.call(style, "style", self._panel, "help", "noActivates")
            self._label = tk.Label(self._panel, justify="left", anchor="w", takefocus=False)
            self._label.pack()
        return self._panel, self._label

    def _place(self, panel: tk.Toplevel, x: int, y: int) -> tuple[int, int]:
        """Return where it is wholly on the screen and not under the pointer."""
        away, width, height = (
            self._theme.px(_BELOW),
            panel.winfo_reqwidth(),
            panel.winfo_reqheight(),
        )
        left = max(min(x, panel.winfo_screenwidth() - width), 0)
        below = y + away
        fits = below + height <= panel.winfo_screenheight()
        return left, below if fits else max(y - height - away // 2, 0)

    def _on_destroy(self, event: "tk.Event[tk.Misc]") -> None:
        if event.widget is self._widget and self._due:
            self._widget.after_cancel(self._due)
            self._due = ""


def explain(widget: tk.Misc, theme: Theme, text: Callable[[], str]) -> Tooltip:
    """Let ``widget`` say what ``text`` returns when the pointer rests on it."""
    tip = Tooltip(widget, theme)
    widget.bind("<Enter>", lambda _event: tip.show_soon(text), add=True)
    return tip
