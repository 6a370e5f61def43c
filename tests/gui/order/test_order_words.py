"""What is said of roles, rules and decisions."""

import pytest

from tkchat.client.order import Audit, Banned, Role, Rules
from tkchat.gui.order.order_words import (
    ban_reason,
    decision_reason,
    decision_text,
    role_text,
    role_word,
    rules_text,
    slow_text,
)
from tkchat.server.order_commands import COMMANDS
from tkchat.wire.entry import format_time

AT = 1_763_640_000_000
NOT_RECORDED = {"bans", "audit"}


def audit(action: str, about: str, why: str = "") -> Audit:
    """Return a decision as a host spells it."""
    what = f"alice: {action} {about}".rstrip()
    text = f"{format_time(AT)} {what}" + (f": {why}" if why else "")
    return Audit("c1", AT, "alice", action, about, text)


@pytest.mark.parametrize("command", COMMANDS, ids=lambda command: command.word)
def test_all_commands_that_decide_have_words(command: object) -> None:
    word = getattr(command, "word", "")
    if word not in NOT_RECORDED:
        assert not decision_text(audit(word, "bob")).startswith("alice:")


def test_who_is_the_host_no_longer() -> None:
    assert decision_text(audit(Role.MEMBER, "bob")) == "bob is the host no longer"


def test_of_a_newer_hosts_decision_its_own_word_is_said() -> None:
    assert decision_text(audit("freeze", "bob")) == "alice: freeze bob"
    assert decision_text(audit("freeze", "")) == "alice: freeze"


@pytest.mark.parametrize(
    ("action", "written", "expected"),
    [
        ("mute", "for 10 minutes: too loud", "for 10 minutes: too loud"),
        ("mute", "for 1 minute", "for 1 minute"),
        ("mute", "for fun", "for fun"),
        ("mute", "", "until further notice"),
        ("ban", "spam: and more", "spam: and more"),
        ("slow", "30", "One message in 30 seconds"),
        ("slow", "", "Speak as often as one likes"),
        ("lock", "30", ""),
        ("password", "a new one", ""),
        ("member", "the host's code is another one", "the host's code was changed"),
    ],
)
def test_why_and_for_how_long(action: str, written: str, expected: str) -> None:
    assert decision_reason(audit(action, "bob", written)) == expected


def test_why_somebody_is_kept_out() -> None:
    assert ban_reason(Banned("c1", AT, "alice", "bob", "bob, by alice: spam")) == "spam"
    assert ban_reason(Banned("c1", AT, "alice", "bob", "bob, by alice")) == ""


def test_members_have_no_word() -> None:
    assert [role_word(role) for role in Role] == ["", "moderator", "host"]
    assert [bool(role_text(role)) for role in Role] == [False, True, True]


def test_rules_in_words() -> None:
    assert rules_text(Rules("lab")) == ""
    both = rules_text(Rules("general", is_locked=True, slow_seconds=60))
    assert both == (
        "Locked: nobody new comes into the chat\nOne message in 1 minute for each person"
    )
    assert "this room" in rules_text(Rules("lab", is_locked=True))
    assert slow_text(90) == "One message in 90 seconds"
