"""Marks the tests that need pictures of emoji."""

from pathlib import Path

import pytest

from tkchat.gui.emoji.emoji import FONT_FILES

needs_font = pytest.mark.skipif(
    not any(Path(path).is_file() for path, _ in FONT_FILES),
    reason="no colour emoji font on this machine",
)
