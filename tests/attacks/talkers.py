"""People who talk while somebody attacks their host: ``python -m tests.attacks.talkers PORT``.

A process of their own, so that the attacker's work does not delay them. It prints ``ready``; when
its standard input ends, it prints how many milliseconds each line took to each of them, as JSON.
"""

import json
import selectors
import socket
import sys
import threading
import time

PEOPLE = 6
PACE_SECONDS = 0.25  #: between two lines of one of them: below the flood limit
LAST_SECONDS = 8.0  #: for what is still on its way at the end


class _Talker:
    """One of them, as a socket that speaks the plain dialect."""

    def __init__(self, port: int, name: str) -> None:
        self.sock = socket.create_connection(("127.0.0.1", port))
        self.sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self.sock.sendall(f"{name}\n".encode())
        self._rest = b""
        while f"SERVER~{name} joined".encode() not in self._rest:
            self._rest += self.sock.recv(4096)

    def say(self) -> None:
        """Say what time it is."""
        self.sock.sendall(b"tick %d\n" % time.monotonic_ns())

    def hear(self) -> list[float]:
        """Return of what has come how many milliseconds it took.

        Raises:
            ConnectionError: the host has hung up.
        """
        data = self.sock.recv(262_144)
        if not data:
            raise ConnectionError("the host hung up")
        now = time.monotonic_ns()
        *lines, self._rest = (self._rest + data).split(b"\n")
        ticks = [line.partition(b"~tick ")[2] for line in lines]
        return [(now - int(tick)) / 1e6 for tick in ticks if tick]


def main(port: int) -> None:
    """Talk until standard input ends."""
    talkers = [_Talker(port, f"talker{number}") for number in range(PEOPLE)]
    print("ready", flush=True)  # noqa: T201 (for whoever started this)
    ended = threading.Event()
    threading.Thread(target=_wait_for_end, args=(ended,), daemon=True).start()
    delays: list[float] = []
    said = 0
    with selectors.DefaultSelector() as selector:
        for talker in talkers:
            selector.register(talker.sock, selectors.EVENT_READ, talker)
        speaks_at = time.monotonic()
        last_at = 0.0
        while not last_at or (len(delays) < said * PEOPLE and time.monotonic() < last_at):
            if ended.is_set() and not last_at:
                last_at = time.monotonic() + LAST_SECONDS
            if not last_at and time.monotonic() >= speaks_at:
                talkers[said % PEOPLE].say()
                said += 1
                speaks_at += PACE_SECONDS / PEOPLE
            for key, _ in selector.select(max(0.0, min(0.05, speaks_at - time.monotonic()))):
                delays += key.data.hear()
    lost = said * PEOPLE - len(delays)
    print(json.dumps({"delays": delays, "lost": lost}), flush=True)  # noqa: T201 (the same)


def _wait_for_end(ended: threading.Event) -> None:
    sys.stdin.read()
    ended.set()


if __name__ == "__main__":
    main(int(sys.argv[1]))
