"""From a checkout in an awkward folder, through the installed launcher, to a running program."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.desktop.support import copy_package
from tests.support import wait_until
from tkchat.desktop import launcher

CLIENT = """
import json, os, sys
from pathlib import Path

here = Path(__file__).resolve().parent
if "--install-launcher" in sys.argv:
    from tkchat.desktop import launcher
    print(*launcher.install(), sep="\\n")
else:
    started = {"python": sys.executable, "argv": sys.argv, "cwd": os.getcwd()}
    (here / "started.tmp").write_text(json.dumps(started))
    (here / "started.tmp").rename(here / "started.json")
"""

FOLDERS = [
    "plain",
    "My \"chat\" $HOME 'é' `ls` 日本 😀 back\\slash;&",
    "100% %u",
    "a=b",
]


def make_checkout(folder: Path) -> Path:
    """Write a checkout with an environment in it, as `make run` leaves it; return its Python."""
    copy_package(folder)
    (folder / "run_client.py").write_text(CLIENT, encoding="utf-8")
    create = [sys.executable, "-m", "venv", "--without-pip", str(folder / ".venv")]
    subprocess.run(create, check=True)
    return folder / ".venv/bin/python"


@pytest.mark.skipif(sys.platform != "linux", reason="gio and .desktop files are of freedesktop.org")
@pytest.mark.parametrize("name", FOLDERS)
def test_the_installed_launcher_starts_the_client(name: str, tmp_path: Path, home: Path) -> None:
    checkout = tmp_path / name
    python = make_checkout(checkout)
    subprocess.run(
        [python, checkout / "run_client.py", "--install-launcher"],
        check=True,
        cwd="/",
        env={**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)},
        timeout=60,
    )
    for place in (".local/share/applications", "Desktop"):
        entry = home / place / "io.github.tkchat.Tkchat.desktop"
        for link in ([], ["tkchat://230A-G08M"]):  # which may come from anywhere
            subprocess.run(["gio", "launch", entry, *link], check=True, cwd="/", timeout=30)
            started = checkout / "started.json"
            wait_until(started.exists, describe=lambda: "the client has not been launched")
            assert json.loads(started.read_text()) == {
                "python": str(python),
                "argv": [str(checkout / "run_client.py"), "--from-launcher", "--connect", *link],
                "cwd": str(checkout),
            }
            started.unlink()


def test_installs_and_removes_this_copy(home: Path) -> None:
    assert len(launcher.install()) == 3
    entry = (home / "Desktop/io.github.tkchat.Tkchat.desktop").read_text()
    assert f'Exec="{sys.executable}" ' in entry
    assert launcher.remove()
    assert not list(home.rglob("*Tkchat*"))


def test_says_what_to_do_when_the_disk_refuses(home: Path) -> None:
    (home / ".local").write_text("a file where a folder has to be")
    with pytest.raises(launcher.LauncherError, match=r"still starts with: .*python"):
        launcher.install()


def test_says_what_to_do_when_libraries_are_missing(tmp_path: Path, home: Path) -> None:
    python = make_checkout(tmp_path / "checkout")
    done = subprocess.run(
        [python, tmp_path / "checkout/run_client.py", "--install-launcher"],
        check=False,
        capture_output=True,
        text=True,
        timeout=60,
    )
    assert "LauncherError: Missing libraries: argon2-cffi" in done.stderr
