"""What the host's log says, room by room, and what of this person's waits to get into it."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime

from tkchat.client.attention import Attention
from tkchat.client.events import Arrived, Edited, Jumped, Older, Opened, Refused, Replaced
from tkchat.client.message import Delivery, Kind, Message
from tkchat.client.pages import Cursor, Page
from tkchat.client.room import END_OF_ERA, Changes, Place, Room
from tkchat.client.rooms import Rooms
from tkchat.client.timeline import Placed, Timeline
from tkchat.i18n import tr
from tkchat.wire.entry import Entry
from tkchat.wire.requests import Say


@dataclass(slots=True)
class _Mine:
    """An own event that the host has not accepted; what is done to a message has none itself.

    ``edit`` follows a message as soon as the host says where that is.
    """

    say: Say
    room: Room
    era: int
    message: Message | None = None
    edit: Say | None = None


class Chronicle:
    """Turns lasting events into messages. A part of the model."""

    def __init__(self, user: str, now: Callable[[], datetime]) -> None:
        self.rooms = Rooms(user, now, self._accept)
        self.attention = Attention(self.rooms)
        self._mine: dict[str, _Mine] = {}  # by mid

    @property
    def era(self) -> int:
        """Which of the host's logs the seqs of now are from: it counts up."""
        return self.rooms.era

    @property
    def waiting_count(self) -> int:
        """How many own events are on their way, or wait to be."""
        return sum(
            mine.message is None or mine.message.delivery is Delivery.WAITING
            for mine in self._mine.values()
        )

    def open(self, event: Opened, changes: Changes) -> None:
        """Show what this computer has."""
        self.rooms.user = event.user
        for summary in event.rooms:
            room = self.rooms.get(summary.room)
            room.read_seq, room.last_seq = summary.read, summary.last_seq
            room.unread, room.mentions = summary.unread.count, summary.unread.mentions
            room.first_unread = summary.unread.first
            room.topic, room.level, room.anchor = summary.topic, summary.level, summary.anchor
            room.answered = summary.answered
        for name, draft in event.drafts.items():
            self.rooms.get(name).draft = draft
        self.rooms.enter(event.room, changes)
        self.attention.open()
        self.enter(event.page, changes)
        for waiting in event.waiting:
            if waiting.awaits:
                self.edit(Edited(waiting.awaits, waiting.say), changes)
                continue
            at = _local(waiting.at_ms) or self.rooms.now()
            self.expect(waiting.say, changes, at)
            if waiting.refused_code:
                refused = Refused(waiting.say.mid, waiting.refused_code, waiting.refused_why)
                self.refuse(refused, changes)

    def enter(self, page: Page | None, changes: Changes) -> None:
        """Take what this computer has of the current room."""
        room = self.rooms.current
        self.attention.enter()
        changes.rooms = changes.entered = True
        room.place = None
        if page is not None:
            self._merge(room, page, changes, moves_cursor=not room.is_paged)

    def arrive(self, event: Arrived, changes: Changes) -> None:
        """Take lasting events that the host sent."""
        for entry in event.entries:
            room = self.rooms.get(entry.room)
            placed = self._put(room, (entry,), self.era, changes)
            if placed.added:
                if room.is_paged and room.cursor is None:
                    room.cursor = Cursor(0, entry.seq)
                room.typing.pop(entry.author, None)
                changes.typing |= room is self.rooms.current
                self.attention.arrive(room, placed.added[-1], changes)
            self.rooms.trim(room)

    def older(self, event: Older, changes: Changes) -> None:
        """Take what comes before in a room."""
        room = self.rooms.get(event.room)
        room.loading_older = False
        room.older_offline = event.offline
        before = len(room.timeline.messages)
        hole = []
        if event.hole:
            told = tr("Messages between these are on the host; they come when you are connected.")
            hole.append(self._gap(event.hole, self.era, told))
            room.hole = event.hole
        self._merge(room, event.page, changes, moves_cursor=True, marks=hole)
        room.scrolled_back += len(room.timeline.messages) - before

    def jump(self, event: Jumped, changes: Changes) -> None:
        """Bring a message into sight, among what is there or among its neighbours."""
        room = self.rooms.get(event.room)
        if room is not self.rooms.current:
            return  # this person went on meanwhile
        page, era = event.page, self.era - event.page.era
        target = room.timeline.find(era, event.seq)
        if target is None:
            past = Timeline(self._build, lambda: self.rooms.user)
            past.put(page.entries, era, gaps=self._gaps(page, era))
            target = past.find(era, event.seq)
            if target is None:
                told = tr("That message is not here any more.")
                self.rooms.tell(room, Kind.NOTICE, "", told, changes)
                return
            room.place = Place(past, target, page.at_start)
            changes.entered = True
        elif room.place is not None:
            self.back_to_now(changes)
        changes.jumped = target

    def back_to_now(self, changes: Changes) -> None:
        """Look at the newest messages again, after a jump into the past."""
        self.rooms.current.place = None
        changes.entered = True

    def expect(self, say: Say, changes: Changes, at: datetime | None = None) -> None:
        """Show at once what this person said or did, which the host does not have yet."""
        room = self.rooms.get(say.room or self.rooms.current.name)
        if not say.kind.is_message:
            self._mine[say.mid] = _Mine(say, room, self.era)
            for timeline in _timelines(room):
                self._note_changed(room, timeline, timeline.expect(say, self.era), changes)
            return
        message = self.rooms.message(Kind.SAID, self.rooms.user, say.text, at)
        message.mid, message.delivery = say.mid, Delivery.WAITING
        message.era, message.answers = self.era, say.target
        room.timeline.set_quote(message)
        room.waiting.append(message)
        self.attention.write(room, changes)
        self._mine[say.mid] = _Mine(say, room, self.era, message)
        changes.waiting |= room is self.rooms.current

    def refuse(self, event: Refused, changes: Changes) -> None:
        """Take note that the host would not have something."""
        mine = self._mine.get(event.mid)
        if mine is None:
            return
        if mine.message is not None:
            mine.message.delivery, mine.message.why = Delivery.REFUSED, event.why
            changes.waiting |= mine.room.waiting is self.rooms.current.waiting
            return
        self.discard(event.mid, changes)
        told = tr("This was not done: {why}").format(why=event.why)
        self.rooms.tell(mine.room, Kind.NOTICE, "", told, changes)

    def discard(self, mid: str, changes: Changes) -> None:
        """Forget something that will not be sent."""
        mine = self._mine.pop(mid, None)
        if mine is None:
            return
        if mine.message is not None:
            _remove(mine.room.waiting, mine.message)
            changes.waiting |= mine.room.waiting is self.rooms.current.waiting
            return
        for timeline in _timelines(mine.room):
            changed = timeline.give_up(mine.say, mine.era)
            self._note_changed(mine.room, timeline, changed, changes)

    def replace(self, event: Replaced, changes: Changes) -> None:
        """Take one own event for another."""
        self.discard(event.mid, changes)
        self.expect(event.say, changes)

    def edit(self, event: Edited, changes: Changes) -> None:
        """Show how an own message is to read, whether the host has it by now or not."""
        mine = self._mine.get(event.mid)
        if mine is not None and mine.message is not None:
            mine.edit = event.say
            mine.message.text, mine.message.edited = event.say.text, True
            changes.waiting |= mine.room.waiting is self.rooms.current.waiting
            return
        messages = self.rooms.get(event.say.room).timeline.messages
        accepted = next((each for each in reversed(messages) if each.mid == event.mid), None)
        if accepted is not None:
            self.expect(replace(event.say, target=accepted.seq), changes)

    def note_gap(self, last: int, changes: Changes) -> None:
        """Show in each room that messages up to ``last`` are missing."""
        for room in self.rooms.by_name.values():
            if room.timeline.last is not None:
                gap = self._gap(last, self.era)
                self._note(room, room.timeline.put((), self.era, gaps=(gap,)), changes)

    def left(self, name: str, changes: Changes) -> None:
        """Take note that this person is no longer in a room."""
        room = self.rooms.get(name)
        room.joined, room.was_left = False, True
        room.people.clear()  # who is there is not told any more
        changes.rooms = True
        changes.people |= room is self.rooms.current

    def joined(self, name: str, changes: Changes) -> None:
        """Take note that this person is in a room."""
        room = self.rooms.get(name)
        room.joined = changes.rooms = True
        if room.was_left:
            self.rooms.begin_anew(room, changes)

    def live(self, changes: Changes) -> None:
        """Take note that the host is there, which will list this person's rooms and fill holes."""
        self.attention.live()
        for room in self.rooms.by_name.values():
            room.joined = False
            if room.hole:
                places = [(each.kind, each.seq) for each in reversed(room.timeline.messages)]
                if (Kind.GAP, room.hole) in places:
                    self.rooms.forget_oldest(room, places.index((Kind.GAP, room.hole)))
                room.hole = 0
                changes.entered |= room is self.rooms.current

    def reset(self, changes: Changes) -> None:
        """Begin another era: the seqs of the host begin anew."""
        self.rooms.era += 1
        for room in self.rooms.by_name.values():
            room.read_seq = room.last_seq = room.first_unread = room.new_from = 0
            room.anchor = room.answered = None
            room.seen.clear()
            room.cursor = None
            if room.timeline.last is not None:
                # Of the new log only the newest come: the others have to be asked for first.
                room.has_older = room.is_paged = True
                changes.edge |= room is self.rooms.current
                end = self._end_of(self.era - 1)
                self._note(room, room.timeline.put((), self.era - 1, gaps=(end,)), changes)
            for message in room.waiting:
                message.era, message.answers, message.quote = self.era, 0, None

    def _merge(
        self,
        room: Room,
        page: Page,
        changes: Changes,
        *,
        moves_cursor: bool,
        marks: Sequence[Message] = (),
    ) -> None:
        era = self.era - page.era
        gaps = [*self._gaps(page, era), *marks]
        if page.era and page.entries:
            gaps.append(self._end_of(era))
        self._put(room, page.entries, era, changes, gaps=gaps, in_front=True)
        if moves_cursor:
            room.is_paged = True
            room.has_older = not page.at_start
            room.cursor = self._next_cursor(room, page)
        changes.edge |= room is self.rooms.current

    def _next_cursor(self, room: Room, page: Page) -> Cursor:
        """Return where to go on after a page: more may be here than it holds."""
        first = room.timeline.first
        if first is None or page.era:
            return page.cursor
        is_amid = (self.era, 0) < first < (self.era, page.cursor.before)
        ends_log = not page.cursor.before and not page.at_floor
        if is_amid or (ends_log and first[0] == self.era - 1):
            return Cursor(0, first[1], self.era - first[0])
        return page.cursor

    def _put(
        self,
        room: Room,
        entries: Sequence[Entry],
        era: int,
        changes: Changes,
        *,
        gaps: Sequence[Message] = (),
        in_front: bool = False,
    ) -> Placed:
        waiting = len(room.waiting)
        if era == self.era:
            newest = max((each.seq for each in entries if each.kind.is_message), default=0)
            room.last_seq = max(room.last_seq, newest)
        edits = self._edits_of(entries) if era == self.era else []
        placed = room.timeline.put(entries, era, gaps=gaps, in_front=in_front)
        for edit in edits:
            self.expect(edit, changes)
        for entry in entries:
            mine = self._mine.pop(entry.mid, None)
            if mine is not None and mine.message is not None:  # it was here already
                _remove(mine.room.waiting, mine.message)
        changes.waiting |= room is self.rooms.current and len(room.waiting) != waiting
        self._note(room, placed, changes)
        if room.place is not None:
            done = [entry for entry in entries if not entry.kind.is_message]
            changed = room.place.timeline.put(done, era).changed
            changes.changed += changed if room is self.rooms.current else []
        return placed

    def _note(self, room: Room, placed: Placed, changes: Changes) -> None:
        if room is not self.rooms.current:
            return
        if room.place is None:
            changes.added += placed.added
            changes.older[:0] = placed.older
            changes.changed += placed.changed
            changes.entered |= placed.amid

    def _note_changed(
        self, room: Room, timeline: Timeline, message: Message | None, changes: Changes
    ) -> None:
        is_shown = timeline is (room.place.timeline if room.place else room.timeline)
        if message is not None and is_shown and room is self.rooms.current:
            changes.changed += [message, *timeline.answering(message)]

    def _accept(self, entry: Entry, era: int) -> Message:
        """Return the message for an entry: the one that was waiting, if it is an own one."""
        mine = self._mine.pop(entry.mid, None)
        if mine is None or mine.message is None:
            return self._build(entry, era)
        message = mine.message
        _remove(mine.room.waiting, message)
        message.delivery, message.why, message.edited = Delivery.SENT, "", False
        message.text, message.at = entry.text, _local(entry.time_ms) or self.rooms.now()
        message.seq, message.era = entry.seq, era
        return message

    def _edits_of(self, entries: Sequence[Entry]) -> list[Say]:
        """Return the own edits that were waiting for one of ``entries``, and do so no longer."""
        mids = {entry.mid for entry in entries}
        return [
            replace(mine.edit, room=entry.room, target=entry.seq)
            for entry in entries
            if (mine := self._mine.get(entry.mid)) and mine.edit and mine.edit.mid not in mids
        ]

    def _build(self, entry: Entry, era: int) -> Message:
        at = _local(entry.time_ms)
        message = self.rooms.message(Kind.SAID, entry.author, entry.text, at)
        message.seq, message.era, message.mid = entry.seq, era, entry.mid
        message.answers = entry.target
        return message

    def _gaps(self, page: Page, era: int) -> list[Message]:
        return [self._gap(gap.last, era) for gap in page.gaps]

    def _end_of(self, era: int) -> Message:
        told = tr("The host began anew here. What is above is only on this computer.")
        return self._gap(END_OF_ERA, era, told)

    def _gap(self, last: int, era: int, told: str = "") -> Message:
        told = told or tr("Some earlier messages are no longer kept by the host.")
        message = self.rooms.message(Kind.GAP, "", told)
        message.seq, message.era = last, era
        return message


def _timelines(room: Room) -> list[Timeline]:
    return [room.timeline, *([room.place.timeline] if room.place else [])]


def _remove(messages: list[Message], gone: Message) -> None:
    messages[:] = [each for each in messages if each is not gone]


def _local(time_ms: int) -> datetime | None:
    """Return a host's time as a local one; None if it is beyond what this computer can show."""
    try:
        return datetime.fromtimestamp(time_ms / 1000, UTC).astimezone()
    except (OverflowError, OSError, ValueError):
        return None
