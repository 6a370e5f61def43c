"""The login dialog: a name, and where."""

from __future__ import annotations

import tkinter as tk
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import Enum
from tkinter import ttk
from typing import TYPE_CHECKING

from tkchat.gui.door.places import Places
from tkchat.gui.emoji.emoji import Emoji
from tkchat.gui.look.icons import AppIcon
from tkchat.gui.look.theme import Theme
from tkchat.gui.widgets.plain_entry import keep_plain
from tkchat.i18n import tr
from tkchat.net.address import Address
from tkchat.wire.names import BadName, check_name

if TYPE_CHECKING:  # the dialog is there to be seen before any of them is needed
    from tkchat.client.hosting import HostOptions
    from tkchat.gui.door.page import MakePage, Page

WIDTH = 440  # of 96 dpi
_MARGIN = 28


class Field(Enum):
    """The part of the dialog that a problem belongs to."""

    NAME = "name"
    WHERE = "where"


@dataclass(frozen=True, slots=True)
class Choice:
    """What was filled in: a name, and an address to join or None to host here.

    ``key`` is how the fingerprint of the host begins, from a join code. ``options`` say how to
    host, where somebody has set that.
    """

    name: str
    address: Address | None
    key: bytes = b""
    options: HostOptions | None = None


class LoginDialog(tk.Toplevel):
    """Asks for a username and a place; says what is wrong under the field that it is about.

    ``on_join`` is called with the choice, and whoever is called then closes the dialog, calls
    `show_problem`, or shows a page instead of the fields. ``on_cancel`` is called while that is
    under way, ``on_close`` otherwise, and ``on_screen`` once it is there to be seen.
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
        self._due = ""  # a move
        self._fitted = 0  # the height for which it was seen to be on the screen
        self._keyboard: tk.Misc = self  # who has it, or is to have it
        self.page: Page | None = None  #: what is shown instead of the fields
        self._page_title: ttk.Label | None = None
        self._user = tk.StringVar(self)
        self._icon = AppIcon(self, theme, 48)
        self._build()
        self._unsubscribe = theme.subscribe(self._restyle)
        self.bind("<Destroy>", self._on_destroy)
        self.bind("<Visibility>", self._on_visible)
        self.bind("<Configure>", self._keep_on_screen)
        self.bind("<Return>", lambda _: self._press_return())
        self.bind("<KP_Enter>", lambda _: self._press_return())
        self.bind("<Escape>", lambda _: self._press_cancel())
        self.protocol("WM_DELETE_WINDOW", self._press_close)
        self._restyle()

    @property
    def touched(self) -> bool:
        """Whether the person has chosen a place themselves."""
        return self.places.touched

    @touched.setter
    def touched(self, touched: bool) -> None:
        self.places.touched = touched

    def fill(self, name: str, recent: Sequence[str], *, host_here: bool) -> None:
        """Fill in what was chosen the last time."""
        self._user.set(self._emoji.plain(name))
        self.places.fill(recent, host_here=host_here)

    def prefer_joining(self, address: str) -> None:
        """Offer to join ``address``, unless the person has chosen a place already."""
        if not self.touched and not self._busy:
            self.places.prefer_joining(address)

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
        if self.page is not None:
            self.page.show_busy(what)
            return
        self._clear_problems()
        self._status.configure(text=self._emoji.plain(what))
        self._set_enabled(enabled=False)
        self._give_keyboard(self._cancel)

    def show_idle(self) -> None:
        """Take up again after something was called off."""
        self._busy = False
        self._close_page()
        self._status.configure(text="")
        self._set_enabled(enabled=True)
        self._give_keyboard(self._user_entry)

    def show_problem(
        self, field: Field, text: str, find_out: Callable[[], None] | None = None
    ) -> None:
        """Say under ``field`` what is wrong; all that was typed stays.

        ``find_out`` is behind a button that tells more of why a place cannot be joined.
        """
        self.show_idle()
        if field is Field.WHERE:
            self.places.show_problem(text, find_out)
            self._give_keyboard(self.places.keyboard)
            if not self.places.host_here:
                self.places.field.selection_range(0, "end")
            return
        self._user_problem.configure(text=self._emoji.plain(text))
        self._reveal(self._user_problem)
        self._give_keyboard(self._user_entry)
        self._user_entry.selection_range(0, "end")

    def show_page(self, title: str, make: MakePage) -> None:
        """Show a page instead of the fields, until `show_idle` or `show_problem`.

        The dialog is at least as high as before, so that little jumps.
        """
        self._busy = False
        self._close_page()
        high = self._form.winfo_height()
        self._form.grid_remove()
        self._page_title = ttk.Label(
            self._body, text=self._emoji.plain(title), style="Title.TLabel", justify="left"
        )
        self._page_title.grid(row=0, sticky="w")
        self.page = make(self._body)
        self.page.grid(row=1, sticky="nsew")
        self._body.rowconfigure(1, weight=1, minsize=high - self._page_title.winfo_reqheight())
        self._restyle()
        self._give_keyboard(self.page.first)

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
        if self.places.host_here:
            self._on_join(Choice(name, None, options=self.places.options))
            return
        try:
            where = self.places.read()
        except ValueError as error:
            self.show_problem(Field.WHERE, str(error))
            return
        self._on_join(Choice(name, where.address, where.key))

    def _give_keyboard(self, widget: tk.Widget) -> None:
        self._keyboard = widget
        if self.winfo_viewable():
            widget.focus_set()

    def _on_visible(self, event: tk.Event[tk.Misc]) -> None:
        """Take the keyboard on coming up; before that it cannot be had, nor be waited for."""
        if event.widget is self:
            self.unbind("<Visibility>")
            self._keyboard.focus_force()
            self._on_screen()

    def _keep_on_screen(self, event: tk.Event[tk.Misc]) -> None:
        """Go up when it has grown beyond the lower edge of the screen."""
        if event.widget is not self or event.height == self._fitted:
            return
        self._fitted = event.height
        top = self.winfo_screenheight() - event.height
        if self.winfo_viewable() and self.winfo_y() > max(top, 0):
            # Not at once: Tk would lose the move among what it still has to do for the new size.
            self._due = self.after_idle(self.geometry, f"+{self.winfo_x()}+{max(top, 0)}")

    def _build(self) -> None:
        self._body = ttk.Frame(self)
        self._body.grid(sticky="nsew")
        self._body.columnconfigure(0, weight=1)
        form = self._form = ttk.Frame(self._body)
        form.grid(row=2, sticky="nsew")
        form.columnconfigure(0, weight=1)
        self._head(form).grid(row=0, sticky="ew")
        self._user_label = ttk.Label(form, text=tr("Your name"), style="Bold.TLabel")
        self._user_label.grid(row=1, sticky="w")
        self._user_entry = ttk.Entry(form, textvariable=self._user)
        self._keyboard = self._user_entry
        self._user_entry.grid(row=2, sticky="ew")
        self._user_problem = ttk.Label(form, style="Error.TLabel", justify="left")
        self._user_problem.grid(row=3, sticky="ew")
        self._user_problem.grid_remove()
        self._hyphen = ttk.Button(form, style="TButton")
        self._hyphen.grid(row=4, sticky="w")
        self._hyphen.grid_remove()
        self._where_label = ttk.Label(form, text=tr("Where to chat"), style="Bold.TLabel")
        self._where_label.grid(row=5, sticky="w")
        self.places = Places(
            form,
            self._theme,
            self._emoji,
            self._show_place,
            self._set_options,
            WIDTH - 2 * _MARGIN,
        )
        self.places.grid(row=6, sticky="ew")
        self._foot(form).grid(row=7, sticky="ew")
        for entry in (self._user_entry, self.places.field):
            keep_plain(entry, self._theme, self._emoji)

    def _head(self, form: ttk.Frame) -> ttk.Frame:
        head = ttk.Frame(form)
        self._picture = ttk.Label(head)
        self._picture.grid(row=0, column=0, rowspan=2)
        ttk.Label(head, text="tkchat", style="Title.TLabel").grid(row=0, column=1, sticky="sw")
        hint = ttk.Label(head, text=tr("Chat with the people around you"), style="Muted.TLabel")
        hint.grid(row=1, column=1, sticky="nw")
        return head

    def _foot(self, form: ttk.Frame) -> ttk.Frame:
        foot = self._foot_frame = ttk.Frame(form)
        foot.columnconfigure(0, weight=1)
        self._status = ttk.Label(foot, style="Muted.TLabel")
        self._status.grid(row=0, column=0, sticky="ew")
        self._cancel = ttk.Button(foot, text=tr("Cancel"), command=self._press_cancel)
        self._cancel.grid(row=0, column=1)
        self._join = ttk.Button(foot, style="Accent.TButton", command=self.submit)
        self._join.grid(row=0, column=2)
        return foot

    def _restyle(self) -> None:
        px = self._theme.px
        wrap = px(WIDTH) - 2 * px(_MARGIN)
        self._body.configure(padding=px(_MARGIN))
        self._body.columnconfigure(0, minsize=wrap)
        self._picture.configure(image=self._icon.photo())
        self._picture.grid_configure(padx=(0, px(14)))
        self._user_label.grid_configure(pady=(px(22), px(6)))
        self._where_label.grid_configure(pady=(px(18), px(6)))
        self._foot_frame.grid_configure(pady=(px(18), 0))
        self._join.grid_configure(padx=(px(8), 0))
        self._user_problem.configure(wraplength=wrap)
        for widget in (self._user_problem, self._hyphen):
            if widget.winfo_manager():
                self._reveal(widget)
        if self._page_title is not None:
            self._page_title.configure(wraplength=wrap - px(4))
        self._user_entry.configure(font=self._theme.fonts.body)  # also measures the text anew
        self._status.configure(wraplength=wrap - px(200))
        self.places.restyle()
        self._show_place()

    def _set_options(self) -> None:
        from tkchat.client.hosting import HostOptions
        from tkchat.gui.door.host_options import HostOptionsPage, options_title

        def back() -> None:
            self.show_idle()
            self._give_keyboard(self.places.set_up)

        def done(options: HostOptions) -> None:
            self.places.take_options(options)
            back()

        options = self.places.options or HostOptions()
        self.show_page(
            options_title(),
            lambda parent: HostOptionsPage(parent, self._theme, self._emoji, options, back, done),
        )

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

    def _show_place(self) -> None:
        self._join.configure(text=tr("Host and join") if self.places.host_here else tr("Join"))

    def _close_page(self) -> None:
        if self.page is None or self._page_title is None:
            return
        self._page_title.destroy()
        self.page.destroy()
        self.page = self._page_title = None
        self._body.rowconfigure(1, weight=0, minsize=0)
        self._form.grid()

    def _clear_problems(self) -> None:
        self._hyphen.grid_remove()
        self._user_problem.configure(text="")
        self._user_problem.grid_remove()
        self.places.clear_problem()

    def _set_enabled(self, *, enabled: bool) -> None:
        for widget in (self._user_entry, self._join):
            widget.state(["!disabled" if enabled else "disabled"])
        self.places.set_enabled(enabled=enabled)

    def _press_return(self) -> None:
        # While busy it is pressed twice, perhaps: that shall not call off what it began. A page
        # knows what Return does in it.
        if self._busy or self.page is not None:
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
        elif self.page is not None:
            self.page.cancel()
        else:
            self._press_close()

    def _press_close(self) -> None:
        if self._busy:
            self._on_cancel()
        self._on_close()

    def _on_destroy(self, event: tk.Event[tk.Misc]) -> None:
        if event.widget is self:
            self._unsubscribe()
            if self._due:
                self.after_cancel(self._due)
