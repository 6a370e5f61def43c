"""What somebody is owed of what a room heard."""

from tests.net.pairs import connected
from tkchat.server.member import Feed, Member, Room, Stretch


def test_a_feed_is_one_block() -> None:
    feed = Feed()
    feed.add(b"one\n")
    feed.add(b"two\n")
    assert feed.block() == b"one\ntwo\n"
    assert feed.size == 8
    feed.clear()
    assert feed.block() == b""
    assert feed.size == 0


def test_settling_writes_down_what_was_heard_since_the_last_time() -> None:
    room = Room("general")
    with connected() as (connection, _):
        member = Member("alice", "alice", connection, room)
        member.settle()
        room.feed.add(b"one\n")
        room.feed.add(b"two\n")
        member.settle()
        member.settle()
        room.feed.add(b"three\n")
        member.settle()
        assert member.script == [Stretch(room.feed, 0, 8), Stretch(room.feed, 8, 14)]
