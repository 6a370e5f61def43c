"""Another process, started from a folder that would mislead it."""

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.support import CHECKOUT
from tkchat import program

WHAT = "import sys; print({name!r}, *sys.argv[1:])"
PRINT = "from tkchat import program; print(*program.{which}_command(), sep='\\n')"


@pytest.fixture
def package(tmp_path: Path) -> Path:
    """A folder with a package of this name, in which `program.py` is the real one."""
    folder = tmp_path / "some where"
    (folder / "tkchat/server").mkdir(parents=True)
    shutil.copy(Path(program.__file__), folder / "tkchat/program.py")
    for module, name in (("", "client module"), ("server/", "server module")):
        (folder / f"tkchat/{module}__init__.py").touch()
        (folder / f"tkchat/{module}__main__.py").write_text(WHAT.format(name=name))
    return folder


@pytest.fixture
def trap(tmp_path: Path) -> Path:
    """A working directory with modules that must not be imported."""
    folder = tmp_path / "trap"
    folder.mkdir()
    for module in ("tkchat.py", "random.py", "run_client.py", "run_server.py"):
        (folder / module).write_text("raise SystemExit('the wrong one')")
    return folder


def start(which: str, package: Path, folder: Path) -> str:
    """Ask the copy in `package` for a command and run it in `folder`."""
    environment = {"PYTHONPATH": str(package)}
    asked = subprocess.run(
        [sys.executable, "-c", PRINT.format(which=which)],
        check=True,
        capture_output=True,
        cwd="/",
        env=environment,
        text=True,
    )
    done = subprocess.run(
        [*asked.stdout.splitlines(), "--flag"],
        check=True,
        capture_output=True,
        cwd=folder,
        env=environment,
        text=True,
    )
    return done.stdout


@pytest.mark.parametrize("which", ["client", "server"])
def test_an_installed_copy_runs_the_module(which: str, package: Path, trap: Path) -> None:
    # PYTHONPATH stands for an installation: the package is found, and no script beside it.
    assert start(which, package, trap) == f"{which} module --flag\n"


@pytest.mark.parametrize("which", ["client", "server"])
def test_a_checkout_runs_its_script(which: str, package: Path, trap: Path) -> None:
    for name in ("client", "server"):
        (package / f"run_{name}.py").write_text(WHAT.format(name=f"{name} script"))
    assert start(which, package, trap) == f"{which} script --flag\n"


def test_this_is_a_checkout() -> None:
    checkout = Path(__file__).resolve().parents[1]
    assert program.checkout() == checkout
    assert program.client_command()[1:] == [str(checkout / "run_client.py")]
    assert program.server_command()[1:] == [str(checkout / "run_server.py")]


def test_a_checkout_uses_the_libraries_that_make_has_set_up(tmp_path: Path) -> None:
    copy = tmp_path / "a checkout"
    shutil.copytree(CHECKOUT / "tkchat", copy / "tkchat")
    for script in ("run_server.py", "run_client.py"):
        shutil.copy(CHECKOUT / script, copy)
    # -S: a Python without any library. Its standard input is at its end, so a host ends by itself.
    command = [sys.executable, "-S", str(copy / "run_server.py"), "--port", "0", "--hosted"]

    def run() -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            command,
            check=False,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            timeout=60,
        )

    assert "Missing libraries" in run().stderr
    create = [sys.executable, "-m", "venv", "--without-pip", str(copy / ".venv")]
    subprocess.run(create, check=True, timeout=60)
    assert "Missing libraries" in run().stderr  # and not round and round
    [packages] = (copy / ".venv").rglob("site-packages")
    (packages / "libraries.pth").write_text("\n".join(path for path in sys.path if path))
    assert run().stdout.startswith("tkchat is listening on 127.0.0.1:")


def test_an_older_python_is_told_so() -> None:
    code = "import sys; sys.version_info = (3, 10, 9); import tkchat"
    done = subprocess.run(
        [sys.executable, "-c", code], check=False, cwd=CHECKOUT, stderr=subprocess.PIPE, text=True
    )
    assert done.returncode == 1
    assert done.stderr.startswith("tkchat needs Python 3.11 or newer; this is ")
    assert done.stderr.count("\n") == 1
