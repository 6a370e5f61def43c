"""The servers that are compared: tkchat itself, the limit, and what the tutorials teach."""

import contextlib
import shutil
import subprocess
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Protocol

from benchmarks.debian_peers import debian_peers
from benchmarks.dialects import Copied, Dialect, Plain, Tagged
from benchmarks.programs import CHECKOUT, Program, running


class Peer(Protocol):
    """A server that can be measured."""

    @property
    def name(self) -> str:
        """What the table calls it."""

    @property
    def dialect(self) -> Dialect:
        """How one talks with it."""

    @property
    def most_clients(self) -> int:
        """How many it can be measured with."""

    def missing(self) -> str:
        """Return what to install before it can be measured; empty for nothing."""

    def run(self, folder: Path, core: int | None) -> contextlib.AbstractContextManager[Program]:
        """Run it with its files in ``folder``, an empty one, on ``core`` alone if that is given.

        Raises:
            OSError: it did not start.
        """


class Tkchat:
    """A host as people run it, with its log on the disk; only the flood limit is lifted."""

    most_clients = 10_000

    def __init__(
        self,
        name: str = "tkchat",
        dialect: Dialect | None = None,
        options: Sequence[str] = (),
    ) -> None:
        self.name = name
        self.dialect: Dialect = dialect or Plain()
        self._options = options

    def missing(self) -> str:
        """Return nothing: it is here."""
        return ""

    def run(self, folder: Path, core: int | None) -> contextlib.AbstractContextManager[Program]:
        """Run it, with a log of its own."""
        script = str(CHECKOUT / "run_server.py")
        options = ["--port", "0", "--data", str(folder / "data"), "--no-flood-limit"]
        return running([sys.executable, script, *options, *self._options], folder, core=core)


class Relay:
    """The limit: a program in C that copies."""

    name = "relay"
    dialect = Copied()
    most_clients = 10_000

    def missing(self) -> str:
        """Return what compiles it, and where it runs."""
        if sys.platform != "linux":
            return "Linux (it waits by epoll)"
        return "" if shutil.which("cc") else "a C compiler (cc)"

    @contextlib.contextmanager
    def run(self, folder: Path, core: int | None) -> Iterator[Program]:
        """Compile it, and run it."""
        program = folder / "relay"
        source = Path(__file__).with_name("relay.c")
        subprocess.run(["cc", "-O2", "-o", str(program), str(source)], check=True)
        with running([str(program)], folder, core=core) as relay:
            yield relay


class Tutorial:
    """The loop with a thread for each client that socket tutorials teach."""

    name = "tutorial"
    dialect = Plain()
    most_clients = 1_000

    def missing(self) -> str:
        """Return nothing: it is here."""
        return ""

    def run(self, folder: Path, core: int | None) -> contextlib.AbstractContextManager[Program]:
        """Run it."""
        return running([sys.executable, "-m", "benchmarks.tutorial_server"], folder, core=core)


def all_peers() -> dict[str, Peer]:
    """Return all that there are, by name, in the order in which they are shown."""
    peers: list[Peer] = [
        Tkchat(),
        Tkchat("tkchat-tagged", Tagged()),
        Tkchat("tkchat-tls", Tagged(is_encrypted=True)),
        Relay(),
        *debian_peers(),
        Tutorial(),
    ]
    return {peer.name: peer for peer in peers}
