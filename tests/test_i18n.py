"""Texts come in the language of the desktop."""

from collections.abc import Iterator

import pytest

from tkchat.i18n import languages, speak_anew, tr, trn


@pytest.fixture(autouse=True)
def own_language() -> Iterator[None]:
    speak_anew()
    yield
    speak_anew()


def test_what_no_catalogue_has_stays_english(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LANGUAGE", "tlh")
    assert tr("Hello") == "Hello"
    assert trn("{count} message", "{count} messages", 1) == "{count} message"
    assert trn("{count} message", "{count} messages", 2) == "{count} messages"


def test_the_first_variable_that_is_set_counts(monkeypatch: pytest.MonkeyPatch) -> None:
    for variable in ("LANGUAGE", "LC_ALL", "LC_MESSAGES"):
        monkeypatch.delenv(variable, raising=False)
    monkeypatch.setenv("LANG", "de_DE.UTF-8")
    assert languages() == ["de_DE.UTF-8"]
    monkeypatch.setenv("LANGUAGE", "fr:es")
    assert languages() == ["fr", "es"]
