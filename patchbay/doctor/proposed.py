"""Commands that findings propose, with real names."""

from patchbay.aws import LOCAL_ACCOUNT
from patchbay.config import Environment, Instance


def deploy(environment: Environment, *stacks: str) -> str:
    """Of these stacks, or of all."""
    if environment.account == LOCAL_ACCOUNT:
        return "patchbay local deploy"
    return f"npx cdk deploy -c env={environment.name} {' '.join(stacks) or '--all'}"


def diff(environment: Environment, stack: str) -> str:
    """What a deploy of the stack would change."""
    return f"npx cdk diff -c env={environment.name} {stack}"


def connect(operation: str, instance: Instance, arguments: str = "") -> str:
    """Of the AWS CLI, on an instance."""
    where = f"--region {instance.arn.region} --instance-id {instance.arn.instance_id}"
    return f"aws connect {operation} {where} {arguments}".rstrip()
