"""The clients of the tests, over TLS; whose key it is they do not look."""

from tests.support import Client
from tests.tagged import TaggedClient
from tkchat.net.address import Address
from tkchat.net.tls import client_context


class SecureClient(Client):
    """Somebody who speaks the plain dialect, encrypted. An end without a goodbye is an error."""

    def __init__(self, address: Address, name: str = "") -> None:
        super().__init__(address)
        self.socket = client_context().wrap_socket(self.socket, suppress_ragged_eofs=False)
        self.name = name
        if name:
            self.say(name)
            self.read_until(f"SERVER~{name} joined the chat app")


class SecureTaggedClient(TaggedClient):
    """Somebody who speaks the tagged dialect, encrypted."""

    def _connect(self, address: Address) -> None:
        super()._connect(address)
        self.socket = client_context().wrap_socket(self.socket)
