"""What follows a command is cut as its row of the table says."""

import pytest

from tkchat.wire.command import Command
from tkchat.wire.errors import RemoteError


@pytest.mark.parametrize(
    ("arguments", "rest", "found"),
    [
        ("", "", []),
        ("[ROOM]", "", []),
        ("[ROOM]", " lab ", ["lab"]),
        ("NAME TEXT", "bob  two  words", ["bob", "two  words"]),
        ("[TEXT]", " ", []),
        ("[TEXT]", " two  words", ["two  words"]),
    ],
)
def test_what_follows_is_cut(arguments: str, rest: str, found: list[str]) -> None:
    assert Command("word", arguments, "do it").split(rest) == found


@pytest.mark.parametrize(
    ("arguments", "rest"), [("", "x"), ("ROOM", ""), ("[ROOM]", "a b"), ("NAME TEXT", "bob")]
)
def test_too_little_or_too_much_is_told_how_to_type_it(arguments: str, rest: str) -> None:
    command = Command("word", arguments, "do it")
    with pytest.raises(RemoteError, match="typed like this") as refused:
        command.split(rest)
    assert refused.value.code == "bad-line"
    assert str(refused.value).endswith(command.usage)
