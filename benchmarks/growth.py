"""Measures how costs grow with people, rooms and the length of the log."""

import argparse
import tempfile
from collections.abc import Callable, Iterable
from pathlib import Path

from benchmarks import growth_log, growth_turns
from benchmarks.figures import Figure, slope
from benchmarks.programs import raise_descriptors

Curves = dict[str, list[tuple[int, float]]]  #: by what was done: how large it was, microseconds

SHORT = {
    "users": [10, 100, 1_000],
    "rooms": [10, 100, 1_000, 10_000],
    "log": [0, 1_000, 10_000, 100_000, 1_000_000],
}
FULL = {
    "users": [10, 100, 1_000, 10_000],
    "rooms": [10, 100, 1_000, 10_000],
    "log": [0, 1_000, 10_000, 100_000, 1_000_000, 10_000_000],
}
LINEAR, NOTHING = 1.1, 0.1  #: the most that slopes may be, with what chance adds to them
GOALS = {"append": NOTHING, "resume": NOTHING}  #: of what begins with that


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Tell what may be asked for."""
    for name, sizes in SHORT.items():
        parser.add_argument(f"--{name}", type=int, nargs="*", default=sizes)
    parser.add_argument("--seconds", type=float, default=1.0, help="of each load")


def main(arguments: argparse.Namespace) -> list[Figure]:
    """Print each curve with its slope; return the slopes."""
    raise_descriptors(max([0, *arguments.users]) + 500)
    figures = []
    for name, measure in _measures(arguments).items():
        if not getattr(arguments, name):
            continue
        curves: Curves = {}
        for size, costs in measure():
            for what, cost in costs.items():
                curves.setdefault(what, []).append((size, cost))
        figures += print_curves(name, curves)
    return figures


def print_curves(name: str, curves: Curves) -> list[Figure]:
    """Print what each thing costs at each size, and return how steeply it grows.

    A slope is the exponent: 0 for what stays, 1 for what grows in proportion. It is taken from
    where there is anything at all.
    """
    sizes = [size for size, _ in next(iter(curves.values()))]
    print(f"  {'microseconds, by ' + name:28}" + "".join(f"{n:>12,}" for n in sizes) + "   slope")
    found = []
    for what, points in curves.items():
        grows = slope([(size, cost) for size, cost in points if size])
        goal = next((GOALS[start] for start in GOALS if what.startswith(start)), LINEAR)
        figure = Figure(f"{what}, by {name}: slope", grows, "", goal)
        mark = "" if figure.is_met else "  MISSED"
        costs = "".join(f"{cost:12,.0f}" for _, cost in points)
        print(f"  {what:28}{costs}  {grows:6.2f}{mark}", flush=True)
        found.append(figure)
        found += [Figure(f"{what}, by {name}: {size:,}", cost, "us") for size, cost in points]
    return found


def _measures(
    arguments: argparse.Namespace,
) -> dict[str, Callable[[], Iterable[tuple[int, dict[str, float]]]]]:
    return {
        "users": lambda: growth_turns.users(arguments.users, arguments.seconds),
        "rooms": lambda: growth_turns.rooms(arguments.rooms, arguments.seconds),
        "log": lambda: _log(arguments.log),
    }


def _log(sizes: list[int]) -> Iterable[tuple[int, dict[str, float]]]:
    with tempfile.TemporaryDirectory() as folder:
        yield from growth_log.measure(Path(folder), sizes)
