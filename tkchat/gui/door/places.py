"""Where to chat: the part of the login dialog that chooses between hosting and joining."""

from __future__ import annotations

import tkinter as tk
from tkinter import ttk
from typing import TYPE_CHECKING

from tkchat.i18n import tr
from tkchat.net.address import Address

if TYPE_CHECKING:  # the dialog is there to be seen before any of them is needed
    from collections.abc import Callable, Sequence

    from tkchat.client.hosting import HostOptions
    from tkchat.client.invitation import Invitation
    from tkchat.client.nearby import Nearby
    from tkchat.client.settings import Settings
    from tkchat.gui.door.nearby_list import NearbyList
    from tkchat.gui.emoji.emoji import Emoji
    from tkchat.gui.look.theme import Theme

INDENT = 25  # of 96 dpi, to where the words beside a radio button begin
_SILENT = {"Tab", "ISO_Left_Tab", "Return", "KP_Enter", "Escape", "Shift_L", "Shift_R", "F1"}


class Places(ttk.Frame):
    """Two radio buttons, the field for an address or a code, and what is said about it.

    ``changed`` is called when another place is chosen, ``set_up`` when a person wants to say how
    to host. ``wrap`` is how wide it is, of 96 dpi.
    """

    def __init__(
        self,
        parent: tk.Misc,
        theme: Theme,
        emoji: Emoji,
        changed: Callable[[], None],
        set_up: Callable[[], None],
        wrap: int,
    ) -> None:
        super().__init__(parent)
        self._theme = theme
        self._emoji = emoji
        self._changed = changed
        self._set_up = set_up
        self.options: HostOptions | None = None  #: how to host, as far as that was set
        self._wrap = wrap
        self.touched = False  #: whether the person has chosen a place themselves
        self._host_here = tk.BooleanVar(self, value=True)
        self._written = tk.StringVar(self)
        self._nearby: NearbyList | None = None
        self._is_looking = False
        self._is_enabled = True
        self._finds_out = False
        self.columnconfigure(0, weight=1)
        self._build()
        self._written.trace_add("write", lambda *_: self._show_line())

    @property
    def host_here(self) -> bool:
        """Whether a chat is to be hosted on this computer."""
        return self._host_here.get()

    @property
    def keyboard(self) -> ttk.Widget:
        """What has to do with the place that is chosen."""
        return self.host_radio if self.host_here else self.field

    def fill(self, recent: Sequence[str], *, host_here: bool) -> None:
        """Show the addresses that were joined, the last one first."""
        plain = [self._emoji.plain(address) for address in recent]
        self.field.configure(values=plain)
        if plain:
            self._written.set(plain[0])
        self._choose(host_here=host_here)

    def prefer_joining(self, where: str) -> None:
        """Choose joining ``where``."""
        self._written.set(self._emoji.plain(where))
        self._choose(host_here=False)

    def read(self) -> Invitation:
        """Return where to join, as it was written.

        Raises:
            ValueError: with what is wrong, for a person to read.
        """
        from tkchat.client.invitation import read_invitation

        written = self._written.get().strip()
        if not written:
            said = tr("Type the address that the host told you, such as {example}.")
            raise ValueError(said.format(example="192.168.1.20:12345"))
        return read_invitation(written)

    def complete(self, settings: Settings) -> None:
        """Show what the dialog did not have to wait for; the theme is complete by then.

        ``settings`` have how a chat was hosted the last time.
        """
        from tkchat.client.hosting import kept_options

        if self.options is None:
            self.remember_options(kept_options(settings))
        self.set_up.grid()

    def take_options(self, options: HostOptions) -> None:
        """Host as a person has said."""
        self.touched = True
        self._choose(host_here=True)
        self.remember_options(options)

    def remember_options(self, options: HostOptions) -> None:
        """Host as a person has said before, if they choose hosting."""
        from tkchat.gui.door.host_options import summary

        self.options = options
        self._choice.configure(text=self._emoji.plain(summary(options)))

    def look(self) -> None:
        """Say that chats nearby are being looked for."""
        self._is_looking = True
        self._show_line()

    def show_nearby(self, chats: Sequence[Nearby]) -> None:
        """Show which chats there are nearby."""
        from tkchat.gui.door.nearby_list import NearbyList

        if self._nearby is None and chats:
            self._nearby = NearbyList(self, self._theme, self._emoji, self.take_nearby)
            self._nearby.grid(row=9, sticky="ew")
        if self._nearby is not None:
            self._nearby.show(chats)
        self.restyle()
        self._show_line()

    def take_nearby(self, chat: Nearby) -> None:
        """Choose joining a chat that is nearby: a person said so."""
        if self._is_enabled:
            self.touched = True
            self.prefer_joining(str(chat.address))

    def show_problem(self, text: str, find_out: Callable[[], None] | None = None) -> None:
        """Say what is wrong; ``find_out`` is behind a button that says more."""
        said = self._emoji.plain(text)
        if said == self._line.cget("text"):  # it was told while the code was typed
            self._line.configure(text="")
        self._problem.configure(text=said)
        self._finds_out = find_out is not None
        if find_out is not None:
            self.why.configure(command=find_out)
        self._reveal_problem()

    def clear_problem(self) -> None:
        """Say that no longer."""
        self._problem.configure(text="")
        self._problem.grid_remove()
        self.why.grid_remove()

    def set_enabled(self, *, enabled: bool) -> None:
        """Let a person choose, or not."""
        self._is_enabled = enabled
        state = ["!disabled" if enabled else "disabled"]
        for widget in (self.host_radio, self.join_radio, self.field, self.set_up):
            widget.state(state)

    def restyle(self) -> None:
        """Follow a change of theme."""
        px = self._theme.px
        indent, wrap = px(INDENT), px(self._wrap)
        self._hint.configure(wraplength=wrap - px(27))
        self._hint.grid_configure(padx=(px(24), 0))
        self._row.grid_configure(padx=(px(19), 0))
        line = int(self._theme.fonts.small.metrics("linespace"))
        self.rowconfigure(2, minsize=line + px(14))  # room for the button before it is there
        self.rowconfigure(8, minsize=line + px(8))
        self.field.grid_configure(padx=(indent, 0), pady=(px(4), 0))
        self.field.configure(font=self._theme.fonts.body)  # also measures the text anew
        self._problem.configure(wraplength=wrap - px(24))
        if self._problem.winfo_manager():
            self._reveal_problem()
        self._line.configure(wraplength=wrap - px(24))
        self._line.grid_configure(padx=(px(24), 0), pady=(px(6), 0))
        if self._nearby is not None:
            self._nearby.grid_configure(padx=(px(9), 0), pady=(px(4), 0))

    def _reveal_problem(self) -> None:
        px = self._theme.px
        self._problem.grid(padx=(px(24), 0), pady=(px(6), 0))
        if self._finds_out:
            self.why.grid(padx=(px(19), 0))

    def _build(self) -> None:
        self.host_radio = ttk.Radiobutton(
            self,
            text=tr("Host a chat on this computer"),
            variable=self._host_here,
            value=True,
            command=self._pick,
        )
        hint = tr("Others on your network can join. Messages are encrypted.")
        self._hint = ttk.Label(self, text=hint, style="Muted.TLabel")
        self._row = ttk.Frame(self)
        self.set_up = ttk.Button(
            self._row, text=tr("Options…"), style="Link.TButton", command=self._set_up
        )
        self._choice = ttk.Label(self._row, style="Muted.TLabel")
        self.join_radio = ttk.Radiobutton(
            self,
            text=tr("Join a chat by address, join code or link"),
            variable=self._host_here,
            value=False,
            command=self._pick,
        )
        self.field = ttk.Combobox(self, textvariable=self._written)
        for event in ("<Key>", "<<ComboboxSelected>>", "<Button-1>"):
            self.field.bind(event, self._touch, add=True)
        self._problem = ttk.Label(self, style="Error.TLabel", justify="left")
        self.why = ttk.Button(self, text=tr("Find out why"), style="Link.TButton")
        self._line = ttk.Label(self, style="Muted.TLabel", justify="left")
        self.host_radio.grid(row=0, sticky="w")
        self._hint.grid(row=1, sticky="w")
        self._row.grid(row=2, sticky="w")
        self.set_up.grid(row=0, column=0)
        self.set_up.grid_remove()
        self._choice.grid(row=0, column=1)
        self.join_radio.grid(row=4, sticky="w")
        self.field.grid(row=5, sticky="ew")
        self._problem.grid(row=6, sticky="ew")
        self._problem.grid_remove()
        self.why.grid(row=7, sticky="w")
        self.why.grid_remove()
        self._line.grid(row=8, sticky="w")
        for button in (self.set_up, self.why):
            for key in ("<Return>", "<KP_Enter>"):
                button.bind(key, _press)

    def _pick(self) -> None:
        self.touched = True
        self._choose(host_here=self.host_here)
        if not self.host_here:
            self.field.focus_set()

    def _touch(self, event: tk.Event[tk.Misc]) -> None:
        if event.keysym not in _SILENT and self._is_enabled:
            self.touched = True
            self._choose(host_here=False)

    def _choose(self, *, host_here: bool) -> None:
        self._host_here.set(host_here)
        self.clear_problem()
        self._show_line()
        self._changed()

    def _show_line(self) -> None:
        """Say what is known of what is written; else, that chats nearby are looked for."""
        text, is_wrong = self._of_code()
        if not text and self._is_looking:
            has_some = self._nearby is not None and bool(self._nearby.rows)
            text = tr("Chats nearby:") if has_some else tr("Looking for chats nearby…")
        style = "Error.TLabel" if is_wrong else "Muted.TLabel"
        self._line.configure(text=self._emoji.plain(text), style=style)

    def _of_code(self) -> tuple[str, bool]:
        """Return what to say of a join code, if one is written, and whether it is mistyped."""
        written = self._written.get()
        if self.host_here or len(written) < _LEAST_CODE_CHARS:
            return "", False
        from tkchat.client.invitation import read_invitation
        from tkchat.wire.join_code import BadJoinCode, CodeProblem

        try:
            found = read_invitation(written)
        except ValueError as error:
            why = error.__cause__
            if not isinstance(why, BadJoinCode):
                return "", False
            return str(error), why.problem is not CodeProblem.TOO_SHORT
        if not found.key:
            return "", False
        return tr("Join code for {address}").format(address=_short(found.address)), False


_LEAST_CODE_CHARS = 16  # shorter ones are addresses


def _short(address: Address) -> str:
    return address.host if address == Address(address.host) else str(address)


def _press(event: tk.Event[ttk.Button]) -> str:
    event.widget.invoke()
    return "break"
