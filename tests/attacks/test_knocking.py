"""Many who ask to be let in: those who keep order are not buried, and people talk on."""

import contextlib
import socket
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.attacks.attackers import storm
from tests.attacks.kit import Host, attacked_host, elsewhere, under_attack
from tests.support import PATIENCE, need_sockets, wait_until
from tests.tagged import TaggedClient
from tkchat.net.address import Address
from tkchat.server.host_code import host_code
from tkchat.server.knocks import MOST_OF_ONE_ADDRESS
from tkchat.server.limits import Limits
from tkchat.wire.order import Knock, Outcome
from tkchat.wire.requests import Command, Hello, encode_hello
from tkchat.wire.tagged import Live

LIMITS = Limits()
KNOCKS = 1_000
ADDRESSES = 250  #: that so many come from


class Keeper:
    """Somebody who keeps order, lets in whom they know, and sees all who knock."""

    def __init__(self, address: Address, code: str) -> None:
        self._client = TaggedClient(address, "keeper", password=code)
        self._stopped = threading.Event()
        self._thread = threading.Thread(target=self._watch)
        self._thread.start()
        self._friends = {"talker", "friend"}
        self.shown: list[Knock] = []  #: of strangers, as they came

    @property
    def waiting(self) -> int:
        """How many strangers are on the screen by now."""
        states = {knock.user: knock.outcome for knock in self.shown}
        return sum(1 for each in states.values() if each is Outcome.WAITING)

    def close(self) -> None:
        """Go."""
        self._stopped.set()
        self._thread.join()
        self._client.close()

    def _watch(self) -> None:
        while not self._stopped.is_set():
            with contextlib.suppress(AssertionError):  # nothing came
                event = self._client.read_event(0.05)
                if not isinstance(event, Knock):
                    continue
                if event.user.rstrip("0123456789") not in self._friends:
                    self.shown.append(event)
                elif event.outcome is Outcome.WAITING:
                    self._client.ask(Command(f"/approve {event.user}", "k1", "general"))


@pytest.fixture
def approving(tmp_path: Path) -> Iterator[tuple[Host, Keeper]]:
    """A host that asks somebody about all who are new."""
    with attacked_host("--approve", "--data", str(tmp_path)) as host:
        keeper = Keeper(host.address, host_code(tmp_path))
        try:
            yield host, keeper
        finally:
            keeper.close()


def knock(address: Address, number: int) -> socket.socket:
    """Ask to be let in, from one of many addresses."""
    source = (f"127.0.1.{number % ADDRESSES + 1}", 0)
    sock = socket.create_connection((address.host, address.port), PATIENCE, source)
    sock.sendall(encode_hello(Hello(f"stranger{number}", install=f"{number:032x}")))
    return sock


def test_1_000_knocks_from_many_addresses(approving: tuple[Host, Keeper]) -> None:
    need_sockets(KNOCKS + 500)
    host, keeper = approving
    with under_attack(host, most_processor=1.5), contextlib.ExitStack() as stack:
        socks = [stack.enter_context(knock(host.address, number)) for number in range(KNOCKS)]
        for sock in socks:
            assert sock.recv(4096), "everybody is answered"
        wait_until(lambda: keeper.waiting == LIMITS.waiting)
        assert len(keeper.shown) == LIMITS.waiting
    wait_until(lambda: keeper.waiting == 0)
    with TaggedClient(host.address) as friend:  # and then there is room again
        friend.send(encode_hello(Hello("friend")))
        friend.read_until(lambda event: isinstance(event, Live))


def test_1_000_who_knock_and_hang_up(approving: tuple[Host, Keeper]) -> None:
    host, keeper = approving
    with under_attack(host, most_processor=1.5):
        for number in range(KNOCKS):
            knock(host.address, number).close()
    wait_until(lambda: keeper.waiting == 0)
    assert len({each.user for each in keeper.shown}) < LIMITS.knocks_together + LIMITS.waiting


def test_who_knocks_and_hangs_up_over_and_over(approving: tuple[Host, Keeper]) -> None:
    host, keeper = approving
    far = Address(elsewhere(), host.address.port)
    with under_attack(host, most_processor=1.5):
        assert storm(far, b"@v=1;install=% stranger%\n") > LIMITS.knocks
    wait_until(lambda: keeper.waiting == 0)
    shown = [each for each in keeper.shown if each.outcome is Outcome.WAITING]
    assert MOST_OF_ONE_ADDRESS <= len(shown) < LIMITS.knocks + MOST_OF_ONE_ADDRESS
