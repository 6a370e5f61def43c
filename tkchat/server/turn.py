"""What a turn owes: who hears which lines, and what has to be on disk before they do."""

from collections.abc import Callable, Collection, Container
from dataclasses import dataclass
from typing import Protocol

from tkchat.server.log_records import Batch, Record
from tkchat.server.member import Audience, Lasting, Member, Room


class Spoken(Protocol):
    """Something to hear, as each dialect spells it; empty where a dialect has no words for it."""

    @property
    def plain(self) -> bytes:
        """One or more lines of the plain dialect."""

    @property
    def tagged(self) -> bytes:
        """The line of the tagged one."""


@dataclass(frozen=True, slots=True)
class Line:
    """A line in both dialects; either is empty where nobody hears it in that dialect."""

    plain: bytes = b""
    tagged: bytes = b""


class Turn:
    """The running turn: filled by decisions, then committed, then delivered, then cleared."""

    def __init__(self) -> None:
        self.batch = Batch()  #: what is to be committed
        self.senders: list[tuple[Member, str]] = []  #: of each record, who sent it with which mid
        self.mids: dict[tuple[int, str], Record] = {}  #: the records by account and mid
        self.about: dict[int, list[Record]] = {}  #: the records by the seq of their target
        self.audiences: dict[Audience, None] = {}  #: those who hear something
        self.with_script: dict[Member, None] = {}  #: those who are owed more than that
        self._heard = 0  # bytes, by all audiences
        self._told = 0  # bytes, by the one connection that is told most
        self.has_moves = False  #: whether somebody came or went
        #: What takes decisions back, should they not be committed, and tells who made them.
        self.undo: list[Callable[[], object]] = []
        #: What follows from decisions, in a turn of its own, once they are committed.
        self.then: list[Callable[[], None]] = []

    @property
    def owed_bytes(self) -> int:
        """About how much somebody hears, at most."""
        return max(self._heard, self._told)

    def head(self, committed: int) -> int:
        """Return the newest seq, as it will be once the turn is committed too."""
        return committed + len(self.batch.records)

    def hear(self, room: Room, line: Spoken, *, lasting: bool = False) -> None:
        """Let everybody in ``room`` hear ``line``."""
        for audience in room.audiences:
            self.hear_in(audience, line, lasting=lasting)

    def hear_in(self, audience: Audience, line: Spoken, *, lasting: bool = False) -> None:
        """Let everybody in ``audience`` hear ``line``."""
        said = line.tagged if audience.is_tagged else line.plain
        if said:
            audience.feed.add(said, lasting=lasting)
            self._heard += len(said)
            self.audiences[audience] = None

    def hear_others(
        self, room: Room, line: Spoken, own: Collection[Member], *, lasting: bool = False
    ) -> None:
        """Let everybody in ``room`` hear ``line``, but for ``own``."""
        for member in own:
            self.write_script(member)
        self.hear(room, line, lasting=lasting)
        for member in own:
            self.skip(member)

    def tell(self, member: Member, line: bytes, *, lasting: bool = False) -> None:
        """Let one connection hear ``line``, after all that it was owed before."""
        self.write_script(member)
        member.script.append(Lasting(line) if lasting else line)
        member.told_bytes += len(line)
        self._told = max(self._told, member.told_bytes)

    def write_script(self, member: Member) -> None:
        """Write down what ``member`` is owed so far: from here on it may hear something else."""
        self.with_script[member] = None
        member.settle()

    def skip(self, member: Member) -> None:
        """Leave out, for a member with a script, what its audience heard since that was written."""
        if member.audience is not None:
            member.since = member.audience.feed.size

    def take_consequences(self) -> list[Callable[[], None]]:
        """Return what follows from the decisions of this turn, which are on disk."""
        then, self.then = self.then, []
        return then

    def unsay(self, lost: Container[int] = ()) -> list[tuple[Member, str]]:
        """Take back everything lasting: it could not be committed. Return who sent it.

        What is not the doing of one message stays in the batch: rooms and who is in them, read
        marks. It is written with the next turn. ``lost`` are the numbers of accounts that never
        were: somebody else may get them.
        """
        for audience in self.audiences:
            audience.feed.drop_lasting()
        for member in self.with_script:
            member.drop_lasting()
        senders, self.senders = self.senders, []
        self.mids.clear()
        self.about.clear()
        self.batch.joined = [each for each in self.batch.joined if each.account_id not in lost]
        self.batch.records.clear()
        self.batch.accounts.clear()
        self.batch.drop_decisions()
        for undo in reversed(self.undo):
            undo()
        self.undo.clear()
        self.then.clear()
        return senders

    def clear(self) -> None:
        """Forget what was owed: it is delivered."""
        for member in self.with_script:
            member.script.clear()
            member.since = member.told_bytes = 0
        for audience in self.audiences:
            audience.feed.clear()
        self.with_script.clear()
        self.audiences.clear()
        self.senders.clear()
        self.mids.clear()
        self.about.clear()
        self.undo.clear()
        self._heard = self._told = 0
        self.has_moves = False
