"""Rooms that are put away: nobody is in them, nobody sees them, and nothing in them is lost."""

from functools import partial

from tkchat.server.chat import Chat
from tkchat.server.member import Member, Room
from tkchat.server.moderation import need_keeper
from tkchat.server.turn import Line
from tkchat.wire import plain, tagged
from tkchat.wire.errors import RemoteError
from tkchat.wire.names import GENERAL


def archive(chat: Chat, member: Member, name: str) -> str:
    """Put a room away: everybody leaves it, those who are not here too. Return the answer.

    Raises:
        RemoteError: ``not-allowed``, ``no-room``, ``bad-name``.
    """
    need_keeper(member)
    room = chat.rooms.find(name)
    if room is chat.rooms.general:
        raise RemoteError("not-allowed", f"{GENERAL} is the room that everybody is in.")
    _put(chat, room, is_archived=True)
    chat.order.record(chat.now_ms, member.name, "archive", room.name, "")
    told = plain.Notice(f"{member.name} archived {room.name}.")
    chat.turn.hear(room, Line(plain.encode(told), tagged.encode(told)), lasting=True)
    chat.turn.then.append(partial(_empty, chat, room))
    return f"{room.name} is archived: nobody is in it any more, and nothing said there is lost."


def unarchive(chat: Chat, member: Member, name: str) -> str:
    """Bring a room back, with all that was said there; people join it again. Return the answer.

    Raises:
        RemoteError: ``not-allowed``, ``no-room``, ``bad-name``.
    """
    need_keeper(member)
    room = chat.rooms.find_archived(name)
    _put(chat, room, is_archived=False)
    chat.order.record(chat.now_ms, member.name, "unarchive", room.name, "")
    return f"{room.name} is back: people can join it again."


def _put(chat: Chat, room: Room, *, is_archived: bool) -> None:
    rooms, batch = chat.rooms, chat.turn.batch
    rooms.set_archived(room, batch, is_archived=is_archived)
    chat.turn.undo.append(lambda: rooms.set_archived(room, batch, is_archived=not is_archived))


def _empty(chat: Chat, room: Room) -> None:
    """Take everybody out of a room that is put away; that is on disk by now."""
    if not room.is_archived:  # it is back already
        return
    for person in list(room.people.values()):
        if person.account is not None:
            chat.take_out(person, room)
        for member in list(person.members):
            if not member.is_tagged:
                chat.move(member, GENERAL)
    for account_id in list(chat.rooms.readers(room.id)):
        chat.rooms.remove_label(account_id, room, chat.turn.batch)
