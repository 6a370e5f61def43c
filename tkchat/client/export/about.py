"""What an exported file says about itself."""

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class About:
    """``room`` is as the host names it, ``at`` is the aware local time of the export."""

    room: str
    host: str
    user: str
    at: datetime

    @property
    def label(self) -> str:
        """The room's name for a person: ``#design``; ``@bob`` for a conversation."""
        return self.room if self.room.startswith("@") else f"#{self.room}"
