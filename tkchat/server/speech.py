"""Everything lasting that somebody can do: say something, or change what was said.

Each of these decides, puts a record into the turn's batch and the lines that tell of it into the
turn. Nobody hears them before the batch is on disk.
"""

from tkchat.server import spelling
from tkchat.server.chat import Chat
from tkchat.server.log_records import Account, Record
from tkchat.server.member import Member, Person, Room
from tkchat.server.rooms import is_called, party
from tkchat.server.turn import Line
from tkchat.wire import plain, tagged
from tkchat.wire.entry import Kind
from tkchat.wire.errors import RemoteError
from tkchat.wire.names import check_name, name_key
from tkchat.wire.order import Role
from tkchat.wire.requests import Say
from tkchat.wire.text import check_message

MAX_REACTION_CHARS = 32


def say_plain(chat: Chat, member: Member, text: str) -> None:
    """Let a plain client say ``text`` in its room."""
    room = member.room
    chat.order.check_voice(member.person, chat.now_ms)
    chat.order.check_pace(member.person, room)
    chat.rooms.store(room, chat.turn.batch)
    record = _record(chat, member, room, Say(room.name, text))
    line = spelling.Spelling(record, room.name, None)
    _keep(chat, member, record)
    if chat.echo:
        chat.turn.hear(room, line, lasting=True)
        return
    chat.turn.hear_others(room, line, [member], lasting=True)


def say_plain_to(chat: Chat, member: Member, to_name: str, text: str) -> None:
    """Let a plain client say ``text`` to one person; between two plain ones nothing is kept.

    Raises:
        RemoteError: ``not-allowed``, when nobody has that name, or they are muted.
    """
    chat.order.check_voice(member.person, chat.now_ms)
    name = check_name(to_name)
    to = chat.person(name_key(name))
    account = chat.accounts.find(name_key(name))
    if to is None and account is None:
        raise RemoteError("not-allowed", f"Nobody here is called {to_name}.")
    if to is not None and to.account is None:
        line = plain.encode(plain.direct(member.name, to.name, text))
        for each in {member: None} | to.members:
            chat.turn.tell(each, line)
    elif account is not None:
        room = _conversation(chat, member.person, account.name, account)
        record = _record(chat, member, room, Say("", text))
        _tell_conversation(chat, member, room, record, None)


def say(chat: Chat, member: Member, asked: Say) -> None:
    """Let a tagged client do something lasting; the same ``mid`` again does nothing again.

    Raises:
        RemoteError: it is refused; the code says why.
    """
    if asked.mid and _was_said_before(chat, member, asked):
        return
    if asked.kind is not Kind.DELETE:
        chat.order.check_voice(member.person, chat.now_ms)
    target = _check(chat, member, asked)
    room = _room(chat, member.person, asked, target)
    is_text = asked.kind.is_message or asked.kind is Kind.EDIT
    if is_text and not room.is_conversation:
        chat.order.check_pace(member.person, room)
    record = _record(chat, member, room, asked)
    if target is not None and not _is_own(member, target):
        _note_removal(chat, member, asked, target)
    if room.is_conversation:
        _tell_conversation(chat, member, room, record, target)
        return
    line = spelling.Spelling(record, room.name, target, taken_back=_ends(chat, record))
    _keep(chat, member, record)
    if not asked.mid:
        chat.turn.hear(room, line, lasting=True)
        return
    chat.turn.hear_others(room, line, member.person.members, lasting=True)
    own_line = line.own
    for own in member.person.members:
        chat.turn.tell(own, own_line, lasting=True)


def take_away(chat: Chat, member: Member, asked: Say) -> None:
    """Let somebody who keeps order delete a message in any room.

    Raises:
        RemoteError: ``no-such-message``, ``not-allowed``.
    """
    target = chat.log.find(asked.target)
    room = chat.rooms.get(target.room_id) if target is not None else None
    is_there = target is not None and target.kind.is_message and not _is_deleted(chat, target.seq)
    if target is None or room is None or room.is_conversation or not is_there:
        raise RemoteError("no-such-message", f"There is no message {asked.target} in any room.")
    if not (_is_own(member, target) or _may_remove(chat, member, target)):
        raise RemoteError("not-allowed", "Only the host takes away what those who keep order said.")
    record = _record(chat, member, room, asked)
    if not _is_own(member, target):
        _note_removal(chat, member, asked, target)
    line = spelling.Spelling(record, room.name, target)
    _keep(chat, member, record)
    chat.turn.senders.pop()  # the command is answered by its own name
    chat.turn.hear(room, line, lasting=True)


def typing(chat: Chat, member: Member, label: str) -> None:
    """Tell a room, or the other of two, that somebody tagged is writing something there.

    Raises:
        RemoteError: ``no-room``, ``not-allowed``, ``bad-name``.
    """
    if chat.order.mute_of(member.person.key, chat.now_ms) is not None:
        return  # what they write will not be said
    if not label.startswith("@"):
        room = chat.rooms.find_own(member.person, label)
        line = tagged.encode(tagged.Typing(room.name, member.name))
        chat.turn.hear_others(room, Line(tagged=line), member.person.members)
        return
    other = chat.person(name_key(check_name(label[1:])))
    if other is not None and other.account is not None:
        line = tagged.encode(tagged.Typing(f"@{member.name}", member.name))
        for each in other.members:
            chat.turn.tell(each, line)


def _was_said_before(chat: Chat, member: Member, asked: Say) -> bool:
    """Send the line of a repeated ``mid`` again; tell whether it was one.

    Raises:
        RemoteError: ``mid-reused``.
    """
    account_id = _account_id(member)
    in_turn = chat.turn.mids.get((account_id, asked.mid))
    first = in_turn or chat.log.find_mid(account_id, asked.mid)
    if first is None:
        return False
    room = chat.rooms.get(first.room_id)
    label = member.labels.get(first.room_id) or (room.name if room else "")
    is_same_room = not asked.room or is_called(asked.room, label)
    is_same = (first.kind, first.target) == (asked.kind, asked.target)
    if not (is_same_room and is_same and (first.text == asked.text or _is_blank(chat, first))):
        raise RemoteError("mid-reused", "That mid belongs to something else that you said.")
    line = spelling.spell_line(first, label, own=True)
    chat.turn.tell(member, line, lasting=in_turn is not None)
    return True


def _check(chat: Chat, member: Member, asked: Say) -> Record | None:
    """Return what ``asked`` is about, if anything.

    Raises:
        RemoteError: it cannot be done to that, or not with that text.
    """
    match asked.kind:
        case Kind.MESSAGE | Kind.REPLY | Kind.EDIT:
            check_message(asked.text)
        case Kind.REACT if not asked.text.strip():
            raise RemoteError("empty", "A reaction is an emoji: there was none.")
        case Kind.REACT if len(asked.text) > MAX_REACTION_CHARS or "\n" in asked.text:
            why = f"A reaction has at most {MAX_REACTION_CHARS} characters, in one line."
            raise RemoteError("too-long", why)
        case Kind.DELETE if asked.text:
            raise RemoteError("bad-line", "To take a message back needs no text.")
    if asked.kind is Kind.MESSAGE:
        return None
    target = chat.log.find(asked.target)
    if (
        target is None
        or not target.kind.is_message
        or target.room_id not in member.labels
        or _is_deleted(chat, target.seq)
    ):
        raise RemoteError("no-such-message", f"There is no message {asked.target} here.")
    may_remove = asked.kind is Kind.DELETE and _may_remove(chat, member, target)
    is_change = asked.kind in (Kind.EDIT, Kind.DELETE)
    if is_change and not (_is_own(member, target) or may_remove):
        raise RemoteError("not-allowed", "Only who wrote a message can change it.")
    if (
        asked.kind in (Kind.EDIT, Kind.REACT)
        and _changes(chat, target) >= chat.order.limits.changes_per_message
    ):
        raise RemoteError("not-allowed", "That message was changed too often.")
    return target._replace(text=chat.log.newest_text(target))


def _is_own(member: Member, target: Record) -> bool:
    account = member.person.account
    return account is not None and target.author_id == account.id


def _may_remove(chat: Chat, member: Member, target: Record) -> bool:
    """Whether somebody keeps order in the room of a message, and over who wrote it."""
    room = chat.rooms.get(target.room_id)
    account = chat.accounts.get(target.author_id) if target.author_id is not None else None
    theirs = account.role if account is not None else Role.MEMBER
    if target.author_id is None and (person := chat.person(name_key(target.author))) is not None:
        theirs = person.role  # a plain client's lasts while it is here
    if room is None or room.is_conversation:
        return False
    mine = member.person.role
    return mine is Role.HOST or (mine is Role.MODERATOR and theirs is Role.MEMBER)


def _note_removal(chat: Chat, member: Member, asked: Say, target: Record) -> None:
    if asked.kind is Kind.DELETE:
        about = f"message {target.seq}"
        chat.order.record(chat.now_ms, member.name, "delete", target.author, about)


def _room(chat: Chat, person: Person, asked: Say, target: Record | None) -> Room:
    """Return where ``asked`` is said.

    Raises:
        RemoteError: ``no-room``, ``not-allowed``, ``bad-name``, ``no-such-message``.
    """
    if target is not None:
        room = chat.rooms.get(target.room_id)
        if room is None or not (room.is_conversation or room in person.rooms):
            raise RemoteError("not-allowed", "You are not in that message's room: join it first.")
        if "~" in room.key:
            other = _online(chat, _other_party(room, person))
            if other is None or target.seq <= other.came_at:
                # Whoever has that name by now is somebody else.
                raise RemoteError("no-such-message", "The other one was not here then, or is gone.")
        label = chat.rooms.labels(person.account.id)[room.id] if person.account else room.name
        if asked.room and not is_called(asked.room, label):
            raise RemoteError("no-such-message", f"Message {target.seq} is not in {asked.room}.")
        return room
    if not asked.room.startswith("@"):
        return chat.rooms.find_own(person, asked.room)
    name = check_name(asked.room[1:])
    to = chat.person(name_key(name))
    account = chat.accounts.find(name_key(name))
    if to is not None and to.account is None:
        return _conversation(chat, person, to.name, None)
    if account is None:
        raise RemoteError("no-room", f"Nobody is called {name}.")
    return _conversation(chat, person, account.name, account)


def _conversation(chat: Chat, one: Person, name: str, account: Account | None) -> Room:
    """Return the conversation of ``one`` with another, which is ``account`` or a plain client."""
    room = chat.rooms.conversation(party(one.key, one.account), party(name_key(name), account))
    chat.rooms.store(room, chat.turn.batch)
    for whose, label in ((one.account, f"@{name}"), (account, f"@{one.name}")):
        if whose is None or not chat.rooms.add_label(whose.id, room, label, chat.turn.batch):
            continue
        person = chat.person(whose.key)
        if person is not None:
            chat.relabel(person)
    return room


def _tell_conversation(
    chat: Chat, member: Member, room: Room, record: Record, target: Record | None
) -> None:
    """Tell both sides, of which the other may be away or the same person."""
    author = member.person
    theirs = _other_party(room, author)
    other = _online(chat, theirs)
    other_name = other.name if other is not None else _name(chat, theirs)
    plain_line = spelling.direct(record, other_name, target)
    lines: list[tuple[Member, bytes]] = []
    for person in dict.fromkeys((author, other)):
        if person is None:
            continue
        line = plain_line
        if person.account is not None:
            label = chat.rooms.labels(person.account.id)[room.id]
            line = spelling.spell_line(record, label, own=person is author)
        lines += ((each, line) for each in person.members)
    _keep(chat, member, record)
    for each, line in lines:
        chat.turn.tell(each, line, lasting=True)


def _other_party(room: Room, person: Person) -> str:
    """Return what stands for the other of two in the key of their conversation."""
    mine = party(person.key, person.account)
    return next((each for each in room.key[1:].split(" ") if each != mine), mine)


def _online(chat: Chat, theirs: str) -> Person | None:
    """Return the other of two, if here; not somebody else who has got the name since."""
    account = None if theirs.startswith("~") else chat.accounts.get(int(theirs))
    key = theirs.removeprefix("~") if account is None else account.key
    person = chat.person(key)
    return person if person is not None and person.account is account else None


def _name(chat: Chat, theirs: str) -> str:
    if theirs.startswith("~"):
        return theirs[1:]
    account = chat.accounts.get(int(theirs))
    return account.name if account is not None else "somebody"


def _ends(chat: Chat, record: Record) -> bool:
    """Whether this reaction takes an earlier one back."""
    if record.kind is not Kind.REACT:
        return False
    had = chat.log.has_reacted(record.target, record.author, record.author_id, record.text)
    in_turn = [
        each
        for each in chat.turn.about.get(record.target, ())
        if (each.kind, each.author_id, each.text) == (Kind.REACT, record.author_id, record.text)
    ]
    return had != bool(len(in_turn) % 2)


def _changes(chat: Chat, target: Record) -> int:
    """Return how often a message was edited or reacted to, in this turn too."""
    in_turn = chat.turn.about.get(target.seq, ())
    return chat.log.count_changes(target.seq) + len(in_turn)


def _is_deleted(chat: Chat, seq: int) -> bool:
    in_turn = chat.turn.about.get(seq, ())
    return any(each.kind is Kind.DELETE for each in in_turn) or chat.log.is_deleted(seq)


def _is_blank(chat: Chat, record: Record) -> bool:
    """Whether the text of an event is gone, for it was taken back."""
    return not record.text and _is_deleted(
        chat, record.target if record.kind is Kind.EDIT else record.seq
    )


def _record(chat: Chat, member: Member, room: Room, asked: Say) -> Record:
    account = member.person.account
    return Record(
        chat.turn.head(chat.log.head) + 1,
        chat.now_ms,
        room.id,
        member.name,
        account.id if account is not None else None,
        asked.text,
        asked.kind,
        asked.target,
        asked.mid,
    )


def _keep(chat: Chat, member: Member, record: Record) -> None:
    """Put ``record`` into the batch, once it is certain that its lines can be spelled."""
    if member.person.account is not None:
        chat.accounts.use(member.person.account, chat.turn.batch)
    chat.turn.batch.records.append(record)
    chat.turn.senders.append((member, record.mid))
    if record.mid and record.author_id is not None:
        chat.turn.mids[(record.author_id, record.mid)] = record
    if record.target:
        chat.turn.about.setdefault(record.target, []).append(record)


def _account_id(member: Member) -> int:
    return member.person.account.id if member.person.account is not None else 0
