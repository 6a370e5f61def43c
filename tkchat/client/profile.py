"""One person's files on this computer: the settings, and where the rest lies."""

import logging
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from platformdirs import user_data_path

from tkchat.client.settings import Settings, SettingsFile
from tkchat.folder_lock import FolderInUse, FolderLock
from tkchat.i18n import tr

LOCK_SECONDS = 1.0  #: longest wait for another window that saves
LOCK_PAUSE = 0.01

_log = logging.getLogger(__name__)


class ProfileError(Exception):
    """The profile's folder cannot be used; the text says which and why."""


class Profile:
    """The folder of one person's files; made on first use, for this person's eyes only.

    Raises:
        ProfileError: the folder cannot be made or read.
    """

    def __init__(self, folder: Path | None = None) -> None:
        self.folder = folder or user_data_path("tkchat", appauthor=False)
        self._saving = threading.Lock()
        self.settings: Settings
        self.problem: str  #: what is wrong with the settings file, for a person to read; or empty
        try:
            self.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            self._file = SettingsFile(self.folder / "settings.json")
            self.settings, problems = self._file.read()
            self.problem = " ".join(problems)
        except OSError as error:
            said = tr("The folder {folder} cannot be used: {why}. Choose another with --profile.")
            raise ProfileError(said.format(folder=self.folder, why=error.strerror)) from error

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
        with self._saving, _held(self.folder):
            try:
                self._file.write(self.settings)
            except OSError as error:
                _log.warning("the settings could not be saved: %s", error)


@contextmanager
def _held(folder: Path) -> Iterator[None]:
    """Keep other processes from saving at the same time, if that can be had soon."""
    until = time.monotonic() + LOCK_SECONDS
    lock = None
    while lock is None and time.monotonic() < until:
        try:
            lock = FolderLock(folder)
        except FolderInUse:
            time.sleep(LOCK_PAUSE)
        except OSError:  # the folder is gone, or the disk is full
            break
    try:
        yield
    finally:
        if lock is not None:
            lock.release()
