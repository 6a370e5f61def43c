"""How one client is talked with: what its lines mean, in the dialect that its first line chose."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Protocol

from tkchat.net.connection import Connection
from tkchat.server import commands, order_commands
from tkchat.server.door import Door
from tkchat.server.hub import Hub, Request
from tkchat.server.member import Member
from tkchat.server.moderation import become_host as _become_host
from tkchat.server.order import PasswordNeeded
from tkchat.server.order_commands import Asked
from tkchat.wire import plain
from tkchat.wire.buffer import TooLong
from tkchat.wire.errors import RemoteError
from tkchat.wire.limits import MAX_LINE_BYTES
from tkchat.wire.lines import decode_plain
from tkchat.wire.names import check_name
from tkchat.wire.text import clean

SECOND_TRY_SECONDS = 0.25
WAITING = "Please wait: somebody who keeps order here has to let you in."

_NOT_ABOUT_NAMES = ("not-allowed", "bad-password", "server-full", "storage")


@dataclass(frozen=True, slots=True)
class Errand:
    """What the client's own thread does for a line, once the hub has done the lines before it."""

    run: Callable[[], None]
    tokens: int = 1
    is_passing: bool = False


class Talk(Protocol):
    """One dialect, on the host's side, for one connection. Belongs to that client's thread."""

    ping_seconds: float  #: how long a silence is before the client is asked whether it is there
    answer_seconds: float  #: how long it then has to say anything

    def come_in(self, raw: bytes) -> Member:
        """Let the client in with the handshake ``raw``.

        Raises:
            RemoteError: it is refused, and may try again.
            HubClosed: too late.
            ConnectionLost: it is gone.
        """

    def refuse(self, refusal: RemoteError) -> None:
        """Say that a handshake was refused."""

    def read(self, raw: bytes | TooLong) -> Request | Errand | None:
        """Return what there is to do for a line; None for nothing."""

    def hear(self) -> None:
        """Take note that the client has sent something since it was let in."""

    def ping(self) -> bool:
        """Ask whether the client is there; tell whether it has to answer."""


class PlainTalk:
    """The tutorials' protocol."""

    ping_seconds = answer_seconds = 3600.0

    def __init__(self, connection: Connection, hub: Hub, door: Door | None = None) -> None:
        self._connection = connection
        self._hub = hub
        self._door = door or Door(hub)
        self._name = ""  # of who has to say a password next
        self._member: Member | None = None

    def come_in(self, raw: bytes) -> Member:
        """Let the client in under the name that it sent, after a password if there is one."""
        text = decode_plain(raw)
        name, password = (self._name, text) if self._name else (check_name(text), "")
        try:
            member = self._enter(name, password)
        except PasswordNeeded:
            self._name = name
            raise
        except RemoteError:
            self._name = ""
            raise
        self._member = member
        if self._door.visit.is_host:
            self._hub.request(member, [become_host()])
        return member

    def _enter(self, name: str, password: str) -> Member:
        def enter() -> Member:
            return self._door.come_in(
                name,
                password,
                lambda visit: self._hub.enter(name, self._connection, visit),
                lambda _: self.tell(WAITING),
            )

        try:
            return enter()
        except RemoteError as refusal:
            if refusal.code != "name-taken":
                raise
            # Whoever has the name may have hung up just now, to come back as this connection.
            self._connection.closed.wait(SECOND_TRY_SECONDS)
            return enter()

    def refuse(self, refusal: RemoteError) -> None:
        """Say that a name was refused, or what is asked for besides."""
        if isinstance(refusal, PasswordNeeded):
            self.tell(f"{refusal} Type it and press Return.")
        elif refusal.code in _NOT_ABOUT_NAMES:
            self.tell(str(refusal))
        else:
            self.tell(f"{refusal} {plain.CHOOSE_ANOTHER}")

    def read(self, raw: bytes | TooLong) -> Request | Errand | None:
        """Return what there is to do for a line; None for a blank one."""
        if raw == b"":
            return None
        try:
            if isinstance(raw, TooLong):
                raise too_long(self._door.guard.limits.line_bytes)
            text = clean(decode_plain(raw))
            asked = order_commands.parse(text) if is_command(text) else None
            return commands.parse(text) if asked is None else self._order(asked)
        except RemoteError as error:
            return refusing(error)

    def _order(self, asked: Asked) -> Request | Errand:
        member = self._member
        if not asked.is_secret or member is None:
            return asked.request()
        return Errand(lambda: asked.carry_out(self._hub, self._door.guard, member))

    def hear(self) -> None:
        """Do nothing: that proves nothing of a plain client."""

    def ping(self) -> bool:
        """Do nothing: a plain client may be silent for ever."""
        return False

    def tell(self, text: str) -> None:
        """Tell the client something before it is in the chat."""
        self._connection.send(plain.encode(plain.Notice(text)))


def is_command(text: str) -> bool:
    """Tell whether a plain line is one of the host's commands."""
    return text.startswith("/") and not text.startswith("//")


def become_host() -> Request:
    """Return the request of somebody who knew the host's code on the way in."""
    return Request(lambda chat, member: chat.tell(member, plain.Notice(_become_host(chat, member))))


def refusing(refusal: RemoteError, mid: str = "", re: str = "") -> Request:
    """Return a request that is refused: by the hub, after its answers to the lines before."""

    def refuse(*_: object) -> None:
        raise refusal

    return Request(refuse, mid, re)


def too_long(limit: int = MAX_LINE_BYTES) -> RemoteError:
    """Return the refusal of a line over the limit."""
    return RemoteError(
        "too-long", f"That line has over {limit} bytes. It was not used: please split it."
    )
