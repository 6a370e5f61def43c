"""The names that somebody has, or is here under; no new one may look like them."""

from collections.abc import Mapping

from tkchat.server.accounts import Accounts
from tkchat.server.lookalikes import Lookalikes, is_like_server
from tkchat.server.member import Person
from tkchat.wire.errors import RemoteError


class NamesInUse:
    """What the names of ``accounts`` and of ``persons`` look like, who are by the keys of theirs.

    The hub's thread owns it.
    """

    def __init__(self, accounts: Accounts, persons: Mapping[str, Person]) -> None:
        self._accounts = accounts
        self._persons = persons
        self._lookalikes = Lookalikes()
        for account in accounts:
            self._lookalikes.add(account.key, account.name)

    def add(self, key: str, name: str) -> None:
        """Note that somebody has a name."""
        self._lookalikes.add(key, name)

    def forget_unowned(self, key: str, name: str) -> None:
        """Forget the name of somebody who left, unless it is their own."""
        if self._accounts.find(key) is None:
            self._lookalikes.remove(key, name)

    def check(self, key: str, name: str) -> None:
        """Refuse a new name that could be taken for another.

        Raises:
            RemoteError: ``name-taken``.
        """
        if is_like_server(name):
            raise RemoteError("name-taken", f"The name {name} looks like the host's own.")
        for other in self._lookalikes.find(key, name):
            if person := self._persons.get(other):
                taken = person.name
            elif not self._accounts.is_free(other) and (account := self._accounts.find(other)):
                taken = account.name
            else:
                continue
            raise RemoteError("name-taken", f"The name {name} looks like {taken}, which is taken.")
