"""The host's key and certificate: made once, kept in its folder, or given by whoever hosts."""

import contextlib
import datetime
import os
import sys
from dataclasses import dataclass
from pathlib import Path
from ssl import SSLContext, SSLError

from tkchat.net.identity import CERTIFICATE_FILE, BadCertificate, read_fingerprint
from tkchat.net.tls import host_context

KEY_FILE = "host.key"

# Nobody looks at the dates: clients know the key. Beyond 2049 they would be written in another way.
_FIRST_DAY = datetime.datetime(2020, 1, 1, tzinfo=datetime.UTC)  # before any clock that runs behind
_LAST_DAY = datetime.datetime(2049, 12, 31, tzinfo=datetime.UTC)


class IdentityError(Exception):
    """The host's key or certificate cannot be used; the text says which, why and what to do."""


@dataclass(frozen=True, slots=True)
class Identity:
    """What a host encrypts with; ``certificate`` is the file of what its clients see."""

    context: SSLContext
    certificate: Path
    fingerprint: bytes  #: of its key


def own_identity(folder: Path) -> Identity:
    """Return the identity that is kept in ``folder``; made now if there is none.

    The key is what counts. It is written first, and the certificate is made from it again when that
    is missing or belongs to another key; so a host that is killed in between has lost nothing.

    Raises:
        IdentityError: it cannot be read or written.
    """
    key, certificate = folder / KEY_FILE, folder / CERTIFICATE_FILE
    try:
        if not key.exists():
            _write(key, _new_key())
        with contextlib.suppress(SSLError, BadCertificate, FileNotFoundError):
            return _load(certificate, key)
        _write(certificate, _new_certificate(key.read_bytes()))
        return _load(certificate, key)
    except (ValueError, TypeError, SSLError) as error:  # a TypeError where it has a password
        raise IdentityError(
            f"The host's key in {key} cannot be used: {error}. Put a copy of it back; without one, "
            "delete it, and everybody who joins is asked whether they trust the new key."
        ) from error
    except OSError as error:
        raise IdentityError(
            f"The host's key in {folder} cannot be used: {error.strerror or error}."
        ) from error


def given_identity(certificate: Path, key: Path) -> Identity:
    """Return the identity in two PEM files: a certificate, maybe with others after it, and a key.

    Raises:
        IdentityError: it cannot be read, or the two do not belong together.
    """
    try:
        return _load(certificate, key)
    except SSLError as error:
        why = (error.reason or str(error)).lower().replace("_", " ")
        raise IdentityError(
            f"{certificate} and {key} cannot be used: {why}. The first has to be a "
            "certificate, the second its private key without a password, both as PEM."
        ) from error
    except BadCertificate as error:
        raise IdentityError(f"{certificate} cannot be used: {error}.") from error
    except OSError as error:
        raise IdentityError(
            f"{certificate} or {key} cannot be read: {error.strerror or error}."
        ) from error


def _load(certificate: Path, key: Path) -> Identity:
    return Identity(host_context(certificate, key), certificate, read_fingerprint(certificate))


def _new_key() -> bytes:
    from cryptography.hazmat.primitives import serialization
    from cryptography.hazmat.primitives.asymmetric import ec

    return ec.generate_private_key(ec.SECP256R1()).private_bytes(
        serialization.Encoding.PEM,
        serialization.PrivateFormat.PKCS8,
        serialization.NoEncryption(),
    )


def _new_certificate(key_pem: bytes) -> bytes:
    """Return a certificate that a key made for itself.

    Raises:
        ValueError: the key is none.
    """
    from cryptography import x509
    from cryptography.hazmat.primitives import hashes, serialization
    from cryptography.hazmat.primitives.asymmetric import ec

    key = serialization.load_pem_private_key(key_pem, password=None)
    if not isinstance(key, ec.EllipticCurvePrivateKey):
        raise ValueError("it is of another kind")
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "tkchat")])
    builder = x509.CertificateBuilder(name, name, key.public_key(), x509.random_serial_number())
    builder = builder.not_valid_before(_FIRST_DAY).not_valid_after(_LAST_DAY)
    made = builder.sign(key, hashes.SHA256())
    return made.public_bytes(serialization.Encoding.PEM)


def _write(file: Path, data: bytes) -> None:
    """Write a file for this person's eyes only, whole or not at all, and on disk at the end."""
    new = file.with_name(f"{file.name}.new")
    with contextlib.suppress(FileNotFoundError):
        new.unlink()  # what a host that was killed left, with whatever mode
    with os.fdopen(os.open(new, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as stream:
        stream.write(data)
        stream.flush()
        os.fsync(stream.fileno())
    new.replace(file)
    if sys.platform != "win32":  # where folders cannot be synced, and need not
        folder = os.open(file.parent, os.O_RDONLY)
        try:
            os.fsync(folder)
        finally:
            os.close(folder)
