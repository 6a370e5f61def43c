"""Who keeps order, and what they decided. The hub's thread owns it; all of it lasts but kicks."""

import time
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TypeVar

from tkchat.net.address import is_loopback
from tkchat.server.guard import Quota, origin
from tkchat.server.limits import Limits
from tkchat.server.log_records import Account, Ban, ChatPassword, Decision, Mute, State
from tkchat.server.member import Member, Person, Room
from tkchat.server.turn import Turn
from tkchat.wire import plain, tagged
from tkchat.wire.errors import RemoteError
from tkchat.wire.order import MutedFor, Role

MOST_SLOW_SECONDS = 3600

_TOO_MANY_NAMES = ("not-allowed", "Too many new names came from there")

_Key = TypeVar("_Key")
_Value = TypeVar("_Value")


@dataclass(frozen=True, slots=True)
class Visit:
    """Where somebody comes from, and what they have proved on the way in.

    ``chat_password`` is the version of the chat's password that they knew, ``name_password`` the
    hash of that of the name which theirs fits, ``is_host`` whether they knew the host's code.
    ``approved_key`` is the key of the name under which somebody let them in.
    """

    host: str = ""
    chat_password: int = 0
    name_password: str = field(default="", repr=False)
    is_host: bool = False
    approved_key: str = ""


class PasswordNeeded(RemoteError):
    """Somebody has to know what ``hash`` was made of: ``bad-password``.

    ``needs`` says whose it is: ``chat`` or ``name``.
    """

    def __init__(
        self, needs: str, hashed: str, version: int = 0, *, is_wrong: bool = False
    ) -> None:
        whose = "This chat" if needs == "chat" else "This name"
        why = "That password is wrong." if is_wrong else f"{whose} has a password."
        super().__init__("bad-password", why)
        self.needs = needs
        self.hash = hashed
        self.version = version


class ApprovalNeeded(RemoteError):
    """Somebody who keeps order has to let them in: ``not-allowed``."""

    def __init__(self) -> None:
        super().__init__("not-allowed", "Somebody has to let you in.")


class Order:
    """Bans, mutes, rules, the chat's password, and the audit of all decisions.

    What is decided holds at once; should the turn's commit fail, it is taken back.
    """

    def __init__(self, state: State, turn: Turn, limits: Limits, *, asks_approval: bool) -> None:
        self.limits = limits
        self.asks_approval = asks_approval
        self.password: ChatPassword = state.password
        self._last_version = self.password.version
        self.host_code_hash = state.host_code_hash  #: of what proves the host
        self._turn = turn
        self._bans = {ban.id: ban for ban in state.bans}
        self._last_ban = max(self._bans, default=0)
        self._mutes = {mute.key: mute for mute in state.mutes}
        self._kicked: dict[str, float] = {}  # by key, until when
        self._new_names = Quota(limits.new_names, limits.new_name_seconds, _TOO_MANY_NAMES)
        self._spoke: dict[tuple[str, str], float] = {}  # rooms' and names' keys, and when last

    def check_door(self, key: str, account: Account | None, visit: Visit) -> None:
        """Refuse whoever is kept out, or does not know the chat's password.

        ``account`` is theirs, if they have proved that.

        Raises:
            RemoteError: ``not-allowed``, or `PasswordNeeded`.
        """
        if visit.is_host or (account is not None and account.role is Role.HOST):
            return
        if ban := self._find_ban(key, account, visit.host):
            raise RemoteError("not-allowed", f"You are banned from this chat{because(ban.why)}.")
        if seconds := self._kicked_for(key):
            why = f"You were put out of this chat: you may come back in {seconds} seconds."
            raise RemoteError("not-allowed", why)
        version = self.password.version
        knows = visit.chat_password == version or (account and account.let_in == version)
        if self.password.hash and not knows:
            raise PasswordNeeded("chat", self.password.hash, version)

    def check_stay(self, person: Person) -> None:
        """Refuse whoever was put out between being let in and hearing the chat.

        Raises:
            RemoteError: ``not-allowed``.
        """
        self.check_door(person.key, person.account, Visit(chat_password=self.password.version))

    def check_new(self, key: str, room: Room, visit: Visit) -> None:
        """Refuse somebody new, under the name with ``key``, who may have to wait.

        Raises:
            RemoteError: ``not-allowed``, or `ApprovalNeeded`.
        """
        if visit.is_host:
            return
        if room.is_locked:
            raise RemoteError("not-allowed", "This chat is locked: nobody new comes in just now.")
        if self.asks_approval and visit.approved_key != key:
            raise ApprovalNeeded

    def count_new(self, visit: Visit) -> None:
        """Count a new name that somebody makes their own.

        Raises:
            RemoteError: ``not-allowed``, too many came from there.
        """
        if visit.host and not is_loopback(visit.host):
            self._new_names.use(visit.host)

    def check_room(self, person: Person, room: Room) -> None:
        """Refuse to let somebody into a room.

        Raises:
            RemoteError: ``not-allowed``.
        """
        if room.is_locked and person.role is Role.MEMBER:
            raise RemoteError("not-allowed", f"{room.name} is locked: nobody new comes in.")

    def check_voice(self, person: Person, now_ms: int) -> None:
        """Refuse whoever may say nothing.

        Raises:
            RemoteError: ``not-allowed``.
        """
        mute = self.mute_of(person.key, now_ms)
        if mute is not None and person.role is not Role.HOST:
            left = f" for {in_minutes(mute.until_ms - now_ms)}" if mute.until_ms else ""
            raise RemoteError("not-allowed", f"You are muted{left}{because(mute.why)}.")

    def check_pace(self, person: Person, room: Room) -> None:
        """Refuse whoever speaks too often in a slow room; else note that they speak.

        Raises:
            RemoteError: ``not-allowed``.
        """
        if not room.slow_seconds or person.role is not Role.MEMBER:
            return
        at, now = (room.key, person.key), time.monotonic()
        left = self._spoke.get(at, -room.slow_seconds) + room.slow_seconds - now
        if left > 0:
            why = f"{room.name} is slow: you may speak there again in {int(left) + 1} seconds."
            raise RemoteError("not-allowed", why)
        self._spoke.pop(at, None)
        self._spoke[at] = now  # the last one
        while now - self._spoke[first := next(iter(self._spoke))] > MOST_SLOW_SECONDS:
            del self._spoke[first]

    def mute_of(self, key: str, now_ms: int) -> Mute | None:
        """Return the mute of somebody, if there is one by now."""
        mute = self._mutes.get(key)
        return mute if mute is not None and (not mute.until_ms or now_ms < mute.until_ms) else None

    def tell_mute(self, member: Member, now_ms: int) -> None:
        """Tell ``member``, who comes in, if they may say nothing."""
        mute = self.mute_of(member.person.key, now_ms)
        if mute is None:
            return
        seconds = (mute.until_ms - now_ms) // 1000 + 1 if mute.until_ms else None
        told = f"{mute.by} muted you{because(mute.why)}"
        if member.is_tagged:
            line = tagged.encode(MutedFor(seconds, told))
        else:
            line = plain.encode(plain.Notice(told))
        self._turn.tell(member, line)

    @property
    def bans(self) -> list[Ban]:
        """Who is kept out, the first one first."""
        return list(self._bans.values())

    def set_mute(self, mute: Mute) -> None:
        """Let somebody say nothing."""
        former = self._mutes.get(mute.key)
        self._mutes[mute.key] = mute
        self._turn.batch.mutes.append(mute)
        self._turn.undo.append(lambda: _put_back(self._mutes, mute.key, former))

    def end_mute(self, key: str) -> bool:
        """Let somebody speak again; tell whether they could not."""
        former = self._mutes.pop(key, None)
        if former is None:
            return False
        batch = self._turn.batch
        batch.mutes = [each for each in batch.mutes if each.key != key]
        batch.unmuted.append(key)
        self._turn.undo.append(lambda: _put_back(self._mutes, key, former))
        return True

    def set_ban(self, ban: Callable[[int], Ban]) -> None:
        """Keep somebody out; ``ban`` makes the record with its number."""
        self._last_ban += 1
        number = self._last_ban
        made = self._bans[number] = ban(number)
        self._turn.batch.bans.append(made)
        self._turn.undo.append(lambda: _put_back(self._bans, number, None))

    def end_bans(self, key: str) -> bool:
        """Let somebody come back; tell whether they were kept out."""
        ended = [ban for ban in self._bans.values() if ban.key == key]
        for ban in ended:
            del self._bans[ban.id]
            if ban in self._turn.batch.bans:
                self._turn.batch.bans.remove(ban)
            else:
                self._turn.batch.unbanned.append(ban.id)
        self._turn.undo.append(lambda: self._bans.update({ban.id: ban for ban in ended}))
        is_kicked = self._kicked.pop(key, None) is not None
        return bool(ended) or is_kicked

    def set_kick(self, key: str) -> None:
        """Keep somebody out for a little while."""
        now = time.monotonic()
        self._kicked = {each: until for each, until in self._kicked.items() if until > now}
        self._kicked[key] = now + self.limits.kick_seconds
        self._turn.undo.append(lambda: self._kicked.pop(key, None))

    def set_password(self, hashed: str) -> None:
        """Let nobody in from now on who does not know what ``hashed`` was made of."""
        former = self.password
        self._last_version += 1  # also if this is undone: somebody may have shown it by then
        self.password = ChatPassword(hashed, self._last_version)
        self._turn.batch.password = self.password

        def undo() -> None:
            self.password = former

        self._turn.undo.append(undo)

    def record(self, time_ms: int, by: str, action: str, about: str, text: str) -> None:
        """Note a decision in the audit."""
        self._turn.batch.decisions.append(Decision(time_ms, by, action, about, text))

    def _find_ban(self, key: str, account: Account | None, host: str) -> Ban | None:
        # Behind one address there may be many: those with an account of their own are known.
        place = origin(host)
        for ban in self._bans.values():
            if account is not None:
                is_same = ban.account_id == account.id
            else:
                is_same = place in map(origin, ban.addresses)
            if is_same or ban.key == key:
                return ban
        return None

    def _kicked_for(self, key: str) -> int:
        left = self._kicked.get(key, 0.0) - time.monotonic()
        return int(left) + 1 if left > 0 else 0


def _put_back(table: dict[_Key, _Value], key: _Key, former: _Value | None) -> None:
    if former is None:
        table.pop(key, None)
    else:
        table[key] = former


def because(why: str) -> str:
    """Return ``why`` as the end of a sentence, if there is a reason."""
    return f": {why}" if why else ""


def in_minutes(ms: int) -> str:
    """Return a time in milliseconds as whole minutes."""
    minutes = max(1, round(ms / 60_000))
    return "1 minute" if minutes == 1 else f"{minutes} minutes"
