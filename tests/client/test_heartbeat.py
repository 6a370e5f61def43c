"""When a silent host is asked, and when it is given up."""

from tkchat.client.heartbeat import GIVE_UP_SECONDS, PING_SECONDS, WAKE_SECONDS, Heartbeat

START = 1000.0


def test_a_silent_host_is_asked_once_and_given_up_later() -> None:
    heart = Heartbeat(START)
    assert heart.patience(START) == PING_SECONDS
    assert not heart.takes_ping(START + PING_SECONDS - 1)
    assert heart.takes_ping(START + PING_SECONDS)
    assert not heart.takes_ping(START + PING_SECONDS)
    assert heart.patience(START + PING_SECONDS) == GIVE_UP_SECONDS - PING_SECONDS
    assert not heart.is_gone(START + GIVE_UP_SECONDS - 1)
    assert heart.is_gone(START + GIVE_UP_SECONDS)


def test_every_word_of_the_host_begins_the_wait_anew() -> None:
    heart = Heartbeat(START)
    assert heart.takes_ping(START + 20)
    heart.heard(START + 30)
    assert not heart.is_gone(START + GIVE_UP_SECONDS)
    assert heart.takes_ping(START + 30 + PING_SECONDS)


def test_after_a_sleep_it_is_asked_at_once_and_has_little_time() -> None:
    heart = Heartbeat(START)
    heart.woke(START + 1)
    assert heart.patience(START + 1) == 0
    assert heart.takes_ping(START + 1)
    assert not heart.is_gone(START + 1)
    assert heart.is_gone(START + 1 + WAKE_SECONDS)
