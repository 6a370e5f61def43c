"""The join code: where a host is and which key it has, short enough to be read aloud."""

import ipaddress
from dataclasses import dataclass
from enum import Enum

from tkchat.wire.errors import WireError

USUAL_PORT = 12345  #: the one that takes no room in a code
KEY_BYTES = 10  #: of the fingerprint that are in a code: 80 bits
LINK = "tkchat://"
_SCHEME = "tkchat:"
_HYPHENS = (
    "-\N{HYPHEN}\N{NON-BREAKING HYPHEN}\N{EN DASH}\N{EM DASH}"  # which programs put in its place
)

_DIGITS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"  # Crockford's base32: no I, L, O and U
_VALUES = {char: value for value, char in enumerate(_DIGITS)} | {"O": 0, "I": 1, "L": 1}
_DIGIT_BITS = 5
_GROUP = 4
_VERSION = 1
_IPV6 = 1  # flags in the header's lower half
_HAS_PORT = 2
_CHECK_DIGITS = 2
_CHECK_BITS = _CHECK_DIGITS * _DIGIT_BITS
_CHECK_POLYNOMIAL = 0x633  # CRC-10/ATM: x^10 + x^9 + x^5 + x^4 + x + 1
_CHECK_START = 0x3FF
_MOST_CHARS = 200  # far more than a code has, with all its hyphens


@dataclass(frozen=True, slots=True)
class JoinCode:
    """What a code says: ``host`` is a numeric address, ``key`` how the fingerprint begins."""

    host: str
    port: int
    key: bytes


class CodeProblem(Enum):
    """What is wrong with a code."""

    CHARACTER = "it has a character that no code has"
    TOO_SHORT = "it is too short: something is missing"
    TOO_LONG = "it is too long"
    MISTYPED = "something in it is mistyped"
    NEWER = "it is of a newer tkchat"


class BadJoinCode(WireError):
    """What was typed is no join code, for ``problem``; ``char`` is what no code has."""

    def __init__(self, problem: CodeProblem, char: str = "") -> None:
        super().__init__(f"That is no join code: {problem.value}.")
        self.problem = problem
        self.char = char


def encode(code: JoinCode) -> str:
    """Return the code as it is shown: upper case, in groups of four.

    Raises:
        ValueError: the host is no numeric address, the port none, or the key of another length.
    """
    address = ipaddress.ip_address(code.host)
    if not 0 < code.port < 65_536 or len(code.key) != KEY_BYTES or "%" in code.host:
        raise ValueError(f"{code} does not fit into a join code")
    has_port = code.port != USUAL_PORT
    header = _VERSION << 4 | _IPV6 * (address.version == 6) | _HAS_PORT * has_port
    port = code.port.to_bytes(2, "big") if has_port else b""
    data = bytes([header]) + address.packed + port + code.key
    digits = _to_digits(data)
    check = _check(digits)
    text = "".join(_DIGITS[digit] for digit in [*digits, check >> _DIGIT_BITS, check & 31])
    return "-".join(text[at : at + _GROUP] for at in range(0, len(text), _GROUP))


def link(code: JoinCode) -> str:
    """Return the code as a link, which opens tkchat where it is installed.

    Raises:
        ValueError: as `encode`.
    """
    return LINK + encode(code)


def decode(text: str) -> JoinCode:
    """Read a code, or a link with one, as people type and paste it.

    Raises:
        BadJoinCode: it is none; says what is wrong.
    """
    digits = _read(text)
    if _check(digits) != 0:
        raise BadJoinCode(_why_not(len(digits)))
    data, padding = _to_bytes(digits[:-_CHECK_DIGITS])
    if not data:
        raise BadJoinCode(CodeProblem.TOO_SHORT)
    version, flags = divmod(data[0], 16)
    if version != _VERSION or flags & ~(_IPV6 | _HAS_PORT):
        raise BadJoinCode(CodeProblem.NEWER)
    if len(data) != _size(flags):
        raise BadJoinCode(_why_not(len(digits)))
    end_of_host = 17 if flags & _IPV6 else 5
    host = str(ipaddress.ip_address(data[1:end_of_host]))
    port = int.from_bytes(data[end_of_host:-KEY_BYTES], "big") or USUAL_PORT
    code = JoinCode(host, port, data[-KEY_BYTES:])
    if padding or bool(flags & _HAS_PORT) != (port != USUAL_PORT):
        raise BadJoinCode(CodeProblem.MISTYPED)  # each code is written in one way only
    return code


def _read(text: str) -> list[int]:
    """Return the values of the digits in ``text``, whatever stands between them."""
    if len(text) > _MOST_CHARS:
        raise BadJoinCode(CodeProblem.TOO_LONG)
    written = "".join(text.split())
    if written[: len(_SCHEME)].lower() == _SCHEME:
        written = written[len(_SCHEME) :].strip("/")
    digits = []
    for char in written:
        if char in _HYPHENS:
            continue
        value = _VALUES.get(char.upper() if char.isascii() else char)
        if value is None:
            raise BadJoinCode(CodeProblem.CHARACTER, char)
        digits.append(value)
    return digits


def _size(flags: int) -> int:
    """Return how many bytes a code with these flags stands for."""
    return 1 + (16 if flags & _IPV6 else 4) + (2 if flags & _HAS_PORT else 0) + KEY_BYTES


def _why_not(count: int) -> CodeProblem:
    """Say what is wrong with a code of so many digits that does not fit its check digits."""
    lengths = [-(-_size(flags) * 8 // _DIGIT_BITS) + _CHECK_DIGITS for flags in range(4)]
    if count in lengths:
        return CodeProblem.MISTYPED
    return CodeProblem.TOO_LONG if count > max(lengths) else CodeProblem.TOO_SHORT


def _check(digits: list[int]) -> int:
    """Return the remainder of a cyclic redundancy check, 0 over digits with their check digits.

    It catches whatever changes no more than ten bits in a row: any one wrong digit, and any two
    neighbours that were swapped.
    """
    remainder = _CHECK_START
    for digit in digits:
        remainder ^= digit << _CHECK_BITS - _DIGIT_BITS
        for _ in range(_DIGIT_BITS):
            remainder <<= 1
            if remainder >> _CHECK_BITS:
                remainder ^= _CHECK_POLYNOMIAL
    return remainder


def _to_digits(data: bytes) -> list[int]:
    """Return ``data`` in pieces of five bits, filled up with zeros."""
    count = -(-len(data) * 8 // _DIGIT_BITS)
    number = int.from_bytes(data, "big") << count * _DIGIT_BITS - len(data) * 8
    return [number >> _DIGIT_BITS * at & 31 for at in reversed(range(count))]


def _to_bytes(digits: list[int]) -> tuple[bytes, int]:
    """Return the whole bytes that ``digits`` make, and what is left over."""
    size, left = divmod(len(digits) * _DIGIT_BITS, 8)
    number = 0
    for digit in digits:
        number = number << _DIGIT_BITS | digit
    return (number >> left).to_bytes(size, "big"), number & (1 << left) - 1
