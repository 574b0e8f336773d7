"""What every test of the account service runs with."""

from collections.abc import Iterator

import pytest
from moto import mock_aws

from tests.lambdas.conftest import create, seed

TABLES = {"customers": "phone_number", "accounts": "customer_id", "requests": "request_id"}


@pytest.fixture(autouse=True)
def json_response(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATCHBAY_RESPONSE_TYPE", "JSON")


@pytest.fixture
def stored(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """What this function reads and writes, and nothing else: there are many tests."""
    with mock_aws():
        for name, partition_key in TABLES.items():
            monkeypatch.setenv(f"TABLE_{name.upper()}", f"patchbay-test-{name}")
            create(name, partition_key)
        seed("customer_lookup")
        seed("account_service")
        yield
