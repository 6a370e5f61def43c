"""For scripts: lines from standard input are said, what is said comes out as ``who~what`` lines.

Every line of the input is one message, said in order and as fast as the host takes them; one that
begins with ``/`` is a command, ``//x`` says ``/x``, ``/quit`` ends the input. Once the input has
ended and the host has everything, the chat is left, with exit code 0. What it means to have it
depends on the host: see `TaggedPipe` and `PlainPipe`.
"""

import contextlib
import io
import queue
from collections.abc import Sequence

from tkchat.client.events import Event, Opened, Welcome
from tkchat.client.model import Model
from tkchat.client.session import Session
from tkchat.i18n import tr
from tkchat.queues import next_within
from tkchat.terminal.feed import Feed
from tkchat.terminal.output import Output, tell
from tkchat.terminal.pipe import Pipe
from tkchat.terminal.plain_pipe import PlainPipe
from tkchat.terminal.source import Ended, Source, Typed
from tkchat.terminal.tagged_pipe import TaggedPipe

POLL_SECONDS = 0.5  # how exactly limits are kept; Windows delivers Ctrl+C only between waits


def chat(
    session: Session, model: Model, first: Sequence[Event], file: io.RawIOBase | None = None
) -> int:
    """Chat until the input ends; return the exit code.

    ``first`` is what the session has told so far, up to `Opened` or `Welcome`. The input is
    ``file``, or standard input.
    """
    inbox: queue.SimpleQueue[Event | Typed | Ended] = queue.SimpleQueue()
    output = Output()
    with Source(inbox.put, file) as source, Feed(session.events, inbox.put):
        kind = TaggedPipe if _is_tagged(first) else PlainPipe
        pipe = kind(session, model, source, output)
        try:
            _run(pipe, first, inbox)
        except KeyboardInterrupt:
            pipe.tell_rest()
            raise
        except OSError as error:
            output.abandon()
            if isinstance(error, BrokenPipeError):  # whoever read has seen enough
                pipe.tell_rest()
                return pipe.exit_code or bool(pipe.unsettled)
            tell(tr("The output cannot be written: {why}.").format(why=error.strerror))
            pipe.tell_rest()
            return 1
    return pipe.exit_code


def _run(
    pipe: Pipe, first: Sequence[Event], inbox: "queue.SimpleQueue[Event | Typed | Ended]"
) -> None:
    for event in first:
        pipe.take(event)
    while not pipe.is_done():
        with contextlib.suppress(queue.Empty):
            pipe.take(next_within(inbox, POLL_SECONDS))


def _is_tagged(first: Sequence[Event]) -> bool:
    return any(
        isinstance(event, Opened) or (isinstance(event, Welcome) and event.tagged)
        for event in first
    )
