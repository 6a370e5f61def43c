"""Which rooms and people the sidebar lists, and with which numbers."""

from collections.abc import Sequence

from tkchat.client.model import Link, Model
from tkchat.client.room import Level, Room
from tkchat.gui.places.people_list import People
from tkchat.gui.places.room_list import RoomRow
from tkchat.gui.places.room_names import room_order

FEW = 4  #: of the rooms where this person is not, so many are listed at most


def room_rows(model: Model) -> list[RoomRow]:
    """Return a row for each room where the person is, with what is unread.

    They come by name, then the conversations, the latest first. With a host that keeps no log
    these are all rooms with how many people are there.
    """
    if not model.is_tagged:
        # The host lists rooms when asked; of this room we know better who is in it.
        counts = {**model.room_counts, model.room.name: len(model.room.people)}
        return [RoomRow(room, count) for room, count in counts.items()]
    own = [room for room in model.rooms.values() if _is_own(room, model)]
    rooms = sorted(
        (r for r in own if not r.is_conversation), key=lambda room: room_order(room.name)
    )
    talks = sorted((r for r in own if r.is_conversation), key=lambda room: room.name.casefold())
    talks.sort(key=lambda room: room.last_seq, reverse=True)
    return [_row(room, model) for room in (*rooms, *talks)]


def other_rooms(model: Model) -> list[RoomRow]:
    """Return a row for each room of the host where this person is not."""
    if not model.is_tagged:
        return []
    own = {room.name for room in model.rooms.values() if _is_own(room, model)}
    return [
        RoomRow(name, elsewhere=True)
        for name in sorted(model.room_counts.keys() - own, key=room_order)
    ]


def few(rows: list[RoomRow]) -> tuple[list[RoomRow], int]:
    """Return as many rows as are listed at most, and how many others there are."""
    return (rows, 0) if len(rows) <= FEW else (rows[: FEW - 1], len(rows) - FEW + 1)


def people_shown(model: Model, names: Sequence[str]) -> People:
    """Return whom to list: ``names``, who are or were in the room; in a conversation everybody."""
    is_known = model.link is Link.ONLINE
    everywhere = model.room.is_conversation
    return People(
        names,
        model.user,
        model.presence,
        is_known=is_known,
        everywhere=everywhere,
        roles=model.order.roles,
    )


def names_here(model: Model) -> Sequence[str]:
    """Return who is in the current room; of a conversation, everybody who is in the chat."""
    if not model.room.is_conversation:
        return model.people
    return sorted({name for room in model.rooms.values() for name in room.people})


def count_others(model: Model) -> int:
    """Return how many others there are in the chat, at least."""
    own = [room for room in model.rooms.values() if room.joined or room is model.room]
    others = {name for room in own for name in room.people} - {model.user}
    here = {room.name for room in own}
    # Those in other rooms may be among them: nobody tells who they are.
    elsewhere = [count for name, count in model.room_counts.items() if name not in here]
    return max(len(others), *elsewhere, 0)


def _is_own(room: Room, model: Model) -> bool:
    is_offline = model.link is not Link.ONLINE  # then nobody knows better
    return room.joined or room.is_conversation or room is model.room or is_offline


def _row(room: Room, model: Model) -> RoomRow:
    count = room.news
    is_here = room is model.room
    return RoomRow(
        room.name,
        count,
        news=bool(count),
        strong=bool(count) and (bool(room.mentions) or room.is_conversation),
        muted=room.level is Level.MUTED,
        draft=bool(room.draft.strip()) and not is_here,
        topic=room.topic,
        presence=model.presence_of(room.name[1:]) if room.is_conversation else None,
    )
