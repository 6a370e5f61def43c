"""The launcher on Windows: two shortcuts and the handler of links, written by PowerShell.

Never yet run on Windows: the tests cover only the text of the scripts.
"""

import base64
import os
import subprocess
from pathlib import Path, PurePath

from tkchat.desktop import icon
from tkchat.i18n import tr

# The shell's names of the folders that hold the start menu's programs and the desktop's icons.
_FOLDERS = "'Programs', 'Desktop'"

# Where Windows looks for the program that opens tkchat:// links, for this person only.
_LINKS = r"'HKCU:\Software\Classes\tkchat'"

# Without a console the encoding cannot be set, and that alone must not stop the script.
_PREAMBLE = """[Console]::OutputEncoding = [Text.Encoding]::UTF8
$ErrorActionPreference = 'Stop'"""


def install(command: list[str], folder: Path) -> list[str]:
    """Write the shortcuts into the start menu and onto the desktop; return what was done.

    Raises OSError, or subprocess.SubprocessError if PowerShell fails.
    """
    image = _icon_file()
    image.parent.mkdir(parents=True, exist_ok=True)
    icon.write_ico(image)
    paths = _powershell(install_script(command, folder, image))
    return [tr("Shortcut: {path}").format(path=path) for path in paths]


def remove() -> list[str]:
    """Remove what `install` made; return a line for each shortcut that was there."""
    removed = [tr("Removed {path}").format(path=path) for path in _powershell(remove_script())]
    _icon_file().unlink(missing_ok=True)
    return removed or [tr("There was no launcher to remove.")]


def install_script(command: list[str], folder: PurePath, image: PurePath) -> str:
    """The PowerShell text that writes the shortcuts and prints their paths."""
    return f"""{_PREAMBLE}
$shell = New-Object -ComObject WScript.Shell
foreach ($name in {_FOLDERS}) {{
    $path = Join-Path ([Environment]::GetFolderPath($name)) 'tkchat.lnk'
    $link = $shell.CreateShortcut($path)
    $link.TargetPath = {quoted(command[0])}
    $link.Arguments = {quoted(subprocess.list2cmdline(command[1:]))}
    $link.WorkingDirectory = {quoted(str(folder))}
    $link.IconLocation = {quoted(f"{image},0")}
    $link.Description = 'Chat with everybody in the room'
    $link.Save()
    $path
}}
$key = {_LINKS}
New-Item -Path "$key\\shell\\open\\command" -Force | Out-Null
Set-ItemProperty -LiteralPath $key -Name '(default)' -Value 'URL:tkchat'
Set-ItemProperty -LiteralPath $key -Name 'URL Protocol' -Value ''
$open = {quoted(f'{subprocess.list2cmdline(command)} --connect "%1"')}
Set-ItemProperty -LiteralPath "$key\\shell\\open\\command" -Name '(default)' -Value $open
"""


def remove_script() -> str:
    """The PowerShell text that removes the shortcuts and prints the paths of those it found."""
    return f"""{_PREAMBLE}
foreach ($name in {_FOLDERS}) {{
    $path = Join-Path ([Environment]::GetFolderPath($name)) 'tkchat.lnk'
    if (Test-Path -LiteralPath $path) {{ Remove-Item -LiteralPath $path; $path }}
}}
$key = {_LINKS}
if (Test-Path -LiteralPath $key) {{ Remove-Item -LiteralPath $key -Recurse }}
"""


def quoted(text: str) -> str:
    """A PowerShell string literal. PowerShell takes typographic single quotes for quotes too."""
    for quote in "'\N{LEFT SINGLE QUOTATION MARK}\N{RIGHT SINGLE QUOTATION MARK}\u201a\u201b":
        text = text.replace(quote, quote * 2)
    return f"'{text}'"


def powershell_command(script: str) -> list[str]:
    """The arguments that run a script, encoded so that no shell or code page can alter it."""
    encoded = base64.b64encode(script.encode("utf-16-le")).decode()
    return ["powershell", "-NoProfile", "-NonInteractive", "-EncodedCommand", encoded]


def _powershell(script: str) -> list[str]:
    done = subprocess.run(
        powershell_command(script),
        stdin=subprocess.DEVNULL,
        capture_output=True,
        check=True,
        text=True,
        encoding="utf-8-sig",
        timeout=60,
    )
    return done.stdout.splitlines()


def _icon_file() -> Path:
    return Path(os.environ["LOCALAPPDATA"], "tkchat", "launcher.ico")
