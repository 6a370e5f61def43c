"""The server as a process: signals, limits of the system, what it prints."""

import contextlib
import logging
import logging.handlers
import signal
import sys
import threading
from pathlib import Path

from tkchat.net.errors import ListenFailed
from tkchat.server.server import Options, Server

THREAD_STACK_BYTES = 256 * 1024  # keeps 10,000 client threads cheap
LOG_BYTES = 1_000_000
LOG_FILES = 3
SIGNAL_POLL_SECONDS = 0.5  # Windows delivers Ctrl+C only between waits
EMPTY_POLL_SECONDS = 1.0

_log = logging.getLogger(__name__)


def run(options: Options, *, data: Path | None = None, hosted: bool = False) -> int:
    """Host a chat until a signal ends it; return the exit code.

    ``data`` is the folder for the host's files. ``hosted`` says that a window started this process
    and holds its standard input: the line ``stop`` ends the chat; when the window goes without
    that word, the chat goes on until the last person has left.
    """
    try:
        _start_log(data)
    except OSError as error:
        print(f"The folder {data} cannot be used: {error.strerror}.", file=sys.stderr)  # noqa: T201
        return 1
    _raise_limits()
    stop = threading.Event()
    for name in ("SIGINT", "SIGTERM", "SIGBREAK"):  # the last is Windows' own
        if hasattr(signal, name):
            signal.signal(getattr(signal, name), lambda *_: stop.set())
    server = Server(options)
    try:
        server.start()
    except ListenFailed as error:
        print(error, file=sys.stderr)  # noqa: T201 (what a person at a terminal is told)
        return 1
    with contextlib.suppress(OSError):  # whoever started us may not be listening
        print(f"tkchat is listening on {server.address}", flush=True)  # noqa: T201 (the interface)
    if hosted:
        threading.Thread(target=_obey_window, args=(server, stop), daemon=True).start()
    while not stop.wait(SIGNAL_POLL_SECONDS):
        pass
    server.close()
    _log.info("the chat is closed")
    return 0


def _obey_window(server: Server, stop: threading.Event) -> None:
    for line in sys.stdin:
        if line.strip() == "stop":
            stop.set()
            return
    while server.connections and not stop.wait(EMPTY_POLL_SECONDS):
        pass
    stop.set()


def _start_log(data: Path | None) -> None:
    handlers: list[logging.Handler] = [logging.StreamHandler()]
    if data is not None:
        data.mkdir(mode=0o700, parents=True, exist_ok=True)
        handlers.append(
            logging.handlers.RotatingFileHandler(
                data / "server.log", maxBytes=LOG_BYTES, backupCount=LOG_FILES, encoding="utf-8"
            )
        )
    logging.basicConfig(
        level=logging.INFO, handlers=handlers, format="%(asctime)s %(levelname)s %(message)s"
    )


def _raise_limits() -> None:
    threading.stack_size(THREAD_STACK_BYTES)
    with contextlib.suppress(ImportError, OSError, ValueError):
        import resource  # not on Windows, which needs no such limit

        _, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
        resource.setrlimit(resource.RLIMIT_NOFILE, (hard, hard))
