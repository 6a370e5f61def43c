"""Who waits at the door, and is let in by somebody who keeps order. The hub's thread owns it."""

import queue
from dataclasses import dataclass, field

from tkchat.server.guard import origin
from tkchat.server.limits import Limits
from tkchat.server.member import Member
from tkchat.server.turn import Turn
from tkchat.wire import order, plain, tagged
from tkchat.wire.errors import RemoteError
from tkchat.wire.order import Outcome

MOST_OF_ONE_ADDRESS = 3

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
    """Those who wait, by the key of the name that they want."""

    def __init__(self, turn: Turn, limits: Limits) -> None:
        self._turn = turn
        self._limits = limits
        self._by_key: dict[str, Knocker] = {}

    def add(self, knocker: Knocker) -> None:
        """Let somebody wait.

        Raises:
            RemoteError: ``name-taken``, another waits under that name; ``server-full``.
        """
        if knocker.key in self._by_key:
            raise RemoteError("name-taken", f"Somebody waits as {knocker.name} already.")
        place = origin(knocker.host)
        same = [each for each in self._by_key.values() if origin(each.host) == place]
        is_full = len(self._by_key) >= self._limits.waiting
        if is_full or len(same) >= MOST_OF_ONE_ADDRESS:
            raise RemoteError("server-full", "Too many people wait to be let in: try again later.")
        self._by_key[knocker.key] = knocker

    def remove(self, knocker: Knocker) -> bool:
        """Let somebody wait no longer; tell whether they did."""
        if self._by_key.get(knocker.key) is not knocker:
            return False
        del self._by_key[knocker.key]
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
