"""A host that is attacked."""

from collections.abc import Iterator

import pytest

from tests.attacks.kit import Host, attacked_host


@pytest.fixture
def host() -> Iterator[Host]:
    """A host with the limits that people get, for others than this computer too."""
    with attacked_host() as host:
        yield host
