"""What a person at a terminal is told of each event, as lines."""

from collections.abc import Iterable, Iterator, Sequence

from tkchat.client.events import (
    Arrived,
    CertificateChanged,
    Encrypted,
    Entered,
    Event,
    Live,
    Lost,
    Noticed,
    NotIn,
    Older,
    Opened,
    PeopleHere,
    PresenceSet,
    Refused,
    RoomsThere,
    Welcome,
)
from tkchat.client.explain import explain, explain_key
from tkchat.client.message import Delivery, Kind, Message
from tkchat.client.model import Link, Model
from tkchat.client.order import Knock
from tkchat.client.order_telling import BECAME_HOST
from tkchat.client.presence import Presence
from tkchat.client.room import Changes
from tkchat.i18n import tr, trn
from tkchat.net.address import Address
from tkchat.terminal.lines import PROBLEM, QUIET, Styled, for_people, note
from tkchat.terminal.spelling import from_entry, from_message, from_say, is_current
from tkchat.wire.entry import Entry
from tkchat.wire.requests import Say

EARLIER = 20  #: messages of a room, shown on the way in
MOST_MISSED = 200  #: instead, if so many were said since this person was there last


class Telling:
    """Lets events change ``model``, and says what is to be printed of them."""

    def __init__(self, model: Model, address: Address) -> None:
        self.failed = False  #: the chat is over
        #: answers to be shown: the session asks for itself too
        self.asked: set[type[Event]] = set()
        self._model = model
        self._address = address
        self._unechoed = 0
        self._shown: set[str] = set()  # mids of messages that wait, and were printed
        self._refused: list[str] = []
        self._was_online = False
        self._is_told_away = False  # that the host was not there from the start
        self._room_shown = ""  # whose earlier messages were printed, if there were any
        self._awaits_earlier = False  # nothing was here, and the host may have some
        self._was_here_before = False
        self._missed = 0
        self._read: dict[str, int] = {}
        self._presence = Presence()

    @property
    def unconfirmed(self) -> int:
        """How many messages the host is not known to have."""
        return self._model.waiting_count if self._model.is_tagged else self._unechoed

    def said(self, says: Sequence[Say]) -> Iterator[Styled]:
        """Yield the lines for what this person just said."""
        changes = Changes()
        self._model.said_here(says, changes)
        if not self._model.is_tagged:
            self._unechoed += len(says)
            for message in changes.added:
                yield from for_people(message)
        for say in says if self._model.is_tagged else ():
            self._shown.add(say.mid)
            yield from self._waiting(from_say(say, self._model))

    def about(self, event: Event) -> Iterator[Styled]:
        """Let ``event`` change the model; yield the lines that tell of it."""
        changes = Changes()
        self._model.apply(event, changes)
        self._unechoed -= len(changes.delivered)
        yield from self._about_connection(event)
        if self._model.is_tagged:
            yield from self._about_log(event, changes)
        is_earlier = isinstance(event, Opened | Entered | Older)
        for message in changes.added:
            is_own_coming = (message.kind, message.author) == (Kind.PRESENCE, self._model.user)
            is_told = self._model.is_tagged and (is_earlier or message.kind is Kind.SAID)
            if not (is_own_coming or is_told):
                yield from for_people(message)
        for message in changes.delivered:
            if message.delivery is Delivery.DOUBTFUL:
                yield note(
                    tr("This may not have arrived: {text}").format(text=message.text), PROBLEM
                )

    def farewell(self) -> Iterator[Styled]:
        """Yield what is to be said in the end."""
        if self._model.is_tagged and (count := self.unconfirmed):
            told = trn(
                "{count} message waits on this computer, to be sent when you are here again.",
                "{count} messages wait on this computer, to be sent when you are here again.",
                count,
            )
            yield note(told.format(count=count))

    def take_read(self) -> list[tuple[str, int]]:
        """Return up to which seq rooms were printed since the last time."""
        read, self._read = self._read, {}
        return [(room, seq) for room, seq in read.items() if seq]

    def take_refused(self) -> list[str]:
        """Return the mids of what was refused since the last time; its text was printed."""
        refused, self._refused = self._refused, []
        return refused

    def _about_connection(self, event: Event) -> Iterator[Styled]:
        match event:
            case Welcome(user, room):
                self._was_online = self._is_told_away = True
                told = tr("You are in {room} as {name}. Type to talk; Ctrl+D leaves.")
                yield note(told.format(room=room, name=user))
            case Entered(room):
                yield note(tr("You are in {room} now.").format(room=room))
            case PeopleHere(names, room) if self._is_wanted(event, room):
                listed = " ".join(map(self._model.describe, names))
                where = room or self._model.room.name
                yield note(tr("In {room}: {names}").format(room=where, names=listed))
            case PresenceSet(user, state, text) if user == self._model.user:
                yield from self._about_own_presence(Presence(state, text))
            case RoomsThere(rooms) if self._is_wanted(event):
                listed = " ".join(f"{name} ({count})" for name, count in rooms)
                yield note(tr("Rooms: {rooms}").format(rooms=listed))
            case Lost(why, _) if self._was_online:  # of further tries only the status line tells
                self._was_online = False
                yield note(tr("The connection is lost: {why}.").format(why=why), PROBLEM)
            case Lost(why, _) if self._model.is_tagged and not self._is_told_away:
                self._is_told_away = True
                yield from self._earlier()
                told = tr("The host is not there: {why}. What you say is kept until it is.")
                yield note(told.format(why=why))
            case Knock(text=text):  # which a window has a bar for
                yield note(text)
            case Noticed(text) if text in BECAME_HOST:  # and signs for roles
                yield note(tr("You are the host of this chat."))
            case Encrypted() | CertificateChanged():
                if told := explain_key(event, self._address):
                    yield note(told, PROBLEM if isinstance(event, CertificateChanged) else QUIET)
            case NotIn():
                self.failed = True
                yield note(explain(event, self._address), PROBLEM)

    def _about_own_presence(self, presence: Presence) -> Iterator[Styled]:
        if presence == self._presence:
            return  # the host says so, too
        self._presence = presence
        if presence == Presence():
            yield note(tr("The others see that you are here."))
        else:
            described = self._model.describe(self._model.user)
            yield note(tr("The others see you as {name}.").format(name=described))

    def _is_wanted(self, event: Event, room: str | None = None) -> bool:
        if type(event) in self.asked:
            self.asked.discard(type(event))
            return True
        return room is not None and (not room or is_current(room, self._model))

    def _about_log(self, event: Event, changes: Changes) -> Iterator[Styled]:
        match event:
            case Opened():
                self._was_here_before = True
                self._shown |= {each.say.mid for each in event.waiting}
            case Live() | Entered():
                yield from self._earlier()
            case Older(room) if self._awaits_earlier and is_current(room, self._model):
                self._awaits_earlier = False
                yield from _muted(changes.older[-EARLIER:])
            case Arrived(entries):
                for entry in entries:
                    yield from self._about_entry(entry)
            case Refused(mid, _, why) if mid in self._shown:
                self._shown.discard(mid)
                self._refused.append(mid)
                waiting = [m for room in self._model.rooms.values() for m in room.waiting]
                for text in (message.text for message in waiting if message.mid == mid):
                    told = tr("The host did not take “{text}”: {why}")
                    yield note(told.format(text=text, why=why), PROBLEM)

    def _about_entry(self, entry: Entry) -> Iterator[Styled]:
        is_shown = entry.mid in self._shown
        self._shown.discard(entry.mid)
        message = from_entry(entry, self._model)
        if message is None:
            return
        self._read[entry.room] = entry.seq
        # On the way in, what was said in the room is shown when all of it is there.
        is_for_later = not self._room_shown and is_current(entry.room, self._model)
        self._missed += is_for_later and self._was_here_before
        if not is_shown and not is_for_later:
            yield from for_people(message)

    def _earlier(self) -> Iterator[Styled]:
        """Yield the last messages of the current room, unless that was done already."""
        room = self._model.room
        if self._room_shown == room.name:
            return
        is_first, self._room_shown = not self._room_shown, room.name
        earlier = [each for each in room.timeline.messages if each.kind is not Kind.PRESENCE]
        self._awaits_earlier = not earlier
        self._read[room.name] = room.last_seq
        if is_first and self._missed > MOST_MISSED:
            more = self._missed - MOST_MISSED
            told = trn(
                "{count} of the messages that you missed is not shown here.",
                "{count} of the messages that you missed are not shown here.",
                more,
            )
            yield note(told.format(count=more))
        count = max(EARLIER, min(self._missed, MOST_MISSED)) if is_first else EARLIER
        yield from _muted(earlier[-count:])
        for message in room.waiting if is_first else ():
            yield from self._waiting(message)

    def _waiting(self, message: Message) -> Iterator[Styled]:
        *lines, last = for_people(message)
        yield from lines
        if message.delivery is Delivery.REFUSED:
            yield [*last, (QUIET, tr("  (refused: {why})").format(why=message.why))]
        elif self._model.link is Link.ONLINE and self._model.is_live:
            yield last
        else:
            yield [*last, (QUIET, tr("  (waiting)"))]


def _muted(messages: Iterable[Message]) -> Iterator[Styled]:
    for message in messages:
        yield from for_people(from_message(message), muted=True)
