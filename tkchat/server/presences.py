"""Who is away or busy. The hub's thread owns it; nothing of it lasts."""

from tkchat.server.member import Member, Person, Room
from tkchat.server.turn import Line, Turn
from tkchat.wire import tagged
from tkchat.wire.presence import State
from tkchat.wire.text import check_status


class Presences:
    """Everybody who is not simply here, as ``everybody`` has heard it: the room that all are in."""

    def __init__(self, turn: Turn, everybody: Room) -> None:
        self._turn = turn
        self._everybody = everybody
        self._lines: dict[Person, bytes] = {}

    def say(self, member: Member, state: State, text: str) -> None:
        """Take what a tagged person says of this connection, and a few words about it.

        Raises:
            RemoteError: ``too-long``.
        """
        member.person.status = check_status(text)
        member.state = state
        self.update(member.person)

    def update(self, person: Person) -> None:
        """Tell everybody how ``person`` is there by now, if that is news."""
        event = tagged.Presence(person.name, person.state, person.status)
        line = tagged.encode(event)
        if line == self._lines.get(person):
            return
        is_plain = (event.state, event.text) == (State.HERE, "")
        if is_plain and person not in self._lines:
            return
        self._turn.hear(self._everybody, Line(tagged=line))
        self._turn.has_moves = True
        self._lines[person] = line
        if is_plain:
            del self._lines[person]

    def forget(self, person: Person) -> None:
        """Forget somebody who has left, which everybody hears anyway."""
        self._lines.pop(person, None)

    def tell(self, member: Member) -> None:
        """Tell one connection about everybody."""
        if self._lines:
            self._turn.tell(member, b"".join(self._lines.values()))
