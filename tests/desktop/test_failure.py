"""Real processes in real want: no libraries, no tkinter, no display."""

import configparser
import os
import re
import shlex
import stat
import subprocess
import sys
from pathlib import Path

import pytest

from tests.desktop.support import program
from tests.support import CHECKOUT, wait_until
from tkchat.desktop import failure

NO_TKINTER = "sys.modules['tkinter'] = sys.modules['_tkinter'] = None; "
MISSING = "print(failure.missing_requirements(window={window}))"
REPORT = """
try:
    raise RuntimeError("the cause")
except RuntimeError:
    failure.report("It does not\\nstart.", Path(sys.argv[2]), from_launcher={launcher})
"""


def command(code: str, *arguments: object, before: str = "", bare: bool = False) -> list[str]:
    """A process that runs `code`; `bare` is one without any library that is installed."""
    start = f"import sys; sys.path.insert(0, sys.argv[1]); {before}\n"
    start += "from pathlib import Path\nfrom tkchat.desktop import failure\n"
    options = ["-I", "-S"] if bare else ["-I"]
    return [sys.executable, *options, "-c", start + code, str(CHECKOUT), *map(str, arguments)]


def run(command: list[str], **environment: str | None) -> "subprocess.CompletedProcess[str]":
    """Run it from `/`; an environment variable that is None is taken away."""
    wanted = {**os.environ, **environment}
    return subprocess.run(
        command,
        check=True,
        capture_output=True,
        cwd="/",
        env={name: value for name, value in wanted.items() if value is not None},
        text=True,
        timeout=30,
    )


def required_libraries() -> list[str]:
    """Those that setup.cfg asks for."""
    parser = configparser.ConfigParser()
    parser.read(CHECKOUT / "setup.cfg", encoding="utf-8")
    lines = parser["options"]["install_requires"].split()
    return [line.partition(">")[0] for line in lines]


class TestMissingRequirements:
    def test_nothing_is_missing_here(self) -> None:
        assert run(command(MISSING.format(window=True))).stdout == "None\n"

    def test_libraries(self) -> None:
        line = run(command(MISSING.format(window=True), bare=True)).stdout
        required = sorted(required_libraries(), key=str.lower)
        assert line.startswith(
            f"Missing libraries: {', '.join(required)}. "
            f"Type: make -C {shlex.quote(str(CHECKOUT))} run  or: "
        )
        assert line.endswith(f" -m pip install {shlex.quote(str(CHECKOUT))}\n")

    @pytest.mark.skipif(sys.platform != "linux", reason="package managers of Linux")
    @pytest.mark.parametrize(
        ("manager", "what_to_type"),
        [
            ("apt-get", "sudo apt-get install python3-tk"),
            ("dnf", "sudo dnf install python3-tkinter"),
            ("pacman", "sudo pacman -S tk"),
            ("zypper", "sudo zypper install python3-tk"),
            ("apk", "sudo apk add python3-tkinter"),
            ("brew", f"brew install python-tk@3.{sys.version_info.minor}"),
            ("unknown", "Install the tkinter package of your system."),
        ],
    )
    def test_tkinter(self, manager: str, what_to_type: str, tmp_path: Path) -> None:
        program(tmp_path, manager, "")
        code = command(MISSING.format(window=True), before=NO_TKINTER)
        line = run(code, PATH=str(tmp_path)).stdout
        assert line.startswith(f"This Python ({sys.executable}) has no tkinter. ")
        assert what_to_type in line
        assert line.count("\n") == 1

    def test_display(self) -> None:
        line = run(command(MISSING.format(window=True)), DISPLAY=None).stdout
        assert line.startswith("There is no display to open a window on")
        assert line.endswith(
            "type: python3 run_client.py --terminal --connect HOST:PORT --name USER\n"
        )

    def test_the_terminal_needs_neither_tkinter_nor_display(self) -> None:
        code = command(MISSING.format(window=False), before=NO_TKINTER)
        assert run(code, DISPLAY=None).stdout == "None\n"

    def test_the_terminal_needs_its_libraries(self) -> None:
        line = run(command(MISSING.format(window=False), bare=True)).stdout
        assert line.startswith("Missing libraries: ")


class TestReport:
    @pytest.mark.parametrize("bare", [False, True])
    def test_from_a_terminal_is_one_line_on_stderr(self, bare: bool, tmp_path: Path) -> None:
        log = tmp_path / "log.txt"
        done = run(command(REPORT.format(launcher=False), log, before=NO_TKINTER, bare=bare))
        assert (done.stdout, done.stderr) == ("", "tkchat: It does not start.\n")
        assert not log.exists()

    def test_from_a_launcher_is_logged_even_without_a_display(self, tmp_path: Path) -> None:
        log = tmp_path / "not there yet" / "log.txt"
        code = command(REPORT.format(launcher=True), log)
        for _ in range(2):
            done = run(code, DISPLAY=None, WAYLAND_DISPLAY=None)
            assert done.stderr == "tkchat: It does not start.\n"
        entries = log.read_text().split("RuntimeError: the cause\n")
        assert len(entries) == 3
        assert re.match(r"\d{4}-\d\d-\d\d \d\d:\d\d:\d\d[+-]\d{4} It does not\nstart\.", entries[0])
        assert "Traceback (most recent call last)" in entries[1]
        if sys.platform != "win32":
            assert stat.S_IMODE(log.stat().st_mode) == 0o600

    def test_from_a_launcher_opens_a_dialog(self, tmp_path: Path) -> None:
        log = tmp_path / "not UTF-8 \udcff, beyond the BMP 😀"
        with subprocess.Popen(command(REPORT.format(launcher=True), log)) as process:
            search = ["xdotool", "search", "--onlyvisible", "--pid", str(process.pid)]

            def dialog() -> str:
                done = subprocess.run(
                    [*search, "--name", "tkchat"], check=False, capture_output=True
                )
                return done.stdout.decode().strip()

            def closed() -> bool:
                key = ["xdotool", "key", "--window", dialog(), "Return"]
                subprocess.run(key, check=False, capture_output=True)
                return process.poll() is not None

            try:
                wait_until(dialog, describe=lambda: "no dialog of that process")
                assert process.poll() is None
                wait_until(closed, describe=lambda: "Return does not close the dialog")
                assert process.returncode == 0
            finally:
                process.kill()
        assert "RuntimeError: the cause" in log.read_text()

    @pytest.mark.parametrize("tool", ["zenity", "kdialog", "xmessage", "osascript"])
    def test_without_tkinter_another_program_shows_it(self, tool: str, tmp_path: Path) -> None:
        shown, log = tmp_path / "shown", tmp_path / "log.txt"
        program(tmp_path / "bin", tool, f'printf "%s\\n" "$@" > "{shown}"')
        code = command(REPORT.format(launcher=True), log, before=NO_TKINTER, bare=True)
        done = run(code, PATH=str(tmp_path / "bin"), DISPLAY=":0")
        assert done.stderr == ""
        assert "It does not\nstart." in shown.read_text()
        assert f"More is in {log}" in shown.read_text()

    def test_a_program_that_fails_gives_way_to_the_next(self, tmp_path: Path) -> None:
        shown, log = tmp_path / "shown", tmp_path / "log.txt"
        program(tmp_path / "bin", "zenity", "exit 1")
        program(tmp_path / "bin", "xmessage", f'echo "$@" > "{shown}"')
        code = command(REPORT.format(launcher=True), log, before=NO_TKINTER)
        run(code, PATH=str(tmp_path / "bin"), DISPLAY=":0")
        assert str(log) in shown.read_text()

    def test_without_any_program_stderr_has_to_do(self, tmp_path: Path) -> None:
        code = command(REPORT.format(launcher=True), tmp_path / "log.txt", before=NO_TKINTER)
        done = run(code, PATH=str(tmp_path), DISPLAY=":0")
        assert done.stderr == "tkchat: It does not start.\n"

    def test_a_display_that_is_gone_is_no_dialog(self, tmp_path: Path) -> None:
        code = command(REPORT.format(launcher=True), tmp_path / "log.txt")
        done = run(code, PATH=str(tmp_path), DISPLAY=":9876")
        assert done.stderr == "tkchat: It does not start.\n"

    def test_a_log_that_cannot_be_written_is_said(self, tmp_path: Path) -> None:
        shown = tmp_path / "shown"
        program(tmp_path / "bin", "zenity", f'echo "$@" > "{shown}"')
        (tmp_path / "file").touch()
        log = tmp_path / "file" / "log.txt"
        code = command(REPORT.format(launcher=True), log, before=NO_TKINTER)
        run(code, PATH=str(tmp_path / "bin"), DISPLAY=":0")
        assert "could not be written" in shown.read_text()

    def test_without_stderr_it_is_quiet(self, tmp_path: Path) -> None:
        """As under pythonw.exe."""
        run(command("sys.stderr = None" + REPORT.format(launcher=False), tmp_path / "log.txt"))


def test_a_message_without_an_exception_has_no_traceback(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("DISPLAY", raising=False)
    monkeypatch.delenv("WAYLAND_DISPLAY", raising=False)
    failure.report("Just this.", tmp_path / "log.txt", from_launcher=True)
    assert (tmp_path / "log.txt").read_text().endswith(" Just this.\n")
