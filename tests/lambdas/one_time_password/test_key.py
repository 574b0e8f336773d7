"""The key of the seals."""

from typing import Any

import pytest

from one_time_password.key import key
from tests.lambdas.one_time_password.conftest import secrets_manager

pytestmark = pytest.mark.usefixtures("stored")


def test_the_key_is_read_once_per_execution_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[Any] = []

    def client(name: str, config: Any) -> Any:
        asked.append((name, config.connect_timeout, config.read_timeout, config.retries))
        return secrets_manager()

    monkeypatch.setattr("one_time_password.key.boto3.client", client)
    monkeypatch.setenv("KEY_ARN", "patchbay-test-one_time_password")
    key.cache_clear()
    assert [key(), key()] == [b"the key one_time_password"] * 2
    assert asked == [("secretsmanager", 0.5, 1, {"total_max_attempts": 2, "mode": "standard"})]
