"""One person's files, on disks and in states of every kind."""

import json
import logging
import os
import stat
import subprocess
import sys
from pathlib import Path

import pytest

from tkchat.client.profile import Profile, ProfileError
from tkchat.client.settings import Settings

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
    profile.settings = Settings(
        name="Zoë \u2603", theme="dark", zoom=150, recent=["a:1", "b:2"], window="800x600+1+2"
    )
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


def test_a_broken_settings_file_is_kept_and_named(tmp_path: Path) -> None:
    settings_file(tmp_path).write_text("{")
    profile = Profile(tmp_path)
    assert profile.settings == Settings()
    assert str(tmp_path / "settings.broken.json") in profile.problem
    profile.save()
    assert Profile(tmp_path).problem == ""


def test_every_wrong_value_is_named(tmp_path: Path) -> None:
    settings_file(tmp_path).write_text('{"zoom": 1, "theme": 2, "name": "zoe"}')
    profile = Profile(tmp_path)
    assert "“zoom”" in profile.problem
    assert "“theme”" in profile.problem
    assert profile.settings == Settings(name="zoe")


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


def test_two_processes_that_save_at_once_lose_nothing(tmp_path: Path) -> None:
    script = (
        "import sys; from pathlib import Path; from tkchat.client.profile import Profile\n"
        "profile = Profile(Path(sys.argv[1]))\n"
        "for n in range(50):\n"
        "    setattr(profile.settings, sys.argv[2], f'{n}'); profile.save()\n"
    )
    fields = ("name", "status", "font")
    writers = [
        subprocess.Popen([sys.executable, "-c", script, str(tmp_path), field]) for field in fields
    ]
    assert [writer.wait(30) for writer in writers] == [0, 0, 0]
    settings = Profile(tmp_path).settings
    assert [getattr(settings, field) for field in fields] == ["49", "49", "49"]


def test_the_other_files_are_in_the_folder_too(tmp_path: Path) -> None:
    profile = Profile(tmp_path)
    assert profile.log_file.parent == profile.host_folder.parent == tmp_path
