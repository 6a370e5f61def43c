"""Shows how others join the chat: a code to read aloud, a picture for a camera, the address."""

import tkinter as tk
from functools import partial
from tkinter import ttk

from tkchat.client.ways_in import Obstacle, WayIn, WaysIn
from tkchat.gui.emoji.emoji import Emoji
from tkchat.gui.invite.qr_picture import qr_photo
from tkchat.gui.look.theme import Theme
from tkchat.gui.messages.text_copy import copy
from tkchat.gui.widgets.form import CAPTION_WIDTH, FIELD_WIDTH, Form
from tkchat.gui.widgets.keyboard import keyboard_holder
from tkchat.gui.widgets.scrolled import ScrolledFrame
from tkchat.gui.widgets.side_window import SideWindow
from tkchat.i18n import tr
from tkchat.net.identity import words
from tkchat.wire.join_code import JoinCode, encode, link

QR_SIZE = 190  # of 96 dpi, like all sizes here
EDGE = 28
GROUPS_IN_LINE = 4  #: of a code's groups of four characters
WAIT_MS = 300
COPIED_MS = 1_500  #: so long a button says that it has copied
CODE_GROWTH = 1.6  #: how much larger a code is than other text


class InviteWindow(SideWindow):
    """Says that it looks for the ways in, until it is told them; as a rule that is at once.

    It comes to the screen after `WAIT_MS`, unless `open` puts it there before.
    """

    def __init__(self, over: tk.Misc, theme: Theme, emoji: Emoji) -> None:
        super().__init__(over, theme, tr("Invite people"))
        self._emoji = emoji
        self._ways = WaysIn()
        self._chosen = 0
        self._said = tr("Looking for the ways into this chat…")
        self._is_open = False
        self._code_font = theme.fonts.mono_bold.copy()
        self._qr: tk.PhotoImage | None = None
        self.columnconfigure(0, weight=1)
        self.rowconfigure(0, weight=1)
        self._frame = ScrolledFrame(self, theme)  # a large code may not fit a small screen
        self._frame.grid(sticky="nsew")
        self._frame.inner.columnconfigure(0, weight=1)
        self._content = ttk.Frame(self._frame.inner)
        self.buttons: dict[str, ttk.Button] = {}  #: by what they copy: code, link, address, words
        self._draw()
        self._due = ""
        self._open_due = self.after(WAIT_MS, self.open)
        self._unsubscribe = theme.subscribe(self._redraw_soon)
        self.bind("<Destroy>", self._on_destroy)

    def open(self) -> None:
        """Put it on the screen, unless it is there."""
        if not self._is_open:
            self._is_open = True
            self.after_cancel(self._open_due)
            self._open_due = ""
            self.show(next(iter(self.buttons.values()), self))

    def show_ways(self, ways: WaysIn) -> None:
        """Show these ways in, the first of them chosen."""
        self._ways, self._chosen = ways, 0
        self._said = "" if ways.obstacle is None else obstacle_text(ways.obstacle)
        self._redraw()

    def show_problem(self, text: str) -> None:
        """Say why the ways in are not known."""
        self._said = text
        self._redraw()

    def _redraw_soon(self) -> None:
        # Not now: what is in it is being told of the new look, too, and must be there for that.
        if not self._due:
            self._due = self.after_idle(self._redraw)

    def _redraw(self) -> None:
        self._due = ""
        had_keyboard = bool(keyboard_holder(self))
        self._draw()
        if self._is_open:
            self.update_idletasks()
            self.resize((self.winfo_reqwidth(), self.winfo_reqheight()))
            if had_keyboard:
                next(iter(self.buttons.values()), self).focus_force()

    def _draw(self) -> None:
        px = self.theme.px
        self._content.destroy()
        self.buttons.clear()
        edges = (px(EDGE), px(22), px(EDGE), px(12))
        content = self._content = ttk.Frame(self._frame.inner, padding=edges)
        content.grid(sticky="nsew")
        content.columnconfigure(0, weight=1)
        title = ttk.Label(content, text=tr("Invite people"), style="Title.TLabel")
        title.grid(sticky="w", pady=(0, px(8)))
        way = self._ways.ways[self._chosen] if self._ways.ways else None
        if self._said:
            self._say(content, self._said)
        if way is not None:
            if way.code is not None:
                self._draw_code(content, way.code)
            self._form(content, way)

    def _on_destroy(self, event: "tk.Event[tk.Misc]") -> None:
        if event.widget is self:
            self._unsubscribe()
            for due in filter(None, (self._due, self._open_due)):
                self.after_cancel(due)

    def _say(self, parent: ttk.Frame, text: str, style: str = "TLabel") -> None:
        px = self.theme.px
        label = ttk.Label(
            parent, text=self._emoji.plain(text), style=style, justify="left",
            wraplength=px(CAPTION_WIDTH + FIELD_WIDTH),
        )  # fmt: skip
        label.grid(sticky="w", pady=(0, px(16)))

    def _draw_code(self, parent: ttk.Frame, join_code: JoinCode) -> None:
        px = self.theme.px
        code, address = encode(join_code), link(join_code)
        said = tr(
            "Others type or paste this code into tkchat. It also proves that it is this chat."
        )
        self._say(parent, said, "Muted.TLabel")
        frame = ttk.Frame(parent)
        frame.grid(sticky="ew", pady=(0, px(18)))
        frame.columnconfigure(1, weight=1)
        self._qr = qr_photo(self, address, px(QR_SIZE))
        picture = tk.Label(frame, image=self._qr, borderwidth=0, highlightthickness=0)
        picture.grid(row=0, column=0, rowspan=3, sticky="nw", padx=(0, px(20)))
        size = round(int(self.theme.fonts.body.cget("size")) * CODE_GROWTH)
        self._code_font.configure(size=size, family=self.theme.fonts.mono_bold.cget("family"))
        shown = ttk.Label(frame, text=in_lines(code), font=self._code_font, justify="left")
        shown.grid(row=0, column=1, sticky="w")
        hint = ttk.Label(
            frame, style="Muted.TLabel", justify="left", wraplength=px(300),
            text=tr("To read it aloud: letters may be small, hyphens are left out, 0 is never O."),
        )  # fmt: skip
        hint.grid(row=1, column=1, sticky="w", pady=(px(6), px(12)))
        row = ttk.Frame(frame)
        row.grid(row=2, column=1, sticky="sw")
        self._button("code", row, tr("Copy the code"), code, "Accent.TButton")
        self._button("link", row, tr("Copy the link"), address)

    def _form(self, parent: ttk.Frame, way: WayIn) -> None:
        form = Form(parent, self.theme)
        form.grid(sticky="ew")
        if len(self._ways.ways) > 1:
            options = [(str(at), str(each.address)) for at, each in enumerate(self._ways.ways)]
            form.choices(tr("Network"), options, str(self._chosen), self._choose)
            form.explain(tr("This computer has several addresses. Take the one of their network."))
        address = str(way.address)
        self._line(form, "address", tr("Address"), address)
        form.explain(tr("For other programs, and where nobody can copy a code."))
        if self._ways.fingerprint:
            self._line(form, "words", tr("Key in words"), words(self._ways.fingerprint))
            form.explain(
                tr("Whoever joined by the address alone compares these words with theirs.")
            )
        self._note = form.explain("")

    def _line(self, form: Form, name: str, caption: str, text: str) -> None:
        row = form.row(caption)
        shown = ttk.Label(row, text=self._emoji.plain(text))
        shown.grid(row=0, column=0, sticky="w")
        inner = ttk.Frame(row)
        inner.grid(row=0, column=1, sticky="e", padx=(self.theme.px(12), 0))
        self._button(name, inner, tr("Copy"), text)

    def _button(
        self, name: str, row: ttk.Frame, text: str, copied: str, style: str = "TButton"
    ) -> None:
        button = ttk.Button(row, text=text, style=style, command=partial(self._copy, name, copied))
        button.bind("<Return>", lambda event: event.widget.invoke())
        button.grid(row=0, column=len(row.winfo_children()) - 1, padx=(0, self.theme.px(8)))
        self.buttons[name] = button

    def _copy(self, name: str, text: str) -> None:
        copy(self, text)
        button = self.buttons[name]
        before = str(button.cget("text"))
        if before != tr("Copied"):
            button.configure(text=tr("Copied"))
            due = button.after(COPIED_MS, lambda: button.configure(text=before))
            button.bind("<Destroy>", lambda _event: button.after_cancel(due))

    def _choose(self, value: str) -> None:
        self._chosen = int(value)
        self._redraw()


def in_lines(code: str) -> str:
    """Return a code as it is read aloud: its groups apart, and few of them in a line."""
    groups = code.split("-")
    lines = [groups[at : at + GROUPS_IN_LINE] for at in range(0, len(groups), GROUPS_IN_LINE)]
    return "\n".join("  ".join(line) for line in lines)


def obstacle_text(obstacle: Obstacle) -> str:
    """Return why there is no code, and what to do."""
    match obstacle:
        case Obstacle.NO_NETWORK:
            return tr(
                "This computer is in no network, so nobody can reach it. Connect it to the network "
                "that the others are in, and open this window again."
            )
        case Obstacle.ONLY_HERE:
            return tr(
                "The host of this chat listens on this computer alone. To let others in, start it "
                "for the whole network: tkchat-server --host 0.0.0.0, or Host and join in tkchat."
            )
        case Obstacle.NOT_ENCRYPTED:
            return tr(
                "This chat is not encrypted, so no code can prove that it is the right one. Others "
                "join with the address, and anybody in the network may read along."
            )
        case Obstacle.UNKNOWN_ADDRESS:
            return tr(
                "Nobody knows which number the host's name stands for just now, so there is no "
                "code. Others join with the address, and compare the words."
            )
