"""A fresh Tk for each test, in which no error goes unseen."""

import gc
import time
import tkinter as tk
import traceback
from collections.abc import Iterator
from pathlib import Path
from types import TracebackType

import pytest

from tests.gui.apps import People
from tests.gui.driving import show
from tests.gui.sample_messages import Clock
from tkchat.gui.emoji.emoji import Emoji
from tkchat.gui.look.palette import LIGHT
from tkchat.gui.look.theme import Theme
from tkchat.gui.messages.message_list import MessageList
from tkchat.gui.messages.message_menu import Deed, Deeds

SIZE = (700, 500)  #: of the window, in pixels


@pytest.fixture(autouse=True)
def garbage_stays_on_tks_thread(request: pytest.FixtureRequest) -> Iterator[None]:
    """Collect cyclic garbage here and not in any thread: a dead image calls Tk (see garbage.py)."""
    gc.disable()
    gc.freeze()  # what is there already need not be looked through after each test
    yield
    request.node.funcargs.clear()  # else the windows of the test outlive it, frozen for ever
    gc.collect()
    gc.enable()


def _open(window: tk.Tk) -> None:
    """Show ``window`` at its size, which on a busy machine Tk may give up waiting for."""
    deadline = time.monotonic() + 10
    while (window.winfo_width(), window.winfo_height()) != SIZE:
        window.geometry(f"{SIZE[0]}x{SIZE[1]}+20+20")
        window.update()
        assert time.monotonic() < deadline, window.geometry()


@pytest.fixture
def root() -> Iterator[tk.Tk]:
    """A window of 700 x 500 pixels; an error in any callback fails the test."""
    errors: list[str] = []

    def failed(
        kind: type[BaseException], error: BaseException, trace: TracebackType | None
    ) -> None:
        errors.append("".join(traceback.format_exception(kind, error, trace)))

    window = tk.Tk()
    window.report_callback_exception = failed
    # What Tcl itself could not run, such as the callback of a widget that is gone.
    window.tk.createcommand("bgerror", lambda message: errors.append(str(message)))
    _open(window)
    scaling = window.tk.call("tk", "scaling")
    yield window
    try:
        window.tk.call("tk", "scaling", scaling)  # Tk keeps it for the display, not for a root
        window.update()
        window.destroy()
    except tk.TclError:  # the test closed it
        pass
    window.tk.deletecommand("bgerror")  # which keeps the whole of Tcl, by what it calls
    assert not errors, "\n".join(errors)


@pytest.fixture
def theme(root: tk.Tk) -> Theme:
    """The light look at 100 %."""
    return Theme(root, LIGHT)


@pytest.fixture
def emoji(root: tk.Tk) -> Emoji:
    """Emoji as this machine has them."""
    return Emoji(root)


@pytest.fixture
def chosen() -> list[str]:
    """What was chosen by hand in a list of the sidebar."""
    return []


@pytest.fixture
def opened() -> list[str]:
    """The links that were clicked in `chat`."""
    return []


@pytest.fixture
def calendar() -> Clock:
    """What time it is for `chat`."""
    return Clock()


@pytest.fixture
def asked() -> list[str]:
    """What was asked for by hand in `chat`."""
    return []


@pytest.fixture
def chat(
    root: tk.Tk, theme: Theme, emoji: Emoji, opened: list[str], asked: list[str], calendar: Clock
) -> MessageList:
    """A message list that fills the window."""
    made = MessageList(
        root,
        theme,
        emoji,
        own_name="me",
        deeds=Deeds(
            allowed=lambda _message: [deed for deed in Deed if deed is not Deed.PERSON],
            do=lambda deed, message: asked.append(f"{deed.value} {message.text}"),
            react=lambda message, sequence: asked.append(f"{sequence} {message.text}"),
            go_to_answered=lambda message: asked.append(f"go to {message.answers}"),
        ),
        on_top=lambda: asked.append("older"),
        on_link=opened.append,
        now=lambda: calendar.now,
    )
    made.pack(fill="both", expand=True)
    show(made)
    return made


@pytest.fixture
def people(tmp_path: Path) -> Iterator[People]:
    """Whole programs in this process; their errors are logged, which fails the test."""
    people = People(tmp_path)
    yield people
    people.close()
