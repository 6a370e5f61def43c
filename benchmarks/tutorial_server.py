"""The loop that socket tutorials teach, as the measure that tkchat's server is held against.

A thread per client; each line goes to everybody by one blocking send each, under one lock.
"""

import socket
import threading


def main() -> None:
    """Serve on a free port of this computer, which is printed, until killed."""
    listener = socket.create_server(("127.0.0.1", 0), backlog=4096)
    print(listener.getsockname()[1], flush=True)
    members: dict[socket.socket, str] = {}
    lock = threading.Lock()

    def broadcast(line: str) -> None:
        raw = line.encode()
        with lock:
            for member in list(members):
                try:
                    member.sendall(raw)
                except OSError:
                    members.pop(member, None)

    def serve(sock: socket.socket) -> None:
        with sock, sock.makefile("r", encoding="utf-8", newline="\n") as lines:
            name = lines.readline().strip()
            with lock:
                members[sock] = name
            broadcast(f"SERVER~{name} joined the chat app\n")
            for line in lines:
                broadcast(f"{name}~{line}")

    while True:
        sock, _ = listener.accept()
        sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        threading.Thread(target=serve, args=(sock,), daemon=True).start()


if __name__ == "__main__":
    main()
