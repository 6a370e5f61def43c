"""The host's key and certificate: made once, whole or not at all."""

import datetime
import os
import ssl
import subprocess
import sys
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import ec

from tests.support import CHECKOUT
from tkchat.net.identity import CERTIFICATE_FILE, read_fingerprint
from tkchat.server.identity import KEY_FILE, IdentityError, given_identity, own_identity

# As a host that is killed at its nth step of making what it needs.
KILLED = """
import os, sys
from pathlib import Path
steps = int(sys.argv[2])
def counting(function):
    def run(*arguments, **named):
        global steps
        steps -= 1
        if steps < 0:
            os._exit(9)
        return function(*arguments, **named)
    return run
Path.replace = counting(Path.replace)
for name in ("open", "fdopen", "fsync"):
    setattr(os, name, counting(getattr(os, name)))
from tkchat.server.identity import own_identity
own_identity(Path(sys.argv[1]))
"""


def fingerprint(folder: Path) -> bytes:
    return read_fingerprint(own_identity(folder).certificate)


def test_it_is_made_once(tmp_path: Path) -> None:
    first = fingerprint(tmp_path)
    files = {path.name: path.read_bytes() for path in tmp_path.iterdir()}
    assert set(files) == {KEY_FILE, CERTIFICATE_FILE}
    assert fingerprint(tmp_path) == first
    assert {path.name: path.read_bytes() for path in tmp_path.iterdir()} == files


def test_each_host_has_its_own(tmp_path: Path) -> None:
    for name in "ab":
        (tmp_path / name).mkdir()
    assert fingerprint(tmp_path / "a") != fingerprint(tmp_path / "b")


def test_what_is_in_the_certificate(tmp_path: Path) -> None:
    own_identity(tmp_path)
    made = x509.load_pem_x509_certificate((tmp_path / CERTIFICATE_FILE).read_bytes())
    assert isinstance(made.public_key(), ec.EllipticCurvePublicKey)
    assert made.subject.rfc4514_string() == "CN=tkchat"
    assert made.not_valid_before_utc.year == 2020
    assert made.not_valid_after_utc > datetime.datetime(2049, 12, 1, tzinfo=datetime.UTC)
    made.verify_directly_issued_by(made)


@pytest.mark.skipif(sys.platform == "win32", reason="there the folder's owner is what counts")
def test_nobody_else_may_read_it(tmp_path: Path) -> None:
    before = os.umask(0)
    try:
        own_identity(tmp_path)
    finally:
        os.umask(before)
    for name in (KEY_FILE, CERTIFICATE_FILE):
        assert (tmp_path / name).stat().st_mode & 0o777 == 0o600


def test_a_host_that_is_killed_at_any_step_begins_again(tmp_path: Path) -> None:
    known = set[bytes]()
    for step in range(100):
        folder = tmp_path / str(step)
        folder.mkdir()
        done = subprocess.run(
            [sys.executable, "-c", KILLED, str(folder), str(step)], check=False, cwd=CHECKOUT
        )
        has_key = (folder / KEY_FILE).exists()
        found = fingerprint(folder)
        assert {path.name for path in folder.iterdir()} == {KEY_FILE, CERTIFICATE_FILE}
        known.add(found)
        if (folder / CERTIFICATE_FILE).exists() and has_key:
            assert fingerprint(folder) == found
        if done.returncode == 0:
            break
        assert done.returncode == 9
    assert step > 6
    assert len(known) == step + 1


def test_the_key_outlives_its_certificate(tmp_path: Path) -> None:
    first = fingerprint(tmp_path)
    certificate = tmp_path / CERTIFICATE_FILE
    for damage in (None, b"", b"half of it"):
        certificate.unlink()
        if damage is not None:
            certificate.write_bytes(damage)
        assert fingerprint(tmp_path) == first


def test_a_certificate_of_another_key_is_made_again(tmp_path: Path) -> None:
    for name in "ab":
        (tmp_path / name).mkdir()
    first, other = fingerprint(tmp_path / "a"), fingerprint(tmp_path / "b")
    (tmp_path / "b" / CERTIFICATE_FILE).replace(tmp_path / "a" / CERTIFICATE_FILE)
    assert fingerprint(tmp_path / "a") == first != other


def test_a_damaged_key_is_never_silently_another_one(tmp_path: Path) -> None:
    own_identity(tmp_path)
    (tmp_path / KEY_FILE).write_bytes(b"damaged")
    with pytest.raises(IdentityError, match="Put a copy of it back"):
        own_identity(tmp_path)
    assert (tmp_path / KEY_FILE).read_bytes() == b"damaged"


def test_a_folder_that_cannot_be_used(tmp_path: Path) -> None:
    with pytest.raises(IdentityError, match="cannot be used"):
        own_identity(tmp_path / "nowhere")


def test_a_given_certificate(tmp_path: Path) -> None:
    own_identity(tmp_path)
    given = given_identity(tmp_path / CERTIFICATE_FILE, tmp_path / KEY_FILE)
    assert given.certificate == tmp_path / CERTIFICATE_FILE
    assert given.fingerprint == read_fingerprint(given.certificate)


def test_a_certificate_of_a_version_that_there_is_not(tmp_path: Path) -> None:
    """OpenSSL takes it, and clients could not read it."""
    certificate, key = tmp_path / CERTIFICATE_FILE, tmp_path / KEY_FILE
    first = own_identity(tmp_path).fingerprint
    made = ssl.PEM_cert_to_DER_cert(certificate.read_text("ascii"))
    version_3, version_10 = b"\xa0\x03\x02\x01\x02", b"\xa0\x03\x02\x01\x09"
    assert version_3 in made
    certificate.write_text(ssl.DER_cert_to_PEM_cert(made.replace(version_3, version_10)), "ascii")
    with pytest.raises(IdentityError, match="cannot be used"):
        given_identity(certificate, key)
    assert own_identity(tmp_path).fingerprint == first  # of the same key, in a new certificate


@pytest.mark.parametrize(
    ("damage", "why"),
    [
        ((CERTIFICATE_FILE, KEY_FILE), "cannot be used"),
        ((KEY_FILE, KEY_FILE), "cannot be used"),
        ((CERTIFICATE_FILE, "none"), "cannot be read"),
        (("none", KEY_FILE), "cannot be read"),
    ],
)
def test_what_is_wrong_with_given_files_is_said(
    tmp_path: Path, damage: tuple[str, str], why: str
) -> None:
    own_identity(tmp_path)
    if damage[0] == CERTIFICATE_FILE and damage[1] == KEY_FILE:  # of two hosts
        (tmp_path / "other").mkdir()
        own_identity(tmp_path / "other")
        (tmp_path / "other" / KEY_FILE).replace(tmp_path / KEY_FILE)
    with pytest.raises(IdentityError, match=why):
        given_identity(tmp_path / damage[0], tmp_path / damage[1])
