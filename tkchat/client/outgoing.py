"""The way of own messages: to the disk first, then to the host, until it has acknowledged them."""

import secrets
import time
from collections import OrderedDict
from collections.abc import Callable, Sequence
from dataclasses import replace

from tkchat.client.database import DatabaseError
from tkchat.client.events import Discarded, Edited, Event, Noticed, Refused, Replaced
from tkchat.client.history import History
from tkchat.client.outbox import Outbox
from tkchat.client.sending import Sending
from tkchat.client.worker import Worker
from tkchat.i18n import tr
from tkchat.wire.entry import Entry, Kind
from tkchat.wire.requests import Say, encode

FIRST_PAUSE_SECONDS = 2.0  #: before the first try again after a failure of a disk
LAST_PAUSE_SECONDS = 30.0
KEPT_ACCEPTED = 100  # as long as somebody may believe that they still wait

Send = Callable[[bytes], object]


def now_ms() -> int:
    """Return the time as the outbox keeps it: milliseconds since 1970, UTC."""
    return time.time_ns() // 1_000_000


def new_mid() -> str:
    """Return a new identity for something lasting."""
    return secrets.token_hex(16)


class Outgoing:
    """The outbox, and what of it is on its way. Everything here runs on the worker's thread."""

    def __init__(self, history: History, worker: Worker, emit: Callable[[Event], object]) -> None:
        self._outbox = Outbox(history)
        self._worker = worker
        self._emit = emit
        self._sending = Sending()
        self._send: Send | None = None  # to the connection that is live
        self._pause = FIRST_PAUSE_SECONDS
        self._edited: set[str] = set()  # mids of those whose edits wait for an acknowledgement
        self._accepted: OrderedDict[str, Entry] = OrderedDict()  # the last of this run, by mid
        self._unsaved: dict[str, Say] = {}  # what could not be put on the disk, by mid

    def load(self) -> None:
        """Take what the outbox holds."""
        self._edited = self._outbox.aim_edits()
        waiting = self._outbox.waiting()
        self._sending.load(each.say for each in waiting if not (each.refused_code or each.awaits))

    def change_log(self) -> None:
        """Take what the outbox holds now: the host's log is another one."""
        self.load()
        for each in self._outbox.waiting():
            if each.refused_code and each.say.kind.is_message:
                self._emit(Refused(each.say.mid, each.refused_code, each.refused_why))
            elif each.refused_code:
                self._give_up(each.say, each.refused_code, each.refused_why)

    def keep(self, say: Say, at_ms: int) -> None:
        """Put ``say`` on the disk, and send it once it is there."""
        try:
            self._outbox.add(say, at_ms)
        except (DatabaseError, ValueError) as error:
            self._refuse_unsaved(say, error)
            return
        self._sending.add(say)
        self._send_more()

    def discard(self, mid: str) -> None:
        """Forget a message, unless the host may have it."""
        if self._sending.sent(mid):
            return
        self._outbox.discard(mid)
        self._unsaved.pop(mid, None)
        self._sending.remove(mid)
        self._emit(Discarded(mid))

    def replace(self, mid: str, say: Say, at_ms: int) -> None:
        """Send the text of ``say`` for that of another message.

        If the host may have that, it is edited as soon as the host says so.
        """
        if accepted := self._accepted.get(mid):
            say = replace(say, kind=Kind.EDIT, room=accepted.room, target=accepted.seq)
            self._emit(Edited(mid, say))
            self.keep(say, at_ms)
            return
        if sent := self._sending.sent(mid):
            self._keep_edit(replace(say, kind=Kind.EDIT, room=sent.room), mid, at_ms)
            return
        waiting = self._outbox.find(mid)
        old = waiting.say if waiting else self._unsaved.pop(mid, say)
        say = replace(old, text=say.text, mid=say.mid)
        self._sending.remove(mid)
        self._emit(Replaced(mid, say))
        try:
            if not self._outbox.replace(mid, say, at_ms):
                self._outbox.add(say, at_ms)
        except (DatabaseError, ValueError) as error:
            self._refuse_unsaved(say, error)
            return
        self._sending.add(say)
        self._send_more()

    def begin(self, send: Send) -> None:
        """Send everything that is not acknowledged: the host is there and has told all it had."""
        self._send = send
        self._sending.begin()
        self._send_more()

    def stop(self) -> None:
        """Send nothing: the host is gone."""
        self._send = None
        self._sending.stop()

    def acknowledged(self, entries: Sequence[Entry]) -> None:
        """Take note of own events that the host has; they have left the outbox by now."""
        for entry in entries:
            self._sending.remove(entry.mid)
            self._accepted[entry.mid] = entry
            if entry.mid in self._edited:
                self._edited = self._outbox.aim_edits()
                if edit := self._outbox.edit_of(entry.mid):
                    self._sending.add(edit)
        while len(self._accepted) > KEPT_ACCEPTED:
            self._accepted.popitem(last=False)
        self._pause = FIRST_PAUSE_SECONDS
        self._send_more()

    def refused(self, mid: str, code: str, why: str) -> None:
        """Take note of what the host would not have, or could not put on its disk."""
        if code == "storage":
            self._sending.was_not_taken(mid)
            self._pause_sending()
            return
        say = self._sending.remove(mid)
        if say is None:
            return
        self._send_more()
        if say.kind.is_message:
            self._emit(Refused(mid, code, why))
            self._outbox.refuse(mid, code, why)
            if mid in self._edited and (edit := self._outbox.edit_of(mid)):
                self._edited.discard(mid)
                self.replace(mid, replace(edit, mid=new_mid()), now_ms())
        else:
            self._give_up(say, code, why)

    def _keep_edit(self, edit: Say, mid: str, at_ms: int) -> None:
        """Put an edit on the disk, of a message of which the host has not said where it is."""
        try:
            self._outbox.add_edit(edit, mid, at_ms)
        except (DatabaseError, ValueError) as error:
            self._emit(Noticed(_not_saved(error)))
            return
        self._edited.add(mid)
        self._emit(Edited(mid, edit))

    def _give_up(self, say: Say, code: str, why: str) -> None:
        """Tell that something was not done, which nobody could see waiting or discard."""
        self._emit(Refused(say.mid, code, why))
        self._outbox.discard(say.mid)

    def _pause_sending(self) -> None:
        """Give a disk, here or there, time to be of use again."""
        send = self._send
        if send is None:
            return
        self.stop()
        self._worker.do_later(self._pause, lambda: None if self._send else self.begin(send))
        self._pause = min(self._pause * 2, LAST_PAUSE_SECONDS)

    def _send_more(self) -> None:
        while self._send is not None and (ready := self._sending.next()):
            for say in ready:
                try:
                    is_to_be_sent = self._is_to_be_sent(say.mid)
                except DatabaseError:
                    self._pause_sending()
                    raise
                if is_to_be_sent:
                    self._send(encode(say))

    def _is_to_be_sent(self, mid: str) -> bool:
        """Look whether another window has discarded it, or was refused with it."""
        waiting = self._outbox.find(mid)
        if waiting is not None and not waiting.refused_code:
            return True
        self._sending.remove(mid)
        if waiting is None:
            self._emit(Discarded(mid))
        else:
            self._emit(Refused(mid, waiting.refused_code, waiting.refused_why))
        return False

    def _refuse_unsaved(self, say: Say, error: Exception) -> None:
        self._unsaved[say.mid] = say
        self._emit(Refused(say.mid, "not-saved", _not_saved(error)))


def _not_saved(error: Exception) -> str:
    return tr("It could not be saved on this computer: {why}").format(why=error)
