"""Transcripts as files."""

import stat
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.client.export.messages import ABOUT, conversation, said
from tkchat.client.export.about import About
from tkchat.client.export.transcript import Format, file_name, write_transcript
from tkchat.client.message import Message


@pytest.mark.parametrize("form", Format)
def test_a_file_is_for_its_owner_only(tmp_path: Path, form: Format) -> None:
    path = tmp_path / f"x{form.value}"
    path.write_text("something else")
    path.chmod(0o644)
    assert write_transcript(path, form, ABOUT, conversation()) == 6
    assert "is it" in path.read_text("utf-8")
    assert list(tmp_path.iterdir()) == [path]
    if sys.platform != "win32":
        assert stat.S_IMODE(path.stat().st_mode) == 0o600


def test_any_text_can_be_written(tmp_path: Path) -> None:
    for form in Format:
        write_transcript(tmp_path / "x", form, ABOUT, [said("half \ud83d and 👍")])


def test_a_failure_leaves_what_was_there(tmp_path: Path) -> None:
    def broken() -> Iterator[Message]:
        yield said("one")
        raise OSError("the disk is gone")

    path = tmp_path / "x.html"
    path.write_text("kept")
    with pytest.raises(OSError, match="gone"):
        write_transcript(path, Format.HTML, ABOUT, broken())
    assert path.read_text() == "kept"
    assert list(tmp_path.iterdir()) == [path]
    with pytest.raises(FileNotFoundError):
        write_transcript(tmp_path / "no folder" / "x.html", Format.HTML, ABOUT, [])


@pytest.mark.parametrize(
    ("name", "form"),
    [
        *(("a.html", Format.HTML), ("a.HTM", Format.HTML), ("a.txt", Format.TEXT)),
        *(("a.json", Format.JSON), ("a", None), ("a.pdf", None)),
    ],
)
def test_the_name_tells_the_format(name: str, form: Format | None) -> None:
    assert Format.of(Path(name)) is form


@pytest.mark.parametrize(
    ("room", "name"),
    [
        ("general", "tkchat-general-2026-11-20.html"),
        ("@bob", "tkchat-bob-2026-11-20.html"),
        ("../a\\b:c", "tkchat-a-b-c-2026-11-20.html"),
        ("@", "tkchat-room-2026-11-20.html"),
        ("日本", "tkchat-日本-2026-11-20.html"),
    ],
)
def test_a_file_is_named_after_the_room(room: str, name: str) -> None:
    assert file_name(About(room, "", "", ABOUT.at), Format.HTML) == name
