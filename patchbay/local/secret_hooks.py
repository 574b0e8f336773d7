"""`Ref` of `AWS::SecretsManager::Secret` is its ARN in CloudFormation, and its name in MiniStack 1.5.33.

(CloudFormation template reference, AWS::SecretsManager::Secret, "Return values".) A role that is granted the
reference could otherwise not read the secret.
"""

from collections.abc import Callable
from typing import Any

from ministack.services.cloudformation import provisioners

Properties = dict[str, Any]
Provisioned = tuple[str, dict[str, str]]
_SUFFIX_CHARS = len("-123456")


def install() -> None:
    """The ARN as physical id, translated back where MiniStack looks for its secret."""
    secret = provisioners._RESOURCE_HANDLERS["AWS::SecretsManager::Secret"]
    secret["create"] = _with_arn(secret["create"])
    secret["update"] = _updating_by_arn(secret["update"])
    secret["delete"] = _deleting_by_arn(secret["delete"])


def _name(arn: str) -> str:
    return arn.partition(":secret:")[2][:-_SUFFIX_CHARS]


def _with_arn(create: Callable[..., Provisioned]) -> Callable[..., Provisioned]:
    def create_with_arn(logical_id: str, props: Properties, stack_name: str) -> Provisioned:
        _, attributes = create(logical_id, props, stack_name)
        return attributes["Arn"], attributes

    return create_with_arn


def _updating_by_arn(update: Callable[..., Provisioned]) -> Callable[..., Provisioned]:
    def update_by_arn(arn: str, *rest: Any, **named: Any) -> Provisioned:
        _, attributes = update(_name(arn), *rest, **named)
        return attributes.get("Arn", arn), attributes

    return update_by_arn


def _deleting_by_arn(delete: Callable[..., None]) -> Callable[..., None]:
    def delete_by_arn(arn: str, props: Properties) -> None:
        delete(_name(arn), props)

    return delete_by_arn
