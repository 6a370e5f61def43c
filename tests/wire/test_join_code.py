"""Join codes: what they say, and that a slip of the finger never leads anywhere else."""

import contextlib
import ipaddress
import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.support import CHECKOUT
from tkchat.net.address import DEFAULT_PORT
from tkchat.wire.join_code import (
    KEY_BYTES,
    USUAL_PORT,
    BadJoinCode,
    CodeProblem,
    JoinCode,
    decode,
    encode,
    link,
)

KEY = bytes.fromhex("b5c9a7015f3e20d4881c")
DIGITS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"

codes = st.builds(
    JoinCode,
    st.ip_addresses().map(str).filter(lambda host: "%" not in host),
    st.integers(1, 65_535),
    st.binary(min_size=KEY_BYTES, max_size=KEY_BYTES),
)


def problem_of(text: str) -> CodeProblem:
    with pytest.raises(BadJoinCode) as found:
        decode(text)
    return found.value.problem


def test_the_format_is_as_documented() -> None:
    """Computed by hand from docs/protocol.md; a code that was written down is good for ever."""
    header, host = 0b0001_0000, ipaddress.ip_address("192.168.1.20").packed
    bits = "".join(f"{byte:08b}" for byte in bytes([header]) + host + KEY)
    remainder = 0b11_1111_1111
    for bit in bits:
        is_out = (remainder >> 9) ^ int(bit)
        remainder = (remainder << 1) & 0b11_1111_1111
        if is_out:
            remainder ^= 0b10_0011_0011
    bits += f"{remainder:010b}"
    digits = "".join(DIGITS[int(bits[at : at + 5], 2)] for at in range(0, len(bits), 5))
    written = "-".join(digits[at : at + 4] for at in range(0, len(digits), 4))
    assert encode(JoinCode("192.168.1.20", 12345, KEY)) == written


def test_the_example_of_the_documentation() -> None:
    code = JoinCode("192.168.1.20", 12345, bytes(range(10)))
    assert encode(code) == "230A-G08M-000G-40R4-0M30-E209-VF"
    text = (CHECKOUT / "docs" / "protocol.md").read_text(encoding="utf-8")
    assert encode(code) in text


def test_the_usual_port_is_the_one_of_the_program() -> None:
    assert USUAL_PORT == DEFAULT_PORT


def test_how_long_codes_are() -> None:
    for host, port, length in [
        ("192.168.1.20", 12345, 26),
        ("192.168.1.20", 80, 30),
        ("fe80::1", 12345, 46),
        ("fe80::1", 80, 49),
    ]:
        code = encode(JoinCode(host, port, KEY))
        assert len(code.replace("-", "")) == length


@given(codes)
def test_a_code_says_what_was_put_in(code: JoinCode) -> None:
    text = encode(code)
    assert decode(text) == code
    assert decode(link(code)) == code
    assert set(text) <= {*DIGITS, "-"}


def test_a_code_may_be_typed_in_any_way() -> None:
    code = JoinCode("192.168.1.20", 12345, KEY)
    text = encode(code)
    for typed in (
        text.lower(),
        text.replace("-", ""),
        text.replace("-", " - "),
        f"  {text}\n",
        text.replace("-", "\N{EN DASH}"),
        text.replace("0", "O").replace("1", "l"),
        text.replace("0", "o").replace("1", "I"),
        f"TKCHAT://{text}/",
        f"tkchat:{text.lower()}",
    ):
        assert decode(typed) == code


@pytest.mark.parametrize("port", [12345, 80])
@pytest.mark.parametrize("host", ["192.168.1.20", "0.0.0.0", "2001:db8::7"])
def test_any_one_wrong_character_is_caught(host: str, port: int) -> None:
    text = encode(JoinCode(host, port, KEY)).replace("-", "")
    for at, right in enumerate(text):
        for wrong in DIGITS.replace(right, ""):
            assert problem_of(text[:at] + wrong + text[at + 1 :]) is CodeProblem.MISTYPED


@given(codes)
def test_any_two_swapped_neighbours_are_caught(code: JoinCode) -> None:
    text = encode(code).replace("-", "")
    for at in range(len(text) - 1):
        swapped = text[:at] + text[at + 1] + text[at] + text[at + 2 :]
        if swapped != text:
            assert problem_of(swapped) is CodeProblem.MISTYPED


@given(codes)
def test_a_missing_or_doubled_character_is_caught(code: JoinCode) -> None:
    text = encode(code).replace("-", "")
    for at in range(len(text)):
        with pytest.raises(BadJoinCode):
            decode(text[:at] + text[at + 1 :])
        with pytest.raises(BadJoinCode):
            decode(text[:at] + text[at] + text[at:])


def test_any_two_wrong_characters_are_nearly_always_caught() -> None:
    chance = random.Random(1)
    text = encode(JoinCode("192.168.1.20", 12345, KEY)).replace("-", "")
    missed = 0
    for _ in range(5_000):
        wrong = list(text)
        for at in chance.sample(range(len(text)), 2):
            wrong[at] = chance.choice(DIGITS.replace(text[at], ""))
        try:
            decode("".join(wrong))
        except BadJoinCode:
            continue
        missed += 1
    assert missed < 25  # one in a thousand is expected


def test_what_is_wrong_is_said() -> None:
    text = encode(JoinCode("192.168.1.20", 12345, KEY))
    assert problem_of("") is CodeProblem.TOO_SHORT
    assert problem_of("tkchat://") is CodeProblem.TOO_SHORT
    assert problem_of("22") is CodeProblem.TOO_SHORT
    assert problem_of(text[:10]) is CodeProblem.TOO_SHORT
    assert problem_of(text * 2) is CodeProblem.TOO_LONG
    assert problem_of("2" * 100_000) is CodeProblem.TOO_LONG
    for char in ("U", "u", "é", "\0", "ſ", "ı", "٣", "/"):  # as capitals some would be digits
        with pytest.raises(BadJoinCode) as found:
            decode(f"{text[:5]}{char}{text[5:]}")
        assert found.value.problem is CodeProblem.CHARACTER
        assert found.value.char == char


@given(st.text(alphabet=DIGITS, min_size=2, max_size=60))
def test_each_code_has_one_spelling(text: str) -> None:
    try:
        code = decode(text)
    except BadJoinCode:
        return
    assert encode(code).replace("-", "") == text


@given(st.text())
def test_anything_else_is_refused_in_peace(text: str) -> None:
    with contextlib.suppress(BadJoinCode):
        decode(text)


@pytest.mark.parametrize(
    "code",
    [
        JoinCode("classroom-pc", 12345, KEY),
        JoinCode("fe80::1%eth0", 12345, KEY),
        JoinCode("192.168.1.20", 0, KEY),
        JoinCode("192.168.1.20", 65_536, KEY),
        JoinCode("192.168.1.20", 12345, KEY[:-1]),
    ],
)
def test_what_does_not_fit_into_a_code(code: JoinCode) -> None:
    with pytest.raises(ValueError):  # noqa: PT011 (of a numeric address too, which says more)
        encode(code)
