"""What the tests of secrets share: secrets, a host with a password, and where to look."""

import contextlib
import stat
import sys
from collections.abc import Collection, Iterator, Mapping
from pathlib import Path

from tests.support import ServerProcess
from tkchat.server.host_code import HOST_CODE_FILE

# Marked, so that a part of one is found as well.
CHAT, NEW_CHAT, OWN, WRONG = (f"{word}-qvzk{word}" for word in ("chat", "renewed", "own", "wrong"))


@contextlib.contextmanager
def server_process(folder: Path, *arguments: str) -> Iterator[ServerProcess]:
    """Run a host whose password is in a file of the folder above its own."""
    secret = folder.parent / "password.txt"
    secret.write_text(f"{CHAT}\nand no more\n", "utf-8")
    with ServerProcess("--data", str(folder), *arguments) as process:
        yield process


def host_code(folder: Path) -> str:
    """Return the code of the host whose files are in ``folder``."""
    return (folder / HOST_CODE_FILE).read_text("ascii").strip()


def read_all(folder: Path) -> dict[str, bytes]:
    """Return all files in ``folder`` by name; every one of them is its owner's alone."""
    files = [path for path in folder.rglob("*") if path.is_file()]
    if sys.platform != "win32":
        modes = {path.name: stat.S_IMODE(path.stat().st_mode) for path in files}
        assert {name: mode for name, mode in modes.items() if mode & 0o077} == {}
    return {path.name: path.read_bytes() for path in files}


def shown_of(process_id: int) -> dict[str, bytes]:
    """Return what everybody on the computer can see of a process, on Linux."""
    if sys.platform != "linux":
        return {}
    proc = Path("/proc") / str(process_id)
    return {f"{name} of a process": (proc / name).read_bytes() for name in ("cmdline", "environ")}


def found_in(
    written: Mapping[str, bytes], secrets: Collection[str], where_it_is_kept: str, kept: str
) -> list[tuple[str, str]]:
    """Return where which of ``secrets`` is; one is kept in files that begin with a name."""
    assert all(secrets)
    return [
        (where, secret)
        for where, data in written.items()
        for secret in secrets
        if secret.encode() in data and not (secret == kept and where.startswith(where_it_is_kept))
    ]
