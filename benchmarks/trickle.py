"""Measures how long a line takes while little is said, and how busy that keeps a host of many."""

import argparse
import contextlib
import statistics
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

from benchmarks.clients import PATIENCE, Crowd, ServerGaveUp
from benchmarks.dialects import TEXT
from benchmarks.figures import Figure, percentile, tell
from benchmarks.peers import Peer, Relay, Tkchat
from benchmarks.programs import Program, raise_descriptors

NAMES = ("p50", "p99")
MOST_RATIO = {"p50": 1.3, "p99": 2.0}
MANY, MANY_RATE, MANY_SECONDS = 1_000, 200.0, 3.0  # so that 200,000 lines a second are delivered
MOST_BUSY = 100.0


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Tell what may be asked for."""
    parser.add_argument("--clients", type=int, default=100)
    parser.add_argument("--rate", type=float, default=50.0, help="messages a second, of all")
    parser.add_argument("--seconds", type=float, default=5.0, help="of each run")
    parser.add_argument("--runs", type=int, default=3)


def main(arguments: argparse.Namespace) -> list[Figure]:
    """Print and return the medians of the runs, which take turns."""
    print(f"{arguments.clients} clients, {arguments.rate:g} messages a second:")
    peers: list[Peer] = [peer for peer in (Tkchat(), Relay()) if not peer.missing()]
    runs: dict[str, list[list[float]]] = {peer.name: [] for peer in peers}
    for _ in range(arguments.runs):
        for peer in peers:
            runs[peer.name].append(_measure(peer, arguments))
    figures = []
    for name, percent in zip(NAMES, (50, 99), strict=True):
        found = {
            peer: statistics.median(percentile(delays, percent) for delays in each)
            for peer, each in runs.items()
        }
        figures += [Figure(f"{peer}: {name} of a line", ms, "ms") for peer, ms in found.items()]
        if "relay" in found:
            ratio = found["tkchat"] / found["relay"]
            figures.append(Figure(f"{name}, tkchat / relay", ratio, "", MOST_RATIO[name]))
    figures += _many()
    tell(figures)
    return figures


def _measure(peer: Peer, arguments: argparse.Namespace) -> list[float]:
    with _crowd(peer, arguments.clients) as (_, crowd):
        return delays(crowd, arguments.rate, arguments.seconds)


def _many() -> list[Figure]:
    raise_descriptors(MANY)
    with _crowd(Tkchat(), MANY) as (host, crowd):
        began, used = time.perf_counter(), host.processor_seconds
        took = delays(crowd, MANY_RATE, MANY_SECONDS)
        busy = (host.processor_seconds - used) / (time.perf_counter() - began)
    rate = f"{MANY:,} clients, {MANY_RATE:g} messages a second"
    return [
        Figure(f"{rate}: processor", busy * 100, "%", MOST_BUSY),
        Figure(f"{rate}: p50 of a line", percentile(took, 50), "ms"),
    ]


@contextlib.contextmanager
def _crowd(peer: Peer, count: int) -> Iterator[tuple[Program, Crowd]]:
    with (
        tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder,
        peer.run(Path(folder), None) as program,
        Crowd(program.port, peer.dialect, count) as crowd,
    ):
        yield program, crowd


def delays(crowd: Crowd, rate: float, seconds: float) -> list[float]:
    """Have everybody speak in turn; return how many ms each line took to each client.

    The lines have one length and one order, so the place of a line says when it was sent.
    """
    count = int(rate * seconds)
    sent_at: list[float] = []
    found: list[float] = []
    missing = count * len(crowd.clients)
    for client in crowd.clients:
        client.heard = client.rest = 0
    began = time.perf_counter()
    while missing:
        if time.perf_counter() - began > seconds + PATIENCE:
            raise ServerGaveUp(f"{missing} lines never came")
        wait = began + len(sent_at) / rate - time.perf_counter() if len(sent_at) < count else 1
        if wait <= 0:
            speaker = crowd.clients[len(sent_at) % len(crowd.clients)]
            sent_at.append(time.perf_counter())
            speaker.send(crowd.dialect.say(speaker.name, TEXT))
            continue
        for key, _ in crowd.selector.select(wait):
            client = key.data
            received = client.receive_into(crowd.buffer)
            if not received:
                raise ServerGaveUp(f"it hung up on {client.name.decode()}")
            now = time.perf_counter()
            lines, client.rest = divmod(client.rest + received, crowd.dialect.length)
            heard = sent_at[client.heard : client.heard + lines]
            found += [(now - then) * 1000 for then in heard]
            client.heard += lines
            missing -= lines
    return found
