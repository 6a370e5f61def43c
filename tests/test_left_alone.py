"""A chat without its window is known by files in its folder, and by who holds that."""

from pathlib import Path

from tkchat import left_alone
from tkchat.folder_lock import FolderLock


def test_it_is_found_while_it_runs_only(tmp_path: Path) -> None:
    left_alone.announce(tmp_path, 4711)
    assert left_alone.port_of(tmp_path) is None  # its process is gone
    with FolderLock(tmp_path):
        assert left_alone.port_of(tmp_path) == 4711
        left_alone.begin(tmp_path)
        assert left_alone.port_of(tmp_path) is None
    assert left_alone.port_of(tmp_path / "nowhere") is None


def test_it_is_asked_to_stop_once(tmp_path: Path) -> None:
    assert not left_alone.is_to_stop(tmp_path)
    left_alone.ask_to_stop(tmp_path)
    assert left_alone.is_to_stop(tmp_path)
    left_alone.begin(tmp_path)
    assert not left_alone.is_to_stop(tmp_path)


def test_nonsense_in_the_file_is_no_chat(tmp_path: Path) -> None:
    with FolderLock(tmp_path):
        (tmp_path / "left-alone").write_text("soon")
        assert left_alone.port_of(tmp_path) is None
