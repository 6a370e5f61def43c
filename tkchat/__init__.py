"""Chat for a room of people: one person hosts, everybody else types a name and is in."""

__version__ = "0.1.0"
