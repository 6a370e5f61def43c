"""Hosting from a client: the server as a process of its own on this computer."""

import contextlib
import subprocess
import sys
import threading
import time
from dataclasses import dataclass, field
from pathlib import Path

from tkchat import left_alone
from tkchat.client.own_host import OwnHost
from tkchat.client.settings import Settings
from tkchat.i18n import tr
from tkchat.net.address import DEFAULT_PORT, Address, own_addresses
from tkchat.program import server_command
from tkchat.wire.info import one_title

START_SECONDS = 15.0
STOP_SECONDS = 3.0
LOOK_SECONDS = 0.05
_READY = "tkchat is listening on "
_HOST_CODE_FILE = "host-code"  # in the host's folder, readable for its owner alone
_EVERYWHERE = "0.0.0.0"  # noqa: S104 (others on the network are to join)

if sys.platform == "win32":
    _NO_CONSOLE = subprocess.CREATE_NO_WINDOW | subprocess.CREATE_NEW_PROCESS_GROUP
else:
    _NO_CONSOLE = 0


@dataclass(frozen=True, slots=True)
class HostOptions:
    """How a chat is hosted.

    ``title`` is what others see it as, empty for this computer's name. ``password`` is asked of
    whoever comes in; empty for the one that the chat had, if any. With ``asks_approval`` nobody new
    comes in before the host says so. ``allow_plaintext`` lets programs on other computers in that
    do not encrypt. ``announce`` tells the networks around that the chat is here.
    """

    title: str = ""
    password: str = field(default="", repr=False)
    asks_approval: bool = False
    allow_plaintext: bool = False
    announce: bool = True
    had_password: bool = False  #: the chat was given one before, which holds if this has none


def kept_options(settings: Settings) -> HostOptions:
    """Return how a chat was hosted the last time, but for what is not kept.

    That is the password; and that programs may join without encryption is to be said each time.
    """
    return HostOptions(
        settings.host_title,
        asks_approval=settings.host_approve,
        announce=settings.host_announce,
        had_password=settings.host_password,
    )


def keep_options(settings: Settings, options: HostOptions) -> None:
    """Note in ``settings`` how a chat is hosted, for the next time."""
    settings.host_title = one_title(options.title)
    settings.host_approve = options.asks_approval
    settings.host_announce = options.announce
    settings.host_password = bool(options.password) or options.had_password


class HostingFailed(Exception):
    """The server did not start; the text says why and what to do.

    ``port_in_use`` says that something, maybe a chat, has the port already.
    """

    def __init__(self, why: str) -> None:
        super().__init__(why)
        self.port_in_use = "already in use" in why


class Hosting:
    """A chat hosted from this program.

    The server is told by its standard input when to end. If this program ends without a word, the
    chat goes on until the last person has left it.
    """

    def __init__(self, process: "subprocess.Popen[str]", data: Path, port: int) -> None:
        self._process = process
        self._data = data
        self._listen_at(port)

    def _listen_at(self, port: int) -> None:
        OwnHost(self._data).note_port(port)
        self.address = Address("127.0.0.1", port)  #: where this computer joins
        self.for_others = [str(Address(host, port)) for host in own_addresses()]
        """What others on the network type to join, the likeliest first."""

    def proof(self) -> str:
        """Return what proves to the host that this person hosts it; empty if it cannot be read.

        It lets them in without a password, and without being asked for. Waits for the disk.
        """
        try:
            return (self._data / _HOST_CODE_FILE).read_text("ascii").strip()
        except (OSError, UnicodeDecodeError):
            return ""

    def stop(self) -> None:
        """End the chat: everybody is told. Waits until it has ended."""
        with contextlib.suppress(OSError, ValueError):  # it has ended; or was let go before
            self._say("stop")
        try:
            self._process.wait(STOP_SECONDS)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()
        self._let_go()

    def leave_running(self) -> None:
        """Let the chat go on until the last person has left."""
        self._let_go()

    def _say(self, word: str) -> None:
        if self._process.stdin is not None:
            self._process.stdin.write(f"{word}\n")
            self._process.stdin.flush()

    def _let_go(self) -> None:
        for pipe in (self._process.stdin, self._process.stdout):
            if pipe is not None:
                with contextlib.suppress(OSError):
                    pipe.close()
        self._process.returncode = self._process.returncode or 0  # it is nobody's child any more


class HostedBefore(Hosting):
    """The chat that an earlier start of this program let go on, whose files are in ``data``."""

    def __init__(self, data: Path, port: int) -> None:
        self._data = data
        self._listen_at(port)

    def stop(self) -> None:
        """End the chat: everybody is told. Waits until it has ended."""
        with contextlib.suppress(OSError):  # then it goes on until the last person has left
            left_alone.ask_to_stop(self._data)
        until = time.monotonic() + STOP_SECONDS
        while left_alone.is_held(self._data) and time.monotonic() < until:
            time.sleep(LOOK_SECONDS)

    def leave_running(self) -> None:
        """Let the chat go on until the last person has left."""


def host(data: Path, port: int = DEFAULT_PORT, options: HostOptions = HostOptions()) -> Hosting:
    """Start a server on this computer and wait until it listens; ``data`` is for its files.

    It listens on every network of this computer. If one was left alone there that still runs, it
    is taken up again as it is. Blocks: not for Tk's thread.

    Raises:
        HostingFailed: with why, and what to do.
    """
    running = left_alone.port_of(data)
    if running is not None:
        return HostedBefore(data, running)
    try:
        process = subprocess.Popen(
            [*server_command(), *_arguments(data, port, options)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            encoding="utf-8",
            errors="replace",
            # Ctrl+C in the terminal that the window came from is not for the server.
            start_new_session=True,
            creationflags=_NO_CONSOLE,
        )
    except OSError as error:
        raise HostingFailed(
            tr("The chat could not be started: {why}.").format(why=error.strerror)
        ) from error
    watchdog = threading.Timer(START_SECONDS, process.kill)
    watchdog.start()
    try:
        _give_password(process, options.password)
        said = _read_up_to_ready(process)
    finally:
        watchdog.cancel()
        watchdog.join()
    if said and said[-1].startswith(_READY):
        return Hosting(process, data, int(said[-1].rpartition(":")[2]))
    process.kill()
    process.communicate()
    raise HostingFailed(said[-1] if said else tr("The chat did not start in time."))


def _arguments(data: Path, port: int, options: HostOptions) -> list[str]:
    """Return what the server is told by its command line, which everybody here can read."""
    arguments = ["--hosted", "--host", _EVERYWHERE, "--port", str(port), "--data", str(data)]
    arguments += [f"--title={options.title}"] if options.title else []
    arguments += ["--password-file", "-"] if options.password else []
    arguments += ["--approve"] if options.asks_approval else []
    arguments += ["--allow-plaintext"] if options.allow_plaintext else []
    arguments += [] if options.announce else ["--no-announce"]
    return arguments


def _give_password(process: "subprocess.Popen[str]", password: str) -> None:
    if password and process.stdin is not None:
        with contextlib.suppress(OSError):  # it has ended: what it said tells why
            process.stdin.write(f"{password}\n")
            process.stdin.flush()


def _read_up_to_ready(process: "subprocess.Popen[str]") -> list[str]:
    """Return what the server says up to its ready line, or to its end: the last line tells why."""
    said: list[str] = []
    for line in process.stdout or ():
        if line.strip():
            said.append(line.strip())
        if line.startswith(_READY):
            break
    return said
