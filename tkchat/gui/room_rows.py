"""Which rooms and people the sidebar lists, and with which numbers."""

from collections.abc import Sequence

from tkchat.client.model import Link, Model
from tkchat.gui.room_list import RoomRow
from tkchat.gui.room_names import room_order


def room_rows(model: Model) -> list[RoomRow]:
    """Return a row for each room that the person may want to go to.

    With a host that keeps a log these are the person's own rooms with what is unread, then their
    conversations, then the other rooms of the host; else all rooms with how many people are there.
    """
    if not model.is_tagged:
        # The host lists rooms when asked; of this room we know better who is in it.
        counts = {**model.room_counts, model.room.name: len(model.room.people)}
        return [RoomRow(room, count) for room, count in counts.items()]
    own = [
        room
        for room in model.rooms.values()
        if room.joined
        or room.is_conversation
        or room is model.room
        or model.link is not Link.ONLINE
    ]
    rows = [
        RoomRow(
            room.name,
            room.unread,
            news=bool(room.unread),
            strong=bool(room.unread) and (bool(room.mentions) or room.is_conversation),
        )
        for room in sorted(own, key=lambda room: room_order(room.name))
    ]
    listed = {row.room for row in rows}
    others = sorted(model.room_counts.keys() - listed, key=room_order)
    return [*rows, *(RoomRow(room, elsewhere=True) for room in others)]


def people_shown(model: Model) -> Sequence[str]:
    """Return who is in the current room; of a conversation, who of the two is in the chat."""
    room = model.room
    if not room.is_conversation:
        return model.people
    everybody = {name for each in model.rooms.values() for name in each.people}
    return [name for name in (model.user, room.name.removeprefix("@")) if name in everybody]
