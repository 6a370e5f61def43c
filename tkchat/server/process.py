"""The server as a process: signals, limits of the system, what it prints."""

import contextlib
import gc
import logging
import logging.handlers
import os
import queue
import signal
import sys
import threading
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import TextIO, TypeAlias

from platformdirs import user_data_path

from tkchat import left_alone
from tkchat.net.errors import ListenFailed
from tkchat.net.identity import join_codes, words
from tkchat.queues import next_within
from tkchat.server.host_code import HOST_CODE_FILE
from tkchat.server.identity import KEY_FILE, IdentityError
from tkchat.server.log_records import LogError
from tkchat.server.log_schema import LOG_FILE
from tkchat.server.server import Options, Server
from tkchat.wire.join_code import encode

THREAD_STACK_BYTES = 256 * 1024  # keeps 10,000 client threads cheap
SERVER_LOG = "server.log"
LOG_BYTES = 1_000_000
LOG_FILES = 3
SIGNAL_POLL_SECONDS = 0.5  # Windows delivers Ctrl+C only between waits
SWITCH_SECONDS = 0.0005  # between threads that calculate: the hub waits behind each of them
SWITCH_SECONDS_EACH = 0.00002  # of a crowd: each of its threads that waits looks that often
EMPTY_POLL_SECONDS = 1.0
GARBAGE_OBJECTS = 50_000  # new ones, before Python looks for any that only hold each other
DARWIN_OPEN_MAX = 10_240

#: What the main thread is to do; None ends the chat.
Orders: TypeAlias = "queue.SimpleQueue[Callable[[], None] | None]"

_log = logging.getLogger(__name__)


def default_data(port: int) -> Path:
    """Return the folder for the files of the chat on ``port``, unless another one is given."""
    return user_data_path("tkchat", appauthor=False) / f"server-{port}"


def run(options: Options, *, hosted: bool = False) -> int:
    """Host a chat until a signal ends it; return the exit code.

    Without a folder for the host's files in ``options`` it is that of the port; a port that the
    system picks has none that would be found again, and its chat ends with the process.

    ``hosted`` says that a window started this process and holds its standard input: the line
    ``stop`` ends the chat; when the window goes without that word, the chat goes on until the last
    person has left, or somebody asks for its end (see `left_alone`).
    """
    os.umask(0o077)  # the host's files are nobody else's business
    if options.data is None and options.port:
        options = replace(options, data=default_data(options.port))
    try:
        writer = _start_log(options.data, to_stderr=not hosted)
    except OSError as error:
        why = f"The folder {options.data} cannot be used: {error.strerror}. Choose one with --data."
        print(why, file=sys.stderr)
        return 1
    try:
        return _host(options, hosted=hosted)
    finally:
        writer.stop()


def _host(options: Options, *, hosted: bool) -> int:
    if options.data is not None:
        _make_private(options.data)
    _raise_limits()
    _take_turns(0)
    # Thousands of people are no garbage: they are to be looked through as seldom as they change.
    gc.set_threshold(GARBAGE_OBJECTS)
    # Not an Event: a signal that comes while the main thread holds its lock would wait for ever.
    stop: Orders = queue.SimpleQueue()
    for name in ("SIGINT", "SIGTERM", "SIGBREAK"):  # the last is Windows' own
        if hasattr(signal, name):
            signal.signal(getattr(signal, name), lambda *_: stop.put(None))
    server = Server(replace(options, on_crowd=_take_turns))
    _obey_hang_up(server, stop)
    try:
        server.start()
    except (ListenFailed, LogError, IdentityError) as error:
        print(error, file=sys.stderr)
        return 1
    if hosted and options.data is not None:  # before anybody can look what was left alone there
        with contextlib.suppress(OSError):
            left_alone.begin(options.data)
    _say(f"tkchat is listening on {server.address}")
    if not hosted:  # where a window shows it
        _invite(server)
    if hosted:
        obeying = (server, options.data, stop)
        threading.Thread(target=_obey_window, args=obeying, daemon=True).start()
    while True:
        with contextlib.suppress(queue.Empty):
            order = next_within(stop, SIGNAL_POLL_SECONDS)
            if order is None:
                break
            order()
        _take_turns(server.connections)
    server.close()
    _log.info("the chat is closed")
    return 0


def _make_private(data: Path) -> None:
    """Let no other account read what is in ``data``: what was put back by hand may be open."""
    if os.name != "posix":
        return
    for name in (KEY_FILE, HOST_CODE_FILE, f"{LOG_FILE}*", f"{SERVER_LOG}*"):
        for path in data.glob(name):
            with contextlib.suppress(OSError):  # another account's: whoever needs it will say so
                if path.stat().st_mode & 0o077:
                    path.chmod(0o600)
                    _log.warning("%s could be read by others; now it cannot", path)


def _take_turns(connections: int) -> None:
    """Choose how long a thread may calculate while others wait.

    The shorter, the sooner it is the hub's turn. But each thread that waits wakes up after that
    time to ask: when a crowd hangs up at once, Python would do nothing else.
    """
    sys.setswitchinterval(max(SWITCH_SECONDS, SWITCH_SECONDS_EACH * connections))


def _invite(server: Server) -> None:
    codes = join_codes(server.address, server.identity.fingerprint)
    for code in codes:
        _say(f"Join code for {code.host}: {encode(code)}")
    if codes:
        _say(f"Its key in words: {words(server.identity.fingerprint)}")


def _obey_hang_up(server: Server, stop: "Orders") -> None:
    """Read the certificate again on SIGHUP, unless it says that our terminal was closed."""
    if sys.platform == "win32":  # which has no such signal: there it takes a new start
        return
    is_ignored = signal.getsignal(signal.SIGHUP) is signal.SIG_IGN  # as by nohup
    had_terminal = not is_ignored and _has_terminal()

    def obey() -> None:
        if had_terminal and not _has_terminal():
            _silence(sys.stdout, sys.stderr)
            stop.put(None)
        else:
            _reload(server)

    signal.signal(signal.SIGHUP, lambda *_: stop.put(obey))


def _has_terminal() -> bool:
    try:
        os.close(os.open("/dev/tty", os.O_RDWR))
    except OSError:
        return False
    return True


def _reload(server: Server) -> None:
    try:
        server.reload()
    except IdentityError as error:
        _log.warning("%s The chat goes on with the certificate that it has.", error)
    else:
        _log.info("the certificate was read again")


def _say(line: str) -> None:
    try:
        print(line, flush=True)
    except OSError:  # whoever started us does not listen
        _silence(sys.stdout)


def _silence(*streams: TextIO) -> None:
    """Write nothing to ``streams`` any more, where nobody reads: the unsaid would fail the exit."""
    nowhere = os.open(os.devnull, os.O_WRONLY)
    for stream in streams:
        os.dup2(nowhere, stream.fileno())
    os.close(nowhere)


def _obey_window(server: Server, data: Path | None, stop: "Orders") -> None:
    # Unbuffered: at exit, a thread that waits in sys.stdin holds a lock that Python then needs.
    with contextlib.suppress(OSError), open(0, "rb", buffering=0, closefd=False) as window:
        for line in window:
            if line.strip() == b"stop":
                stop.put(None)
                return
    if data is not None:
        left_alone.announce(data, server.address.port)
    while server.connections and not (data is not None and left_alone.is_to_stop(data)):
        time.sleep(EMPTY_POLL_SECONDS)
    stop.put(None)


class _LogFile(logging.handlers.RotatingFileHandler):
    """A log file that a full disk does not make anything of: the chat itself says what fails."""

    def handleError(self, record: logging.LogRecord) -> None:  # noqa: N802 (logging's name)
        if not isinstance(sys.exc_info()[1], OSError):
            super().handleError(record)


def _start_log(data: Path | None, *, to_stderr: bool) -> logging.handlers.QueueListener:
    """Have what is logged written, by a thread of its own, until what is returned is stopped.

    Who logs writes nothing: of a crowd that comes at once, everybody would wait for the one who
    does.
    """
    handlers: list[logging.Handler] = []
    if data is not None:
        data.mkdir(mode=0o700, parents=True, exist_ok=True)
        handlers.append(
            _LogFile(data / SERVER_LOG, maxBytes=LOG_BYTES, backupCount=LOG_FILES, encoding="utf-8")
        )
    if to_stderr:  # a window reads no more than the first line: the pipe would fill
        handlers.append(logging.StreamHandler())
    logged: queue.SimpleQueue[logging.LogRecord | None] = queue.SimpleQueue()
    logging.basicConfig(
        level=logging.INFO,
        handlers=[logging.handlers.QueueHandler(logged)],
        format="%(asctime)s %(levelname)s %(message)s",
    )
    writer = logging.handlers.QueueListener(logged, *handlers)
    writer.start()
    return writer


def _raise_limits() -> None:
    threading.stack_size(THREAD_STACK_BYTES)
    with contextlib.suppress(ImportError, OSError, ValueError):
        import resource  # not on Windows, which needs no such limit

        _, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
        if sys.platform == "darwin":  # which says "unlimited" and refuses more than OPEN_MAX
            hard = min(hard, DARWIN_OPEN_MAX)
        resource.setrlimit(resource.RLIMIT_NOFILE, (hard, hard))
