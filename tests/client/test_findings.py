"""What the doctor says, and what it advises to do about it."""

import pytest

from tkchat.client import findings
from tkchat.client.findings import Finding, State, Step
from tkchat.client.nearby import Nearby
from tkchat.client.probes import Heard, Kind
from tkchat.net.address import Address
from tkchat.net.errors import Cause
from tkchat.wire.info import Door, Info

FOUND = bytes(range(32))
OTHER = bytes(range(1, 33))
NOW = 1_763_000_000_000
HOST = Address("192.168.7.9", 12345)


@pytest.mark.parametrize(
    ("host", "says"),
    [
        ("0.0.0.0", "it stands for all addresses"),
        ("::", "it stands for all addresses"),
        ("192.168.1.300", "not a whole address"),
        ("192.168.1", "not a whole address"),
        ("192.168.1.2.3", "not a whole address"),
        ("12345", "not a whole address"),
        ("192.168.l.20", "Is 192.168.1.20 meant?"),
    ],
)
def test_an_address_that_can_be_none(host: str, says: str) -> None:
    finding = findings.misspelt(host)
    assert finding is not None
    assert says in finding.text
    assert (finding.step, finding.state) == (Step.NAME, State.BAD)
    assert finding.advice


@pytest.mark.parametrize("host", ["192.168.1.20", "classroom-pc", "::1", "fe80::1%eth0", "pc3.lan"])
def test_an_address_that_may_be_one(host: str) -> None:
    assert findings.misspelt(host) is None


@pytest.mark.parametrize(
    ("cause", "seconds", "is_near", "says", "advises"),
    [
        (Cause.REFUSED, 0.0, True, "nothing listens at port 12345", "whether the chat is running"),
        (Cause.TIMEOUT, 4.0, True, "does not answer at all", "the firewall of the host's computer"),
        (Cause.TIMEOUT, 4.0, False, "does not answer at all", "if it is wrong, this is what"),
        (Cause.UNREACHABLE, 0.0, True, "a firewall there turns", "in the firewall of the host"),
        (Cause.UNREACHABLE, 3.0, True, "No computer in this network has", "Guest networks"),
        (Cause.OTHER, 0.0, True, "The system does not let", "a virus scanner"),
    ],
)
def test_why_there_is_no_way(
    cause: Cause, seconds: float, is_near: bool, says: str, advises: str
) -> None:
    finding = findings.no_way(HOST, cause, seconds, is_near=is_near)
    assert says in finding.text
    assert advises in finding.advice
    assert "{" not in finding.text + finding.advice
    assert finding.state is State.BAD


@pytest.mark.parametrize(
    ("heard", "state", "says"),
    [
        (Heard(Kind.TKCHAT, Info(title="Class 3b")), State.OK, "The chat Class 3b answers."),
        (Heard(Kind.TKCHAT, Info()), State.OK, "A chat answers."),
        (Heard(Kind.OTHER_TKCHAT), State.WARN, "another version"),
        (Heard(Kind.CHAT, quote="It is full"), State.WARN, "It is full"),
        (Heard(Kind.REFUSING, quote="It is full"), State.BAD, "away: It is full"),
        (Heard(Kind.CHAT), State.WARN, "of another make"),
        (Heard(Kind.OTHER, quote="SSH-2.0"), State.BAD, "is no chat. It says: SSH-2.0"),
        (Heard(Kind.SILENT), State.BAD, "does not answer"),
        (Heard(Kind.HUNG_UP), State.BAD, "hangs up at once"),
    ],
)
def test_what_answers(heard: Heard, state: State, says: str) -> None:
    finding = findings.host(heard)
    assert finding.state is state
    assert says in finding.text


@pytest.mark.parametrize(
    ("found", "key", "pinned", "state", "says"),
    [
        (FOUND, FOUND[:10], b"", State.OK, "the join code is of"),
        (FOUND, FOUND[:10], OTHER, State.OK, "the join code is of"),  # the code is newer
        (FOUND, OTHER[:10], b"", State.BAD, "Another computer answers"),
        (FOUND, OTHER[:10], FOUND, State.BAD, "Another computer answers"),
        (FOUND, b"", FOUND, State.OK, "the same computer as before"),
        (FOUND, b"", OTHER, State.BAD, "another key than before: babad-"),
        (FOUND, b"", b"", State.OK, "with the key babad-"),
        (b"", b"", b"", State.WARN, "anybody in the network can read along"),
        (b"", FOUND[:10], b"", State.BAD, "although this chat should"),
        (b"", b"", FOUND, State.BAD, "although this chat should"),
    ],
)
def test_who_it_is(found: bytes, key: bytes, pinned: bytes, state: State, says: str) -> None:
    finding = findings.encryption(found, key, pinned, "")
    assert says in finding.text
    assert finding.state is state
    assert ("Do not join" in finding.advice) == (state is State.BAD)


def test_encryption_that_cannot_be_agreed_on() -> None:
    finding = findings.encryption(b"", b"", b"", "protocol version")
    assert "(protocol version)" in finding.text
    assert finding.state is State.BAD


@pytest.mark.parametrize(
    ("said", "steps"),
    [
        (Info(NOW), []),
        (Info(), []),
        (Info(NOW - 119_000), []),
        (Info(NOW + 121_000), [Step.CLOCK]),
        (Info(NOW - 3_600_000), [Step.CLOCK]),
        (Info(NOW, version=2), [Step.VERSION]),
        (Info(NOW, doors=frozenset(Door)), [Step.DOOR] * 3),
    ],
)
def test_what_the_host_tells(said: Info, steps: list[Step]) -> None:
    assert [finding.step for finding in findings.about(said, NOW)] == steps


def test_clocks_are_apart_by_minutes() -> None:
    (finding,) = findings.about(Info(NOW - 3_600_000), NOW)
    assert finding.text == "The host's clock and this computer's are 60 minutes apart."
    assert finding.state is State.WARN


def test_chats_nearby_are_few() -> None:
    chats = [Nearby(f"chat {n}", 1, Address("10.0.0.1", n)) for n in range(1, 9)]
    finding = findings.nearby(chats)
    assert finding.nearby == tuple(chats[: findings.MOST_NEARBY])
    assert "chat 1 (10.0.0.1:1), chat 2" in finding.text


@pytest.mark.parametrize("code", ["", "4F7K-XXXX"])
def test_how_others_join(code: str) -> None:
    finding: Finding = findings.reached_by(HOST, code)
    assert str(HOST) in finding.text
    assert code in finding.text
    assert finding.join_code == code
