"""Texts come in the language of the desktop, and every language has all of them."""

import ast
import re
from collections.abc import Iterator

import pytest

from tests import messages
from tkchat.i18n import (
    CATALOGUES,
    grouped,
    join_names,
    language,
    languages,
    listed,
    speak_anew,
    tr,
    trn,
)

LANGUAGES = pytest.mark.parametrize("language", messages.LANGUAGES)


@pytest.fixture(autouse=True)
def own_language() -> Iterator[None]:
    speak_anew()
    yield
    speak_anew()


def test_what_no_catalogue_has_stays_english(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LANGUAGE", "tlh")
    assert tr("Search") == "Search"
    assert trn("{count} message", "{count} messages", 1) == "{count} message"
    assert trn("{count} message", "{count} messages", 2) == "{count} messages"


@pytest.mark.parametrize(
    ("spoken", "word"), [("de_AT.UTF-8", "Suche"), ("fr", "Rechercher"), ("tlh:es_MX", "Buscar")]
)
def test_the_desktop_says_which_language(
    spoken: str, word: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("LANGUAGE", spoken)
    assert tr("Search") == word


def test_the_first_variable_that_is_set_counts(monkeypatch: pytest.MonkeyPatch) -> None:
    for variable in ("LANGUAGE", "LC_ALL", "LC_MESSAGES"):
        monkeypatch.delenv(variable, raising=False)
    monkeypatch.setenv("LANG", "de_DE.UTF-8")
    assert languages() == ["de_DE.UTF-8"]
    monkeypatch.setenv("LANGUAGE", "fr:es")
    assert languages() == ["fr", "es"]


@pytest.mark.parametrize(
    ("spoken", "name", "number", "names"),
    [
        ("en", "en", "1,234,567", "alice, bob and carol"),
        ("de", "de", "1.234.567", "alice, bob und carol"),
        ("zh", "zh", "1,234,567", "alice、bob 和 carol"),
    ],
)
def test_numbers_and_lists_are_written_as_the_language_has_them(
    spoken: str, name: str, number: str, names: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("LANGUAGE", spoken)
    assert language() == name
    assert grouped(1_234_567) == number
    assert grouped(123) == "123"
    assert join_names(["alice", "bob", "carol"]) == names
    assert join_names(["{0}"]) == "{0}"
    assert listed([]) == join_names([]) == ""


def test_no_text_is_hidden_in_an_f_string() -> None:
    # Python 3.11 and Babel take an f-string for one token: what is in it is not gathered.
    hidden = [
        f"{path}:{call.lineno}"
        for path in CATALOGUES.parent.rglob("*.py")
        for string in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(string, ast.JoinedStr)
        for call in ast.walk(string)
        if isinstance(call, ast.Call)
        if isinstance(call.func, ast.Name) and call.func.id in ("tr", "trn")
    ]
    assert hidden == []


@LANGUAGES
def test_every_text_is_translated(language: str) -> None:
    catalogue = messages.read(language)
    missing = []
    for text in messages.gather():
        found = catalogue.get(text.id)
        if text.id and not (found and all(messages.forms(found.string))):
            missing.append(text.id)
    assert missing == [], "make messages, then translate what is empty"


@LANGUAGES
def test_translations_have_the_same_blanks_to_fill_in(language: str) -> None:
    for message in messages.read(language):
        if not message.id:
            continue
        originals = [blanks(text) for text in messages.forms(message.id)]
        for string in messages.forms(message.string):
            assert originals[0] <= blanks(string) <= originals[-1], string


@LANGUAGES
def test_what_gettext_reads_is_what_was_written(language: str) -> None:
    path = messages.po_file(language)
    assert path.with_suffix(".mo").read_bytes() == messages.compiled(messages.read(language))


def blanks(text: str) -> set[str]:
    return set(re.findall(r"\{[a-z_]*(?::[^}]*)?\}", text))
