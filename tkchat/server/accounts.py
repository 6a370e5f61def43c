"""Names that belong to whoever can prove it. The hub's thread owns them."""

import hashlib
import hmac
import secrets
import time
from collections.abc import Iterable, Iterator
from itertools import takewhile

from tkchat.server.log_records import Account, Batch
from tkchat.server.turn import Turn
from tkchat.wire.errors import RemoteError
from tkchat.wire.names import name_key
from tkchat.wire.order import Role, RoleIs

UNUSED_SECONDS = 30 * 24 * 3600  # after so long anybody may have the name
MAX_INSTALL = 64
MOST_TOKENS = 20  # of a name, beside its first; a new one ends the oldest
NOTED_SECONDS = 3600  # how exactly the log knows when a name was last used
COME_IN_AGAIN = "Your name has got another password: come in again by it."


class Accounts:
    """The accounts by the key of their name: the newest of each, which is the one that counts."""

    def __init__(
        self, accounts: Iterable[Account], tokens: Iterable[tuple[int, bytes]] = ()
    ) -> None:
        self._by_key = {account.key: account for account in accounts}
        self._by_id: dict[int, Account] = {}  # the one used last is the last
        self._sort()
        self._last_id = max(self._by_id, default=0)
        self._unproven: dict[int, str] = {}  # tokens of this run that nobody has shown yet
        self._loaded_id = self._last_id
        self._keepers = {
            account.id: None for account in self._by_id.values() if account.role is not Role.MEMBER
        }
        # Of whoever came with a password: their hashes, the oldest first.
        self._more_tokens: dict[int, dict[bytes, None]] = {}
        for account_id, hashed in tokens:
            self._more_tokens.setdefault(account_id, {})[hashed] = None
        self._new: list[tuple[Account, Account | None]] = []  # and who had the name before

    def __iter__(self) -> Iterator[Account]:
        return iter(self._by_id.values())

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
        """Return the accounts whose name is still their own, the one used last first."""
        newest_first = reversed(self._by_id.values())
        return takewhile(lambda account: not self.is_free(account.key), newest_first)

    def find_proven(self, key: str, token: str, install: str) -> Account | None:
        """Return the account of the name with ``key``, if ``token`` or ``install`` prove it."""
        account = self._by_key.get(key)
        if account is None:
            return None
        is_install = bool(account.install) and account.install == install[:MAX_INSTALL]
        return account if is_install or self.is_proof(account, hash_token(token)) else None

    def find_registered(self, key: str) -> Account | None:
        """Return the account of the name with ``key``, if it has a password and is not free."""
        account = self._by_key.get(key)
        has_password = account is not None and account.password_hash and not self.is_free(key)
        return account if has_password else None

    def add_token(self, account: Account, turn: Turn) -> str:
        """Return another token that proves a name."""
        token = secrets.token_hex(16)
        hashed, former = hash_token(token), self._more_tokens.get(account.id, {})
        tokens = self._more_tokens[account.id] = former | {hashed: None}
        turn.batch.tokens.append((account.id, hashed))
        while len(tokens) > MOST_TOKENS:
            oldest = next(iter(tokens))
            del tokens[oldest]
            turn.batch.ended_tokens.append((account.id, oldest))
        turn.undo.append(lambda: self._more_tokens.update({account.id: former}))
        return token

    def end_other_tokens(self, account: Account, hashed: bytes, turn: Turn) -> None:
        """Let nothing prove a name from now on but the token that was hashed to ``hashed``."""
        first, former = account.token_hash, self._more_tokens.pop(account.id, {})
        account.token_hash = hashed
        turn.batch.accounts.append(account)
        turn.batch.ended_tokens += [(account.id, each) for each in former]

        def undo() -> None:
            account.token_hash = first
            self._more_tokens[account.id] = former

        turn.undo.append(undo)

    def end_install(self, account: Account, batch: Batch) -> None:
        """Take note that a token has arrived: the installation alone proves nothing any more."""
        if account.install and self.get(account.id) is account:
            self._unproven.pop(account.id, None)
            account.install = ""
            batch.accounts.append(account)

    def note_password(self, account: Account, version: int, batch: Batch) -> None:
        """Note which version of the chat's password an account has shown."""
        if account.let_in != version:
            account.let_in = version
            batch.accounts.append(account)

    def roles(self) -> Iterator[RoleIs]:
        """Yield who keeps order."""
        keepers = (self._by_id[each] for each in self._keepers if each in self._by_id)
        return (RoleIs(each.name, each.role) for each in keepers)

    def set_role(self, account: Account, role: Role, turn: Turn) -> None:
        """Let an account keep order, or no longer, to last."""
        former = account.role
        self._put_role(account, role)
        turn.batch.accounts.append(account)
        turn.undo.append(lambda: self._put_role(account, former))

    def _put_role(self, account: Account, role: Role) -> None:
        account.role = role
        self._keepers.pop(account.id, None)
        if role is not Role.MEMBER:
            self._keepers[account.id] = None

    def is_proof(self, account: Account, hashed: bytes) -> bool:
        """Tell whether the token that was hashed to ``hashed`` proves a name."""
        is_first = hmac.compare_digest(hashed, account.token_hash)
        # What the set's time tells is about a hash, from which nobody gets to a token.
        return is_first or hashed in self._more_tokens.get(account.id, ())

    def check_proof(self, account: Account | None, hashed: bytes) -> None:
        """Refuse whoever came in by a token, hashed to ``hashed``, that has ended meanwhile.

        Who has no account has none to prove.

        Raises:
            RemoteError: ``not-allowed``.
        """
        if account is not None and not self.is_proof(account, hashed):
            raise RemoteError("not-allowed", COME_IN_AGAIN)

    def claim(self, name: str, token: str, install: str, batch: Batch) -> tuple[Account, str]:
        """Return the account of ``name``, and the token that proves it from now on.

        ``name`` is what `check_name` returned. A free one gets a new account, which ``batch`` has
        to make last. Until its token has come back once, or `end_install`, ``install`` proves it as
        well: the welcome that bore the token may have been lost on its way.

        Raises:
            RemoteError: ``name-taken``.
        """
        key = name_key(name)
        account = self._by_key.get(key)
        if account is not None and self.is_proof(account, hash_token(token)):
            self.use(account, batch)
            self.end_install(account, batch)
            return account, token
        token = secrets.token_hex(16)
        if account is not None and account.install and account.install == install[:MAX_INSTALL]:
            if account.id in self._unproven:  # another connection may come back with that one
                return account, self._unproven[account.id]
            self._unproven[account.id] = token
            account.token_hash = hash_token(token)
            batch.accounts.append(account)
            return account, token
        if not self.is_free(key):
            raise RemoteError("name-taken", f"The name {name} is taken.")
        self._last_id += 1
        new = Account(
            self._last_id, name, key, hash_token(token), install[:MAX_INSTALL], int(time.time())
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
        if self._new:
            self._sort()
        self._new.clear()
        return lost

    def _sort(self) -> None:
        by_use = sorted(self._by_key.values(), key=lambda account: account.used_at)
        self._by_id = {account.id: account for account in by_use}

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
            if self._by_id.pop(account.id, None):
                self._by_id[account.id] = account


def hash_token(token: str) -> bytes:
    """Return what is kept of a token."""
    return hashlib.sha256(token.encode("utf-8", "surrogatepass")).digest()
