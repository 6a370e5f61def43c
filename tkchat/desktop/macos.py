"""The launcher on macOS: a small application bundle.

Never yet run on a Mac: the tests write the bundle and run its script on Linux.
"""

import plistlib
import shlex
import shutil
from pathlib import Path

from tkchat.desktop import icon
from tkchat.i18n import tr

BUNDLE_NAME = "tkchat.app"
BUNDLE_ID = "io.github.tkchat.Tkchat"


def install(command: list[str], folder: Path) -> list[str]:
    """Write the bundle into ~/Applications and a link to it on the desktop; say what was done.

    Raises OSError.
    """
    bundle = _bundle()
    _discard(bundle)
    for name, content in bundle_files(command, folder).items():
        file = bundle / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(content)
    (bundle / "Contents/MacOS/tkchat").chmod(0o755)
    resources = bundle / "Contents/Resources"
    resources.mkdir()
    icon.draw(512).save(resources / "tkchat.icns")
    lines = [tr("Application: {path}").format(path=bundle)]
    link = _desktop_link()
    if link.parent.is_dir():
        link.unlink(missing_ok=True)
        link.symlink_to(bundle)
        lines.append(tr("On the desktop: {path}").format(path=link))
    return lines


def remove() -> list[str]:
    """Remove what `install` made; return a line for each thing that was there."""
    lines = []
    if _desktop_link().is_symlink():
        _desktop_link().unlink()
        lines.append(tr("Removed {path}").format(path=_desktop_link()))
    if _bundle().is_dir():
        _discard(_bundle())
        lines.append(tr("Removed {path}").format(path=_bundle()))
    return lines or [tr("There was no launcher to remove.")]


def bundle_files(command: list[str], folder: Path) -> dict[str, bytes]:
    """The bundle's files, by their path in it: the property list and the program it names."""
    properties = {
        "CFBundleName": "tkchat",
        "CFBundleIdentifier": BUNDLE_ID,
        "CFBundleExecutable": "tkchat",
        "CFBundleIconFile": "tkchat.icns",
        "CFBundlePackageType": "APPL",
        "CFBundleVersion": "1",
        "NSHighResolutionCapable": True,
        # The link itself comes as an event, for which Tk calls ::tk::mac::LaunchURL.
        "CFBundleURLTypes": [{"CFBundleURLName": BUNDLE_ID, "CFBundleURLSchemes": ["tkchat"]}],
    }
    script = f"#!/bin/sh\ncd {shlex.quote(str(folder))}\nexec {shlex.join(command)}\n"
    return {
        "Contents/Info.plist": plistlib.dumps(properties),
        "Contents/MacOS/tkchat": script.encode(),
    }


def _discard(bundle: Path) -> None:
    if bundle.exists():
        shutil.rmtree(bundle)


def _bundle() -> Path:
    return Path.home() / "Applications" / BUNDLE_NAME


def _desktop_link() -> Path:
    return Path.home() / "Desktop" / BUNDLE_NAME
