"""An error is shown by whatever is here that can, and it is known whether anything could."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.desktop.support import program
from tests.support import CHECKOUT, wait_until
from tkchat.desktop import dialog

NO_DISPLAY = ":9876"  # nothing is there
SHOW = "from tkchat.desktop.dialog import show_error; print(show_error(*sys.argv[1:]))"

on_linux = pytest.mark.skipif(sys.platform != "linux", reason="programs of X11 desktops")


@pytest.fixture
def tools(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with the only programs there are; Tk finds no display."""
    folder = tmp_path / "bin"
    folder.mkdir()
    monkeypatch.setenv("PATH", str(folder))
    monkeypatch.setenv("DISPLAY", NO_DISPLAY)
    monkeypatch.delenv("WAYLAND_DISPLAY", raising=False)
    return folder


def stand_in(tools: Path, name: str, code: int = 0) -> Path:
    """Make a program that writes down its arguments, one on each line; return that file."""
    said = tools / f"{name}.said"
    program(tools, name, f'printf "%s\\n" "$@" > "{said}"; exit {code}')
    return said


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("plain — Ünïcödé 你好", "plain — Ünïcödé 你好"),
        ("a\ud800b\udfffc", "a\ufffdb\ufffdc"),
        ("a 😀 \U0010ffff", "a \ufffd \ufffd"),
        ("\ud7ff\ue000\uffff", "\ud7ff\ue000\uffff"),
        ("", ""),
    ],
)
def test_what_cannot_be_drawn_is_replaced(text: str, shown: str) -> None:
    assert dialog._drawable(text) == shown


@on_linux
def test_without_a_display_nothing_is_even_tried(
    tools: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    said = stand_in(tools, "zenity")
    monkeypatch.delenv("DISPLAY")
    assert not dialog.show_error("message", "detail")
    assert not said.exists()


@on_linux
@pytest.mark.parametrize("variable", ["DISPLAY", "WAYLAND_DISPLAY"])
def test_any_kind_of_display_is_worth_a_try(
    tools: Path, monkeypatch: pytest.MonkeyPatch, variable: str
) -> None:
    said = stand_in(tools, "zenity")
    monkeypatch.delenv("DISPLAY")
    monkeypatch.setenv(variable, NO_DISPLAY)
    assert dialog.show_error("message", "detail")
    assert said.exists()


@on_linux
@pytest.mark.parametrize(
    ("tool", "arguments"),
    [
        (
            "zenity",
            "--error\n--no-markup\n--width=480\n--title=tkchat\n--text=<b>it</b>\n\ndetail\n",
        ),
        ("kdialog", "--title\ntkchat\n--error\n<b>it</b>\n\ndetail\n"),
        ("xmessage", "-center\n-title\ntkchat\n<b>it</b>\n\ndetail\n"),
    ],
)
def test_each_program_is_told_message_and_detail(tools: Path, tool: str, arguments: str) -> None:
    said = stand_in(tools, tool)
    assert dialog.show_error("<b>it</b>", "detail")
    assert said.read_text(encoding="utf-8") == arguments


@on_linux
def test_the_first_that_can_is_the_only_one(tools: Path) -> None:
    failed, shown = stand_in(tools, "zenity", code=1), stand_in(tools, "kdialog")
    unneeded = stand_in(tools, "xmessage")
    assert dialog.show_error("message", "detail")
    assert failed.exists()
    assert shown.exists()
    assert not unneeded.exists()


@on_linux
def test_it_is_said_if_none_can(tools: Path) -> None:
    assert not dialog.show_error("message", "detail")
    failed = [stand_in(tools, name, code=1) for name in ("zenity", "kdialog", "xmessage")]
    assert not dialog.show_error("message", "detail")
    assert all(said.exists() for said in failed)


@on_linux
def test_a_program_that_cannot_be_run_gives_way_to_the_next(tools: Path) -> None:
    broken = tools / "zenity"
    broken.write_text("#!/no/such/interpreter\n", encoding="utf-8")
    broken.chmod(0o755)
    shown = stand_in(tools, "kdialog")
    assert dialog.show_error("message", "detail")
    assert shown.exists()


@on_linux
def test_a_path_that_is_no_text_can_be_told(tools: Path) -> None:
    said = stand_in(tools, "xmessage")
    assert dialog.show_error("message", "in /home/\udcff/log 😀")
    assert said.read_text(encoding="utf-8").endswith("in /home/?/log 😀\n")


@on_linux
def test_tk_shows_it_until_it_is_closed(tmp_path: Path) -> None:
    """Before any other program, and what Tk cannot draw does no harm."""
    said = stand_in(tmp_path / "bin", "zenity")
    command = [sys.executable, "-c", f"import sys; {SHOW}", "not \udcff text", "a 😀 detail"]
    paths = os.pathsep.join([str(tmp_path / "bin"), os.environ["PATH"]])
    environment = {**os.environ, "PATH": paths}
    with subprocess.Popen(
        command, cwd=CHECKOUT, env=environment, stdout=subprocess.PIPE, text=True
    ) as process:
        search = ["xdotool", "search", "--onlyvisible", "--pid", str(process.pid), "--name"]

        def window() -> str:
            done = subprocess.run(
                [*search, f"^{dialog.TITLE}$"], check=False, capture_output=True, text=True
            )
            return done.stdout.strip()

        def closed() -> bool:
            key = ["xdotool", "key", "--window", window(), "Return"]
            subprocess.run(key, check=False, capture_output=True)
            return process.poll() is not None

        try:
            wait_until(window, describe=lambda: "no dialog of that process")
            assert process.poll() is None
            wait_until(closed, describe=lambda: "Return does not close the dialog")
            assert process.communicate(timeout=5)[0] == "True\n"
        finally:
            process.kill()
    assert not said.exists()
