"""Roles, rules and who asks to be let in, as a person sees them."""

from datetime import UTC, datetime, timedelta

import pytest

from tkchat.client.events import Event, Live, Noticed, NotIn, Problem, Welcome
from tkchat.client.message import Kind
from tkchat.client.model import Model
from tkchat.client.order import (
    Audit,
    CommandAnswered,
    Knock,
    MutedFor,
    Order,
    Outcome,
    Role,
    RoleIs,
    Rules,
    Waiting,
)
from tkchat.client.room import Changes


class Clock:
    """A clock that a test sets."""

    def __init__(self) -> None:
        self.now = datetime(2026, 11, 20, tzinfo=UTC)

    def __call__(self) -> datetime:
        return self.now


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def model(clock: Clock) -> Model:
    model = Model("alice", clock)
    apply(model, Welcome("alice", "general", tagged=True), Live())
    return model


def apply(model: Model, *events: Event) -> Changes:
    changes = Changes()
    for event in events:
        model.apply(event, changes)
    return changes


def test_who_may_decide_about_whom(clock: Clock) -> None:
    order = Order(clock)
    for name, role in (("hal", Role.HOST), ("mo", Role.MODERATOR), ("max", Role.MODERATOR)):
        order.apply(RoleIs(name, role))
    assert order.may_order("mo")
    assert not order.may_order("bob")
    may = {
        (one, other)
        for one in ("hal", "mo", "bob")
        for other in ("hal", "mo", "max", "bob")
        if order.may_order(one, other)
    }
    assert may == {("hal", "mo"), ("hal", "max"), ("hal", "bob"), ("mo", "bob")}
    order.apply(RoleIs("mo", Role.MEMBER))
    assert order.role_of("mo") is Role.MEMBER
    assert not order.may_order("mo")


def test_a_mute_ends_by_itself_or_by_word(clock: Clock) -> None:
    order = Order(clock)
    order.apply(MutedFor(60, "quiet"))
    assert order.is_muted
    clock.now += timedelta(seconds=61)
    assert not order.is_muted
    order.apply(MutedFor(None, "quiet"))
    assert order.is_muted
    order.apply(MutedFor(0, "speak"))
    assert not order.is_muted


def test_who_asks_to_be_let_in_is_listed_until_decided(model: Model) -> None:
    changes = apply(model, Knock("bob", Outcome.WAITING, "bob asks to be let in"))
    assert changes.order
    assert changes.added == []  # the window has a bar for it
    apply(model, Knock("carol", Outcome.WAITING, ""), Knock("bob", Outcome.WAITING, ""))
    assert model.order.knocks == ["carol", "bob"]
    apply(model, Knock("carol", Outcome.GONE, ""), Knock("bob", Outcome.APPROVED, ""))
    assert model.order.knocks == []


def test_rules_of_a_room_are_shown_there(model: Model) -> None:
    changes = apply(model, Rules("general", True, 0, "bob locked general"))
    assert model.order.rules["general"].is_locked
    assert [(each.kind, each.text) for each in changes.added] == [
        (Kind.NOTICE, "bob locked general")
    ]
    assert apply(model, Rules("general", False, 5)).added == []
    apply(model, Rules("general"))
    assert model.order.rules == {}


def test_a_new_connection_begins_without_what_the_host_tells_anew(model: Model) -> None:
    apply(
        model,
        RoleIs("alice", Role.HOST),
        MutedFor(None, ""),
        Rules("general", True, 1),
        Knock("bob", Outcome.WAITING, ""),
        Waiting(600, "please wait"),
    )
    assert model.order.is_waiting
    apply(model, Welcome("alice", "general", tagged=True))
    order = model.order
    assert not (order.roles)
    assert not (order.rules)
    assert not (order.knocks)
    assert not (order.is_muted)
    assert not (order.is_waiting)


def test_what_was_typed_is_answered_among_the_messages_and_the_rest_is_not(model: Model) -> None:
    row = Audit("t1", 0, "alice", "mute", "bob", "alice: mute bob")
    typed = CommandAnswered("t1", "1 in all.", is_typed=True, audit=(row,))
    changes = apply(model, typed)
    assert [each.text for each in changes.added] == ["alice: mute bob\n1 in all."]
    assert changes.answered == [typed]
    asked = CommandAnswered("c1", "1 in all.", audit=(row,))
    changes = apply(model, asked)
    assert (changes.added, changes.answered) == ([], [asked])


def test_an_answer_that_nobody_asked_for_is_no_line_in_the_window(model: Model) -> None:
    """The host says so to who comes in with its code, and the role beside the name does, too."""
    for text in ("You are the host now.", "You are the host already."):
        assert apply(model, Noticed(text)).added == []
    assert apply(model, Noticed("Anything else.")).added


def test_why_one_was_put_out_is_told_in_our_words(model: Model) -> None:
    apply(model, NotIn(Problem.REMOVED, "mo put you out of the chat: noise"))
    assert model.lost_why == "mo removed you from the chat: noise"
