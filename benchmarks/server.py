"""Compares servers under full load: how many lines they deliver a second, to how many clients."""

import argparse
import os
import sys
import tempfile
from collections.abc import Iterator, Sequence
from pathlib import Path

from benchmarks import comparison, load, plot
from benchmarks.clients import Crowd, ServerGaveUp
from benchmarks.comparison import Results
from benchmarks.figures import Figure, tell
from benchmarks.peers import Peer, all_peers
from benchmarks.programs import raise_descriptors

SERVER_CORE, LOAD_CORE = 0, 1
MOST_WAITED_FOR = 2_000_000  #: deliveries under way at the end: slow servers need minutes for more


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Tell what may be asked for."""
    names = [*all_peers()]
    add = parser.add_argument
    add("--clients", type=int, nargs="+", default=[10, 100, 1_000])
    add("--peers", nargs="+", choices=names, default=names, metavar="PEER")
    add("--seconds", type=float, default=1.0, help="of each run")
    add("--warm-up", type=float, default=0.5, help="seconds before that")
    add("--runs", type=int, default=3, help="of each, of which the median counts")
    add("--speakers", type=int, nargs="+", default=[load.SPEAKERS], help="at most; each a table")
    add("--pin", action="store_true", help="give the server and its clients a core each")
    add("--plot", type=Path, metavar="FILE", help="draw the first table (SVG or PNG)")


def main(arguments: argparse.Namespace) -> dict[str, object]:
    """Print a table for each number of speakers; return all runs, and what was compared."""
    raise_descriptors(max(arguments.clients) + 500)
    peers = _present([all_peers()[name] for name in arguments.peers])
    compared = _compare(peers, arguments)
    found: dict[str, object] = {}
    for speakers, results in compared.items():
        figures = comparison.figures(results, arguments.clients)
        print(f"{speakers} speak at most, each with {load.WINDOW} messages under way")
        print(comparison.table(results, arguments.clients), flush=True)
        tell(figures)
        runs = comparison.record(results)
        found[f"{speakers} speakers"] = {"runs": runs, "figures": as_numbers(figures)}
    if arguments.plot:
        speakers = arguments.speakers[0]
        _draw(compared[speakers], arguments.plot, speakers)
    return found


def as_numbers(figures: Sequence[Figure]) -> dict[str, float]:
    """Return figures by what they are of, for JSON."""
    return {figure.what: figure.value for figure in figures}


def _compare(peers: Sequence[Peer], arguments: argparse.Namespace) -> dict[int, Results]:
    """Measure all peers in turn, so that what else the computer does meets all of them."""
    results: dict[int, Results] = {
        speakers: {peer.name: {} for peer in peers} for speakers in arguments.speakers
    }
    for clients in arguments.clients:
        for _ in range(arguments.runs):
            for peer in peers:
                if clients > peer.most_clients:
                    continue
                try:
                    for speakers, run in _measure(peer, clients, arguments):
                        results[speakers][peer.name].setdefault(clients, []).append(run)
                except (ServerGaveUp, OSError) as error:
                    print(f"{peer.name} with {clients:,} clients: {error}", flush=True)
    return results


def _measure(
    peer: Peer, clients: int, arguments: argparse.Namespace
) -> Iterator[tuple[int, load.Result]]:
    """Yield what a peer does with each number of speakers."""
    pins = arguments.pin and sys.platform == "linux"
    if pins:
        os.sched_setaffinity(0, {LOAD_CORE})
    with (
        tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder,
        peer.run(Path(folder), SERVER_CORE if pins else None) as program,
        Crowd(program.port, peer.dialect, clients) as crowd,
    ):
        for speakers in arguments.speakers:
            is_last = speakers == arguments.speakers[-1]
            finishes = not is_last or clients * speakers * load.WINDOW <= MOST_WAITED_FOR
            seconds, warm_up = arguments.seconds, arguments.warm_up
            yield (
                speakers,
                load.measure(program, crowd, seconds, warm_up, speakers, finishes=finishes),
            )


def _present(peers: Sequence[Peer]) -> list[Peer]:
    for peer in peers:
        if missing := peer.missing():
            print(f"{peer.name} is skipped: it needs {missing}")
    return [peer for peer in peers if not peer.missing()]


def _draw(results: Results, file: Path, speakers: int) -> None:
    note = (
        f"64-byte messages, {speakers} speak with {load.WINDOW} messages under way each, "
        "the rest listen"
    )
    if plot.draw(comparison.rates(results), file, note):
        print(f"drawn: {file}")
    else:
        print("no picture: matplotlib is missing (pip install 'tkchat[bench]')")
