"""The settings' file as people edit it, and as several windows write it."""

import dataclasses
import json
from pathlib import Path
from typing import Any

import pytest

from tkchat.client.settings import MAX_ZOOM, RECENT_ADDRESSES, Settings, SettingsFile


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "settings.json"


def stored(path: Path) -> dict[str, Any]:
    content: dict[str, Any] = json.loads(path.read_text("utf-8"))
    return content


def test_what_is_not_in_the_file_has_its_default(path: Path) -> None:
    path.write_text('{"name": "zoe"}')
    assert SettingsFile(path).read() == (Settings(name="zoe"), [])


def test_no_half_of_a_character_gets_to_a_widget(path: Path) -> None:
    path.write_text(r'{"name": "a\ud800", "recent": ["b\udfff"], "recent_emoji": [["\ud83d"]]}')
    settings, problems = SettingsFile(path).read()
    assert (settings.name, settings.recent) == ("a?", ["b?"])
    assert len(problems) == 1  # a list in a list is no text


def test_a_person_can_read_it(path: Path) -> None:
    SettingsFile(path).write(Settings(name="Zoë ☃"))
    text = path.read_text("utf-8")
    assert '\n  "name": "Zoë ☃",\n' in text
    assert list(stored(path)) == [field.name for field in dataclasses.fields(Settings)]


@pytest.mark.parametrize(
    ("key", "value", "wanted"),
    [
        ("theme", "sepia", "one of system, light, dark, contrast"),
        ("theme", ["dark"], "one of system, light, dark, contrast"),
        ("zoom", "big", "a whole number from 50 to 250"),
        ("zoom", True, "a whole number from 50 to 250"),
        ("zoom", MAX_ZOOM + 1, "a whole number from 50 to 250"),
        ("clock", 24, "one of system, 12, 24"),
        ("sound", "yes", "true or false"),
        ("name", 1, "a text of at most"),
        ("status", "x" * 101, "a text of at most 100 characters"),
        ("recent", [1], "a list of texts"),
        ("recent", None, "a list of texts"),
    ],
)
def test_a_wrong_value_costs_only_itself_and_is_named(
    path: Path, key: str, value: object, wanted: str
) -> None:
    other = "preview" if key != "preview" else "sound"
    path.write_text(json.dumps({key: value, other: False}))
    settings, [problem] = SettingsFile(path).read()
    assert getattr(settings, key) == getattr(Settings(), key)
    assert getattr(settings, other) is False
    assert f"“{key}”" in problem
    assert wanted in problem


def test_a_wrong_value_stays_until_it_is_changed(path: Path) -> None:
    path.write_text('{"theme": "sepia"}')
    file = SettingsFile(path)
    settings, _ = file.read()
    settings.zoom = 150
    file.write(settings)
    assert stored(path)["theme"] == "sepia"
    settings.theme = "dark"
    file.write(settings)
    assert stored(path)["theme"] == "dark"


def test_what_another_version_knows_is_kept(path: Path) -> None:
    path.write_text('{"from_the_future": {"a": [1]}, "zoom": 120}')
    file = SettingsFile(path)
    settings, problems = file.read()
    assert problems == []
    settings.name = "zoe"
    file.write(settings)
    assert stored(path)["from_the_future"] == {"a": [1]}
    assert stored(path)["zoom"] == 120


def test_two_windows_keep_what_the_other_has_changed(path: Path) -> None:
    one, two = SettingsFile(path), SettingsFile(path)
    ours, theirs = one.read()[0], two.read()[0]
    ours.theme = "dark"
    one.write(ours)
    theirs.zoom = 150
    theirs.name = "bob"
    two.write(theirs)
    ours.name = "alice"
    one.write(ours)
    now, _ = SettingsFile(path).read()
    assert (now.theme, now.zoom, now.name) == ("dark", 150, "alice")  # the last one of each


@pytest.mark.parametrize("content", [b"", b"{", b"[]", b'"text"', b"\xff\xfe", b"[" * 100_000])
def test_what_is_no_settings_file_is_set_aside(path: Path, content: bytes) -> None:
    for name in ("settings.broken.json", "settings.broken-2.json", "settings.broken-3.json"):
        path.write_bytes(content + name.encode() * bool(content))
        settings, [problem] = SettingsFile(path).read()
        assert settings == Settings()
        aside = path.with_name(name)
        assert aside.read_bytes() == content + name.encode() * bool(content)
        assert str(aside) in problem
        assert not path.exists()


def test_a_file_that_breaks_while_the_program_runs_is_set_aside(path: Path) -> None:
    file = SettingsFile(path)
    settings, _ = file.read()
    path.write_text("{")
    settings.name = "zoe"
    file.write(settings)
    assert stored(path)["name"] == "zoe"
    assert path.with_name("settings.broken.json").read_text() == "{"


def test_recent_addresses_are_few_and_the_last_comes_first() -> None:
    settings = Settings()
    for n in range(RECENT_ADDRESSES + 2):
        settings.remember_address(f"host{n}")
    settings.remember_address("host5")
    assert settings.recent[:2] == ["host5", f"host{RECENT_ADDRESSES + 1}"]
    assert len(settings.recent) == len(set(settings.recent)) == RECENT_ADDRESSES
