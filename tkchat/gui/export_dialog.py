"""Asks in what form a room is to be saved, and where."""

import contextlib
import subprocess
import tkinter as tk
from collections.abc import Callable
from functools import partial
from pathlib import Path
from tkinter import filedialog, ttk
from typing import Protocol

from tkchat.client.database import DatabaseError
from tkchat.client.export.transcript import Format
from tkchat.desktop.save_dialog import can_choose, choose_file
from tkchat.gui.emoji.emoji import Emoji
from tkchat.gui.look.theme import Theme
from tkchat.gui.pump import Pump
from tkchat.gui.widgets.ask import Option, Panel
from tkchat.gui.widgets.plain_entry import keep_plain
from tkchat.i18n import tr

PATH_CHARS = 48  #: so much of the path is to be seen


class FileExists(Exception):
    """There is a file with that name, and nobody has said that it may be replaced."""


class Save(Protocol):
    """What begins to save."""

    def __call__(
        self, path: Path, form: Format, replace: bool, done: Callable[[Exception | None], None]
    ) -> None:
        """Save in the background; ``done`` is told what went wrong, or None."""


class ExportDialog(Panel):
    """A panel over ``over``. ``suggest`` returns where a file of a format could go.

    It stays until the file is written, and says what is wrong if it cannot be.
    """

    def __init__(
        self,
        over: tk.Misc,
        theme: Theme,
        emoji: Emoji,
        pump: Pump,
        room: str,
        suggest: Callable[[Format], Path],
        *,
        save: Save,
        print_it: Callable[[], None],
    ) -> None:
        super().__init__(over, theme, emoji, tr("Export {room}").format(room=room))
        self._pump = pump
        self._save = save
        self._may_replace: Path | None = None  # the person was told that it exists
        self._form = tk.StringVar(self, Format.HTML.name)
        px = theme.px
        said = tr("All of it that is on this computer, with answers and reactions.")
        about = ttk.Label(self.body, text=said, style="Muted.TLabel", justify="left")
        about.grid(sticky="w", pady=(px(4), px(10)))
        for form, text in _names().items():
            button = ttk.Radiobutton(self.body, text=text, variable=self._form, value=form.name)
            button.configure(command=self._form_chosen)
            button.grid(sticky="w")
        row = ttk.Frame(self.body)
        row.grid(sticky="ew", pady=(px(12), 0))
        row.columnconfigure(0, weight=1)
        self.entry = ttk.Entry(row, font=theme.fonts.body, width=PATH_CHARS)
        keep_plain(self.entry, theme, emoji)
        self.entry.grid(row=0, column=0, sticky="ew")
        self.entry.insert(0, emoji.plain(str(suggest(Format.HTML))))
        self.entry.xview_moveto(1)
        self._is_x11 = self.tk.call("tk", "windowingsystem") == "x11"
        if can_choose() or not self._is_x11:
            browse = ttk.Button(row, text=tr("Browse…"), command=self._browse)
            browse.grid(row=0, column=1, padx=(px(8), 0))
        self._note = ttk.Label(self.body, style="Error.TLabel", justify="left")
        row.update_idletasks()
        for label in (about, self._note):
            label.configure(wraplength=row.winfo_reqwidth())  # the path makes it as wide as it is
        self._note.grid(sticky="ew", pady=(px(6), 0))
        self.entry.bind("<Return>", lambda _event: self._submit())
        self._accept, _ = self.buttons(
            [Option(tr("Save"), lambda: None), Option(tr("Print…"), print_it)]
        )
        self._accept.configure(command=self._submit)
        self._note.grid_remove()  # not before what is below it has a row of its own
        self.show(self.entry)

    @property
    def problem(self) -> str:
        """What it says is wrong; empty for nothing."""
        return str(self._note.cget("text"))

    def _form_chosen(self) -> None:
        """Give the file the ending of the form, unless it has one of its own."""
        path = Path(self.entry.get())
        if Format.of(path) is not None:
            self._put(path.with_suffix(Format[self._form.get()].value))

    def _browse(self) -> None:
        start = _whole(self.entry.get())
        if self._is_x11:
            work = partial(choose_file, start, tr("Export"))
            self._pump.in_background(work, self._chosen, self._not_chosen)
            return
        # The system's own dialog, which has an event loop of its own.
        chosen = filedialog.asksaveasfilename(
            parent=self, initialdir=str(start.parent), initialfile=start.name
        )
        self._chosen(Path(chosen) if chosen else None)

    def _chosen(self, path: Path | None) -> None:
        if path is not None and self.winfo_exists():
            self._put(path)
            self._form.set((Format.of(path) or Format[self._form.get()]).name)
            self.entry.focus_force()

    def _not_chosen(self, error: Exception) -> None:
        if not isinstance(error, OSError | subprocess.SubprocessError):
            raise error
        self._say(str(error))

    def _put(self, path: Path) -> None:
        self.entry.delete(0, "end")
        self.entry.insert(0, self.emoji.plain(str(path)))
        self.entry.xview_moveto(1)
        self._say("")

    def _submit(self) -> None:
        if self._accept.instate(["disabled"]):
            return  # it is being saved
        written = self.entry.get().strip()
        if not written:
            self._say(tr("Where is it to go?"))
            return
        path = _whole(written)
        form = Format.of(path) or Format[self._form.get()]
        self._say("")
        self._accept.configure(text=tr("Saving…"))
        self._accept.state(["disabled"])
        replace = self._may_replace == path
        self._save(path=path, form=form, replace=replace, done=partial(self._done, path))

    def _done(self, path: Path, error: Exception | None) -> None:
        if not self.winfo_exists():
            return
        if error is None:
            self.close()
            return
        self._accept.state(["!disabled"])
        self._accept.configure(text=tr("Save"))
        if isinstance(error, FileExists):
            self._may_replace = path
            self._accept.configure(text=tr("Replace it"))
            self._say(tr("There is a file with that name."))
        else:
            self._say(problem_with(error))

    def _say(self, text: str) -> None:
        self._note.configure(text=self.emoji.plain(text))
        if text:
            self._note.grid()
        else:
            self._note.grid_remove()


def _whole(written: str) -> Path:
    """Return the path that somebody has written, who may count on their home folder."""
    path = Path(written)
    with contextlib.suppress(RuntimeError):  # of a person whom nobody knows
        path = path.expanduser()
    return Path.home() / path


def problem_with(error: Exception) -> str:
    """Return what a failed export means, for a person to read.

    Raises:
        Exception: it is none of those that are to be expected.
    """
    if isinstance(error, OSError):
        return tr("It cannot be saved: {why}.").format(why=error.strerror or error)
    if isinstance(error, DatabaseError):
        return str(error)
    raise error


def _names() -> dict[Format, str]:
    return {
        Format.HTML: tr("Web page, to read and to print"),
        Format.TEXT: tr("Plain text"),
        Format.JSON: tr("JSON, for other programs"),
    }
