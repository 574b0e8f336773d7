"""Connect in this process, with an instance in each of two accounts and Regions."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from botocore.exceptions import ClientError

from patchbay.arns import InstanceArn
from patchbay.local import connect_api
from tests.local.embedded import ACCOUNT, FLOW, INSTANCE, OTHER_ACCOUNT, client, connect_in_this_process

OTHER_REGION = "eu-west-2"
ID = INSTANCE.instance_id


@pytest.fixture(scope="module")
def url() -> Iterator[str]:
    with connect_in_this_process() as url:
        yield url


@pytest.fixture(autouse=True)
def an_instance_in_each_account_and_region() -> None:
    connect_api._states.clear()
    connect_api._attributes.clear()
    for account in (ACCOUNT, OTHER_ACCOUNT):
        for region in (INSTANCE.region, OTHER_REGION):
            arn = InstanceArn("aws", "connect", region, account, INSTANCE.resource)
            connect_api.add_instance(arn, f"{account}-{region}")


@pytest.fixture
def connect(url: str) -> Any:
    return client(url, "connect")


def refused(call: Callable[..., Any], **parameters: Any) -> tuple[int, str]:
    """HTTP status and exception name, which must be one of botocore's model for Connect."""
    with pytest.raises(ClientError) as caught:
        call(**parameters)
    name = type(caught.value).__name__
    assert name == caught.value.response["Error"]["Code"]
    return caught.value.response["ResponseMetadata"]["HTTPStatusCode"], name


def created(connect: Any, name: str = "balance", content: str = FLOW) -> str:
    """The id of a new flow."""
    answer = connect.create_contact_flow(InstanceId=ID, Name=name, Type="CONTACT_FLOW", Content=content)
    return str(answer["ContactFlowId"])
