"""Who waits at the door, and is let in by somebody who keeps order. The hub's thread owns it."""

import contextlib
import queue
from dataclasses import dataclass, field

from tkchat.server.guard import Quota, origin
from tkchat.server.limits import Limits
from tkchat.server.member import Member
from tkchat.server.turn import Turn
from tkchat.wire import order, plain, tagged
from tkchat.wire.errors import RemoteError
from tkchat.wire.order import Outcome

MOST_OF_ONE_ADDRESS = 3

_TOO_MANY = ("not-allowed", "Too many asked from there to be let in")
_TOO_MANY_TOGETHER = ("not-allowed", "Too many asked to be let in")
_EVERYBODY = ""  # in place of an address
_TOLD = {
    Outcome.WAITING: "{name} asks to be let in: /approve {name} or /reject {name}",
    Outcome.APPROVED: "{name} was let in",
    Outcome.REJECTED: "{name} was sent away",
    Outcome.GONE: "{name} waits no longer",
}


@dataclass(eq=False, slots=True)
class Knocker:
    """Somebody who waits; their own thread waits for the ``verdict``."""

    name: str
    key: str
    host: str
    verdict: "queue.SimpleQueue[Outcome]" = field(default_factory=queue.SimpleQueue)


class Knocks:
    """Those who wait, by the key of the name that they want.

    Whoever knocks and hangs up, again and again, would fill the screens of those who keep order:
    after so many whom nobody let in, of an address or together, nobody is shown for a while.
    """

    def __init__(self, turn: Turn, limits: Limits) -> None:
        self._turn = turn
        self._limits = limits
        self._by_key: dict[str, Knocker] = {}
        self._in_vain = Quota(limits.knocks, limits.knock_seconds, _TOO_MANY)
        self._all_in_vain = Quota(limits.knocks_together, limits.knock_seconds, _TOO_MANY_TOGETHER)

    def add(self, knocker: Knocker) -> None:
        """Let somebody wait.

        Raises:
            RemoteError: ``name-taken``, another waits under that name; ``server-full``, too many
                wait; ``not-allowed``, too many were not let in.
        """
        self._in_vain.left(knocker.host)
        self._all_in_vain.left(_EVERYBODY)
        if knocker.key in self._by_key:
            raise RemoteError("name-taken", f"Somebody waits as {knocker.name} already.")
        place = origin(knocker.host)
        same = [each for each in self._by_key.values() if origin(each.host) == place]
        is_full = len(self._by_key) >= self._limits.waiting
        if is_full or len(same) >= MOST_OF_ONE_ADDRESS:
            raise RemoteError("server-full", "Too many people wait to be let in: try again later.")
        self._by_key[knocker.key] = knocker

    def remove(self, knocker: Knocker, outcome: Outcome) -> bool:
        """Let somebody wait no longer; tell whether they did."""
        if self._by_key.get(knocker.key) is not knocker:
            return False
        del self._by_key[knocker.key]
        if outcome is not Outcome.APPROVED:
            for quota, place in (
                (self._in_vain, knocker.host),
                (self._all_in_vain, _EVERYBODY),
            ):
                with contextlib.suppress(RemoteError):  # others waited already
                    quota.use(place)
        return True

    def find(self, key: str) -> Knocker | None:
        """Return who waits under the name with ``key``."""
        return self._by_key.get(key)

    def show(self, members: list[Member], knocker: Knocker, outcome: Outcome) -> None:
        """Tell those who keep order what has become of somebody."""
        text = _TOLD[outcome].format(name=knocker.name)
        for member in members:
            if member.is_tagged:
                line = tagged.encode(order.Knock(knocker.name, outcome, text))
            else:
                line = plain.encode(plain.Notice(text))
            self._turn.tell(member, line)

    def show_all(self, member: Member) -> None:
        """Tell one of those who keep order who waits."""
        for knocker in self._by_key.values():
            self.show([member], knocker, Outcome.WAITING)
