"""Scenarios use the fixtures of the windows too."""

from tests.gui.conftest import garbage_stays_on_tks_thread, people

__all__ = ["garbage_stays_on_tks_thread", "people"]
