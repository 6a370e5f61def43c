"""Whom an encrypted connection leads to: the fingerprint of a host's key, and how it is said."""

import contextlib
import hashlib
import ipaddress
from pathlib import Path

from tkchat.net.address import Address, own_addresses
from tkchat.wire.join_code import KEY_BYTES, JoinCode

CERTIFICATE_FILE = "host.crt"  #: in a host's folder, unless it was given another one
FINGERPRINT_BYTES = 32
WORD_BYTES = 12  #: of the fingerprint are said as words: 96 bits

_CONSONANTS = "bdfghjklmnprstvz"
_VOWELS = "aiou"


class BadCertificate(ValueError):
    """What should be a certificate is none, or one of a kind that nobody uses."""


def fingerprint_of(certificate: bytes) -> bytes:
    """Return the SHA-256 of the public key in a DER certificate, in its X.509 form.

    Those are the pins of RFC 7469: a certificate that was renewed with the same key has the same.

    Raises:
        BadCertificate: it cannot be read.
    """
    # Here, since a client that talks only to its own computer needs none of it.
    from cryptography import x509
    from cryptography.exceptions import UnsupportedAlgorithm
    from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

    try:
        key = x509.load_der_x509_certificate(certificate).public_key()
        info = key.public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo)
    except (ValueError, UnsupportedAlgorithm, x509.InvalidVersion) as error:
        raise BadCertificate("that is no certificate that can be read") from error
    return hashlib.sha256(info).digest()


def read_fingerprint(file: Path) -> bytes:
    """Return the fingerprint of the first certificate in a PEM file.

    Raises:
        BadCertificate: there is none in it that can be read.
        OSError: the file cannot be read.
    """
    import ssl

    _, begin, rest = file.read_text(encoding="ascii", errors="replace").partition(ssl.PEM_HEADER)
    body, end, _ = rest.partition(ssl.PEM_FOOTER)
    try:
        certificate = ssl.PEM_cert_to_DER_cert(begin + body + end)
    except ValueError as error:
        raise BadCertificate("there is no certificate in it") from error
    return fingerprint_of(certificate)


def join_codes(listening: Address, fingerprint: bytes) -> list[JoinCode]:
    """Return the codes by which others on the network may join a host; none if they cannot.

    ``listening`` is where it listens; the likeliest code is first.
    """
    is_everywhere = listening.host in ("", "0.0.0.0", "::")  # noqa: S104 (it is only looked at)
    codes = []
    for host in own_addresses() if is_everywhere else [listening.host]:
        with contextlib.suppress(ValueError):  # a name
            if not ipaddress.ip_address(host).is_loopback:
                codes.append(JoinCode(host, listening.port, fingerprint[:KEY_BYTES]))
    return codes


def words(fingerprint: bytes) -> str:
    """Return the beginning of a fingerprint as pronounceable words: 16 bits in each.

    Six of them for a whole fingerprint, five for what a join code has of it. They are proquints
    (arXiv 0901.4016): consonant, vowel, consonant, vowel, consonant.
    """
    start = fingerprint[:WORD_BYTES]
    numbers = [int.from_bytes(start[at : at + 2], "big") for at in range(0, len(start), 2)]
    return "-".join(map(_proquint, numbers))


def _proquint(number: int) -> str:
    return (
        _CONSONANTS[number >> 12]
        + _VOWELS[number >> 10 & 3]
        + _CONSONANTS[number >> 6 & 15]
        + _VOWELS[number >> 4 & 3]
        + _CONSONANTS[number & 15]
    )
