"""What this person said over a plain connection, and whether the host has given it back."""

from tkchat.client.message import Delivery, Message
from tkchat.client.room import Room


class Echoes:
    """Own messages on their way, the oldest first. Plain lines have no identity but their text."""

    def __init__(self) -> None:
        self._waiting: list[Message] = []
        self._moving_from: int | None = None  # the first key given on the way to another room

    def add(self, message: Message) -> None:
        """Wait for ``message`` to come back."""
        message.delivery = Delivery.WAITING
        self._waiting.append(message)

    def confirm(self, text: str) -> Message | None:
        """Mark the oldest message with ``text`` as accepted, and return it if there was one."""
        for index, message in enumerate(self._waiting):
            if message.text == text:
                message.delivery = Delivery.SENT
                del self._waiting[index]
                return message
        return None

    def lose(self) -> list[Message]:
        """Return what may not have arrived: the connection is gone."""
        lost, self._waiting = self._waiting, []
        self._moving_from = None
        for message in lost:
            message.delivery = Delivery.DOUBTFUL
        return lost

    def moving(self, next_key: int) -> None:
        """What is said from ``next_key`` on is for the room that this person has asked for."""
        if self._moving_from is None:
            self._moving_from = next_key

    def bring_along(self, rooms: dict[str, Room], entered: Room) -> None:
        """Put what was said on the way into the room where everybody else sees it."""
        first, self._moving_from = self._moving_from, None
        on_the_way = [] if first is None else [m for m in self._waiting if m.key >= first]
        if on_the_way:
            keys = {message.key for message in on_the_way}
            for room in rooms.values():
                room.timeline.messages = [m for m in room.timeline.messages if m.key not in keys]
            entered.timeline.messages += on_the_way
