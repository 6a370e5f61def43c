"""The state of a chat: rooms come and go, and a turn leaves nothing behind."""

import time
from collections.abc import Iterator

import pytest

from tests.net.pairs import connected
from tkchat.net.connection import Connection
from tkchat.server import accounts
from tkchat.server.chat import Chat
from tkchat.server.member import Member
from tkchat.server.speech import say_plain
from tkchat.wire.errors import RemoteError


@pytest.fixture
def connection() -> Iterator[Connection]:
    with connected() as (connection, _):
        yield connection


def admit(chat: Chat, name: str, connection: Connection, token: str = "") -> tuple[Member, str]:
    """Let a tagged connection in that has nothing to catch up with; return it and its token."""
    admission = chat.admit(name, token, "", connection)
    chat.subscribe(admission.member)
    chat.release(admission.member)
    return admission.member, admission.token


def end_turn(chat: Chat) -> None:
    """Commit and forget what the turn decided, as the hub does."""
    chat.log.commit(chat.turn.batch)
    chat.turn.batch = type(chat.turn.batch)()
    chat.end_turn()


def scripts(*members: Member) -> list[bytes]:
    """Return what each member is owed beside what its audience hears."""
    for member in members:
        member.settle()
    return [b"".join(bytes(chunk) for chunk in member.take_script()) for member in members]


def _rooms(chat: Chat) -> set[str]:
    return {member.room.name for member in chat.members}


def test_a_room_where_nothing_was_said_ends_with_its_last_member(
    chat: Chat, connection: Connection
) -> None:
    alice = chat.enter("alice", connection)
    chat.move(alice, "games")
    chat.end_turn()
    assert _rooms(chat) == {"games"}
    chat.move(alice, "General")
    chat.end_turn()
    assert _rooms(chat) == {"general"}
    with pytest.raises(RemoteError, match="no room games") as refused:
        chat.who(alice, "games")
    assert refused.value.code == "no-room"


def test_a_room_where_something_was_said_goes_on(chat: Chat, connection: Connection) -> None:
    alice = chat.enter("alice", connection)
    chat.move(alice, "games")
    say_plain(chat, alice, "hello")
    chat.move(alice, "general")
    chat.end_turn()
    chat.who(alice, "games")
    assert scripts(alice) == [b"SERVER~In games (0): \n"]
    chat.list_rooms(alice)
    assert scripts(alice) == [b"SERVER~Rooms: general (1)\n"]


def test_a_room_that_is_left_and_entered_in_one_turn_stays_the_same_room(chat: Chat) -> None:
    with connected() as (one, _), connected() as (other, _):
        alice, bob = chat.enter("alice", one), chat.enter("bob", other)
        chat.move(alice, "games")
        chat.end_turn()
        chat.move(alice, "general")
        chat.move(bob, "Games")
        chat.end_turn()
        chat.move(alice, "games")
        assert alice.room is bob.room
        assert set(bob.room.people) == {"alice", "bob"}


def test_after_a_turn_nobody_is_owed_anything(chat: Chat, connection: Connection) -> None:
    alice = chat.enter("alice", connection)
    say_plain(chat, alice, "hello")
    chat.who(alice)
    assert chat.turn.owed_bytes > 0
    chat.end_turn()
    assert not chat.turn.owed_bytes
    assert not chat.turn.audiences
    assert not chat.turn.with_script
    assert not alice.script
    assert alice.since == 0
    assert alice.audience is not None
    assert alice.audience.feed.size == 0


def test_leaving_twice_is_leaving_once(chat: Chat, connection: Connection) -> None:
    alice = chat.enter("alice", connection)
    assert alice.audience is not None
    chat.quit(alice)
    chat.leave(alice)
    assert not list(chat.members)
    block = alice.audience.feed.block()
    assert block == b"SERVER~alice joined the chat app\nSERVER~alice left the chat app\n"


def test_an_audience_ends_with_its_last_member(chat: Chat, connection: Connection) -> None:
    alice, _ = admit(chat, "alice", connection)
    assert len(chat.rooms.general.audiences) == 1
    chat.join(alice, "games")
    chat.end_turn()
    (audience,) = chat.rooms.general.audiences
    assert [room.name for room in audience.rooms] == ["games", "general"]
    chat.leave(alice)
    chat.end_turn()
    assert not chat.rooms.general.audiences


def test_people_in_the_same_rooms_are_one_audience(chat: Chat) -> None:
    with connected() as (one, _), connected() as (other, _):
        alice, _ = admit(chat, "alice", one)
        bob, _ = admit(chat, "bob", other)
        for room in ("games", "lab"):
            chat.join(alice, room)
        for room in ("lab", "games"):
            chat.join(bob, room)
        assert alice.audience is bob.audience


def test_two_connections_of_one_person_are_announced_once(chat: Chat) -> None:
    with connected() as (one, _), connected() as (other, _):
        alice, token = admit(chat, "alice", one)
        again, _ = admit(chat, "Alice", other, token)
        assert again.person is alice.person
        assert again.name == "alice"
        assert alice.audience is not None
        assert alice.audience.feed.block().count(b"event=join") == 1
        chat.leave(alice)
        assert b"event=leave" not in alice.audience.feed.block()
        assert chat.person("alice") is not None
        chat.leave(again)
        assert chat.person("alice") is None


def test_two_that_come_in_at_once_are_one_person(chat: Chat) -> None:
    with connected() as (one, _), connected() as (other, _):
        first = chat.admit("alice", "", "", one)
        second = chat.admit("alice", first.token, "", other)
        chat.subscribe(first.member)
        chat.join(first.member, "games")
        chat.subscribe(second.member)
        assert second.member.person is first.member.person
        assert second.member.audience is first.member.audience
        assert "games" in second.member.labels.values()


def test_a_plain_and_a_tagged_client_cannot_have_one_name(chat: Chat) -> None:
    with connected() as (one, _), connected() as (other, _):
        chat.enter("alice", one)
        with pytest.raises(RemoteError) as refused:
            chat.admit("Alice", "", "", other)
        assert refused.value.code == "name-taken"
        chat.admit("bob", "", "", other)
        with pytest.raises(RemoteError) as refused:
            chat.enter("Bob", one)
        assert refused.value.code == "name-taken"


def test_whoever_is_here_uses_their_name_however_long_ago_they_came(
    chat: Chat, monkeypatch: pytest.MonkeyPatch
) -> None:
    with connected() as (one, _), connected() as (other, _):
        alice, _ = admit(chat, "alice", one)
        much_later = time.time() + accounts.UNUSED_SECONDS + 1
        monkeypatch.setattr(time, "time", lambda: much_later)
        for let_in in (
            lambda: chat.admit("alice", "", "", other),
            lambda: chat.enter("alice", other),
        ):
            with pytest.raises(RemoteError) as refused:
                let_in()
            assert refused.value.code == "name-taken"
        assert alice.person.account is chat.accounts.find("alice")


def test_rooms_and_read_marks_last(chat: Chat, connection: Connection) -> None:
    alice, token = admit(chat, "alice", connection)
    chat.join(alice, "Games")
    chat.join(alice, "lab")
    end_turn(chat)
    chat.part(alice, "lab")
    chat.leave(alice)
    end_turn(chat)
    again = Chat(chat.log)
    with connected() as (other, _):
        alice, _ = admit(again, "alice", other, token)
        assert [room.name for room in alice.person.rooms] == ["general", "Games"]


@pytest.mark.parametrize(
    ("room", "code"),
    [
        ("general", "not-allowed"),
        ("GENERAL", "not-allowed"),
        ("lab", "no-room"),
        ("a b", "bad-name"),
    ],
)
def test_what_cannot_be_left(chat: Chat, connection: Connection, room: str, code: str) -> None:
    alice, _ = admit(chat, "alice", connection)
    with pytest.raises(RemoteError) as refused:
        chat.part(alice, room)
    assert refused.value.code == code


def test_what_is_not_known_cannot_be_read(chat: Chat, connection: Connection) -> None:
    alice, _ = admit(chat, "alice", connection)
    for room in ("lab", "@bob"):
        with pytest.raises(RemoteError) as refused:
            chat.mark_read(alice, room, 1)
        assert refused.value.code == "no-room"
