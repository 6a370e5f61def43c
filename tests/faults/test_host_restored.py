"""A host that goes back to an older copy of its log: clients are told, and go on from there."""

import shutil
from pathlib import Path

from tests.faults.hosts import read_log
from tests.support import running_server
from tests.tagged import TaggedClient
from tkchat.server.backup import back_up
from tkchat.server.log_schema import LOG_FILE
from tkchat.wire.tagged import Reset


def test_a_restored_backup_is_another_log(tmp_path: Path) -> None:
    data, copy = tmp_path / "data", tmp_path / "copy.sqlite3"
    with running_server(data=data) as server, TaggedClient(server.address, "alice") as alice:
        alice.confirm(alice.say("before"))
        back_up(data, copy)
        alice.confirm(alice.say("after"))
        old_log = alice.log
    shutil.rmtree(data)
    data.mkdir()
    shutil.copy(copy, data / LOG_FILE)
    with running_server(data=data) as server:
        events = alice.resume(server.address)
        assert Reset(alice.log) in events
        assert alice.log != old_log
        alice.confirm(alice.say("now"))
        alice.close()
    assert [entry.text for entry in alice.entries] == ["before", "after", "before", "now"]
    assert [record.text for record in read_log(data)] == ["before", "now"]


def test_a_log_that_was_put_back_by_hand_is_noticed(tmp_path: Path) -> None:
    data, copy = tmp_path / "data", tmp_path / "copy"
    with running_server(data=data) as server, TaggedClient(server.address, "alice") as alice:
        alice.confirm(alice.say("before"))
        old_log = alice.log
    shutil.copytree(data, copy)
    with running_server(data=data) as server:
        alice.resume(server.address)
        assert alice.log == old_log
        alice.confirm(alice.say("after"))
        alice.close()
    shutil.copy(copy / LOG_FILE, data / LOG_FILE)
    with running_server(data=data) as server:
        events = alice.resume(server.address)
        assert Reset(alice.log) in events
        assert alice.log != old_log
        alice.close()


def test_a_client_that_is_ahead_of_the_log_is_told(tmp_path: Path) -> None:
    """The whole folder was put back, so that the host itself cannot know."""
    data, copy = tmp_path / "data", tmp_path / "copy"
    with running_server(data=data) as server, TaggedClient(server.address, "alice") as alice:
        alice.confirm(alice.say("before"))
    shutil.copytree(data, copy)
    with running_server(data=data) as server:
        alice.resume(server.address)
        alice.confirm(alice.say("after"))
        alice.close()
    shutil.rmtree(data)
    shutil.copytree(copy, data)
    with running_server(data=data) as server:
        events = alice.resume(server.address)
        assert Reset(alice.log) in events
        assert alice.head == 1
        alice.close()


def test_a_token_of_an_older_installation_is_not_the_names(tmp_path: Path) -> None:
    with running_server(data=tmp_path / "one") as server:
        with TaggedClient(server.address, "alice") as alice:
            alice.confirm(alice.say("hello"))
        stranger = TaggedClient(server.address)
        stranger.send(f"@v=1;token={'0' * 32} Alice\n".encode())
        stranger.expect_refused("name-taken")
        stranger.close()
    with running_server(data=tmp_path / "other") as server:
        events = alice.resume(server.address)  # a new host, which knows neither name nor token
        assert Reset(alice.log) in events
        alice.confirm(alice.say("hello again"))
        alice.close()
