"""Carries out what a person wants to do to a message: answer, react, change, take back."""

import tkinter as tk
from collections.abc import Callable, Collection
from functools import partial

from tkchat.client.message import Delivery, Kind, Message
from tkchat.client.model import Model
from tkchat.client.room import Changes
from tkchat.client.session import Session
from tkchat.gui.emoji.emoji import Emoji
from tkchat.gui.emoji.emoji_picker import EmojiPicker
from tkchat.gui.look.theme import Theme
from tkchat.gui.messages.message_menu import Deed, Deeds
from tkchat.gui.widgets.ask import Option, Question
from tkchat.gui.widgets.menu import Entry
from tkchat.gui.widgets.sanitise import one_line
from tkchat.gui.writing.writing import Writing
from tkchat.i18n import tr
from tkchat.wire.entry import Kind as EntryKind
from tkchat.wire.requests import Say


class MessageDeeds:
    """Asks in ``window`` before anything is lost. Only for Tk's thread."""

    def __init__(
        self,
        window: tk.Misc,
        theme: Theme,
        emoji: Emoji,
        session: Session,
        model: Model,
        writing: Writing,
        redraw: Callable[[Changes], None],
        on_person: Callable[[str], list[Entry]] = lambda _name: [],
    ) -> None:
        """``on_person`` returns what can be done with the author of a message."""
        self._window = window
        self._theme = theme
        self._emoji = emoji
        self._session = session
        self._model = model
        self._writing = writing
        self._redraw = redraw
        self._on_person = on_person

    def table(self, go_to_answered: Callable[[Message], None]) -> Deeds:
        """Return all that a list of messages offers; it knows itself where an answered one is."""
        return Deeds(
            allowed=self.allowed,
            do=self.do,
            react=self.react,
            go_to_answered=go_to_answered,
            seen_by=self._model.seen_by,
            more=self.choose_reaction,
            on_author=lambda message: self._on_person(message.author),
        )

    def allowed(self, message: Message) -> Collection[Deed]:
        """Return what can be done to ``message`` now."""
        model = self._model
        if message.kind is not Kind.SAID or not model.is_tagged:
            return ()
        if message.delivery in (Delivery.WAITING, Delivery.REFUSED):
            return (Deed.EDIT, Deed.DISCARD)
        found: list[Deed] = []
        if model.can_answer(message):
            found += [Deed.REPLY, Deed.REACT]
        if model.can_edit(message):
            found.append(Deed.EDIT)
        if model.can_delete(message):
            found.append(Deed.DELETE)
        if model.order.may_order(model.user, message.author):
            found.append(Deed.PERSON)
        return found

    def do(self, deed: Deed, message: Message) -> None:
        """Do something to ``message`` that its context menu offers."""
        match deed:
            case Deed.REPLY:
                self._writing.answer(message)
            case Deed.EDIT:
                self._writing.edit(message)
            case Deed.DISCARD:
                self._session.discard(message.mid)
                self._writing.end_edit(message)
            case Deed.DELETE:
                self._ask_to_delete(message)

    def take_back(self, message: Message) -> None:
        """Delete an own message, after a question, or discard it if nobody has seen it."""
        allowed = self.allowed(message)
        for deed in (Deed.DISCARD, Deed.DELETE):
            if deed in allowed:
                self.do(deed, message)

    def react(self, message: Message, sequence: str) -> None:
        """Add this person's reaction to ``message`` of the current room, or take it back."""
        self._send(self._model.room.name, message, EntryKind.REACT, sequence)

    def choose_reaction(self, message: Message, near: tk.Misc) -> None:
        """Let the person choose any emoji beside ``near``, and react with it."""
        react = partial(self._send, self._model.room.name, message, EntryKind.REACT)
        EmojiPicker(self._window, self._theme, self._emoji, react).open(near)

    def _ask_to_delete(self, message: Message) -> None:
        # The room may be another one by the time of the answer: a notification leads elsewhere.
        room = self._model.room.name

        def delete() -> None:
            self._send(room, message, EntryKind.DELETE, "")
            self._writing.end_edit(message)

        title = tr("Delete this message?")
        if not message.own:
            title = tr("Delete this message of {name}?").format(name=one_line(message.author))
        Question(
            self._window,
            self._theme,
            self._emoji,
            title,
            tr("It goes for everybody, and cannot be brought back."),
            [Option(tr("Delete"), delete, is_dangerous=True)],
        )

    def _send(self, room: str, message: Message, kind: EntryKind, text: str) -> None:
        if not self._model.can_answer(message):  # since the menu or the question was opened
            return
        changes = Changes()
        say = Say(room, text, kind=kind, target=message.seq)
        self._model.said_here(self._session.send(say), changes)
        self._redraw(changes)
