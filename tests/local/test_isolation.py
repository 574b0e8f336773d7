"""A handler on the embedded AWS sees what it would see in Lambda."""

import json

from patchbay.local.process import LocalAws
from tests.local import embedded
from tests.local.embedded import PREFERRED, client, create_function

local_aws = embedded.local_aws

LOOKS = """
import importlib.util
def handler(event, context):
    return {name: importlib.util.find_spec(name) is not None for name in event}
"""


def test_a_handler_cannot_import_the_checkout_and_can_import_what_lambda_brings(local_aws: LocalAws) -> None:
    lambda_ = client(local_aws.url, "lambda", PREFERRED)
    create_function(lambda_, "looks", LOOKS)
    names = ["patchbay", "stacks", "common", "association", "boto3", "aws_lambda_powertools"]
    answer = json.loads(lambda_.invoke(FunctionName="looks", Payload=json.dumps(names))["Payload"].read())
    assert [name for name in names if answer[name]] == ["boto3", "aws_lambda_powertools"]
