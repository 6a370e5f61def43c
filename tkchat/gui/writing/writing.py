"""Turns what is written into the box into messages, answers, edits and drafts."""

import tkinter as tk
from collections.abc import Callable, Sequence
from tkinter import ttk

from tkchat.client.events import PeopleHere, RoomsThere
from tkchat.client.explain import explain_refusal
from tkchat.client.markup import as_plain
from tkchat.client.message import Delivery, Message
from tkchat.client.model import Model
from tkchat.client.presence import State
from tkchat.client.room import Answered, Changes, Editing, Room
from tkchat.client.session import Session
from tkchat.gui.emoji.emoji import Emoji
from tkchat.gui.look.theme import Theme
from tkchat.gui.places.room_names import room_label
from tkchat.gui.writing.chat_offers import chat_offers
from tkchat.gui.writing.compose_bar import ComposeBar
from tkchat.gui.writing.composer import Calls, Composer
from tkchat.gui.writing.typing_line import TypingLine
from tkchat.i18n import tr
from tkchat.wire.entry import Kind
from tkchat.wire.errors import WireError
from tkchat.wire.requests import Say

DRAFT_MS = 500  # after a key, until what is written by then is kept


class Writing:
    """The box to write in, what stands around it, and what becomes of its text.

    ``redraw`` draws changes of the model, ``hint`` tells the person something (empty: nothing),
    ``leave`` leaves the chat. ``on_edit`` gets the message that is being changed, None afterwards;
    ``delete`` asks whether one shall go whose text was taken away, and ``keep_presence`` remembers
    what the person said of themselves. ``area`` is what is to be put into the window. Only for
    Tk's thread.
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
        on_edit: Callable[[Message | None], None] = lambda _message: None,
        delete: Callable[[Message], None] = lambda _message: None,
        keep_presence: Callable[[State, str], None] = lambda _state, _text: None,
    ) -> None:
        self._theme = theme
        self._session = session
        self._model = model
        self._redraw = redraw
        self._hint = hint
        self._leave = leave
        self._on_edit = on_edit
        self._delete = delete
        self._keep_presence = keep_presence
        self._answered: Answered | None = None  # what the draft answers
        self._edited: Message | None = None
        self._put_aside = ""  # the draft, while something is edited
        self._room = model.room.name
        self._kept: tuple[str, Answered | None] = ("", None)  # the draft as the session has it
        self._draft_due = ""
        self.area = ttk.Frame(parent)
        self._bar = ComposeBar(self.area, theme, emoji, on_cancel=self.cancel)
        self.composer = Composer(
            self.area,
            theme,
            emoji,
            Calls(self.send, self.changed, self.edit_last, self.emptied),
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
            self.composer.set_text("")  # lest it be kept as a draft
            self._leave()
            return True
        room = self._model.room
        changes = Changes()
        if self._is_about_what_is_gone():
            self.composer.refuse(tr("That message is gone, or cannot be seen."))
            return False
        try:
            said = self._hand_over(text, room.name)
        except WireError as error:
            self.composer.refuse(explain_refusal(error))
            return False
        if said is None:
            why = tr("Not sent: there is no connection. Your text stays here.")
            self.composer.refuse(why)
            return False
        self._note_command(text.split())
        self._hint("")
        if said and room.place is not None:  # it is to be seen
            self._model.back_to_now(changes)
        self._model.said_here(said, changes)
        if self._edited is not None:
            self._leave_edit()  # which brings back what had been begun before
        else:
            self._answered = None
            self._show_bar()
            self._keep_draft("")  # at once, lest it be said again after a crash
        self._redraw(changes)
        return True

    def answer(self, message: Message) -> None:
        """Let the next message be an answer to ``message``."""
        self._leave_edit()
        self._answered = Answered(message.seq, message.author, message.text)
        self._show_bar()
        self._keep_draft()
        self.composer.focus()

    def edit(self, message: Message) -> None:
        """Let the person change ``message``, one of their own, in the box."""
        self._begin_edit(Editing(message, message.text))
        self.composer.focus()

    def edit_last(self) -> bool:
        """Let the person change what they said last in this room; tell whether there is such."""
        last = self._model.last_own()
        if self._edited is not None or self._answered is not None or last is None:
            return False
        self.edit(last)
        return True

    def emptied(self) -> bool:
        """Ask whether the message may go whose text was taken away; tell whether one was."""
        if self._edited is None:
            return False
        self._delete(self._edited)
        return True

    def end_edit(self, message: Message) -> None:
        """Take note that ``message`` is gone: it may be the one that is being changed."""
        if self._edited is not None and _place(self._edited) == _place(message):
            self._leave_edit()
            self.composer.focus()

    def cancel(self) -> bool:
        """Leave an edit, or else answer nothing; tell whether there was such."""
        if self._edited is not None:
            self._leave_edit()
        elif self._answered is not None:
            self._answered = None
            self._show_bar()
            self._keep_draft()
        else:
            return False
        return True

    def enter(self) -> None:
        """Take up what was begun in the room that is current now."""
        room = self._model.room
        is_untouched = self._kept == ("", None) and not self.composer.text()
        if self._room not in self._model.rooms:  # it is spelled like the host's by now, or is left
            self._room = room.name
        if room.name != self._room:
            self._put_edit_away()
            self._keep_draft()
            self._room = room.name
            self._take_up(room)
        elif is_untouched and (room.draft or room.answered):
            self._take_up(room)
        name = room_label(room.name)
        self.composer.set_placeholder(tr("Message {room}").format(room=name))

    def show_others(self, *, waits: int) -> None:
        """Say who is typing, or how many messages wait because there is no connection."""
        self._typing.show_waiting(waits)

    def changed(self) -> None:
        """Take note that the person has written something."""
        if not self._model.is_tagged or self._edited is not None:
            return
        text = self.composer.text()
        if text == self._kept[0]:
            return
        if text.strip() and not text.startswith("/"):
            self._session.typing(self._room)
        if not self._draft_due:  # and not later because more is written: it may be much
            self._draft_due = self.composer.after(DRAFT_MS, self._keep_draft)

    def close(self) -> None:
        """Keep what is written: the window is about to go."""
        self._put_edit_away()
        self._keep_draft()

    def _take_up(self, room: Room) -> None:
        """Put the draft of ``room`` into the box, and go on with its edit if there is one."""
        self._kept = room.draft, room.answered
        self._answered = room.answered
        self.composer.set_text(room.draft)
        self._show_bar()
        editing, room.editing = room.editing, None
        if editing is not None:
            message = editing.message
            is_waiting = any(each is message for each in room.waiting)
            if is_waiting or self._model.can_edit(message):
                self._begin_edit(editing)

    def _begin_edit(self, editing: Editing) -> None:
        self._leave_edit()
        self._keep_draft()  # now, and not what is changed in the box meanwhile
        self._put_aside = self.composer.text()
        self._edited = editing.message
        self._show_bar()
        self.composer.set_text(editing.text)
        self._on_edit(editing.message)

    def _leave_edit(self) -> None:
        """Bring back what was written before an edit, if there is one."""
        if self._edited is not None:
            self._edited = None
            self._show_bar()
            self.composer.set_text(self._put_aside)
            self._on_edit(None)

    def _put_edit_away(self) -> None:
        """Leave an edit so that the room can go on with it."""
        if self._edited is not None:
            editing = Editing(self._edited, self.composer.text())
            self._model.rooms[self._room].editing = editing
            self._leave_edit()

    def _show_bar(self) -> None:
        """Say what the text in the box is to become."""
        answered = self._answered
        if self._edited is not None:
            self._bar.show(tr("Change your message"), tr("Esc leaves it as it is"))
        elif answered is not None:
            is_own = answered.author == self._model.user
            title = tr("Reply to yourself") if is_own else tr("Reply to {name}")
            words = _first_line(as_plain(answered.text))
            self._bar.show(title.format(name=answered.author), words)
        else:
            self._bar.show("")

    def _is_about_what_is_gone(self) -> bool:
        """Whether the text changes or answers what has another place now, or none, as in a new log.

        An answer then becomes a message of its own, if the person sends it again.
        """
        edited = self._edited
        if edited is not None:
            is_waiting = any(each is edited for each in self._model.room.waiting)
            return not is_waiting and not self._model.can_edit(edited)
        if self._answered == self._model.room.answered:
            return False
        self._answered = None
        self._show_bar()
        return True

    def _hand_over(self, text: str, room: str) -> Sequence[Say] | None:
        edited, answered = self._edited, self._answered
        if edited is not None and edited.delivery is Delivery.SENT:
            return self._session.send(Say(room, text, kind=Kind.EDIT, target=edited.seq))
        if edited is not None:
            self._session.replace(edited.mid, text)
            return []
        if answered is not None:
            return self._session.send(Say(room, text, kind=Kind.REPLY, target=answered.seq))
        said = self._session.say(text, room)
        if text.startswith("/"):  # it may have been about that
            self._keep_presence(self._session.presence.state, self._session.presence.text)
        return said

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
        now = text, self._answered
        if not self._model.is_tagged or now == self._kept:
            return
        self._kept = now
        room = self._model.rooms[self._room]
        room.draft, room.answered = now
        self._session.set_draft(room.name, text, self._answered.seq if self._answered else 0)

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


def _place(message: Message) -> tuple[int, int, str]:
    return message.era, message.seq, message.mid
