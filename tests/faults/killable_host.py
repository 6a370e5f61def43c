"""A host that kills itself at a chosen moment of a chosen commit; run as a process of its own."""

import os
import signal
import sys
import threading
from pathlib import Path

from tkchat.server.server import Options, Server

KILL = getattr(signal, "SIGKILL", signal.SIGTERM)  # on Windows the latter ends it as abruptly


class Killer:
    """Ends this process when the ``commit``-th commit (0: none) has come to ``stage``."""

    def __init__(self, stage: str, commit: int) -> None:
        self._stage = stage
        self._left = commit

    def __call__(self, stage: str) -> None:
        if stage == self._stage:
            self._left -= 1
            if self._left == 0:
                os.kill(os.getpid(), KILL)


def main() -> None:
    """Host a chat in the folder and on the port given, until killed."""
    folder, port, stage, commit = sys.argv[1:]
    killer = Killer(stage, int(commit))
    server = Server(Options(port=int(port), data=Path(folder), stages=killer, flood_limit=False))
    server.start()
    print(f"tkchat is listening on {server.address}", flush=True)  # noqa: T201 (tests read it)
    threading.Event().wait()


if __name__ == "__main__":
    main()
