"""What somebody has to prove on the way in, and waiting for those who decide. Not on the hub."""

import queue
import time
from collections.abc import Callable
from dataclasses import replace
from typing import TypeVar

from tkchat.server import moderation
from tkchat.server.chat import Chat
from tkchat.server.guard import Guard
from tkchat.server.hub import Hub
from tkchat.server.knocks import Knocker
from tkchat.server.log_records import ChatPassword
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
        self._tried = ("", ChatPassword(), "")  # what was looked at last, and on what
        self._is_wrong = False  # whether that proved nothing

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
        refusal: RemoteError | None = None
        if password:
            try:
                self._look_at(password, name_key(name))
            except RemoteError as error:
                refusal = error  # which is nothing to whoever needs no password
        while True:
            try:
                return ask(self.visit)
            except PasswordNeeded as needed:
                if refusal is not None:
                    raise refusal from None
                if not (password and self._is_wrong):
                    raise
                raise PasswordNeeded(needed.needs, needed.hash, is_wrong=True) from None
            except ApprovalNeeded:
                self._knock(name, tell_waiting)

    def _look_at(self, password: str, key: str) -> None:
        """Take note of what ``password`` proves of the chat and of the name with ``key``.

        What proves nothing is a wrong one, also where none is needed: else one could guess the
        host's code there for ever. The same one again tells whoever guesses nothing.

        Raises:
            RemoteError: it cannot be checked now.
        """

        def passwords(chat: Chat) -> tuple[ChatPassword, str]:
            account = chat.accounts.find_registered(key)
            return chat.order.password, account.password_hash if account is not None else ""

        tried = (password, *self._hub.ask(passwords))
        if tried != self._tried:
            is_right = self.guard.tries.check(self.visit.host, lambda: self._prove(*tried))
            self._tried, self._is_wrong = tried, not is_right

    def _prove(self, password: str, of_chat: ChatPassword, of_name: str) -> bool:
        """Take note of what ``password`` proves; tell whether it is anything."""
        verify = self.guard.passwords.verify
        if self.guard.is_host_code(password):
            self.visit = replace(self.visit, is_host=True)
        elif of_chat.hash and verify(of_chat.hash, password):
            self.visit = replace(self.visit, chat_password=of_chat.version)
        elif of_name and verify(of_name, password):
            self.visit = replace(self.visit, name_password=of_name)
        else:
            return False
        return True

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
