"""Every room there is, and who may read what of the log. The hub's thread owns it."""

from collections.abc import Collection, Iterator, Mapping
from types import MappingProxyType

from tkchat.server.limits import Limits
from tkchat.server.log_records import Account, Batch, Membership, State, StoredRoom
from tkchat.server.member import Person, Room
from tkchat.wire.errors import RemoteError
from tkchat.wire.names import GENERAL, check_name, name_key


class Rooms:
    """The rooms by the key of their name, and the conversations of two, which only they know.

    A room gets a number once something about it has to last; until then it ends with the last
    person who leaves it. What an account calls the rooms that it may read are its labels: a
    conversation has another one for each of the two.
    """

    def __init__(self, state: State, batch: Batch, limits: Limits | None = None) -> None:
        self._limits = limits or Limits()
        self._by_key = {room.key: _room(room) for room in state.rooms}
        self._by_id = {room.id: room for room in self._by_key.values()}
        self._last_id = max(self._by_id, default=0)
        self._labels: dict[int, Mapping[int, str]] = {}
        self._readers: dict[int, dict[int, None]] = {}
        self.general = self._by_key.setdefault(GENERAL, Room(GENERAL, GENERAL))
        self.store(self.general, batch)
        for stored in state.memberships:
            room = self._by_id.get(stored.room_id)
            if room is not None and room.is_archived:  # the host ended before all had left it
                batch.left.append((stored.account_id, stored.room_id))
                continue
            labels = {**self.labels(stored.account_id), stored.room_id: stored.label}
            self._labels[stored.account_id] = labels
            self._readers.setdefault(stored.room_id, {})[stored.account_id] = None

    def __iter__(self) -> Iterator[Room]:
        rooms = self._by_key.values()
        return (room for room in rooms if not (room.is_conversation or room.is_archived))

    def open(self, name: str) -> Room:
        """Return the room with that name, which begins to exist if need be.

        Raises:
            RemoteError: ``bad-name``; ``not-allowed``, there are too many rooms, or it is archived.
        """
        name = _check(name)
        key = name_key(name)
        if key not in self._by_key:
            most = self._limits.rooms
            if len(self._by_key) >= most and sum(1 for _ in self) >= most:
                raise RemoteError("not-allowed", f"This chat has {most} rooms: no more can begin.")
            self._by_key[key] = Room(name, key)
        room = self._by_key[key]
        if room.is_archived:
            raise RemoteError("not-allowed", f"The room {room.name} is archived.")
        return room

    def check_more(self, person: Person) -> None:
        """Refuse another room to somebody who is in too many.

        Raises:
            RemoteError: ``not-allowed``.
        """
        if len(person.rooms) >= self._limits.rooms_per_person:
            why = f"You are in {len(person.rooms)} rooms: leave one first."
            raise RemoteError("not-allowed", why)

    def find(self, name: str) -> Room:
        """Return the room with that name.

        Raises:
            RemoteError: ``no-room``, ``bad-name``.
        """
        name = _check(name)
        room = self._by_key.get(name_key(name))
        if room is None or room.is_archived:
            raise RemoteError("no-room", f"There is no room {name}; /rooms lists them.")
        return room

    def find_archived(self, name: str) -> Room:
        """Return the room with that name, which was put away.

        Raises:
            RemoteError: ``no-room``, ``bad-name``.
        """
        room = self._by_key.get(name_key(name := _check(name)))
        if room is None or not room.is_archived:
            raise RemoteError("no-room", f"There is no archived room {name}.")
        return room

    def find_own(self, person: Person, name: str) -> Room:
        """Return the room with that name, in which ``person`` is.

        Raises:
            RemoteError: ``no-room``, ``not-allowed``, ``bad-name``.
        """
        room = self.find(name)
        if room not in person.rooms:
            raise RemoteError("not-allowed", f"You are not in {room.name}: join it first.")
        return room

    def get(self, room_id: int) -> Room | None:
        """Return the room with that number in the log."""
        return self._by_id.get(room_id)

    def conversation(self, one: str, other: str) -> Room:
        """Return the room of two, each written by `party`; it begins to exist if need be."""
        key = "@" + " ".join(sorted({one, other}))
        return self._by_key.setdefault(key, Room(key, key))

    def forget_unused(self, room: Room) -> None:
        """End ``room`` if nobody is in it and nothing about it lasts."""
        if not room.people and not room.id:
            self._by_key.pop(room.key, None)

    def store(self, room: Room, batch: Batch) -> None:
        """Give ``room`` a number in the log, if it has none."""
        if room.id:
            return
        self._last_id += 1
        room.id = self._last_id
        self._by_id[room.id] = room
        self._write(room, batch)

    def set_topic(self, room: Room, topic: str, by: str, batch: Batch) -> None:
        """Note what a room is about, to last, and who said so."""
        room.topic, room.topic_by = topic, by
        self._keep(room, batch)

    def set_rules(self, room: Room, batch: Batch, *, is_locked: bool, slow_seconds: int) -> None:
        """Note what holds in a room, to last."""
        room.is_locked, room.slow_seconds = is_locked, slow_seconds
        self._keep(room, batch)

    def set_archived(self, room: Room, batch: Batch, *, is_archived: bool) -> None:
        """Note whether a room is put away, to last."""
        room.is_archived = is_archived
        self._keep(room, batch)

    def readers(self, room_id: int) -> Collection[int]:
        """Return the accounts that may read a room; not for that which everybody may."""
        return self._readers.get(room_id, ())

    def labels(self, account_id: int) -> Mapping[int, str]:
        """Return what an account may read: rooms by their number, and what it calls each.

        The mapping never changes: there is a new one when something has.
        """
        everybodys = {self.general.id: self.general.name}
        return self._labels.get(account_id, MappingProxyType(everybodys))

    def of(self, account_id: int) -> list[Room]:
        """Return the rooms that an account is in, without its conversations."""
        rooms = (self._by_id[room_id] for room_id in self.labels(account_id))
        return [room for room in rooms if not room.is_conversation]

    def add_label(self, account_id: int, room: Room, label: str, batch: Batch) -> bool:
        """Let an account read ``room``, to last; return whether that is new."""
        self.store(room, batch)
        if room.id in self.labels(account_id):
            return False
        self._labels[account_id] = {**self.labels(account_id), room.id: label}
        self._readers.setdefault(room.id, {})[account_id] = None
        if (account_id, room.id) in batch.left:
            batch.left.remove((account_id, room.id))
        else:
            batch.joined.append(Membership(account_id, room.id, label))
        return True

    def remove_label(self, account_id: int, room: Room, batch: Batch) -> None:
        """Let an account not read ``room`` any more, to last."""
        kept = dict(self.labels(account_id))
        label = kept.pop(room.id)
        self._labels[account_id] = kept
        self._readers.get(room.id, {}).pop(account_id, None)
        joined = Membership(account_id, room.id, label)
        if joined in batch.joined:
            batch.joined.remove(joined)
        else:
            batch.left.append((account_id, room.id))

    def _keep(self, room: Room, batch: Batch) -> None:
        if room.id:
            self._write(room, batch)
        else:
            self.store(room, batch)

    def _write(self, room: Room, batch: Batch) -> None:
        batch.rooms.append(
            StoredRoom(
                room.id,
                room.key,
                room.name,
                room.topic,
                room.topic_by,
                room.is_locked,
                room.slow_seconds,
                room.is_archived,
            )
        )


def _room(stored: StoredRoom) -> Room:
    return Room(
        stored.name,
        stored.key,
        stored.id,
        stored.topic,
        stored.topic_by,
        stored.is_locked,
        stored.slow_seconds,
        stored.is_archived,
    )


def party(key: str, account: Account | None) -> str:
    """Return what stands for somebody in the key of a conversation.

    The number of an account is never given to anybody else; a plain client has but its name.
    """
    return f"~{key}" if account is None else str(account.id)


def is_called(asked: str, label: str) -> bool:
    """Whether ``asked`` is a way to write ``label``.

    Raises:
        RemoteError: ``bad-name``.
    """
    return asked == label or _label_key(asked) == _label_key(label)


def find_label(labels: Mapping[int, str], asked: str) -> list[int]:
    """Return the numbers of the rooms that somebody with ``labels`` calls ``asked``.

    A conversation with whoever had a name before has the same label as that with its new owner;
    the newest is the last.

    Raises:
        RemoteError: ``bad-name``.
    """
    exactly = sorted(number for number, label in labels.items() if label == asked)
    if exactly:
        return exactly
    key = _label_key(asked)
    return sorted(number for number, label in labels.items() if _label_key(label) == key)


def _label_key(label: str) -> str:
    if label.startswith("@"):
        return "@" + name_key(check_name(label[1:]))
    return name_key(_check(label))


def _check(name: str) -> str:
    return check_name(name.removeprefix("#"), "A room's name")
