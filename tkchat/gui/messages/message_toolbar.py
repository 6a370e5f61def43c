"""A few buttons at the corner of the message under the pointer: react, reply, and all the rest."""

import tkinter as tk
from collections.abc import Callable
from tkinter import ttk

from PIL import Image, ImageDraw

from tkchat.client.message import Message
from tkchat.gui.emoji.emoji_button import face
from tkchat.gui.look.elements import CLEAR, to_photo
from tkchat.gui.look.style_kit import around_label
from tkchat.gui.look.theme import Theme
from tkchat.gui.messages.message_clicks import MessageClicks
from tkchat.gui.messages.message_menu import Deed, Deeds, MessageMenu
from tkchat.gui.messages.message_tags import POINTED
from tkchat.gui.widgets.inside import is_inside
from tkchat.gui.widgets.tooltip import explain
from tkchat.i18n import tr

WATCH_MS = 100  #: how often it looks whether its message has moved away under it
_STYLE = "Message.Tool.TButton"
_ICON = 18  # of 96 dpi, like all sizes here
_RIGHT = 20
_FINER = 4  # Pillow draws without antialiasing: draw larger, then shrink
_PRESSED = 0x100  # in a key event's state: the first button is down


class MessageToolbar:
    """Lies over the upper right corner of a message, and moves nothing. Only for the mouse.

    The message has another ground meanwhile.
    What it offers is in the context menu too, which has keys.
    """

    def __init__(
        self,
        text: tk.Text,
        theme: Theme,
        clicks: MessageClicks,
        deeds: Deeds,
        menu: MessageMenu,
    ) -> None:
        self._text = text
        self._theme = theme
        self._clicks = clicks
        self._deeds = deeds
        self._menu = menu
        self._message: Message | None = None
        self._line = ""  # that the pointer was on last
        self._top = 0
        self._watch = ""
        self._photos: list[tk.PhotoImage] = []
        self.frame = tk.Frame(text, cursor="arrow")
        self._inner = tk.Frame(self.frame)
        self._inner.pack(padx=1, pady=1)
        self.buttons = {
            Deed.REACT: self._button(tr("React"), self._react),
            Deed.REPLY: self._button(tr("Reply"), self._reply),
            None: self._button(tr("More"), self._more),
        }
        text.bind("<Motion>", self._moved, add=True)
        for widget in (text, self.frame):
            widget.bind("<Leave>", self._left, add=True)
        for sequence in ("<MouseWheel>", "<Button>", "<Key>"):
            text.bind(sequence, lambda _event: self.hide(), add=True)
        menu.menu.panel.bind("<Map>", lambda _event: self.hide(), add=True)
        unsubscribe = theme.subscribe(self._restyle)
        self.frame.bind("<Destroy>", lambda event: self._on_destroy(event, unsubscribe))
        self._restyle()

    @property
    def message(self) -> Message | None:
        """The message that it is about; None while it is not to be seen."""
        return self._message

    def hide(self) -> None:
        """Take it away until the pointer comes to another line."""
        self._stop_watching()
        if self._message is not None:
            self._message = None
            self._text.tag_remove(POINTED, "1.0", "end")
            self.frame.place_forget()

    def _moved(self, event: "tk.Event[tk.Misc]") -> None:
        if int(event.state) & _PRESSED:  # something is being selected
            self.hide()
            return
        place = self._text.index(f"@{event.x},{event.y}")
        line = place.split(".")[0]
        if line == self._line and self._message is not None:
            return
        self._line = line
        message = self._clicks.message_at(place)
        if message is not None and message is self._message:
            return
        self.hide()
        box = self._text.dlineinfo("end-1c")
        is_below = box is not None and event.y > box[1] + box[3]
        if message is not None and not is_below and self._deeds.allowed(message):
            self._show(message, *self._clicks.span_of(place))

    def _show(self, message: Message, beginning: str, end: str) -> None:
        allowed = self._deeds.allowed(message)
        for deed, button in self.buttons.items():
            button.pack_forget()
            if deed is None or deed in allowed:
                button.pack(side="left")
        self._message = message
        self.frame.update_idletasks()  # only then does it know its height
        box = self._text.dlineinfo(beginning)
        self._top = box[1] if box else 0
        self._text.tag_add(POINTED, beginning, end)
        self._text.mark_set("toolbar", beginning)
        self._text.mark_gravity("toolbar", "left")
        y = max(self._top - self.frame.winfo_reqheight() // 3, 2)
        self.frame.place(relx=1.0, x=-self._theme.px(_RIGHT), y=y, anchor="ne")
        self._watch = self._text.after(WATCH_MS, self._look)

    def _look(self) -> None:
        """Hide when the message is elsewhere, or is drawn no more: it was scrolled, or replaced."""
        self._watch = self._text.after(WATCH_MS, self._look)
        box = self._text.dlineinfo("toolbar")
        now = self._clicks.message_at("toolbar")
        is_there = now is not None and self._message is not None and now.key == self._message.key
        if not is_there or (box[1] if box else 0) != self._top:
            self.hide()
        elif not self._text.tag_ranges(POINTED):  # it was drawn anew
            self._text.tag_add(POINTED, *self._clicks.span_of("toolbar"))

    def _left(self, _event: object) -> None:
        x, y = self._text.winfo_pointerxy()
        call = self._text.tk.call
        under = str(call("winfo", "containing", x, y))
        is_elsewhere = under != str(self._text) and not is_inside(under, self.frame)
        if is_elsewhere or call("grab", "current", self._text):  # by a menu, for one
            self.hide()
            self._line = ""

    def _react(self) -> None:
        message, more = self._message, self._deeds.more
        if message is not None and more is not None:
            more(message, self.frame)
        elif message is not None:
            self._more()

    def _reply(self) -> None:
        if self._message is not None:
            self._deeds.do(Deed.REPLY, self._message)
            self.hide()

    def _more(self) -> None:
        button = self.buttons[None]
        right = button.winfo_rootx() + button.winfo_width()
        below = button.winfo_rooty() + button.winfo_height()
        self._menu.post("toolbar", right, below, "ne", button.winfo_height())
        self.hide()

    def _button(self, words: str, command: Callable[[], None]) -> ttk.Button:
        button = ttk.Button(self._inner, style=_STYLE, command=command, takefocus=False)
        explain(button, self._theme, lambda: words)
        return button

    def _restyle(self) -> None:
        palette, px = self._theme.palette, self._theme.px
        style = ttk.Style(self._text)
        style.layout(_STYLE, around_label("Button.border", "Button"))
        style.configure(
            _STYLE, background=palette.surface, padding=px(5), borderwidth=0, relief="flat"
        )
        style.map(_STYLE, background=[("pressed", palette.pressed), ("active", palette.hover)])
        self.frame.configure(background=palette.line)
        self._inner.configure(background=palette.surface)
        icons = {Deed.REACT: face, Deed.REPLY: _arrow, None: _dots}
        photos = {
            deed: [to_photo(self._text, draw(px(_ICON), colour)) for colour in _inks(self._theme)]
            for deed, draw in icons.items()
        }
        for deed, (quiet, lively) in photos.items():
            self.buttons[deed]["image"] = (quiet, "active", lively)
        self._photos = [photo for pair in photos.values() for photo in pair]
        self.hide()

    def _stop_watching(self) -> None:
        if self._watch:
            self._text.after_cancel(self._watch)
            self._watch = ""

    def _on_destroy(self, event: "tk.Event[tk.Misc]", unsubscribe: Callable[[], None]) -> None:
        if event.widget is self.frame:
            unsubscribe()
            self._stop_watching()


def _inks(theme: Theme) -> tuple[str, str]:
    return theme.palette.muted, theme.palette.text


def _arrow(size: int, colour: str) -> Image.Image:
    """Return an arrow that turns back to the left, ``size`` pixels across."""
    big = size * _FINER
    thick = max(round(big * 0.08), 1)
    image = Image.new("RGBA", (big, big), CLEAR)
    draw = ImageDraw.Draw(image)
    head = [(0.40, 0.20), (0.14, 0.46), (0.40, 0.72)]
    draw.line([(x * big, y * big) for x, y in head], fill=colour, width=thick, joint="curve")
    draw.line((0.16 * big, 0.46 * big, 0.60 * big, 0.46 * big), fill=colour, width=thick)
    draw.arc((0.34 * big, 0.46 * big - thick / 2, 0.86 * big, 0.98 * big), 270, 360, colour, thick)
    draw.line(
        (0.86 * big - thick / 2, 0.71 * big, 0.86 * big - thick / 2, 0.82 * big), colour, thick
    )
    return image.resize((size, size), Image.Resampling.BOX)


def _dots(size: int, colour: str) -> Image.Image:
    """Return three dots in a row, ``size`` pixels across."""
    big = size * _FINER
    image = Image.new("RGBA", (big, big), CLEAR)
    draw = ImageDraw.Draw(image)
    radius = 0.075 * big
    for x in (0.22, 0.5, 0.78):
        middle = x * big
        box = (middle - radius, big / 2 - radius, middle + radius, big / 2 + radius)
        draw.ellipse(box, fill=colour)
    return image.resize((size, size), Image.Resampling.BOX)
