"""What a release is to keep to: one answer for the deploy and for the command line."""

import json
from collections.abc import Callable
from dataclasses import fields
from pathlib import Path

import pytest

from patchbay import environments
from patchbay.config import Environment
from patchbay.releases.settings import controller_settings
from release.settings import Lead, Settings
from tests import few_samples

LOCAL = "environments/local.toml"
INSTANCE = """
[[instances]]
name = "{name}"
arn = "arn:aws:connect:us-east-1:000000000000:instance/11111111-2222-3333-4444-{number}55555555555"
alias = "{name}"
region_group = "{name}"
functions = {functions}
"""
Load = Callable[..., Environment]


@pytest.fixture
def load(project: Path) -> Load:
    """Environment local with further groups of Regions: name, Regions, functions."""

    def write(*groups: tuple[str, list[str], list[str]]) -> Environment:
        more = ""
        for number, (name, regions, functions) in enumerate(groups, 1):
            more += f"\n[region_groups.{name}]\nregions = {json.dumps(regions)}\n"
            more += INSTANCE.format(name=name, number=number, functions=json.dumps(functions))
        with (project / LOCAL).open("a") as file:
            file.write(more)
        return environments.load("local", project)

    return write


def _lead(environment: Environment, function: str, region: str) -> object:
    return controller_settings(environment, environment.function(function), region)["lead"]


def test_the_controller_reads_them_back_with_the_log_group_of_the_deploy() -> None:
    environment = few_samples.load("prod")
    local = environments.load("local").function("account_service")
    environment = environment.model_copy(update={"functions": {"account_service": local}})
    made = controller_settings(environment, local, "eu-central-1")
    assert Settings.of(json.loads(json.dumps({**made, "log_group": "logs"}))) == Settings(
        name="account_service",
        log_group="logs",
        time_limit_seconds=5,
        response="JSON",
        effects=True,
        lead=Lead("eu-west-1", "follow"),
    )


def test_nothing_is_left_to_the_controllers_own_defaults() -> None:
    environment = environments.load("local")
    made = controller_settings(environment, environment.function("tutorial"), "us-west-2")
    assert made.keys() == {field.name for field in fields(Settings)} - {"log_group", "force"}


def test_the_fallback_region_follows_the_preferred_one_which_waits_for_nobody(load: Load) -> None:
    environment = load()
    assert _lead(environment, "tutorial", "us-west-2") is None
    assert _lead(environment, "tutorial", "us-east-1") == {"region": "us-west-2", "mode": "follow"}


def test_every_further_region_of_a_group_follows_the_preferred_one(load: Load) -> None:
    environment = load(("europe", ["eu-west-1", "eu-west-2", "eu-central-1"], ["tutorial"]))
    for region in ("eu-west-2", "eu-central-1"):
        assert _lead(environment, "tutorial", region) == {"region": "eu-west-1", "mode": "follow"}


def test_regions_that_carry_calls_go_one_after_the_other_in_the_order_of_the_file(load: Load) -> None:
    environment = load(
        ("europe", ["eu-west-1"], ["tutorial"]), ("asia", ["ap-northeast-1", "ap-south-1"], ["tutorial"])
    )
    assert _lead(environment, "tutorial", "eu-west-1") == {"region": "us-west-2", "mode": "after"}
    assert _lead(environment, "tutorial", "ap-northeast-1") == {"region": "eu-west-1", "mode": "after"}
    assert _lead(environment, "tutorial", "ap-south-1") == {"region": "ap-northeast-1", "mode": "follow"}


def test_a_group_that_does_not_have_the_function_is_waited_for_by_nobody(load: Load) -> None:
    functions = ["account_service"]
    environment = load(
        ("europe", ["eu-west-1"], ["tutorial"]), ("asia", ["ap-northeast-1"], [*functions, "customer_lookup"])
    )
    for function in ("account_service", "customer_lookup"):
        assert _lead(environment, function, "ap-northeast-1") == {"region": "us-west-2", "mode": "after"}


def test_the_first_group_with_the_function_waits_for_nobody(project: Path) -> None:
    path = project / LOCAL
    path.write_text(path.read_text().replace('"tutorial", "customer_lookup"', '"customer_lookup"'))
    text = path.read_text().replace('["tutorial", "check_balance"]', '["check_balance"]')
    more = INSTANCE.format(name="europe", number=1, functions='["tutorial"]')
    path.write_text(f'{text}\n[region_groups.europe]\nregions = ["eu-west-1"]\n{more}')
    assert _lead(environments.load("local", project), "tutorial", "eu-west-1") is None
