"""Where a probe works and what its things are called."""

from collections.abc import Callable
from pathlib import Path

import pytest

from patchbay import environments
from patchbay.errors import UserError
from patchbay.functions import Function
from patchbay.probe.identity import check_account
from patchbay.probe.site import Site
from tests import few_samples
from tests.probe.fakes import FakeAws

Edit = Callable[[str, str, str], Path]


def test_names_carry_app_environment_and_probe_and_no_function_folder_can_have_them() -> None:
    site = Site.of(environments.load("local"), None, None)
    assert site.name == "patchbay-local-probe-throwaway"
    assert site.log_group == "/patchbay/probe/patchbay/local"
    with pytest.raises(ValueError, match="cannot be imported"):
        Function.model_validate({"name": "probe-throwaway", "description": "x"})


def test_the_other_region_is_one_of_the_environment_unless_named() -> None:
    local, dev = few_samples.load("local"), few_samples.load("dev")
    assert Site.of(local, None, None).regions == ("us-east-1", "us-west-2")
    assert Site.of(dev, None, None).regions == ("eu-west-2",)
    assert Site.of(dev, None, "eu-west-1").regions == ("eu-west-2", "eu-west-1")


def test_the_instances_own_region_is_no_other_region() -> None:
    with pytest.raises(UserError, match="is the instance's own Region: name another one"):
        Site.of(few_samples.load("dev"), None, "eu-west-2")


def test_an_instance_that_is_not_in_the_environment_is_refused() -> None:
    with pytest.raises(UserError, match="instance 'emea' is not in environment local"):
        Site.of(environments.load("local"), "emea", None)


def test_a_name_that_lambda_would_not_take_is_refused_before(edit: Edit) -> None:
    project = edit("environments/local.toml", 'app = "patchbay"', f'app = "{"a" * 43}"')
    for folder in ("functions", "flows"):
        edit("environments/local.toml", f"{folder} = [", f"{folder} = [] # [")
    with pytest.raises(UserError, match="is longer than the 64 characters of a function's name"):
        Site.of(environments.load("local", project), None, None)


def test_credentials_of_another_account_are_refused() -> None:
    site = Site.of(environments.load("local"), None, None)
    check_account(FakeAws(), site)  # type: ignore[arg-type]
    with pytest.raises(UserError, match="are of account 111111111111, but environment local means 0000"):
        check_account(FakeAws(account="111111111111"), site)  # type: ignore[arg-type]
