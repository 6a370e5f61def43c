"""The thread that speaks mDNS: it ends when it is told to, and outlives whatever goes wrong."""

import logging
import threading
import time
from ipaddress import IPv4Interface

import pytest

from tests.support import wait_until
from tkchat.net import multicast
from tkchat.net.address import own_addresses
from tkchat.net.multicast import Multicast, own_networks


class Talk(Multicast):
    """Waits for as long as it is let, and counts how often it began."""

    def __init__(self, failures: int = 0, seconds: float = 60.0) -> None:
        super().__init__("talk")
        self.begun = 0
        self._failures = failures
        self._seconds = seconds

    async def talk(self) -> None:
        self.begun += 1
        if self.begun <= self._failures:
            raise OSError("no multicast here")
        while await self.wait(self._seconds):
            return


def test_it_ends_at_once() -> None:
    talk = Talk()
    talk.start()
    wait_until(lambda: talk.begun)
    began = time.monotonic()
    talk.close()
    talk.close()
    talk.join(5)
    assert time.monotonic() - began < 1
    assert not any(thread.name == "talk" for thread in threading.enumerate())
    talk.close()


def test_it_may_be_closed_before_it_has_begun() -> None:
    talk = Talk()
    talk.close()
    talk.join(0)
    talk.start()
    talk.join(5)
    assert talk.begun == 0


def test_it_begins_anew_after_it_has_returned() -> None:
    talk = Talk(seconds=0.01)
    talk.start()
    wait_until(lambda: talk.begun > 5)
    talk.close()
    talk.join(5)


def test_what_fails_is_begun_anew_and_told_once(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr(multicast, "RETRY_SECONDS", 0.01)
    talk = Talk(failures=3)
    with caplog.at_level(logging.INFO):
        talk.start()
        wait_until(lambda: talk.begun > 3)
        talk.close()
        talk.join(5)
    told = [line for line in caplog.messages if "mDNS" in line]
    assert told == ["mDNS does not work: OSError('no multicast here')"]


def test_a_pause_after_a_failure_ends_with_a_close() -> None:
    talk = Talk(failures=1)
    talk.start()
    wait_until(lambda: talk.begun)
    talk.close()
    talk.join(5)
    assert talk.begun == 1


def test_own_networks_are_those_of_own_addresses() -> None:
    networks = own_networks()
    assert all(isinstance(one, IPv4Interface) and not one.is_loopback for one in networks)
    assert {str(one.ip) for one in networks} >= set(own_addresses()[:1])
