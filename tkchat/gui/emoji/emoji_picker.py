"""A popup in which an emoji is chosen, by mouse and by keyboard."""

import tkinter as tk
from collections.abc import Callable
from contextlib import suppress
from tkinter import ttk

from tkchat.gui.emoji.emoji import Emoji
from tkchat.gui.emoji.emoji_grid import EmojiGrid, Section
from tkchat.gui.emoji.emoji_groups import groups
from tkchat.gui.look.theme import Theme
from tkchat.gui.widgets.keyboard import keyboard_holder
from tkchat.gui.widgets.plain_entry import keep_plain
from tkchat.i18n import tr

MOST_FOUND = 90
RECENT_SIGN = "🕘"

_TAB = 20  # the height of a group's sign, of 96 dpi
_LEAST = 260  # so high it is at least, even if it then covers what it stands beside
_NAMED = 30  # that of the emoji beside its name


class EmojiPicker:
    """Opens over the window of ``parent``; ``on_pick`` gets the emoji. Only for Tk's thread."""

    def __init__(
        self, parent: tk.Misc, theme: Theme, emoji: Emoji, on_pick: Callable[[str], None]
    ) -> None:
        self._parent = parent
        self._theme = theme
        self._emoji = emoji
        self._on_pick = on_pick
        self._panel: _Panel | None = None

    @property
    def is_open(self) -> bool:
        """Whether it is on the screen."""
        return self._panel is not None and bool(self._panel.winfo_exists())

    def open(self, near: tk.Misc) -> None:
        """Show it beside ``near``, with the keyboard in its search field."""
        self.close()
        self._panel = _Panel(self._parent, self._theme, self._emoji, self._picked)
        self._panel.place_near(near)

    def close(self) -> None:
        """Take it away; the keyboard goes back to where it was."""
        if self._panel is not None and self.is_open:
            self._panel.close()
        self._panel = None

    def _picked(self, sequence: str) -> None:
        self.close()
        self._emoji.recent.used(sequence)
        self._on_pick(sequence)


class _Panel(tk.Frame):
    """The popup while it is open; a click anywhere else closes it."""

    def __init__(
        self, parent: tk.Misc, theme: Theme, emoji: Emoji, on_pick: Callable[[str], None]
    ) -> None:
        palette = theme.palette
        super().__init__(
            parent.winfo_toplevel(),
            background=palette.surface,
            highlightthickness=1,
            highlightbackground=palette.line,
            highlightcolor=palette.line,
        )
        self._theme = theme
        self._emoji = emoji
        self._before = keyboard_holder(parent)
        self._groups = groups()
        self._photos: list[tk.PhotoImage] = []
        self._on_pick = on_pick
        px = theme.px
        self._wanted = tk.StringVar(self)
        self.search = ttk.Entry(self, font=theme.fonts.body, textvariable=self._wanted)
        keep_plain(self.search, theme, emoji)
        self._hint = tk.Label(
            self.search, text=tr("Search for an emoji"), background=palette.surface,
            foreground=palette.muted, font=theme.fonts.body, borderwidth=0, cursor="xterm",
        )  # fmt: skip
        self._hint.bind("<Button-1>", lambda _event: self.search.focus_set())
        self._tabs = tk.Canvas(
            self, height=px(34), width=1, highlightthickness=0, background=palette.surface
        )
        self.grid_of_emoji = EmojiGrid(
            self, theme, emoji, on_select=self._describe, on_pick=on_pick
        )
        self._picture = tk.Label(self, background=palette.surface, borderwidth=0)
        self._label = tk.Label(
            self, background=palette.surface, foreground=palette.muted, anchor="w",
            font=theme.fonts.small, borderwidth=0,
        )  # fmt: skip
        line = tk.Frame(self, height=1, background=palette.line)
        self.columnconfigure(1, weight=1)
        self.rowconfigure(2, weight=1)
        self.search.grid(row=0, columnspan=2, sticky="ew", padx=px(10), pady=(px(10), px(4)))
        self._tabs.grid(row=1, columnspan=2, sticky="ew", padx=px(8))
        self.grid_of_emoji.grid(row=2, columnspan=2, sticky="nsew", padx=(px(8), px(2)))
        line.grid(row=3, columnspan=2, sticky="ew")
        self._picture.grid(row=4, column=0, padx=(px(12), px(8)), pady=px(7))
        self._label.grid(row=4, column=1, sticky="ew")
        self._bind_keys()
        self._draw_tabs()
        self._find()
        unsubscribe = theme.subscribe(self.close)  # its sizes and colours are those it began with
        self.search.bind("<Destroy>", lambda _event: unsubscribe(), add=True)

    def place_near(self, near: tk.Misc) -> None:
        """Come up beside ``near``, or within if that is large, and take the keyboard."""
        window, gap = self.winfo_toplevel(), self._theme.px(6)
        self.update_idletasks()  # only then does it know its size
        width = min(self.winfo_reqwidth(), window.winfo_width() - 2 * gap)
        right = near.winfo_rootx() - window.winfo_rootx() + near.winfo_width()
        top = near.winfo_rooty() - window.winfo_rooty()
        bottom = top + near.winfo_height()
        above, within, below = top, near.winfo_height(), window.winfo_height() - bottom
        room = max(above, within, below) - 2 * gap
        if room < self._theme.px(_LEAST):
            room = window.winfo_height() - 2 * gap
        height = min(self.winfo_reqheight(), room)
        needed = height + 2 * gap
        y = top - gap - height if above >= needed else bottom + gap
        if above < needed <= within:
            y = bottom - gap - height
        x = max(min(max(right - width, gap), window.winfo_width() - gap - width), gap)
        y = max(min(y, window.winfo_height() - gap - height), gap)
        self.place(x=x, y=y, width=width, height=height)
        self.lift()
        self.search.focus_set()
        self.bind("<Map>", self._grab)

    def close(self) -> None:
        """Go, and give the keyboard back."""
        self.grab_release()
        before = self._before
        self.destroy()
        if before and self.tk.getboolean(self.tk.call("winfo", "exists", before)):
            self.tk.call("focus", before)

    def _grab(self, event: "tk.Event[tk.Misc]") -> None:
        if event.widget is self:
            with suppress(tk.TclError):  # a window that is covered cannot
                self.grab_set()

    def _bind_keys(self) -> None:
        grid, search = self.grid_of_emoji, self.search
        keys: dict[str, Callable[[], None]] = {
            "<Escape>": self.close,
            "<Return>": self._pick_selected,
            "<KP_Enter>": self._pick_selected,
            "<Left>": lambda: grid.move(-1, 0),
            "<Right>": lambda: grid.move(1, 0),
            "<Up>": lambda: grid.move(0, -1),
            "<Down>": lambda: grid.move(0, 1),
            "<Prior>": lambda: grid.page(-1),
            "<Next>": lambda: grid.page(1),
            "<Tab>": lambda: self._next_group(1),
            "<<PrevWindow>>": lambda: self._next_group(-1),
        }
        for sequence, act in keys.items():
            search.bind(sequence, lambda _event, act=act: (act(), "break")[1])  # type: ignore[misc]  # a lambda's default has no type
        self._wanted.trace_add("write", lambda *_: self._find())
        self.bind("<Button-1>", self._on_click)
        self._tabs.bind("<Button-1>", self._on_tab)
        grid.bind("<<Scrolled>>", lambda _event: self._mark_tab())

    def _on_click(self, event: "tk.Event[tk.Misc]") -> None:
        inside_x = 0 <= event.x < self.winfo_width()
        if event.widget is self and not (inside_x and 0 <= event.y < self.winfo_height()):
            self.close()

    def _pick_selected(self) -> None:
        if self.grid_of_emoji.selected:
            self._on_pick(self.grid_of_emoji.selected)

    def _find(self) -> None:
        """Show the emoji whose names have in them what is typed, or all."""
        if self._wanted.get():
            self._hint.place_forget()
        else:
            self._hint.place(x=self._theme.px(12), rely=0.5, anchor="w")
        wanted = self._wanted.get().strip().strip(":")
        recent = self._emoji.recent.shown()
        if wanted:
            found = self._emoji.shortcodes.find(wanted, MOST_FOUND, recent)
            title = tr("Found") if found else tr("No emoji has this name")
            self.grid_of_emoji.show([Section(title, [sequence for sequence, _ in found])])
        else:
            all_groups = [Section(group.title, group.emoji) for group in self._groups]
            self.grid_of_emoji.show([Section(tr("Used recently"), recent), *all_groups])
        self._mark_tab()

    def _describe(self, sequence: str) -> None:
        """Say at the bottom what the selected emoji is called."""
        name = self._emoji.shortcodes.name_of(sequence) if sequence else ""
        self._label.configure(text=f":{name}:" if name else "")
        png = self._emoji.png(sequence, self._theme.px(_NAMED)) if sequence else None
        size = self._theme.px(_NAMED)
        photo = tk.PhotoImage(master=self, data=png, format="png") if png else None
        self._named = photo or tk.PhotoImage(master=self, width=size, height=size)
        self._picture.configure(image=self._named)

    def _draw_tabs(self) -> None:
        px = self._theme.px
        for number, sign in enumerate(self._signs()):
            middle = (self._tab_middle(number), px(16))
            if png := self._emoji.png(sign, px(_TAB)):
                self._photos.append(tk.PhotoImage(master=self, data=png, format="png"))
                self._tabs.create_image(*middle, image=self._photos[-1])
            elif self._emoji.safe:
                self._tabs.create_text(*middle, text=sign, font=self._theme.fonts.body)
        accent = self._theme.palette.accent
        self._tabs.create_rectangle(0, 0, 0, 0, fill=accent, outline="", tags="mark")

    def _signs(self) -> list[str]:
        return [RECENT_SIGN, *(group.sign for group in self._groups)]

    def _tab_width(self) -> int:
        return self._theme.px(33)

    def _tab_middle(self, number: int) -> int:
        return number * self._tab_width() + self._tab_width() // 2

    def _mark_tab(self) -> None:
        """Underline the group that is in sight; there are none while something is looked for."""
        if self._wanted.get().strip():
            self._tabs.itemconfigure("mark", state="hidden")
            return
        px, middle = self._theme.px, self._tab_middle(self.grid_of_emoji.section)
        self._tabs.coords("mark", middle - px(11), px(31), middle + px(11), px(33))
        self._tabs.itemconfigure("mark", state="normal")

    def _on_tab(self, event: "tk.Event[tk.Misc]") -> None:
        number = event.x // self._tab_width()
        if 0 <= number < len(self._signs()):
            self._wanted.set("")
            self.grid_of_emoji.go_to(number)

    def _next_group(self, step: int) -> None:
        if not self._wanted.get().strip():
            self.grid_of_emoji.go_to((self.grid_of_emoji.section + step) % len(self._signs()))
