"""The pages of the settings that tell something: the keys, the person's own files, the program."""

import platform
import tkinter as tk
from collections.abc import Callable
from tkinter import ttk

from tkchat import __version__
from tkchat.client.profile import Profile
from tkchat.desktop.folder import open_folder
from tkchat.gui.emoji.emoji import Emoji
from tkchat.gui.look.theme import Theme
from tkchat.gui.settings.settings_pages import Put
from tkchat.gui.shortcuts import shortcuts
from tkchat.gui.widgets.form import Form
from tkchat.gui.widgets.key_table import KeyTable
from tkchat.gui.widgets.plain_entry import keep_plain
from tkchat.i18n import tr
from tkchat.wire.limits import MAX_STATUS_CHARS

LICENCE = "MIT"

InBackground = Callable[
    [Callable[[], None], Callable[[None], None], Callable[[Exception], None]], None
]
"""Runs the first in a thread, then the second with its result, or the third with its error."""


def keyboard_page(parent: tk.Misc, theme: Theme) -> KeyTable:
    """Return the page on keys."""
    return KeyTable(parent, theme, shortcuts())


class ProfilePage(Form):
    """Who one is, and where one's files are."""

    def __init__(
        self,
        parent: tk.Misc,
        theme: Theme,
        emoji: Emoji,
        profile: Profile,
        put: Put,
        in_background: InBackground,
    ) -> None:
        super().__init__(parent, theme)
        self._settings = profile.settings
        self._folder = profile.folder
        self._put = put
        self._in_background = in_background
        self.say(tr("Name"), emoji.plain(self._settings.name) or tr("none yet"))
        self.explain(tr("To have another, leave the chat and join again."))
        # Not asked of the entry, which is gone when its window closes.
        self._written = tk.StringVar(self, emoji.plain(self._settings.status))
        self._kept = self._text()
        self._status = ttk.Entry(
            self.row(tr("Status")), textvariable=self._written, font=theme.fonts.body, width=32
        )
        keep_plain(self._status, theme, emoji)
        self._status.grid(sticky="ew")
        self._status_note = self.explain("")
        for event in ("<Return>", "<KP_Enter>", "<FocusOut>", "<Destroy>"):
            self._status.bind(event, lambda _: self._keep_status(), add=True)
        self._written.trace_add("write", lambda *_: self._explain_status())
        self._explain_status()
        self.say(tr("Folder"), emoji.plain(str(self._folder)))
        self.explain(tr("Your settings, and what was said, are kept here. Nobody else reads it."))
        self.buttons("", (tr("Open the folder"), self._open), (tr("Copy its path"), self._copy))
        self._note = self.explain("")
        if profile.problem:
            self.say("", emoji.plain(profile.problem), "Error.TLabel")

    def _text(self) -> str:
        return " ".join(self._written.get().split())

    def _explain_status(self) -> None:
        over = len(self._text()) - MAX_STATUS_CHARS
        if over > 0:
            said = tr("Too long by {count}.").format(count=over)
            self._status_note.configure(text=said, style="Error.TLabel")
        else:
            said = tr("Others see it beside your name, such as “back at 3”.")
            self._status_note.configure(text=said, style="Muted.TLabel")

    def _keep_status(self) -> None:
        text = self._text()
        # Not compared with the settings: it may have been set elsewhere since this page was opened.
        if len(text) <= MAX_STATUS_CHARS and text != self._kept:
            self._kept = text
            self._put("status", text)

    def _open(self) -> None:
        self._note.configure(text="")
        self._in_background(
            lambda: open_folder(self._folder), lambda _: None, lambda _: self._no_manager()
        )

    def _no_manager(self) -> None:
        if self.winfo_exists():
            self._note.configure(text=tr("There is no program here that shows folders."))

    def _copy(self) -> None:
        self.clipboard_clear()
        self.clipboard_append(str(self._folder))
        self._note.configure(text=tr("Copied."))


class AboutPage(Form):
    """What this program is, for people and for reports of bugs."""

    def __init__(self, parent: tk.Misc, theme: Theme, emoji: Emoji, address: str) -> None:
        super().__init__(parent, theme)
        details = [
            (tr("Version"), f"tkchat {__version__}"),
            (tr("Host"), emoji.plain(address) or tr("not in a chat")),
            (tr("Python"), platform.python_version()),
            (tr("Tk"), str(self.tk.call("info", "patchlevel"))),
            (tr("System"), platform.platform(terse=True)),
            (tr("Licence"), LICENCE),
        ]
        for caption, text in details:
            self.say(caption, text)
        self._details = "\n".join(f"{caption}: {text}" for caption, text in details)
        self.buttons("", (tr("Copy all this"), self._copy))
        self._note = self.explain("")

    def _copy(self) -> None:
        self.clipboard_clear()
        self.clipboard_append(self._details)
        self._note.configure(text=tr("Copied."))
