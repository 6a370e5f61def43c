"""How the clients of each kind of server come in, what they say, and what they hear of it."""

import secrets
from typing import Protocol

TEXT_BYTES = 64
TEXT = b"x" * TEXT_BYTES  #: of every message that is measured
LAST_TEXT = b"y" * TEXT_BYTES  #: of the one by which everybody knows that all have come in

Step = tuple[bytes, bytes]  #: what a client sends on its way in, and what it then waits to hear


class Dialect(Protocol):
    """The bytes of one kind of server. Names are all of one length, so most lines are too."""

    is_encrypted: bool
    at_once: int  #: clients that may be on their way in at the same time
    hears_itself: bool  #: whether who says something gets it too
    length: int  #: of a line that is heard, in bytes; 0 where lines differ in length
    keep_alive: bytes  #: sent now and then, so that nobody asks whether somebody is there

    def steps(self, name: bytes) -> list[Step]:
        """Return how a client comes in."""

    def say(self, name: bytes, text: bytes, count: int = 1) -> bytes:
        """Return what a client sends to say ``text`` to everybody, so many times."""

    def answer(self, heard: bytes) -> bytes:
        """Return what who is on the way in has to answer to a server that asks something."""


class Plain:
    """Lines of the socket tutorials: a name first, and then what is said."""

    is_encrypted = False
    at_once = 100
    hears_itself = True
    length = len(b"s00000~") + TEXT_BYTES + 1
    keep_alive = b""

    def steps(self, name: bytes) -> list[Step]:
        """Say the name, and wait for everybody to be told."""
        return [(name + b"\n", b"SERVER~" + name + b" joined the chat app\n")]

    def say(self, name: bytes, text: bytes, count: int = 1) -> bytes:  # noqa: ARG002 (the server knows it)
        """Return the bare line."""
        return (text + b"\n") * count

    def answer(self, heard: bytes) -> bytes:  # noqa: ARG002 (nobody asks)
        """Return nothing."""
        return b""


class Copied(Plain):
    """Whole lines, to be copied as they are: so the relay's are as long as everybody's."""

    def steps(self, name: bytes) -> list[Step]:
        """Say something, which comes back once one is in."""
        line = self.say(name, b"is here")
        return [(line, line)]

    def say(self, name: bytes, text: bytes, count: int = 1) -> bytes:
        """Return the line with the name of who says it."""
        return (name + b"~" + text + b"\n") * count


class Tagged(Plain):
    """tkchat's own dialect, as its windows speak it."""

    length = 0  # what it bears of places in the log gets longer
    keep_alive = b"@event=pong\n"

    def __init__(self, *, is_encrypted: bool = False) -> None:
        self.is_encrypted = is_encrypted
        self._mids = secrets.randbits(120)

    def steps(self, name: bytes) -> list[Step]:
        """Come in with an installation's id, and wait for the end of what was said before."""
        hello = b"@v=1;install=%s %s\n" % (secrets.token_hex(16).encode(), name)
        return [(hello, b"SERVER~You are up to date\n")]

    def say(self, name: bytes, text: bytes, count: int = 1) -> bytes:  # noqa: ARG002 (the server knows it)
        """Return lines with an id each, so that sending one again would do no harm."""
        first = self._mids
        self._mids += count
        return b"".join(
            b"@mid=%032x;room=general %s\n" % (mid, text) for mid in range(first, self._mids)
        )


class Irc:
    """IRC (RFC 2812): everybody in one channel. Who says something does not get it back."""

    is_encrypted = False
    hears_itself = False
    keep_alive = b""  # the servers are told to wait for longer than is measured

    def __init__(self, user: bytes, at_once: int) -> None:
        """``user`` is how the server shows the user and host of everybody."""
        self.at_once = at_once
        self.length = len(b":s00000!%s PRIVMSG #bench :\r\n" % user) + TEXT_BYTES

    def steps(self, name: bytes) -> list[Step]:
        """Register, and then join the channel."""
        register = b"NICK %s\r\nUSER %s 0 * :%s\r\n" % (name, b"bench", b"bench")
        return [(register, b" 001 "), (b"JOIN #bench\r\n", b" 366 ")]

    def say(self, name: bytes, text: bytes, count: int = 1) -> bytes:  # noqa: ARG002 (the server knows it)
        """Return a message to the channel."""
        return (b"PRIVMSG #bench :" + text + b"\r\n") * count

    def answer(self, heard: bytes) -> bytes:
        """Answer a ping, as some servers send before they let anybody in."""
        start = heard.find(b"PING ")
        if start < 0 or (start and heard[start - 1 : start] != b"\n"):
            return b""
        return b"PONG " + heard[start + 5 :].partition(b"\n")[0].strip() + b"\r\n"


class Mqtt:
    """MQTT 3.1.1 with QoS 0: everybody publishes to one topic, and subscribes to it."""

    is_encrypted = False
    at_once = 50
    hears_itself = True
    _topic = b"\x00\x07general"
    length = 2 + len(_topic) + Plain.length
    keep_alive = b""

    def steps(self, name: bytes) -> list[Step]:
        """Connect without a keep-alive, and subscribe."""
        connect = b"\x00\x04MQTT\x04\x02\x00\x00" + bytes([0, len(name)]) + name
        subscribe = b"\x00\x01" + self._topic + b"\x00"
        return [
            (_packet(0x10, connect), b"\x20\x02\x00\x00"),
            (_packet(0x82, subscribe), b"\x90\x03\x00\x01\x00"),
        ]

    def say(self, name: bytes, text: bytes, count: int = 1) -> bytes:
        """Publish the same line as others send."""
        return _packet(0x30, self._topic + name + b"~" + text + b"\n") * count

    def answer(self, heard: bytes) -> bytes:  # noqa: ARG002 (nobody asks)
        """Return nothing."""
        return b""


def _packet(kind: int, content: bytes) -> bytes:
    return bytes([kind, len(content)]) + content
