"""One person's files, on disks and in states of every kind."""

import json
import logging
import os
import stat
import sys
from pathlib import Path

import pytest

from tkchat.client.profile import RECENT_ADDRESSES, Profile, ProfileError, Settings

posix = pytest.mark.skipif(sys.platform == "win32", reason="Windows has no modes of files")


def settings_file(folder: Path) -> Path:
    return folder / "settings.json"


def mode(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


def test_a_new_profile_has_the_defaults(tmp_path: Path) -> None:
    profile = Profile(tmp_path / "deep" / "new")
    assert profile.settings == Settings()
    assert profile.problem == ""
    assert not settings_file(profile.folder).exists()


def test_what_is_saved_is_there_the_next_time(tmp_path: Path) -> None:
    profile = Profile(tmp_path)
    profile.settings = Settings("Zoë \u2603", "dark", 150, ["a:1", "b:2"], True, "800x600+1+2")
    profile.save()
    assert Profile(tmp_path).settings == profile.settings


@posix
def test_the_files_are_for_this_person_only(tmp_path: Path) -> None:
    profile = Profile(tmp_path / "new")
    before = os.umask(0)
    try:
        profile.save()
    finally:
        os.umask(before)
    assert mode(profile.folder) == 0o700
    assert mode(settings_file(profile.folder)) == 0o600


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"{",
        b"[]",
        b'"text"',
        b"\xff\xfe",
        b"[" * 100_000,
        b'{"name": 1}',
        b'{"zoom": "big"}',
        b'{"zoom": true}',
        b'{"recent": [1]}',
        b'{"recent": null}',
    ],
)
def test_a_broken_settings_file_is_kept_and_named(tmp_path: Path, content: bytes) -> None:
    settings_file(tmp_path).write_bytes(content)
    profile = Profile(tmp_path)
    assert profile.settings == Settings()
    aside = tmp_path / "settings.broken.json"
    assert aside.read_bytes() == content
    assert str(aside) in profile.problem
    profile.save()
    assert Profile(tmp_path).problem == ""


def test_settings_of_another_version(tmp_path: Path) -> None:
    settings_file(tmp_path).write_text('{"name": "zoe", "from_the_future": 1}')
    profile = Profile(tmp_path)
    assert profile.settings == Settings(name="zoe")
    assert profile.problem == ""


def test_text_that_no_encoder_takes_is_saved_all_the_same(tmp_path: Path) -> None:
    profile = Profile(tmp_path)
    profile.settings.name = "a\ud800"
    profile.save()
    assert Profile(tmp_path).settings.name == "a?"


def test_saving_replaces_the_file_as_a_whole(tmp_path: Path) -> None:
    profile = Profile(tmp_path)
    profile.save()
    with settings_file(tmp_path).open() as reader:  # keeps what it has opened
        profile.settings.name = "zoe"
        if sys.platform != "win32":  # which does not replace a file that somebody reads
            profile.save()
        assert json.load(reader)["name"] == ""


@posix
def test_a_full_disk_costs_only_the_new_settings(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    if not Path("/dev/full").exists():
        pytest.skip("this system has no /dev/full")
    profile = Profile(tmp_path)
    profile.settings.name = "old"
    profile.save()
    (tmp_path / "settings.new").symlink_to("/dev/full")
    profile.settings.name = "new"
    with caplog.at_level(logging.WARNING):
        profile.save()
    assert "could not be saved" in caplog.text
    assert Profile(tmp_path).settings.name == "old"


def test_a_folder_that_goes_away_costs_only_the_settings(tmp_path: Path) -> None:
    profile = Profile(tmp_path / "here")
    profile.folder.rmdir()
    profile.save()


@pytest.mark.parametrize("below", ["", "sub"])
def test_a_folder_that_cannot_be_made_is_named(tmp_path: Path, below: str) -> None:
    file = tmp_path / "file"
    file.touch()
    folder = file / below if below else file
    with pytest.raises(ProfileError, match="cannot be used") as failure:
        Profile(folder)
    assert str(folder) in str(failure.value)


@posix
def test_a_folder_that_cannot_be_read_is_named(tmp_path: Path) -> None:
    settings_file(tmp_path).mkdir()
    with pytest.raises(ProfileError, match="cannot be used"):
        Profile(tmp_path)


def test_recent_addresses_are_few_and_the_last_comes_first() -> None:
    settings = Settings()
    for n in range(RECENT_ADDRESSES + 2):
        settings.remember_address(f"host{n}")
    settings.remember_address("host5")
    assert settings.recent[:2] == ["host5", f"host{RECENT_ADDRESSES + 1}"]
    assert len(settings.recent) == len(set(settings.recent)) == RECENT_ADDRESSES


def test_the_other_files_are_in_the_folder_too(tmp_path: Path) -> None:
    profile = Profile(tmp_path)
    assert profile.log_file.parent == profile.host_folder.parent == tmp_path
