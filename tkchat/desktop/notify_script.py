"""Notifications on macOS and Windows, by scripts that are handed the words, not made of them.

Never yet run there: the tests run the commands with stand-ins for the systems' programs.
"""

import hashlib
import os
import subprocess
import sys

from tkchat.desktop.windows import powershell_command

SECONDS = 15.0
"""How long a script may take; PowerShell needs a second or two."""

_APPLE_SCRIPT = """on run argv
display notification (item 3 of argv) with title (item 2 of argv)
end run"""

_WINRT = "Windows.UI.Notifications, ContentType = WindowsRuntime"

# Only a program that is in the start menu may show notifications: PowerShell is there everywhere.
_POWERSHELL = f"""$ErrorActionPreference = 'Stop'
$null = [Windows.UI.Notifications.ToastNotificationManager, {_WINRT}]
$null = [Windows.UI.Notifications.ToastNotification, {_WINRT}]
$manager = [Windows.UI.Notifications.ToastNotificationManager]
$app = '{{1AC14E77-02E7-4E5D-B744-2EB1AE5198B7}}\\WindowsPowerShell\\v1.0\\powershell.exe'
$xml = $manager::GetTemplateContent('ToastText02')
$texts = $xml.GetElementsByTagName('text')
$null = $texts.Item(0).AppendChild($xml.CreateTextNode($env:TKCHAT_TITLE))
$null = $texts.Item(1).AppendChild($xml.CreateTextNode($env:TKCHAT_TEXT))
$audio = $xml.CreateElement('audio')
$audio.SetAttribute('silent', 'true')
$null = $xml.DocumentElement.AppendChild($audio)
$toast = [Windows.UI.Notifications.ToastNotification]::new($xml)
$toast.Tag = $env:TKCHAT_TAG
$toast.Group = 'tkchat'
$manager::CreateToastNotifier($app).Show($toast)
"""


class MacPopups:
    """Notifications by ``osascript``; macOS tells nobody of clicks on those."""

    def show(self, key: str, title: str, text: str) -> None:
        """Show a notification.

        Raises:
            OSError, subprocess.SubprocessError: it was not shown.
        """
        # The first argument ends the options, so that a title may look like one.
        _run(["osascript", "-e", _APPLE_SCRIPT, key, title, text], {})

    def withdraw(self, key: str) -> None:
        """Do nothing: it goes by itself."""

    def close(self) -> None:
        """Do nothing: they go by themselves."""


class WindowsPopups:
    """Notifications by PowerShell; the words are in its environment."""

    def show(self, key: str, title: str, text: str) -> None:
        """Show a notification in place of the last one with this ``key``.

        Raises:
            OSError, subprocess.SubprocessError: it was not shown.
        """
        tag = hashlib.sha256(key.encode()).hexdigest()[:16]  # no longer: older Windows refuse it
        words = {"TKCHAT_TITLE": title, "TKCHAT_TEXT": text, "TKCHAT_TAG": tag}
        _run(powershell_command(_POWERSHELL), words)

    def withdraw(self, key: str) -> None:
        """Do nothing: it goes by itself."""

    def close(self) -> None:
        """Do nothing: they go by themselves."""


def _run(command: list[str], more: dict[str, str]) -> None:
    flags = 0
    if sys.platform == "win32":
        flags = subprocess.CREATE_NO_WINDOW  # else a console flashes up
    subprocess.run(
        command,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        check=True,
        env={**os.environ, **more},
        timeout=SECONDS,
        creationflags=flags,
    )
