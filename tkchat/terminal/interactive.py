"""For people: the typed line stays at the bottom while messages scroll by above it."""

import asyncio
import contextlib
import time
from collections import deque
from collections.abc import Iterable, Sequence
from datetime import datetime

from prompt_toolkit import PromptSession
from prompt_toolkit.buffer import Buffer
from prompt_toolkit.completion import CompleteEvent, Completer, Completion
from prompt_toolkit.document import Document
from prompt_toolkit.formatted_text import FormattedText
from prompt_toolkit.history import InMemoryHistory
from prompt_toolkit.patch_stdout import patch_stdout
from prompt_toolkit.renderer import print_formatted_text
from prompt_toolkit.shortcuts import CompleteStyle
from prompt_toolkit.styles import Style

from tkchat.client import commands
from tkchat.client.commands import Action
from tkchat.client.events import Event, PeopleHere, RoomsThere
from tkchat.client.explain import explain_refusal
from tkchat.client.model import Link, Model
from tkchat.client.session import Session
from tkchat.i18n import tr
from tkchat.terminal import on_messages
from tkchat.terminal.feed import Feed
from tkchat.terminal.lines import PROBLEM, Styled, note, status
from tkchat.terminal.telling import Telling
from tkchat.wire.errors import WireError
from tkchat.wire.requests import Say

QUIT = "/quit"
STATUS_SECONDS = 1.0  # how often the status line counts down
ECHO_SECONDS = 2.0  # how long after the last line said leaving may wait for the host to have it
BATCH_EVENTS = 200  # shown at once: each time costs a redraw of the prompt

_ANSWERS: dict[str, type[Event]] = {"/who": PeopleHere, "/rooms": RoomsThere}
_STYLE = Style([("bottom-toolbar", "noreverse ansibrightblack")])


def chat(session: Session, model: Model, first: Sequence[Event]) -> int:
    """Chat until the person leaves with Ctrl+C, Ctrl+D or ``/quit``; return the exit code.

    ``first`` is what the session has told so far.
    """
    return asyncio.run(_Interactive(session, model).run(first))


class _Interactive:
    """The prompt and the messages above it. All in one asyncio loop."""

    def __init__(self, session: Session, model: Model) -> None:
        self._session = session
        self._model = model
        self._telling = Telling(model, session.address)
        self._inbox: deque[Event] = deque()
        self._lines: list[Styled] = []  # to be printed
        self._news = asyncio.Event()  # in either of them
        self._said_at = 0.0
        self._prompt: PromptSession[str] = PromptSession(
            "> ",
            completer=NameCompleter(model),
            complete_while_typing=False,
            complete_style=CompleteStyle.READLINE_LIKE,
            reserve_space_for_menu=0,
            bottom_toolbar=lambda: status(model, datetime.now().astimezone()),
            refresh_interval=STATUS_SECONDS,
            erase_when_done=True,  # what was typed appears as a message instead
            style=_STYLE,
            history=_History(),
        )
        # One prompt for the whole chat: between two the terminal would take keys for itself.
        self._prompt.default_buffer.accept_handler = self._accept

    async def run(self, first: Sequence[Event]) -> int:
        """Chat; return the exit code."""
        loop = asyncio.get_running_loop()
        self._inbox.extend(first)
        self._news.set()
        feed = Feed(self._session.events, lambda e: loop.call_soon_threadsafe(self._arrived, e))
        with patch_stdout(), feed:
            tasks = [asyncio.create_task(self._talk()), asyncio.create_task(self._listen())]
            done, others = await asyncio.wait(tasks, return_when=asyncio.FIRST_COMPLETED)
            for task in others:
                task.cancel()
            await asyncio.gather(*others, return_exceptions=True)
            for task in done:
                task.result()
            self._lines += self._telling.farewell()
            await self._print()
        return int(self._telling.failed)

    async def _talk(self) -> None:
        with contextlib.suppress(EOFError, KeyboardInterrupt):
            await self._prompt.prompt_async()
        while (
            self._telling.unconfirmed
            and self._model.link is Link.ONLINE
            and time.monotonic() < self._said_at + ECHO_SECONDS
        ):
            await asyncio.sleep(0.05)

    def _accept(self, typed: Buffer) -> bool:
        """Say what was typed; tell whether to keep it."""
        text = typed.text
        if text.strip().lower() == QUIT:
            self._prompt.app.exit()
            return True
        try:
            said = self._say(text)
        except WireError as problem:
            self._show(note(explain_refusal(problem), PROBLEM))
            return True
        if said is None:
            told = tr("You are not connected: nothing was sent. Your text is kept.")
            self._show(note(told, PROBLEM))
            return True
        self._said_at = time.monotonic()
        self._show(*self._telling.said(said))
        return False

    def _say(self, text: str) -> list[Say] | None:
        is_tagged = self._model.is_tagged
        if is_tagged and (done := on_messages.parse(text, self._model)) is not None:
            return self._do(done)
        asked = commands.parse(text, self._model.user) if is_tagged else None
        if asked is not None and asked.action is Action.HELP:
            rows = on_messages.table()
            self._show(*(note(f"{row.usage} – {row.help}") for row in rows))
        if asked is not None and asked.action is Action.SAY:
            # Not by the session's `say`: that looks at a conversation after `/msg`.
            return self._session.send(Say(asked.room, asked.text))
        said = self._session.say(text)
        if said is not None and (answer := _ANSWERS.get(text.partition(" ")[0].strip().lower())):
            self._telling.asked.add(answer)
        return said

    def _do(self, done: Say) -> list[Say]:
        if done.target:
            return self._session.send(done)
        self._session.replace(done.mid, done.text)
        return []

    def _show(self, *lines: Styled) -> None:
        self._lines += lines
        self._news.set()

    def _arrived(self, event: Event) -> None:
        self._inbox.append(event)
        self._news.set()

    async def _listen(self) -> None:
        while not self._telling.failed:
            await self._news.wait()
            for _ in range(min(len(self._inbox), BATCH_EVENTS)):
                self._lines += self._telling.about(self._inbox.popleft())
            if not self._inbox:
                self._news.clear()
            await self._print()
            for room, seq in self._telling.take_read():
                self._session.read(room, seq)
            # The text of what was refused is to be seen, and Up brings it back.
            for mid in self._telling.take_refused():
                self._session.discard(mid)

    async def _print(self) -> None:
        """Print the lines above the prompt, if there is one just now."""
        app = self._prompt.app
        if self._lines and app.is_running and app.output.responds_to_cpr:
            # An answer about where the cursor was would be wrong afterwards.
            await app.renderer.wait_for_cpr_responses()
        lines, self._lines = self._lines, []
        if lines:
            if app.is_running:
                app.renderer.erase()
            text = [piece for line in lines for piece in (*line, ("", "\n"))]
            print_formatted_text(app.output, FormattedText(text), _STYLE)
            if app.is_running:
                app.renderer.request_absolute_cursor_position()
        app.invalidate()


class _History(InMemoryHistory):
    """What was typed, to be had again with Up; but no passwords."""

    def append_string(self, string: str) -> None:
        """Keep what was typed."""
        if not commands.is_secret(string):
            super().append_string(string)


class NameCompleter(Completer):
    """Completes the name before the cursor, with a colon when it begins the line."""

    def __init__(self, model: Model) -> None:
        self._model = model

    def get_completions(
        self, document: Document, complete_event: CompleteEvent
    ) -> Iterable[Completion]:
        """Yield those who match, whoever spoke last first."""
        del complete_event
        before = document.text_before_cursor
        word = before[max(before.rfind(" "), before.rfind("\n")) + 1 :]
        start = word.removeprefix("@")
        if not start:
            return
        end = ": " if before == word else " "
        for name in self._model.recent_speakers():
            if name.casefold().startswith(start.casefold()):
                yield Completion(name + end, start_position=-len(start), display=name)
