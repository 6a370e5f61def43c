"""What somebody has to prove on the way in, and waiting for those who decide. Not on the hub."""

import queue
import time
from collections.abc import Callable
from dataclasses import replace
from typing import TypeVar

from tkchat.server import moderation
from tkchat.server.guard import Guard
from tkchat.server.hub import Hub
from tkchat.server.knocks import Knocker
from tkchat.server.order import ApprovalNeeded, PasswordNeeded, Visit
from tkchat.wire.errors import RemoteError
from tkchat.wire.names import name_key
from tkchat.wire.order import Outcome

WAIT_STEP_SECONDS = 0.5  # how often somebody who waits is listened to

_T = TypeVar("_T")


class Door:
    """Takes one connection in: asks the hub, and does what the hub asks for in return.

    ``wait`` lets the client's thread wait for so many seconds, and take note of what the client
    does meanwhile; it raises `ConnectionLost` when that is gone. What was proved once holds for the
    connection's further tries.
    """

    def __init__(
        self,
        hub: Hub,
        guard: Guard | None = None,
        host: str = "",
        wait: Callable[[float], object] = time.sleep,
    ) -> None:
        self._hub = hub
        self.guard = guard or Guard()
        self.visit = Visit(host)
        self._wait = wait

    def come_in(
        self,
        name: str,
        password: str,
        ask: Callable[[Visit], _T],
        tell_waiting: Callable[[float], object],
    ) -> _T:
        """Have the hub let ``name`` in by ``ask``; return its answer.

        ``tell_waiting`` is called with the seconds that the client may have to wait at most.

        Raises:
            RemoteError: they are not let in; `PasswordNeeded`, if a password is missing.
            HubClosed: too late.
            ConnectionLost: they are gone.
        """
        if password and self.guard.is_host_code(password):
            self.visit = replace(self.visit, is_host=True)
            password = ""
        while True:
            try:
                return ask(self.visit)
            except PasswordNeeded as needed:
                if not password:
                    raise
                self._prove(needed, password)
                password = ""
            except ApprovalNeeded:
                self._knock(name, tell_waiting)

    def _prove(self, needed: PasswordNeeded, password: str) -> None:
        """Take note that ``password`` is what is needed.

        Raises:
            RemoteError: it is not, or cannot be checked now.
        """
        verify = self.guard.passwords.verify
        if not self.guard.tries.check(self.visit.host, lambda: verify(needed.hash, password)):
            raise PasswordNeeded(needed.needs, needed.hash, is_wrong=True) from None
        if needed.needs == "chat":
            self.visit = replace(self.visit, chat_password=needed.version)
        else:
            self.visit = replace(self.visit, name_password=needed.hash)

    def _knock(self, name: str, tell_waiting: Callable[[float], object]) -> None:
        """Wait until somebody lets ``name`` in.

        Raises:
            RemoteError: they do not.
        """
        seconds = self.guard.limits.waiting_seconds
        knocker = Knocker(name, name_key(name), self.visit.host)
        self._hub.ask(lambda chat: moderation.begin_knock(chat, knocker))
        outcome = Outcome.GONE
        try:
            tell_waiting(seconds)
            deadline = time.monotonic() + seconds
            while outcome is Outcome.GONE and time.monotonic() < deadline:
                try:
                    outcome = knocker.verdict.get_nowait()
                except queue.Empty:
                    self._wait(WAIT_STEP_SECONDS)
        finally:
            if outcome is Outcome.GONE:
                self._hub.do(lambda chat: moderation.end_knock(chat, knocker, Outcome.GONE))
        if outcome is not Outcome.APPROVED:
            why = "Nobody let you in: please try again later."
            if outcome is Outcome.REJECTED:
                why = "You were not let in."
            raise RemoteError("not-allowed", why)
        self.visit = replace(self.visit, approved_key=knocker.key)
