"""The chat that is hosted from this profile: at which port, and by which key it is known."""

import contextlib
from pathlib import Path

from tkchat import left_alone
from tkchat.client.host_key import is_fingerprint
from tkchat.net.identity import CERTIFICATE_FILE, BadCertificate, read_fingerprint

_PORT_FILE = "port"  # where it listens; of no meaning unless a process holds the folder


class OwnHost:
    """What the host's files in ``folder`` say; without a folder nobody hosts from here.

    Whoever has the key of that folder is this person's own host, wherever it answers. Any thread
    may call any method; all wait for the disk.
    """

    def __init__(self, folder: Path | None = None) -> None:
        self._folder = folder

    def note_port(self, port: int) -> None:
        """Remember where the host listens, for every window of this profile."""
        if self._folder is not None:
            with contextlib.suppress(OSError):  # then only by its key it is known
                (self._folder / _PORT_FILE).write_text(f"{port}\n", "ascii")

    def key_at(self, port: int) -> bytes:
        """Return the host's fingerprint if it runs at ``port`` of this computer; else empty."""
        if self._folder is None or self._port() != port or not left_alone.is_held(self._folder):
            return b""
        return self._fingerprint()

    def has(self, host_key: bytes) -> bool:
        """Tell whether who has shown this key, see `host_key`, is the own host."""
        return is_fingerprint(host_key) and host_key == self._fingerprint()

    def _port(self) -> int | None:
        try:
            return int((self._folder / _PORT_FILE).read_text("ascii")) if self._folder else None
        except (OSError, ValueError):
            return None

    def _fingerprint(self) -> bytes:
        """Return the fingerprint of the host's key; empty if there is none."""
        if self._folder is None:
            return b""
        try:
            return read_fingerprint(self._folder / CERTIFICATE_FILE)
        except (OSError, BadCertificate):
            return b""
