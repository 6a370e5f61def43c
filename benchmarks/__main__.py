"""Measures tkchat: ``python -m benchmarks [SUBJECT] [--full]``; all of it without a subject."""

import argparse
import json

from benchmarks import attacks, crowds, growth, machine, server, trickle, window
from benchmarks.figures import Figure
from benchmarks.programs import CHECKOUT

RESULTS = CHECKOUT / "benchmarks" / "results"
PICTURE = CHECKOUT / "assets" / "benchmark.svg"
SUBJECTS = {
    "server": server,
    "trickle": trickle,
    "crowds": crowds,
    "growth": growth,
    "attacks": attacks,
    "window": window,
}
# What is asked of each subject when all are measured: in some minutes, or in full.
SHORT = {
    "server": ["--runs", "1", "--seconds", "0.8", "--warm-up", "0.3"],
    "trickle": ["--runs", "1", "--seconds", "3"],
    "crowds": ["--few", "500", "--many", "2000", "--held", "0"],
    "growth": ["--seconds", "0.5"],
    "attacks": ["--only", "pings", "--seconds", "2"],
    "window": ["--only", "start", "looks", "--runs", "3", "--settle", "1"],
}
FULL = {
    "server": [
        *("--clients", "10", "100", "1000", "5000", "--runs", "3", "--seconds", "1"),
        *("--warm-up", "0.5", "--speakers", "10", "--plot", str(PICTURE)),
    ],
    "trickle": ["--runs", "3", "--seconds", "10"],
    "crowds": [],
    "growth": [
        *("--users", *map(str, growth.FULL["users"]), "--log", *map(str, growth.FULL["log"])),
        *("--seconds", "2"),
    ],
    "attacks": [],
    "window": [],
}


def main() -> None:
    """Measure what the arguments say. What is measured by a plan is kept as JSON, too."""
    parser = argparse.ArgumentParser(description=__doc__)
    full_help = f"everything that there is to measure; draws {PICTURE.name}"
    parser.add_argument("--full", action="store_true", help=full_help)
    subjects = parser.add_subparsers(dest="subject", metavar=f"{{{','.join(SUBJECTS)}}}")
    for name, subject in SUBJECTS.items():
        own = subjects.add_parser(name, help=subject.__doc__, parents=[parser_of(name)])
        own.add_argument(
            "--full", action="store_true", default=argparse.SUPPRESS, help="as bench-full does"
        )
    arguments = parser.parse_args()
    if arguments.subject and not arguments.full:
        SUBJECTS[arguments.subject].main(arguments)
        return
    described = machine.describe()
    for what, value in described.items():
        print(f"{what}: {value}")
    found: dict[str, object] = {"machine": described}
    for name, asked in (FULL if arguments.full else SHORT).items():
        if arguments.subject in (None, name):
            print(f"\n{name}:", flush=True)
            found[name] = _plain(SUBJECTS[name].main(parser_of(name).parse_args(asked)))
            _keep(found, "full" if arguments.full and not arguments.subject else "last")


def parser_of(name: str) -> argparse.ArgumentParser:
    """Return what reads the arguments of a subject."""
    parser = argparse.ArgumentParser(description=SUBJECTS[name].__doc__, add_help=False)
    SUBJECTS[name].add_arguments(parser)
    return parser


def _plain(found: object) -> object:
    """Return figures by what they are of; anything else as it is."""
    if isinstance(found, list) and all(isinstance(each, Figure) for each in found):
        return server.as_numbers(found)
    return found


def _keep(found: dict[str, object], name: str) -> None:
    RESULTS.mkdir(exist_ok=True)
    text = json.dumps(found, indent=1) + "\n"
    (RESULTS / f"{name}.json").write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
