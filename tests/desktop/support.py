"""Copies of the checkout, and stand-ins for programs that the machine may lack."""

import shutil
from pathlib import Path

from tests.support import CHECKOUT


def copy_package(folder: Path) -> None:
    """Copy what of tkchat this directory's tests are about into `folder`."""
    for part in ("tkchat/__init__.py", "tkchat/program.py", "tkchat/i18n.py", "tkchat/desktop"):
        source, target = CHECKOUT / part, folder / part
        target.parent.mkdir(parents=True, exist_ok=True)
        if source.is_dir():
            shutil.copytree(source, target, ignore=shutil.ignore_patterns("__pycache__"))
        else:
            shutil.copy(source, target)


def program(folder: Path, name: str, script: str) -> Path:
    """Write an executable shell script."""
    folder.mkdir(parents=True, exist_ok=True)
    file = folder / name
    file.write_text(f"#!/bin/sh\n{script}\n", encoding="utf-8")
    file.chmod(0o755)
    return file
