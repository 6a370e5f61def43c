"""Measures the server against the tutorials' loop, in the same run, and prints a table."""

import argparse
import re
import statistics
import subprocess
import sys
from pathlib import Path

from benchmarks import load

CHECKOUT = Path(__file__).resolve().parent.parent
SERVERS = {
    "tkchat": [sys.executable, "run_server.py", "--port", "0", "--no-flood-limit"],
    "tutorial": [sys.executable, "-m", "benchmarks.tutorial_server"],
}


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Tell what may be asked for."""
    parser.add_argument("--clients", type=int, nargs="+", default=[10, 100])
    parser.add_argument("--seconds", type=float, default=3.0)
    parser.add_argument("--runs", type=int, default=3)
    parser.add_argument("--window", type=int, default=16, help="messages under way per client")


def main(arguments: argparse.Namespace) -> None:
    """Print deliveries a second for each number of clients, and the ratio."""
    print(f"64-byte messages, window {arguments.window}, median of {arguments.runs} runs in turn")
    print(f"{'clients':>8} {'tkchat/s':>12} {'tutorial/s':>12} {'ratio':>7}  {'clients CPU':>11}")
    for clients in arguments.clients:
        results: dict[str, list[load.Result]] = {name: [] for name in SERVERS}
        for _ in range(arguments.runs):
            for name, command in SERVERS.items():
                results[name].append(_measure(command, clients, arguments))
        rates = {name: statistics.median(r.rate for r in found) for name, found in results.items()}
        busy = statistics.median(r.generator_seconds / r.seconds for r in results["tkchat"])
        ratio = rates["tkchat"] / rates["tutorial"]
        print(
            f"{clients:8} {rates['tkchat']:12,.0f} {rates['tutorial']:12,.0f} {ratio:7.1f}"
            f"  {busy:10.0%}"
        )


def _measure(command: list[str], clients: int, arguments: argparse.Namespace) -> load.Result:
    with subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True, cwd=CHECKOUT
    ) as server:
        try:
            ready = server.stdout.readline() if server.stdout else ""
            found = re.search(r"(\d+)\s*$", ready)
            if found is None:
                raise SystemExit(f"{command} did not start")
            return load.run(int(found[1]), clients, arguments.seconds, arguments.window)
        finally:
            server.kill()
