"""The host's code stays what it is, and is nobody else's to read."""

import stat
import sys
from pathlib import Path

import pytest

from tests.server.order_kit import hosted, ordered, refused
from tests.support import running_server
from tests.tagged import TaggedClient
from tkchat.server.host_code import HOST_CODE_FILE, host_code
from tkchat.server.log_records import LogError


def test_it_is_made_once_and_only_the_host_reads_it(tmp_path: Path) -> None:
    code = host_code(tmp_path)
    assert len(code) == 32
    assert host_code(tmp_path) == code
    if sys.platform != "win32":
        assert stat.S_IMODE((tmp_path / HOST_CODE_FILE).stat().st_mode) == 0o600
    assert [path.name for path in tmp_path.iterdir()] == [HOST_CODE_FILE]


@pytest.mark.parametrize("broken", [b"", b"short", b"\xff" * 40])
def test_a_broken_file_is_made_anew(tmp_path: Path, broken: bytes) -> None:
    (tmp_path / HOST_CODE_FILE).write_bytes(broken)
    assert len(host_code(tmp_path)) == 32


def test_each_chat_has_its_own(tmp_path: Path) -> None:
    folders = [tmp_path / name for name in "ab"]
    for folder in folders:
        folder.mkdir()
    assert host_code(folders[0]) != host_code(folders[1])


def test_another_code_ends_the_role_of_whom_the_former_one_made_the_host(tmp_path: Path) -> None:
    with hosted(tmp_path) as (server, alice), TaggedClient(server.address, "bob") as bob:
        ordered(alice, "/moderator bob")
        tokens = {client.name: client.token for client in (alice, bob)}
    for is_replaced in (False, True):
        if is_replaced:
            (tmp_path / HOST_CODE_FILE).unlink()
        with (
            running_server(data=tmp_path) as server,
            TaggedClient(server.address, "alice", token=tokens["alice"]) as alice,
            TaggedClient(server.address, "bob", token=tokens["bob"]) as bob,
        ):
            assert ordered(bob, "/audit"), "a moderator stays one"
            if not is_replaced:
                assert ordered(alice, "/slow 1"), "it is the same code"
                continue
            assert refused(alice, "/slow 2")[0] == "not-allowed"
            ordered(alice, f"/host {host_code(tmp_path)}")
    with (
        running_server(data=tmp_path) as server,
        TaggedClient(server.address, "alice", token=tokens["alice"]) as alice,
    ):
        ordered(alice, "/slow 2")


def test_a_folder_that_cannot_be_used_is_named(tmp_path: Path) -> None:
    with pytest.raises(LogError, match="cannot be used"):
        host_code(tmp_path / "missing")
