"""A load of plain clients in one process: everybody speaks, everybody hears everything."""

import selectors
import socket
import time
from dataclasses import dataclass

TEXT = b"x" * 64


@dataclass(slots=True)
class Speaker:
    """A client that keeps ``window`` of its own messages under way."""

    sock: socket.socket
    prefix: bytes
    window: int
    rest: bytes = b""
    heard: int = 0
    under_way: int = 0


@dataclass(frozen=True, slots=True)
class Result:
    """``deliveries`` lines were read by all clients together in ``seconds``."""

    deliveries: int
    seconds: float
    generator_seconds: float  #: of processor time, by the clients

    @property
    def rate(self) -> float:
        """Deliveries a second."""
        return self.deliveries / self.seconds


def run(port: int, clients: int, seconds: float, window: int) -> Result:
    """Join ``clients`` clients, let all of them speak for ``seconds``, and count what is heard.

    A client's next messages go out as its own come back, so the server sets the pace.
    """
    speakers: list[Speaker] = []
    for number in range(clients):
        speakers.append(_join(port, number, window))
        for speaker in speakers:
            _hear_of(speaker, number)
    with selectors.DefaultSelector() as selector:
        for speaker in speakers:
            selector.register(speaker.sock, selectors.EVENT_READ, speaker)
            _speak(speaker)
        began, processor = time.perf_counter(), time.process_time()
        while time.perf_counter() - began < seconds:
            for key, _ in selector.select(0.1):
                _listen(key.data)
                _speak(key.data)
        took, cost = time.perf_counter() - began, time.process_time() - processor
    for speaker in speakers:
        speaker.sock.close()
    return Result(sum(speaker.heard for speaker in speakers), took, cost)


def _join(port: int, number: int, window: int) -> Speaker:
    sock = socket.create_connection(("127.0.0.1", port))
    sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    sock.sendall(b"speaker%d\n" % number)
    return Speaker(sock, b"speaker%d~" % number, window)


def _hear_of(speaker: Speaker, number: int) -> None:
    """Read until the client with that number has joined, so that nobody misses a message."""
    expected = b"SERVER~speaker%d joined the chat app\n" % number
    heard = b""
    while not heard.endswith(expected):
        heard += speaker.sock.recv(4096)


def _listen(speaker: Speaker) -> None:
    data = speaker.rest + speaker.sock.recv(262_144)
    complete, _, speaker.rest = data.rpartition(b"\n")
    speaker.heard += data.count(b"\n")
    speaker.under_way -= (b"\n" + complete).count(b"\n" + speaker.prefix)


def _speak(speaker: Speaker) -> None:
    free = speaker.window - speaker.under_way
    if free > 0:
        speaker.sock.sendall((TEXT + b"\n") * free)
        speaker.under_way += free
