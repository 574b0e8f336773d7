"""Which instances an environment deals with."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from contact_archive.instances import Instance, allowed

ONE, TWO = "11111111-2222-3333-4444-555555555555", "99999999-2222-3333-4444-555555555555"
ARN = "arn:aws:connect:{}:123456789012:instance/{}"


@pytest.mark.parametrize("ids", [ONE, f"{TWO},{ONE}", f" {ONE} , {TWO}"])
def test_an_instance_of_the_list_is_allowed_with_the_region_of_its_arn(ids: str) -> None:
    assert allowed(ARN.format("eu-central-1", ONE), ids) == Instance(ONE, "eu-central-1")


def test_the_partition_may_be_another() -> None:
    arn = ARN.format("us-gov-west-1", ONE).replace("arn:aws:", "arn:aws-us-gov:")
    assert allowed(arn, ONE) == Instance(ONE, "us-gov-west-1")


@pytest.mark.parametrize(
    ("arn", "ids"),
    [(ARN.format("us-east-1", TWO), ONE), (ARN.format("us-east-1", ONE), ""), ("", ""), ("", ONE), (ONE, ONE),
     (ARN.format("us-east-1", ONE) + "\n", ONE), (ARN.format("us-east-1", ONE) + "/contact/x", ONE),
     (ARN.format("us-east-1", ONE).replace(":connect:", ":s3:"), ONE), (ARN.format("evil.com/", ONE), ONE),
     (ARN.format("us-east-1", ONE[:8]), ONE)],
)  # fmt: skip
def test_another_instance_or_no_instance_is_not_allowed(arn: str, ids: str) -> None:
    assert allowed(arn, ids) is None


@settings(max_examples=100, deadline=None)
@given(arn=st.text(), ids=st.text())
def test_no_other_text_lets_anybody_in(arn: str, ids: str) -> None:
    assert allowed(arn, ids) is None
