"""Measures tkchat: ``python -m benchmarks`` the server, ``python -m benchmarks window`` that."""

import argparse

from benchmarks import server, window

SUBJECTS = {"server": server, "window": window}


def main() -> None:
    """Measure what the arguments say."""
    parser = argparse.ArgumentParser(description=__doc__)
    subjects = parser.add_subparsers(dest="subject", metavar="{server,window}")
    for name, subject in SUBJECTS.items():
        own = subjects.add_parser(name, help=subject.__doc__, description=subject.__doc__)
        subject.add_arguments(own)
    server.add_arguments(parser)  # without a word, it is the server
    arguments = parser.parse_args()
    SUBJECTS[arguments.subject or "server"].main(arguments)


if __name__ == "__main__":
    main()
