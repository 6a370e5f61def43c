"""Chats that announce themselves on the local networks (mDNS), as they come and go.

Whoever is in the network may announce anything, and any number of it.
"""

import asyncio
import contextlib
import queue
import time
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from ipaddress import IPv4Address, IPv4Interface
from typing import TYPE_CHECKING

from tkchat.net.address import Address
from tkchat.net.multicast import LOOK_SECONDS, SERVICE, Multicast, own_networks
from tkchat.wire.info import from_record, one_title

if TYPE_CHECKING:
    from zeroconf import ServiceInfo, ServiceStateChange
    from zeroconf.asyncio import AsyncZeroconf

MOST_SHOWN = 50
MOST_AT_ONE_ADDRESS = 5
MOST_KNOWN = 200  # names that are looked after; further ones wait until some are gone
SETTLE_SECONDS = 0.2  # what comes within is one change
ASK_MS = 3_000
MOST_ASKED = 10  # at a time
LONGEST_PAUSE_SECONDS = 30.0
FILL_SECONDS = 2.0  # after a flood, or in other networks, until everybody has answered again


@dataclass(frozen=True, slots=True)
class Nearby:
    """A chat that somebody announces. None of it is proven, so nothing is trusted because of it.

    ``title`` is one short line, maybe empty. ``people`` is how many are there, None where it does
    not say. ``address`` is a number. ``log`` names the host's log; empty where it does not say.
    """

    title: str
    people: int | None
    address: Address
    log: str = ""


class _Known:
    """What is known of one name."""

    def __init__(self, name: str) -> None:
        self.name = name
        self.chat: Nearby | None = None
        self.is_fresh = False  #: whether its records are here, and are not too old
        self.tries = 0  #: how often in a row it did not answer
        self.ask_at = 0.0  #: by the monotonic clock

    def heard(self, chat: Nearby | None) -> None:
        """Take what its records say."""
        self.chat = chat
        self.is_fresh = True
        self.tries = 0

    def was_silent(self, now: float) -> None:
        """Count a question without an answer."""
        self.chat = None
        self.tries += 1
        self.ask_at = now + min(2.0**self.tries, LONGEST_PAUSE_SECONDS)


class Browser(Multicast):
    """Listens for chats; puts all that are there on ``heard``, by title, whenever that changes.

    There are at most 50. ``networks`` returns those to listen in, by default all of this
    computer's. Where mDNS is impossible, nothing is heard.
    """

    def __init__(
        self,
        heard: "queue.SimpleQueue[tuple[Nearby, ...]]",
        networks: Callable[[], list[IPv4Interface]] = own_networks,
    ) -> None:
        super().__init__("nearby")
        self._heard = heard
        self._find_networks = networks
        self._last: tuple[Nearby, ...] = ()
        self._known: dict[str, _Known] = {}  # by name, in the order they came

    async def talk(self) -> None:
        """Listen in the present networks until they change, or too much is said there."""
        networks = self._find_networks()
        if not networks:
            self._tell(())
            await self.wait(LOOK_SECONDS)
            return
        from zeroconf import IPVersion
        from zeroconf.asyncio import AsyncServiceBrowser, AsyncZeroconf

        self._known.clear()
        interfaces = [str(one.ip) for one in networks]
        async with (
            AsyncZeroconf(interfaces, ip_version=IPVersion.V4Only) as zeroconf,
            AsyncServiceBrowser(zeroconf.zeroconf, SERVICE, handlers=[self._on_change]),
        ):
            asking = asyncio.create_task(self._ask(zeroconf, networks))
            try:
                await self._watch(zeroconf, networks)
            finally:
                asking.cancel()
                with contextlib.suppress(asyncio.CancelledError):
                    await asking

    async def _watch(self, zeroconf: "AsyncZeroconf", networks: list[IPv4Interface]) -> None:
        began = looked = time.monotonic()
        while await self.wait(LOOK_SECONDS):
            await asyncio.sleep(SETTLE_SECONDS)
            self._look(zeroconf, networks)
            now = time.monotonic()
            if not self._last or now - began > FILL_SECONDS:
                self._tell(_shown(one.chat for one in self._known.values()))
            if self.is_flooded():
                return
            if now - looked > LOOK_SECONDS:
                looked = now
                if self._find_networks() != networks:
                    return

    def _look(self, zeroconf: "AsyncZeroconf", networks: list[IPv4Interface]) -> None:
        """Bring all up to date of which the records are here."""
        from zeroconf.asyncio import AsyncServiceInfo

        for known in self._known.values():
            info = AsyncServiceInfo(SERVICE, known.name)
            known.is_fresh = info.load_from_cache(zeroconf.zeroconf)
            if known.is_fresh:
                known.heard(_read(info, networks))

    async def _ask(self, zeroconf: "AsyncZeroconf", networks: list[IPv4Interface]) -> None:
        """Ask for the records that are missing or too old, some at a time.

        A host's last for half a minute; who does not renew them then is gone without a word. Who
        has never answered is asked ever more rarely, so that many such delay nobody else.
        """
        from zeroconf.asyncio import AsyncServiceInfo

        async def ask_for(known: _Known) -> None:
            info = AsyncServiceInfo(SERVICE, known.name)
            if await info.async_request(zeroconf.zeroconf, ASK_MS):
                known.heard(_read(info, networks))
            else:
                known.was_silent(time.monotonic())

        while True:
            now = time.monotonic()
            stale = [one for one in self._known.values() if not one.is_fresh and one.ask_at <= now]
            first = sorted(stale, key=lambda known: known.tries)[:MOST_ASKED]
            if first:
                await asyncio.gather(*map(ask_for, first))
                self.wake()
            await asyncio.sleep(SETTLE_SECONDS)

    def _on_change(self, *, name: str, state_change: "ServiceStateChange", **_: object) -> None:
        if state_change.name == "Removed":
            self._known.pop(name, None)
        elif name not in self._known and _is_name(name):
            if len(self._known) >= MOST_KNOWN:
                worst = max(self._known.values(), key=lambda known: known.tries)
                if not worst.tries:
                    return
                del self._known[worst.name]
            self._known[name] = _Known(name)
        self.wake()

    def _tell(self, shown: tuple[Nearby, ...]) -> None:
        if shown != self._last:
            self._last = shown
            self._heard.put(shown)


def _is_name(name: str) -> bool:
    """Tell whether ``name``, which anybody may make up, can be that of a chat's records."""
    from zeroconf import BadTypeInNameException
    from zeroconf.asyncio import AsyncServiceInfo

    try:
        AsyncServiceInfo(SERVICE, name)
    except BadTypeInNameException:
        return False
    return True


def _read(info: "ServiceInfo", networks: Sequence[IPv4Interface]) -> Nearby | None:
    """Return the chat that is announced; None if nobody could join it."""
    said = from_record(info.properties)
    host = nearest(info.addresses, networks)
    if said is None or host is None or not info.port or not 0 < info.port < 65_536:
        return None
    title = said.title or one_title(info.name.removesuffix(SERVICE).rstrip("."))
    return Nearby(title, said.people, Address(host, info.port), said.log)


def nearest(addresses: Iterable[bytes], networks: Sequence[IPv4Interface]) -> str | None:
    """Return the address to join by: one in our own networks, else one of a private network.

    Others cannot be meant: mDNS does not leave the building, and a stranger's announcement must not
    send people anywhere on the internet, nor to programs on their own computer.
    """
    here = [interface.network for interface in networks]
    all_of_one = {each for one in here for each in (one.network_address, one.broadcast_address)}
    usable = [one for one in map(IPv4Address, addresses) if one not in all_of_one]
    near = [one for one in usable if any(one in network for network in here)]
    private = [
        one
        for one in usable
        if one.is_private and not (one.is_loopback or one.is_unspecified or one.is_reserved)
    ]
    return str((near or private)[0]) if near or private else None


def _shown(chats: Iterable[Nearby | None]) -> tuple[Nearby, ...]:
    """Return what is shown: each address once, the first 50 that came, by title."""
    by_address: dict[Address, Nearby] = {}
    at_host: dict[str, int] = {}
    for chat in chats:
        if chat is None or chat.address in by_address or len(by_address) >= MOST_SHOWN:
            continue
        at_host[chat.address.host] = at_host.get(chat.address.host, 0) + 1
        if at_host[chat.address.host] <= MOST_AT_ONE_ADDRESS:
            by_address[chat.address] = chat
    return tuple(
        sorted(by_address.values(), key=lambda chat: (chat.title.casefold(), str(chat.address)))
    )
