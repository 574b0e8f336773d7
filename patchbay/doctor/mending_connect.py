"""AssociateLambdaFunction, no faster than Connect takes it."""

from typing import TYPE_CHECKING

from botocore.exceptions import ClientError

from patchbay.aws import Aws
from patchbay.config import Environment, Instance
from patchbay.doctor.model import Mend
from patchbay.live.pace import Pacer
from patchbay.refusals import Refusal

if TYPE_CHECKING:
    from mypy_boto3_connect import ConnectClient

_CONFLICT = 409


def associate(mend: Mend, environment: Environment, aws: Aws) -> str:
    """What is associated already counts as done. Raises ClientError, BotoCoreError, UserError."""
    instance, arn = environment.instance(mend.arguments["instance"]), mend.arguments["arn"]
    client = _client(aws, instance)
    try:
        client.associate_lambda_function(InstanceId=instance.arn.instance_id, FunctionArn=arn)
    except ClientError as error:
        if Refusal.of(error).status != _CONFLICT:
            raise
        if arn not in _listed(client, instance):
            return f"Connect says that {arn} is associated, but does not list it: run doctor again"
    return ""


def _client(aws: Aws, instance: Instance) -> "ConnectClient":
    aws.keep_pace(Pacer())
    return aws.client("connect", instance.arn.region, instance.arn.account)


def _listed(client: "ConnectClient", instance: Instance) -> list[str]:
    pages = client.get_paginator("list_lambda_functions").paginate(InstanceId=instance.arn.instance_id)
    return [arn for page in pages for arn in page["LambdaFunctions"]]
