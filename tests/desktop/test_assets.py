"""The files for a double click in a checkout."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.desktop.support import program
from tests.support import CHECKOUT, wait_until

RECORD = """
import os, sys
from pathlib import Path
text = "\\n".join([os.environ.get("VIA", "system"), os.getcwd(), *sys.argv[1:]])
Path(__file__).with_name("started.tmp").write_text(text, encoding="utf-8")
Path(__file__).with_name("started.tmp").rename(Path(__file__).with_name("started"))
"""


@pytest.fixture
def checkout(tmp_path: Path) -> Path:
    folder = tmp_path / "My $chat 'é'"
    folder.mkdir()
    shutil.copytree(CHECKOUT / "assets", folder / "assets")
    (folder / "run_client.py").write_text(RECORD, encoding="utf-8")
    return folder


def started(checkout: Path) -> list[str]:
    file = checkout / "started"
    wait_until(file.exists, describe=lambda: "the client has not been started")
    return file.read_text(encoding="utf-8").splitlines()


@pytest.mark.skipif(sys.platform == "win32", reason="a shell script")
class TestCommand:
    def test_is_executable_and_starts_the_client(self, checkout: Path) -> None:
        subprocess.run([checkout / "assets/tkchat.command"], check=True, cwd="/", timeout=30)
        assert started(checkout) == ["system", str(checkout), "--from-launcher"]

    def test_prefers_the_environment_of_the_checkout(self, checkout: Path) -> None:
        program(checkout / ".venv/bin", "python", f'VIA=venv exec "{sys.executable}" "$@"')
        relative = f"{checkout.name}/assets/tkchat.command"
        environment = {**os.environ, "CDPATH": "/tmp"}
        subprocess.run([relative], check=True, cwd=checkout.parent, timeout=30, env=environment)
        assert started(checkout) == ["venv", str(checkout), "--from-launcher"]


class TestPyw:
    def test_starts_the_client(self, checkout: Path) -> None:
        command = [sys.executable, str(checkout / "assets/tkchat.pyw")]
        subprocess.run(command, check=True, cwd="/", timeout=30)
        assert started(checkout) == ["system", str(checkout), "--from-launcher"]

    def test_prefers_the_environment_of_the_checkout(self, checkout: Path) -> None:
        script = f'VIA=venv exec "{sys.executable}" "$@"'
        program(checkout / ".venv/Scripts", "pythonw.exe", script)
        command = [sys.executable, str(checkout / "assets/tkchat.pyw")]
        subprocess.run(command, check=True, cwd="/", timeout=30)
        assert started(checkout) == ["venv", str(checkout), "--from-launcher"]
