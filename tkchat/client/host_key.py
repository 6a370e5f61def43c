"""Who answers on a connection, as a chat remembers its host: by its key, or only by where it is.

A host key is the whole fingerprint of the key that encrypts; where nothing does, it is made here of
the address, so that nobody is taken for that host elsewhere.
"""

import hmac

UNKNOWN = b""  #: nobody was met yet, or by a tkchat that did not look
_THIS_COMPUTER = b"this computer "
_IN_THE_CLEAR = b"in the clear "


def on_this_computer(port: int) -> bytes:
    """Return the host key of who answers unencrypted at ``port`` of this computer's own address.

    That may be written in several ways, such as ``localhost``.
    """
    return _THIS_COMPUTER + str(port).encode()


def in_the_clear(address: str) -> bytes:
    """Return the host key of who answers unencrypted where anybody may be on the line."""
    return _IN_THE_CLEAR + address.encode()


def is_in_the_clear(host_key: bytes) -> bool:
    """Tell whether anybody may have been on the line."""
    return host_key.startswith(_IN_THE_CLEAR)


def is_fingerprint(host_key: bytes) -> bool:
    """Tell whether the host has shown a key."""
    return host_key != UNKNOWN and not host_key.startswith((_THIS_COMPUTER, _IN_THE_CLEAR))


def install_for(install: str, host_key: bytes) -> str:
    """Return what this profile is known by to one host: 32 hexadecimal digits.

    It proves a name until a token does, so no host may learn what another one was told.
    """
    return hmac.new(install.encode(), host_key, "sha256").hexdigest()[:32]
