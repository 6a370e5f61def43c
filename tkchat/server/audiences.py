"""Which connections hear the same. The hub's thread owns it."""

from collections.abc import Iterator

from tkchat.server.member import Audience, Member, Room
from tkchat.server.turn import Turn


class Audiences:
    """The audiences by dialect and rooms; those that nobody is in any more end with the turn."""

    def __init__(self, turn: Turn) -> None:
        self._turn = turn
        self._all: dict[tuple[bool, tuple[Room, ...]], Audience] = {}
        self._left: dict[Audience, None] = {}

    def __iter__(self) -> Iterator[Audience]:
        return iter(self._all.values())

    def put(self, member: Member, rooms: tuple[Room, ...]) -> None:
        """Let ``member`` hear ``rooms`` from now on."""
        rooms = tuple(sorted(rooms, key=lambda room: room.key))  # the same ones, the same audience
        self._turn.write_script(member)
        audience = self._all.get((member.is_tagged, rooms))
        if audience is None:
            audience = self._all[(member.is_tagged, rooms)] = Audience(member.is_tagged, rooms)
            for room in rooms:
                room.audiences[audience] = None
        audience.members[member] = None
        member.audience = audience
        member.since = audience.feed.size

    def take_out(self, member: Member) -> None:
        """Let ``member`` hear nothing from now on."""
        if member.audience is not None:
            self._turn.write_script(member)
            del member.audience.members[member]
            self._left[member.audience] = None

    def end_turn(self) -> None:
        """Forget the audiences that nobody is in any more: what they heard is delivered."""
        for audience in self._left:
            if not audience.members:
                self._all.pop((audience.is_tagged, audience.rooms), None)
                for room in audience.rooms:
                    room.audiences.pop(audience, None)
        self._left.clear()
