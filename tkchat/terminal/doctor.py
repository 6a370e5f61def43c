"""The connection doctor in a terminal: prints what it finds, as it finds it."""

import contextlib
import textwrap
from collections.abc import Iterator

from tkchat.client.database import Database, DatabaseError
from tkchat.client.doctor import examine, examine_here, is_here
from tkchat.client.findings import Finding, State
from tkchat.client.invitation import Invitation
from tkchat.client.profile import Profile
from tkchat.client.trust import Trust
from tkchat.i18n import tr
from tkchat.net.address import DEFAULT_PORT
from tkchat.terminal.lines import safe
from tkchat.terminal.output import Output

_WIDTH = 78
_INDENT = " " * 4


def run(profile: Profile, where: Invitation | None) -> int:
    """Print what is wrong with the chat ``where``, or with the one hosted here if that is None.

    Returns the exit code: 1 if anything is wrong.
    """
    output = Output()
    is_bad = False
    try:
        for finding in _look(profile, where):
            is_bad |= finding.state is State.BAD
            output.print(as_text(finding))
        if not is_bad:
            output.print(tr("Nothing is in the way."))
    except OSError:  # nobody reads it any more
        output.abandon()
        return 1
    return int(is_bad)


def as_text(finding: Finding) -> str:
    """Return a finding as a paragraph, what to do being a second one under it."""
    marks = {
        State.OK: tr("[good]"),
        State.WARN: tr("[note]"),
        State.BAD: tr("[bad]"),
    }
    lines = [_fill(f"{marks[finding.state]} {safe(finding.text)}", "")]
    if finding.advice:
        lines.append(_fill(safe(finding.advice), _INDENT))
    return "\n".join(lines)


def _fill(text: str, first: str) -> str:
    return textwrap.fill(
        text,
        _WIDTH,
        initial_indent=first,
        subsequent_indent=_INDENT,
        break_long_words=False,
        break_on_hyphens=False,  # in codes and words to compare
    )


def _look(profile: Profile, where: Invitation | None) -> Iterator[Finding]:
    if where is None:
        return examine_here(DEFAULT_PORT)
    if is_here(where.address) and not where.key:
        return examine_here(where.address.port)
    return examine(where.address, where.key, _pinned(profile, where))


def _pinned(profile: Profile, where: Invitation) -> bytes:
    """Return the fingerprint that this profile knows the host by; empty for none."""
    with (
        contextlib.suppress(DatabaseError),
        contextlib.closing(Database(profile.folder / "chats.sqlite3")) as database,
    ):
        return Trust(database).known(where.address)
    return b""
