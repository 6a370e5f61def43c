"""The bundle, as files: what macOS makes of them has not been tried."""

import plistlib
import subprocess
from pathlib import Path

from PIL import Image

from tests.desktop.support import program
from tkchat.desktop import macos


def test_bundle_starts_the_client_in_its_folder(home: Path, tmp_path: Path) -> None:
    folder = tmp_path / "My $chat 'é'"
    python = program(folder, "python", 'pwd; printf "%s\\n" "$@"')
    macos.install([str(python), "a b", "--from-launcher"], folder)
    bundle = home / "Applications/tkchat.app"
    properties = plistlib.loads((bundle / "Contents/Info.plist").read_bytes())
    executable = bundle / "Contents/MacOS" / properties["CFBundleExecutable"]
    done = subprocess.run([executable], check=True, cwd="/", capture_output=True, text=True)
    assert done.stdout.splitlines() == [str(folder), "a b", "--from-launcher"]
    (links,) = properties["CFBundleURLTypes"]
    assert links["CFBundleURLSchemes"] == ["tkchat"]
    with Image.open(bundle / "Contents/Resources" / properties["CFBundleIconFile"]) as image:
        assert image.format == "ICNS"


def test_installing_twice_is_installing_once_and_remove_leaves_nothing(home: Path) -> None:
    lines = macos.install(["/usr/bin/python3"], home)
    before = sorted(home.rglob("*"))
    assert macos.install(["/usr/bin/python3"], home) == lines
    assert sorted(home.rglob("*")) == before
    assert (home / "Desktop/tkchat.app").is_symlink()
    assert len(macos.remove()) == 2
    assert not list(home.rglob("tkchat*"))
    assert macos.remove() == ["There was no launcher to remove."]


def test_does_without_a_desktop_folder(home: Path) -> None:
    (home / "Desktop").rmdir()
    assert len(macos.install(["/usr/bin/python3"], home)) == 1
