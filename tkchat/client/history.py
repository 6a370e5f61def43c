"""What is on this computer of one person's chat on one host."""

import threading
from collections.abc import Container, Sequence

from tkchat.client import chats
from tkchat.client.chats import Chat
from tkchat.client.database import Database
from tkchat.client.database_schema import END
from tkchat.client.holes import begin_hole, end_hole, fill, is_open
from tkchat.client.host_key import UNKNOWN, install_for
from tkchat.client.own_host import OwnHost
from tkchat.client.pages import Cursor, Page, read_page, read_page_around
from tkchat.client.query import Query
from tkchat.client.room_state import Anchor, Level
from tkchat.client.room_summary import RoomSummary, Unread, count_unread, summarise
from tkchat.client.search import Hit, search
from tkchat.client.stored import find_room, newest_message, room_id, store
from tkchat.wire.entry import Entry
from tkchat.wire.names import GENERAL, name_key
from tkchat.wire.requests import Hello


class History:
    """One person's chat on one host, found by address and name until the first welcome.

    Several windows may have the same chat open; each has a ``head`` of its own, so that each is
    sent everything. Any thread may call any method; all may wait for the disk and raise
    DatabaseError. Those that write raise ValueError before the first welcome ever.
    """

    def __init__(
        self, database: Database, address: str, user: str, own: OwnHost | None = None
    ) -> None:
        self.database = database
        self._own = own or OwnHost()
        self._address = address
        self._asked_user = user
        self._host_key, self._is_own = UNKNOWN, False
        self._breaks = 0  # how often a room's events stopped to follow on each other
        self._since = 0  # the head at the last welcome
        self._changing = threading.Lock()  # guards the two below
        with database.reading() as connection:
            self._chat = next(iter(chats.find_chat(connection, "address", address, user)), None)
        self._head = self._chat.head if self._chat else None

    @property
    def user(self) -> str:
        """The person's name, as the host spells it."""
        return self._chat.user if self._chat else self._asked_user

    @property
    def log(self) -> str:
        """The host's log; empty before the first welcome."""
        return self._chat.log if self._chat else ""

    @property
    def token(self) -> str:
        """What proves the name to the host; empty if nothing does."""
        return self._chat.token if self._chat else ""

    @property
    def head(self) -> int | None:
        """The newest event up to which all were taken; None if none ever was."""
        return self._head

    @property
    def chat(self) -> int | None:
        """The chat's number in the database; None before the first welcome."""
        return self._chat.id if self._chat else None

    @property
    def moment(self) -> tuple[int | None, int]:
        """Which log this is, and how often a room was left or come into: see `take_page`."""
        return self.chat, self._breaks

    def met(self, host_key: bytes) -> None:
        """Take note of who answers, before anything else of a connection: see `Security.secure`."""
        self._host_key, self._is_own = host_key, self._own.has(host_key)

    def introduce(self, name: str, password: str) -> Hello:
        """Return what to say to who answers now; of the chat nothing, unless it is its host."""
        install = install_for(self.database.install, self._host_key)
        if not self._is_met:
            return Hello(name, install, password=password)
        return Hello(name, install, self.token, self.log, self.head, password)

    @property
    def _is_met(self) -> bool:
        return self._chat is not None and self._chat.is_on(self._address, self._host_key)

    def welcomed(self, log: str, user: str, token: str) -> bool:
        """Remember what the host said; tell whether it has another log than before.

        If the log is a new one, what this person had not sent yet moves along to it. It is sent
        there only if the host still knows the token; otherwise it may be a chat of other people, at
        an address that was somebody else's before, and the person has to decide. With a host that
        has another key nothing of the chat goes on: it stays as it is.

        Raises:
            OtherHost: the log is known to be another host's.
        """
        with self._changing:
            old = self._chat
            if old and name_key(old.user) != name_key(user):
                old = None  # the host let somebody else in
            before = old if self._is_met else None
            with self.database.writing() as connection:
                new = chats.save_welcome(
                    connection, log, user, token,
                    self._address, self._host_key, before.id if before else None,
                    is_own=self._is_own,
                )  # fmt: skip
                if before and (new.predecessor == before.id or before.predecessor == new.id):
                    chats.move_outbox(connection, before.id, new.id, is_known=before.token == token)
                head = self._head if old and old.id == new.id else new.head
                connection.execute(
                    "UPDATE room SET sure_to = ? WHERE chat = ? AND sure_to IS NULL",
                    (head or 0, new.id),
                )
            self._chat, self._head, self._since = new, head, head or 0
            return old is not None and old.log != new.log

    def recognise(self, log: str) -> bool:
        """Go on with the chat of this log, if this person is known there by another address."""
        with self._changing:
            with self.database.writing() as connection:
                found = chats.find_known(
                    connection, log, self.user, self._address, self._host_key, is_own=self._is_own
                )
            if found is None:
                return False
            self._chat, self._head = found, found.head
            return True

    def disown(self) -> None:
        """Take note that the host's log is not the one of its name that is known here.

        The host went back to an older copy without knowing it: what it says from now on has the
        numbers of other messages. What is here keeps its place, under a name of its own.
        """
        with self._changing:
            old = self._chat
            if old is None:
                return
            with self.database.writing() as connection:
                self._chat = chats.rename_log(connection, old)
        self.welcomed(old.log, old.user, old.token)

    def take(self, entries: Sequence[Entry], head: int | None) -> None:
        """Store what the host sent, and that there is nothing else up to ``head``.

        What came back of this person's own leaves the outbox. All of it or nothing.
        """
        chat = self._begun()
        with self.database.writing() as connection:
            for room in {entry.room for entry in entries}:
                place = room_id(connection, chat.id, room)
                known = newest_message(connection, chat.id, place)  # another window may be ahead
                known = max(known, self._head or 0)  # and what was said again comes again
                new = (entry.seq for entry in entries if entry.room == room and entry.seq > known)
                end_hole(connection, place, new)
            store(connection, chat.id, entries)
            connection.executemany(
                "DELETE FROM outbox WHERE chat = ? AND mid = ?",
                [(chat.id, entry.mid) for entry in entries if entry.mid],
            )
            if head is not None:
                connection.execute(
                    "UPDATE chat SET head = max(coalesce(head, 0), ?) WHERE id = ?", (head, chat.id)
                )
        with self._changing:
            if head is not None and self._chat is chat:
                self._head = max(self._head or 0, head)

    def take_page(
        self,
        room: str,
        entries: Sequence[Entry],
        complete: bool,
        before: int = 0,
        moment: tuple[int | None, int] | None = None,
    ) -> None:
        """Store the answer to an `AskHistory` with this ``before``; ``complete``: the last one.

        ``moment`` is that of its arrival: if the log is another one by now, or a room was left
        meanwhile, the answer says nothing any more, and is not stored.
        """
        chat = self._begun()
        with self.database.writing() as connection:
            if moment not in (None, self.moment):
                return
            place = room_id(connection, chat.id, room)
            store(connection, chat.id, entries)
            last = before - 1 if before else END
            oldest = min(
                (entry.seq for entry in entries if entry.kind.is_message), default=last + 1
            )
            filled = fill(connection, place, 0 if complete else oldest, last)
            older = newest_message(connection, chat.id, place, oldest)
            if complete and older and oldest <= END:
                # The host would have sent the older ones too if it still had them.
                lost = [(max(h.first, older + 1), min(h.last, oldest - 1)) for h in filled]
                connection.executemany(
                    "INSERT OR IGNORE INTO gap VALUES (?, ?, ?, ?)",
                    [(chat.id, place, *ends) for ends in lost if ends[0] <= ends[1]],
                )

    def gap(self, first: int, last: int) -> None:
        """Note that the host no longer keeps the events from ``first`` to ``last``."""
        chat = self._begun()
        with self.database.writing() as connection:
            connection.execute(
                "INSERT OR IGNORE INTO gap VALUES (?, 0, ?, ?)", (chat.id, first, last)
            )

    def forget_floor(self, room: str) -> None:
        """Note that events of a room were missed, or will be: what is here cannot be relied on.

        To be called when this person has left it, or has come (back) into it. The host has to be
        asked anew for everything that is older than what it sends next.
        """
        chat = self._begun()
        with self.database.writing() as connection:
            begin_hole(connection, room_id(connection, chat.id, room))
            self._breaks += 1

    def settle_rooms(self, joined: Container[str]) -> list[str]:
        """Take note of all rooms that this person is in, by casefolded name, after a welcome.

        Returns those whose events do not follow on what is here: this person is out of them, or
        may have been for a while, on account of another computer of theirs. They get what
        `forget_floor` gives.
        """
        chat = self._begun()
        with self.database.writing() as connection:
            found = connection.execute(
                "SELECT id, name, sure_to FROM room WHERE chat = ?", (chat.id,)
            ).fetchall()
            missed = [
                (id_, name)
                for id_, name, sure_to in found
                if name != GENERAL and not name.startswith("@")  # which nobody can leave
                if name.casefold() not in joined or (sure_to is not None and sure_to < self._since)
                if not is_open(connection, id_)
            ]
            for id_, _ in missed:
                begin_hole(connection, id_)
            connection.execute("UPDATE room SET sure_to = NULL WHERE chat = ?", (chat.id,))
            self._breaks += bool(missed)
        return [name for _, name in missed]

    def page(
        self, room: str, before: Cursor | int | None, count: int, *, beyond: bool = False
    ) -> Page:
        """Return the newest ``count`` messages of a room before a place; None: of all.

        A page ends where the host has to be asked for more (``at_floor``). If it cannot be, the
        next one with ``beyond`` goes on with what is here.
        """
        chat = self._chat
        if chat is None:
            return Page([], [], Cursor(0), at_floor=True, at_start=False)
        cursor = before if isinstance(before, Cursor) else Cursor(chat.id, before or 0)
        with self.database.reading() as connection:
            eras = chats.chain(connection, chat.id)
            return read_page(connection, eras, room, cursor, count, beyond=beyond)

    def page_around(self, room: str, at: Cursor | int, count: int, *, beyond: bool = False) -> Page:
        """Return about ``count`` messages around a `Hit`'s place or a seq, that one included.

        If they are not (all) here, the page is empty and ``at_floor``, as in `page`.
        """
        chat = self._chat
        if chat is None:
            return Page([], [], Cursor(0), at_floor=True, at_start=False)
        cursor = at if isinstance(at, Cursor) else Cursor(chat.id, at + 1)
        with self.database.reading() as connection:
            eras = chats.chain(connection, chat.id)
            return read_page_around(connection, eras, room, cursor, count, beyond=beyond)

    def search(self, query: Query, room: str = "", limit: int = 50) -> list[Hit]:
        """Return the newest messages to which ``query`` applies, the newest first.

        The last word may be the beginning of one. Messages are found by their newest text, never
        if deleted. An empty ``room`` means all rooms; one in the query goes before it.
        """
        if self._chat is None:
            return []
        with self.database.reading() as connection:
            eras = chats.chain(connection, self._chat.id)
            return search(connection, eras, query, room, limit)

    def rooms(self) -> list[RoomSummary]:
        """Return the rooms that something is known of, by name."""
        if self._chat is None:
            return []
        with self.database.reading() as connection:
            return summarise(connection, self._chat)

    def room_names(self) -> list[str]:
        """Return the names of the rooms that something is known of."""
        with self.database.reading() as connection:
            found = connection.execute("SELECT name FROM room WHERE chat = ?", (self.chat,))
            return [name for (name,) in found]

    def respell(self, typed: str, spelled: str) -> None:
        """Keep for ``spelled`` what was written and set in the same room, ``typed`` otherwise."""
        chat = self._begun()
        with self.database.writing() as connection:
            old = find_room(connection, chat.id, typed)
            if old is None or newest_message(connection, chat.id, old):
                return
            new = room_id(connection, chat.id, spelled)
            connection.execute(
                """UPDATE room SET draft = typed.draft, draft_answers = typed.draft_answers
                FROM room AS typed WHERE room.id = ? AND typed.id = ? AND typed.draft <> ''""",
                (new, old),
            )
            connection.execute(
                """UPDATE room SET level = typed.level
                FROM room AS typed WHERE room.id = ? AND typed.id = ? AND typed.level <> ?""",
                (new, old, Level.ALL.value),
            )
            for table, column in (("hole", "room"), ("gap", "room"), ("room", "id")):
                connection.execute(f"DELETE FROM {table} WHERE {column} = ?", (old,))  # noqa: S608 (named above)

    def unread(self, room: str) -> Unread:
        """Return what there is unread of a room."""
        if self._chat is None:
            return Unread()
        with self.database.reading() as connection:
            place = find_room(connection, self._chat.id, room)
            if place is None:
                return Unread()
            (read,) = connection.execute("SELECT read FROM room WHERE id = ?", (place,)).fetchone()
            return count_unread(connection, self._chat, place, room, read)

    def mark_read(self, room: str, seq: int) -> None:
        """Note that everything up to ``seq`` was read; a mark never moves back."""
        self._change_room("read = max(read, ?)", (min(seq, END - 1),), room)

    def set_level(self, room: str, level: Level) -> None:
        """Note which news of a room disturb."""
        self._change_room("level = ?", (level.value,), room)

    def set_anchor(self, room: str, anchor: Anchor | None) -> None:
        """Note where reading stopped in a room; None for at the newest message."""
        place = (anchor.era, anchor.seq, anchor.y) if anchor else (None, None, None)
        self._change_room("anchor_era = ?, anchor_seq = ?, anchor_y = ?", place, room)

    def last_room(self) -> str:
        """Return the room that this person looked at last; general if there was none."""
        with self.database.reading() as connection:
            found = connection.execute(
                "SELECT last_room FROM chat WHERE id = ?", (self.chat,)
            ).fetchone()
        return (found and found[0]) or GENERAL

    def set_last_room(self, room: str) -> None:
        """Note which room this person looks at."""
        with self.database.writing() as connection:
            connection.execute("UPDATE chat SET last_room = ? WHERE id = ?", (room, self.chat))

    def set_topic(self, room: str, text: str) -> None:
        """Note what a room is about; empty for nothing."""
        self._change_room("topic = ?", (text,), room)

    def topics(self) -> dict[str, str]:
        """Return what the rooms are about, of which that is known."""
        with self.database.reading() as connection:
            found = connection.execute(
                "SELECT name, topic FROM room WHERE chat = ? AND topic <> ''", (self.chat,)
            )
            return dict(found.fetchall())

    def draft(self, room: str) -> str:
        """Return what was being written in a room."""
        if self._chat is None:
            return ""
        with self.database.reading() as connection:
            place = find_room(connection, self._chat.id, room)
            found = connection.execute("SELECT draft FROM room WHERE id = ?", (place,)).fetchone()
        return found[0] if found else ""

    def set_draft(self, room: str, text: str, answers: int = 0) -> None:
        """Keep what is being written in a room; empty for nothing. ``answers`` is a seq, or 0."""
        clean = text.encode("utf-8", "replace").decode()  # SQLite takes no lone surrogate
        self._change_room("draft = ?, draft_answers = ?", (clean, answers), room)

    def _change_room(self, change: str, values: Sequence[str | int | None], room: str) -> None:
        chat = self._begun()
        with self.database.writing() as connection:
            place = room_id(connection, chat.id, room)
            connection.execute(f"UPDATE room SET {change} WHERE id = ?", (*values, place))  # noqa: S608 (the changes are ours)

    def _begun(self) -> Chat:
        if self._chat is None:
            raise ValueError("no host has welcomed this person yet")
        return self._chat
