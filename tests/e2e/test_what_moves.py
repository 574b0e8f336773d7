"""What a team does to a running environment: another instance, the other Region first, a function less.

Three deploys, one after the other, on an embedded AWS of their own. The second changes everything at once:
the instance is exchanged, its Regions swap places while the tables stay, and tutorial gets its
`removed = true`. The third takes tutorial away. What there is to read is read right after each deploy.
"""

import dataclasses
import shutil
from collections.abc import Iterator

import pytest

from patchbay import environments
from patchbay.aws import Aws
from patchbay.local import deployment, process
from tests import few_samples
from tests.e2e import reads
from tests.e2e.deployed import Deployed, Place
from tests.e2e.moves import INSTANCE, NEW, OLD, REGIONS, State, state, with_instances
from tests.e2e.project import copy_project, replace
from tests.e2e.synth import in_this_process

STAYING = ("customer_lookup", "account_service")
FUNCTIONS = ("tutorial", *STAYING)
PLACES = [(region, function) for region in REGIONS for function in STAYING]
EVERYWHERE = [(region, function) for region in REGIONS for function in FUNCTIONS]
FILE = "environments/local.toml"


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Deployed]:
    """Environment local, deployed where a second instance waits; some caller left a record."""
    root = few_samples.keep(copy_project(tmp_path_factory.mktemp("moves") / "project"))
    environment = environments.load("local", root)
    with process.running(with_instances(environment, OLD, NEW)) as local:
        with in_this_process():
            deployment.deploy(environment, local)
        deployed = Deployed(environment, local, Aws(environment, local.url))
        deployed.aws.client("dynamodb", "us-east-1").put_item(
            TableName="patchbay-local-requests", Item={"request_id": {"S": "before the move"}}
        )
        yield deployed


@pytest.fixture(scope="module")
def before(project: Deployed) -> State:
    """After the first deploy."""
    return state(project)


@pytest.fixture(scope="module")
def moved(project: Deployed, before: State) -> State:
    """After the second."""
    replace(project.root, FILE, OLD, NEW)
    west_first, east_first = ('regions = ["{}", "{}"]'.format(*order) for order in (REGIONS, REGIONS[::-1]))
    replace(project.root, FILE, west_first, f'tables_in = "us-west-2"\n{east_first}')
    replace(project.root, FILE, 'flows = ["tutorial", "check_balance"]', 'flows = ["check_balance"]')
    settings = "lambdas/tutorial/function.toml"
    replace(project.root, settings, "time_limit_seconds", "removed = true\ntime_limit_seconds")
    return state(_deployed_again(project))


@pytest.fixture(scope="module")
def removed(project: Deployed, moved: State) -> State:
    """After the third."""
    replace(project.root, FILE, 'functions = ["tutorial", ', "functions = [")
    shutil.rmtree(project.root / "lambdas" / "tutorial")
    return state(_deployed_again(project))


def test_before_the_move_the_old_instance_holds_everything_and_the_new_one_nothing(before: State) -> None:
    everything = frozenset(_alias(*place) for place in EVERYWHERE)
    assert before.old.associated == before.old.remembered == everything
    assert set(before.old.flows) == {"patchbay-local-tutorial", "patchbay-local-check_balance"}
    assert before.new == reads.Held(frozenset(), {}, frozenset())
    assert {region for _, region in _invoked(before)} == {"us-west-2"}


def test_nothing_fails_to_change_or_to_go(moved: State) -> None:
    assert ("Custom::LambdaAssociations", "UPDATE_COMPLETE") in moved.events
    assert _failures(moved) == []


def test_the_old_instance_keeps_no_association_of_ours(moved: State) -> None:
    assert moved.old.associated == frozenset()


def test_the_old_instance_keeps_no_flow_of_ours(moved: State) -> None:
    assert moved.old.flows == {}


def test_nothing_is_remembered_about_the_old_instance(moved: State) -> None:
    assert moved.old.remembered == frozenset()


def test_the_new_instance_has_the_aliases_of_both_regions_but_not_tutorials(moved: State) -> None:
    assert moved.new.associated == moved.new.remembered == {_alias(*place) for place in PLACES}


@pytest.mark.parametrize("place", EVERYWHERE, ids="-".join)
def test_the_alias_lets_the_new_instance_in_and_the_old_one_no_more(
    before: State, moved: State, place: Place
) -> None:
    assert before.sources[place] == [f"{INSTANCE}{OLD}"]
    assert moved.sources[place] == [f"{INSTANCE}{NEW}"]


@pytest.mark.parametrize("region", REGIONS)
def test_the_function_being_removed_is_still_there_with_its_alias(moved: State, region: str) -> None:
    assert "patchbay-local-tutorial" in moved.functions[region]
    assert moved.routing[region, "tutorial"] == ("1", {})


def test_the_new_instances_flows_name_the_region_that_is_first_now(moved: State) -> None:
    blocks = reads.invoke_blocks(moved.new.flows["patchbay-local-check_balance"])
    named = [block["LambdaFunctionARN"] for block in blocks]
    assert named == [_alias("us-east-1", function) for function in STAYING]


def test_a_call_on_the_new_instance_meets_the_region_that_is_first_now(moved: State) -> None:
    assert _invoked(moved) == [(f"patchbay-local-{function}", "us-east-1") for function in STAYING]
    assert "Your savings account holds $3018.19" in reads.said(moved.call)


def test_the_new_instance_has_the_flow_that_is_left_with_a_queue_of_its_own(moved: State) -> None:
    ((name, content),) = moved.new.flows.items()
    assert name == "patchbay-local-check_balance"
    assert f"{INSTANCE}{NEW}/queue/" in content
    assert OLD not in content


@pytest.mark.parametrize("region", REGIONS)
def test_the_tables_keep_their_records(before: State, moved: State, region: str) -> None:
    kept = before.records["us-west-2"] | before.records["us-east-1"]
    assert any("+14165550011" in record for record in kept)
    assert any("before the move" in record for record in kept)
    assert kept <= moved.records[region]


@pytest.mark.parametrize("place", EVERYWHERE, ids="-".join)
def test_no_function_gets_a_new_version_where_its_code_and_settings_stay(moved: State, place: Place) -> None:
    assert moved.versions[place] == {"1"}
    assert moved.routing[place] == ("1", {})


@pytest.mark.parametrize("region", REGIONS)
def test_the_removed_function_is_gone_after_the_third_deploy(removed: State, region: str) -> None:
    assert "patchbay-local-tutorial" not in removed.functions[region]
    assert {f"patchbay-local-{function}" for function in STAYING} <= removed.functions[region]


@pytest.mark.parametrize("place", PLACES, ids="-".join)
def test_removing_one_function_leaves_the_others_alone(moved: State, removed: State, place: Place) -> None:
    assert removed.routing[place] == moved.routing[place]
    assert removed.versions[place] == moved.versions[place]
    assert removed.sources[place] == moved.sources[place]


def test_removing_a_function_changes_nothing_on_the_instance(moved: State, removed: State) -> None:
    assert (removed.old, removed.new) == (moved.old, moved.new)
    assert _failures(removed) == []


def test_removing_a_function_leaves_the_tables_alone(moved: State, removed: State) -> None:
    assert removed.records == moved.records


def test_calls_go_through_after_the_function_is_gone(removed: State) -> None:
    assert [invocation.outcome for invocation in removed.call.invocations] == ["success", "success"]
    assert "Your savings account holds $3018.19" in reads.said(removed.call)


def _deployed_again(project: Deployed) -> Deployed:
    """The copy as it is now, its files read anew."""
    again = dataclasses.replace(project, environment=environments.load("local", project.root))
    again.deploy_again()
    return again


def _failures(state: State) -> list[tuple[str, str]]:
    return [event for event in state.events if event[1].endswith("FAILED")]


def _alias(region: str, function: str) -> str:
    return f"arn:aws:lambda:{region}:000000000000:function:patchbay-local-{function}:live"


def _invoked(state: State) -> list[tuple[str, str | None]]:
    return [(invocation.function, invocation.region) for invocation in state.call.invocations]
