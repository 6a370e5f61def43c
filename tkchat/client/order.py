"""Who keeps order in a chat, and what they decided, as far as this person is concerned."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from tkchat.client import order_telling
from tkchat.wire.names import name_key
from tkchat.wire.order import (
    Audit,
    Banned,
    Knock,
    MutedFor,
    Outcome,
    Role,
    RoleIs,
    Rules,
    Waiting,
)

__all__ = [
    "Audit",
    "Banned",
    "CommandAnswered",
    "Event",
    "Knock",
    "MutedFor",
    "Order",
    "Outcome",
    "Role",
    "RoleIs",
    "Rules",
    "Waiting",
]


@dataclass(frozen=True, slots=True)
class CommandAnswered:
    """The host's answer to the command ``re``: ``text``, after the rows that it asked for.

    ``code`` is why it was refused, empty if it was carried out. ``is_typed`` says that the person
    typed it among the messages, and looks for the answer there.
    """

    re: str
    text: str
    code: str = ""
    is_typed: bool = False
    audit: tuple[Audit, ...] = ()
    banned: tuple[Banned, ...] = ()

    def as_text(self) -> str:
        """Return the whole answer, row by row."""
        rows: tuple[Audit | Banned, ...] = (*self.audit, *self.banned)
        return "\n".join([*(row.text for row in rows), self.text])


Event = RoleIs | Rules | MutedFor | Waiting | Knock | CommandAnswered


@dataclass(slots=True)
class Order:
    """Roles, rules of rooms and who asks to be let in. Belongs to the view's thread."""

    now: Callable[[], datetime]
    is_waiting: bool = False  #: for somebody to let this person in
    roles: dict[str, Role] = field(default_factory=dict)  #: by name; all others are members
    rules: dict[str, Rules] = field(default_factory=dict)  #: by room; all others have none
    knocks: list[str] = field(default_factory=list)  #: who asks to be let in, the first one first
    muted_until: datetime | None = None
    is_muted_for_good: bool = False
    muted_text: str = ""  #: who muted this person, and why

    @property
    def is_muted(self) -> bool:
        """Whether this person may say nothing."""
        until = self.muted_until
        return self.is_muted_for_good or (until is not None and self.now() < until)

    def role_of(self, name: str) -> Role:
        """Return what somebody may do."""
        return self.roles.get(name, Role.MEMBER)

    def may_order(self, user: str, other: str = "") -> bool:
        """Whether ``user`` keeps order here; if another is named, whether over them."""
        mine, theirs = self.role_of(user), self.role_of(other)
        if mine is Role.MEMBER or (other and name_key(user) == name_key(other)):
            return False
        return theirs is Role.MEMBER or (mine is Role.HOST and theirs is Role.MODERATOR)

    def begin(self) -> None:
        """Forget what the host tells anew on each connection."""
        self.is_waiting = self.is_muted_for_good = False
        self.muted_until = None
        self.roles.clear()
        self.rules.clear()
        self.knocks.clear()

    def apply(self, event: Event) -> None:
        """Take what the host tells."""
        match event:
            case RoleIs(user, Role.MEMBER):
                self.roles.pop(user, None)
            case RoleIs(user, role):
                self.roles[user] = role
            case Rules(room, False, 0):
                self.rules.pop(room, None)
            case Rules(room):
                self.rules[room] = event
            case MutedFor(seconds):
                self.is_muted_for_good = seconds is None
                self.muted_text = order_telling.told(event)
                self.muted_until = self.now() + timedelta(seconds=seconds) if seconds else None
            case Waiting():
                self.is_waiting = True
            case Knock(user, outcome):
                if user in self.knocks:
                    self.knocks.remove(user)
                if outcome is Outcome.WAITING:
                    self.knocks.append(user)
            case CommandAnswered():
                pass
