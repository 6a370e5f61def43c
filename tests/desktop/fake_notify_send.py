"""A ``notify-send`` that writes down what it is told, and waits to be clicked like the real one."""

from pathlib import Path

from tests.desktop.support import program

# Like version 0.8: prints the id, waits, closes its notification on SIGINT.
_SCRIPT = """
{{ printf '%s\\0' "$@"; printf '\\001'; }} >> "{folder}/calls"
trap 'echo "$$" >> "{folder}/closed"; exit 0' INT
echo 42
while ! [ -e "{folder}/click" ]; do /bin/sleep 0.02; done
echo default
"""
# Version 0.7.9: knows neither --print-id nor --action.
_OLD = """
case "$*" in *--print-id*) echo 'Unknown option --print-id' >&2; exit 1;; esac
{{ printf '%s\\0' "$@"; printf '\\001'; }} >> "{folder}/calls"
"""


class FakeNotifySend:
    """The program in ``folder``, which is to be on the PATH, and what it was told."""

    def __init__(self, folder: Path, *, is_old: bool = False) -> None:
        self._folder = folder
        script = _OLD if is_old else _SCRIPT
        program(folder, "notify-send", script.format(folder=folder))

    @property
    def calls(self) -> list[list[str]]:
        """The arguments of each call that was made so far."""
        file = self._folder / "calls"
        text = file.read_bytes().decode() if file.exists() else ""
        return [call.split("\0")[:-1] for call in text.split("\001")[:-1]]

    @property
    def words(self) -> list[list[str]]:
        """Title and text of each call."""
        return [call[call.index("--") + 1 :] for call in self.calls]

    @property
    def closed(self) -> int:
        """How many notifications were closed by their process."""
        file = self._folder / "closed"
        return len(file.read_text().split()) if file.exists() else 0

    def click(self) -> None:
        """Click on every notification that is on the screen."""
        (self._folder / "click").touch()
