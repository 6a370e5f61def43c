"""A room's messages in the order of the host's log, each once, however they become known."""

from collections import OrderedDict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field

from tkchat.client.fold import Fold, quote
from tkchat.client.message import Message
from tkchat.wire.entry import Entry
from tkchat.wire.requests import Say

KEPT_STRAYS = 1_000  # what was done to messages that are not here (yet)

Place = tuple[int, int]  #: in an era's log: era and seq


@dataclass(slots=True)
class Placed:
    """What `Timeline.put` did."""

    added: list[Message] = field(default_factory=list)  #: at the end, in order
    older: list[Message] = field(default_factory=list)  #: in front of all others, in order
    changed: list[Message] = field(default_factory=list)  #: look different where they are
    amid: bool = False  #: some went between others


class Timeline:
    """Messages with a seq in its order; those without one where they happened.

    ``make`` makes the message for an entry, ``user`` tells this person's name.
    """

    def __init__(self, make: Callable[[Entry, int], Message], user: Callable[[], str]) -> None:
        self.messages: list[Message] = []
        self._make = make
        self._user = user
        self._first: Place | None = None
        self._last: Place | None = None
        self._by_place: dict[Place, Message] = {}
        self._gaps: set[Place] = set()
        self._folds: dict[Place, Fold] = {}
        self._answers: dict[Place, list[Message]] = {}  # by what they answer
        self._strays: OrderedDict[Place, list[Entry]] = OrderedDict()
        self._stray_count = 0

    @property
    def first(self) -> Place | None:
        """Where the oldest message with a seq is."""
        return self._first

    @property
    def last(self) -> Place | None:
        """Where the newest message with a seq is."""
        return self._last

    def find(self, era: int, seq: int) -> Message | None:
        """Return the message at that place, if it is here."""
        return self._by_place.get((era, seq))

    def append(self, message: Message) -> None:
        """Add a message without a seq, which happens now."""
        self.messages.append(message)

    def put(
        self,
        entries: Iterable[Entry],
        era: int,
        *,
        gaps: Iterable[Message] = (),
        in_front: bool = False,
    ) -> Placed:
        """Take lasting events, in order, of which some may be here already.

        ``gaps`` stand for what is missing at their places. Where there is no message with a seq
        yet, all go to the end, or to the front.
        """
        placed = Placed()
        for gap in gaps:
            if (gap.era, gap.seq) not in self._gaps:
                self._gaps.add((gap.era, gap.seq))
                self._insert(gap, placed, in_front=in_front)
        for entry in entries:
            if not entry.kind.is_message:
                self._put_on_target(entry, era, placed)
            elif (era, entry.seq) not in self._by_place:
                message = self._make(entry, era)
                self._insert(message, placed, in_front=in_front)
                self._connect(message, (era, entry.seq), placed)
        self._push_front(placed)
        return placed

    def set_quote(self, message: Message) -> None:
        """Give ``message`` the quote of the one that it answers, if that is here."""
        answered = self._by_place.get((message.era, message.answers))
        if answered is not None:
            message.quote = quote(answered)

    def expect(self, say: Say, era: int) -> Message | None:
        """Show what this person does to a message; return that, if it is here."""
        fold = self._fold((era, say.target))
        if fold is None:
            return None
        fold.pending[say.mid] = say
        return self._refresh((era, say.target))

    def give_up(self, say: Say, era: int) -> Message | None:
        """No longer show what `expect` showed; return the message that it was done to."""
        fold = self._folds.get((era, say.target))
        if fold is None or fold.pending.pop(say.mid, None) is None:
            return None
        return self._refresh((era, say.target))

    def answering(self, message: Message) -> Sequence[Message]:
        """Return the messages here that answer ``message``, whose quotes follow it."""
        return self._answers.get((message.era, message.seq), ())

    def trim(self, kept: int) -> bool:
        """Forget the oldest messages but ``kept``; tell whether there were any with a seq."""
        gone = self.messages[: max(len(self.messages) - kept, 0)]
        del self.messages[: len(gone)]
        places = {(message.era, message.seq) for message in gone if message.seq}
        for place in places:
            for table in (self._by_place, self._folds):
                table.pop(place, None)
        self._gaps -= places
        left: dict[Place, list[Message]] = {}
        for message in self.messages:
            if message.answers:
                left.setdefault((message.era, message.answers), []).append(message)
        self._answers = left
        self._first = next(((m.era, m.seq) for m in self.messages if m.seq), None)
        if self._first is None:
            self._last = None
        return bool(places)

    def _insert(self, message: Message, placed: Placed, *, in_front: bool) -> None:
        place = (message.era, message.seq)
        if self._first is None or self._last is None:
            if in_front:
                placed.older.append(message)
            else:
                self._first = self._last = place
                self.messages.append(message)
                placed.added.append(message)
        elif place > self._last:
            self._last = place
            self.messages.append(message)
            placed.added.append(message)
        elif place < self._first:
            placed.older.append(message)
        else:
            index = len(self.messages)
            while index and not _is_before(self.messages[index - 1], place):
                index -= 1
            self.messages.insert(index, message)
            placed.amid = True

    def _push_front(self, placed: Placed) -> None:
        if not placed.older:
            return
        placed.older.sort(key=lambda message: (message.era, message.seq))
        self.messages[:0] = placed.older
        self._first = (placed.older[0].era, placed.older[0].seq)
        if self._last is None:
            self._last = (placed.older[-1].era, placed.older[-1].seq)

    def _connect(self, message: Message, place: Place, placed: Placed) -> None:
        """Let ``message`` and those that are about each other know it."""
        self._by_place[place] = message
        if strays := self._strays.pop(place, None):
            self._stray_count -= len(strays)
            self._folds[place] = Fold(message.text, {each.seq: each for each in strays})
            self._folds[place].apply_to(message, self._user())
        if message.answers:
            self._answers.setdefault((message.era, message.answers), []).append(message)
            self.set_quote(message)
        for answer in self._answers.get(place, ()):
            answer.quote = quote(message)
            placed.changed.append(answer)

    def _put_on_target(self, entry: Entry, era: int, placed: Placed) -> None:
        place = (era, entry.target)
        fold = self._fold(place)
        if fold is None:
            self._strays.setdefault(place, []).append(entry)
            self._stray_count += 1
            while self._stray_count > KEPT_STRAYS:
                self._stray_count -= len(self._strays.popitem(last=False)[1])
            return
        was_pending = fold.pending.pop(entry.mid, None) is not None
        if was_pending or entry.seq not in fold.done:
            fold.done[entry.seq] = entry
            message = self._refresh(place)
            placed.changed += [message, *self.answering(message)]

    def _fold(self, place: Place) -> Fold | None:
        message = self._by_place.get(place)
        return None if message is None else self._folds.setdefault(place, Fold(message.text))

    def _refresh(self, place: Place) -> Message:
        message = self._by_place[place]
        self._folds[place].apply_to(message, self._user())
        for answer in self.answering(message):
            answer.quote = quote(message)
        return message


def _is_before(message: Message, place: Place) -> bool:
    return bool(message.seq) and (message.era, message.seq) < place
