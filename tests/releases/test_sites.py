"""Which functions and Regions a command is about."""

from pathlib import Path

import pytest

from patchbay import environments
from patchbay.config import Environment
from patchbay.errors import UserError
from patchbay.releases.sites import choose

TWO_GROUPS = """
app = "shop"
account = "111122223333"

[region_groups.europe]
regions = ["eu-west-1", "eu-central-1"]

[region_groups.americas]
regions = ["us-west-2"]

[[instances]]
name = "europe"
arn = "arn:aws:connect:eu-west-2:111122223333:instance/33333333-4444-5555-6666-777777777777"
alias = "europe"
region_group = "europe"
functions = ["tutorial", "customer_lookup"]

[[instances]]
name = "americas"
arn = "arn:aws:connect:us-east-1:111122223333:instance/44444444-4444-5555-6666-777777777777"
alias = "americas"
region_group = "americas"
functions = ["tutorial"]

[functions.customer_lookup]
kind = "worker"
"""


@pytest.fixture
def environment(project: Path) -> Environment:
    (project / "environments" / "prod.toml").write_text(TWO_GROUPS)
    return environments.load("prod", project)


def test_each_group_has_a_leader_and_those_that_carry_calls_take_turns(
    environment: Environment,
) -> None:
    found = choose(environment, "tutorial", every=False)
    assert [(site.region, site.leads, site.leader, site.after) for site in found] == [
        ("eu-west-1", True, "eu-west-1", None),
        ("eu-central-1", False, "eu-west-1", None),
        ("us-west-2", True, "us-west-2", "eu-west-1"),
    ]


def test_all_means_what_flows_call(environment: Environment) -> None:
    assert {site.function.name for site in choose(environment, None, every=True)} == {"tutorial"}


def test_one_region_can_be_named(environment: Environment) -> None:
    assert [site.region for site in choose(environment, "tutorial", "eu-central-1", every=False)] == [
        "eu-central-1"
    ]


def test_a_worker_has_no_callers_to_judge_by(environment: Environment) -> None:
    with pytest.raises(UserError, match="function 'customer_lookup' is of kind worker: only kind flow"):
        choose(environment, "customer_lookup", every=False)


def test_the_machine_is_that_of_the_region(environment: Environment) -> None:
    (site,) = choose(environment, "tutorial", "us-west-2", every=False)
    assert site.machine_arn == "arn:aws:states:us-west-2:111122223333:stateMachine:shop-prod-releases"
