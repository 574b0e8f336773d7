"""Old versions go; what may still be called, or gone back to, stays."""

import pytest

from live_alias.progress import Phase, Progress
from live_alias.record import Record, Release
from live_alias.routing import Routing
from live_alias.state import Alias, Snapshot
from release.prune import prune, superfluous
from tests.stacks.kit.aws import ServiceError
from tests.stacks.kit.release.account import FakeFunction
from tests.stacks.kit.release.controller import Controller
from tests.stacks.kit.release.services import FUNCTION


@pytest.fixture
def function(controller: Controller) -> FakeFunction:
    """Fifteen versions, the newest has the callers."""
    function = controller.account.function
    for _ in range(15):
        function.publish()
    function.by_hand("live", "15")
    return function


@pytest.fixture
def controller() -> Controller:
    return Controller()


def numbers(*versions: int) -> list[str]:
    return [str(version) for version in versions]


def test_the_newest_ten_versions_stay(controller: Controller, function: FakeFunction) -> None:
    controller.sweep()

    assert function.versions == numbers(*range(6, 16))


def test_a_version_that_any_alias_names_stays_at_whatever_weight(
    controller: Controller, function: FakeFunction
) -> None:
    function.by_hand("previous", "1")
    function.by_hand("test-bench", "15", {"2": 0.0})
    function.by_hand("spare", "3")

    controller.sweep()

    assert function.versions == numbers(1, 2, 3, *range(6, 16))
    assert function.doomed == numbers(4, 5), "it is not left to Lambda to refuse"


def test_what_the_record_names_stays(controller: Controller, function: FakeFunction) -> None:
    releases = (Release("15", Routing.of("1", {"2": 0.1}), "3"), Release("4"))
    function.by_hand("live", "15", Description=Record("owner", "f", releases).description())

    controller.sweep()

    assert function.versions == numbers(1, 2, 3, 4, *range(6, 16))


def test_nothing_goes_while_a_release_goes_on(controller: Controller, function: FakeFunction) -> None:
    progress = Progress(Phase.START, int(controller.account.telemetry.now))
    record = Record("owner", "f", (Release("15", Routing("14")),), progress=progress)
    function.by_hand("live", "14", Description=record.description())
    live = Alias(Routing("14"), record.description(), "r")
    snapshot = Snapshot(live, None, frozenset(function.versions))

    controller.sweep()
    gone = prune(controller.account.clients().functions, FUNCTION, snapshot, keep=10)

    assert gone == ()
    assert len(function.versions) == 15


def test_a_version_that_lambda_keeps_does_not_keep_the_others(
    controller: Controller, function: FakeFunction
) -> None:
    function.faults["DeleteFunction"] = [ServiceError("ResourceConflictException", 409, "is referenced")]

    controller.sweep()

    assert function.versions == numbers(1, *range(6, 16))


def test_a_version_that_has_just_gone_is_no_failure(controller: Controller, function: FakeFunction) -> None:
    function.faults["DeleteFunction"] = [lambda: function.delete_version("1")]

    controller.sweep()

    assert function.versions == numbers(*range(6, 16))


def test_the_function_itself_is_never_deleted(controller: Controller, function: FakeFunction) -> None:
    assert superfluous(["$LATEST", "9", "10", "11"], (), 1) == ("9", "10")
    assert superfluous(["$LATEST", "1"], (), 0) == ("1",)


def test_a_sweep_says_what_it_deleted(controller: Controller, function: FakeFunction) -> None:
    said = controller.answer({"sweep": [FUNCTION]})

    assert said == {"sweep": {FUNCTION: "deleted versions 1, 2, 3, 4, 5"}}
