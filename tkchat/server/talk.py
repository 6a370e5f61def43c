"""How one client is talked with: what its lines mean, in the dialect that its first line chose."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Protocol

from tkchat.net.connection import Connection
from tkchat.server import commands
from tkchat.server.hub import Hub, Request
from tkchat.server.member import Member
from tkchat.wire import plain
from tkchat.wire.buffer import TooLong
from tkchat.wire.errors import RemoteError
from tkchat.wire.limits import MAX_LINE_BYTES
from tkchat.wire.lines import decode_plain
from tkchat.wire.names import check_name
from tkchat.wire.text import clean

SECOND_TRY_SECONDS = 0.25


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

    def ping(self) -> bool:
        """Ask whether the client is there; tell whether it has to answer."""


class PlainTalk:
    """The tutorials' protocol."""

    ping_seconds = answer_seconds = 3600.0

    def __init__(self, connection: Connection, hub: Hub) -> None:
        self._connection = connection
        self._hub = hub

    def come_in(self, raw: bytes) -> Member:
        """Let the client in under the name that it sent."""
        name = check_name(decode_plain(raw))
        try:
            return self._hub.enter(name, self._connection)
        except RemoteError:
            # Whoever has the name may have hung up just now, to come back as this connection.
            self._connection.closed.wait(SECOND_TRY_SECONDS)
            return self._hub.enter(name, self._connection)

    def refuse(self, refusal: RemoteError) -> None:
        """Say that a name was refused."""
        self.tell(f"{refusal} {plain.CHOOSE_ANOTHER}")

    def read(self, raw: bytes | TooLong) -> Request | None:
        """Return what the hub has to do for a line; None for a blank one."""
        if raw == b"":
            return None
        try:
            if isinstance(raw, TooLong):
                raise too_long()
            return commands.parse(clean(decode_plain(raw)))
        except RemoteError as error:
            return refusing(error)

    def ping(self) -> bool:
        """Do nothing: a plain client may be silent for ever."""
        return False

    def tell(self, text: str) -> None:
        """Tell the client something before it is in the chat."""
        self._connection.send(plain.encode(plain.Notice(text)))


def refusing(refusal: RemoteError, mid: str = "", re: str = "") -> Request:
    """Return a request that is refused: by the hub, after its answers to the lines before."""

    def refuse(*_: object) -> None:
        raise refusal

    return Request(refuse, mid, re)


def too_long() -> RemoteError:
    """Return the refusal of a line over the limit."""
    return RemoteError(
        "too-long", f"That line has over {MAX_LINE_BYTES} bytes. It was not used: please split it."
    )
