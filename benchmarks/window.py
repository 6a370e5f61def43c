"""Measures the window: ``python -m benchmarks window``; where no display is, on one of its own."""

import argparse
import contextlib
import json
import os
import re
import socket
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path

from pyvirtualdisplay.display import Display

from benchmarks.window_texts import fill, texts

CHECKOUT = Path(__file__).resolve().parent.parent
NOBODY = "127.0.0.1:9"  # where no host is: the chat opens from the disk
PACES = 50  # times a second that everybody speaks
SPEAKERS = 10

Figures = dict[str, float]


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Tell what may be asked for."""
    parser.add_argument("--only", nargs="+", choices=[*MEASURES], default=[*MEASURES])
    parser.add_argument("--history", type=int, default=100_000, help="messages on the disk")
    parser.add_argument("--rate", type=int, default=5_000, help="messages a second in the flood")
    parser.add_argument("--seconds", type=float, default=10.0, help="of the flood, and of idling")
    parser.add_argument("--messages", type=int, default=100_000, help="received for the memory")
    parser.add_argument("--settle", type=float, default=3.0, help="seconds before measuring")
    parser.add_argument("--runs", type=int, default=5, help="starts, of which the median counts")


def main(arguments: argparse.Namespace) -> None:
    """Print a line of figures for each thing that is measured."""
    has_display = sys.platform != "linux" or "DISPLAY" in os.environ
    with (
        contextlib.nullcontext()
        if has_display
        else Display(backend="xvfb", size=(1400, 1000), color_depth=24)
    ):
        for name in arguments.only:
            with tempfile.TemporaryDirectory() as folder:
                figures = MEASURES[name](Path(folder) / "profile", arguments)
            shown = ", ".join(f"{what} {value:,.2f}" for what, value in figures.items())
            print(f"{name:>8}: {shown}", flush=True)


def _start(folder: Path, arguments: argparse.Namespace) -> Figures:
    """Compare how long it takes until a window is shown: the program's dialog, and a bare one."""
    # As if both had been started before, whatever Python is told here about keeping bytecode.
    kept = {k: v for k, v in os.environ.items() if k != "PYTHONDONTWRITEBYTECODE"}
    kept["PYTHONPYCACHEPREFIX"] = str(folder.parent / "bytecode")
    ours = ["-c", "import benchmarks.window_start", str(folder)]
    found = _output([*ours, "packages"], kept)
    bare = ["benchmarks/window_bare.py", *found.split()]
    took: dict[str, list[float]] = {"bare": [], "ours": []}
    for _ in range(arguments.runs):
        for name, command in (("bare", bare), ("ours", ours)):
            began = time.time()
            shown: Figures = json.loads(_output(command, kept))
            took[name].append((shown["shown at"] - began) * 1000)
    bare_ms, our_ms = statistics.median(took["bare"]), statistics.median(took["ours"])
    return {"bare ms": bare_ms, "dialog ms": our_ms, "ratio": our_ms / bare_ms}


def _rooms(folder: Path, arguments: argparse.Namespace) -> Figures:
    fill(folder, NOBODY, arguments.history)
    return _run([*_child("rooms", folder), _settle(arguments)])


def _looks(folder: Path, arguments: argparse.Namespace) -> Figures:
    fill(folder, NOBODY, 2_000)
    return _run([*_child("looks", folder), _settle(arguments)])


def _idle(folder: Path, arguments: argparse.Namespace) -> Figures:
    with _host(folder) as address:
        return _run(
            [*_child("idle", folder, address), f"--seconds={arguments.seconds}", _settle(arguments)]
        )


def _flood(folder: Path, arguments: argparse.Namespace) -> Figures:
    return _in_a_flood("flood", folder, arguments, f"--seconds={arguments.seconds}")


def _memory(folder: Path, arguments: argparse.Namespace) -> Figures:
    return _in_a_flood("memory", folder, arguments, f"--messages={arguments.messages}")


def _in_a_flood(what: str, folder: Path, arguments: argparse.Namespace, option: str) -> Figures:
    """Measure a client to which many messages a second come, for as long as it runs."""
    with _host(folder.parent / "host") as address:
        child = subprocess.Popen(
            [sys.executable, *_child(what, folder, address), option, _settle(arguments)],
            stdout=subprocess.PIPE,
            text=True,
            cwd=CHECKOUT,
        )
        with child:
            if child.stdout is None or child.stdout.readline() != "ready\n":
                raise SystemExit(f"{what} did not start")
            over = threading.Event()
            speaking = threading.Thread(target=_speak, args=(address, arguments.rate, over))
            speaking.start()
            try:
                figures: Figures = json.loads(child.stdout.read())
            finally:
                over.set()
                speaking.join()
    return figures


def _speak(address: str, rate: int, over: threading.Event) -> None:
    """Say ``rate`` messages a second in general, until it is over."""
    host, port = address.rsplit(":", 1)
    words = texts()
    with contextlib.ExitStack() as stack:
        speakers = [
            stack.enter_context(socket.create_connection((host, int(port))))
            for _ in range(SPEAKERS)
        ]
        for number, speaker in enumerate(speakers):
            speaker.sendall(f"speaker{number}\n".encode())
            deaf = threading.Thread(target=_take_all, args=(speaker,), daemon=True)
            deaf.start()
        each = rate // PACES // SPEAKERS
        due = time.monotonic()
        while not over.is_set():
            for number, speaker in enumerate(speakers):
                lines = (f"speaker{number}~{next(words)}\n" for _ in range(each))
                speaker.sendall("".join(lines).encode())
            due += 1 / PACES
            over.wait(max(due - time.monotonic(), 0))


def _take_all(speaker: socket.socket) -> None:
    with contextlib.suppress(OSError):
        while speaker.recv(1 << 18):
            pass


@contextlib.contextmanager
def _host(folder: Path) -> Iterator[str]:
    """Run a host; yields its address."""
    command = ["run_server.py", "--port", "0", "--data", str(folder), "--no-flood-limit"]
    with subprocess.Popen(
        [sys.executable, *command],
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
        cwd=CHECKOUT,
    ) as host:
        try:
            found = re.search(r"(\d+)\s*$", host.stdout.readline() if host.stdout else "")
            if found is None:
                raise SystemExit("the host did not start")
            yield f"127.0.0.1:{found[1]}"
        finally:
            host.kill()


def _child(what: str, folder: Path, address: str = NOBODY) -> list[str]:
    return ["-m", "benchmarks.window_child", what, f"--profile={folder}", f"--connect={address}"]


def _settle(arguments: argparse.Namespace) -> str:
    return f"--settle={arguments.settle}"


def _run(command: list[str]) -> Figures:
    figures: Figures = json.loads(_output(command))
    return figures


def _output(command: list[str], environment: dict[str, str] | None = None) -> str:
    done = subprocess.run(
        [sys.executable, *command],
        stdout=subprocess.PIPE,
        text=True,
        check=True,
        cwd=CHECKOUT,
        env=environment,
    )
    return done.stdout


MEASURES: dict[str, Callable[[Path, argparse.Namespace], Figures]] = {
    "start": _start,
    "rooms": _rooms,
    "flood": _flood,
    "memory": _memory,
    "idle": _idle,
    "looks": _looks,
}
