"""Passwords as they are kept: hashed by Argon2id, which costs whoever guesses 64 MiB each."""

import logging
import threading
from collections.abc import Callable
from typing import TYPE_CHECKING, TypeVar

from precis_i18n import get_profile

from tkchat.wire.errors import RemoteError

if TYPE_CHECKING:
    from argon2 import PasswordHasher

MAX_PASSWORD_CHARS = 200

_T = TypeVar("_T")
_log = logging.getLogger(__name__)
_OPAQUE = get_profile("OpaqueString")  # RFC 8265, section 4: the same on every keyboard


class Passwords:
    """Hashes and verifies passwords, at most ``at_once`` of them at the same time.

    Both take about a tenth of a second, and so do not belong on the hub's thread.
    """

    def __init__(self, at_once: int, patience: float) -> None:
        self._free = threading.BoundedSemaphore(at_once)
        self._patience = patience

    def hash(self, password: str) -> str:
        """Return what to keep of ``password``, with a salt of its own.

        Raises:
            RemoteError: ``bad-line``, it cannot be a password; ``server-full``, too many wait.
        """
        return self._run(lambda hasher: hasher.hash(check_password(password)))

    def verify(self, hashed: str, password: str) -> bool:
        """Tell whether ``password`` is the one that ``hashed`` was made of.

        Raises:
            RemoteError: ``server-full``, too many wait.
        """

        def is_right(hasher: "PasswordHasher") -> bool:
            from argon2.exceptions import InvalidHashError, VerificationError

            try:
                return hasher.verify(hashed, check_password(password))
            except (VerificationError, InvalidHashError, RemoteError):
                return False

        return self._run(is_right)

    def _run(self, do: "Callable[[PasswordHasher], _T]") -> _T:
        try:
            from argon2 import PasswordHasher  # only where there are passwords
            from argon2.profiles import RFC_9106_LOW_MEMORY
        except OSError as error:  # there is no descriptor left to read it by
            _log.warning("no password can be checked: %s", error)
            raise _busy() from error
        if not self._free.acquire(timeout=self._patience):
            raise _busy()
        try:
            return do(PasswordHasher.from_parameters(RFC_9106_LOW_MEMORY))
        finally:
            self._free.release()


def _busy() -> RemoteError:
    return RemoteError("server-full", "Too many passwords wait to be checked: try again.")


def check_password(password: str) -> str:
    """Return ``password`` in its normal form (RFC 8265, OpaqueString).

    Raises:
        RemoteError: ``bad-line``.
    """
    if len(password) <= MAX_PASSWORD_CHARS:
        try:
            normal: str = _OPAQUE.enforce(password)
        except UnicodeEncodeError:
            normal = ""
        if normal:
            return normal
    why = f"A password has 1 to {MAX_PASSWORD_CHARS} characters, and none that cannot be seen."
    raise RemoteError("bad-line", why)
