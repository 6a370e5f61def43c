"""The panel that finds messages."""
