"""What can be done with a person, and what one can say of oneself: the lines of the menus."""

import tkinter as tk
from collections.abc import Callable
from functools import partial

from tkchat.client.model import Model
from tkchat.client.presence import Presence, State
from tkchat.gui.emoji.emoji import Emoji
from tkchat.gui.look.theme import Theme
from tkchat.gui.places.presence_dots import state_label
from tkchat.gui.widgets.ask import Prompt
from tkchat.gui.widgets.menu import SEPARATOR, Entry
from tkchat.i18n import tr
from tkchat.wire.limits import MAX_STATUS_CHARS


class PersonMenu:
    """Asks in ``window``. ``write_to`` opens a conversation, ``mention`` names somebody in the box.

    ``copy`` puts a text on the clipboard, ``set_presence`` tells what this person is up to;
    ``ordering`` returns the lines for those who keep order.
    """

    def __init__(
        self,
        window: tk.Misc,
        theme: Theme,
        emoji: Emoji,
        model: Model,
        *,
        write_to: Callable[[str], None],
        mention: Callable[[str], None],
        copy: Callable[[str], None],
        set_presence: Callable[[State, str], None],
        ordering: Callable[[str], list[Entry]] = lambda _name: [],
    ) -> None:
        self._window = window
        self._theme = theme
        self._emoji = emoji
        self._model = model
        self._write_to = write_to
        self._mention = mention
        self._copy = copy
        self._set_presence = set_presence
        self._ordering = ordering

    def entries(self, name: str) -> list[Entry]:
        """Return what can be done with a person; about oneself, what one can say of that."""
        if name == self._model.user:
            return self.own_entries()
        write = Entry(tr("Write to {name}").format(name=name), partial(self._write_to, name))
        mention = Entry(tr("Mention {name}").format(name=name), partial(self._mention, name))
        found = [mention, Entry(tr("Copy the name"), partial(self._copy, name))]
        if self._model.room.name != f"@{name}":
            found.insert(0, write)
        order = self._ordering(name)
        return [*found, SEPARATOR, *order] if order else found

    def own_entries(self) -> list[Entry]:
        """Return what this person can say of themselves."""
        if not self._model.is_tagged:
            return [Entry(tr("Copy the name"), partial(self._copy, self._model.user))]
        own = self._own()
        found = [
            Entry(
                state_label(state),
                partial(self._set_presence, state, own.text),
                chosen=own.state is state,
            )
            for state in State
        ]
        found += [SEPARATOR, Entry(tr("Set a status…"), self._ask_status)]
        if own.text:
            clear = partial(self._set_presence, own.state, "")
            found.append(Entry(tr("Clear the status"), clear))
        return found

    def _own(self) -> Presence:
        return self._model.presence.get(self._model.user, Presence())

    def _ask_status(self) -> None:
        Prompt(
            self._window,
            self._theme,
            self._emoji,
            tr("What are you up to?"),
            tr("Set the status"),
            _check_status,
            lambda text: self._set_presence(self._own().state, text),
            initial=self._own().text,
        )


def _check_status(text: str) -> str:
    """Raise ValueError if ``text`` cannot be a status."""
    if len(text) > MAX_STATUS_CHARS:
        said = tr("A status has at most {count} characters; this one has {length}.")
        raise ValueError(said.format(count=MAX_STATUS_CHARS, length=len(text)))
    return text
