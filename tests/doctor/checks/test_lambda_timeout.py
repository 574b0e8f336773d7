"""Versions that run longer, or shorter, than blocks wait."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from live_alias.progress import Phase, Progress
from live_alias.record import Record, Release
from patchbay.doctor.checks.lambda_timeout import CHECK
from patchbay.doctor.model import Scene, Status
from patchbay.functions import Kind
from patchbay.live.model import Read
from tests.doctor import scenes
from tests.doctor.checks.alone import alone, reasons

_PLACE = scenes.TUTORIAL


def _timeout(seconds: int, scene: Scene | None = None, **more: Any) -> Scene:
    scene = scene or scenes.healthy()
    configuration = scene.seen.function(*_PLACE).configuration
    assert isinstance(configuration, Read)
    assert isinstance(configuration.value, Mapping)
    return scenes.with_function(
        scene, _PLACE, configuration=Read({**configuration.value, "Timeout": seconds, **more})
    )


def test_a_version_that_outlives_its_block_is_a_failure() -> None:
    finding = alone(CHECK, _timeout(9))

    assert finding.status is Status.FAIL
    assert finding.sentence == (
        "version 1 may run 9 s, but blocks wait 3 s: it goes on after its caller was sent on"
    )
    assert finding.fix.startswith("patchbay release status tutorial --env local")


def test_a_version_that_is_ended_early_is_a_warning() -> None:
    finding = alone(CHECK, _timeout(2))

    assert finding.status is Status.WARN
    assert finding.sentence == "version 1 is ended after 2 s, but time_limit_seconds is 3"


def test_where_the_alias_was_moved_by_hand_the_fix_leads_it_back() -> None:
    scene = _timeout(9, Version="2")
    scene = scenes.with_alias(scene, _PLACE, version="2")

    assert scenes.only(CHECK, scene).fix == (
        "aws lambda update-alias --region us-west-2 --function-name patchbay-local-tutorial --name live "
        "--function-version 1"
    )


def test_during_a_release_two_time_limits_are_expected() -> None:
    scene = scenes.with_alias(_timeout(9), _PLACE, weights={"2": 0.1})

    assert reasons(CHECK, scene) == ["a release is moving callers to a version with another time limit"]


def test_a_limit_that_waits_for_its_deploy_is_the_stacks_to_report() -> None:
    scene = _timeout(9)
    function = {"Type": "AWS::Lambda::Function"}
    properties = {"FunctionName": "patchbay-local-tutorial", "Timeout": 9}
    template = {"Resources": {"T": {**function, "Properties": properties}}}
    scene = scenes.with_stack(scene, "patchbay-local-functions-us-west-2", template=Read(template))

    assert reasons(CHECK, scene) == ["another time limit waits for its deploy: see stacks-from-code"]


def test_lex_waits_thirty_seconds_whatever_the_configuration_says() -> None:
    scene = _timeout(60)
    functions = dict(scene.environment.functions)
    longer = {"kind": Kind.LEX, "time_limit_seconds": 60}
    functions["tutorial"] = functions["tutorial"].model_copy(update=longer)
    environment = scene.environment.model_copy(update={"functions": functions})

    finding = scenes.bad(CHECK, replace(scene, environment=environment))[0]

    assert finding.status is Status.FAIL
    assert "version 1 may run 60 s, but Lex waits 30 s" in finding.sentence
    assert finding.fix == "set time_limit_seconds = 30 in lambdas/tutorial/function.toml, and deploy"


def test_a_function_that_is_not_there_is_skipped() -> None:
    scene = scenes.with_function(scenes.healthy(), _PLACE, configuration=Read(None))

    assert reasons(CHECK, scene) == ["there is no such function"]


def test_a_release_before_its_first_step_is_a_release() -> None:
    progress = Progress(Phase.START, at=1)
    record = Record("0wner000", "f" * 16, (Release("1"),), progress=progress)
    scene = scenes.with_alias(_timeout(9), _PLACE, description=record.description())

    assert len(reasons(CHECK, scene)) == 1
