"""The login dialog: a name, and where."""

import tkinter as tk
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import Enum
from tkinter import ttk

from tkchat.gui.emoji.emoji import Emoji
from tkchat.gui.look.icons import AppIcon
from tkchat.gui.look.theme import Theme
from tkchat.gui.widgets.plain_entry import keep_plain
from tkchat.i18n import tr
from tkchat.net.address import Address, parse_address
from tkchat.wire.names import BadName, check_name

WIDTH = 440  # of 96 dpi


class Field(Enum):
    """The part of the dialog that a problem belongs to."""

    NAME = "name"
    WHERE = "where"


@dataclass(frozen=True, slots=True)
class Choice:
    """What was filled in: a name, and an address to join or None to host here."""

    name: str
    address: Address | None


class LoginDialog(tk.Toplevel):
    """Asks for a username and a place; says what is wrong under the field that it is about.

    ``on_join`` is called with the choice, and whoever is called then either closes the dialog or
    calls `show_problem`. ``on_cancel`` is called while that is under way, ``on_close`` otherwise,
    and ``on_screen`` once it is there to be seen.
    """

    def __init__(
        self,
        root: tk.Misc,
        theme: Theme,
        emoji: Emoji,
        *,
        on_join: Callable[[Choice], None],
        on_cancel: Callable[[], None],
        on_close: Callable[[], None],
        on_screen: Callable[[], None] = lambda: None,
    ) -> None:
        super().__init__(root, class_="Tkchat")
        self.withdraw()
        self.title("tkchat")
        self.resizable(width=False, height=False)
        self._theme = theme
        self._emoji = emoji
        self._on_join = on_join
        self._on_cancel = on_cancel
        self._on_close = on_close
        self._on_screen = on_screen
        self._busy = False
        self.touched = False  #: whether the person has chosen a place themselves
        self._user = tk.StringVar(self)
        self._host_here = tk.BooleanVar(self, value=True)
        self._address = tk.StringVar(self)
        self._icon = AppIcon(self, theme, 48)
        self._build()
        self._unsubscribe = theme.subscribe(self._restyle)
        self.bind("<Destroy>", self._on_destroy)
        self.bind("<Visibility>", self._on_visible)
        self.bind("<Return>", lambda _: self._press_return())
        self.bind("<KP_Enter>", lambda _: self._press_return())
        self.bind("<Escape>", lambda _: self._press_cancel())
        self.protocol("WM_DELETE_WINDOW", self._press_close)
        self._restyle()

    def fill(self, name: str, recent: Sequence[str], *, host_here: bool) -> None:
        """Fill in what was chosen the last time."""
        plain = [self._emoji.plain(address) for address in recent]
        self._user.set(self._emoji.plain(name))
        self._where.configure(values=plain)
        if plain:
            self._address.set(plain[0])
        self._host_here.set(host_here)
        self._show_place()

    def prefer_joining(self, address: str) -> None:
        """Offer to join ``address``, unless the person has chosen a place already."""
        if not self.touched and not self._busy:
            self._address.set(self._emoji.plain(address))
            self._host_here.set(False)
            self._show_place()

    def show(self) -> None:
        """Put the dialog in the middle of the screen, ready for typing."""
        self.update_idletasks()
        x = (self.winfo_screenwidth() - self.winfo_reqwidth()) // 2
        y = (self.winfo_screenheight() - self.winfo_reqheight()) // 3
        self.geometry(f"+{max(x, 0)}+{max(y, 0)}")
        self.deiconify()
        self.lift()
        self._user_entry.selection_range(0, "end")
        self._user_entry.icursor("end")

    def show_busy(self, what: str) -> None:
        """Say what is under way; until `show_problem` only Cancel does anything."""
        self._busy = True
        self._clear_problems()
        self._status.configure(text=self._emoji.plain(what))
        self._set_enabled(enabled=False)
        self._give_keyboard(self._cancel)

    def show_idle(self) -> None:
        """Take up again after something was called off."""
        self._busy = False
        self._status.configure(text="")
        self._set_enabled(enabled=True)
        self._give_keyboard(self._user_entry)

    def show_problem(self, field: Field, text: str) -> None:
        """Say under ``field`` what is wrong; all that was typed stays."""
        self.show_idle()
        label, entry = self._parts[field]
        label.configure(text=self._emoji.plain(text))
        self._reveal(label)
        if field is Field.WHERE and self._host_here.get():
            self._give_keyboard(self._host_radio)
            return
        self._give_keyboard(entry)
        entry.selection_range(0, "end")

    def submit(self) -> None:
        """Check what is filled in, and ask for it to be done."""
        self._clear_problems()
        name = self._user.get().strip()
        if any(char.isspace() for char in name):
            self._offer_hyphen("-".join(name.split()))
            return
        try:
            name = check_name(name)
        except BadName as refusal:
            from tkchat.client.explain import explain_refusal  # it knows all that a chat may say

            hint = tr("Type the name that others will see.")
            text = explain_refusal(refusal) if name else hint
            self.show_problem(Field.NAME, text)
            return
        try:
            address = None if self._host_here.get() else self._read_address()
        except ValueError as error:
            self.show_problem(Field.WHERE, str(error))
            return
        self._on_join(Choice(name, address))

    def _give_keyboard(self, widget: tk.Widget) -> None:
        self._keyboard = widget
        if self.winfo_viewable():
            widget.focus_set()

    def _on_visible(self, event: "tk.Event[tk.Misc]") -> None:
        """Take the keyboard on coming up; before that it cannot be had, nor be waited for."""
        if event.widget is self:
            self.unbind("<Visibility>")
            self._keyboard.focus_force()
            self._on_screen()

    def _read_address(self) -> Address:
        written = self._address.get().strip()
        if not written:
            said = tr("Type the address that the host told you, such as {example}.")
            raise ValueError(said.format(example="192.168.1.20:12345"))
        return parse_address(written)

    def _build(self) -> None:
        body = self._body = ttk.Frame(self)
        body.grid(sticky="nsew")
        body.columnconfigure(0, weight=1)
        self._head(body).grid(row=0, sticky="ew")
        self._user_label = ttk.Label(body, text=tr("Your name"), style="Bold.TLabel")
        self._user_label.grid(row=1, sticky="w")
        self._user_entry = ttk.Entry(body, textvariable=self._user)
        self._keyboard = self._user_entry  # who has it, or is to have it
        self._user_entry.grid(row=2, sticky="ew")
        self._user_problem = self._problem_label(body, 3)
        self._hyphen = ttk.Button(body, style="TButton")
        self._hyphen.grid(row=4, sticky="w")
        self._hyphen.grid_remove()
        self._where_label = ttk.Label(body, text=tr("Where to chat"), style="Bold.TLabel")
        self._where_label.grid(row=5, sticky="w")
        self._places(body).grid(row=6, sticky="ew")
        self._where_problem = self._problem_label(body, 7)
        self._foot(body).grid(row=8, sticky="ew")
        self._parts: dict[Field, tuple[ttk.Label, ttk.Entry]] = {
            Field.NAME: (self._user_problem, self._user_entry),
            Field.WHERE: (self._where_problem, self._where),
        }
        for entry in (self._user_entry, self._where):
            keep_plain(entry, self._theme, self._emoji)

    def _head(self, body: ttk.Frame) -> ttk.Frame:
        head = self._head_frame = ttk.Frame(body)
        self._picture = ttk.Label(head)
        self._picture.grid(row=0, column=0, rowspan=2)
        ttk.Label(head, text="tkchat", style="Title.TLabel").grid(row=0, column=1, sticky="sw")
        hint = ttk.Label(head, text=tr("Chat with the people around you"), style="Muted.TLabel")
        hint.grid(row=1, column=1, sticky="nw")
        return head

    def _places(self, body: ttk.Frame) -> ttk.Frame:
        places = ttk.Frame(body)
        places.columnconfigure(0, weight=1)
        self._host_radio = ttk.Radiobutton(
            places,
            text=tr("Host a chat on this computer"),
            variable=self._host_here,
            value=True,
            command=self._choose_place,
        )
        self._host_hint = ttk.Label(
            places,
            text=tr("Others on your network can join. Messages are not encrypted."),
            style="Muted.TLabel",
        )
        self._join_radio = ttk.Radiobutton(
            places,
            text=tr("Join a chat at this address"),
            variable=self._host_here,
            value=False,
            command=self._choose_place,
        )
        self._where = ttk.Combobox(places, textvariable=self._address)
        for event in ("<Key>", "<<ComboboxSelected>>", "<Button-1>"):
            self._where.bind(event, self._touch_address, add=True)
        self._host_radio.grid(row=0, sticky="w")
        self._host_hint.grid(row=1, sticky="w")
        self._join_radio.grid(row=2, sticky="w")
        self._where.grid(row=3, sticky="ew")
        return places

    def _foot(self, body: ttk.Frame) -> ttk.Frame:
        foot = self._foot_frame = ttk.Frame(body)
        foot.columnconfigure(0, weight=1)
        self._status = ttk.Label(foot, style="Muted.TLabel")
        self._status.grid(row=0, column=0, sticky="ew")
        self._cancel = ttk.Button(foot, text=tr("Cancel"), command=self._press_cancel)
        self._cancel.grid(row=0, column=1)
        self._join = ttk.Button(foot, style="Accent.TButton", command=self.submit)
        self._join.grid(row=0, column=2)
        return foot

    @staticmethod
    def _problem_label(body: ttk.Frame, row: int) -> ttk.Label:
        label = ttk.Label(body, style="Error.TLabel", justify="left")
        label.grid(row=row, sticky="ew")
        label.grid_remove()
        return label

    def _restyle(self) -> None:
        px = self._theme.px
        wrap = px(WIDTH) - 2 * px(28)
        self._body.configure(padding=px(28))
        self._body.columnconfigure(0, minsize=wrap)
        self._picture.configure(image=self._icon.photo())
        self._picture.grid_configure(padx=(0, px(14)))
        self._user_label.grid_configure(pady=(px(22), px(6)))
        self._where_label.grid_configure(pady=(px(18), px(6)))
        self._host_hint.grid_configure(padx=(px(27), 0), pady=(0, px(8)))
        self._where.grid_configure(padx=(px(27), 0), pady=(px(4), 0))
        self._foot_frame.grid_configure(pady=(px(26), 0))
        self._join.grid_configure(padx=(px(8), 0))
        self._user_problem.configure(wraplength=wrap)
        self._where_problem.configure(wraplength=wrap - px(27))
        self._where_problem.configure(padding=(px(27), 0, 0, 0))  # as its field
        for widget in (self._user_problem, self._where_problem, self._hyphen):
            if widget.winfo_manager():
                self._reveal(widget)
        for entry in (self._user_entry, self._where):
            entry.configure(font=self._theme.fonts.body)  # also measures the text anew
        self._host_hint.configure(wraplength=wrap - px(27))
        self._status.configure(wraplength=wrap - px(200))
        self._show_place()

    def _offer_hyphen(self, name: str) -> None:
        self.show_problem(Field.NAME, tr("A name has no spaces in it."))
        self._hyphen.configure(
            text=self._emoji.plain(tr("Use {name}").format(name=name)),
            command=lambda: self._use(name),
        )
        self._reveal(self._hyphen)

    def _reveal(self, widget: ttk.Label | ttk.Button) -> None:
        widget.grid(pady=(self._theme.px(6), 0))

    def _use(self, name: str) -> None:
        self._user.set(name)
        self._clear_problems()
        self._user_entry.focus_set()
        self._user_entry.icursor("end")

    def _choose_place(self) -> None:
        self.touched = True
        self._clear_problems()
        self._show_place()
        if not self._host_here.get():
            self._where.focus_set()

    def _touch_address(self, event: "tk.Event[tk.Misc]") -> None:
        if event.keysym in {"Tab", "ISO_Left_Tab", "Return", "KP_Enter", "Escape"} or self._busy:
            return
        self.touched = True
        self._host_here.set(False)
        self._show_place()

    def _show_place(self) -> None:
        self._join.configure(text=tr("Host and join") if self._host_here.get() else tr("Join"))

    def _clear_problems(self) -> None:
        self._hyphen.grid_remove()
        for label, _ in self._parts.values():
            label.configure(text="")
            label.grid_remove()

    def _set_enabled(self, *, enabled: bool) -> None:
        state = ["!disabled" if enabled else "disabled"]
        for widget in (
            self._user_entry,
            self._host_radio,
            self._join_radio,
            self._where,
            self._join,
        ):
            widget.state(state)

    def _press_return(self) -> None:
        if self._busy:  # pressed twice, perhaps: that shall not call off what it began
            return
        if self.focus_get() is self._cancel:
            self._press_cancel()
        elif self.focus_get() is self._hyphen:
            self._hyphen.invoke()
        else:
            self.submit()

    def _press_cancel(self) -> None:
        if self._busy:
            self._on_cancel()
        else:
            self._press_close()

    def _press_close(self) -> None:
        if self._busy:
            self._on_cancel()
        self._on_close()

    def _on_destroy(self, event: "tk.Event[tk.Misc]") -> None:
        if event.widget is self:
            self._unsubscribe()
