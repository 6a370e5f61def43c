"""A host of another make, which keeps no messages: the tutorials' one, for a single guest."""

import socket

from tests.client.hosts import ScriptedHost, read_line


def plain_host() -> ScriptedHost:
    """Return a host that greets with the name, and sends back whatever is said."""

    def script(sock: socket.socket) -> None:
        name = read_line(sock)
        sock.sendall(f"SERVER~{name} joined the chat app\n".encode())
        while line := read_line(sock):
            if not line.startswith("/"):
                sock.sendall(f"{name}~{line}\n".encode())

    return ScriptedHost(script)
