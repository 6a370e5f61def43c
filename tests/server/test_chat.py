"""The state of a chat: rooms come and go, and a turn leaves nothing behind."""

import pytest

from tests.net.pairs import connected
from tkchat.server.chat import Chat
from tkchat.wire.errors import RemoteError


def _rooms(chat: Chat) -> set[str]:
    return {member.room.name for member in chat.members}


def test_a_room_ends_with_its_last_member_and_the_first_room_never() -> None:
    chat = Chat()
    with connected() as (connection, _):
        alice = chat.enter("alice", connection)
        chat.move(alice, "games")
        chat.end_turn()
        assert _rooms(chat) == {"games"}
        chat.move(alice, "General")
        chat.end_turn()
        assert _rooms(chat) == {"general"}
        with pytest.raises(RemoteError, match="no room games"):
            chat.who(alice, "games")


def test_a_room_that_is_left_and_entered_in_one_turn_stays_the_same_room() -> None:
    chat = Chat()
    with connected() as (one, _), connected() as (other, _):
        alice, bob = chat.enter("alice", one), chat.enter("bob", other)
        chat.move(alice, "games")
        chat.end_turn()
        chat.move(alice, "general")
        chat.move(bob, "Games")
        chat.end_turn()
        chat.move(alice, "games")
        assert alice.room is bob.room
        assert set(bob.room.members) == {"alice", "bob"}


def test_after_a_turn_nobody_is_owed_anything() -> None:
    chat = Chat()
    with connected() as (connection, _):
        alice = chat.enter("alice", connection)
        chat.say(alice, "hello")
        chat.who(alice)
        assert chat.turn_bytes > 0
        chat.end_turn()
        assert not chat.turn_bytes
        assert not chat.active_rooms
        assert not chat.with_script
        assert not alice.script
        assert alice.since == 0
        assert alice.room.feed.size == 0


def test_leaving_twice_is_leaving_once() -> None:
    chat = Chat()
    with connected() as (connection, _):
        alice = chat.enter("alice", connection)
        chat.quit(alice)
        chat.leave(alice)
        assert not list(chat.members)
        block = alice.room.feed.block()
    assert block == b"SERVER~alice joined the chat app\nSERVER~alice left the chat app\n"
