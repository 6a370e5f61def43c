"""A host whose clock is set back, and forward: order is by seq, and nothing depends on the time."""

import time
from pathlib import Path

import pytest

from tests.faults.hosts import heard_once, read_log
from tests.support import running_server
from tests.tagged import TaggedClient

DAY = 24 * 3600 * 10**9


def test_order_and_resume_do_not_follow_the_clock(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    true_time = time.time_ns
    with running_server(data=tmp_path) as server, TaggedClient(server.address, "alice") as alice:
        bob = TaggedClient(server.address, "bob")
        for number, days in enumerate((0, -400, 3, -1, 400, 0)):
            monkeypatch.setattr(time, "time_ns", lambda days=days: true_time() + days * DAY)
            alice.confirm(alice.say(f"{number}"))
            if number == 2:
                bob.close()
        bob.resume(server.address)
        bob.close()
    log = [(record.seq, record.author, record.text) for record in read_log(tmp_path)]
    assert [text for _, _, text in log] == ["0", "1", "2", "3", "4", "5"]
    assert list(heard_once(alice)) == list(heard_once(bob)) == log


def test_a_name_is_kept_by_its_token_however_the_clock_is_set(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    true_time = time.time
    with running_server(data=tmp_path) as server:
        with TaggedClient(server.address, "alice") as alice:
            alice.confirm(alice.say("hello"))
        for days in (-4000, 4000):
            monkeypatch.setattr(time, "time", lambda days=days: true_time() + days * 24 * 3600)
            alice.resume(server.address)
            alice.confirm(alice.say(f"{days}"))
            alice.close()
    assert [record.text for record in read_log(tmp_path)] == ["hello", "-4000", "4000"]
