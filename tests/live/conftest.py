"""An environment of two Regions, and of two instances in two accounts."""

from pathlib import Path

import pytest

from patchbay import environments
from patchbay.config import Environment
from patchbay.environments import ROOT
from tests.live.cloud import Cloud

SHOP = """
app = "shop"
account = "111122223333"

[region_groups.europe]
regions = ["eu-west-1", "eu-central-1"]

[[instances]]
name = "europe"
arn = "arn:aws:connect:eu-west-2:111122223333:instance/33333333-4444-5555-6666-777777777777"
alias = "shop"
region_group = "europe"
functions = ["tutorial", "account_service"]
flows = ["tutorial", "check_balance"]

[instances.resources]
queue_support = "arn:aws:connect:eu-west-2:111122223333:instance/33333333-4444-5555-6666-777777777777/queue/q"

[[instances]]
name = "partner"
arn = "arn:aws:connect:eu-west-2:444455556666:instance/88888888-4444-5555-6666-777777777777"
alias = "partner"
region_group = "europe"
functions = ["tutorial"]
flows = []

[accounts."444455556666"]
profile = "partner"
"""


@pytest.fixture(scope="session")
def shop(tmp_path_factory: pytest.TempPathFactory) -> Environment:
    root: Path = tmp_path_factory.mktemp("shop")
    for part in ("lambdas", "flows"):
        (root / part).symlink_to(ROOT / part)
    (root / "environments").mkdir()
    (root / "environments" / "prod.toml").write_text(SHOP)
    return environments.load("prod", root)


@pytest.fixture
def cloud(shop: Environment) -> Cloud:
    """Everything is there."""
    return Cloud(shop)
