"""The sound of a new message: two soft notes, made here and played by what the system has."""

import contextlib
import io
import math
import shutil
import struct
import subprocess
import sys
import tempfile
import threading
import wave

RATE = 22_050  #: samples a second
SECONDS = 5.0
"""How long a player may take; one that waits for a device is ended then."""

_NOTES = ((659.25, 0.0), (880.0, 0.09))  # hertz, and when it begins: e'' and a''
_LENGTH = 0.45  # seconds
_LOUDNESS = 0.18  # of the loudest there is
_PLAYERS = (["pw-play"], ["paplay"], ["afplay"], ["aplay", "-q"])


def chime() -> bytes:
    """Return the sound as a WAV file."""
    samples = [_sample(number / RATE) for number in range(int(_LENGTH * RATE))]
    file = io.BytesIO()
    with wave.open(file, "wb") as sound:
        sound.setnchannels(1)
        sound.setsampwidth(2)
        sound.setframerate(RATE)
        sound.writeframes(struct.pack(f"<{len(samples)}h", *samples))
    return file.getvalue()


class Chime:
    """Plays the sound, one at a time. Only for one thread."""

    def __init__(self) -> None:
        self._playing: threading.Thread | None = None

    def play(self) -> None:
        """Begin to play; returns at once. Nothing happens while it still plays, or cannot."""
        if self._playing is None or not self._playing.is_alive():
            self._playing = threading.Thread(target=_play, name="chime", daemon=True)
            self._playing.start()


def _sample(at: float) -> int:
    """Return how far the membrane is out ``at`` seconds from the beginning."""
    height = 0.0
    for hertz, begin in _NOTES:
        since = at - begin
        if since >= 0:
            rise = min(since / 0.008, 1.0)  # a note that begins at once would click
            height += rise * math.exp(-9 * since) * math.sin(2 * math.pi * hertz * since)
    fade = min((_LENGTH - at) / 0.05, 1.0)
    return round(height * fade * _LOUDNESS * 32_767)


def _play() -> None:
    if sys.platform == "win32":
        import winsound

        with contextlib.suppress(RuntimeError):  # there is nothing to play it on
            winsound.PlaySound(chime(), winsound.SND_MEMORY)
        return
    players = [player for player in _PLAYERS if shutil.which(player[0])]
    if not players:
        return
    with tempfile.NamedTemporaryFile(suffix=".wav") as file:
        file.write(chime())
        file.flush()
        for player in players:
            with contextlib.suppress(OSError, subprocess.SubprocessError):
                subprocess.run(
                    [*player, file.name],
                    stdin=subprocess.DEVNULL,
                    capture_output=True,
                    check=True,
                    timeout=SECONDS,
                )
                return
