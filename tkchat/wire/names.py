"""Usernames and room names: which are allowed, and which are the same."""

import unicodedata
from enum import Enum
from functools import lru_cache

from precis_i18n import get_profile

from tkchat.wire.errors import RemoteError
from tkchat.wire.limits import MAX_NAME_CHARS

SERVER = "SERVER"  #: whose name the host's own lines bear; nobody else may have it
GENERAL = "general"  #: the room that everybody begins in

# The profile takes some 100 µs, and the same few names come with every message. A name that is not
# allowed is not remembered, so that what is has no more than four times the longest one's length.
_REMEMBERED = 4_096
_FORBIDDEN = "~@#/;"
_CASE_PRESERVED = get_profile("UsernameCasePreserved")
_CASE_MAPPED = get_profile("UsernameCaseMapped")


class NameProblem(Enum):
    """What is wrong with a name."""

    EMPTY = "{what} cannot be empty."
    SPACE = "{what} cannot have a space in it."
    CHARACTER = "{what} cannot have {char} in it."
    FORM = "{what} cannot be written like that."
    TOO_LONG = "{what} has at most {most} characters."
    RESERVED = "The name {server} is the host's own."


class BadName(RemoteError):
    """A name is not allowed: ``bad-name``. ``char`` is what cannot be in it."""

    def __init__(self, problem: NameProblem, what: str, char: str = "") -> None:
        why = problem.value.format(what=what, char=char, most=MAX_NAME_CHARS, server=SERVER)
        super().__init__("bad-name", why)
        self.problem = problem
        self.char = char


@lru_cache(_REMEMBERED)
def check_name(name: str, what: str = "A username") -> str:
    """Return ``name`` in its normal form (RFC 8265, section 3.4: UsernameCasePreserved).

    ``what`` begins the sentence that says why a name is refused.

    Raises:
        BadName: it is not allowed.
    """
    if not name:
        raise BadName(NameProblem.EMPTY, what)
    if any(char.isspace() for char in name):
        raise BadName(NameProblem.SPACE, what)
    # Before the profile, which takes its time. What it allows is as long as this normal form.
    is_short = len(name) <= 4 * MAX_NAME_CHARS
    if not is_short or len(unicodedata.normalize("NFKC", name)) > MAX_NAME_CHARS:
        raise BadName(NameProblem.TOO_LONG, what)
    try:
        normal = _case_preserved(name)
        stable = _case_preserved(normal) == normal
        key = name_key(normal)
    except UnicodeEncodeError as error:
        raise BadName(NameProblem.CHARACTER, what, _culprit(error)) from error
    # After the profile, since it narrows wide characters: U+FF5E becomes the tilde.
    for char in _FORBIDDEN:
        if char in normal:
            raise BadName(NameProblem.CHARACTER, what, char)
    if not stable:
        raise BadName(NameProblem.FORM, what)
    if len(normal) > MAX_NAME_CHARS:
        raise BadName(NameProblem.TOO_LONG, what)
    if key == SERVER.lower():
        raise BadName(NameProblem.RESERVED, what)
    return normal


@lru_cache(_REMEMBERED)
def name_key(name: str) -> str:
    """Return what two names have in common if they are the same person or room.

    ``name`` is one that `check_name` returned (RFC 8265, section 3.3: UsernameCaseMapped).
    """
    if _is_ascii(name):
        return name.lower()
    key: str = _CASE_MAPPED.enforce(name)
    return key


def _case_preserved(name: str) -> str:
    if _is_ascii(name):
        return name
    normal: str = _CASE_PRESERVED.enforce(name)
    return normal


def _is_ascii(name: str) -> bool:
    """Whether it is all ASCII7 (RFC 8264, section 9.11), which the profiles let be as it is."""
    return name.isascii() and name.isprintable() and " " not in name


def _culprit(error: UnicodeEncodeError) -> str:
    char = error.object[error.start : error.start + 1]
    if char.isprintable() and char:
        return char
    return f"the character U+{ord(char):04X}" if char else "what it has"
