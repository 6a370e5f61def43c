"""A host that is killed around a commit: what was acknowledged is there, and nothing twice."""

from pathlib import Path

import pytest

from tests.faults.hosts import KillableHost, heard_once, read_log
from tests.tagged import HungUp, TaggedClient

MESSAGES = 4  # of each of two people
COMMITS = 3 + 2 * MESSAGES  # the beginning, the two names, and what they say


@pytest.mark.parametrize("stage", ["before commit", "after commit"])
@pytest.mark.parametrize("commit", range(4, COMMITS + 1))
def test_what_is_said_around_a_kill_is_there_once(tmp_path: Path, stage: str, commit: int) -> None:
    with KillableHost(tmp_path) as host:
        host.start(stage, commit)
        with TaggedClient(host.address, "alice") as alice, TaggedClient(host.address, "bob") as bob:
            for number in range(MESSAGES):
                for client in (alice, bob):
                    client.say(f"{client.name} {number}")
                    try:
                        _read_all(client)
                    except (HungUp, OSError):
                        host.wait_until_dead()
                        host.start()
                        for each in (alice, bob):
                            each.resume(host.address)
                        _read_all(client)
            for client in (alice, bob):
                while len({entry.seq for entry in client.entries}) < 2 * MESSAGES:
                    client.read_event()
            host.kill()
            log = [(record.seq, record.author, record.text) for record in read_log(tmp_path)]
            assert list(heard_once(alice)) == log
            assert list(heard_once(bob)) == log
    said = [(name, f"{name} {number}") for number in range(MESSAGES) for name in ("alice", "bob")]
    assert [(author, text) for _, author, text in log] == said


def _read_all(client: TaggedClient) -> None:
    """Read until everything that ``client`` said has come back."""
    while client.unconfirmed:
        if client.read_event() is None:
            raise HungUp("the host was killed")
