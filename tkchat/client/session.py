"""One person's place in one chat: background threads keep it, a queue tells of it."""

import queue
import time

from tkchat.client.database import Database
from tkchat.client.dialect import Dialect, PlainDialect
from tkchat.client.events import Event, Noticed
from tkchat.client.history import History
from tkchat.client.own_host import OwnHost
from tkchat.client.pages import Cursor
from tkchat.client.passwords import Passwords
from tkchat.client.query import Query
from tkchat.client.receiver import Receiver
from tkchat.client.room_state import Anchor, Level
from tkchat.client.search import Hit
from tkchat.client.security import Security
from tkchat.client.tagged_talk import TaggedTalk
from tkchat.client.trust import Trust
from tkchat.i18n import tr
from tkchat.net.address import Address
from tkchat.wire.entry import Kind
from tkchat.wire.errors import RemoteError
from tkchat.wire.names import check_name
from tkchat.wire.presence import State
from tkchat.wire.requests import Say, SetPresence
from tkchat.wire.text import check_status, clean


class Session:
    """Joins a chat, stays in it across lost connections, and puts all that happens on ``events``.

    With a ``database`` it speaks the tagged dialect: what arrives and what is said is on this
    computer's disk first, so that nothing is lost. With hosts that do not speak that, and without
    a database, it speaks the plain one, which knows only saying something and moving.

    Nothing but `join` waits. If the first try to join fails the session ends with `NotIn`, unless
    there is something to see without a host; after `Welcome` or `Opened` it reconnects until it is
    closed. With ``resumes`` it begins in the room where the last such session ended.

    The connection is encrypted unless it stays on this computer. ``key`` is how the fingerprint
    of the host's key begins, from a join code. ``plaintext`` allows no encryption, with a host that
    was never seen to encrypt. ``password`` is the chat's, ``name_password`` that of a registered
    name; a host that wants one and does not get it ends the session with `NotIn`. ``own`` is what
    there is hosted from this profile: that is the same chat by every address, and in its key there
    is trust.
    """

    def __init__(
        self,
        address: Address,
        name: str,
        database: Database | None = None,
        *,
        resumes: bool = False,
        key: bytes = b"",
        plaintext: bool = False,
        password: str = "",
        name_password: str = "",
        own: OwnHost | None = None,
    ) -> None:
        self.address = address
        self.events: queue.SimpleQueue[Event] = queue.SimpleQueue()
        self._name = name
        self._database = database
        self.trust = Trust(database)  #: whom this computer knows hosts by
        self._security = Security(
            address, self.trust, self.events.put, key, plaintext=plaintext, own=own
        )
        self._receiver = Receiver(
            address, self.events, self._choose, self._fall_back, self._security
        )
        self._plain = PlainDialect(name)
        self._keeper = TaggedTalk(
            address,
            self.events,
            self._receiver,
            self.close,
            resumes=resumes,
            passwords=Passwords(password, name_password),
            own=own,
        )
        self._talk: TaggedTalk | None = None  # the same, with a host that keeps a log

    @property
    def is_tagged(self) -> bool:
        """Whether the host keeps a log, as far as is known."""
        return self._talk is not None

    @property
    def history(self) -> History | None:
        """What this computer keeps of the chat, to be read by any thread; None for nothing."""
        return self._talk.history if self._talk is not None else None

    def start(self) -> None:
        """Begin to connect. Returns at once."""
        self._receiver.start()

    def say(self, text: str, room: str = "") -> list[Say] | None:
        """Say ``text`` in ``room``, the current one if empty; or carry out the command that it is.

        Returns what is to be shown at once: each message that this makes. With a host that keeps a
        log, a text of several lines is one message. None: nothing was done, since there is no
        connection and the host keeps no log, or the session is closed.

        Raises:
            WireError: ``text`` is too long, or a command that does not exist.
        """
        if self._receiver.is_closed:
            return None
        if self._talk is not None:
            return self._talk.say(text, room)
        lines, said = self._plain.say(text)
        if not self._receiver.send(*lines):
            return None
        return [Say(room, line) for line in said]

    def send(self, say: Say) -> list[Say]:
        """Do something lasting, whose mid is made here; return what is to be shown at once.

        Raises:
            WireError: it cannot be sent.
        """
        if self._talk is not None:
            return self._talk.send(say)
        if say.kind is not Kind.MESSAGE:
            told = tr("This host keeps no messages, so they cannot be answered or changed.")
            self.events.put(Noticed(told))
            return []
        return self.say(f"/{say.text}" if say.text.startswith("/") else say.text, say.room) or []

    def command(self, text: str) -> str:
        """Have the host carry out ``text``, such as ``/mute bob 10``; see `CommandAnswered`.

        Returns the name that the answer bears; empty if the host knows no such answers.

        Raises:
            WireError: ``text`` is too long.
        """
        if self._talk is not None:
            return self._talk.command(text, is_typed=False)
        self.say(text)
        return ""

    def discard(self, mid: str) -> None:
        """Forget a refused message, or a waiting one that is not on its way: see `Discarded`."""
        if self._talk is not None:
            self._talk.discard(mid)

    def replace(self, mid: str, text: str) -> None:
        """Take ``text`` for that of a refused or waiting message: see `Replaced`.

        Raises:
            WireError: ``text`` cannot be sent.
        """
        if self._talk is not None:
            self._talk.replace(mid, text)

    def go_to(self, room: str) -> None:
        """Go to ``room``: see `Entered`. With a host that keeps a log, offline too."""
        if self._talk is not None:
            self._talk.go_to(room)
        else:
            self._receiver.send(*self._plain.move(room))

    def leave_room(self, room: str) -> None:
        """Be no longer among the people of ``room``: see `RoomLeft`."""
        if self._talk is not None:
            self._talk.leave_room(room)

    def older(self, room: str, cursor: Cursor | int | None) -> None:
        """Ask for what comes before ``cursor`` in ``room``: see `Older`."""
        if self._talk is not None:
            self._talk.older(room, cursor)

    def around(self, room: str, at: Hit | int) -> None:
        """Ask for the message ``at``, one found or the present log's seq of one: see `Jumped`.

        Goes to ``room`` first.
        """
        if self._talk is not None:
            self._talk.around(room, at)

    def search(self, query_id: int, query: Query, room: str = "") -> None:
        """Look in ``room``, unless the query names one; in all if empty: see `Found`."""
        if self._talk is not None:
            self._talk.search(query_id, query, room)

    def read(self, room: str, seq: int) -> None:
        """Take note that this person has read ``room`` up to ``seq``."""
        if self._talk is not None:
            self._talk.read(room, seq)

    def typing(self, room: str) -> None:
        """Take note that this person is writing something; may be called for every key."""
        if self._talk is not None:
            self._talk.typing(room)

    def set_draft(self, room: str, text: str, answers: int = 0) -> None:
        """Keep what this person is writing in ``room``; it comes back with `Opened`.

        ``answers`` is the seq of the message that it answers, 0 for none.
        """
        if self._talk is not None:
            self._talk.set_draft(room, text, answers)

    def set_topic(self, room: str, text: str) -> None:
        """Say what ``room`` is about; empty for nothing. See `TopicSet`.

        Raises:
            WireError: ``text`` is too long.
        """
        if self._talk is not None:
            self._talk.set_topic(room, text)
        else:
            self._receiver.send(*self._plain.set_topic(text))

    def set_presence(self, state: State, text: str = "") -> None:
        """Tell everybody what this person is up to: now, and whenever they connect again.

        Raises:
            WireError: ``text`` is too long.
        """
        self._keeper.be(SetPresence(state, check_status(clean(text))))
        if self._talk is not None:
            self._talk.tell_presence()

    @property
    def presence(self) -> SetPresence:
        """What this person is up to, as `set_presence` or a command said last."""
        return self._keeper.presence

    def set_level(self, room: str, level: Level) -> None:
        """Remember which news of ``room`` disturb; the model has to be told, too."""
        if self._talk is not None:
            self._talk.set_level(room, level)

    def set_anchor(self, room: str, anchor: Anchor | None) -> None:
        """Remember where reading stopped in ``room``; it comes back with `Opened`."""
        if self._talk is not None:
            self._talk.set_anchor(room, anchor)

    def refresh(self) -> None:
        """Ask which rooms there are now: see `RoomsThere`."""
        if self._talk is not None:
            self._talk.refresh()
        else:
            self._receiver.send(*self._plain.refresh())

    def retry_now(self) -> None:
        """Do not wait any longer before the next try to connect."""
        self._receiver.retry_now()

    def close(self) -> None:
        """Leave the chat. Returns at once; the threads end soon after, with all that is on disk.

        Only looking up a host's name may hold the one for longer.
        """
        self._receiver.close()
        self._keeper.worker.close()

    def join(self, timeout: float) -> None:
        """Wait for the threads to end, up to ``timeout`` seconds. Not for Tk's thread."""
        until = time.monotonic() + timeout
        self._keeper.worker.join(timeout)  # what it still does must not be lost
        self._receiver.join(max(until - time.monotonic(), 0.0))

    def _choose(self) -> Dialect:
        """Return the dialect to begin with. On the receiving thread, before it connects."""
        self._security.prepare()
        if self._database is None or not _is_name(self._name):
            return self._plain  # where each host has its own idea of a name
        dialect = self._keeper.open(self._database, self._name)
        self._talk = self._keeper
        return dialect

    def _fall_back(self) -> Dialect:
        """Return the dialect for a host of another kind. On the receiving thread."""
        self._talk = None
        return self._plain


def _is_name(name: str) -> bool:
    try:
        check_name(name)
    except RemoteError:
        return False
    return True
