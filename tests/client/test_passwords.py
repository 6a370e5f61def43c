"""A password is sent when it is asked for, and never twice by itself."""

from tkchat.client.passwords import CHAT, NAME, Passwords


def test_the_first_one_is_sent_at_once_and_the_other_when_asked() -> None:
    passwords = Passwords("sesame", "horse")
    assert passwords.begin() == "sesame"
    assert passwords.answer(CHAT) == ""
    assert passwords.answer(NAME) == "horse"
    assert passwords.answer(NAME) == ""


def test_that_of_a_name_alone_is_sent_at_once() -> None:
    assert Passwords(name="horse").begin() == "horse"


def test_a_new_connection_may_send_them_again_unless_they_were_wrong() -> None:
    passwords = Passwords("sesame", "horse")
    passwords.begin()
    assert passwords.begin() == "sesame"
    passwords.forget()
    assert passwords.begin() == passwords.answer(CHAT) == passwords.answer(NAME) == ""


def test_nothing_strange_is_answered_and_nothing_is_shown() -> None:
    passwords = Passwords("sesame", "horse")
    assert passwords.answer("log") == ""
    assert "sesame" not in repr(passwords)
    assert "horse" not in repr(passwords)
