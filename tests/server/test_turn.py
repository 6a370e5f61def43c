"""What a turn owes to whom, and how it is taken back."""

from collections.abc import Iterator

import pytest

from tests.net.pairs import connected
from tkchat.server.log_records import Account, Membership, Record, StoredRoom
from tkchat.server.member import Audience, Member, Person, Room
from tkchat.server.turn import Line, Turn

BOTH = Line(b"plain\n", b"tagged\n")


class Scene:
    """A room with two audiences of one member each, and a turn."""

    def __init__(self, plain: Member, tagged: Member) -> None:
        self.turn = Turn()
        self.room = Room("general", "general")
        self.plain, self.tagged = plain, tagged
        for member, is_tagged in ((plain, False), (tagged, True)):
            audience = Audience(is_tagged, (self.room,), {member: None})
            self.room.audiences[audience] = None
            member.audience = audience

    def heard(self, member: Member) -> bytes:
        """Return all that ``member`` is owed."""
        if member in self.turn.with_script:
            member.settle()
            return b"".join(bytes(chunk) for chunk in member.take_script())
        assert member.audience is not None
        return member.audience.feed.block()


@pytest.fixture
def scene() -> Iterator[Scene]:
    with connected() as (one, _), connected() as (other, _):
        account = Account(1, "bob", "bob", b"", "", 0)
        plain = Member(Person("alice", "alice"), one)
        yield Scene(plain, Member(Person("bob", "bob", account), other))


def test_each_dialect_hears_its_own_line(scene: Scene) -> None:
    scene.turn.hear(scene.room, BOTH)
    scene.turn.hear(scene.room, Line(tagged=b"tagged only\n"))
    assert scene.heard(scene.plain) == b"plain\n"
    assert scene.heard(scene.tagged) == b"tagged\ntagged only\n"
    assert scene.turn.owed_bytes == 25


def test_what_one_is_told_stands_where_it_was_told(scene: Scene) -> None:
    scene.turn.hear(scene.room, BOTH)
    scene.turn.tell(scene.plain, b"told\n")
    scene.turn.hear(scene.room, BOTH)
    assert scene.heard(scene.plain) == b"plain\ntold\nplain\n"
    assert scene.heard(scene.tagged) == b"tagged\ntagged\n"


def test_the_others_hear_what_one_does_not(scene: Scene) -> None:
    scene.turn.hear(scene.room, BOTH)
    scene.turn.hear_others(scene.room, Line(b"new\n", b"@new\n"), [scene.tagged])
    scene.turn.hear(scene.room, BOTH)
    assert scene.heard(scene.plain) == b"plain\nnew\nplain\n"
    assert scene.heard(scene.tagged) == b"tagged\ntagged\n"


def test_what_is_skipped_is_not_heard(scene: Scene) -> None:
    scene.turn.hear(scene.room, BOTH)
    scene.turn.write_script(scene.tagged)
    scene.turn.hear(scene.room, BOTH)
    scene.turn.skip(scene.tagged)
    scene.turn.hear(scene.room, Line(tagged=b"last\n"))
    assert scene.heard(scene.tagged) == b"tagged\nlast\n"


def test_who_catches_up_can_be_told_but_hears_nothing(scene: Scene) -> None:
    with connected() as (connection, _):
        member = Member(scene.tagged.person, connection)
        scene.turn.hear(scene.room, BOTH)
        scene.turn.tell(member, b"told\n")
        scene.turn.skip(member)
        assert scene.heard(member) == b"told\n"


def test_the_most_that_one_connection_is_told_counts_too(scene: Scene) -> None:
    for _ in range(3):
        scene.turn.tell(scene.plain, b"x" * 100)
        scene.turn.tell(scene.tagged, b"x" * 30)
    owed = [scene.turn.owed_bytes]
    scene.turn.clear()
    owed.append(scene.turn.owed_bytes)
    scene.turn.tell(scene.plain, b"x" * 100)
    owed.append(scene.turn.owed_bytes)
    assert owed == [300, 0, 100]


def test_what_lasts_is_unsaid_and_what_passes_stays(scene: Scene) -> None:
    turn = scene.turn
    record = Record(1, 0, 1, "bob", 1, "hello", mid="m", target=7)
    turn.batch.records.append(record)
    turn.batch.accounts.append(Account(2, "carol", "carol", b"", "", 0))
    turn.batch.joined += [Membership(1, 3, "@carol"), Membership(2, 3, "@bob")]
    turn.batch.rooms.append(StoredRoom(3, "@1 2", "@1 2"))
    turn.batch.marks[(1, 1)] = 1
    turn.mids[(1, "m")] = record
    turn.about[7] = [record]
    turn.senders.append((scene.tagged, "m"))
    turn.hear(scene.room, Line(b"joined\n", b"joined\n"))
    turn.hear(scene.room, BOTH, lasting=True)
    turn.tell(scene.tagged, b"told\n")
    turn.tell(scene.tagged, b"lasting\n", lasting=True)
    turn.hear(scene.room, BOTH, lasting=True)

    assert turn.unsay({2}) == [(scene.tagged, "m")]
    assert scene.heard(scene.plain) == b"joined\n"
    assert scene.heard(scene.tagged) == b"joined\ntold\n"
    assert not turn.senders
    assert not turn.mids
    assert not turn.about
    assert not turn.batch.records
    assert not turn.batch.accounts
    assert turn.batch.joined == [Membership(1, 3, "@carol")], "carol's number is nobody's"
    assert turn.batch.rooms
    assert turn.batch.marks


def test_after_a_turn_nothing_is_left(scene: Scene) -> None:
    turn = scene.turn
    turn.hear(scene.room, BOTH)
    turn.tell(scene.plain, b"told\n")
    turn.has_moves = True
    turn.clear()
    assert not turn.audiences
    assert not turn.with_script
    assert not turn.has_moves
    assert scene.heard(scene.plain) == b""
    assert scene.plain.since == scene.plain.told_bytes == 0
