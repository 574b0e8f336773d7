"""Every physical name follows from app, environment and function alone."""

import pytest

from patchbay.naming import LIVE, PREVIOUS, Names, construct_id, flow_log_group

NAMES = Names("patchbay", "prod")


def test_everything_is_named_by_app_and_environment_first() -> None:
    assert NAMES.function("customer_lookup") == "patchbay-prod-customer_lookup"
    assert NAMES.table("customers") == "patchbay-prod-customers"
    assert NAMES.flow("tutorial") == "patchbay-prod-tutorial"
    assert NAMES.functions_stack("eu-west-1") == "patchbay-prod-functions-eu-west-1"
    assert NAMES.connect_stack("europe") == "patchbay-prod-connect-europe"
    assert NAMES.release_machine == "patchbay-prod-releases"


def test_an_arn_is_a_plain_string_of_partition_region_account_and_function() -> None:
    arn = NAMES.function_arn(
        "tutorial", partition="aws-us-gov", region="us-gov-west-1", account="111122223333"
    )
    assert arn == "arn:aws-us-gov:lambda:us-gov-west-1:111122223333:function:patchbay-prod-tutorial"


def test_two_environments_share_no_name() -> None:
    other = Names("patchbay", "dev")
    for name in ("function", "table", "flow", "functions_stack", "connect_stack", "association_path"):
        assert getattr(NAMES, name)("x") != getattr(other, name)("x")
    assert NAMES.release_machine != other.release_machine


def test_what_patchbay_associated_is_remembered_per_instance() -> None:
    assert NAMES.association_path("1234") == "/patchbay/prod/associations/1234"


def test_connect_names_the_flow_log_by_the_instances_alias() -> None:
    assert flow_log_group("example-prod") == "/aws/connect/example-prod"


def test_flows_name_the_alias_live_and_a_rollback_previous() -> None:
    assert (LIVE, PREVIOUS) == ("live", "previous")


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("tutorial", "Tutorial"),
        ("customer_lookup", "CustomerLookup"),
        ("eu-west-1", "EuWest1"),
        ("a_b-c", "ABC"),
    ],
)
def test_a_construct_id_is_a_pascal_case_noun(name: str, expected: str) -> None:
    assert construct_id(name) == expected
