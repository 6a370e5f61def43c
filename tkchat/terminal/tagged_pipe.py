"""A script's chat with a host that keeps a log: a line is on this computer's disk once it is said.

There it waits until the host has accepted it, in this run or a later one. So a lost connection is
waited out; only the end of the input sets a limit to that.
"""

from tkchat.client import commands
from tkchat.client.commands import Action, Asked
from tkchat.client.events import (
    Arrived,
    Entered,
    Event,
    Live,
    Lost,
    Noticed,
    NotIn,
    Older,
    Opened,
    PeopleHere,
    Refused,
    Reset,
    RoomJoined,
    RoomsThere,
)
from tkchat.client.explain import explain, explain_refusal
from tkchat.client.message import Kind
from tkchat.client.model import Link, Model
from tkchat.client.order import Knock, MutedFor, Rules
from tkchat.client.order_telling import BECAME_HOST
from tkchat.client.room import Changes
from tkchat.client.session import Session
from tkchat.i18n import tr, trn
from tkchat.terminal import pipe
from tkchat.terminal.lines import for_scripts, host_says
from tkchat.terminal.output import Output, tell
from tkchat.terminal.pipe import Pipe
from tkchat.terminal.source import Source
from tkchat.terminal.spelling import from_entry, is_current
from tkchat.wire.entry import Entry
from tkchat.wire.errors import WireError
from tkchat.wire.requests import Say

MOST_WAITING = 10_000  # lines in the outbox; more are only read when the host takes some

_ANSWERS: dict[Action, tuple[type[Event], ...]] = {
    Action.WHO: (PeopleHere, Noticed),
    Action.ROOMS: (RoomsThere, Noticed),
    Action.JOIN: (RoomJoined, Noticed),
    Action.TELL_TOPIC: (Noticed,),
}


class TaggedPipe(Pipe):
    """Says the lines as fast as the disk takes them, and waits until the host has them.

    Written out is what is said from the first moment that the host is there, however often the
    connection is lost after that.
    """

    def __init__(self, session: Session, model: Model, source: Source, output: Output) -> None:
        super().__init__(session, model, source, output)
        self._waiting: dict[str, str] = {}  # what the host has not accepted: texts by their mids
        self._said: set[str] = set()  # those among them that are of this run
        self._asked: list[tuple[type[Event], ...]] = []  # the answers that are still to come
        self._was_live = False
        self._is_settled = False  # the host has told all that the session asks for by itself
        self._newest = 0  # the seq of the newest event heard of

    def tell_rest(self) -> None:
        """Say what becomes of the lines that are not known to have arrived, if there are any."""
        if self._waiting:
            told = trn(
                "{count} line waits on this computer, to be sent the next time that {name} joins "
                "from this profile.",
                "{count} lines wait on this computer, to be sent the next time that {name} joins "
                "from this profile.",
                len(self._waiting),
            )
            tell(told.format(count=len(self._waiting), name=self._model.user))
        if self._unsaid:
            tell(tr("The rest of the input was not said."))

    @property
    def _on_the_way(self) -> int:
        return len(self._waiting) + len(self._asked)

    @property
    def _is_full(self) -> bool:
        return len(self._waiting) >= MOST_WAITING

    def _say(self, text: str) -> bool:
        try:
            asked = commands.parse(text, self._model.user)
            if asked is not None and asked.action is Action.SAY:
                # Not by the session's `say`: that looks at a conversation after `/msg`.
                for say in self._session.send(Say(asked.room, asked.text)):
                    self._waiting[say.mid] = say.text
                    self._said.add(say.mid)
            elif asked is not None:
                return self._ask(asked, text)
        except WireError as problem:
            self._fail(explain_refusal(problem))
        return True

    def _ask(self, asked: Asked, text: str) -> bool:
        if not self._is_settled or self._asked:  # whose answer comes next must be known
            return False
        is_there = asked.action is Action.JOIN and self._is_joined(asked.room)
        if not is_there and asked.action in _ANSWERS:
            self._asked.append(_ANSWERS[asked.action])
        self._session.say(text)
        return True

    def _is_joined(self, name: str) -> bool:
        rooms = self._model.rooms.values()
        return any(room.joined and room.name.casefold() == name.casefold() for room in rooms)

    def _hear(self, event: Event) -> None:
        changes = Changes()
        self._model.apply(event, changes)
        match event:
            case Opened() | Entered() | Older():
                pass  # those tell of earlier times
            case Rules(text=text) | MutedFor(text=text) | Knock(text=text):
                self._print([host_says(text)] if text else [])  # scripts read English
            case Noticed(text) if text in BECAME_HOST:
                self._print([host_says(text)])
            case _:
                for message in changes.added:
                    if message.kind is not Kind.SAID:
                        self._print(for_scripts(message))
        match event:
            case Opened():
                waiting = [each.say for each in event.waiting if not each.refused_code]
                self._waiting |= {say.mid: say.text for say in waiting}
            case Live():
                self._was_live = True
                self._move()
            case Reset():
                self._newest = 0
            case Arrived(entries):
                for entry in entries:
                    self._take_entry(entry)
            case Refused(mid, _, why):
                self._refuse(mid, why)
            case RoomsThere() if self._model.is_live and not self._is_settled:
                self._is_settled = True
            case Lost():
                self._is_settled = False
                # A room is asked for again; other questions are not.
                self._asked = [each for each in self._asked if RoomJoined in each]
            case NotIn():
                self._give_up(explain(event, self._session.address))
            case _:
                self._tell_about(event)
        self._settle_question(event)

    def _take_entry(self, entry: Entry) -> None:
        is_own = self._waiting.pop(entry.mid, None) is not None
        if is_own:
            self._said.discard(entry.mid)
            self._move()
        # What was said again is answered by the old event, which may have come before.
        is_news = self._was_live and entry.seq > self._newest
        self._newest = max(self._newest, entry.seq)
        if is_own or is_news:
            message = from_entry(entry, self._model)
            self._print([] if message is None else for_scripts(message))

    def _refuse(self, mid: str, why: str) -> None:
        text = self._waiting.pop(mid, None)
        if text is None:
            return
        self._move()
        self._fail(tr('The host did not take "{text}": {why}').format(text=text, why=why))
        if mid in self._said:  # whoever reads the errors decides about it, and not the next run
            self._said.discard(mid)
            self._session.discard(mid)

    def _tell_about(self, event: Event) -> None:
        match event:
            case Entered(room):
                self._output.print(host_says(f"You are in {room}"))
            case PeopleHere(names, room) if is_current(room, self._model) or self._awaits(event):
                self._output.print(host_says(f"In {room}: {' '.join(names)}"))
            case RoomsThere(rooms) if self._awaits(event):
                listed = " ".join(f"{name} ({count})" for name, count in rooms)
                self._output.print(host_says(f"Rooms: {listed}"))

    def _awaits(self, event: Event) -> bool:
        return any(isinstance(event, answers) for answers in self._asked)

    def _settle_question(self, event: Event) -> None:
        for answers in self._asked:
            if isinstance(event, answers):
                self._asked.remove(answers)
                self._move()
                return

    def _look_after(self) -> None:
        is_expected = self._input_ended or self._unsaid
        if is_expected and self.unsettled and self._quiet_seconds > pipe.STUCK_SECONDS:
            away = tr("The host is not there: {why}.").format(why=self._model.lost_why)
            is_there = self._model.link is Link.ONLINE
            self._give_up(tr("The host has stopped answering.") if is_there else away)

    def _give_up(self, why: str) -> None:
        self._fail(why)
        self.tell_rest()
        self._is_over = True
