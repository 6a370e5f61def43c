"""What people type to say where a chat is."""

import pytest

from tkchat.client.invitation import Invitation, read_invitation
from tkchat.net.address import Address
from tkchat.wire.join_code import JoinCode, encode, link

CODE = JoinCode("192.168.1.20", 4000, bytes(range(10)))


@pytest.mark.parametrize("written", [encode(CODE), link(CODE), f" {encode(CODE).lower()} "])
def test_a_code_or_a_link(written: str) -> None:
    assert read_invitation(written) == Invitation(Address("192.168.1.20", 4000), CODE.key)


@pytest.mark.parametrize(
    ("written", "address"),
    [
        ("192.168.1.20", Address("192.168.1.20")),
        ("192.168.1.20:4000", Address("192.168.1.20", 4000)),
        ("[::1]:4000", Address("::1", 4000)),
        ("2001:db8::3333:4444:5555:6666", Address("2001:db8::3333:4444:5555:6666")),
        ("classroom-pc", Address("classroom-pc")),
        ("a-computer.in-a.rather-long.example", Address("a-computer.in-a.rather-long.example")),
    ],
)
def test_an_address(written: str, address: Address) -> None:
    assert read_invitation(written) == Invitation(address)


@pytest.mark.parametrize(
    ("written", "why"),
    [
        (encode(CODE)[:-1], "too short"),
        (encode(CODE) + "0" * 30, "too long"),
        (encode(CODE)[:-1] + "0", "mistyped"),
        (encode(CODE).replace("0", "U", 1), "the character U"),
        ("tkchat://", "too short"),
        ("tkchat://192.168.1.20:4000", "the character ."),
        ("", "An address looks like"),
        ("not an address", "An address looks like"),
    ],
)
def test_what_is_wrong_is_said(written: str, why: str) -> None:
    with pytest.raises(ValueError, match=why.replace(".", r"\.")):
        read_invitation(written)
