"""AddPermission and RemovePermission, on the policy that the doctor saw and no other.

An earlier step of the plan may have changed the policy, and with it its revision. So it is read again: what
counts is that the statement is as it was. The revision that was read with it then guards the request.
"""

import json
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from patchbay.aws import Aws
from patchbay.config import Environment
from patchbay.doctor.model import Mend
from patchbay.naming import LIVE

if TYPE_CHECKING:
    from mypy_boto3_lambda import LambdaClient

CHANGED = "changed meanwhile: run doctor again"


def add(mend: Mend, environment: Environment, aws: Aws) -> str:
    """A permission on the alias. Raises ClientError, BotoCoreError, UserError."""
    given, client, where = _open(mend, environment, aws, LIVE)
    there, guard = _policy(client, where)
    if given["sid"] in there:
        return f"statement {given['sid']} is there now: {CHANGED}"
    try:
        client.add_permission(
            **where,
            StatementId=given["sid"],
            Action="lambda:InvokeFunction",
            Principal=given["principal"],
            SourceAccount=given["source_account"],
            SourceArn=given["source_arn"],
            **guard,
        )
    except (client.exceptions.PreconditionFailedException, client.exceptions.ResourceConflictException):
        return f"the policy {CHANGED}"
    return ""


def remove(mend: Mend, environment: Environment, aws: Aws) -> str:
    """A statement of the alias or of the function. Raises ClientError, BotoCoreError, UserError."""
    given, client, where = _open(mend, environment, aws, mend.arguments["qualifier"])
    there, guard = _policy(client, where)
    found = there.get(given["sid"])
    if found is None:
        return ""
    if found != json.loads(given["statement"]):
        return f"statement {given['sid']} {CHANGED}"
    try:
        client.remove_permission(**where, StatementId=given["sid"], **guard)
    except client.exceptions.PreconditionFailedException:
        return f"the policy {CHANGED}"
    except client.exceptions.ResourceNotFoundException:
        return ""
    return ""


def _open(
    mend: Mend, environment: Environment, aws: Aws, qualifier: str
) -> tuple[Mapping[str, str], "LambdaClient", dict[str, Any]]:
    """The arguments, the client, and which policy is meant."""
    given = mend.arguments
    where = {"FunctionName": environment.names.function(given["function"])}
    if qualifier:
        where["Qualifier"] = qualifier
    return given, aws.client("lambda", given["region"]), where


def _policy(client: "LambdaClient", where: dict[str, Any]) -> tuple[dict[str, Any], dict[str, Any]]:
    """The statements by id, and the argument that guards a write; both empty where there is no policy."""
    try:
        answer = client.get_policy(**where)
    except client.exceptions.ResourceNotFoundException:
        return {}, {}
    found = json.loads(answer["Policy"])["Statement"]
    guard = {"RevisionId": answer["RevisionId"]}
    return {statement["Sid"]: statement for statement in found if "Sid" in statement}, guard
