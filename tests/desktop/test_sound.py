"""The sound of a new message."""

import io
import struct
import sys
import threading
import wave
from pathlib import Path

import pytest

from tests.desktop.support import program
from tests.support import wait_until
from tkchat.desktop.sound import RATE, Chime, chime

needs_shell = pytest.mark.skipif(sys.platform == "win32", reason="runs shell scripts")


def test_it_is_short_and_soft_and_ends_in_silence() -> None:
    with wave.open(io.BytesIO(chime())) as sound:
        assert (sound.getnchannels(), sound.getsampwidth(), sound.getframerate()) == (1, 2, RATE)
        count = sound.getnframes()
        samples = struct.unpack(f"<{count}h", sound.readframes(count))
    assert 0.2 < count / RATE < 1
    assert 1_000 < max(map(abs, samples)) < 16_000
    assert abs(samples[0]) < 50
    assert max(map(abs, samples[-20:])) < 50


@needs_shell
def test_the_first_player_that_works_plays_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    program(tmp_path, "paplay", "exit 1")
    program(tmp_path, "aplay", f'/bin/cat "$2" > "{tmp_path}/heard"')
    Chime().play()
    wait_until(lambda: threading.active_count() == 1)
    assert (tmp_path / "heard").read_bytes() == chime()


@needs_shell
def test_one_at_a_time(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    go = tmp_path / "go"
    script = f'echo >> "{tmp_path}/heard"; while ! [ -e "{go}" ]; do /bin/sleep 0.01; done'
    program(tmp_path, "paplay", script)
    sound = Chime()
    for _ in range(5):
        sound.play()
    wait_until((tmp_path / "heard").exists)
    go.touch()
    wait_until(lambda: threading.active_count() == 1)
    assert (tmp_path / "heard").read_text() == "\n"


@needs_shell
def test_without_a_player_it_stays_silent(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    Chime().play()
    wait_until(lambda: threading.active_count() == 1)
