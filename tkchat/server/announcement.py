"""Announces the chat on the local networks (mDNS), so that nobody has to type an address."""

import socket
from collections.abc import Callable
from ipaddress import IPv4Interface
from typing import TYPE_CHECKING

from tkchat.net.address import Address
from tkchat.net.multicast import LOOK_SECONDS, SERVICE, Multicast, own_networks
from tkchat.wire.info import Info, one_title, to_record

if TYPE_CHECKING:
    from zeroconf import ServiceInfo

_TTL_SECONDS = 30  # soon after, a host that vanished without a goodbye is no longer shown
_LABEL_BYTES = 50  # of 63: the rest tells chats apart that have one title
_EVERYWHERE = ("", "0.0.0.0", "::")  # noqa: S104 (compared, not listened on)


def default_title() -> str:
    """Return what a chat is called that nobody gave a title: this computer's name."""
    return one_title(socket.gethostname().partition(".")[0])


class Announcement(Multicast):
    """Announces the chat that listens at ``listening`` until it is closed.

    ``describe`` is called on the announcement's thread, every two seconds, and what it returns is
    announced when that has changed. ``networks`` returns those that this computer is in.
    """

    def __init__(
        self,
        listening: Address,
        describe: Callable[[], Info],
        networks: Callable[[], list[IPv4Interface]] = own_networks,
    ) -> None:
        super().__init__("announcement")
        self._listening = listening
        self._describe = describe
        self._networks = networks

    async def talk(self) -> None:
        """Announce the chat in the present networks, until there are none or it is closed."""
        addresses = self._addresses()
        if not addresses:
            await self.wait(LOOK_SECONDS)
            return
        from zeroconf import IPVersion
        from zeroconf.asyncio import AsyncZeroconf

        async with AsyncZeroconf(addresses, ip_version=IPVersion.V4Only) as zeroconf:
            info = self._describe()
            service = _service(self._name(info), self._listening.port, addresses, info)
            await (await zeroconf.async_register_service(service, allow_name_change=True))
            while await self.wait(LOOK_SECONDS):
                now = self._addresses()
                if not now or self.is_flooded():
                    return
                if now != addresses:
                    await zeroconf.async_update_interfaces(now)
                said = self._describe()
                if (now, said) != (addresses, info):
                    addresses, info = now, said
                    service = _service(service.name, self._listening.port, addresses, info)
                    await (await zeroconf.async_update_service(service))

    def _addresses(self) -> list[str]:
        """Return this computer's addresses that the chat can be reached by."""
        host = self._listening.host
        own = [str(one.ip) for one in self._networks()]
        return sorted(own if host in _EVERYWHERE else [one for one in own if one == host])

    @staticmethod
    def _name(info: Info) -> str:
        # A dot would end a label; the record has the title as it is.
        label = info.title.replace(".", " ").encode()[:_LABEL_BYTES].decode("utf-8", "ignore")
        return f"{label.strip() or 'tkchat'} ({info.log[:4]}).{SERVICE}"


def _service(name: str, port: int, addresses: list[str], info: Info) -> "ServiceInfo":
    from zeroconf import ServiceInfo

    return ServiceInfo(
        SERVICE,
        name,
        port,
        properties=to_record(info),
        # Not the computer's own name: its system may announce that, with other addresses.
        server=f"tkchat-{info.log[:32]}-{port}.local.",
        host_ttl=_TTL_SECONDS,
        other_ttl=_TTL_SECONDS,
        parsed_addresses=addresses,
    )
