"""Usernames and room names: which are allowed, and which are the same."""

from precis_i18n import get_profile

from tkchat.wire.errors import RemoteError
from tkchat.wire.limits import MAX_NAME_CHARS

SERVER = "SERVER"  #: whose name the host's own lines bear; nobody else may have it
GENERAL = "general"  #: the room that everybody begins in

_FORBIDDEN = "~@#/;"
_CASE_PRESERVED = get_profile("UsernameCasePreserved")
_CASE_MAPPED = get_profile("UsernameCaseMapped")


def check_name(name: str, what: str = "A username") -> str:
    """Return ``name`` in its normal form (RFC 8265, section 3.4: UsernameCasePreserved).

    ``what`` begins the sentence that says why a name is refused.

    Raises:
        RemoteError: ``bad-name``.
    """
    if not name:
        raise _bad(f"{what} cannot be empty.")
    if any(char.isspace() for char in name):
        raise _bad(f"{what} cannot have a space in it.")
    if len(name) > 4 * MAX_NAME_CHARS:  # before any work on it; composing shortens a name
        raise _bad(_too_long(what))
    try:
        normal: str = _CASE_PRESERVED.enforce(name)
        stable = _CASE_PRESERVED.enforce(normal) == normal
        key = name_key(normal)
    except UnicodeEncodeError as error:
        raise _bad(f"{what} cannot have {_culprit(error)} in it.") from error
    # After the profile, since it narrows wide characters: U+FF5E becomes the tilde.
    for char in _FORBIDDEN:
        if char in normal:
            raise _bad(f"{what} cannot have {char} in it.")
    if not stable:
        raise _bad(f"{what} cannot be written like that.")
    if len(normal) > MAX_NAME_CHARS:
        raise _bad(_too_long(what))
    if key == SERVER.lower():
        raise _bad(f"The name {SERVER} is the host's own.")
    return normal


def name_key(name: str) -> str:
    """Return what two names have in common if they are the same person or room.

    ``name`` is one that `check_name` returned (RFC 8265, section 3.3: UsernameCaseMapped).
    """
    key: str = _CASE_MAPPED.enforce(name)
    return key


def _bad(why: str) -> RemoteError:
    return RemoteError("bad-name", why)


def _too_long(what: str) -> str:
    return f"{what} has at most {MAX_NAME_CHARS} characters."


def _culprit(error: UnicodeEncodeError) -> str:
    char = error.object[error.start : error.start + 1]
    if char.isprintable() and char:
        return char
    return f"the character U+{ord(char):04X}" if char else "what it has"
