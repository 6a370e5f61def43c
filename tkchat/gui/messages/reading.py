"""Keeps the list of messages as the model has it, and asks for what lies further back."""

import time
import tkinter as tk
from collections.abc import Callable, Sequence

from tkchat.client.message import Message
from tkchat.client.model import Model
from tkchat.client.room import Changes
from tkchat.client.room_state import Anchor
from tkchat.client.search import Hit
from tkchat.client.session import Session
from tkchat.gui.emoji.emoji import Emoji
from tkchat.gui.look.theme import Theme
from tkchat.gui.messages.anchoring import Anchoring, Spot
from tkchat.gui.messages.history_edge import Edge
from tkchat.gui.messages.message_deeds import MessageDeeds
from tkchat.gui.messages.message_list import MessageList
from tkchat.gui.messages.new_line import NewLineButton
from tkchat.gui.messages.past import Past
from tkchat.gui.messages.read_marks import ReadMarks
from tkchat.gui.places.room_names import room_label

SLICE = 25  #: so many messages beyond those in view are drawn at a time
FILLED = 150  #: so many are drawn without being asked for
SOUGHT_SECONDS = 5.0  # how long what is sought may take to come
FIRST_MS = 1  # after the list has appeared
FILL_MS = 25  # between two slices, so that keys and clicks get their turn


class Reading:
    """The current room's messages, in the list ``shown``. Only for Tk's thread.

    Of a room's messages only a stretch is drawn, at first hardly more than is in view: whoever
    enters a room sees it at once. ``is_looking`` tells whether the window has the keyboard: only
    then is something read.
    """

    def __init__(
        self,
        parent: tk.Misc,
        theme: Theme,
        emoji: Emoji,
        session: Session,
        model: Model,
        deeds: MessageDeeds,
        *,
        is_looking: Callable[[], bool],
    ) -> None:
        self._session = session
        self._model = model
        self._is_looking = is_looking
        self._past = Past(session, model)
        self._is_in_past = False  # as it is drawn
        self._is_leaving_past = False
        self._sought: Anchor | None = None  # where to be, once that has come from the disk
        self._sought_until = 0.0  # it may be nowhere
        self._fill_due = self._first_due = ""
        self._is_on_screen = False
        self.shown = MessageList(
            parent,
            theme,
            emoji,
            own_name=model.user,
            deeds=deeds.table(self._go_to_answered),
            on_top=self._load_older,
            on_end=self._load_newer,
            on_newest=self.back_to_now,
            on_move=self._moved,
        )
        self._marks = ReadMarks(self.shown, session, model, self._may_read)
        self._anchoring = Anchoring(self.shown, session, model)
        self._new_line = NewLineButton(self.shown, theme, self.go_to_new)
        self.shown.text.bind("<Visibility>", lambda _event: self._appear(), add=True)
        self.shown.bind("<Destroy>", lambda _event: self._stop(), add=True)

    def redraw(self, changes: Changes) -> None:
        """Draw what has changed."""
        room, shown = self._model.room, self.shown
        shown.name_people(room.people, redraws=changes.people and not changes.entered)
        end = self._past.answered(changes.jumped)
        y = shown.y_of(end.key) if end else None
        if end and not self._is_in_past:  # its reader has left meanwhile
            changes.jumped = None
            if room.place is not None:
                self._model.back_to_now(changes)
        sought = self._sought if changes.jumped is not None else None
        if changes.entered:
            self._enter(changes)
        else:
            self._take(changes)
        are_first = len(room.timeline.messages) == len(changes.added)
        if changes.entered or changes.edge or changes.link or changes.older or are_first:
            self._show_edge(answered=changes.edge)
        if changes.jumped is not None:
            if sought is not None and sought.seq == changes.jumped.seq:
                y = sought.y
            self._sought = None
            self.seek(changes.jumped.key, y)
        self._is_in_past = room.place is not None
        self._fill_soon()
        self._moved()

    def back_to_now(self) -> None:
        """Go to the newest message, and leave the past that was jumped to."""
        changes = Changes()
        if self._model.room.place is not None:
            self._model.back_to_now(changes)
            self._is_leaving_past = True
            self.redraw(changes)
            self._is_leaving_past = False
        else:
            self._show_newest()
            self._show_edge()
            self._fill_soon()

    def open(self, hit: Hit) -> None:
        """Go to what was found, in whatever room that is."""
        self._anchoring.push()
        self._past.open(hit.entry.room, hit)

    def keep_place(self) -> None:
        """Keep where the reader is: the window is about to go."""
        self._anchoring.keep()

    def spot(self) -> Spot:
        """Return where the reader is, for `return_to`."""
        return self._anchoring.spot()

    def return_to(self, spot: Spot) -> None:
        """Go where somebody was before."""
        room = self._model.rooms.get(spot.room)
        if room is None:
            return
        if room is self._model.room:
            if room.place is not None:
                self.back_to_now()
            self._go_to_anchor(spot.anchor)
        else:
            room.anchor = spot.anchor
            self._session.go_to(spot.room)

    def go_back(self) -> bool:
        """Go where the last jump began; tell whether there was one."""
        spot = self._anchoring.pop()
        if spot is not None:
            self.return_to(spot)
        return spot is not None

    def go_to_new(self) -> None:
        """Go to the first message that was unread when the room was entered."""
        self._go_to_anchor(self._anchor_of_new())

    def seek(self, key: int, y: int | None = None) -> None:
        """Bring a message into sight; with ``y``, from `MessageList.y_of`, to where it was."""
        room = self._model.room
        if self._put(key, y):
            return
        messages = (room.place or room).timeline.messages
        at = next((at for at, message in enumerate(messages) if message.key == key), None)
        if at is not None:
            self._show_around(messages, at)
            self._put(key, y)
            self._show_edge()

    def show_edited(self, message: Message | None) -> None:
        """Mark the message that is being changed, and bring it into sight; None for no such."""
        self.shown.edited.show(message.key if message else None)
        is_drawn = self._anchoring.room == self._model.room.name  # else the room is entered soon
        if message is not None and is_drawn and not self.shown.edited.is_in_view():
            self.seek(message.key)

    def note_read(self) -> None:
        """Take down, in a moment, how far this person has read."""
        self._marks.note()

    def _appear(self) -> None:
        if not self._is_on_screen and not self._first_due:
            # In a turn of its own: that in which a window appears is long enough.
            self._first_due = self.shown.after(FIRST_MS, self._begin)

    def _begin(self) -> None:
        """Go to where reading stopped: before, nobody knew how much fits into the view."""
        self._first_due = ""
        self._is_on_screen = True
        self._anchoring.room = ""
        self.redraw(Changes(entered=True))

    def _enter(self, changes: Changes) -> None:
        """Draw the room, or its past, anew."""
        room, shown = self._model.room, self.shown
        is_jump = changes.jumped is not None
        is_same = self._anchoring.room == room.name
        was_here = self._anchoring.here() if is_same else None
        if not is_same:
            if self._is_settled():
                self._anchoring.keep()
            self._anchoring.room, self._sought = room.name, None
        if room.place is not None:
            self._show_around(room.place.messages, room.place.messages.index(room.place.target))
            if is_same and was_here and not is_jump:
                self._put_back(was_here)
            return
        stays = is_same and (changes.waiting or self._is_leaving_past or self._is_seeking())
        if is_jump or stays or not self._is_on_screen:
            self._show_newest()
            return
        anchor = was_here if is_same else room.anchor or self._anchor_of_new()
        if anchor is None or not self._draw_around(anchor):
            self._show_newest()
            if anchor is not None:
                self._seek_in_past(anchor)
        if not shown.at_bottom and room.new_from:
            shown.miss([each for each in room.timeline.messages if each.seq >= room.new_from])

    def _anchor_of_new(self) -> Anchor | None:
        """Return where the "new" line is well in view, with some of what is above it."""
        room = self._model.room
        last = room.timeline.last
        era = last[0] if last else 0
        return Anchor(era, room.new_from, self.shown.winfo_height() // 3) if room.new_from else None

    def _take(self, changes: Changes) -> None:
        """Draw what has changed within the room."""
        room, shown = self._model.room, self.shown
        shown.move_new_line(room.new_from)
        if room.place is None:
            if changes.waiting and not shown.is_behind:
                shown.show_waiting(room.waiting)
            elif changes.waiting and any(message.own for message in room.waiting):
                self._show_newest()
            if shown.is_behind:
                shown.miss(changes.added)
            elif len(changes.added) > SLICE and not shown.at_bottom:
                shown.show_waiting(())
                shown.is_behind = True
                shown.miss(changes.added)
            else:
                shown.append(changes.added)
            if changes.older:
                shown.prepend(self._above()[-SLICE:])
        shown.redraw([*changes.changed, *changes.delivered])

    def _show_newest(self) -> None:
        room = self._model.room
        messages = room.timeline.messages
        newest = messages[max(len(messages) - self.shown.enough(messages), 0) :]
        self.shown.show(newest, room.waiting, new_from=room.new_from)

    def _show_around(self, messages: Sequence[Message], at: int) -> None:
        """Draw the stretch around a message."""
        room, shown = self._model.room, self.shown
        start = at - shown.enough(messages[:at])
        stop = at + 1 + shown.enough(messages[:at:-1])
        is_behind = stop < len(messages) or room.place is not None
        shown.show(
            messages[start:stop],
            () if is_behind else room.waiting,
            new_from=room.new_from,
            is_behind=is_behind,
        )

    def _draw_around(self, anchor: Anchor) -> bool:
        """Draw all anew, with a message where it was; tell whether it is here at all."""
        timeline = self._model.room.timeline
        message = timeline.find(anchor.era, anchor.seq)
        if message is None:
            return False
        self._show_around(timeline.messages, timeline.messages.index(message))
        self._put(message.key, anchor.y)
        return True

    def _go_to_anchor(self, anchor: Anchor | None) -> None:
        if anchor is None:
            self.shown.to_bottom()
        elif not self._put_back(anchor):
            self._seek_in_past(anchor)

    def _put_back(self, anchor: Anchor) -> bool:
        """Bring a message to where it was; tell whether it is here at all."""
        room = self._model.room
        message = (room.place or room).timeline.find(anchor.era, anchor.seq)
        if message is not None:
            self.seek(message.key, anchor.y)
        return message is not None

    def _seek_in_past(self, anchor: Anchor) -> None:
        """Bring a message to where it was, once it has come from the disk or the host."""
        self._sought = anchor
        self._sought_until = time.monotonic() + SOUGHT_SECONDS
        self._past.open(self._model.room.name, anchor.seq)

    def _put(self, key: int, y: int | None) -> bool:
        return self.shown.go_to(key) if y is None else self.shown.put(key, y)

    def _load_older(self) -> None:
        """Get what comes before the oldest message that is drawn."""
        room = self._model.room
        if undrawn := self._above():
            self.shown.prepend(undrawn[-SLICE:])
            self._show_edge()
        elif room.place is not None:
            self._past.widen(0)
        elif room.has_older and not room.loading_older:
            room.loading_older = True
            self._session.older(room.name, room.cursor)

    def _load_newer(self) -> None:
        """Get what comes after the newest message that is drawn."""
        room, shown = self._model.room, self.shown
        messages, at = self._find(shown.newest)
        if at is None and messages and shown.newest is not None:
            self._show_around(messages, 0)  # those that were drawn are forgotten by now
            self._show_edge()
            return
        undrawn = [] if at is None else messages[at + 1 :]
        shown.go_on(undrawn[:SLICE])
        if room.place is not None:
            if not undrawn:
                self._past.widen(-1)
        elif len(undrawn) <= SLICE:
            shown.is_behind = False
            shown.show_waiting(room.waiting)

    def _fill_soon(self) -> None:
        """Draw some more, when nothing else is to be done for a while."""
        self._stop_filling()
        if self._is_on_screen and self.shown.drawn < FILLED and not self._is_in_past:
            self._fill_due = self.shown.after(FILL_MS, self._fill)

    def _fill(self) -> None:
        self._fill_due = ""
        if undrawn := self._above():
            self.shown.prepend(undrawn[-SLICE:])
            self._show_edge()
            self._fill_soon()

    def _above(self) -> list[Message]:
        """Return the messages that are here, but come before the oldest that is drawn."""
        messages, at = self._find(self.shown.oldest)
        if at is None and self.shown.newest is not None:
            return []  # it is forgotten by now, and what is here comes after it
        return messages[:at]

    def _find(self, key: int | None) -> tuple[list[Message], int | None]:
        """Return the messages to draw from, and which of them has that key; None if none has."""
        room = self._model.room
        messages = (room.place or room).timeline.messages
        backwards = range(len(messages) - 1, -1, -1)  # most are drawn from the end
        return messages, next((at for at in backwards if messages[at].key == key), None)

    def _show_edge(self, *, answered: bool = False) -> None:
        """Say what there is before the oldest message; ``answered``, if that is other news."""
        edge = Edge.MORE if self._above() else self._past.edge()
        name = room_label(self._model.room.name)
        self.shown.show_edge(edge, name, answered=answered)

    def _go_to_answered(self, message: Message) -> None:
        """Go to what ``message`` answers."""
        room = self._model.room
        answered = (room.place or room).timeline.find(message.era, message.answers)
        if answered is not None:
            self._anchoring.push()
            self.seek(answered.key)
        elif self._model.can_answer(message):  # else its seq is one of another log
            self._anchoring.push()
            self._past.open(room.name, message.answers)

    def _may_read(self) -> bool:
        is_here = not self._is_seeking() and self._model.room.place is None
        return is_here and self._is_looking()

    def _is_settled(self) -> bool:
        """Tell whether the reader is where they want to be."""
        return self._is_on_screen and not self._is_seeking()

    def _is_seeking(self) -> bool:
        """Tell whether the reader is to be somewhere else in a moment."""
        return self._sought is not None and time.monotonic() < self._sought_until

    def _moved(self) -> None:
        """Take note that other messages are in view, or that the same are elsewhere."""
        self._marks.note()
        if self._is_settled():
            self._anchoring.note()
        else:
            self._anchoring.close()
        self._new_line.follow(self._model.room, is_looking=self._is_looking())

    def _stop_filling(self) -> None:
        if self._fill_due:
            self.shown.after_cancel(self._fill_due)
            self._fill_due = ""

    def _stop(self) -> None:
        if self._first_due:
            self.shown.after_cancel(self._first_due)
        self._stop_filling()
        self._marks.close()
        self._anchoring.close()
