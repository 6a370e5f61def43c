"""Keeps what the status bar says of the link true: until the next attempt it counts down."""

from datetime import datetime

from tkchat.client.model import Link, Model
from tkchat.gui.link_text import link_text, safety_of
from tkchat.gui.status_bar import StatusBar

COUNTDOWN_MS = 500  # a second that is told is never late by more


class LinkWatch:
    """Says in ``status`` how the link to the host at ``address`` is, whenever asked to `show`.

    ``invitation`` is what others join with if the person hosts this chat, else empty.
    """

    def __init__(self, status: StatusBar, model: Model, address: str, invitation: str) -> None:
        self._status = status
        self._model = model
        self._address = address
        self._invitation = invitation
        self._due = ""
        status.bind("<Destroy>", lambda _event: self._stop(), add=True)

    def show(self) -> None:
        """Say it anew; and again and again while the time until the next attempt is told."""
        self._stop()
        model = self._model
        now = datetime.now().astimezone()
        text, longer = link_text(model, self._address, self._invitation, now)
        if model.link is Link.LOST and model.retry_at is not None:
            self._due = self._status.after(COUNTDOWN_MS, self.show)
        self._status.show(model.link, text, longer, safety_of(model))
        if model.link is Link.ONLINE:
            self._status.show_hint("")

    def _stop(self) -> None:
        if self._due:
            self._status.after_cancel(self._due)
            self._due = ""
