"""An encrypted line that is cut anywhere, in the handshake or later: nothing is lost or said twice.

Byte by byte, and for every dialect: tests/net/test_tls_handshake.py and test_cut_everywhere.py.
"""

from pathlib import Path

import pytest

from tests.client.hosts import Watched
from tests.client.viewers import opened
from tests.faults.hosts import read_log
from tests.support import running_server, wait_until
from tkchat.client import receiver
from tkchat.client.database import Database
from tkchat.client.events import Arrived, Encrypted, Live, Opened
from tkchat.client.session import Session
from tkchat.net.identity import read_fingerprint
from tkchat.selftest.link import Faults, Plan
from tkchat.selftest.proxy import FaultProxy
from tkchat.wire.entry import Entry

STEP = 41


class Talker(Watched):
    """A session over TLS; ``heard`` is what it was told of the log."""

    def __init__(self, proxy: FaultProxy, name: str, database: Database, key: bytes) -> None:
        super().__init__(Session(proxy.address, name, database, key=key))

    @property
    def heard(self) -> list[Entry]:
        while not self.session.events.empty():
            self.events.append(self.session.events.get())
        arrived = [event for event in self.events if isinstance(event, Arrived)]
        return [entry for event in arrived for entry in event.entries]

    def wait_to_hear(self, texts: list[str]) -> None:
        """Wait until all of ``texts`` are in the log."""
        wait_until(
            lambda: {entry.text for entry in self.heard} >= set(texts),
            describe=lambda: self.events,
        )


@pytest.mark.parametrize("reset", [False, True])
@pytest.mark.parametrize("direction", ["up", "down"])
def test_a_session_that_is_cut_anywhere(
    tmp_path: Path, direction: str, reset: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(receiver, "FIRST_RETRY_SECONDS", 0.02)
    with running_server(data=tmp_path) as server, FaultProxy(server.address) as proxy:
        key = read_fingerprint(server.identity.certificate)[:10]
        (tmp_path / "talker").mkdir()
        with opened(tmp_path / "talker") as database:
            with Talker(proxy, "alice", database, key) as alice:
                alice.next(Live)
            for at in range(1, 100_000, STEP):
                faults = Faults(cut_at=at, reset=reset)
                proxy.plan(Plan(up=faults) if direction == "up" else Plan(down=faults))
                number = len(proxy.links)
                texts = [f"{at} {part}" for part in "abc"]
                with Talker(proxy, "alice", database, key) as alice:
                    alice.next(Opened)
                    for text in texts:
                        alice.session.say(text)
                    alice.wait_to_hear(texts)
                    seqs = [entry.seq for entry in alice.heard]
                    assert seqs == sorted(set(seqs))
                    assert any(isinstance(event, Encrypted) for event in alice.events)
                link = proxy.links[number]
                if (link.up if direction == "up" else link.down).passed < at:
                    break  # there was nothing left to cut
        assert at > 1_000, "that is less than a handshake and a conversation have"
    said = [record.text for record in read_log(tmp_path) if record.author == "alice"]
    assert said == [f"{each} {part}" for each in range(1, at + 1, STEP) for part in "abc"]
