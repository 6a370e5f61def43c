"""Pages about the key of a host: another one than before, none at all, or none any more."""

import tkinter as tk
from collections.abc import Callable
from tkinter import ttk

from tkchat.client.events import CertificateChanged
from tkchat.gui.door.page import Page
from tkchat.gui.emoji.emoji import Emoji
from tkchat.gui.look.theme import Theme
from tkchat.i18n import tr
from tkchat.net.address import Address


def key_title() -> str:
    """Return the title of the pages about another key."""
    return tr("This may not be the same host")


class OtherKeyPage(Page):
    """Says that another key answers than the known one. ``trust`` takes the new one.

    Who joined by code gets no such button: they can ask for the code again.
    """

    def __init__(
        self,
        parent: tk.Misc,
        theme: Theme,
        emoji: Emoji,
        changed: CertificateChanged,
        cancel: Callable[[], None],
        trust: Callable[[], None],
    ) -> None:
        super().__init__(parent, theme, emoji, cancel)
        if changed.by_code:
            told = tr(
                "The computer at {address} does not have the key that the join code is of, so "
                "nothing was sent to it."
            )
        else:
            told = tr(
                "The computer at {address} shows another key than it had before, so nothing was "
                "sent to it."
            )
        self.say(told.format(address=changed.address))
        reasons = [
            tr("The host began anew, or moved the chat to another computer."),
            tr("Another computer has that address now."),
            tr("Somebody is in between and wants to read along, or pretends to be the host."),
        ]
        self.say(tr("This may be why:"))
        self.points(reasons)
        _Words(self, tr("Known:"), changed.known_words, tr("Found:"), changed.found_words)
        if changed.by_code:
            _ask_for_the_code(self)
            return
        self.say(
            tr(
                "Ask whoever hosts the chat, face to face or by telephone. If it is the chat that "
                "you know, compare the words and trust the new key: you keep your name and what "
                "was said. A new join code leads there too, but under another name."
            )
        )
        self.offer_with_care(tr("Trust the new one…"), trust, "TButton")


def sure_title() -> str:
    """Return the title of the page before the new key is trusted."""
    return tr("Compare the words first")


class SurePage(Page):
    """Has the words compared once more before the new key is trusted."""

    def __init__(
        self,
        parent: tk.Misc,
        theme: Theme,
        emoji: Emoji,
        changed: CertificateChanged,
        cancel: Callable[[], None],
        trust: Callable[[], None],
    ) -> None:
        super().__init__(parent, theme, emoji, cancel)
        self.say(tr("Let the host read out the words that their window shows. Are they these?"))
        _Words(self, "", changed.found_words)
        self.say(
            tr(
                "If they are others, or you cannot ask, do not go on: somebody could read "
                "everything, and speak in your name."
            )
        )
        self.offer_with_care(tr("They are the same"), trust)


class NoKeyPage(Page):
    """Says that a host does not encrypt; ``join`` does so all the same, where that is possible."""

    def __init__(
        self,
        parent: tk.Misc,
        theme: Theme,
        emoji: Emoji,
        address: Address,
        detail: str,
        cancel: Callable[[], None],
        join: Callable[[], None] | None,
        *,
        by_code: bool = False,
    ) -> None:
        super().__init__(parent, theme, emoji, cancel)
        if join is None:
            told = tr(
                "{address} encrypted before, and does not now. Somebody else may answer there, or "
                "be in between. Nothing was sent."
            )
            if by_code:
                told = tr(
                    "The join code is of a chat that encrypts, but {address} does not. Somebody "
                    "else may answer there, or be in between. Nothing was sent."
                )
            self.say(told.format(address=address))
            _ask_for_the_code(self)
        else:
            self.say(
                tr(
                    "{address} does not encrypt. Anybody in this network could read what is said, "
                    "and your password, and could change it on the way. Nothing was sent so far."
                ).format(address=address)
            )
            self.say(tr("Join only where nothing that is said is secret, such as a simple test."))
            self.offer_with_care(tr("Join without encryption"), join)
            if detail:
                self.say(tr("It says: {words}").format(words=detail), "Muted.TLabel")


def _ask_for_the_code(page: Page) -> None:
    """Send the person back, to ask for the present join code: nothing else is safe."""
    page.say(
        tr(
            "Ask whoever hosts the chat, face to face or by telephone, for the join code "
            "that their window shows now."
        )
    )
    page.call_cancel(tr("Back"))


class _Words:
    """Names of keys, each with what it is, one below the other so that they can be compared."""

    def __init__(self, page: Page, *texts: str) -> None:
        self._theme = page.theme
        self._box = ttk.Frame(page)
        self._box.grid(sticky="w", row=len(page.grid_slaves()))
        self._captions: list[ttk.Label] = []
        self._words: list[ttk.Label] = []
        for row, (caption, words) in enumerate(zip(texts[::2], texts[1::2], strict=True)):
            label = ttk.Label(self._box, text=caption, style="Muted.TLabel")
            label.grid(row=row, column=0, sticky="w")
            self._captions.append(label)
            said = ttk.Label(self._box, text=words)
            said.grid(row=row, column=1, sticky="w")
            self._words.append(said)
        unsubscribe = self._theme.subscribe(self._restyle)
        self._box.bind("<Destroy>", lambda event: event.widget is self._box and unsubscribe())
        self._restyle()

    def _restyle(self) -> None:
        px, fonts = self._theme.px, self._theme.fonts
        self._box.grid_configure(pady=(px(12), px(4)))
        for label in self._captions:
            label.grid_configure(padx=(0, px(10) if label.cget("text") else 0))
        for label in self._words:
            label.configure(font=fonts.mono_bold)
