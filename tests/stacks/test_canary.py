"""What an environment with the strategy canary is told before it deploys."""

from collections.abc import Callable
from pathlib import Path

import aws_cdk as cdk
import pytest
from aws_cdk.assertions import Annotations, Match

import app as cdk_app
from patchbay import environments
from tests.stacks.conftest import CONTEXT


@pytest.mark.parametrize(("strategy", "warnings"), [("canary", 3), ("all-at-once", 0)])
def test_a_deploy_that_leaves_callers_where_they_are_says_so_for_each_function(
    edit: Callable[[str, str, str], Path],
    tmp_path_factory: pytest.TempPathFactory,
    strategy: str,
    warnings: int,
) -> None:
    root = edit("environments/local.toml", 'strategy = "all-at-once"', f'strategy = "{strategy}"')
    app = cdk.App(outdir=str(tmp_path_factory.mktemp("out")), context=CONTEXT)
    cdk_app.build(app, environments.load("local", root))
    stack = app.node.find_child("patchbay-local-functions-us-west-2")
    assert isinstance(stack, cdk.Stack)
    told = Annotations.from_stack(stack).find_warning(
        "*", Match.string_like_regexp("leaves callers where they are")
    )
    assert len(told) == warnings
