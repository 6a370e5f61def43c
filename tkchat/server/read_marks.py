"""How far everybody has read, and who is told. The hub's thread owns it."""

from collections.abc import Callable, Iterable
from itertools import islice

from tkchat.server.accounts import Accounts
from tkchat.server.log_records import Account
from tkchat.server.member import Member, Person
from tkchat.server.rooms import Rooms, find_label
from tkchat.server.turn import Line, Turn
from tkchat.wire import tagged
from tkchat.wire.errors import RemoteError
from tkchat.wire.limits import MAX_SEEN_PEOPLE


class ReadMarks:
    """The seq up to which each account has read each room, by their numbers.

    The others in a conversation or a small room are told. ``find`` finds who is here by the key of
    their name.
    """

    def __init__(
        self,
        marks: dict[tuple[int, int], int],
        accounts: Accounts,
        rooms: Rooms,
        turn: Turn,
        find: Callable[[str], Person | None],
    ) -> None:
        self._marks = dict(marks)
        self._accounts = accounts
        self._rooms = rooms
        self._turn = turn
        self._find = find

    def move(self, member: Member, label: str, seq: int) -> None:
        """Move a tagged person's mark in the room that they call ``label``; only forward.

        Raises:
            RemoteError: ``no-room``, ``bad-name``.
        """
        account = member.person.account
        found = find_label(member.labels, label)
        if account is None or not found:
            raise RemoteError("no-room", f"There is no room {label} that you read.")
        room_id = found[-1]
        at = (account.id, room_id)
        if seq <= self._marks.get(at, 0):
            return
        self._marks[at] = self._turn.batch.marks[at] = seq
        line = tagged.encode(tagged.ReadTo(member.labels[room_id], seq))
        for other in member.person.members:
            if other is not member:
                self._turn.tell(other, line)
        self._show(account, member.person, room_id, seq)

    def tell(self, member: Member, room_ids: Iterable[int]) -> None:
        """Tell one connection how far these rooms have been read, by this person and by others."""
        account = member.person.account
        for room_id in room_ids:
            label = member.labels[room_id]
            if account and (mark := self._marks.get((account.id, room_id))):
                self._turn.tell(member, tagged.encode(tagged.ReadTo(label, mark)))
            for other in self._readers(room_id):
                if other is not account and (mark := self._marks.get((other.id, room_id))):
                    seen = tagged.Seen(label, other.name, mark)
                    self._turn.tell(member, tagged.encode(seen))

    def _show(self, account: Account, person: Person, room_id: int, seq: int) -> None:
        """Tell the others in a room, or the other of two, that ``person`` has read so far."""
        readers = self._readers(room_id)
        room = self._rooms.get(room_id)
        if room is None or not readers:
            return
        if not room.is_conversation:
            line = tagged.encode(tagged.Seen(room.name, person.name, seq))
            self._turn.hear_others(room, Line(tagged=line), person.members)
            return
        for other in readers:
            here = self._find(other.key)
            if other is account or here is None or here.account is not other:
                continue
            label = self._rooms.labels(other.id)[room_id]
            line = tagged.encode(tagged.Seen(label, person.name, seq))
            for each in here.members:
                self._turn.tell(each, line)

    def _readers(self, room_id: int) -> list[Account]:
        """Return the tagged people who belong to a room; nobody, if they are too many.

        Everybody belongs to the general room for good, so of it only those count who still come.
        """
        if room_id == self._rooms.general.id:
            accounts = self._accounts.in_use()
        else:
            known = map(self._accounts.get, self._rooms.readers(room_id))
            accounts = (account for account in known if account is not None)
        readers = list(islice(accounts, MAX_SEEN_PEOPLE + 1))
        return readers if len(readers) <= MAX_SEEN_PEOPLE else []
