"""What figures were measured on: a computer, its programs, and how long its disk takes."""

import os
import platform
import re
import statistics
import subprocess
import tempfile
import time
from datetime import UTC, datetime
from pathlib import Path

import tkchat

SYNCS = 100


def describe() -> dict[str, str]:
    """Return what the figures depend on, in words."""
    return {
        "date": datetime.now(UTC).strftime("%Y-%m-%d %H:%M UTC"),
        "processor": f"{_processor()}, {os.cpu_count()} cores",
        "system": f"{platform.system()} {platform.release()}",
        "python": platform.python_version(),
        "tkchat": tkchat.__version__ + _commit(),
        "a write and fsync of 4 KiB": f"{_sync_milliseconds():.2f} ms (median of {SYNCS})",
        "load before": _load(),
    }


def _processor() -> str:
    try:
        found = re.search(r"model name\s*:\s*(.+)", Path("/proc/cpuinfo").read_text("utf-8"))
    except OSError:
        found = None
    return found[1] if found else platform.processor() or platform.machine()


def _commit() -> str:
    try:
        done = subprocess.run(
            ["git", "describe", "--always", "--dirty"],
            capture_output=True,
            text=True,
            cwd=Path(__file__).parent,
            check=True,
        )
    except (OSError, subprocess.CalledProcessError):
        return ""
    return f" ({done.stdout.strip()})"


def _sync_milliseconds() -> float:
    took = []
    with tempfile.TemporaryFile(buffering=0) as file:
        for _ in range(SYNCS):
            began = time.perf_counter()
            file.write(bytes(4096))
            os.fsync(file.fileno())
            took.append(time.perf_counter() - began)
    return statistics.median(took) * 1000


def _load() -> str:
    try:
        return f"{os.getloadavg()[0]:.1f} of {os.cpu_count()} cores busy"
    except (OSError, AttributeError):  # Windows does not tell
        return "unknown"
