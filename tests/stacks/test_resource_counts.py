"""A stack that CloudFormation would not take is refused in one sentence."""

from collections.abc import Callable
from pathlib import Path

import aws_cdk as cdk
import pytest

import app as cdk_app
from patchbay.errors import UserError
from patchbay.limits import STACK_RESOURCES_MAX
from stacks import resource_counts
from tests.stacks.conftest import CONTEXT


def test_every_stack_with_too_many_resources_is_named_with_their_number_and_what_to_do() -> None:
    counts = {"good": STACK_RESOURCES_MAX, "west": STACK_RESOURCES_MAX + 1, "east": 612}
    with pytest.raises(UserError) as caught:
        resource_counts.check(counts)
    west, east = str(caught.value).splitlines()
    assert west.startswith("stack west has 501 resources, and CloudFormation takes no more than 500: ")
    assert east.startswith("stack east has 612 resources")
    assert "list fewer functions" in west


def test_the_cdk_hands_over_templates_that_are_too_large_to_be_counted(tmp_path: Path) -> None:
    """Both its own limit and its validation of templates would end in a traceback."""
    with pytest.raises(UserError, match=r"^stack Large has 501 resources[^\n]+$"):
        resource_counts.synthesize(_of(501, tmp_path))


def test_as_many_as_cloudformation_takes_are_synthesized(tmp_path: Path) -> None:
    resource_counts.synthesize(_of(500, tmp_path))
    assert (tmp_path / "Large.template.json").exists()


def _of(count: int, out: Path) -> cdk.App:
    app = cdk.App(outdir=str(out), context={**CONTEXT, **resource_counts.NO_LIMIT})
    stack = cdk.Stack(app, "Large")
    for number in range(count):
        cdk.CfnWaitConditionHandle(stack, f"Handle{number}")
    return app


def test_the_app_ends_with_the_sentence_and_exit_code_2(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    app = _of(STACK_RESOURCES_MAX + 1, tmp_path)
    monkeypatch.setattr(cdk, "App", _always(app))
    monkeypatch.setattr(cdk_app, "build", lambda _app, _environment: None)
    monkeypatch.setattr("patchbay.environments.load", _always(None))
    with pytest.raises(SystemExit) as caught:
        cdk_app.main()
    assert caught.value.code == 2
    assert "patchbay: stack Large has 501 resources" in capsys.readouterr().err


def _always(value: object) -> Callable[..., object]:
    return lambda *_arguments, **_named: value
