"""Moves the person from room to room: by click, by key and by name."""

import tkinter as tk
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from tkchat.client.model import Link, Model
from tkchat.client.room import Room
from tkchat.client.session import Session
from tkchat.gui.emoji.emoji import Emoji
from tkchat.gui.look.theme import Theme
from tkchat.gui.places.presence_dots import PresenceDots
from tkchat.gui.places.room_list import RoomRow
from tkchat.gui.places.room_rows import other_rooms, room_rows
from tkchat.gui.places.switcher import Place, Switcher
from tkchat.gui.widgets.row_draw import Row
from tkchat.gui.widgets.sanitise import one_line
from tkchat.i18n import grouped, tr, trn

_LAST_VISITED = 6  # so many rooms are offered before others because one was there lately


@dataclass(frozen=True, slots=True)
class Around:
    """What the window around does: ``back_to_now`` leaves the past of a room that is open."""

    back_to_now: Callable[[], None]
    focus_box: Callable[[], None]
    hint: Callable[[str], None]
    write_command: Callable[[str], None]  #: begin a command in the box, if it is empty


class Navigation:
    """Goes to rooms and conversations. ``switcher`` is the popup for their names."""

    def __init__(
        self,
        window: tk.Misc,
        theme: Theme,
        emoji: Emoji,
        dots: PresenceDots,
        session: Session,
        model: Model,
        around: Around,
    ) -> None:
        self._session = session
        self._model = model
        self._emoji = emoji
        self._dots = dots
        self._around = around
        self._visited: list[str] = []  # the last one first
        self.switcher = Switcher(window, theme, emoji, self.go_to, around.focus_box)

    def go_to(self, room: str) -> None:
        """Go to a room or conversation, which may be new."""
        model = self._model
        if not model.is_tagged and model.link is not Link.ONLINE:
            self._around.hint(tr("There is no connection to change rooms with."))
        elif room != model.room.name:
            model.moving()
            self._session.go_to(room)
        elif model.room.place is not None:
            self._around.back_to_now()
        self._around.focus_box()

    def entered(self) -> None:
        """Take note of the room that the person is in now."""
        name = self._model.room.name
        self._visited = [name, *(each for each in self._visited if each != name)]

    def step(self, step: int) -> None:
        """Go to the next room of the list, or with -1 to the one before."""
        self._step_among(self._own(), step)

    def step_unread(self, step: int) -> None:
        """Go to the next room with something unread, or with -1 to the one before."""
        rooms = self._own()
        unread = [row.room for row in room_rows(self._model) if row.news]
        current = self._model.room.name
        self._step_among([room for room in rooms if room in unread or room == current], step)

    def nth(self, at: int) -> None:
        """Go to the room at a place of the list, counted from 0."""
        rooms = self._own()
        if at < len(rooms):
            self.go_to(rooms[at])

    def write_to(self, person: str) -> None:
        """Open the conversation with somebody."""
        if person != self._model.user:
            if self._model.is_tagged:
                self.go_to(f"@{person}")
            else:
                self._around.write_command(f"/msg {person} ")
        self._around.focus_box()

    def switch(self) -> None:
        """Let the person type where to go."""
        if self.switcher.is_open:
            self.switcher.close()
            return
        places = [*self._own_places(), *self._other_places(), *self._people()]
        places.sort(key=lambda place: -place.bonus)
        advice = tr("↑ ↓ to choose  ·  Enter to go there  ·  Esc to stay here")
        self.switcher.open(places, tr("Go to a room or person"), advice)

    def browse(self) -> None:
        """Show the rooms of the host, to join one or create another."""
        if self.switcher.is_open:
            self.switcher.close()
            return
        model = self._model
        own = {name: room for name, room in model.rooms.items() if room.joined}
        # The host lists rooms when asked; of its own rooms a client knows better who is there.
        here = {name: len(room.people) for name, room in own.items() if name in model.room_counts}
        counts = {**model.room_counts, **here}
        places = [
            Place(name, self._room_row(name, _people_in(count, is_own=name in own)))
            for name, count in sorted(counts.items(), key=lambda pair: -pair[1])
        ]
        advice = tr("Choose a room, or type a name to create one")
        self.switcher.open(places, tr("Room to join or to create"), advice)

    def _own(self) -> Sequence[str]:
        return [row.room for row in room_rows(self._model)]

    def _step_among(self, rooms: Sequence[str], step: int) -> None:
        if self._model.room.name in rooms and len(rooms) > 1:
            at = rooms.index(self._model.room.name) + step
            self.go_to(rooms[at % len(rooms)])

    def _own_places(self) -> list[Place]:
        return [
            Place(row.room, self._own_row(row), self._bonus(row)) for row in room_rows(self._model)
        ]

    def _bonus(self, row: RoomRow) -> float:
        if row.room == self._model.room.name:
            return -4.0  # one is there already
        lately = self._visited.index(row.room) if row.room in self._visited else _LAST_VISITED
        news = 6.0 if row.strong else 4.0 if row.news else 0.0
        return 0.5 + news + max(_LAST_VISITED - lately, 0) * 0.4

    def _other_places(self) -> list[Place]:
        counts = self._model.room_counts
        return [
            Place(row.room, self._room_row(row.room, _people_in(counts[row.room])), -1.0)
            for row in other_rooms(self._model)
        ]

    def _people(self) -> list[Place]:
        model = self._model
        names = {name for room in model.rooms.values() for name in room.people} - {model.user}
        return [
            Place(f"@{name}", self._conversation_row(f"@{name}"))
            for name in sorted(names, key=str.casefold)
            if model.is_tagged and f"@{name}" not in model.rooms
        ]

    def _own_row(self, row: RoomRow) -> Row:
        mark = grouped(row.count) if row.count else ""
        room: Room | None = self._model.rooms.get(row.room)
        if row.room.startswith("@"):
            return self._conversation_row(row.room, mark, bold=row.news)
        return self._room_row(row.room, room.topic if room else "", mark, bold=row.news)

    def _conversation_row(self, room: str, mark: str = "", *, bold: bool = False) -> Row:
        presence = self._model.presence_of(room[1:])
        plain = self._emoji.plain
        note = plain(one_line(presence.text)) if presence else ""
        name = plain(one_line(room[1:]))
        return Row(room, name, note, self._dots.photo(presence), mark, bold=bold)

    def _room_row(self, room: str, note: str, mark: str = "", *, bold: bool = False) -> Row:
        plain = self._emoji.plain
        return Row(room, plain(one_line(room)), plain(one_line(note)), "#", mark, bold=bold)


def _people_in(count: int, *, is_own: bool = False) -> str:
    people = trn("{count} person", "{count} people", count).format(count=count)
    return tr("{people} · you are in it").format(people=people) if is_own else people
