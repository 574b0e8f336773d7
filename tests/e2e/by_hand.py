"""What an operator does to a deployed function outside CloudFormation; each puts it back."""

import contextlib
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from patchbay.local import candidates
from patchbay.local.candidates import zipped
from patchbay.naming import LIVE
from tests.e2e.deployed import Deployed, Place
from tests.e2e.reads import read_live, statements, versions

if TYPE_CHECKING:
    from mypy_boto3_lambda import LambdaClient


def lambda_of(deployed: Deployed, place: Place) -> tuple["LambdaClient", str]:
    """The client and the function's physical name."""
    region, function = place
    return deployed.aws.client("lambda", region), deployed.environment.names.function(function)


def publish(deployed: Deployed, place: Place, **files: str) -> str:
    """A version of the project's code with some of its modules replaced or added; gives its number."""
    return candidates.publish(deployed.environment, deployed.aws, place, **files)


def move(deployed: Deployed, place: Place, version: str, **weights: float) -> None:
    """UpdateAlias; each weight is named v2=0.5."""
    client, name = lambda_of(deployed, place)
    routing = {version.removeprefix("v"): weight for version, weight in weights.items()}
    client.update_alias(
        FunctionName=name,
        Name=LIVE,
        FunctionVersion=version,
        RoutingConfig={"AdditionalVersionWeights": routing},
    )


@contextlib.contextmanager
def kept(deployed: Deployed, place: Place) -> Iterator[None]:
    """Afterwards the alias leads where it led, and what was published meanwhile is gone."""
    client, name = lambda_of(deployed, place)
    before = read_live(deployed.aws, deployed.environment, *place)
    had = versions(deployed.aws, deployed.environment, *place)
    try:
        yield
    finally:
        move(deployed, place, before.version, **{f"v{v}": weight for v, weight in before.weights.items()})
        client.update_function_code(FunctionName=name, ZipFile=zipped(deployed.root, place[1], {}))
        for version in versions(deployed.aws, deployed.environment, *place) - had:
            client.delete_function(FunctionName=name, Qualifier=version)


@contextlib.contextmanager
def without_permission(deployed: Deployed, place: Place) -> Iterator[None]:
    """Nobody may invoke the alias."""
    client, name = lambda_of(deployed, place)
    (statement,) = statements(deployed.aws, deployed.environment, *place, LIVE)
    sid, condition = statement["Sid"], statement["Condition"]
    client.remove_permission(FunctionName=name, StatementId=sid, Qualifier=LIVE)
    try:
        yield
    finally:
        account, arn = condition["StringEquals"]["AWS:SourceAccount"], condition["ArnLike"]["AWS:SourceArn"]
        allow(deployed, place, sid, SourceAccount=account, SourceArn=arn)


@contextlib.contextmanager
def wrong_permission(deployed: Deployed, place: Place, **different: str) -> Iterator[None]:
    """A permission with some of its fields another way; Qualifier="" puts it on the bare function."""
    client, name = lambda_of(deployed, place)
    with without_permission(deployed, place):
        where = allow(deployed, place, "by-hand", **different)
        try:
            yield
        finally:
            client.remove_permission(FunctionName=name, StatementId="by-hand", **where)


def allow(deployed: Deployed, place: Place, sid: str, **different: str) -> dict[str, Any]:
    """AddPermission as the stack does it; gives where it was added."""
    client, name = lambda_of(deployed, place)
    arn = deployed.instance.arn
    given = {"SourceAccount": arn.account, "SourceArn": str(arn), "Qualifier": LIVE, **different}
    where: dict[str, Any] = {"Qualifier": given["Qualifier"]} if given["Qualifier"] else {}
    client.add_permission(
        FunctionName=name,
        StatementId=sid,
        Action="lambda:InvokeFunction",
        Principal="connect.amazonaws.com",
        SourceAccount=given["SourceAccount"],
        SourceArn=given["SourceArn"],
        **where,
    )
    return where
