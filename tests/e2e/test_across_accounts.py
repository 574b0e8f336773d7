"""The instance in one account, its functions in another: deployed, wired and called all the same."""

from collections.abc import Iterator

import pytest

from patchbay.naming import LIVE, flow_log_group
from tests import few_samples
from tests.e2e import reads
from tests.e2e.deployed import Deployed, deployed_from
from tests.e2e.project import copy_project

FUNCTIONS_ACCOUNT, INSTANCE_ACCOUNT = "000000000000", "444455556666"
WAY_IN = f'\n[accounts."{INSTANCE_ACCOUNT}"]\nprofile = "contact-centre"\n'


@pytest.fixture(scope="module")
def across(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Deployed]:
    """Environment local with its instance moved to another account, on an embedded AWS of its own."""
    root = few_samples.keep(copy_project(tmp_path_factory.mktemp("across") / "project"))
    local = (root / "environments" / "local.toml").read_text()
    moved = local.replace(f"us-east-1:{FUNCTIONS_ACCOUNT}:", f"us-east-1:{INSTANCE_ACCOUNT}:")
    (root / "environments" / "across.toml").write_text(moved + WAY_IN)
    with deployed_from(root, "across") as deployed:
        yield deployed


def test_every_alias_lets_the_other_accounts_instance_in(across: Deployed) -> None:
    arn = f"arn:aws:connect:us-east-1:{INSTANCE_ACCOUNT}:instance/11111111-2222-3333-4444-555555555555"
    for place in across.places:
        (statement,) = reads.statements(across.aws, across.environment, *place, LIVE)
        assert statement["Condition"] == {
            "ArnLike": {"AWS:SourceArn": arn},
            "StringEquals": {"AWS:SourceAccount": INSTANCE_ACCOUNT},
        }


def test_the_other_accounts_drop_down_lists_the_aliases_of_the_functions_account(across: Deployed) -> None:
    expected = {across.environment.alias_arn(function, region) for region, function in across.places}
    assert all(f":{FUNCTIONS_ACCOUNT}:" in arn for arn in expected)
    assert set(reads.associated(across.aws, across.environment)) == expected


def test_a_call_goes_through_and_is_logged_in_the_instances_account(across: Deployed) -> None:
    result = across.call("check_balance", "+14165550011")
    assert "Your savings account holds $3018.19" in reads.said(result)
    assert reads.flow_log(across.aws, across.environment, result.contact_id)
    logs = across.aws.client("logs", across.instance.arn.region, FUNCTIONS_ACCOUNT)
    group = flow_log_group(across.instance.alias)
    assert logs.describe_log_groups(logGroupNamePrefix=group)["logGroups"] == []
