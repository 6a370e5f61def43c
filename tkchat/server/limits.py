"""Every number that keeps one guest from spoiling the chat for the others."""

from dataclasses import dataclass, fields, replace

from tkchat.wire.limits import MAX_LINE_BYTES


class BadLimit(ValueError):
    """What was given for a limit is none; the text says why."""


@dataclass(frozen=True, slots=True)
class Limits:
    """What one connection, one address or everybody together may do. docs/security.md says why.

    Loopback is exempt from the limits of an address, except for that of wrong passwords.
    """

    connections: int = 12_000  #: everybody together
    connections_per_address: int = 64
    joins_burst: int = 128  #: connections that an address may open at once
    joins_per_second: float = 8.0  #: and then
    handshake_seconds: float = 20.0  #: from the first byte until there is an accepted name
    line_bytes: int = MAX_LINE_BYTES  #: of a client's line, with its tags and line end
    backlog_bytes: int = 256 * 1024  #: what may wait for a client that reads too slowly
    flood_burst: int = 10  #: lines of a connection at once
    flood_per_second: float = 5.0  #: and then
    wrong_passwords: int = 5  #: by an address, in so many seconds
    wrong_password_seconds: float = 600.0
    password_checks: int = 2  #: at once: each takes 64 MiB
    new_names: int = 1_000  #: that an address may make its own, in so many seconds
    new_name_seconds: float = 86_400.0
    rooms: int = 1_000  #: without conversations of two
    rooms_per_person: int = 200
    changes_per_message: int = 1_000  #: edits and reactions
    waiting: int = 50  #: people who wait to be let in
    waiting_seconds: float = 600.0
    knocks: int = 20  #: of an address, whom nobody let in, in so many seconds
    knocks_together: int = 200  #: of everybody
    knock_seconds: float = 600.0
    kick_seconds: float = 60.0  #: until somebody who was put out may come back


def with_limit(limits: Limits, written: str) -> Limits:
    """Return ``limits`` with another number, ``written`` as ``NAME=VALUE``.

    Raises:
        BadLimit: there is no such limit, or it cannot be that.
    """
    name, _, value = written.partition("=")
    name = name.strip().replace("-", "_")
    kinds = {field.name: type(getattr(limits, field.name)) for field in fields(limits)}
    if name not in kinds:
        raise BadLimit(f"There is no limit {name[:40]!r}; there are: {', '.join(kinds)}.")
    try:
        number = kinds[name](value)
    except (ValueError, OverflowError):
        number = -1
    if not 0 < number < float("inf"):
        raise BadLimit(f"The limit {name} is a number above 0, not {value[:40]!r}.")
    if name == "line_bytes" and number > MAX_LINE_BYTES:
        raise BadLimit(f"No line has over {MAX_LINE_BYTES} bytes: the limit can only be lower.")
    return replace(limits, **{name: number})
