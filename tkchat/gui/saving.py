"""Keeps a room's messages in a file, or hands them to the browser to be printed."""

import copy
import tempfile
import tkinter as tk
from collections.abc import Callable, Iterable
from datetime import datetime
from functools import partial
from pathlib import Path

from tkchat.client.export.about import About
from tkchat.client.export.stored_messages import stored_messages
from tkchat.client.export.transcript import Format, file_name, write_transcript
from tkchat.client.history import History
from tkchat.client.message import Message
from tkchat.client.model import Model
from tkchat.gui.emoji.emoji import Emoji
from tkchat.gui.export_dialog import ExportDialog, FileExists, problem_with
from tkchat.gui.look.theme import Theme
from tkchat.gui.messages.links import open_in_browser
from tkchat.gui.pump import Pump
from tkchat.i18n import grouped, tr, trn


class Saving:
    """Exports the current room of ``model``. Only for Tk's thread; the work is done elsewhere.

    ``history`` returns what this computer keeps of the chat, or None with a host that keeps no log:
    then what the window knows is exported. ``hint`` tells the person something.
    """

    def __init__(
        self,
        window: tk.Misc,
        theme: Theme,
        emoji: Emoji,
        model: Model,
        pump: Pump,
        *,
        host: str,
        history: Callable[[], History | None],
        hint: Callable[[str], None],
        open_page: Callable[[str], None] = open_in_browser,
    ) -> None:
        self._window = window
        self._theme = theme
        self._emoji = emoji
        self._model = model
        self._pump = pump
        self._host = host
        self._history = history
        self._hint = hint
        self._open_page = open_page
        self._folder = Path.home()  # where the last one went
        self._printed: list[tempfile.TemporaryDirectory[str]] = []
        window.bind("<Destroy>", self._on_destroy, add=True)

    def open(self) -> None:
        """Ask in what form the current room is to be saved, and where; or print it."""
        about = self._about()
        messages = self._messages()
        ExportDialog(
            self._window,
            self._theme,
            self._emoji,
            self._pump,
            about.label,
            lambda form: self._folder / file_name(about, form),
            save=partial(self._save, about, messages),
            print_it=self.print_room,
        )

    def print_room(self) -> None:
        """Show the current room in the browser, which can print it."""
        about, messages = self._about(), self._messages()
        folder = tempfile.TemporaryDirectory(prefix="tkchat-", ignore_cleanup_errors=True)
        self._printed.append(folder)  # the page may be loaded again until the window closes
        path = Path(folder.name, file_name(about, Format.HTML))
        self._hint(tr("Opening {room} in the browser…").format(room=about.label))
        self._pump.in_background(
            lambda: write_transcript(path, Format.HTML, about, messages()),
            lambda _count: self._show_page(path),
            self._failed,
        )

    def _save(
        self,
        about: About,
        messages: Callable[[], Iterable[Message]],
        path: Path,
        form: Format,
        replace: bool,
        done: Callable[[Exception | None], None],
    ) -> None:
        """Write the file; ``done`` is told what went wrong: `FileExists` unless ``replace``."""

        def work() -> int:
            if path.exists() and not replace:
                raise FileExists
            return write_transcript(path, form, about, messages())

        def succeeded(count: int) -> None:
            self._folder = path.parent
            text = trn("Saved {count} message: {path}", "Saved {count} messages: {path}", count)
            self._say(text.format(count=grouped(count), path=path))
            done(None)

        self._pump.in_background(work, succeeded, done)

    def _about(self) -> About:
        model = self._model
        return About(model.room.name, self._host, model.user, datetime.now().astimezone())

    def _messages(self) -> Callable[[], Iterable[Message]]:
        """Return what reads the current room's messages, in whatever thread that is called."""
        history, room = self._history(), self._model.room
        if history is not None:
            return partial(stored_messages, history, room.name)
        shown = copy.deepcopy(room.messages)  # they are nowhere else, and go on changing here
        return lambda: shown

    def _show_page(self, path: Path) -> None:
        if self._window.winfo_exists():  # else the page is gone as well
            self._open_page(path.as_uri())
            self._hint(tr("It is open in the browser, which can print it."))

    def _failed(self, error: Exception) -> None:
        self._say(problem_with(error))

    def _say(self, text: str) -> None:
        if self._window.winfo_exists():  # it may have been closed while the work went on
            self._hint(text)

    def _on_destroy(self, event: "tk.Event[tk.Misc]") -> None:
        if event.widget is self._window:
            for folder in self._printed:
                folder.cleanup()
