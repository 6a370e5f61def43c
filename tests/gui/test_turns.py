"""Long work leaves room for everything else."""

import tkinter as tk
from collections.abc import Iterator

from tests.gui.driving import wait_until
from tkchat.gui.turns import InTurns


def test_others_have_their_turn_between_two_steps(root: tk.Tk) -> None:
    done: list[str] = []

    def steps() -> Iterator[None]:
        for name in ("first", "second", "third"):
            root.after_idle(done.append, f"after the {name}")
            done.append(name)
            yield

    InTurns(root, steps())
    wait_until(root, lambda: len(done) == 6)
    assert done == [
        *("first", "after the first", "second", "after the second", "third", "after the third")
    ]


def test_it_can_be_stopped(root: tk.Tk) -> None:
    done: list[int] = []

    def steps() -> Iterator[None]:
        for number in range(3):
            done.append(number)
            if number == 1:
                turns.stop()
                root.after(20, done.append, -1)
            yield

    turns = InTurns(root, steps())
    wait_until(root, lambda: -1 in done)
    assert done == [0, 1, -1]
    turns.stop()


def test_it_may_begin_later(root: tk.Tk) -> None:
    done: list[str] = []

    def steps() -> Iterator[None]:
        done.append("step")
        yield

    InTurns(root, steps(), wait_ms=30)
    root.after(10, done.append, "before")
    wait_until(root, lambda: len(done) == 2)
    assert done == ["before", "step"]
