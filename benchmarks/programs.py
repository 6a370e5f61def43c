"""Servers as processes of their own: how one is started, what it uses, and how it is ended."""

import contextlib
import os
import re
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

CHECKOUT = Path(__file__).resolve().parent.parent
PATIENCE = 20.0  #: seconds until a server that does not answer is given up


@dataclass(frozen=True, slots=True)
class Program:
    """A running server. What it uses is told by Linux; elsewhere all of that is 0."""

    pid: int
    port: int

    @property
    def processor_seconds(self) -> float:
        """How long it has kept processors busy."""
        stat = self._read("stat").rpartition(")")[2].split()
        return (int(stat[11]) + int(stat[12])) / os.sysconf("SC_CLK_TCK") if stat else 0.0

    @property
    def memory(self) -> int:
        """How many bytes of memory it has."""
        pages = self._read("statm").split()
        return int(pages[1]) * os.sysconf("SC_PAGE_SIZE") if pages else 0

    def _read(self, name: str) -> str:
        try:
            return Path(f"/proc/{self.pid}/{name}").read_text("ascii")
        except OSError:
            return ""


@contextlib.contextmanager
def running(
    command: Sequence[str], folder: Path, *, port: int = 0, core: int | None = None
) -> Iterator[Program]:
    """Run a server in ``folder``, on the processor ``core`` alone if that is given.

    Where ``port`` is 0, the server's first line ends in the one that it has chosen.

    Raises:
        OSError: it did not start.
    """
    with (folder / "errors.txt").open("wb") as errors:
        process = subprocess.Popen(
            command,
            stdin=subprocess.DEVNULL,
            stdout=errors if port else subprocess.PIPE,
            stderr=errors,
            cwd=folder,
            env={**os.environ, "PYTHONPATH": str(CHECKOUT)},
        )
    try:
        if core is not None and sys.platform == "linux":
            os.sched_setaffinity(process.pid, {core})
        found = port or _announced_port(process)
        if not found or not _answers(process, found, is_asked=bool(port)):
            told = (folder / "errors.txt").read_text("utf-8", "replace")[-500:]
            raise OSError(f"{command[0]} did not start: {told}")
        yield Program(process.pid, found)
    finally:
        process.kill()
        process.wait()
        if process.stdout:
            process.stdout.close()


def raise_descriptors(count: int) -> bool:
    """Let this process, and those that it starts, open ``count`` files; tell whether they may."""
    try:
        import resource  # not on Windows, which needs no such limit
    except ImportError:
        return True
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    with contextlib.suppress(OSError, ValueError):
        resource.setrlimit(resource.RLIMIT_NOFILE, (max(soft, count), hard))
    return resource.getrlimit(resource.RLIMIT_NOFILE)[0] >= count


def free_port() -> int:
    """Return a port of the loopback that nobody has right now."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        port: int = server.getsockname()[1]
        return port


def _announced_port(process: subprocess.Popen[bytes]) -> int:
    line = process.stdout.readline() if process.stdout else b""
    found = re.search(rb"(\d+)\s*$", line)
    return int(found[1]) if found else 0


def _answers(process: subprocess.Popen[bytes], port: int, *, is_asked: bool) -> bool:
    """Whether somebody listens there by now; where ``is_asked`` is false, it has said so."""
    deadline = time.monotonic() + PATIENCE
    while is_asked and process.poll() is None and time.monotonic() < deadline:
        with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", port), 1.0):
            return True
        time.sleep(0.02)
    return not is_asked
