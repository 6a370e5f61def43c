"""Measures how soon people hear each other while somebody attacks their host."""

import argparse
import contextlib
import time
from collections.abc import Callable

from tests.attacks import attackers
from tests.attacks.kit import MEGABYTE, Host, people_talk
from tests.attacks.test_floods import PLAIN, TAGGED
from tests.support import need_sockets

MOST_P99_MS = 100.0
GUESTS = 16  #: who flood
DESCRIPTORS = 12_000

Attack = Callable[[Host, float], object]


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Tell what may be asked for."""
    parser.add_argument("--seconds", type=float, default=5.0, help="of each attack")
    parser.add_argument("--only", help="attacks with this in their name")


def main(arguments: argparse.Namespace) -> None:
    """Print how long lines took under each attack; those over the goal are marked."""
    need_sockets(DESCRIPTORS)
    print(f"{'':36} {'p50 ms':>7} {'p99 ms':>7} {'most':>7} {'lost':>5} {'busy':>5} {'MB':>5}")
    for name, attack in attacks().items():
        if arguments.only and arguments.only not in name:
            continue
        with Host("--no-announce") as host, people_talk(host.address.port) as talk:
            memory, used, began = host.memory, host.processor_seconds, time.monotonic()
            attack(host, arguments.seconds)
            busy = (host.processor_seconds - used) / (time.monotonic() - began)
            grown = (host.memory - memory) / MEGABYTE
        p50, p99, most = (talk.percentile(percent) for percent in (50, 99, 100))
        mark = "" if p99 < MOST_P99_MS and not talk.lost else " over the goal"
        print(
            f"{name:36} {p50:7.1f} {p99:7.1f} {most:7.1f} {talk.lost:5} {busy:5.0%} {grown:5.0f}",
            mark,
            flush=True,
        )


def attacks() -> dict[str, Attack]:
    """Return all attacks by name; each is given its host, and how long to last."""
    hello = attackers.client_hello()
    floods = {f"tagged: {name}": (line, True) for name, line in TAGGED.items()}
    floods |= {f"plain: {name}": (line, False) for name, line in PLAIN.items()}
    return {
        "none": lambda _, seconds: time.sleep(seconds),
        "5,000 silent connections": lambda host, seconds: _hold(host, 5_000, b"", seconds),
        "10,000 silent connections": lambda host, seconds: _hold(host, 10_000, b"", seconds),
        "2,000 unfinished TLS handshakes": lambda host, seconds: _hold(host, 2_000, hello, seconds),
        "slowloris": _slowloris,
        "who never reads": _never_reads,
        **{name: _flood(line, is_tagged=tagged) for name, (line, tagged) in floods.items()},
    }


def _flood(line: Callable[[int], bytes], *, is_tagged: bool) -> Attack:
    def attack(host: Host, seconds: float) -> None:
        with attackers.guests(host.address, GUESTS, is_tagged=is_tagged) as socks:
            attackers.flood(dict.fromkeys(socks, line), seconds)

    return attack


def _hold(host: Host, count: int, first: bytes, seconds: float) -> None:
    with attackers.many_connections(host.address, count) as socks:
        for sock in socks:
            sock.sendall(first)
        time.sleep(seconds)
        for sock in socks:
            sock.close()
            time.sleep(0.0002)


def _slowloris(host: Host, seconds: float) -> None:
    with attackers.many_connections(host.address, 500) as socks:
        attackers.drip(socks, b"@install=abcdefgh", 1.0, seconds)


def _never_reads(host: Host, seconds: float) -> None:
    ask = b"@event=history;re=h1;room=general;limit=200\n"
    with contextlib.ExitStack() as stack:
        socks = stack.enter_context(attackers.guests(host.address, GUESTS))
        attackers.flood(dict.fromkeys(socks, lambda _: ask), seconds, reads=False)
