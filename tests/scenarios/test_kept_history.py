"""A host's history as whoever runs it meets it: restarts, a second server, backups, damage."""

import os
import subprocess
import sys
from pathlib import Path

from tests.support import CHECKOUT, ServerProcess, wait_until
from tests.tagged import TaggedClient


def run_server(*arguments: str, home: Path | None = None) -> "subprocess.CompletedProcess[str]":
    """Run ``run_server.py`` to its end."""
    environment = dict(os.environ)
    if home is not None:
        environment |= {"HOME": str(home), "XDG_DATA_HOME": str(home), "LOCALAPPDATA": str(home)}
    return subprocess.run(
        [sys.executable, str(CHECKOUT / "run_server.py"), *arguments],
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
        env=environment,
    )


def test_a_host_goes_on_where_it_was_killed(tmp_path: Path) -> None:
    data = ("--data", str(tmp_path))
    with ServerProcess(*data) as server, TaggedClient(server.address, "alice") as alice:
        first = alice.confirm(alice.say("before"))
        server.process.kill()
        server.wait()
        with ServerProcess(*data) as again:
            alice.resume(again.address)
            second = alice.confirm(alice.say("after"))
    assert second.seq == first.seq + 1


def test_a_second_server_on_the_same_folder_says_who_has_it(tmp_path: Path) -> None:
    with ServerProcess("--data", str(tmp_path)) as server:
        second = run_server("--port", "0", "--data", str(tmp_path))
        assert second.returncode == 1
        assert str(server.process.pid) in second.stderr
        assert str(tmp_path) in second.stderr
        assert len(second.stderr.splitlines()) == 1


def test_a_backup_of_a_running_host_is_whole_and_can_be_hosted(tmp_path: Path) -> None:
    data, copy = tmp_path / "data", tmp_path / "copy.sqlite3"
    with ServerProcess("--data", str(data)) as server:
        with TaggedClient(server.address, "alice") as alice:
            alice.confirm(alice.say("hello"))
            assert run_server("backup", str(copy), "--data", str(data)).returncode == 0
            alice.confirm(alice.say("goodbye"))
        assert run_server("verify", "--data", str(data)).returncode == 0
    assert run_server("verify", str(copy)).returncode == 0
    (tmp_path / "other").mkdir()
    copy.rename(tmp_path / "other" / "log.sqlite3")
    with (
        ServerProcess("--data", str(tmp_path / "other")) as server,
        TaggedClient(server.address, "bob") as bob,
    ):
        assert [entry.text for entry in bob.entries] == ["hello"]


def test_a_damaged_log_is_refused_and_left_alone(tmp_path: Path) -> None:
    log = tmp_path / "log.sqlite3"
    with ServerProcess("--data", str(tmp_path)) as server:
        with TaggedClient(server.address, "alice") as alice:
            alice.confirm(alice.say("hello"))
        server.process.terminate()
        server.wait()
    broken = b"\0" * 2_000 + log.read_bytes()[2_000:]
    log.write_bytes(broken)
    refused = run_server("--port", "0", "--data", str(tmp_path))
    assert refused.returncode == 1
    assert "damaged" in refused.stderr
    assert "backup" in refused.stderr
    assert log.read_bytes() == broken
    assert run_server("verify", "--data", str(tmp_path)).returncode == 1


def test_old_events_are_forgotten_if_so_wished(tmp_path: Path) -> None:
    data = ("--data", str(tmp_path))
    with ServerProcess(*data) as server, TaggedClient(server.address, "alice") as alice:
        for text in ("one", "two", "three"):
            alice.confirm(alice.say(text))
    with ServerProcess(*data, "--keep", "0.0000001") as server:
        wait_until(lambda: "too old to be kept" in server.stderr)
        with TaggedClient(server.address, "alice", token=alice.token, since=0) as again:
            assert [entry.text for entry in again.entries] == ["three"], "the newest always stays"


def test_a_chat_on_a_port_has_a_folder_of_its_own(tmp_path: Path) -> None:
    answer = run_server("verify", "--port", "23456", home=tmp_path)
    assert answer.returncode == 1
    assert "server-23456" in answer.stderr + answer.stdout
