"""What those who keep order can do: each of these decides, and notes it in the audit.

Each returns the sentence that answers whoever asked for it. What they tell and do is undone or
left out if the turn cannot be committed.
"""

from functools import partial

from tkchat.net.address import is_loopback
from tkchat.server import speech
from tkchat.server.accounts import COME_IN_AGAIN
from tkchat.server.chat import Chat
from tkchat.server.knocks import Knocker
from tkchat.server.log_records import Account, Ban, Mute
from tkchat.server.member import Member, Person, Room
from tkchat.server.order import MOST_SLOW_SECONDS, because, in_minutes
from tkchat.server.turn import Line
from tkchat.wire import order, plain, tagged
from tkchat.wire.entry import Kind
from tkchat.wire.errors import RemoteError
from tkchat.wire.names import SERVER, check_name, name_key
from tkchat.wire.order import MutedFor, Outcome, Role, RoleIs
from tkchat.wire.requests import Say

MAX_WHY_CHARS = 200
MOST_MINUTES = 60 * 24 * 366


def become_host(chat: Chat, member: Member) -> str:
    """Make whoever proved it the host."""
    if member.person.role is Role.HOST:
        return "You are the host already."
    set_role(chat, member.name, member.person, Role.HOST)
    chat.turn.batch.host_code_hash = chat.order.host_code_hash  # whose role this is
    return "You are the host now."


def note_host_code(chat: Chat, hashed: str) -> None:
    """Let nobody be the host any more by another code than what was hashed to ``hashed``."""
    former, chat.order.host_code_hash = chat.order.host_code_hash, hashed
    if former in ("", hashed):
        return
    chat.turn.batch.host_code_hash = hashed
    chat.turn.undo.append(lambda: setattr(chat.order, "host_code_hash", former))
    for account in chat.accounts:
        if account.role is Role.HOST:
            chat.accounts.set_role(account, Role.MEMBER, chat.turn)
            why = "the host's code is another one"
            chat.order.record(chat.now_ms, SERVER, Role.MEMBER, account.name, why)


def set_role(chat: Chat, by: str, person: Person, role: Role) -> None:
    """Give somebody who is here a role, to last if they have an account."""
    if person.account is not None:
        chat.accounts.set_role(person.account, role, chat.turn)
    else:
        person.plain_role, former = role, person.plain_role
        chat.turn.undo.append(lambda: setattr(person, "plain_role", former))
    chat.order.record(chat.now_ms, by, role, person.name, "")
    _tell_role(chat, person.name, role)
    for each in person.members:
        if role is not Role.MEMBER:
            chat.knocks.show_all(each)


def appoint(chat: Chat, member: Member, name: str, role: Role) -> str:
    """Let somebody keep order, or no longer.

    Raises:
        RemoteError: ``not-allowed``, ``no-room``, ``bad-name``.
    """
    _need(member, Role.HOST)
    who, person, account = _find(chat, name)
    if account is None or (person is not None and person.account is not account):
        raise RemoteError(
            "not-allowed", f"{who} has no name of their own: they use nc or the like."
        )
    if account.role is Role.HOST:
        raise RemoteError("not-allowed", f"{who} is the host.")
    chat.accounts.set_role(account, role, chat.turn)
    word = "moderator" if role is Role.MODERATOR else "unmoderator"
    now = "a moderator now" if role is Role.MODERATOR else "no moderator any more"
    chat.order.record(chat.now_ms, member.name, word, who, "")
    _tell_role(chat, who, role)
    if person is not None and role is Role.MODERATOR:
        for each in person.members:
            chat.knocks.show_all(each)
    return f"{who} is {now}."


def mute(chat: Chat, member: Member, name: str, minutes: int, why: str) -> str:
    """Let somebody say nothing, for so many minutes or, with 0, for good.

    Raises:
        RemoteError: ``not-allowed``, ``no-room``, ``bad-name``, ``too-long``.
    """
    who, person, _ = _target(chat, member, name)
    if minutes > MOST_MINUTES:
        raise RemoteError("bad-line", f"At most {MOST_MINUTES} minutes; none mean for good.")
    key, why = name_key(who), _check_why(why)
    until = chat.now_ms + minutes * 60_000 if minutes else 0
    chat.order.set_mute(Mute(key, who, until, member.name, why))
    how_long = f" for {in_minutes(minutes * 60_000)}" if minutes else ""
    chat.order.record(chat.now_ms, member.name, "mute", who, f"{how_long.strip()}{because(why)}")
    seconds = minutes * 60 if minutes else None
    told = f"{member.name} muted you{how_long}{because(why)}"
    _tell_person(chat, person, MutedFor(seconds, told), told)
    return f"{who} is muted{how_long}."


def unmute(chat: Chat, member: Member, name: str) -> str:
    """Let somebody speak again.

    Raises:
        RemoteError: ``not-allowed``, ``no-room``, ``bad-name``.
    """
    _need(member, Role.MODERATOR)
    name = check_name(name)
    if not chat.order.end_mute(name_key(name)):
        raise RemoteError("no-room", f"{name} is not muted.")
    chat.order.record(chat.now_ms, member.name, "unmute", name, "")
    told = f"{member.name} lets you speak again"
    _tell_person(chat, chat.person(name_key(name)), MutedFor(0, told), told)
    return f"{name} may speak again."


def kick(chat: Chat, member: Member, name: str, why: str) -> str:
    """Put somebody out of the chat, who may come back a little later.

    Raises:
        RemoteError: ``not-allowed``, ``no-room``, ``bad-name``, ``too-long``.
    """
    who, person, _ = _target(chat, member, name)
    if person is None:
        raise RemoteError("no-room", f"{who} is not here.")
    why = _check_why(why)
    chat.order.set_kick(person.key)
    chat.order.record(chat.now_ms, member.name, "kick", who, why)
    _put_out(chat, person, f"{member.name} put you out of the chat{because(why)}")
    return f"{who} was put out of the chat."


def ban(chat: Chat, member: Member, name: str, why: str) -> str:
    """Put somebody out for good: their name, their account and their addresses.

    Raises:
        RemoteError: ``not-allowed``, ``no-room``, ``bad-name``, ``too-long``.
    """
    who, person, account = _target(chat, member, name)
    key, why = name_key(who), _check_why(why)
    hosts = {each.host for each in person.members} if person is not None else set[str]()
    addresses = tuple(sorted(host for host in hosts if host and not is_loopback(host)))
    account_id = account.id if account is not None else None
    chat.order.set_ban(
        lambda number: Ban(number, who, key, account_id, addresses, member.name, chat.now_ms, why)
    )
    chat.order.record(chat.now_ms, member.name, "ban", who, why)
    if person is not None:
        _put_out(chat, person, f"{member.name} banned you from the chat{because(why)}")
    return f"{who} is banned."


def unban(chat: Chat, member: Member, name: str) -> str:
    """Let somebody come back who was banned or kicked.

    Raises:
        RemoteError: ``not-allowed``, ``no-room``, ``bad-name``.
    """
    _need(member, Role.MODERATOR)
    name = check_name(name)
    if not chat.order.end_bans(name_key(name)):
        raise RemoteError("no-room", f"{name} is not banned.")
    chat.order.record(chat.now_ms, member.name, "unban", name, "")
    return f"{name} may come back."


def set_rules(
    chat: Chat,
    member: Member,
    room: Room,
    *,
    is_locked: bool | None = None,
    slow_seconds: int | None = None,
) -> str:
    """Lock a room or unlock it, or say how many seconds lie between two messages of one person.

    Raises:
        RemoteError: ``not-allowed``, ``bad-line``.
    """
    _need(member, Role.MODERATOR)
    former = (room.is_locked, room.slow_seconds)
    locked, slow = former
    if is_locked is not None:
        action, locked = "lock" if is_locked else "unlock", is_locked
        told = f"{member.name} {action}ed {room.name}"
    else:
        action, slow = "slow", slow_seconds or 0
        told = f"{member.name} lets people speak in {room.name} " + (
            f"once in {slow} seconds" if slow else "as often as they like"
        )
    if slow > MOST_SLOW_SECONDS:
        raise RemoteError("bad-line", f"At most {MOST_SLOW_SECONDS} seconds.")
    if former == (locked, slow):
        raise RemoteError("bad-line", f"That is so in {room.name} already.")
    rooms, batch = chat.rooms, chat.turn.batch
    rooms.set_rules(room, batch, is_locked=locked, slow_seconds=slow)
    chat.turn.undo.append(
        lambda: rooms.set_rules(room, batch, is_locked=former[0], slow_seconds=former[1])
    )
    chat.order.record(chat.now_ms, member.name, action, room.name, str(slow or ""))
    line = Line(
        plain.encode(plain.Notice(told)),
        tagged.encode(order.Rules(room.name, locked, slow, told)),
    )
    chat.turn.hear(room, line, lasting=True)
    return f"{told}."


def delete(chat: Chat, member: Member, seq: int) -> str:
    """Take away a message of somebody else in a room.

    Raises:
        RemoteError: ``not-allowed``, ``no-such-message``.
    """
    _need(member, Role.MODERATOR)
    speech.take_away(chat, member, Say("", "", kind=Kind.DELETE, target=seq))
    return f"Message {seq} is gone."


def answer_knock(chat: Chat, member: Member, name: str, outcome: Outcome) -> str:
    """Let somebody in who waits, or send them away.

    Raises:
        RemoteError: ``not-allowed``, ``no-room``, ``bad-name``.
    """
    _need(member, Role.MODERATOR)
    knocker = chat.knocks.find(name_key(check_name(name)))
    if knocker is None:
        raise RemoteError("no-room", f"Nobody waits as {name}.")
    word = "approve" if outcome is Outcome.APPROVED else "reject"
    chat.order.record(chat.now_ms, member.name, word, knocker.name, f"from {knocker.host}")
    chat.turn.then.append(partial(end_knock, chat, knocker, outcome))
    return f"{knocker.name} is let in." if word == "approve" else f"{knocker.name} is sent away."


def begin_knock(chat: Chat, knocker: Knocker) -> None:
    """Let somebody wait, and tell those who keep order.

    Raises:
        RemoteError: ``name-taken`` or ``server-full``.
    """
    chat.knocks.add(knocker)
    chat.knocks.show(chat.keepers(), knocker, Outcome.WAITING)


def end_knock(chat: Chat, knocker: Knocker, outcome: Outcome) -> None:
    """Tell somebody who waits, and those who keep order, what has become of it."""
    if chat.knocks.remove(knocker, outcome):
        knocker.verdict.put(outcome)
        chat.knocks.show(chat.keepers(), knocker, outcome)


def set_password(chat: Chat, member: Member, hashed: str) -> str:
    """Ask of everybody new what ``hashed`` was made of; nothing, if it is empty.

    Raises:
        RemoteError: ``not-allowed``.
    """
    _need(member, Role.HOST)
    return change_password(chat, member.name, hashed)


def change_password(chat: Chat, by: str, hashed: str) -> str:
    """Do the same for whoever may."""
    chat.order.set_password(hashed)
    text = "a new one" if hashed else "none any more"
    chat.order.record(chat.now_ms, by, "password", "", text)
    return "This chat has a new password." if hashed else "This chat has no password any more."


def register(chat: Chat, member: Member, hashed: str) -> str:
    """Give a name a password, which proves it from other devices: all of them show it anew.

    Those that are here by a token that proves it no longer have to come in again.

    Raises:
        RemoteError: ``not-allowed``.
    """
    account = member.person.account
    if account is None:
        raise RemoteError("not-allowed", "Only names of programs that keep a token can do that.")
    chat.accounts.check_proof(account, member.token_hash)
    chat.accounts.end_other_tokens(account, member.token_hash, chat.turn)
    chat.turn.then.append(partial(_end_unproven, chat, member.person, account))
    former, account.password_hash = account.password_hash, hashed
    chat.turn.undo.append(lambda: setattr(account, "password_hash", former))
    chat.turn.batch.accounts.append(account)
    chat.order.record(chat.now_ms, member.name, "register", member.name, "")
    return f"The name {member.name} has a password now: with it you can come from other devices."


def need_keeper(member: Member) -> None:
    """Refuse whoever does not keep order.

    Raises:
        RemoteError: ``not-allowed``.
    """
    _need(member, Role.MODERATOR)


def _need(member: Member, role: Role) -> None:
    mine = member.person.role
    if mine is Role.HOST or mine is role:
        return
    who = "the host" if role is Role.HOST else "the host and moderators"
    raise RemoteError("not-allowed", f"Only {who} can do that.")


def _target(chat: Chat, member: Member, name: str) -> tuple[str, Person | None, Account | None]:
    """Return whom ``name`` means, if ``member`` may decide about them.

    Raises:
        RemoteError: ``not-allowed``, ``no-room``, ``bad-name``.
    """
    _need(member, Role.MODERATOR)
    who, person, account = _find(chat, name)
    theirs = account.role if account is not None else Role.MEMBER
    if person is not None:
        theirs = person.role
    if person is member.person:
        raise RemoteError("not-allowed", "That is you.")
    if theirs is Role.HOST:
        raise RemoteError("not-allowed", f"{who} is the host.")
    if theirs is Role.MODERATOR and member.person.role is not Role.HOST:
        raise RemoteError("not-allowed", f"{who} is a moderator: only the host can do that.")
    return who, person, account


def _find(chat: Chat, name: str) -> tuple[str, Person | None, Account | None]:
    key = name_key(check_name(name.removeprefix("@")))
    person = chat.person(key)
    account = person.account if person is not None else chat.accounts.find(key)
    if person is not None:
        return person.name, person, account
    if account is not None:
        return account.name, None, account
    raise RemoteError("no-room", f"Nobody is called {name[:40]}.")


def _end_unproven(chat: Chat, person: Person, account: Account) -> None:
    """End the connections of somebody that what they came in with proves no longer."""
    notice = tagged.encode(plain.Notice(COME_IN_AGAIN))
    for each in list(person.members):
        if not chat.accounts.is_proof(account, each.token_hash):
            chat.turn.tell(each, notice)
            chat.leave(each)


def _put_out(chat: Chat, person: Person, text: str) -> None:
    """Have all connections of somebody told why, and ended, once that is on disk."""

    def put_out() -> None:
        line = tagged.encode(order.Removed(text))
        for each in list(person.members):
            chat.turn.tell(each, line if each.is_tagged else plain.encode(plain.Notice(text)))
            chat.leave(each)

    chat.turn.then.append(put_out)


def _tell_person(chat: Chat, person: Person | None, event: tagged.Event, text: str) -> None:
    for each in person.members if person is not None else ():
        line = tagged.encode(event) if each.is_tagged else plain.encode(plain.Notice(text))
        chat.turn.tell(each, line, lasting=True)


def _tell_role(chat: Chat, name: str, role: Role) -> None:
    event = RoleIs(name, role)
    said = plain.Notice(order.told(event))
    line = Line(plain.encode(said), tagged.encode(event))
    chat.turn.hear(chat.rooms.general, line, lasting=True)


def _check_why(why: str) -> str:
    why = " ".join(why.split())
    if len(why) > MAX_WHY_CHARS:
        raise RemoteError("too-long", f"A reason has at most {MAX_WHY_CHARS} characters.")
    return why
