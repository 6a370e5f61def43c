"""What rooms are about: anybody in one may say so, and it lasts."""

from tkchat.server.chat import Chat
from tkchat.server.member import Member, Room
from tkchat.server.turn import Line
from tkchat.wire import plain, tagged
from tkchat.wire.errors import RemoteError
from tkchat.wire.text import check_topic


def set_topic(chat: Chat, member: Member, label: str, text: str) -> None:
    """Say what the room is about that a tagged client calls ``label``.

    Raises:
        RemoteError: ``no-room``, ``not-allowed``, ``bad-name``, ``too-long``.
    """
    if label.startswith("@"):
        raise RemoteError("not-allowed", "A conversation has no topic.")
    _set(chat, member, chat.rooms.find_own(member.person, label), text)


def set_plain_topic(chat: Chat, member: Member, text: str) -> None:
    """Say what a plain client's room is about.

    Raises:
        RemoteError: ``too-long``.
    """
    _set(chat, member, member.room, text)


def _set(chat: Chat, member: Member, room: Room, text: str) -> None:
    chat.order.check_voice(member.person, chat.now_ms)
    topic = check_topic(text)
    if topic == room.topic:
        chat.tell_topic(member, room)
        return
    chat.rooms.set_topic(room, topic, member.name, chat.turn.batch)
    line = Line(
        plain.encode(plain.topic_set(member.name, room.name, topic)),
        tagged.encode(tagged.Topic(room.name, topic, member.name)),
    )
    chat.turn.hear(room, line)
