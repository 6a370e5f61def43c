"""A script's chat with a host that keeps no log, whose lines have no identity.

A host gives back what one says, in the order it was said; so with a line it has those before it
too. One that gives nothing back, as after a command, is taken to have all after
`UNECHOED_SECONDS`. No line is said twice: if the connection is lost while some are on their way,
their number is told and the exit code is 1. If none are, the chat goes on once the session has
reconnected.
"""

from tkchat.client.events import Entered, Event, Lost, NotIn, PeopleHere
from tkchat.client.explain import explain, explain_refusal
from tkchat.client.message import Delivery
from tkchat.client.model import Link, Model
from tkchat.client.room import Changes
from tkchat.client.session import Session
from tkchat.i18n import tr, trn
from tkchat.terminal import pipe
from tkchat.terminal.ledger import Ledger
from tkchat.terminal.lines import for_scripts, host_says
from tkchat.terminal.output import Output
from tkchat.terminal.pipe import Pipe
from tkchat.terminal.source import Source
from tkchat.wire.errors import WireError

UNECHOED_SECONDS = 5.0


class PlainPipe(Pipe):
    """Says the lines as fast as the host gives them back."""

    def __init__(self, session: Session, model: Model, source: Source, output: Output) -> None:
        super().__init__(session, model, source, output)
        self._ledger = Ledger()

    def tell_rest(self) -> None:
        """Say nothing: what was on its way may have arrived."""

    @property
    def _on_the_way(self) -> int:
        return self._ledger.unsettled

    @property
    def _is_full(self) -> bool:
        return self._ledger.is_full

    def _say(self, text: str) -> bool:
        if self._model.link is not Link.ONLINE:
            return False
        try:
            said = self._session.say(text)
        except WireError as problem:
            self._fail(explain_refusal(problem))
            return True
        if said is None:  # it is offline, and will say so
            return False
        if text.strip():
            changes = Changes()
            self._model.said_here(said, changes)
            self._ledger.sent(len(text.encode()), changes.added[0] if changes.added else None)
            self._move()
        return True

    def _hear(self, event: Event) -> None:
        unsettled = self._ledger.unsettled
        changes = Changes()
        self._model.apply(event, changes)
        for message in changes.added:
            self._print(for_scripts(message))
        for message in changes.delivered:
            if message.delivery is Delivery.SENT:
                self._move()
                self._ledger.echoed(message)
                self._print(for_scripts(message))
        match event:
            case Entered(room):
                self._output.print(host_says(f"You are in {room}"))
            case PeopleHere(names):
                self._output.print(host_says(f"In {self._model.room.name}: {' '.join(names)}"))
            case Lost(why, _):
                self._ledger.clear()
                if unsettled:
                    self._give_up(tr("The connection was lost: {why}.").format(why=why), unsettled)
            case NotIn():
                self._give_up(explain(event, self._session.address), unsettled)

    def _look_after(self) -> None:
        if self._ledger.refused:
            told = trn(
                "The host did not take {count} line.",
                "The host did not take {count} lines.",
                self._ledger.refused,
            )
            self._fail(told.format(count=self._ledger.refused))
            self._ledger.refused = 0
        if not self._ledger.unsettled:
            return
        if self._quiet_seconds > pipe.STUCK_SECONDS:
            self._give_up(tr("The host has stopped answering."), self._ledger.unsettled)
        elif self._quiet_seconds > UNECHOED_SECONDS and not self._ledger.awaits_echo:
            self._ledger.clear()

    def _give_up(self, why: str, unsettled: int) -> None:
        if unsettled:
            told = trn(
                "{count} line of the input may not have arrived.",
                "{count} lines of the input may not have arrived.",
                unsettled,
            )
            why = f"{why} {told.format(count=unsettled)}"
        self._fail(why)
        self._is_over = True
