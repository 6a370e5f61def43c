"""Only the window needs tkinter: the rest runs where it is not installed."""

import subprocess
import sys

import pytest

from tests.support import CHECKOUT

CODE = """
import importlib, pkgutil, sys
import tkchat
package = importlib.import_module(f"tkchat.{sys.argv[1]}")
names = [module.name for module in pkgutil.iter_modules(package.__path__, f"{package.__name__}.")]
for name in names:
    if not name.endswith("__main__"):
        importlib.import_module(name)
print(len(names), "tkinter" in sys.modules or "_tkinter" in sys.modules)
"""


@pytest.mark.parametrize("package", ["wire", "net", "server", "client", "terminal"])
def test_importing_leaves_tkinter_out(package: str) -> None:
    done = subprocess.run(
        [sys.executable, "-c", CODE, package],
        check=False,
        cwd=CHECKOUT,
        capture_output=True,
        text=True,
    )
    count, has_tkinter = done.stdout.split()
    assert int(count) > 1, done.stderr
    assert has_tkinter == "False"
