"""`.ci/system-packages` on machines that lack things: only the package managers are stand-ins."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.desktop.support import program
from tests.support import CHECKOUT

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="a script for POSIX systems")

SCRIPT = CHECKOUT / ".ci/system-packages"


class Machine:
    """A machine whose programs are those in one folder, and whose Python has no tkinter."""

    def __init__(self, folder: Path) -> None:
        self.bin = folder / "bin"
        self.log = folder / "log"
        self.lack = folder / "lack"
        self.lack.mkdir()
        (self.lack / "tkinter.py").write_text("raise ImportError")
        self.bin.mkdir()
        for tool in ("awk", "sort", "tr", "sed", "uname", "rm"):
            (self.bin / tool).symlink_to(str(shutil.which(tool)))
        program(self.bin, "python3", f'PYTHONPATH="{self.lack}" exec "{sys.executable}" "$@"')
        self.user("0")

    def user(self, number: str) -> None:
        program(self.bin, "id", f"echo {number}")

    def manager(self, name: str, then: str = "") -> None:
        program(self.bin, name, f'echo "{name} $* $DEBIAN_FRONTEND" >> "{self.log}"; {then}')

    def run(self, level: str, **environment: str) -> "subprocess.CompletedProcess[str]":
        return subprocess.run(
            [SCRIPT, level],
            check=False,
            capture_output=True,
            env={"PATH": str(self.bin), **environment},
            stdin=subprocess.DEVNULL,
            text=True,
            timeout=30,
        )

    def calls(self) -> list[str]:
        return self.log.read_text().splitlines() if self.log.exists() else []


@pytest.fixture
def machine(tmp_path: Path) -> Machine:
    return Machine(tmp_path)


@pytest.mark.parametrize("level", ["server", "run", "test"])
def test_is_silent_where_all_is_there(level: str) -> None:
    done = subprocess.run(
        [SCRIPT, level],
        check=True,
        capture_output=True,
        env={**os.environ, "PYTHON": sys.executable},
        text=True,
        timeout=30,
    )
    assert done.stdout + done.stderr == ""


def test_a_server_needs_no_tkinter(machine: Machine) -> None:
    assert machine.run("server").returncode == 0


def test_root_installs_by_apt(machine: Machine) -> None:
    machine.manager("apt-get", f'case "$*" in *install*) rm -f "{machine.lack}/tkinter.py";; esac')
    done = machine.run("run")
    assert done.returncode == 0, done.stderr
    assert machine.calls() == [
        "apt-get -q update noninteractive",
        "apt-get -q install -y --no-install-recommends python3-tk noninteractive",
    ]


def test_a_failed_update_is_no_reason_to_give_up(machine: Machine) -> None:
    machine.manager(
        "apt-get",
        f'case "$*" in *update*) exit 1;; *install*) rm -f "{machine.lack}/tkinter.py";; esac',
    )
    assert machine.run("run").returncode == 0


def test_says_so_when_apt_fails(machine: Machine) -> None:
    machine.manager("apt-get", "exit 1")
    done = machine.run("run")
    assert done.returncode == 1
    assert "apt-get could not install: python3-tk\n" in done.stderr


def test_says_so_when_the_package_is_for_another_python(machine: Machine) -> None:
    machine.manager("apt-get")
    done = machine.run("run")
    assert done.returncode == 1
    assert "Try: make clean run PYTHON=/usr/bin/python3\n" in done.stderr


@pytest.mark.parametrize(
    ("manager", "line"),
    [
        ("apt-get", "Type: sudo apt-get install python3-tk\n"),
        ("dnf", "Type: sudo dnf install python3-tkinter\n"),
        ("pacman", "Type: sudo pacman -S tk\n"),
        ("brew", "Type: brew install python-tk\n"),
        ("none-known", "package manager: tkinter\n"),
    ],
)
def test_others_are_told_what_to_type(manager: str, line: str, machine: Machine) -> None:
    machine.user("1000")
    machine.manager(manager)
    done = machine.run("run")
    assert done.returncode == 1
    assert done.stderr.endswith(line)
    assert machine.calls() == []


def test_tests_need_a_screen_tools_and_fonts(machine: Machine) -> None:
    machine.user("1000")
    machine.manager("apt-get")
    packages = machine.run("test").stderr.strip().partition("install ")[2].split()
    assert packages == [
        "desktop-file-utils",
        "fontconfig",
        "fonts-dejavu-core",
        "fonts-noto-color-emoji",
        "iproute2",
        "libglib2.0-bin",
        "python3-tk",
        "xdg-utils",
        "xdotool",
        "xvfb",
    ]


def test_a_missing_python_is_a_package_too(machine: Machine) -> None:
    machine.user("1000")
    machine.manager("apt-get")
    done = machine.run("run", PYTHON="python-that-is-not-here")
    assert done.stderr.endswith("install python3 python3-tk python3-venv\n")


def test_an_old_python_is_named(machine: Machine) -> None:
    old = "case $1 in -V) echo Python 3.9.2;; *) echo newer_python;; esac"
    program(machine.bin, "python3", old)
    done = machine.run("run")
    assert done.returncode == 1
    assert "3.11 or newer, and python3 is Python 3.9.2" in done.stderr
