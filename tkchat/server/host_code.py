"""The code that proves who hosts a chat: in a file that only they can read."""

import hashlib
import os
import secrets
from pathlib import Path

from tkchat.server import moderation
from tkchat.server.hub import Hub
from tkchat.server.log_records import NOT_STORED, LogError
from tkchat.wire.errors import RemoteError

HOST_CODE_FILE = "host-code"
_MIN_CHARS = 20


def host_code(folder: Path) -> str:
    """Return the code of the chat whose files are in ``folder``; make one if there is none.

    Raises:
        LogError: the file cannot be read or written.
    """
    path = folder / HOST_CODE_FILE
    try:
        return _read(path) or _make(path)
    except OSError as error:
        why = error.strerror or str(error)
        raise LogError(f"The file {path} cannot be used: {why}.") from error


def end_former_hosts(hub: Hub, code: str) -> None:
    """Take the role from all whom another code than ``code`` made the host.

    Raises:
        LogError: that cannot be stored.
    """
    hashed = hashlib.sha256(code.encode()).hexdigest()
    try:
        hub.ask(lambda chat: moderation.note_host_code(chat, hashed))
        if hub.ask(lambda chat: chat.order.host_code_hash) != hashed:
            raise LogError(NOT_STORED)
    except RemoteError as error:
        raise LogError(str(error)) from error


def _read(path: Path) -> str:
    try:
        code = path.read_text("ascii").strip()
    except (FileNotFoundError, UnicodeDecodeError):
        return ""
    return code if len(code) >= _MIN_CHARS else ""


def _make(path: Path) -> str:
    code = secrets.token_hex(16)
    new = path.with_name(f"{path.name}.new")
    new.unlink(missing_ok=True)
    with os.fdopen(os.open(new, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
        file.write(f"{code}\n")
        file.flush()
        os.fsync(file.fileno())
    new.replace(path)
    return code
