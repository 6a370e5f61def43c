"""What somebody is owed of what an audience heard."""

import time

from tests.net.pairs import connected, read_exactly
from tkchat.net.connection import Connection
from tkchat.server.log_records import Account
from tkchat.server.member import Audience, Feed, Lasting, Member, Person, Room, Stretch


def somebody(connection: Connection, audience: Audience | None = None) -> Member:
    return Member(Person("alice", "alice"), connection, audience)


def test_a_feed_is_one_block() -> None:
    feed = Feed()
    feed.add(b"one\n")
    feed.add(b"two\n")
    assert feed.block() == b"one\ntwo\n"
    assert feed.size == 2
    feed.clear()
    assert feed.block() == b""
    assert feed.size == 0


def test_pieces_of_a_feed_share_its_block() -> None:
    feed = Feed()
    for line in (b"one\n", b"\n", b"three\n"):
        feed.add(line)
    pieces = [feed.piece(start, end) for start, end in ((0, 1), (1, 3), (3, 3))]
    assert [bytes(piece) for piece in pieces] == [b"one\n", b"\nthree\n", b""]
    assert pieces[0].obj is feed.block()


def test_lasting_lines_are_unsaid_and_the_stretches_stay_right() -> None:
    feed = Feed()
    feed.add(b"passing\n")
    feed.add(b"lasting\n", lasting=True)
    feed.add(b"too\n")
    feed.drop_lasting()
    assert feed.block() == b"passing\ntoo\n"
    assert [bytes(feed.piece(at, at + 1)) for at in range(3)] == [b"passing\n", b"", b"too\n"]


def test_settling_writes_down_what_was_heard_since_the_last_time() -> None:
    audience = Audience(False, (Room("general", "general"),))
    feed = audience.feed
    with connected() as (connection, _):
        member = somebody(connection, audience)
        member.settle()
        feed.add(b"one\n")
        feed.add(b"two\n")
        member.settle()
        member.settle()
        feed.add(b"three\n")
        member.settle()
        assert member.script == [Stretch(feed, 0, 2), Stretch(feed, 2, 3)]


def test_a_script_is_sent_without_what_could_not_be_committed() -> None:
    audience = Audience(True, (Room("general", "general"),))
    audience.feed.add(b"said\n", lasting=True)
    with connected() as (connection, _):
        member = somebody(connection, audience)
        member.settle()
        member.script += [b"told\n", Lasting(b"lost\n")]
        audience.feed.drop_lasting()
        member.drop_lasting()
        assert member.take_script() == [b"told\n"]
        assert not member.script


def test_somebody_without_an_audience_owes_it_nothing() -> None:
    with connected() as (connection, _):
        member = somebody(connection)
        member.settle()
        assert not member.script


def test_what_is_held_is_sent_in_order_when_it_is_released() -> None:
    with connected() as (connection, peer):
        member = somebody(connection)
        member.held = []
        block = bytearray(b"one\n")
        member.send(memoryview(block))
        block[:] = b"xxx\n"  # a block is used again, or gone, by the time of the release
        member.send(b"two\n", b"three\n")
        connection.send(b"before\n")
        member.release()
        member.send(b"four\n")
        assert read_exactly(peer, 26) == b"before\none\ntwo\nthree\nfour\n"


def test_who_is_held_back_for_too_much_is_closed() -> None:
    with connected(backlog_bytes=1_000) as (connection, _):
        member = somebody(connection)
        member.held = []
        member.send(b"x" * 1_000)
        assert not connection.closed.is_set()
        member.send(b"x")
        assert connection.closed.is_set()
        member.release()


def test_a_person_with_an_account_is_tagged() -> None:
    account = Account(1, "alice", "alice", b"", "", round(time.time()))
    with connected() as (connection, _):
        assert Member(Person("alice", "alice", account), connection).is_tagged
        assert not somebody(connection).is_tagged


def test_a_plain_client_is_in_one_room() -> None:
    room = Room("general", "general")
    with connected() as (connection, _):
        member = somebody(connection)
        member.person.rooms = {room: None}
        assert member.room is room
        assert not room.is_conversation
        assert Room("@1 2", "@1 2").is_conversation
