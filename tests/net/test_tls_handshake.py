"""How keys are agreed on, and everything that may come instead."""

import shutil
import socket
import ssl
import subprocess
import threading
import time
import warnings
from pathlib import Path

import pytest

from tests.net.pairs import connected, tcp_pair
from tests.net.tls_kit import Memory, in_thread, make_context, shaken, soon
from tests.support import PATIENCE, reset
from tkchat.net.connection import Connection
from tkchat.net.drain import Drain
from tkchat.net.errors import ConnectionLost, NotEncrypted, ReceiveTimeout
from tkchat.net.identity import CERTIFICATE_FILE
from tkchat.net.stream import PlainStream
from tkchat.net.tls import client_context, host_context
from tkchat.server.identity import KEY_FILE


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("host")


@pytest.fixture(scope="module")
def context(folder: Path) -> ssl.SSLContext:
    return make_context(folder)


def test_the_client_is_given_the_certificate(context: ssl.SSLContext, folder: Path) -> None:
    pem = (folder / CERTIFICATE_FILE).read_text()
    one, other = tcp_pair()
    drain = Drain()
    client, host = Connection(PlainStream(one), drain), Connection(PlainStream(other), drain)
    thread = in_thread(host, context)
    certificate = client.encrypt(client_context(), soon(), is_host=False)
    thread.join()
    assert certificate == ssl.PEM_cert_to_DER_cert(pem)
    assert client.is_encrypted
    client.send(b"hello")
    assert host.receive(PATIENCE) == b"hello"
    for connection in (client, host):
        connection.close()
    drain.close()


def test_what_came_before_counts(context: ssl.SSLContext) -> None:
    """The first byte has to be read before anybody knows that TLS is to begin."""
    with connected() as (connection, sock):
        peer = Memory()
        sock.sendall(peer.hello())
        connection.put_back(connection.receive(PATIENCE))
        thread = in_thread(connection, context)
        peer.shake_hands(sock)
        sock.sendall(peer.encrypt(b"hello"))
        thread.join()
        assert connection.receive(PATIENCE) == b"hello"


def test_a_handshake_that_is_cut_at_any_byte_ends(context: ssl.SSLContext) -> None:
    hello = Memory().hello()
    for cut in range(1, len(hello)):
        with connected() as (connection, sock):
            sock.sendall(hello[:cut])
            sock.shutdown(socket.SHUT_WR)
            with pytest.raises(ConnectionLost, match="cut off"):
                connection.encrypt(context, soon(), is_host=True)


def test_a_handshake_whose_second_half_is_cut_at_any_byte_ends(context: ssl.SSLContext) -> None:
    cut, is_whole = 0, False
    while not is_whole:
        with connected() as (connection, sock):
            thread = in_thread(connection, context)
            peer = Memory()
            sock.sendall(peer.hello())
            while not peer.outgoing.pending:
                peer.incoming.write(sock.recv(65_536))
                try:
                    peer.tls.do_handshake()
                except ssl.SSLWantReadError:
                    continue
            answer = peer.outgoing.read()
            sock.sendall(answer[:cut])
            reset(sock)
            thread.join(PATIENCE)
            assert not thread.is_alive()
            is_whole = cut == len(answer)
            assert connection.is_encrypted <= is_whole
        cut += 1
    assert cut > 50


def test_a_handshake_that_does_not_go_on_is_given_up(context: ssl.SSLContext) -> None:
    hello = Memory().hello()
    for begun in (b"", hello[:1], hello[:100], hello):
        with connected() as (connection, sock):
            sock.sendall(begun)
            began = time.monotonic()
            with pytest.raises(ReceiveTimeout):
                connection.encrypt(context, began + 0.1, is_host=True)
            assert time.monotonic() - began < 1


def test_a_handshake_that_drips_is_given_up(context: ssl.SSLContext) -> None:
    with connected() as (connection, sock):
        hello, done = Memory().hello(), threading.Event()

        def drip() -> None:
            for at in range(len(hello)):
                sock.sendall(hello[at : at + 1])
                if done.wait(0.01):
                    return

        dripping = threading.Thread(target=drip)
        dripping.start()
        began = time.monotonic()
        with pytest.raises(ReceiveTimeout):
            connection.encrypt(context, began + 0.2, is_host=True)
        assert time.monotonic() - began < 1
        done.set()
        dripping.join()


@pytest.mark.parametrize(
    "garbage",
    [
        b"\x16" * 1_000,
        b"\x16\x03\x01\xff\xff" + b"x" * 70_000,  # a record of a length that none has
        b"\x16\x03\x01\x00\x05\x01\xff\xff\xff\x00" + b"x" * 100,  # a ClientHello of 16 MB
        b"\x16\x03\x03\x00\x00" * 10_000,  # records with nothing in them
        b"\x15\x03\x03\x00\x02\x01\x00" * 1_000,  # warnings without end
    ],
    ids=["nonsense", "long record", "long hello", "empty records", "warnings"],
)
def test_garbage_ends_it(context: ssl.SSLContext, garbage: bytes) -> None:
    with connected() as (connection, sock):

        def send() -> None:
            try:
                sock.sendall(garbage)
                sock.shutdown(socket.SHUT_WR)
            except OSError:
                pass  # the host has had enough

        sending = threading.Thread(target=send)
        sending.start()
        with pytest.raises(ConnectionLost):
            connection.encrypt(context, soon(), is_host=True)
        connection.close()
        sending.join()


def test_what_does_not_encrypt_is_told_from_what_fails() -> None:
    for said in (b"SERVER~Type your username\n", b"HTTP/1.1 400 Bad Request\r\n\r\n", b"\x17\x03"):
        with connected() as (connection, sock):
            sock.sendall(said)
            with pytest.raises(NotEncrypted) as found:
                connection.encrypt(client_context(), soon(), is_host=False)
            assert found.value.said == said


@pytest.mark.parametrize("end", [socket.socket.close, reset])
def test_a_host_that_hangs_up_without_a_word_does_not_encrypt(end: object) -> None:
    with connected() as (connection, sock):
        end(sock)  # type: ignore[operator]  # either of the two functions above
        with pytest.raises(NotEncrypted) as found:
            connection.encrypt(client_context(), soon(), is_host=False)
        assert found.value.said == b""


def test_a_close_ends_a_handshake(context: ssl.SSLContext) -> None:
    hello = Memory().hello()
    for begun in (b"", hello[:100], hello):
        with connected() as (connection, sock):
            sock.sendall(begun)
            thread = in_thread(connection, context)
            if begun == hello:
                assert sock.recv(5)  # the host has answered
            connection.close()
            thread.join(PATIENCE / 2)
            assert not thread.is_alive()
            with pytest.raises(ConnectionLost, match="closed on this side"):
                connection.encrypt(context, soon(), is_host=True)


def test_nothing_is_said_in_the_clear_while_keys_are_agreed_on(context: ssl.SSLContext) -> None:
    with connected() as (connection, sock):
        peer = Memory()
        sock.sendall(peer.hello())
        thread = in_thread(connection, context)
        first = sock.recv(1)
        connection.send(b"SERVER~This chat is closing\n")
        connection.finish()
        thread.join(PATIENCE)
        rest = b""
        while data := sock.recv(65_536):
            rest += data
        assert b"SERVER" not in first + rest


def test_a_failed_handshake_leaves_nothing_to_send_over() -> None:
    with connected() as (connection, sock):
        sock.sendall(b"no TLS")
        with pytest.raises(NotEncrypted):
            connection.encrypt(client_context(), soon(), is_host=False)
        connection.send(b"token")
        connection.finish()
        said = b""
        while data := sock.recv(65_536):
            said += data
        assert b"token" not in said


def test_older_than_tls_1_2_is_refused(context: ssl.SSLContext) -> None:
    old = client_context()
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)
        old.minimum_version = ssl.TLSVersion.TLSv1
        old.maximum_version = ssl.TLSVersion.TLSv1_1
    old.set_ciphers("ALL:@SECLEVEL=0")
    with connected() as (connection, sock):
        sock.sendall(Memory(old).hello())
        with pytest.raises(ConnectionLost, match="unsupported protocol"):
            connection.encrypt(context, soon(), is_host=True)


def test_tls_1_2_is_taken_and_no_session_is_remembered(context: ssl.SSLContext) -> None:
    older = client_context()
    older.maximum_version = ssl.TLSVersion.TLSv1_2
    with connected() as (connection, sock):
        peer = Memory(older)
        thread = in_thread(connection, context)
        peer.shake_hands(sock)
        thread.join()
        assert peer.tls.version() == "TLSv1.2"
        assert peer.tls.compression() is None
        assert peer.tls.session is not None
        assert not peer.tls.session.has_ticket


def test_no_tickets_follow_a_handshake(context: ssl.SSLContext) -> None:
    with connected() as (connection, sock):
        shaken(connection, context, sock)
        sock.setblocking(False)
        with pytest.raises(BlockingIOError):
            sock.recv(1)


@pytest.mark.skipif(not shutil.which("openssl"), reason="the openssl command is not installed")
def test_nobody_may_agree_on_keys_again(context: ssl.SSLContext) -> None:
    """It costs the host far more than the client."""
    drain = Drain()
    with socket.create_server(("127.0.0.1", 0)) as listener:
        port = listener.getsockname()[1]
        with subprocess.Popen(
            ["openssl", "s_client", "-tls1_2", "-connect", f"127.0.0.1:{port}"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
        ) as client:
            sock, _ = listener.accept()
            connection = Connection(PlainStream(sock), drain)
            connection.encrypt(context, soon(), is_host=True)
            assert client.stdin is not None
            client.stdin.write(b"R\n")
            client.stdin.flush()
            with pytest.raises((ConnectionLost, ReceiveTimeout)):
                connection.receive(2.0)
            connection.close()
            client.stdin.close()
            assert client.stdout is not None
            assert b"no renegotiation" in client.stdout.read()
    drain.close()


def test_a_key_with_a_password_is_an_error_and_not_a_question(tmp_path: Path) -> None:
    from cryptography.hazmat.primitives import serialization

    from tkchat.server.identity import own_identity

    own_identity(tmp_path)
    file = tmp_path / KEY_FILE
    key = serialization.load_pem_private_key(file.read_bytes(), password=None)
    file.write_bytes(
        key.private_bytes(
            serialization.Encoding.PEM,
            serialization.PrivateFormat.PKCS8,
            serialization.BestAvailableEncryption(b"secret"),
        )
    )
    with pytest.raises(ssl.SSLError):
        host_context(tmp_path / CERTIFICATE_FILE, file)
