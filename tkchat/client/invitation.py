"""What people type to say where a chat is: an address, a join code or a link."""

from dataclasses import dataclass

from tkchat.i18n import tr
from tkchat.net.address import Address, parse_address
from tkchat.wire.join_code import LINK, BadJoinCode, CodeProblem, decode

_LEAST_CODE_CHARS = (
    20  # no computer's name in a network is so long, and nothing but a code's digits
)


@dataclass(frozen=True, slots=True)
class Invitation:
    """Where a chat is; ``key`` is how its host's fingerprint begins, empty if that is unknown."""

    address: Address
    key: bytes = b""


def read_invitation(written: str) -> Invitation:
    """Read an address, a join code or a ``tkchat://`` link.

    Raises:
        ValueError: with what is wrong, for a person to read.
    """
    text = written.strip()
    try:
        code = decode(text)
    except BadJoinCode as error:
        if not _is_meant_as_code(text):
            return Invitation(parse_address(text))
        raise ValueError(_in_words(error)) from error
    return Invitation(Address(code.host, code.port), code.key)


def _is_meant_as_code(text: str) -> bool:
    if text.lower().startswith(LINK):
        return True
    digits = [char for char in text if char.isalnum()]
    return len(digits) >= _LEAST_CODE_CHARS and not set(text) & set(".:[]/@")


def _in_words(error: BadJoinCode) -> str:
    match error.problem:
        case CodeProblem.CHARACTER:
            told = tr("No join code has the character {char} in it. Please look at it again.")
            return told.format(char=error.char)
        case CodeProblem.TOO_SHORT:
            return tr("That join code is too short: something is missing.")
        case CodeProblem.TOO_LONG:
            return tr("That join code is too long: there is something besides it.")
        case CodeProblem.MISTYPED:
            return tr("Something in that join code is mistyped. Please compare it once more.")
        case CodeProblem.NEWER:
            return tr("That join code is of a newer tkchat. Please install that one.")
