"""Connections that hear the same share what is made for them."""

from tests.net.pairs import connected
from tkchat.server.audiences import Audiences
from tkchat.server.member import Member, Person, Room
from tkchat.server.turn import Line, Turn


def test_the_same_rooms_in_any_order_are_one_audience_while_somebody_is_in_it() -> None:
    turn = Turn()
    audiences = Audiences(turn)
    a, b = Room("a", "a"), Room("b", "b")
    with connected() as (connection, _):
        one, other = (Member(Person(name, name), connection) for name in ("one", "other"))
        audiences.put(one, (a, b))
        audiences.put(other, (b, a))
        assert one.audience is other.audience
        assert [each.rooms for each in audiences] == [(a, b)]
        audiences.take_out(one)
        audiences.end_turn()
        assert list(a.audiences) == [other.audience]
        audiences.take_out(other)
        assert len(list(audiences)) == 1  # what it heard in this turn is still to be delivered
        audiences.end_turn()
        assert not (list(audiences))
        assert not (a.audiences)
        assert not (b.audiences)


def test_who_moves_hears_what_was_said_before_in_the_old_place() -> None:
    turn = Turn()
    audiences = Audiences(turn)
    a, b = Room("a", "a"), Room("b", "b")
    with connected() as (connection, _):
        member = Member(Person("one", "one"), connection)
        audiences.put(member, (a,))
        turn.hear(a, Line(b"in a\n"))
        audiences.take_out(member)
        audiences.put(member, (b,))
        turn.hear(a, Line(b"not heard\n"))
        turn.hear(b, Line(b"in b\n"))
        member.settle()
        assert b"".join(map(bytes, member.take_script())) == b"in a\nin b\n"
        audiences.take_out(member)
        audiences.take_out(Member(Person("never in", "never in"), connection))
