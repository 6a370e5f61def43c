"""Measures tkchat: ``python -m benchmarks [server|attacks|window]``, all without a word."""

import argparse

from benchmarks import attacks, server, window

SUBJECTS = {"server": server, "attacks": attacks, "window": window}


def main() -> None:
    """Measure what the arguments say."""
    parser = argparse.ArgumentParser(description=__doc__)
    subjects = parser.add_subparsers(dest="subject", metavar="{server,attacks,window}")
    own = {
        name: subjects.add_parser(name, help=subject.__doc__, description=subject.__doc__)
        for name, subject in SUBJECTS.items()
    }
    for name, subject in SUBJECTS.items():
        subject.add_arguments(own[name])
    arguments = parser.parse_args()
    if arguments.subject:
        SUBJECTS[arguments.subject].main(arguments)
        return
    for name, subject in SUBJECTS.items():
        print(f"{name}:", flush=True)
        subject.main(own[name].parse_args([]))


if __name__ == "__main__":
    main()
