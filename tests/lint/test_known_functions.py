"""What is known of the functions that a flow invokes."""

from collections.abc import Callable
from pathlib import Path

import pytest

from patchbay import environments
from patchbay.environments import ROOT
from patchbay.errors import UserError
from patchbay.lint.known_functions import Folders, OfInstance

Edit = Callable[[str, str, str], Path]


@pytest.fixture
def local() -> OfInstance:
    environment = environments.load("local")
    return OfInstance(environment, environment.instances[0])


def test_a_folder_is_a_function_with_its_settings() -> None:
    function = Folders(ROOT / "lambdas").named("tutorial")

    assert function is not None
    assert function.time_limit_seconds == 3


def test_without_a_folder_nothing_is_known() -> None:
    known = Folders(ROOT / "lambdas")

    assert known.named("nobody") is None
    assert known.at("arn:aws:lambda:us-west-2:000000000000:function:patchbay-local-tutorial:live") is None


def test_settings_that_cannot_be_read_are_told(edit: Edit) -> None:
    root = edit("lambdas/tutorial/function.toml", "time_limit_seconds", "time_limit")

    with pytest.raises(UserError, match=r"^lambdas/tutorial/function\.toml: time_limit is not a known key"):
        Folders(root / "lambdas").named("tutorial")


def test_an_environment_knows_its_functions_by_arn_whatever_the_qualifier(local: OfInstance) -> None:
    arn = "arn:aws:lambda:us-west-2:000000000000:function:patchbay-local-tutorial"

    for qualified in (arn, f"{arn}:live", f"{arn}:$LATEST"):
        found = local.at(qualified)
        assert found is not None
        assert (found.function.name, found.fallback) == ("tutorial", False)


def test_an_arn_of_the_second_region_is_the_fallback(local: OfInstance) -> None:
    found = local.at("arn:aws:lambda:us-east-1:000000000000:function:patchbay-local-tutorial:live")

    assert found is not None
    assert found.fallback


@pytest.mark.parametrize(
    "arn", ["", "$.Attributes.arn", "arn:aws:lambda:us-west-2:000000000000:function:x:live"]
)
def test_what_is_not_the_environments_is_not_known(local: OfInstance, arn: str) -> None:
    assert local.at(arn) is None


def test_what_the_environment_overrides_counts(edit: Edit) -> None:
    root = edit(
        "environments/dev.toml",
        "[instances.resources]",
        "[functions.tutorial]\ntime_limit_seconds = 7\n\n[instances.resources]",
    )
    environment = environments.load("dev", root)
    function = OfInstance(environment, environment.instances[0]).named("tutorial")

    assert function is not None
    assert function.time_limit_seconds == 7
