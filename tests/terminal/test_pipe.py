"""Lines of the input on their way to any host."""

import pytest

from tests.support import Client, running_server
from tests.terminal.scripts import run
from tkchat.client.database import Database


@pytest.mark.parametrize("is_tagged", [False, True])
def test_lines_that_are_too_long_are_told_and_the_rest_is_said(
    capsys: pytest.CaptureFixture[str], database: Database, is_tagged: bool
) -> None:
    with running_server() as server, Client(server.address, "bob") as bob:
        lines = ("x" * 20_000, "y" * 4001, "fine")
        assert run(server.address, *lines, database=database if is_tagged else None) == 1
        bob.expect("SERVER~bot joined the chat app", "bot~fine")
    assert capsys.readouterr().err.count("please split it") == 2
