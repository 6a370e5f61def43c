"""The settings' window, and the sheet of all keys."""
