"""The launcher on freedesktop.org systems: a menu entry, its icons and a copy on the desktop."""

import contextlib
import hashlib
import os
import shutil
import subprocess
import tempfile
import unicodedata
from pathlib import Path

from tkchat.desktop import icon
from tkchat.i18n import tr

APP_ID = "io.github.tkchat.Tkchat"
WINDOW_CLASS = "Tkchat"
"""The name to give to `tkinter.Tk(className=…)`: it ties the window to the entry and its icon."""

ENTRY_NAME = f"{APP_ID}.desktop"
ICON_SIZES = (16, 24, 32, 48, 64, 128, 256)
LINK_SCHEME = "tkchat"
TOOL_SECONDS = 30
"""How long a desktop's own tool may take; rebuilding KDE's menu cache is the slow one."""


def install(command: list[str], folder: Path) -> list[str]:
    """Install the launcher that runs `command` in `folder`; return lines that say what was done.

    xdg-utils, where installed, tells the running desktop; then the files are checked, and what the
    tools did not write is written here. Raises OSError, or ValueError if no desktop entry can hold
    the paths.
    """
    entry = desktop_entry(command, folder).encode()
    with tempfile.TemporaryDirectory() as temporary:
        _install_icons(Path(temporary))
        source = Path(temporary, ENTRY_NAME)
        source.write_bytes(entry)
        _xdg("xdg-desktop-menu", "install", str(source))
    menu_entry = _menu_entry()
    _ensure(menu_entry, entry)
    _tool(["update-desktop-database", str(menu_entry.parent)])  # whose links it opens
    lines = [
        tr("Menu entry: {path}").format(path=menu_entry),
        tr("Icons: {path}").format(path=_icon_theme()),
    ]
    desktop = _desktop_folder()
    if desktop is not None:
        copy = desktop / ENTRY_NAME
        copy.write_bytes(entry)
        _trust(copy)
        lines.append(tr("On the desktop: {path}").format(path=copy))
    return lines


def remove() -> list[str]:
    """Remove what `install` made; return a line for each file that was there."""
    desktop = _desktop_folder()
    files = [_menu_entry(), *map(_icon_file, ICON_SIZES)]
    if desktop is not None:
        files.append(desktop / ENTRY_NAME)
    present = [file for file in files if file.exists()]
    for size in ICON_SIZES:
        _xdg("xdg-icon-resource", "uninstall", "--noupdate", "--size", str(size), APP_ID)
    _xdg("xdg-icon-resource", "forceupdate")
    _xdg("xdg-desktop-menu", "uninstall", ENTRY_NAME)
    for file in files:
        file.unlink(missing_ok=True)
    _tool(["update-desktop-database", str(_menu_entry().parent)])
    removed = [tr("Removed {path}").format(path=file) for file in present]
    return removed or [tr("There was no launcher to remove.")]


def desktop_entry(command: list[str], folder: Path) -> str:
    """The text of the .desktop file. Raises ValueError if it cannot hold the paths.

    https://specifications.freedesktop.org/desktop-entry-spec/latest/
    """
    for path in (*command, str(folder)):
        if any(unicodedata.category(character) in ("Cc", "Cs") for character in path):
            told = tr(
                "the path {path} has a character that a menu entry cannot hold; "
                "rename the folder and try again"
            )
            raise ValueError(told.format(path=repr(path)))
    if any(character in command[0] for character in "%="):
        # The specification forbids "=" in the program's name, and GLib looks for a program with
        # "%%" in its name before it turns that into "%". As an argument both are fine.
        command = ["/bin/sh", "-c", 'exec "$@"', "sh", *command]
    return "\n".join(
        [
            "[Desktop Entry]",
            "Type=Application",
            "Name=tkchat",
            "GenericName=Chat",
            "Comment=Chat with everybody in the room",
            # %u becomes the link that was opened, or nothing at all.
            f"Exec={_escape(' '.join(map(_quote, [*command, '--connect'])))} %u",
            f"MimeType=x-scheme-handler/{LINK_SCHEME};",
            f"Path={_escape(str(folder))}",
            f"Icon={APP_ID}",
            "Terminal=false",
            # Tk does not report that it has started; the first window of this class does it.
            "StartupNotify=true",
            f"StartupWMClass={WINDOW_CLASS}",
            "Categories=Network;InstantMessaging;Chat;",
            "Keywords=chat;message;talk;room;",
            "",
        ]
    )


def _quote(argument: str) -> str:
    """Quote one argument of Exec. What is escaped inside the quotes: " ` $ and the backslash."""
    for character in '\\"`$':
        argument = argument.replace(character, "\\" + character)
    return '"' + argument.replace("%", "%%") + '"'


def _escape(value: str) -> str:
    """Escape a value of type string, which Exec is too: on top of its quoting."""
    return value.replace("\\", "\\\\")


def _install_icons(temporary: Path) -> None:
    for size in ICON_SIZES:
        source = temporary / f"{size}.png"
        icon.draw(size).save(source)
        _xdg("xdg-icon-resource", "install", "--noupdate", "--size", str(size), str(source), APP_ID)
        _ensure(_icon_file(size), source.read_bytes())
    _xdg("xdg-icon-resource", "forceupdate")


def _ensure(file: Path, content: bytes) -> None:
    if not file.is_file() or file.read_bytes() != content:
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(content)


def _trust(file: Path) -> None:
    """Let a double click start the file: the executable bit, and what GNOME and Xfce want besides.

    Both desktops would otherwise ask first ("Allow launching"), so failing here is no error.
    """
    file.chmod(0o755)
    digest = hashlib.sha256(file.read_bytes()).hexdigest()
    _tool(["gio", "set", str(file), "metadata::trusted", "true"])
    _tool(["gio", "set", "-t", "string", str(file), "metadata::xfce-exe-checksum", digest])


def _xdg(tool: str, action: str, *arguments: str) -> None:
    options = [] if action == "forceupdate" else ["--novendor"]
    _tool([tool, action, *options, "--mode", "user", *arguments])


def _tool(command: list[str]) -> str:
    """Run a desktop tool and return what it printed; nothing if it is missing or has failed."""
    if shutil.which(command[0]) is None:
        return ""
    with contextlib.suppress(OSError, subprocess.SubprocessError):
        done = subprocess.run(
            command,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            check=True,
            text=True,
            errors="surrogateescape",
            timeout=TOOL_SECONDS,
        )
        return done.stdout
    return ""


def _desktop_folder() -> Path | None:
    """The folder that the desktop shows, or None if there is none."""
    # Without xdg-user-dir, or if it says nothing: the usual name.
    named = _tool(["xdg-user-dir", "DESKTOP"]).rstrip("\n")
    folder = Path(named) if named else Path.home() / "Desktop"
    # A desktop folder that is switched off is recorded as the home folder itself.
    return folder if folder.is_dir() and folder != Path.home() else None


def _data_home() -> Path:
    """$XDG_DATA_HOME; the specification says to ignore a relative one."""
    folder = Path(os.environ.get("XDG_DATA_HOME", ""))
    return folder if folder.is_absolute() else Path.home() / ".local" / "share"


def _menu_entry() -> Path:
    return _data_home() / "applications" / ENTRY_NAME


def _icon_theme() -> Path:
    return _data_home() / "icons" / "hicolor"


def _icon_file(size: int) -> Path:
    return _icon_theme() / f"{size}x{size}" / "apps" / f"{APP_ID}.png"
