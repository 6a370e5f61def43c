"""Names that belong to whoever can prove it. The hub's thread owns them."""

import hashlib
import hmac
import secrets
import time
from collections.abc import Iterable, Iterator

from tkchat.server.log_records import Account, Batch
from tkchat.wire.errors import RemoteError
from tkchat.wire.names import name_key

UNUSED_SECONDS = 30 * 24 * 3600  # after so long anybody may have the name
MAX_INSTALL = 64
NOTED_SECONDS = 3600  # how exactly the log knows when a name was last used


class Accounts:
    """The accounts by the key of their name: the newest of each, which is the one that counts."""

    def __init__(self, accounts: Iterable[Account]) -> None:
        self._by_key = {account.key: account for account in accounts}
        self._by_id = {account.id: account for account in self._by_key.values()}
        self._last_id = max(self._by_id, default=0)
        self._unproven: dict[int, str] = {}  # tokens of this run that nobody has shown yet
        self._loaded_id = self._last_id
        self._new: list[tuple[Account, Account | None]] = []  # and who had the name before

    def find(self, key: str) -> Account | None:
        """Return the account that has the name with ``key``, however long ago it was used."""
        return self._by_key.get(key)

    def get(self, account_id: int) -> Account | None:
        """Return the account with that number, if its name is still its own."""
        return self._by_id.get(account_id)

    def is_free(self, key: str) -> bool:
        """Whether the name with ``key`` belongs to nobody."""
        account = self._by_key.get(key)
        return account is None or time.time() - account.used_at > UNUSED_SECONDS

    def in_use(self) -> Iterator[Account]:
        """Return the accounts whose name is still their own."""
        return (account for account in self._by_id.values() if not self.is_free(account.key))

    def claim(self, name: str, token: str, install: str, batch: Batch) -> tuple[Account, str]:
        """Return the account of ``name``, and the token that proves it from now on.

        ``name`` is what `check_name` returned. A free one gets a new account, which ``batch`` has
        to make last. Until its token has come back once, ``install`` proves it as well: the welcome
        that bore the token may have been lost on its way.

        Raises:
            RemoteError: ``name-taken``.
        """
        key = name_key(name)
        account = self._by_key.get(key)
        if account is not None and hmac.compare_digest(_hash(token), account.token_hash):
            self.use(account, batch)
            if account.install:
                self._unproven.pop(account.id, None)
                account.install = ""
                batch.accounts.append(account)
            return account, token
        token = secrets.token_hex(16)
        if account is not None and account.install and account.install == install[:MAX_INSTALL]:
            if account.id in self._unproven:  # another connection may come back with that one
                return account, self._unproven[account.id]
            self._unproven[account.id] = token
            account.token_hash = _hash(token)
            batch.accounts.append(account)
            return account, token
        if not self.is_free(key):
            raise RemoteError("name-taken", f"The name {name} is taken.")
        self._last_id += 1
        new = Account(
            self._last_id, name, key, _hash(token), install[:MAX_INSTALL], int(time.time())
        )
        self._new.append((new, account))
        self._unproven[new.id] = token
        self._put(new)
        batch.accounts.append(new)
        return new, token

    def was_loaded(self, account: Account) -> bool:
        """Whether ``account`` was there before this host was started."""
        return account.id <= self._loaded_id

    def settle(self) -> None:
        """Take note that the accounts are on disk."""
        self._new.clear()

    def undo(self) -> set[int]:
        """Take back the new accounts, which could not be made to last; return their numbers."""
        lost = {new.id for new, _ in self._new}
        for new, former in reversed(self._new):
            del self._by_key[new.key], self._by_id[new.id]
            if former is not None:
                self._put(former)
        self._new.clear()
        return lost

    def _put(self, account: Account) -> None:
        if (former := self._by_key.get(account.key)) is not None:
            del self._by_id[former.id]
        self._by_key[account.key] = self._by_id[account.id] = account

    def use(self, account: Account, batch: Batch) -> None:
        """Note that the account is in use now."""
        now = int(time.time())
        if abs(now - account.used_at) > NOTED_SECONDS:
            account.used_at = now
            batch.used[account.id] = now


def _hash(token: str) -> bytes:
    return hashlib.sha256(token.encode("utf-8", "surrogatepass")).digest()
