"""One person's files on this computer: the settings, and where the rest lies."""

import json
import logging
import os
import threading
from dataclasses import asdict, dataclass, field, fields
from pathlib import Path
from typing import Any

from platformdirs import user_data_path

RECENT_ADDRESSES = 8

_log = logging.getLogger(__name__)


class ProfileError(Exception):
    """The profile's folder cannot be used; the text says which and why."""


@dataclass(slots=True)
class Settings:
    """What tkchat remembers from one start to the next.

    ``theme`` is ``system``, ``light`` or ``dark``; ``zoom`` is in percent; ``recent`` has the
    addresses joined, the last one first; ``host_here`` says that hosting was chosen last.
    """

    name: str = ""
    theme: str = "system"
    zoom: int = 100
    recent: list[str] = field(default_factory=list)
    host_here: bool = False
    window: str = ""  #: the chat window's size and place, as Tk writes it

    def remember_address(self, address: str) -> None:
        """Put ``address`` first among the recent ones."""
        others = [each for each in self.recent if each != address]
        self.recent = [address, *others][:RECENT_ADDRESSES]


class Profile:
    """The folder of one person's files; made on first use, for this person's eyes only.

    Raises:
        ProfileError: the folder cannot be made or read.
    """

    def __init__(self, folder: Path | None = None) -> None:
        self.folder = folder or user_data_path("tkchat", appauthor=False)
        self._saving = threading.Lock()
        self.problem = ""  #: what was wrong with the settings file, for a person to read
        try:
            self.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            self.settings = self._load()
        except OSError as error:
            raise ProfileError(
                f"The folder {self.folder} cannot be used: {error.strerror}. "
                "Choose another with --profile."
            ) from error

    @property
    def log_file(self) -> Path:
        """Where errors are logged."""
        return self.folder / "tkchat.log"

    @property
    def host_folder(self) -> Path:
        """Where a chat that is hosted from this profile keeps its files."""
        return self.folder / "host"

    def save(self) -> None:
        """Write the settings, whole or not at all; a failure is logged and loses nothing else.

        Waits for the disk, so it is not for Tk's thread. May be called from several.
        """
        with self._saving:
            self._write(json.dumps(asdict(self.settings), indent=2))  # ASCII: no text can fail

    def _write(self, text: str) -> None:
        new = self._settings_file.with_suffix(".new")
        try:
            with os.fdopen(
                os.open(new, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w", encoding="utf-8"
            ) as file:
                file.write(text)
                file.flush()
                os.fsync(file.fileno())
            new.replace(self._settings_file)
        except OSError as error:
            _log.warning("the settings could not be saved: %s", error)

    @property
    def _settings_file(self) -> Path:
        return self.folder / "settings.json"

    def _load(self) -> Settings:
        try:
            return _read(json.loads(self._settings_file.read_text("utf-8")))
        except FileNotFoundError:
            return Settings()
        except (ValueError, RecursionError) as error:  # the second for absurdly nested ones
            aside = self._settings_file.with_suffix(".broken.json")
            self._settings_file.replace(aside)
            self.problem = f"The settings could not be read ({error}). They are kept in {aside}."
            return Settings()


def _read(stored: Any) -> Settings:
    """Return settings from a file's content; what is unknown in it is left out.

    Raises:
        ValueError: it is not a settings file.
    """
    if not isinstance(stored, dict):
        raise ValueError("not a list of settings")
    settings = Settings()
    for known in fields(Settings):
        value = stored.get(known.name, getattr(settings, known.name))
        if type(value) is not type(getattr(settings, known.name)):
            raise ValueError(f"{known.name} is wrong")
        if isinstance(value, str):
            value = value.encode("utf-8", "replace").decode()  # no widget shows a lone surrogate
        setattr(settings, known.name, value)
    if not all(isinstance(address, str) for address in settings.recent):
        raise ValueError("recent is wrong")
    return settings
