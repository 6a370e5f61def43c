"""Dead pictures are collected on Tk's thread, whatever other threads allocate."""

import gc
import threading
import tkinter as tk
import weakref

from tests.gui.driving import wait_until
from tkchat.gui.garbage import GarbageCollector


class Holder:
    """Something that holds a picture and itself, as windows do."""

    def __init__(self, root: tk.Tk) -> None:
        self.me = self
        self.photo = tk.PhotoImage(master=root, width=1, height=1)


def test_other_threads_leave_the_garbage_alone(root: tk.Tk) -> None:
    GarbageCollector(root)
    dead = weakref.ref(Holder(root))

    def allocate() -> None:
        for _ in range(100):
            [[] for _ in range(1_000)]

    thread = threading.Thread(target=allocate)
    thread.start()
    thread.join()
    assert dead() is not None
    kept = [[n] for n in range(5_000)]  # so that a collection is due
    wait_until(root, lambda: dead() is None)
    assert kept
    gc.unfreeze()
