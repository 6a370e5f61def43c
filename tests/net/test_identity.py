"""The fingerprint of a key, and how it is said."""

import base64
import datetime
import hashlib
import re
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec, ed25519, rsa

from tkchat.net.address import Address, own_addresses
from tkchat.net.identity import (
    FINGERPRINT_BYTES,
    BadCertificate,
    fingerprint_of,
    join_codes,
    read_fingerprint,
    words,
)
from tkchat.wire.join_code import JoinCode

_DAY = datetime.datetime(2026, 1, 1, tzinfo=datetime.UTC)


def certificate(key: ec.EllipticCurvePrivateKey | rsa.RSAPrivateKey, name: str) -> bytes:
    subject = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, name)])
    builder = x509.CertificateBuilder(
        subject, subject, key.public_key(), x509.random_serial_number(), _DAY, _DAY
    )
    return builder.sign(key, hashes.SHA256()).public_bytes(serialization.Encoding.DER)


def test_the_fingerprint_is_that_of_the_key_alone() -> None:
    key, other = (ec.generate_private_key(ec.SECP256R1()) for _ in range(2))
    fingerprint = fingerprint_of(certificate(key, "one"))
    info = key.public_key().public_bytes(
        serialization.Encoding.DER, serialization.PublicFormat.SubjectPublicKeyInfo
    )
    assert fingerprint == hashlib.sha256(info).digest()
    assert len(fingerprint) == FINGERPRINT_BYTES
    assert fingerprint_of(certificate(key, "renewed")) == fingerprint
    assert fingerprint_of(certificate(other, "one")) != fingerprint


def test_keys_of_other_kinds_have_one_too() -> None:
    key = rsa.generate_private_key(65_537, 2048)
    assert len(fingerprint_of(certificate(key, "rsa"))) == FINGERPRINT_BYTES


@pytest.mark.parametrize("data", [b"", b"no certificate", b"\x30\x80" + b"\0" * 50])
def test_what_is_no_certificate(data: bytes) -> None:
    with pytest.raises(BadCertificate):
        fingerprint_of(data)


def test_a_file_says_its_first_certificate(tmp_path: Path) -> None:
    one, other = (
        certificate(ec.generate_private_key(ec.SECP256R1()), name) for name in ("one", "other")
    )

    def pem(der: bytes) -> str:
        text = base64.encodebytes(der).decode()
        return f"about it\n-----BEGIN CERTIFICATE-----\n{text}-----END CERTIFICATE-----\n"

    file = tmp_path / "chain.pem"
    file.write_text(pem(one) + pem(other))
    assert read_fingerprint(file) == fingerprint_of(one)


@pytest.mark.parametrize("text", ["", "nothing", "-----BEGIN CERTIFICATE-----\nhalf of it"])
def test_a_file_without_one(tmp_path: Path, text: str) -> None:
    file = tmp_path / "none.pem"
    file.write_text(text)
    with pytest.raises(BadCertificate):
        read_fingerprint(file)


def test_words_are_proquints() -> None:
    """The examples of arXiv 0901.4016: IPv4 addresses as two words each."""
    for address, said in {
        (127, 0, 0, 1): "lusab-babad",
        (63, 84, 220, 193): "gutih-tugad",
        (63, 118, 7, 35): "gutuk-bisog",
        (140, 98, 193, 141): "mudof-sakat",
    }.items():
        assert words(bytes(address)) == said


def test_six_words_say_96_bits_and_five_what_a_join_code_has() -> None:
    fingerprint = fingerprint_of(certificate(ec.generate_private_key(ec.SECP256R1()), "one"))
    said = words(fingerprint)
    assert re.fullmatch(r"([bdfghjklmnprstvz][aiou]){2}[bdfghjklmnprstvz]", said.split("-")[0])
    assert len(said.split("-")) == 6
    assert said.startswith(words(fingerprint[:10]) + "-")
    changed = bytes([*fingerprint[:11], fingerprint[11] ^ 1])
    assert words(changed) != said


def test_ed25519() -> None:
    key = ed25519.Ed25519PrivateKey.generate()
    subject = x509.Name([])
    made = x509.CertificateBuilder(
        subject, subject, key.public_key(), x509.random_serial_number(), _DAY, _DAY
    ).sign(key, None)
    fingerprint = fingerprint_of(made.public_bytes(serialization.Encoding.DER))
    assert len(fingerprint) == FINGERPRINT_BYTES


def test_join_codes_are_for_others() -> None:
    fingerprint = bytes(range(32))
    for host in ("127.0.0.1", "::1", "localhost"):
        assert join_codes(Address(host, 4000), fingerprint) == []
    assert join_codes(Address("192.168.1.20", 4000), fingerprint) == [
        JoinCode("192.168.1.20", 4000, bytes(range(10)))
    ]
    hosts = [code.host for code in join_codes(Address("0.0.0.0", 4000), fingerprint)]
    assert hosts == own_addresses()
