"""Keeps order from the window: what may be decided, the questions before it, and the answers."""

import tkinter as tk
from collections.abc import Callable
from functools import partial

from tkchat.client.explain import explain_code, explain_refusal
from tkchat.client.model import Link, Model
from tkchat.client.order import CommandAnswered, Role
from tkchat.client.room import Changes, Room
from tkchat.client.session import Session
from tkchat.gui.emoji.emoji import Emoji
from tkchat.gui.look.theme import Theme
from tkchat.gui.order.ask_why import AskWhy
from tkchat.gui.order.new_password import NONE, NewPassword
from tkchat.gui.order.order_words import slow_text
from tkchat.gui.places.room_names import room_label
from tkchat.gui.widgets.ask import Option, Question
from tkchat.gui.widgets.menu import SEPARATOR, Entry
from tkchat.i18n import tr
from tkchat.wire.errors import WireError
from tkchat.wire.names import GENERAL

SLOW_SECONDS = (0, 5, 30, 120)  #: what a room's menu offers between two messages of a person

Answer = Callable[[CommandAnswered], None]


class Ordering:
    """What a person may decide about people and rooms. Asks in ``window``. Only for Tk's thread.

    ``hint`` tells the person something. Each decision is a command that the host carries out or
    refuses; nothing is taken for done before it has said so.
    """

    def __init__(
        self,
        window: tk.Misc,
        theme: Theme,
        emoji: Emoji,
        session: Session,
        model: Model,
        hint: Callable[[str], None],
    ) -> None:
        self._window = window
        self._theme = theme
        self._emoji = emoji
        self._session = session
        self._model = model
        self._hint = hint
        self._expected: dict[str, Answer] = {}  # by the name of a command: who wants its answer

    @property
    def can_ask(self) -> bool:
        """Whether the host carries out commands, and is there."""
        return self._model.is_tagged and self._model.link is Link.ONLINE

    @property
    def keeps_order(self) -> bool:
        """Whether this person may decide anything now."""
        model = self._model
        return self.can_ask and model.order.may_order(model.user)

    @property
    def is_host(self) -> bool:
        """Whether this person is the host, and connected."""
        return self.can_ask and self._model.order.role_of(self._model.user) is Role.HOST

    def carry_out(self, command: str, said: str = "", answered: Answer | None = None) -> None:
        """Have the host carry out ``command``, such as ``/mute bob 10``.

        Its answer goes to ``answered``; without that ``said`` is told the person once it is done.
        """
        try:
            name = self._session.command(command)
        except WireError as error:
            self._hint(explain_refusal(error))
            return
        self._expected[name] = answered or partial(self._tell, said)

    def take(self, changes: Changes) -> None:
        """Hand on the answers of the host that nobody typed a command for."""
        if changes.link and self._model.link is not Link.ONLINE:
            self._expected.clear()  # their answers will never come
        for answer in changes.answered:
            if not answer.is_typed:
                self._expected.pop(answer.re, partial(self._tell, ""))(answer)

    def on_person(self, name: str) -> list[Entry]:
        """Return what this person may decide about another; nothing if that is nothing."""
        model = self._model
        if not (self.can_ask and model.order.may_order(model.user, name)):
            return []
        do = self.carry_out
        muted = tr("{name} is silenced.").format(name=name)
        speaks = tr("{name} may write again.").format(name=name)
        found = [
            Entry(tr("Silence for 10 minutes"), partial(do, f"/mute {name} 10", muted)),
            Entry(tr("Silence for an hour"), partial(do, f"/mute {name} 60", muted)),
            Entry(tr("Silence until I allow it again…"), partial(self._ask_mute, name, muted)),
            Entry(tr("Let write again"), partial(do, f"/unmute {name}", speaks)),
            SEPARATOR,
        ]
        if model.presence_of(name) is not None:  # else there is nobody to put out
            found.append(Entry(tr("Remove from the chat…"), partial(self._ask_kick, name)))
        found.append(Entry(tr("Ban…"), partial(self._ask_ban, name)))
        return [*found, *self._appointing(name)]

    def on_room(self, room: Room) -> list[Entry]:
        """Return what this person may decide about a room."""
        if room.is_conversation or not (room.joined and self.keeps_order):
            return []
        rules, name = self._model.order.rules.get(room.name), room.name
        is_locked, seconds = (rules.is_locked, rules.slow_seconds) if rules else (False, 0)
        lock = tr("Lock the room: nobody new comes in")
        if name == GENERAL:
            lock = tr("Lock the chat: nobody new comes in")
        change = partial(self.carry_out, f"/{'unlock' if is_locked else 'lock'} {name}")
        choices = sorted({*SLOW_SECONDS, seconds})
        return [
            Entry(lock, change, chosen=is_locked),
            SEPARATOR,
            *(
                Entry(
                    slow_text(each),
                    partial(self.carry_out, f"/slow {each} {name}"),
                    chosen=each == seconds,
                )
                for each in choices
            ),
            *self._archiving(name),
        ]

    def let_in(self, name: str) -> None:
        """Let somebody in who asks for it."""
        self.carry_out(f"/approve {name}", tr("{name} is let in.").format(name=name))

    def refuse(self, name: str) -> None:
        """Send somebody away who asks to be let in."""
        self.carry_out(f"/reject {name}", tr("{name} is sent away.").format(name=name))

    def ask_register(self) -> None:
        """Ask for a password for this person's own name."""
        user = self._model.user
        NewPassword(
            self._window,
            self._theme,
            self._emoji,
            tr("Register the name {name}").format(name=user),
            tr("With a password you can use your name on your other devices, too."),
            lambda password: self.carry_out(
                f"/register {password}", tr("Your name has a password now.")
            ),
        )

    def ask_password(self, over: tk.Misc | None = None) -> None:
        """Ask for another password of the chat."""
        NewPassword(
            over or self._window,
            self._theme,
            self._emoji,
            tr("The password of this chat"),
            tr("Everybody new has to know it. Who is in the chat already is not asked for it."),
            lambda password: self.carry_out(
                f"/password {password}", tr("The chat has a new password.")
            ),
            lambda: self.carry_out(f"/password {NONE}", tr("The chat has no password any more.")),
        )

    def _appointing(self, name: str) -> list[Entry]:
        if not self.is_host:
            return []
        if self._model.order.role_of(name) is Role.MODERATOR:
            said = tr("{name} is no moderator any more.").format(name=name)
            act = partial(self.carry_out, f"/unmoderator {name}", said)
            return [SEPARATOR, Entry(tr("No longer a moderator"), act)]
        return [SEPARATOR, Entry(tr("Make moderator…"), partial(self._ask_appoint, name))]

    def _archiving(self, room: str) -> list[Entry]:
        if room == GENERAL:
            return []
        return [SEPARATOR, Entry(tr("Archive the room…"), partial(self._ask_archive, room))]

    def _ask_mute(self, name: str, said: str) -> None:
        self._ask_why(
            tr("Silence {name}?").format(name=name),
            tr("They can read on, but write nothing until you or another moderator lets them."),
            tr("Silence"),
            f"/mute {name} 0",  # or a reason that begins with a number would be taken for minutes
            said,
        )

    def _ask_kick(self, name: str) -> None:
        self._ask_why(
            tr("Remove {name} from the chat?").format(name=name),
            tr("After a minute they may come back. To keep them out, ban them."),
            tr("Remove"),
            f"/kick {name}",
            tr("{name} was removed from the chat.").format(name=name),
        )

    def _ask_ban(self, name: str) -> None:
        self._ask_why(
            tr("Ban {name}?").format(name=name),
            tr(
                "They are put out and do not come back: not by this name, and not by a new one "
                "from their computer. The list of decisions can lift it."
            ),
            tr("Ban"),
            f"/ban {name}",
            tr("{name} is banned.").format(name=name),
        )

    def _ask_appoint(self, name: str) -> None:
        said = tr("{name} is a moderator now.").format(name=name)
        Question(
            self._window,
            self._theme,
            self._emoji,
            tr("Make {name} a moderator?").format(name=name),
            tr("Moderators silence, remove and ban people, lock rooms, and delete messages."),
            [Option(tr("Make moderator"), partial(self.carry_out, f"/moderator {name}", said))],
        )

    def _ask_archive(self, room: str) -> None:
        archive = partial(self.carry_out, f"/archive {room}", tr("The room is archived."))
        text = tr(
            "Everybody leaves it, and nobody can join it any more. Nothing that was said there is "
            "lost: /unarchive {room} brings it back."
        )
        Question(
            self._window,
            self._theme,
            self._emoji,
            tr("Archive the room {room}?").format(room=room_label(room)),
            text.format(room=room),
            [Option(tr("Archive"), archive, is_dangerous=True)],
        )

    def _ask_why(self, title: str, text: str, button: str, command: str, said: str) -> None:
        def done(why: str) -> None:
            self.carry_out(f"{command} {why}".rstrip(), said)

        AskWhy(self._window, self._theme, self._emoji, title, text, button, done)

    def _tell(self, said: str, answer: CommandAnswered) -> None:
        if answer.code:
            said = explain_code(answer.code, answer.text)
        self._hint(said)
