"""The clients of release commands."""

from pathlib import Path
from typing import Any

import pytest

from patchbay import environments
from patchbay.aws import Aws
from patchbay.live.pace import Pacer
from patchbay.releases import clients
from patchbay.releases.clients import Desk
from patchbay.releases.sites import Site, choose
from tests.releases.cloud import ENVIRONMENT, FOLLOWER, LEADER


class _Pacer(Pacer):
    """Writes down whose requests wait."""

    def __init__(self) -> None:
        super().__init__()
        self.attached: list[tuple[Any, str, str, str]] = []

    def attach(self, client: Any, service: str, region: str, account: str) -> None:
        self.attached.append((client, service, region, account))


@pytest.fixture
def pacer(monkeypatch: pytest.MonkeyPatch) -> _Pacer:
    """In place of the process's own."""
    found = _Pacer()
    monkeypatch.setattr(clients, "PACER", found)
    return found


@pytest.fixture
def sites(project: Path) -> tuple[Site, ...]:
    (project / "environments" / "prod.toml").write_text(ENVIRONMENT)
    return choose(environments.load("prod", project), "tutorial", every=False)


def test_every_request_to_lambda_waits_for_the_rate_of_its_region(
    sites: tuple[Site, ...], pacer: _Pacer
) -> None:
    aws = Aws(sites[0].environment)
    made = [Desk(aws, site).lambda_ for site in sites]
    account = sites[0].environment.account
    assert pacer.attached == [
        (client, "lambda", region, account) for client, region in zip(made, (LEADER, FOLLOWER), strict=True)
    ]


def test_the_client_that_moves_aliases_waits_too(sites: tuple[Site, ...], pacer: _Pacer) -> None:
    aws = Aws(sites[0].environment)
    assert Desk(aws, sites[0]).api
    assert [attached[1:3] for attached in pacer.attached] == [("lambda", LEADER)]
    assert pacer.attached[0][0] is not Desk(aws, sites[0]).lambda_


def test_the_embedded_aws_has_no_rates(sites: tuple[Site, ...], pacer: _Pacer) -> None:
    assert Desk(Aws(sites[0].environment, "http://127.0.0.1:9"), sites[0]).lambda_
    assert pacer.attached == []
