"""Turns what is written into the box into messages, answers, edits and drafts."""

import tkinter as tk
from collections.abc import Callable, Sequence
from enum import Enum
from tkinter import ttk

from tkchat.client.events import PeopleHere, RoomsThere
from tkchat.client.message import Delivery, Message
from tkchat.client.model import Model
from tkchat.client.room import Changes
from tkchat.client.session import Session
from tkchat.gui.chat_offers import chat_offers
from tkchat.gui.compose_bar import ComposeBar
from tkchat.gui.composer import Calls, Composer
from tkchat.gui.emoji import Emoji
from tkchat.gui.room_names import room_label
from tkchat.gui.theme import Theme
from tkchat.gui.typing_line import TypingLine
from tkchat.i18n import tr
from tkchat.wire.entry import Kind
from tkchat.wire.errors import WireError
from tkchat.wire.requests import Say

DRAFT_MS = 500  # after a key, until what is written by then is kept


class _What(Enum):
    """What the text in the box is to become."""

    MESSAGE = "message"
    ANSWER = "answer"
    EDIT = "edit"


class Writing:
    """The box to write in, what stands around it, and what becomes of its text.

    ``redraw`` draws changes of the model, ``hint`` tells the person something (empty: nothing),
    ``leave`` leaves the chat. ``area`` is what is to be put into the window. Only for Tk's thread.
    """

    def __init__(
        self,
        parent: tk.Misc,
        theme: Theme,
        emoji: Emoji,
        session: Session,
        model: Model,
        *,
        redraw: Callable[[Changes], None],
        hint: Callable[[str], None],
        leave: Callable[[], None],
    ) -> None:
        self._theme = theme
        self._session = session
        self._model = model
        self._redraw = redraw
        self._hint = hint
        self._leave = leave
        self._what = _What.MESSAGE
        self._target: Message | None = None
        self._put_aside = ""  # what was written before an edit began
        self._room = model.room.name
        self._kept = ""  # the draft as the session has it
        self._draft_due = ""
        self.area = ttk.Frame(parent)
        self._bar = ComposeBar(self.area, theme, emoji, on_cancel=self.cancel)
        self.composer = Composer(
            self.area,
            theme,
            emoji,
            Calls(self.send, self.changed, self.edit_last, hint),
            names=model.recent_speakers,
            sources=chat_offers(model, emoji),
        )
        self._typing = TypingLine(self.area, theme, emoji, model.typists)
        self.area.columnconfigure(0, weight=1)
        for row, widget in enumerate((self._bar, self.composer, self._typing)):
            widget.grid(row=row, sticky="ew")
        unsubscribe = theme.subscribe(self._restyle)
        self.composer.bind("<Destroy>", lambda _event: self._end(unsubscribe), add=True)
        self._restyle()

    def send(self, text: str) -> bool:
        """Say ``text``, or do what it asks for; tell whether it may leave the box."""
        if text.strip() == "/quit":  # the host would hang up, and the session come back
            self._leave()
            return True
        room = self._model.room
        changes = Changes()
        try:
            said = self._hand_over(text, room.name)
        except WireError as error:
            self._hint(str(error))
            return False
        if said is None:
            self._hint(tr("Not sent: there is no connection. Your text stays here."))
            return False
        self._note_command(text.split())
        self._hint("")
        if said and room.place is not None:  # it is to be seen
            self._model.back_to_now(changes)
        self._model.said_here(said, changes)
        if self._what is _What.EDIT:
            self.cancel()  # which brings back what had been begun before
        else:
            self._begin_anew()
            self._keep_draft("")  # at once, lest it be said again after a crash
        self._redraw(changes)
        return True

    def answer(self, message: Message) -> None:
        """Let the next message be an answer to ``message``."""
        self.cancel()
        self._what, self._target = _What.ANSWER, message
        title = tr("Reply to yourself") if message.own else tr("Reply to {name}")
        self._bar.show(title.format(name=message.author), _first_line(message.text))
        self.composer.focus()

    def edit(self, message: Message) -> None:
        """Let the person change ``message``, one of their own, in the box."""
        self.cancel()
        self._keep_draft()  # now, and not what is changed in the box meanwhile
        self._put_aside = self.composer.text()
        self._what, self._target = _What.EDIT, message
        self._bar.show(tr("Change your message"), tr("Esc leaves it as it is"))
        self.composer.set_text(message.text)
        self.composer.focus()

    def edit_last(self) -> bool:
        """Let the person change what they said last in this room; tell whether there is such."""
        last = self._model.last_own()
        if self._what is not _What.MESSAGE or last is None:
            return False
        self.edit(last)
        return True

    def cancel(self) -> bool:
        """Write an ordinary message after all; tell whether it was to be something else."""
        was, back = self._what, self._put_aside
        self._begin_anew()
        if was is _What.EDIT:
            self.composer.set_text(back)
        return was is not _What.MESSAGE

    def enter(self) -> None:
        """Take up what was begun in the room that is current now."""
        room = self._model.room
        if room.name != self._room:
            self.cancel()
            self._keep_draft()
            self._room, self._kept = room.name, room.draft
            self.composer.set_text(room.draft)
        elif room.draft and not self._kept and not self.composer.text():
            self._kept = room.draft
            self.composer.set_text(room.draft)
        name = room_label(room.name)
        self.composer.set_placeholder(tr("Message {room}").format(room=name))

    def show_others(self, *, waits: int) -> None:
        """Say who is typing, or how many messages wait because there is no connection."""
        self._typing.show_waiting(waits)

    def changed(self) -> None:
        """Take note that the person has written something."""
        if not self._model.is_tagged or self._what is _What.EDIT:
            return
        text = self.composer.text()
        if text == self._kept:
            return
        if text.strip() and not text.startswith("/"):
            self._session.typing(self._room)
        if not self._draft_due:  # and not later because more is written: it may be much
            self._draft_due = self.composer.after(DRAFT_MS, self._keep_draft)

    def close(self) -> None:
        """Keep what is written: the window is about to go."""
        self.cancel()
        self._keep_draft()

    def _hand_over(self, text: str, room: str) -> Sequence[Say] | None:
        target = self._target
        if target is None or self._what is _What.MESSAGE:
            return self._session.say(text, room)
        if self._what is _What.ANSWER:
            return self._session.send(Say(room, text, kind=Kind.REPLY, target=target.seq))
        if target.delivery is Delivery.SENT:
            return self._session.send(Say(room, text, kind=Kind.EDIT, target=target.seq))
        self._session.replace(target.mid, text)
        return []

    def _begin_anew(self) -> None:
        self._what, self._target, self._put_aside = _What.MESSAGE, None, ""
        self._bar.show("")

    def _note_command(self, words: list[str]) -> None:
        """Prepare for the answer to a command that was typed."""
        match words:
            case ["/join", _]:
                self._model.moving()
            case ["/who"]:
                self._model.asked_for(PeopleHere)
            case ["/rooms"]:
                self._model.asked_for(RoomsThere)

    def _keep_draft(self, text: str | None = None) -> None:
        """Keep ``text``, or else what is written now, as the draft of the room."""
        self._stop_clock()
        text = self.composer.text() if text is None else text
        if not self._model.is_tagged or text == self._kept:
            return
        self._kept = text
        self._model.rooms[self._room].draft = text
        self._session.set_draft(self._room, text)

    def _stop_clock(self) -> None:
        if self._draft_due:
            self.composer.after_cancel(self._draft_due)
            self._draft_due = ""

    def _restyle(self) -> None:
        px = self._theme.px
        self._bar.grid_configure(padx=px(16), pady=(px(6), 0))
        self._bar.restyled()
        above = px(4) if self._theme.compact else px(8)
        self.composer.grid_configure(padx=px(16), pady=(above, px(2)))
        self._typing.grid_configure(padx=px(20), pady=(0, px(4)))

    def _end(self, unsubscribe: Callable[[], None]) -> None:
        unsubscribe()
        self._stop_clock()


def _first_line(text: str) -> str:
    """Return the first line of ``text`` that says something, and ``…`` if more follow."""
    lines = [line for line in text.splitlines() if line.strip()]
    return f"{lines[0]} …" if len(lines) > 1 else "".join(lines)
