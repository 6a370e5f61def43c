"""Measures many people: how soon thousands are in who come at once, and what each costs idle."""

import argparse
import contextlib
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

from benchmarks.clients import Crowd, ServerGaveUp
from benchmarks.figures import Figure, tell
from benchmarks.peers import Tkchat
from benchmarks.programs import Program, raise_descriptors

KIBIBYTE = 1024
MOST_JOIN_SECONDS = 2.0
MOST_KIBIBYTES = 32.0
SPARE_DESCRIPTORS = 500


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Tell what may be asked for."""
    parser.add_argument("--joining", type=int, default=5_000, help="people who come at once")
    parser.add_argument("--few", type=int, default=1_000, help="connections, and then")
    parser.add_argument("--many", type=int, default=5_000, help="so many, to compare the memory")
    parser.add_argument("--held", type=int, default=10_000, help="at last; 0 for not")


def main(arguments: argparse.Namespace) -> list[Figure]:
    """Print and return what was measured."""
    raise_descriptors(max(arguments.joining, arguments.many, arguments.held) + SPARE_DESCRIPTORS)
    figures = [*_joining(arguments.joining), *_idle(arguments)]
    tell(figures)
    return figures


def _joining(count: int) -> list[Figure]:
    with _host() as host:
        connected, told, busy = join_at_once(host, count)
    return [
        Figure(f"{count:,} join at once: all connected after", connected, "s"),
        Figure(f"{count:,} join at once: everybody was told after", told, "s", MOST_JOIN_SECONDS),
        Figure("  of that, the clients' own processor time", busy, "s"),
    ]


def join_at_once(host: Program, count: int) -> tuple[float, float, float]:
    """Have so many plain clients connect, and then all say their names.

    Returns after how many seconds all were connected, and all had been told of everybody who came
    after them; and how long the clients themselves kept a processor busy.

    Raises:
        ServerGaveUp: somebody was not told.
    """
    crowd = Crowd(host.port, Tkchat().dialect, count)
    with contextlib.closing(crowd):
        began, used = time.perf_counter(), time.process_time()
        for _ in range(count):
            crowd.connect()
        connected = time.perf_counter() - began
        for client in crowd.clients:
            client.send(client.name + b"\n")
        told = b"SERVER~%s joined the chat app\n" % crowd.clients[0].name
        missing = len(told) * count * (count + 1) // 2  # bytes: of oneself, and all who come later
        progress = time.monotonic()
        while missing:
            heard = sum(length for _, length in crowd.hear(progress))
            missing -= heard
            progress = time.monotonic() if heard else progress
        if missing < 0:
            raise ServerGaveUp(f"somebody heard {-missing} bytes too many")
        return connected, time.perf_counter() - began, time.process_time() - used


def _idle(arguments: argparse.Namespace) -> list[Figure]:
    few, many, held = arguments.few, arguments.many, arguments.held
    with _host() as host, Crowd(host.port, Tkchat().dialect, few) as crowd:
        before = host.memory
        crowd.count = many
        crowd.come_in()
        each = (host.memory - before) / (many - few) / KIBIBYTE
        figures = [
            Figure(f"memory at {few:,} connections", before / 1e6, "MB"),
            Figure(f"memory at {many:,} connections", host.memory / 1e6, "MB"),
            Figure("memory of each idle connection between", each, "KiB", MOST_KIBIBYTES),
        ]
        if held:
            crowd.count = held
            crowd.come_in()
            time.sleep(1.0)
            crowd.come_in()  # nobody is missing: everybody hears one more message
            figures.append(
                Figure("connections that all heard a message", len(crowd.clients), "", held, True)
            )
        return figures


@contextlib.contextmanager
def _host() -> Iterator[Program]:
    with (
        tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder,
        Tkchat().run(Path(folder), None) as host,
    ):
        yield host
