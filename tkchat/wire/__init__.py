"""The line grammar, pure: no sockets, threads, clock or tkinter."""
