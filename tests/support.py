"""What many tests need: a running server, a plain client on a real socket, waiting with a limit."""

import contextlib
import socket
import struct
import subprocess
import sys
import tempfile
import threading
import time
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from types import TracebackType
from typing import Any, Self

import pytest

from tkchat.net.address import Address
from tkchat.server.server import Options, Server

CHECKOUT = Path(__file__).resolve().parent.parent
keeps_data_on_reset = pytest.mark.skipif(
    sys.platform != "linux", reason="other systems may drop with a reset what came before it"
)
PATIENCE = 10.0  #: seconds until something that should happen is given up; far above what it takes


@contextlib.contextmanager
def running_server(**options: Any) -> Iterator[Server]:
    """Run a real server in this process, on a free port unless ``port`` says otherwise.

    ``options`` are those of `Options`. The flood limit is off unless asked for.
    """
    with Server(Options(**{"port": 0, "flood_limit": False} | options)) as server:
        yield server
    assert server.connections == 0, "a client's thread outlived the server"


def wait_until(
    condition: Callable[[], object],
    timeout: float = PATIENCE,
    describe: Callable[[], object] = lambda: "",
) -> None:
    """Wait until ``condition()`` is true; fail with ``describe()`` if that takes too long."""
    deadline = time.monotonic() + timeout
    while not condition():
        assert time.monotonic() < deadline, f"not within {timeout} s: {describe()}"
        time.sleep(0.01)


def need_sockets(count: int) -> None:
    """Raise this process's limit on descriptors to ``count``, or skip the test."""
    with contextlib.suppress(ImportError):
        import resource  # not on Windows, which needs no such limit

        soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
        if soft >= count:
            return
        try:
            resource.setrlimit(resource.RLIMIT_NOFILE, (count, hard))
        except (OSError, ValueError):
            pytest.skip(f"the system lets a process have no {count} descriptors")


def connect_socket(address: Address) -> socket.socket:
    """Return a socket that is connected to ``address``, with a timeout."""
    return socket.create_connection((address.host, address.port), timeout=PATIENCE)


def reset(sock: socket.socket) -> None:
    """Close ``sock`` so that its peer gets a reset instead of an end."""
    on_for_no_time = struct.pack("hh" if sys.platform == "win32" else "ii", 1, 0)
    sock.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, on_for_no_time)
    sock.close()


class Client:
    """Somebody in a chat, as a socket that speaks the plain dialect.

    ``name`` is said at once and its joined line awaited, unless it is empty.
    """

    def __init__(self, address: Address, name: str = "") -> None:
        self.socket = connect_socket(address)
        self.name = name
        self.heard: list[str] = []  #: all lines so far, for the message of a failing test
        self._lines: deque[bytes] = deque()
        self._rest = b""
        if name:
            self.say(name)
            self.read_until(f"SERVER~{name} joined the chat app")

    def say(self, *lines: str) -> None:
        """Send ``lines``, all in one go."""
        self.send("".join(line + "\n" for line in lines).encode())

    def send(self, data: bytes) -> None:
        """Send bytes as they are."""
        self.socket.sendall(data)

    def read_line(self, timeout: float = PATIENCE) -> str | None:
        """Return the next line without its end; None when the server has hung up."""
        deadline = time.monotonic() + timeout
        while not self._lines:
            data = self._receive(deadline)
            if not data:
                assert not self._rest, f"cut off in the middle of a line: {self}"
                return None
            *lines, self._rest = (self._rest + data).split(b"\n")
            self._lines.extend(lines)
        line = self._lines.popleft().decode()
        self.heard.append(line)
        return line

    def expect(self, *lines: str, timeout: float = PATIENCE) -> None:
        """Read exactly ``lines``."""
        for line in lines:
            found = self.read_line(timeout)
            assert found == line, f"{found!r} came where {line!r} should: {self}"

    def expect_end(self, *lines: str) -> None:
        """Read exactly ``lines`` and then see the server hang up."""
        self.expect(*lines)
        found = self.read_line()
        assert found is None, f"{found!r} came where the end should: {self}"

    def read_until(self, line: str, timeout: float = PATIENCE) -> list[str]:
        """Read up to ``line`` and return what came before it."""
        deadline = time.monotonic() + timeout
        before: list[str] = []
        while True:
            found = self.read_line(max(0.0, deadline - time.monotonic()))
            assert found is not None, f"the server hung up before {line!r}: {self}"
            if found == line:
                return before
            before.append(found)

    def read_lines(self, count: int) -> list[str]:
        """Return the next ``count`` lines."""
        lines = [self.read_line() for _ in range(count)]
        assert None not in lines, f"the server hung up within {count} lines: {self}"
        return [line for line in lines if line is not None]

    def end_sending(self) -> None:
        """Send an end, and go on listening."""
        self.socket.shutdown(socket.SHUT_WR)

    def reset(self) -> None:
        """Drop the connection with a reset."""
        reset(self.socket)

    def close(self) -> None:
        """Hang up."""
        self.socket.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        self.close()

    def __str__(self) -> str:
        shown = "\n  ".join(self.heard[-30:])
        return f"{self.name or 'somebody'} heard, at the end:\n  {shown}\n  {self._rest!r}"

    def _receive(self, deadline: float) -> bytes:
        self.socket.settimeout(max(0.001, deadline - time.monotonic()))
        try:
            return self.socket.recv(65_536)
        except TimeoutError:
            raise AssertionError(f"nothing more came: {self}") from None


class ServerProcess:
    """``run_server.py`` as a process of its own, which ends with the ``with`` at the latest.

    It runs in another working directory than the checkout, which must not matter, and its files end
    with it unless ``arguments`` name a folder. ``address`` is what its ready line says. ``under``
    is a command to run it by, and ``script`` what is run in its stead.
    """

    def __init__(
        self,
        *arguments: str,
        port: int = 0,
        stdin: int = subprocess.DEVNULL,
        under: Sequence[str] = (),
        script: Path = CHECKOUT / "run_server.py",
    ) -> None:
        self._folder = tempfile.TemporaryDirectory(ignore_cleanup_errors=True)
        self._log = Path(self._folder.name) / "stderr.txt"
        if port and "--data" not in arguments:  # whose default is the real person's own folder
            arguments += ("--data", str(Path(self._folder.name) / "data"))
        with self._log.open("wb") as log:
            self.process = subprocess.Popen(
                [*under, sys.executable, str(script), "--port", str(port), *arguments],
                stdin=stdin,
                stdout=subprocess.PIPE,
                stderr=log,
                cwd=self._folder.name,
            )
        self.address = Address("", 0)

    def wait_until_ready(self) -> Address:
        """Return the address of the ready line."""
        assert self.process.stdout is not None
        reader = self.process.stdout
        lines: list[bytes] = []
        thread = threading.Thread(target=lambda: lines.append(reader.readline()))
        thread.start()
        thread.join(PATIENCE)
        if thread.is_alive():
            self.process.kill()
            thread.join()
        ready = lines[0].decode().strip()
        before, said, where = ready.partition("tkchat is listening on ")
        assert said, f"no ready line but {ready!r}: {self.stderr}"
        assert not before
        host, _, port = where.rpartition(":")
        self.address = Address(host.strip("[]"), int(port))
        return self.address

    @property
    def stderr(self) -> str:
        """What it wrote to standard error so far."""
        return self._log.read_text(encoding="utf-8")

    def wait(self, timeout: float = PATIENCE) -> int:
        """Return its exit code, when it ends by itself."""
        try:
            return self.process.wait(timeout)
        except subprocess.TimeoutExpired:
            raise AssertionError(f"still running after {timeout} s: {self.stderr}") from None

    def __enter__(self) -> Self:
        try:
            self.wait_until_ready()
        except BaseException:
            self.close()
            raise
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        if error is not None:
            print(f"the server's log:\n{self.stderr}")  # noqa: T201 (pytest shows it)
        self.close()

    def close(self) -> None:
        """End it, if it has not ended, and tidy up."""
        if self.process.poll() is None:
            self.process.kill()
        self.process.wait()
        for stream in (self.process.stdin, self.process.stdout):
            if stream is not None:
                with contextlib.suppress(OSError):
                    stream.close()
        self._folder.cleanup()
