"""`patchbay release report`: the newest report of a release that has ended."""

import json

from tests.commands.conftest import Cli
from tests.releases import cloud as clouds
from tests.releases.cloud import Cloud

cloud = clouds.cloud
HERE = ("tutorial", "--env", "prod")
OLD, NEW = "tutorial/shop-prod-tutorial-v2-10", "tutorial/shop-prod-tutorial-v3-20"


def leave(cloud: Cloud) -> None:
    for key in (OLD, NEW):
        cloud.leader.storage.objects[f"{key}.md"] = f"# {key}\n"
        cloud.leader.storage.objects[f"{key}.json"] = json.dumps({"release": key})
    cloud.leader.storage.objects["tutorial_two/other.md"] = "# of another function\n"


def test_the_newest_report_is_printed_as_markdown(cli: Cli, cloud: Cloud) -> None:
    leave(cloud)
    answer = cli("release", "report", *HERE)
    assert (answer.code, answer.out) == (0, f"# {NEW}\n")


def test_json_is_the_report_itself(cli: Cli, cloud: Cloud) -> None:
    leave(cloud)
    assert json.loads(cli("release", "report", *HERE, "--json").out) == {"release": NEW}


def test_without_a_finished_release_there_is_none(cli: Cli, cloud: Cloud) -> None:
    answer = cli("release", "report", *HERE)
    assert (answer.code, answer.out) == (1, "")
    assert "tutorial in eu-west-1: no release has ended yet" in answer.err


def test_a_stack_of_before_releases_is_to_be_deployed_once_more(cli: Cli, cloud: Cloud) -> None:
    cloud.leader.storage.outputs = []
    answer = cli("release", "report", *HERE)
    assert answer.code == 1
    assert (
        "stack shop-prod-functions-eu-west-1 has no output ReleaseReports: deploy it once more" in answer.err
    )
