"""ARNs, parsed once."""

import pytest

from patchbay.arns import Arn, InstanceArn

INSTANCE = "arn:aws:connect:us-east-1:111122223333:instance/11111111-2222-3333-4444-555555555555"


def test_the_parts_of_an_arn_are_read() -> None:
    arn = Arn.parse("arn:aws:sns:eu-west-1:111122223333:alarms")
    assert (arn.partition, arn.service, arn.region) == ("aws", "sns", "eu-west-1")
    assert (arn.account, arn.resource) == ("111122223333", "alarms")


@pytest.mark.parametrize(
    "text",
    [
        INSTANCE,
        "arn:aws:s3:::bucket/key",
        "arn:aws:iam::111122223333:role/path/name",
        "arn:aws-us-gov:lambda:us-gov-west-1:111122223333:function:lookup:live",
    ],
)
def test_an_arn_is_written_as_it_was_read(text: str) -> None:
    assert str(Arn.parse(text)) == text


@pytest.mark.parametrize(
    "text",
    [
        "",
        "tutorial",
        "arn:aws:sns:eu-west-1:111122223333:",
        "arn:aws:sns:eu-west-1:1111:alarms",
        "arn:other:sns:eu-west-1:111122223333:alarms",
        " arn:aws:sns:eu-west-1:111122223333:alarms",
        "arn:aws:sns:eu-west-1:111122223333:alarms\n",
    ],
)
def test_anything_else_is_refused_with_the_form_to_use(text: str) -> None:
    with pytest.raises(ValueError, match="is not an ARN: expected arn:aws:SERVICE:REGION:ACCOUNT:RESOURCE"):
        Arn.parse(text)


def test_an_instance_arn_holds_the_instance_id() -> None:
    arn = InstanceArn.parse(INSTANCE)
    assert arn.instance_id == "11111111-2222-3333-4444-555555555555"
    assert str(arn) == INSTANCE
    assert isinstance(arn, InstanceArn)


@pytest.mark.parametrize(
    "text",
    [
        INSTANCE + "/queue/aaaaaaaa-0000-4000-8000-000000000001",
        INSTANCE.replace("connect", "lambda"),
        INSTANCE.replace("us-east-1", ""),
        INSTANCE.replace("11111111-2222-3333-4444-555555555555", "main"),
        INSTANCE.replace("5555555555", "555555555X"),
    ],
)
def test_the_arn_of_something_else_is_no_instance(text: str) -> None:
    with pytest.raises(ValueError, match="is not the ARN of a Connect instance: expected"):
        InstanceArn.parse(text)


def test_an_instance_belongs_to_an_account() -> None:
    with pytest.raises(ValueError, match="is not the ARN of a Connect instance"):
        InstanceArn.parse(INSTANCE.replace("111122223333", ""))
